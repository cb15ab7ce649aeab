package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// The nearest date first, the overdue ones on top, in groups; views and filters
// are addresses.
func TestTheListIsByTheNearestDate(t *testing.T) {
	o := officerIn(t)
	o.received(casework.Complaint, "2026-11-18", nil)        // 01: later
	o.received(casework.Question, "2026-11-18", nil)         // 02: today by the charter
	o.received(casework.Question, "2026-11-13", nil)         // 03: overdue
	o.received(casework.Praise, "2026-11-19", nil)           // 04: no term
	mine := o.received(casework.Question, "2026-11-19", nil) // 05: soon
	o.acts(mine, "take")
	waits := o.received(casework.Question, "2026-11-19", nil) // 06: asked
	o.acts(waits, "ask", "question", "Kur?")
	done := o.received(casework.Question, "2026-11-19", nil) // 07
	o.acts(done, "reply", "answer", "Taip.")

	for query, want := range map[string][]string{
		"": {"03", "02", "05", "01", "06", "04"}, "?view=mine": {"05"}, "?view=overdue": {"03"}, "?view=today": {"02"}, "?view=soon": {"05"},
		"?view=waiting": {"06"}, "?view=unassigned": {"03", "02", "01", "06", "04"}, "?view=done": {"07"},
		"?kind=praise": {"04"}, "?state=in_progress": {"05"}, "?assignee=me": {"05"}, "?assignee=none&kind=complaint": {"01"},
		"?channel=post": {}, "?channel=email&kind=praise": {"04"}, "?department=nosuch": {}, "?q=KL-2026-0007": {"07"}, "?q=duob%C4%97": {"03", "02", "05", "01", "06", "04", "07"},
		"?view=nosuch": {"03", "02", "05", "01", "06", "04"}, "?kind=%27%3B--": {}, "?q=nieko+tokio": {},
	} {
		page := o.page(cases + query)
		if got := page.rows(); !slices.Equal(got, want) && !(len(got) == 0 && len(want) == 0) {
			t.Errorf("%s lists %v, want %v", query, got, want)
		}
		if len(want) == 0 && page.Find(".nothing").Length() != 1 {
			t.Errorf("%s does not say that there is nothing", query)
		}
	}
	page := o.page(cases).wants(t, http.StatusOK, "Vėluoja", "Šiandien", "6 kreipimaisi", "vėluoja", "terminas šiandien", "chartija")
	if n := strings.TrimSpace(page.Find(`.side a[href$="?view=overdue"] .n`).Text()); n != "1" {
		t.Errorf("the view of what is overdue counts %q", n)
	}
	if page.Find(`.due--late .shape`).Length() != 1 || page.Find(".filters [type=submit]").Length() != 1 {
		t.Error("what is late has no shape, or the filters no button")
	}
}

// Whoever chooses a state sees the cases that are in it, whichever view the choice
// is made in, and stays among them on the next page.
func TestAStateDecidesTheView(t *testing.T) {
	o := officerIn(t)
	stand := map[casework.State]string{}
	for state, act := range map[casework.State][]string{
		casework.Received: nil, casework.InProgress: {"take"}, casework.Waiting: {"ask", "question", "Kur?"}, casework.Answered: {"reply", "answer", "Taip."},
		casework.Forwarded: {"forward", "institution", "Kelių direkcija"}, casework.Withdrawn: {"withdraw", "reason", "Paprašė."},
	} {
		number := o.received(casework.Question, "2026-11-19", nil)
		if act != nil {
			o.acts(number, act[0], act[1:]...)
		}
		stand[state] = strings.TrimPrefix(number, "KL-2026-00")
	}
	for state, number := range stand {
		for _, view := range []string{"", "soon", "waiting", "done", "overdue"} {
			if view == "overdue" && state.Open() {
				continue // the view holds it when it is late
			}
			query := "?view=" + view + "&state=" + string(state)
			page := o.page(cases + query)
			if got := page.rows(); !slices.Equal(got, []string{number}) {
				t.Errorf("%s lists %v, want %s", query, got, number)
			}
			if chosen, _ := page.Find("#state option[selected]").Attr("value"); chosen != string(state) {
				t.Errorf("%s shows %q as chosen", query, chosen)
			}
		}
	}
	// Whose cases they are stays asked for.
	mine := o.received(casework.Question, "2026-11-19", nil)
	o.acts(mine, "take")
	o.acts(mine, "reply", "answer", "Taip.")
	if got := o.page(cases + "?view=mine&state=answered").rows(); !slices.Equal(got, []string{strings.TrimPrefix(mine, "KL-2026-00")}) {
		t.Errorf("of mine: %v", got)
	}
	if got := o.page(cases + "?view=unassigned&state=answered").rows(); !slices.Equal(got, []string{stand[casework.Answered]}) {
		t.Errorf("of nobody: %v", got)
	}
}

// Whatever is typed into the search, it answers and at once: thousands of words
// kept the database busy until its limit, and a hundred signs were too many for it.
func TestASearchForAnythingAnswers(t *testing.T) {
	o := officerIn(t)
	o.received(casework.Question, "2026-11-19", nil)
	long := strings.TrimSpace(strings.Repeat("a-", 50) + strings.Repeat(" nieko", 1000))
	for _, typed := range []string{strings.Repeat("-", 100), strings.Repeat("-", 100) + "a", strings.Repeat(`"-`, 100), strings.Repeat("a ", 3900), long, "OR OR", `"`, "-", `-"duobė`} {
		began := time.Now()
		o.page(cases+"?"+url.Values{"q": {typed}}.Encode()).wants(t, http.StatusOK)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%.20q… takes %v", typed, took)
		}
	}
}

// A long list goes on after the last case of the page, however many come in
// between; a cursor that nobody gave out breaks nothing.
func TestALongListIsPaged(t *testing.T) {
	o := officerIn(t)
	for range 60 {
		o.received(casework.Question, "2026-11-19", nil)
	}
	first := o.page(cases)
	next, _ := first.Find(`a[rel=next]`).Attr("href")
	if len(first.rows()) != 50 || next == "" {
		t.Fatalf("%d rows, next %q", len(first.rows()), next)
	}
	second := o.page(next)
	if all := append(first.rows(), second.rows()...); len(all) != 60 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != 60 {
		t.Errorf("%d rows on two pages", len(all))
	}
	if second.Find(".pager a").Length() != 1 {
		t.Error("the last page does not lead back, or leads on")
	}
	for _, after := range []string{"x", "2026-13-45~1", "2026-02-30~1", "9999-12-31~99", "2026-11-24~", "'~1", "~", "0000-00-00~1",
		"0000-01-01~1", "-123-01-01~1", "2026-00-10~1", "1989-12-31~1", "2026-11-24~99999999999999999999"} {
		if g := o.get(cases + "?after=" + url.QueryEscape(after)); g.StatusCode != http.StatusOK {
			t.Errorf("after=%s: %d", after, g.StatusCode)
		}
		if g := o.get(cases + "?view=done&after=" + url.QueryEscape(after)); g.StatusCode != http.StatusOK {
			t.Errorf("done after=%s: %d", after, g.StatusCode)
		}
	}
	// The last days of a month are days too: nothing comes after them here.
	if rows := o.page(cases + "?after=2099-12-31~1").rows(); len(rows) != 0 {
		t.Errorf("after the last day there are %d cases", len(rows))
	}
}

// A handler filters by a colleague, and the menu shows what a role may open.
func TestTheMenuIsByPermission(t *testing.T) {
	o := openOffice(t, demoMail)
	for role, want := range map[access.Role][]string{
		access.Officer:       {"cases", "register", "results", "settings", "account"},
		access.Viewer:        {"cases", "account"},
		access.Auditor:       {"cases", "results", "settings", "audit", "mails", "account"},
		access.Administrator: {"cases", "register", "results", "settings", "users", "audit", "mails", "account"},
	} {
		page := o.colleague(string(role)+"@klaipeda.lt", role).page("/lt/admin/account")
		var got []string
		for _, n := range page.Find(".side .rest a").Nodes {
			for _, a := range n.Attr {
				if a.Key == "href" {
					got = append(got, a.Val[strings.LastIndex(a.Val, "/")+1:])
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s sees %v, want %v", role, got, want)
		}
	}
	var jurga access.User
	o = o.colleague("jurga@klaipeda.lt", access.Officer)
	o.write(func(tx *pg.Tx) (err error) {
		jurga, err = access.FindUser(t.Context(), tx, "jurga@klaipeda.lt")
		return err
	})
	o.acts(o.received(casework.Question, "2026-11-19", nil), "take")
	o.received(casework.Question, "2026-11-19", nil)
	if got := o.page(cases + "?assignee=" + strconv.FormatInt(jurga.ID, 10)).rows(); !slices.Equal(got, []string{"01"}) {
		t.Errorf("of a colleague: %v", got)
	}
}

// The portal has the same entrance, and no cases.
func TestThePortalHasADeskOfItsOwn(t *testing.T) {
	o := openOffice(t, demoMail)
	o.host = "localhost"
	o.hire("operator@portal.example", access.Operator)
	at := "/en/admin/log-in"
	o.takes(o.post(at, o.fill(at, "/log-in", "email", "operator@portal.example", "password", officePassword)).leads(t, "/en/admin/figures")) // the first room of an operator
	o.page("/en/admin/users")
	for _, path := range []string{"/en/admin/cases", "/en/admin/register", "/en/admin/settings"} {
		if g := o.get(path); g.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, g.StatusCode)
		}
	}
	town := *o
	town.host = "klaipeda.localhost"
	town.get("/lt/admin/users").leads(t, logInPage+"?next=%2Flt%2Fadmin%2Fusers")
}
