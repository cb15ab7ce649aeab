package isolation

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// variant is another way of writing a request.
type variant struct {
	name string
	make func(q question) question
}

func variants() []variant {
	path := func(change func(string) string) func(question) question {
		return func(q question) question { q.Path = change(q.Path); return q }
	}
	header := func(name, value string) func(question) question {
		return func(q question) question { q.Header = map[string]string{name: value}; return q }
	}
	method := func(m string) func(question) question {
		return func(q question) question { q.Method = m; return q }
	}
	after := func(mark, with string) func(string) string {
		return func(p string) string { return strings.Replace(p, mark, with, 1) }
	}
	return []variant{
		{"HEAD", method(http.MethodHead)}, {"OPTIONS", method(http.MethodOptions)}, {"PUT", method(http.MethodPut)},
		{"PATCH", method(http.MethodPatch)}, {"DELETE", method(http.MethodDelete)}, {"TRACE", method(http.MethodTrace)}, {"lower-case method", method("post")},
		{"method override", header("X-HTTP-Method-Override", "GET")}, {"method override to POST", header("X-HTTP-Method-Override", "POST")},
		{"override in the query", path(func(p string) string { return p + "?_method=POST" })},
		{"rewritten address", header("X-Original-URL", "/lt/")}, {"forwarded host", header("X-Forwarded-Host", hostOf(slugB))},
		{"trailing slash", path(func(p string) string { return p + "/" })},
		{"double slash", path(after("/admin", "//admin"))}, {"double slash at the start", path(func(p string) string { return "/" + p })},
		{"dots", path(after("/admin", "/x/../admin"))}, {"encoded dots", path(after("/admin", "/x/%2e%2e/admin"))},
		{"encoded slash", path(after("/admin/", "/admin%2F"))}, {"upper case", path(after("/admin", "/ADMIN"))},
		{"encoded letter", path(after("/admin", "/%61dmin"))}, {"path parameter", path(after("/admin", "/admin;x=1"))},
		{"backslash", path(after("/admin", "/%5Cadmin"))}, {"NUL", path(func(p string) string { return p + "%00" })},
	}
}

// TestNoSpellingOpensARoute writes each request in other ways: whoever is not let
// in is not let in by any, and nothing is done that was not asked for.
func TestNoSpellingOpensARoute(t *testing.T) {
	w := open(t)
	tried, before := 0, w.content(t, "t_"+slugA)
	for n, r := range w.routes(t) {
		if !r.Staff {
			continue
		}
		for i, role := range w.shutOut(r) {
			for j, v := range variants() {
				if !long() && (n+i+j)%3 != 0 {
					continue
				}
				tried++
				q := w.doing(t, r, role, w.a().Cases[opened])
				got := w.ask(v.make(q))
				if got.Status == http.StatusOK && v.name != "OPTIONS" || got.Status >= 500 || holds(w.without(got.Body, r, role, q), w.a().Canary) {
					t.Errorf("%s as %s by %s: %d %s", r.key(), role, v.name, got.Status, got.Header.Get("Location"))
				}
			}
		}
	}
	// What was refused stands in the chain, and nowhere else.
	after := w.content(t, "t_"+slugA)
	for _, table := range slices.Sorted(maps.Keys(after)) {
		if after[table] != before[table] && !strings.HasPrefix(table, "audit_") {
			t.Errorf("the table %s has changed", table)
		}
	}
	if tried < 100 {
		t.Fatalf("only %d requests", tried)
	}
	t.Logf("spellings: %d requests in other spellings, none let in", tried)
	w.sameForThoseLetIn(t)
}

// shutOut are roles that may not: nobody, and one that has signed in.
func (w *world) shutOut(r route) []Role {
	out := []Role{Anonymous}
	for _, role := range r.roles() {
		if !slices.Contains(r.May, role) && w.token(r.slug(), role) != "" {
			return append(out, role)
		}
	}
	return out
}

// sameForThoseLetIn: HEAD is answered as GET is, without a body; a GET with an
// override changes nothing.
func (w *world) sameForThoseLetIn(t *testing.T) {
	t.Helper()
	pages := 0
	for _, r := range w.routes(t) {
		if r.Method != http.MethodGet || r.Audit != "" {
			continue
		}
		role, token := w.doer(t, r)
		q := w.doing(t, r, role, w.a().Cases[opened])
		q.Token = token
		page, head := w.ask(q), q
		head.Method = http.MethodHead
		bare := w.ask(head)
		if page.Status != bare.Status || page.Header.Get("Cache-Control") != bare.Header.Get("Cache-Control") || page.Header.Get("Location") != bare.Header.Get("Location") {
			t.Errorf("%s as %s: GET %d, HEAD %d", r.key(), role, page.Status, bare.Status)
		}
		q.Header = map[string]string{"X-HTTP-Method-Override": "POST"}
		if other := w.ask(q); other.Status != page.Status {
			t.Errorf("%s as %s: %d, with an override %d", r.key(), role, page.Status, other.Status)
		}
		pages++
	}
	t.Logf("spellings: %d pages answer HEAD as GET", pages)
}
