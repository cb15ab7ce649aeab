package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"charterhouse/internal/casework"
)

// Whoever opens a case from a filtered list finds back to it, from the case, from
// the form of an act, from a refused one, and after the act is done.
func TestTheWayBackToTheListOutlivesAnAct(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-13", nil)
	o.received(casework.Complaint, "2026-11-19", nil)
	list := cases + "?channel=email&kind=question&view=overdue"
	follow := func(g got, selector string) string {
		t.Helper()
		to, has := g.Find(selector).First().Attr("href")
		if !has {
			t.Fatalf("nothing at %s:\n%s", selector, g.Find("main").Text())
		}
		return to
	}
	back := func(g got) {
		t.Helper()
		if to := follow(g, ".crumbs li:nth-child(2) a"); to != list {
			t.Errorf("the way back leads to %q, want %q", to, list)
		}
	}
	opened := follow(o.page(list), ".queue a.subj")
	page := o.page(opened)
	back(page)
	back(o.page(follow(page, `#who a`)))
	note := follow(page, `.acts a[href*="/note"]`)
	back(o.page(note))
	back(o.post(note, o.fill(note, note[strings.Index(note, "/note"):], "note", "")).wants(t, http.StatusUnprocessableEntity))
	at := o.post(note, o.fill(note, note[strings.Index(note, "/note"):], "note", "Paskambinta.")).Header.Get("Location")
	if !strings.HasPrefix(at, cases+"/"+number+"?done=case&from=") {
		t.Fatalf("leads to %q", at)
	}
	done := o.page(at).wants(t, http.StatusOK, "Atgal į sąrašą: Vėluojantys")
	back(done)
	if to := follow(done, "[role=status] a"); to != list {
		t.Errorf("after the act the way leads to %q", to)
	}
	// The composer on the case's own page goes the same way.
	action, _ := done.Find("form.composer").Attr("action")
	replied := o.post(action, fields(done, action[strings.Index(action, "/reply"):])).wants(t, http.StatusUnprocessableEntity)
	back(replied)

	// What somebody else has put into the address leads nowhere else.
	for _, from := range []string{"https://evil.example/", "//evil.example", "view=nosuch&next=//evil.example", "%zz", strings.Repeat("q=a", 400)} {
		g := o.page(cases + "/" + number + "?" + url.Values{"from": {from}, "done": {"case"}}.Encode())
		if main, err := g.Find("main").Html(); err != nil || strings.Contains(main, "evil") || strings.Contains(main, "nosuch") || g.Find(".crumbs li").Length() != 2 {
			t.Errorf("%q: %v %s", from, err, g.Find(".crumbs").Text())
		}
		if to := follow(g, "[role=status] a"); to != cases {
			t.Errorf("%q leads to %q", from, to)
		}
	}
	// A search is a list, too.
	found := o.page(follow(o.page(cases+"?q=duob%C4%97"), ".queue a.subj"))
	if to := follow(found, ".crumbs li:nth-child(2) a"); to != cases+"?q=duob%C4%97" {
		t.Errorf("the search is found again at %q", to)
	}
}
