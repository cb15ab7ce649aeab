package admin_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// fill is the form with this action as the page holds it, changed as a person
// would: pairs of a name and a value; "-" unticks or empties.
func (o *office) fill(path, action string, pairs ...string) url.Values {
	o.t.Helper()
	form := fields(o.page(path), action)
	if len(form) == 0 {
		o.t.Fatalf("%s has no form for %s", path, action)
	}
	for i := 0; i < len(pairs); i += 2 {
		if form.Del(pairs[i]); pairs[i+1] != "-" {
			form.Set(pairs[i], pairs[i+1])
		}
	}
	return form
}

// fields reads what a browser would send.
func fields(g got, action string) url.Values {
	form := url.Values{}
	g.Find("form").FilterFunction(func(_ int, s *goquery.Selection) bool {
		a, has := s.Attr("action")
		return has == (action != "") && strings.HasSuffix(a, action)
	}).First().Find("input,textarea,select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		value, _ := s.Attr("value")
		kind, _ := s.Attr("type")
		_, checked := s.Attr("checked")
		switch {
		case name == "" || (kind == "radio" || kind == "checkbox") && !checked:
		case goquery.NodeName(s) == "textarea":
			form.Add(name, strings.TrimPrefix(s.Text(), "\n"))
		case goquery.NodeName(s) == "select":
			option := s.Find("option[selected]")
			if option.Length() == 0 {
				option = s.Find("option").First()
			}
			v, _ := option.Attr("value")
			form.Add(name, v)
		default:
			form.Add(name, value)
		}
	})
	return form
}

var spaces = regexp.MustCompile(`\s+`)

// text is what a reader sees in the main part.
func (g got) text() string {
	return strings.TrimSpace(spaces.ReplaceAllString(strings.ReplaceAll(g.Find("main").Text(), "\u00a0", " "), " "))
}

// wants fails unless the answer has this status and its page these words.
func (g got) wants(t testing.TB, status int, words ...string) got {
	t.Helper()
	if g.StatusCode != status {
		t.Fatalf("status %d, want %d\n%s", g.StatusCode, status, g.text())
	}
	for _, w := range words {
		if !strings.Contains(g.text(), w) {
			t.Errorf("the page does not say %q:\n%s", w, g.text())
		}
	}
	return g
}

// entries counts audit entries of a town by action and object.
func (o *office) entries(action, object string) (n int) {
	o.t.Helper()
	sure(o.t, o.raw.QueryRow(`SELECT count(*) FROM `+o.realm().Name()+`.audit_entries WHERE action = $1 AND object = $2`, action, object).Scan(&n))
	return n
}
