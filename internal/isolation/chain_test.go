package isolation

import (
	"context"
	"errors"
	"strings"
	"testing"

	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// errBack rolls back what a test has changed.
var errBack = errors.New("the test rolls back")

// entry is one row of the chain with what its commitment is about.
type entry struct {
	Seq                     int64
	Actor, Action, Object   string
	Commitment, Hash, Nonce []byte
	Detail                  string
}

// tamper lets fn change the chain of A as the owner of the database could, and
// rolls back.
func (w *world) tamper(t *testing.T, fn func(ctx context.Context, tx *pg.Tx)) {
	t.Helper()
	admin, err := pg.OpenAdmin(t.Context(), pg.Options{URL: w.db.AdminURL, Clock: w.clock, Seal: audit.Append})
	must(t, err)
	defer admin.Close()
	err = admin.Write(t.Context(), realm(slugA), func(tx *pg.Tx) error {
		fn(t.Context(), tx)
		return errBack
	})
	if !errors.Is(err, errBack) {
		t.Fatal(err)
	}
}

const readEntries = `SELECT e.seq, e.actor, e.action, e.object, e.commitment, e.hash, d.nonce, d.detail
	FROM audit_entries e JOIN audit_details d ON d.seq = e.seq WHERE e.seq > $1 ORDER BY e.seq`

// broken verifies and wants the first bad entry named; 0 = none is bad.
func broken(ctx context.Context, t *testing.T, tx *pg.Tx, want int64, how string) {
	t.Helper()
	rep, err := audit.Verify(ctx, tx)
	must(t, err)
	if rep.Broken != want {
		t.Errorf("%s: the first bad entry is %d, the verification names %d", how, want, rep.Broken)
	}
}

// TestEveryByteOfTheChainCounts changes one byte of an entry after another.
func TestEveryByteOfTheChainCounts(t *testing.T) {
	w := open(t)
	flips, sampled := 0, 0
	w.tamper(t, func(ctx context.Context, tx *pg.Tx) {
		var all []entry
		must(t, tx.Select(ctx, &all, readEntries, 0))
		if len(all) < 50 {
			t.Fatalf("only %d entries", len(all))
		}
		// The chain is verified from its beginning each time: the rest of it only
		// makes that longer.
		all = all[:times(12, len(all))]
		last := all[len(all)-1]
		_, err := tx.Exec(ctx, `DELETE FROM audit_entries WHERE seq > $1`, last.Seq)
		must(t, err)
		_, err = tx.Exec(ctx, `UPDATE audit_head SET seq = $1, hash = $2`, last.Seq, last.Hash)
		must(t, err)
		broken(ctx, t, tx, 0, "whole")
		for i := 0; i < len(all); i += times(3, 1) {
			flips += flip(ctx, t, tx, all[i])
			sampled++
		}
	})
	if flips < 500 {
		t.Errorf("only %d bytes", flips)
	}
	t.Logf("audit chain: %d bytes of %d entries changed, each found at its entry", flips, sampled)
}

// flip changes each byte of each field of an entry, and puts it back.
func flip(ctx context.Context, t *testing.T, tx *pg.Tx, e entry) (n int) {
	t.Helper()
	one := func(b []byte, i int) []byte {
		c := append([]byte(nil), b...)
		c[i] ^= 1
		return c
	}
	fields := []struct {
		value []byte
		set   func(v []byte) (int64, error)
	}{
		{[]byte(e.Actor), func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_entries SET actor = $2 WHERE seq = $1`, e.Seq, string(v))
		}},
		{[]byte(e.Action), func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_entries SET action = $2 WHERE seq = $1`, e.Seq, string(v))
		}},
		{[]byte(e.Object), func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_entries SET object = $2 WHERE seq = $1`, e.Seq, string(v))
		}},
		{e.Commitment, func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_entries SET commitment = $2 WHERE seq = $1`, e.Seq, v)
		}},
		{e.Hash, func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_entries SET hash = $2 WHERE seq = $1`, e.Seq, v)
		}},
		{e.Nonce, func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_details SET nonce = $2 WHERE seq = $1`, e.Seq, v)
		}},
		{[]byte(e.Detail), func(v []byte) (int64, error) {
			return tx.Exec(ctx, `UPDATE audit_details SET detail = $2 WHERE seq = $1`, e.Seq, string(v))
		}},
	}
	for _, f := range fields {
		for i := range f.value {
			if f.value[i] >= 0x80 && len(f.value) != 32 {
				continue // half a letter is refused by the database already
			}
			_, err := f.set(one(f.value, i))
			must(t, err)
			broken(ctx, t, tx, e.Seq, "a byte")
			n++
		}
		_, err := f.set(f.value)
		must(t, err)
	}
	_, err := tx.Exec(ctx, `UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE seq = $1`, e.Seq)
	must(t, err)
	broken(ctx, t, tx, e.Seq, "the time")
	_, err = tx.Exec(ctx, `UPDATE audit_entries SET at = at - interval '1 microsecond' WHERE seq = $1`, e.Seq)
	must(t, err)
	broken(ctx, t, tx, 0, "put back")
	return n + 1
}

// TestTheChainShowsWhatIsMissingOrMoved deletes, swaps, doubles and inserts
// entries, cuts the tail off, and puts in an entry of another town.
func TestTheChainShowsWhatIsMissingOrMoved(t *testing.T) {
	w := open(t)
	var other entry
	must(t, w.raw.QueryRow(`SELECT seq, actor, action, object, commitment, hash FROM t_`+slugB+`.audit_entries WHERE seq = $1`, 20).
		Scan(&other.Seq, &other.Actor, &other.Action, &other.Object, &other.Commitment, &other.Hash))
	all := 0
	for how, change := range map[string]struct {
		first  int64 // 0 = one beyond what is left
		tamper func(ctx context.Context, tx *pg.Tx) error
	}{
		"delete": {20, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM audit_entries WHERE seq = $1`, 20)
			return err
		}},
		"delete and close the gap": {20, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM audit_entries WHERE seq = $1`, 20)
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE audit_entries SET seq = -seq WHERE seq > $1`, 20)
			}
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE audit_entries SET seq = -seq - 1 WHERE seq < $1`, 0)
			}
			return err
		}},
		"swap": {20, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE audit_entries a SET at = b.at, actor = b.actor, action = b.action, object = b.object, commitment = b.commitment, hash = b.hash
				FROM audit_entries b WHERE a.seq IN (20, 21) AND b.seq = 41 - a.seq AND b.seq > $1`, 0)
			return err
		}},
		"double": {21, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE audit_entries a SET at = b.at, actor = b.actor, action = b.action, object = b.object, commitment = b.commitment, hash = b.hash
				FROM audit_entries b WHERE a.seq = 21 AND b.seq = $1`, 20)
			return err
		}},
		"insert at the end": {0, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO audit_entries SELECT seq + 1, at, actor, action, object, commitment, hash FROM audit_entries ORDER BY seq DESC LIMIT $1`, 1)
			return err
		}},
		"insert between": {21, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE audit_entries SET seq = -seq WHERE seq >= $1`, 20)
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE audit_entries SET seq = 1 - seq WHERE seq < $1`, 0)
			}
			if err == nil {
				_, err = tx.Exec(ctx, `INSERT INTO audit_entries SELECT 20, at, actor, action, object, commitment, hash FROM audit_entries WHERE seq = $1`, 21)
			}
			return err
		}},
		"cut the tail": {0, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM audit_entries WHERE seq > (SELECT seq - 3 FROM audit_head WHERE singleton = $1)`, 1)
			return err
		}},
		"another town's entry": {20, func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE audit_entries SET actor = $2, action = $3, object = $4, commitment = $5, hash = $6 WHERE seq = $1`,
				20, other.Actor, other.Action, other.Object, other.Commitment, other.Hash)
			return err
		}},
	} {
		all++
		w.tamper(t, func(ctx context.Context, tx *pg.Tx) {
			broken(ctx, t, tx, 0, "whole")
			var last int64
			must(t, tx.Get(ctx, &last, `SELECT seq FROM audit_head WHERE singleton = $1`, 1))
			must(t, change.tamper(ctx, tx))
			// A detail that went with its entry is no proof: the chain alone must tell.
			_, err := tx.Exec(ctx, `DELETE FROM audit_details WHERE seq >= $1`, 20)
			must(t, err)
			first := change.first
			if strings.HasPrefix(how, "insert at") {
				first = last + 1
			} else if first == 0 {
				first = last - 2
			}
			broken(ctx, t, tx, first, how)
		})
	}
	t.Logf("audit chain: %d ways of moving entries, each found", all)
}

// TestNothingPersonalStandsInTheChain looks for the canary, which every name,
// address, text and file carries, in what can never be erased.
func TestNothingPersonalStandsInTheChain(t *testing.T) {
	w := open(t)
	for _, s := range w.towns {
		var entries, canaries, arguments int
		must(t, w.raw.QueryRow(`SELECT count(*), count(*) FILTER (WHERE e::text ILIKE '%' || $1 || '%') FROM `+s.Realm+`.audit_entries e`, s.Canary).Scan(&entries, &canaries))
		must(t, w.raw.QueryRow(`SELECT count(*) FROM `+s.Realm+`.jobs WHERE args::text ILIKE '%' || $1 || '%'`, s.Canary).Scan(&arguments))
		if entries < 20 || canaries+arguments > 0 {
			t.Errorf("%s: the canary stands in %d of %d entries and in the arguments of %d jobs", s.Realm, canaries, entries, arguments)
		}
		t.Logf("audit chain of %s: %d entries, 0 canaries", s.Realm, entries)
	}
}
