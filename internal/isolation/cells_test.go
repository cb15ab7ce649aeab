package isolation

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// verdict is how somebody was received.
type verdict string

const (
	in      verdict = "let in"
	asked_  verdict = "asked to sign in"
	shut    verdict = "refused"
	nothing verdict = "told that there is nothing"
)

// judge reads the verdict from an answer.
func judge(r route, got reply) verdict {
	to := got.Header.Get("Location")
	switch {
	case got.Status == http.StatusSeeOther && strings.Contains(to, "/admin/log-in") && r.Staff && !strings.Contains(to, "done="):
		return asked_
	case got.Status == http.StatusForbidden && strings.Contains(got.Body, "/admin/log-in") && r.Staff && !strings.Contains(got.Body, "/admin/log-out"):
		return asked_ // what was typed is shown beside it
	case got.Status == http.StatusForbidden:
		return shut
	case got.Status == http.StatusNotFound || got.Status == http.StatusGone:
		return nothing
	}
	return in
}

// expected is what the matrix says of a cell.
func expected(r route, role Role, state string) verdict {
	if state == erased && (r.Staff && slices.Contains(r.May, role) || !r.Staff && role == Submitter && slices.Equal(r.May, holder)) {
		return nothing
	}
	if !r.Staff {
		if (!slices.Contains(r.May, role) || r.In != nil && !slices.Contains(r.In, state)) && r.Method == "GET" {
			return nothing
		}
		return in
	}
	switch {
	case role == Anonymous || role == Submitter:
		return asked_
	case !slices.Contains(r.May, role):
		return shut
	}
	if closed := Confidential()[state]; closed != nil && len(r.statesOf()) > 1 && !slices.Contains(closed, role) {
		return shut
	}
	return in
}

// TestEveryCellOfTheMatrix tries each role on each route with a case of each
// state. Nobody else than the matrix says is let in, and whoever is let in can do
// what is possible in that state, and nothing else.
func TestEveryCellOfTheMatrix(t *testing.T) {
	w := open(t)
	cells, done := 0, 0
	verdicts := map[verdict]int{}
	for _, r := range w.routes(t) {
		for _, role := range r.roles() {
			for _, state := range r.tried(role) {
				cells++
				got := w.cell(t, r, role, state)
				verdicts[judge(r, got)]++
				if r.Method == "POST" && got.Status < 400 {
					done++
				}
			}
		}
	}
	if cells < 100 {
		t.Fatalf("only %d cells", cells)
	}
	t.Logf("matrix: %d cells, %v; %d forms were accepted", cells, verdicts, done)
}

// tried are the states that a role is tried with: all of them at length; else some
// in which it is possible and some in which it is not. Who may not, may not: one
// state is enough.
func (r route) tried(role Role) []string {
	all := r.statesOf()
	if long() || len(all) == 1 {
		return all
	}
	if !slices.Contains(r.May, role) {
		return []string{opened, erased}
	}
	some := []string{foreign, erased}
	for _, possible := range []bool{true, false} {
		var of []string
		for _, state := range all {
			if slices.Contains(r.In, state) == possible && state != foreign && state != erased {
				of = append(of, state)
			}
		}
		if n := len(of); n > 0 {
			some = append(some, of[len(r.Route)%n])
		}
	}
	return some
}

// cell asks, judges, and puts things back.
func (w *world) cell(t *testing.T, r route, role Role, state string) reply {
	t.Helper()
	c := w.a().Cases[state]
	q := w.doing(t, r, role, c)
	got := w.ask(q)
	want, have := expected(r, role, state), judge(r, got)
	switch {
	case got.Status >= 500:
		t.Errorf("%s as %s, case %s: answered %d", r.key(), role, state, got.Status)
	case have != want && !(r.entrance() && have != asked_):
		t.Errorf("%s as %s, case %s: %s (%d %s), the matrix says: %s", r.key(), role, state, have, got.Status, got.Header.Get("Location"), want)
	case have != in && holds(w.without(got.Body, r, role, q), w.a().Canary):
		t.Errorf("%s as %s, case %s: %s, and shown something of the town", r.key(), role, state, have)
	}
	if r.Method == "POST" {
		w.possible(t, r, role, state, got)
		w.revive(t, r, got)
	}
	if state == erased {
		w.neverWas(t, r, role, q, got)
	}
	if (r.Staff || r.Method == "POST") && got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s as %s: Cache-Control %q", r.key(), role, got.Header.Get("Cache-Control"))
	}
	return got
}

// neverWas asks the same about a case that never was: no answer tells the two apart.
func (w *world) neverWas(t *testing.T, r route, role Role, q question, got reply) {
	t.Helper()
	c := w.a().Cases[erased]
	never := filed{Number: c.Number[:len(c.Number)-4] + "7777", Code: neverCode(), Link: neverIssued(CaseLink, ""), File: neverIssued(File, "")}
	swap := strings.NewReplacer(c.Number, never.Number, c.Code, never.Code, c.Link, never.Link, c.File, never.File)
	again := q
	again.Path = swap.Replace(q.Path)
	if q.Form != nil {
		again.Form = url.Values{}
		for name, values := range q.Form {
			for _, v := range values {
				again.Form.Add(name, swap.Replace(v))
			}
		}
	}
	twin := w.ask(again)
	w.revive(t, r, twin)
	have, want := got.like(c.Number, c.Code, c.Link, c.File), twin.like(never.Number, never.Code, never.Link, never.File)
	if have != want {
		t.Errorf("%s as %s: an erased case is not answered like one that never was:\n%s", r.key(), role, difference(have, want))
	}
}

// entrance tells a page before the door: who is at another step of signing in is
// led there, or told that there is nothing.
func (r route) entrance() bool { return !r.Staff && strings.Contains(r.Pattern, "/admin") }

// without is a page without what its reader brought: name, department, address,
// and what was typed.
func (w *world) without(body string, r route, role Role, q question) string {
	p := w.towns[r.slug()].Users[string(role)]
	for _, own := range []string{w.a().Canary + " " + string(role), p.Email, `<br>` + w.a().Canary} {
		if own != "" {
			body = strings.ReplaceAll(body, own, "")
		}
	}
	for _, values := range q.Form {
		for _, v := range values {
			if len(v) > 3 {
				body = strings.ReplaceAll(body, htmlEscape(v), "")
			}
		}
	}
	return body
}

// possible holds what was done to the states in which it may be.
func (w *world) possible(t *testing.T, r route, role Role, state string, got reply) {
	t.Helper()
	if r.In == nil || r.Method != "POST" || !slices.Contains(r.May, role) || expected(r, role, state) != in {
		return
	}
	done := got.Status < 400
	if want := slices.Contains(r.In, state); done != want {
		t.Errorf("%s as %s, case %s: answered %d; done: %t, the matrix says %t", r.key(), role, state, got.Status, done, want)
	}
}

// doing is a well-made request of a role. Who holds no code sends none.
func (w *world) doing(t testing.TB, r route, role Role, c filed) question {
	q := question{Slug: r.slug(), Method: r.Method, Token: w.token(r.slug(), role)}
	q.Path = r.path(r.lang(), func(p param) string {
		if p.thing == CaseLink && role != Submitter {
			return neverIssued(CaseLink, "")
		}
		return w.ownOf(r, p.thing, c)
	})
	if r.Method == "POST" {
		if q.Form = maps.Clone(w.filled[r.key()]); q.Form == nil || slices.Contains(r.May, role) {
			q.Form = w.form(t, r, c)
		}
		if slices.Equal(r.May, holder) && role != Submitter {
			q.Form.Del("code")
			q.Form.Del("token")
		}
	}
	return q
}
