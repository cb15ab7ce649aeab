package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// everyAct is each act of the desk with what must have been done before.
var everyAct = []struct {
	path   string
	before []string // act, field, value
	pairs  []string
}{
	{"take", nil, nil},
	{"assign", nil, []string{"assignee", ""}},
	{"extend", nil, []string{"reasons", "Laukiama rangovo.", "final", "2026-12-30"}},
	{"ask", nil, []string{"question", "Kurioje vietoje?"}},
	{"resume", []string{"ask", "question", "Kurioje vietoje?"}, nil},
	{"reply", nil, []string{"answer", "Duobė užtaisyta."}},
	{"forward", nil, []string{"institution", "Kelių direkcija"}},
	{"decline", nil, []string{"ground", "repeated"}},
	{"add", nil, []string{"text", "Skambino dar kartą."}},
	{"note", nil, []string{"note", "Tik mums."}},
	{"close", []string{"reply", "answer", "Duobė užtaisyta."}, nil},
	{"reopen", []string{"reply", "answer", "Duobė užtaisyta."}, []string{"reason", "Neužtaisyta."}},
	{"withdraw", nil, []string{"reason", "Paprašė telefonu."}},
	{"protect", nil, nil},
}

// A button of the desk that is pressed several times, over two instances, acts
// once, and every reply is that it was done.
func TestAnActOfTheDeskIsDoneOnce(t *testing.T) {
	o := officerIn(t)
	both := []*office{o, o.beside()}
	for _, a := range everyAct {
		t.Run(a.path, func(t *testing.T) {
			number := o.received(casework.Complaint, "2026-11-19", nil)
			if a.before != nil {
				o.acts(number, a.before[0], a.before[1:]...)
			}
			at := cases + "/" + number + "/" + a.path
			form, version := o.fill(at, "/"+a.path, a.pairs...), o.stands(number).Version
			if a.path == "decline" {
				first, _ := o.page(at).Find("input[name=ground]").First().Attr("value")
				form.Set("ground", first)
			}
			var mu sync.Mutex
			var told []string
			var all sync.WaitGroup
			for i := range 6 {
				all.Go(func() {
					g := both[i%2].post(at, form)
					mu.Lock()
					defer mu.Unlock()
					told = append(told, g.Status+" "+g.Header.Get("Location"))
				})
			}
			all.Wait()
			want := told[0]
			if !strings.HasPrefix(want, "303 ") || slices.ContainsFunc(told, func(s string) bool { return s != want }) {
				t.Errorf("told: %q", told)
			}
			if now := o.stands(number).Version; now != version+1 {
				t.Errorf("version %d after %d", now, version)
			}
			// Whoever goes back and writes something else is not told that it was done.
			for _, field := range []string{"answer", "note", "text", "question", "reason"} {
				if !form.Has(field) {
					continue
				}
				form.Set(field, "Visai kitas tekstas.")
				o.post(at, form).wants(t, http.StatusConflict, "Visai kitas tekstas.")
			}
		})
	}
}

// The same with a file: what both instances received is kept once.
func TestAnActWithAFileIsDoneOnce(t *testing.T) {
	o := officerIn(t)
	both := []*office{o, o.beside()}
	for range 3 {
		number := o.received(casework.Question, "2026-11-19", nil)
		at := cases + "/" + number + "/reply"
		form := o.fill(at, "/reply", "answer", "Aktas pridedamas.")
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() { both[i%2].upload(at, form, "aktas.pdf", onePDF).leads(t, cases+"/"+number+"?done=reply") })
		}
		all.Wait()
		if n := o.page(cases + "/" + number).Find(`.timeline a[href*="/files/"]`).Length(); n != 1 {
			t.Errorf("%d files on the case, want 1", n)
		}
	}
}

// An act whose commit's reply is lost is answered as if nothing had happened; one
// that was not written says so and can be sent again.
func TestALostReplyToAnActOfTheDesk(t *testing.T) {
	database := pgtest.Prepared(t, "admin-office", furnish)
	copied := *database
	var proxy *pgtest.Proxy
	proxy, copied.ServiceURL = pgtest.NewProxy(t, database.ServiceURL)
	o := openOfficeOn(t, &copied, demoMail)
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	number := o.received(casework.Question, "2026-11-19", nil)
	at := cases + "/" + number + "/reply"
	form := o.fill(at, "/reply", "answer", "Duobė užtaisyta.")
	proxy.LoseReplyTo("UPDATE cases SET version")
	o.post(at, form).wants(t, http.StatusServiceUnavailable)
	proxy.LoseReplyTo("COMMIT\x00")
	o.post(at, form).leads(t, cases+"/"+number+"?done=reply")
	o.post(at, form).leads(t, cases+"/"+number+"?done=reply")
	if lost := proxy.Lost.Load(); lost != 2 {
		t.Errorf("%d replies were lost, want 2", lost)
	}
	var n int
	o.write(func(tx *pg.Tx) error {
		return tx.Get(t.Context(), &n, `SELECT count(*) FROM case_events WHERE action = $1`, "reply")
	})
	if n != 1 {
		t.Errorf("%d answers", n)
	}
	// The form of one officer says nothing to another.
	other := o.colleague("jurga@klaipeda.lt", access.Officer)
	other.post(at, form).wants(t, http.StatusConflict)
	other.post(at, url.Values{"nonce": form["nonce"], "version": {"1"}}).wants(t, http.StatusConflict)
}
