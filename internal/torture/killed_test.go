package torture

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/files"
	"charterhouse/internal/pg"
)

// told is one form that was acknowledged.
type told struct {
	receipt
	body  string
	files int
}

// TestKilledWhileCitizensFile is K1: the service is killed again and again while
// citizens file. Whoever reads "received" is in the database exactly once, with
// dates, audit entry, letter and files; whoever does not sends the form again.
func TestKilledWhileCitizensFile(t *testing.T) {
	h := build(t)
	kills, clients, want := times(6, 200), times(10, 50), times(120, 20_000)
	var addr atomic.Pointer[string]
	first := h.start(t)
	addr.Store(&first.addr)
	filed := make(chan told, 1024)
	done := make(chan struct{})
	var acknowledged atomic.Int64
	var wg sync.WaitGroup
	for n := range clients {
		wg.Go(func() { fileUntil(t, n, &addr, &acknowledged, filed, done) })
	}
	var all []told
	var collected sync.WaitGroup
	collected.Go(func() {
		for one := range filed {
			all = append(all, one)
		}
	})
	alive, killed := first, 0
	for ; killed < kills || acknowledged.Load() < int64(want); killed++ {
		time.Sleep(time.Duration(300+rand.IntN(900)) * time.Millisecond)
		alive.kill()
		next, err := h.tryStart()
		if err != nil {
			t.Error(err)
			break
		}
		alive = next
		addr.Store(&next.addr)
	}
	t.Cleanup(func() { alive.kill() })
	close(done)
	wg.Wait()
	close(filed)
	collected.Wait()
	if len(all) == 0 {
		t.Fatal("nothing was acknowledged")
	}
	h.inspect(t, all)
	t.Logf("%d kills, %d clients, %d acknowledged: each is there once", killed, clients, len(all))
}

// fileUntil files one form after the other, each until it is acknowledged.
func fileUntil(t *testing.T, n int, addr *atomic.Pointer[string], acknowledged *atomic.Int64, filed chan<- told, done <-chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-done:
			return
		default:
		}
		c := newClient("klaipeda", func() string { return *addr.Load() })
		body := fmt.Sprintf("CNRY-killed-%d-%d-", n, i)
		pictures := i % 4
		var f form
		if !persist(func() (err error) { f, err = c.open("lt", "complaint", body, pictures); return err }) {
			t.Errorf("client %d: no form", n)
			return
		}
		var r receipt
		var last error
		if !persist(func() (err error) { r, last = c.send(f); return last }) {
			t.Errorf("client %d: form %d was not taken: %v", n, i, last)
			return
		}
		acknowledged.Add(1)
		filed <- told{r, body, pictures}
	}
}

// persist tries until it goes well, for a minute.
func persist(do func() error) bool {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		err := do()
		if err == nil {
			return true
		}
		if no := (*refused)(nil); errors.As(err, &no) && no.status < 500 && no.status != 429 {
			return false
		}
	}
	return false
}

// inspect looks for everything that a citizen was told is there.
func (h *house) inspect(t *testing.T, all []told) {
	t.Helper()
	db, err := pg.Open(t.Context(), pg.Options{URL: h.ServiceURL, Pool: 4, Clock: time.Now, Seal: audit.Append})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store, err := files.Open(h.dir, files.Room{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	realm, err := pg.Town("klaipeda")
	if err != nil {
		t.Fatal(err)
	}
	stands := h.stand(t)
	numbers, codes := map[string]bool{}, map[string]bool{}
	for _, one := range all {
		numbers[one.number], codes[one.code] = true, true
		if got := stands[one.body]; got != (standing{one.number, one.files, 1, 1}) {
			t.Errorf("%s, with %d files: there is %+v", one.number, one.files, got)
		}
	}
	if len(numbers) != len(all) || len(codes) != len(all) {
		t.Errorf("%d numbers and %d codes for %d cases", len(numbers), len(codes), len(all))
	}
	// What was not acknowledged to the last may stand, but whole and once.
	if n := h.count(t, `SELECT count(*) - count(DISTINCT body) FROM t_klaipeda.case_texts WHERE body LIKE 'CNRY-killed-%'`); n != 0 {
		t.Errorf("%d forms are there twice", n)
	}
	if n := h.count(t, `SELECT count(*) FROM t_klaipeda.cases c WHERE NOT EXISTS (SELECT FROM t_klaipeda.case_pins p WHERE p.case_id = c.id)`); n != 0 {
		t.Errorf("%d cases have no dates", n)
	}
	// Each entry about a filing belongs to a case, and none to two.
	if n := h.count(t, `SELECT count(*) - (SELECT count(*) FROM t_klaipeda.cases) FROM t_klaipeda.audit_entries WHERE action = 'case.submit'`); n != 0 {
		t.Errorf("%d more entries than cases tell of a filing", n)
	}
	h.gapless(t)
	h.contents(t, store, realm)
	err = db.Read(context.WithoutCancel(t.Context()), realm, func(tx *pg.Tx) error {
		report, err := audit.Verify(t.Context(), tx)
		if err == nil && report.Broken != 0 {
			t.Errorf("the audit chain is broken: %+v", report)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// standing is what the database has of a form.
type standing struct {
	number string // of its case, which has dates and a submitter
	files  int
	// letters to its citizen, and jobs that will write one: the job goes when its
	// letter comes.
	letters int
	// entries of the audit chain that tell of the filing.
	entries int
}

// stand reads all forms by what was written in them.
func (h *house) stand(t *testing.T) map[string]standing {
	t.Helper()
	rows, err := h.raw.Query(`SELECT x.body, c.number, (SELECT count(*) FROM t_klaipeda.case_files f WHERE f.case_id = c.id),
			coalesce(m.n, 0) + coalesce(j.n, 0), coalesce(e.n, 0)
		FROM t_klaipeda.case_texts x JOIN t_klaipeda.cases c ON c.id = x.case_id AND c.law_due IS NOT NULL
		JOIN t_klaipeda.case_pins p ON p.case_id = c.id JOIN t_klaipeda.case_people w ON w.case_id = c.id
		LEFT JOIN (SELECT about, count(*) AS n FROM t_klaipeda.mails WHERE recipient = 'ona@example.org' GROUP BY about) m ON m.about = 'case/' || c.number
		LEFT JOIN (SELECT (args->>'case')::bigint AS id, count(*) AS n FROM t_klaipeda.jobs
			WHERE kind = 'casework.announce' AND state = 'pending' GROUP BY id) j ON j.id = c.id
		LEFT JOIN (SELECT object, count(*) AS n FROM t_klaipeda.audit_entries WHERE action = 'case.submit' GROUP BY object) e ON e.object = 'case/' || c.number
		WHERE x.body LIKE 'CNRY-killed-%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]standing{}
	for rows.Next() {
		var body string
		var one standing
		if err := rows.Scan(&body, &one.number, &one.files, &one.letters, &one.entries); err != nil {
			t.Fatal(err)
		}
		if _, twice := all[body]; twice {
			t.Errorf("%s is there twice", body)
		}
		all[body] = one
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// gapless: no number was taken by a case that is not there.
func (h *house) gapless(t *testing.T) {
	t.Helper()
	if n := h.count(t, `SELECT count(*) FROM t_klaipeda.case_counters k WHERE k.last <> (SELECT count(*) FROM t_klaipeda.cases c WHERE c.year = k.year)`); n != 0 {
		t.Error("a number is missing")
	}
}

// contents compares each kept file with its sum.
func (h *house) contents(t *testing.T, store *files.Store, realm pg.Realm) {
	t.Helper()
	rows, err := h.raw.Query(`SELECT id, sha256 FROM t_klaipeda.files`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var id string
		var want []byte
		if err := rows.Scan(&id, &want); err != nil {
			t.Fatal(err)
		}
		content, err := store.Read(realm, id)
		if err != nil {
			t.Errorf("file %s: %v", id, err)
			continue
		}
		sum := sha256.New()
		_, err = io.Copy(sum, content)
		content.Close()
		if err != nil || string(sum.Sum(nil)) != string(want) {
			t.Errorf("file %s is another: %v", id, err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Error(err)
	}
	t.Logf("%d files are whole", n)
}
