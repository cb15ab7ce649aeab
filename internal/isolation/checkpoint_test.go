package isolation

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/app"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// verify does what the command does for one realm.
func (w *world) verify(t *testing.T, name string) app.AuditReport {
	t.Helper()
	all, err := app.AuditVerify(t.Context(), w.settings, name, nil, io.Discard)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d reports of %s", len(all), name)
	}
	return all[0]
}

// checkpointed lets the service run until the head of every chain is signed.
func (w *world) checkpointed(t *testing.T) {
	t.Helper()
	realms := []string{realm(slugA).Name(), realm(slugB).Name(), pg.Portal().Name()}
	for _, name := range realms {
		// The towns were seeded in this hour.
		_, err := w.raw.Exec(`DELETE FROM ` + name + `.due_work WHERE kind = 'audit.checkpoint'`)
		must(t, err)
	}
	runner, err := w.Runner()
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- runner.Run(ctx) }()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		missing := ""
		for _, name := range realms {
			if raw, err := os.ReadFile(filepath.Join(w.settings.Checkpoints(), name+".jsonl")); err != nil || !bytes.HasSuffix(raw, []byte("\n")) {
				missing = name
			}
		}
		if missing == "" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("no checkpoint of %s", missing)
		}
	}
	stop()
	must(t, <-done)
}

// TestARewrittenTailFailsAgainstTheSignedCheckpoint is H2: the owner of the database
// takes entries away and has others written, all hashes right. The chain holds in
// itself, and the head that the service had signed an hour before tells.
func TestARewrittenTailFailsAgainstTheSignedCheckpoint(t *testing.T) {
	w := open(t)
	w.checkpointed(t)
	before := w.verify(t, slugA)
	if before.Fails() || before.Checkpoints == 0 || before.Newest.IsZero() {
		t.Fatalf("untouched: %+v", before)
	}
	admin, err := pg.OpenAdmin(t.Context(), pg.Options{URL: w.db.SuperURL, Clock: w.clock, Seal: audit.Append})
	must(t, err)
	defer admin.Close()
	write := func(fn func(tx *pg.Tx) error) { t.Helper(); must(t, admin.Write(t.Context(), realm(slugA), fn)) }
	deed := func(tx *pg.Tx) { tx.Record(pg.Entry{Actor: "somebody", Action: "case.close", Object: "case/1"}) }
	// What is added since breaks nothing.
	write(func(tx *pg.Tx) error { deed(tx); return nil })
	if now := w.verify(t, slugA); now.Fails() || now.Entries <= before.Entries {
		t.Fatalf("with one more entry: %+v", now)
	}
	cut := before.Entries - 3
	for _, q := range []string{
		`DELETE FROM audit_details WHERE seq > $1`, `DELETE FROM audit_entries WHERE seq > $1`,
		`UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit_entries WHERE seq = $1)`,
	} {
		_, err := w.raw.Exec(strings.Replace(q, "audit_", realm(slugA).Name()+".audit_", 2), cut)
		must(t, err)
	}
	for range 8 {
		write(func(tx *pg.Tx) error { deed(tx); return nil })
	}
	now := w.verify(t, slugA)
	if now.Broken != 0 {
		t.Fatalf("the new tail does not hold in itself: %+v", now)
	}
	if !now.Fails() || now.FailedLine != 1 || !strings.Contains(now.Failure, "was another on") {
		t.Errorf("the rewritten tail is not found: %+v", now)
	}
	if other := w.verify(t, slugB); other.Fails() || other.Checkpoints == 0 {
		t.Errorf("the other town: %+v", other)
	}
}

// TestEveryByteOfACheckpointCounts changes one byte after another, and puts in the
// checkpoint of another town and one that another key has signed.
func TestEveryByteOfACheckpointCounts(t *testing.T) {
	w := open(t)
	dir := t.TempDir()
	secret := []byte(strings.Repeat("s", 32))
	notary := func(secrets ...[]byte) *audit.Notary {
		n, err := audit.NewNotary(secrets...)
		must(t, err)
		return n
	}
	kept := audit.NewCheckpoints(dir, notary(nil, secret))
	file := func(r pg.Realm) string { return filepath.Join(dir, r.Name()+".jsonl") }
	read := func(slug string, fn func(tx *pg.Tx) error) {
		t.Helper()
		must(t, w.DB.Read(t.Context(), realm(slug), fn))
	}
	for range 2 {
		read(slugA, func(tx *pg.Tx) error { return kept.Keep(t.Context(), tx) })
	}
	read(slugB, func(tx *pg.Tx) error { return kept.Keep(t.Context(), tx) })
	whole, err := os.ReadFile(file(realm(slugA)))
	must(t, err)
	first := bytes.IndexByte(whole, '\n') + 1
	check := func(k *audit.Checkpoints, content []byte, line int, why string) {
		t.Helper()
		must(t, os.WriteFile(file(realm(slugA)), content, 0o600))
		read(slugA, func(tx *pg.Tx) error {
			rep, err := k.Check(t.Context(), tx)
			if err == nil && (rep.Line != line || !strings.Contains(rep.Why, why)) {
				t.Errorf("line %d %q, want %d %q\n%s", rep.Line, rep.Why, line, why, content)
			}
			return err
		})
	}
	check(kept, whole, 0, "")
	for i := range first {
		for _, bit := range []byte{1, 32} { // 32: the other case of a letter
			changed := bytes.Clone(whole)
			changed[i] ^= bit
			check(kept, changed, 1, "")
		}
	}
	foreign, err := os.ReadFile(file(realm(slugB)))
	must(t, err)
	check(kept, append(bytes.Clone(whole), foreign...), 3, "another realm")
	other := []byte(strings.Repeat("o", 32))
	check(audit.NewCheckpoints(dir, notary(other)), whole, 1, "signature")
	check(audit.NewCheckpoints(dir, notary(other, secret)), whole, 0, "") // after a change of the key

	// A line whose writing was cut off is no fault, and the next one is whole.
	torn := append(bytes.Clone(whole), whole[:first/2]...)
	check(kept, torn, 0, "")
	read(slugA, func(tx *pg.Tx) error { return kept.Keep(t.Context(), tx) })
	again, err := os.ReadFile(file(realm(slugA)))
	must(t, err)
	if !bytes.HasPrefix(again, whole) || bytes.Count(again, []byte("\n")) != 3 {
		t.Errorf("after a torn line:\n%s", again)
	}
	check(kept, again, 0, "")
	t.Logf("checkpoints: %d bytes changed, each found", 2*first)
}
