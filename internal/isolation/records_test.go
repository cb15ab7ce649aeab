package isolation

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// doer is who does what a route is for: of a page before the door, whoever it is
// shown to.
func (w *world) doer(t testing.TB, r route) (Role, string) {
	t.Helper()
	if w.forms == nil {
		w.findForms(t)
	}
	if at, known := w.forms[r.key()]; known && r.entrance() {
		return Anonymous, at.token
	}
	roles := []Role{Administrator, Operator, Submitter}
	if strings.HasSuffix(r.Route, "/off") {
		roles = []Role{Auditor, Coordinator} // whose role does not ask for what is dropped
	}
	for _, role := range roles {
		if slices.Contains(r.May, role) && slices.Contains(r.roles(), role) && (r.Staff || role == Submitter) {
			return role, w.token(r.slug(), role)
		}
	}
	return Anonymous, ""
}

// deed is the request that does what the route is for.
func (w *world) deed(t testing.TB, r route) question {
	t.Helper()
	role, token := w.doer(t, r)
	state := opened
	if len(r.In) > 0 {
		state = r.In[0]
	}
	q := w.doing(t, r, role, w.a().Cases[state])
	q.Token = token
	if r.Method == "POST" && role == Anonymous {
		q.Form = w.form(t, r, w.a().Cases[state])
	}
	return q
}

// entries are the actions in the chain of a realm after an entry.
func (w *world) entries(t testing.TB, schema string, after int64) []string {
	t.Helper()
	rows, err := w.raw.Query(`SELECT action FROM `+schema+`.audit_entries WHERE seq > $1 ORDER BY seq`, after)
	must(t, err)
	return column(t, rows)
}

func (w *world) head(t testing.TB, schema string) (seq int64) {
	t.Helper()
	must(t, w.raw.QueryRow(`SELECT seq FROM `+schema+`.audit_head`).Scan(&seq))
	return seq
}

// counted are the tables that may change although nothing was done: how often
// somebody tried, and when they were seen.
func counted() []string { return []string{"log_in_attempts"} }

func (w *world) content(t testing.TB, schema string) map[string]string {
	t.Helper()
	all := w.fingerprint(t, schema)
	for _, table := range counted() {
		delete(all, table)
	}
	return all
}

// TestWhatIsDoneIsRecorded does what every route is for and finds its action in the
// audit chain; a form that only looks something up leaves nothing anywhere.
func TestWhatIsDoneIsRecorded(t *testing.T) {
	w := open(t)
	deeds, looks := 0, 0
	for _, r := range w.routes(t) {
		if r.Audit == "" {
			if r.Method == "POST" {
				t.Errorf("%s: the matrix names no audit action for a form", r.key())
			}
			continue
		}
		schema := w.towns[r.slug()].Realm
		q := w.deed(t, r)
		head, before := w.head(t, schema), w.content(t, schema)
		got := w.ask(q)
		found, after := w.entries(t, schema, head), w.content(t, schema)
		switch {
		case got.Status >= 400:
			t.Errorf("%s: answered %d to a form that was filled in well:\n%v\n%s", r.key(), got.Status, q.Form, told(got.Body))
		case r.Audit == none && (len(found) > 0 || !maps.Equal(before, after)):
			t.Errorf("%s: looks something up, and leaves %v", r.key(), found)
		case r.Audit != none && !slices.Contains(found, r.Audit):
			t.Errorf("%s: left %v, the matrix says %s", r.key(), found, r.Audit)
		}
		if r.Audit == none {
			looks++
		} else {
			deeds++
		}
		w.restore(t, schema)
	}
	w.readsAreRecorded(t)
	if deeds == 0 {
		t.Fatal("nothing was done")
	}
	t.Logf("audit: %d deeds, each in the chain by its name; %d forms that only look, nothing", deeds, looks)
}

// told is what a refused form says is wrong.
func told(body string) string {
	var all []string
	for _, line := range strings.Split(body, "\n") {
		if strings.Contains(line, `class="error"`) || strings.Contains(line, `<a href="#`) {
			all = append(all, strings.TrimSpace(line))
		}
	}
	return strings.Join(all, "\n")
}

// readsAreRecorded opens a confidential case by every page that shows it.
func (w *world) readsAreRecorded(t *testing.T) {
	t.Helper()
	c, schema := w.a().Cases[own], w.a().Realm
	for _, path := range []string{"", "/files/" + c.File, "/reply"} {
		head := w.head(t, schema)
		got := w.ask(question{Slug: slugA, Path: "/lt/admin/cases/" + c.Number + path, Token: w.token(slugA, Officer)})
		if found := w.entries(t, schema, head); got.Status != 200 || !slices.Contains(found, "case.read") {
			t.Errorf("reading a confidential case by %q: %d, left %v", path, got.Status, found)
		}
	}
}

// TestNothingIsDoneWithoutItsRecord lets the audit chain refuse its entry: then
// what every route is for is not done either.
func TestNothingIsDoneWithoutItsRecord(t *testing.T) {
	w := open(t)
	var routes []route
	var questions []question
	for _, r := range w.routes(t) {
		if r.Method == "POST" && r.Audit != none && r.Audit != "" {
			routes, questions = append(routes, r), append(questions, w.deed(t, r))
		}
	}
	shut := func(how string) {
		for _, schema := range []string{"t_" + slugA, "portal"} {
			_, err := w.raw.Exec(`ALTER TABLE ` + schema + `.audit_entries ` + how)
			must(t, err)
		}
	}
	shut(`ADD CONSTRAINT shut CHECK (false) NOT VALID`)
	deeds := 0
	for i, r := range routes {
		schema := w.towns[r.slug()].Realm
		before := w.content(t, schema)
		got := w.ask(questions[i])
		if after := w.content(t, schema); got.Status < 500 || !maps.Equal(before, after) {
			t.Errorf("%s: answered %d, and the tables are the same: %t", r.key(), got.Status, maps.Equal(before, after))
			shut(`DROP CONSTRAINT shut`)
			w.restore(t, schema)
			shut(`ADD CONSTRAINT shut CHECK (false) NOT VALID`)
		}
		deeds++
	}
	w.log.forget() // it complained of each
	if deeds == 0 {
		t.Fatal("nothing was tried")
	}
	t.Logf("audit: %d deeds whose entry was refused, none done", deeds)
}
