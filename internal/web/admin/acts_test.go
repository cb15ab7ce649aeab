package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// Each act on its happy way and refused, with what was typed kept.
func TestEveryActIsDoneOrRefused(t *testing.T) {
	o := officerIn(t)
	o.hire("jurga@klaipeda.lt", access.Officer)
	type step struct {
		act   string
		wrong []string // pairs that are refused
		says  string   // why
		right []string
		state casework.State
	}
	for name, c := range map[string]struct {
		kind  string
		steps []step
	}{
		"asked and answered": {casework.Complaint, []step{
			{"take", nil, "", nil, casework.InProgress},
			{"assign", []string{"assignee", "999999"}, "nenagrinėja", []string{"assignee", "-"}, casework.InProgress},
			{"note", []string{"note", ""}, "pastab", []string{"note", "Paklausti skyriaus."}, casework.InProgress},
			{"add", []string{"text", ""}, "", []string{"text", "Paskambino: duobė didesnė."}, casework.InProgress},
			{"extend", []string{"reasons", "", "final", "2026-12-23"}, "priežast", []string{"reasons", "Laukiama rangovo.", "final", "2026-12-23"}, casework.InProgress},
			{"ask", []string{"question", ""}, "klausim", []string{"question", "Kuriame kieme?"}, casework.Waiting},
			{"resume", nil, "", []string{"note", "Atsakė telefonu."}, casework.InProgress},
			{"reply", []string{"answer", ""}, "atsakym", []string{"answer", "Duobė užlyginta."}, casework.Answered},
			{"reopen", []string{"reason", ""}, "priežast", []string{"reason", "Duobė vėl atsivėrė."}, casework.InProgress},
			{"protect", nil, "", nil, casework.InProgress},
		}},
		"sent on":   {casework.Question, []step{{"forward", []string{"institution", ""}, "instituc", []string{"institution", "VERT"}, casework.Forwarded}, {"close", nil, "", nil, casework.Closed}}},
		"declined":  {casework.Complaint, []step{{"decline", []string{"ground", "-"}, "pagrind", []string{"ground", "repeated"}, casework.Declined}}},
		"withdrawn": {casework.Question, []step{{"withdraw", []string{"reason", ""}, "priežast", []string{"reason", "Paskambino."}, casework.Withdrawn}}},
		"thanks":    {casework.Praise, []step{{"close", nil, "", nil, casework.Closed}}},
	} {
		t.Run(name, func(t *testing.T) {
			number := o.received(c.kind, "2026-11-19", nil)
			for _, s := range c.steps {
				if s.wrong != nil {
					before := o.stands(number)
					g := o.act(number, s.act, s.wrong...).wants(t, http.StatusUnprocessableEntity, s.says)
					if g.Find(".errors").Length() != 1 || !strings.HasPrefix(g.Find("title").Text(), "Klaida:") {
						t.Errorf("%s: the refusal has no summary", s.act)
					}
					if after := o.stands(number); after.Version != before.Version {
						t.Errorf("%s: a refused form has changed the case", s.act)
					}
				}
				if got := o.acts(number, s.act, s.right...); got.State != s.state {
					t.Errorf("%s leads to %s, want %s", s.act, got.State, s.state)
				}
			}
		})
	}
}

// What was typed is there again when one field is wrong.
func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Complaint, "2026-11-19", nil)
	for final, says := range map[string]string{
		"2027-06-01": "ne ilgiau kaip iki", "2026-11-20": "vėlesnę", "2026-12-26": "nedirbama", "rytoj": "galutinę",
	} {
		g := o.act(number, "extend", "reasons", "Laukiama rangovo atsakymo.", "final", final)
		g.wants(t, http.StatusUnprocessableEntity)
		if !strings.Contains(g.body, "Laukiama rangovo atsakymo.") || !strings.Contains(g.body, `value="`+final+`"`) {
			t.Errorf("%s: what was typed is lost", final)
		}
		if text := strings.ToLower(g.Find(".errors").Text()); !strings.Contains(text, strings.ToLower(says)) {
			t.Errorf("%s is refused so: %s", final, text)
		}
	}
}

// A danger stated without a name is confirmed, or the case ends there.
func TestADangerIsConfirmedOrRefused(t *testing.T) {
	o := officerIn(t)
	o.host, o.cookie = "peshtera.localhost", ""
	o.hire("ivan@peshtera.bg", access.Officer)
	o.takes(o.signIn("ivan@peshtera.bg", officePassword))
	claim := func(f *casework.Filing) {
		f.Lang, f.Anonymous, f.Person, f.Danger = "bg", true, casework.Person{}, "Открит ток."
	}
	for act, want := range map[string]casework.State{"confirm-danger": casework.Received, "refuse-danger": casework.Declined} {
		number := o.received(casework.Signal, "2026-11-19", claim)
		page := o.page(o.path("/admin/cases/"+url.PathEscape(number))).wants(t, http.StatusOK, "Открит ток.", "Потвърди опасността", "Отхвърли опасността")
		if page.Find("form#reply").Length() != 0 {
			t.Error("an undecided claim can be answered")
		}
		pairs := []string{}
		if act == "refuse-danger" {
			o.act(number, act, "reason", "").wants(t, http.StatusUnprocessableEntity)
			pairs = []string{"reason", "Няма опасност."}
		}
		if c := o.acts(number, act, pairs...); c.State != want {
			t.Errorf("%s leads to %s", act, c.State)
		}
	}
}

// Where to turn is promised to the submitter of a declined case only where the
// rules name somebody who looks again.
func TestADeclinedCaseTellsWhereToTurnIfAnywhere(t *testing.T) {
	o := officerIn(t)
	o.page(cases+"/"+o.received(casework.Complaint, "2026-11-19", nil)+"/decline").wants(t, http.StatusOK, "kur kreiptis toliau")
	o.host, o.cookie = "peshtera.localhost", ""
	o.hire("ivan@peshtera.bg", access.Officer)
	o.takes(o.signIn("ivan@peshtera.bg", officePassword))
	number := o.received(casework.Complaint, "2026-11-19", func(f *casework.Filing) { f.Lang = "bg" })
	page := o.page(o.path("/admin/cases/"+url.PathEscape(number)+"/decline")).wants(t, http.StatusOK, "Подателят вижда основанието.")
	if strings.Contains(page.text(), "къде да се обърне") {
		t.Error("the submitter is to learn where to turn, and nothing says where")
	}
	if page.Find(`input[name=ground][value=anonymous]`).Length() != 0 {
		t.Error("a named case can be declined as anonymous")
	}
}

// An extension is offered with the latest date, and not after the term: the page
// says why, without a form.
func TestAnExtensionTellsItsLimit(t *testing.T) {
	o := officerIn(t)
	late := o.received(casework.Complaint, "2026-10-01", nil)
	page := o.page(cases+"/"+late).wants(t, http.StatusOK, "vėluoja", "Terminas jau")
	if page.Find(`.acts a[href$="/extend"]`).Length() != 0 {
		t.Error("an extension is offered after the term")
	}
	if g := o.page(cases + "/" + late + "/extend"); g.Find("main form").Length() != 0 {
		t.Error("there is a form for it")
	}
	open := o.received(casework.Complaint, "2026-11-19", nil)
	o.page(cases+"/"+open).wants(t, http.StatusOK, "ne vėliau kaip 2027 m. sausio")
}

// Where the town has promised an earlier day than the law's, only the law's can be
// extended: the page says which date moves, from when, and that the promise stays.
func TestAnExtensionTellsWhichDateMoves(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-16", nil)
	page := o.page(cases+"/"+number+"/extend").wants(t, http.StatusOK,
		"Pratęsiamas terminas pagal įstatymą (nepatvirtintas nustatymas), dabar jis baigiasi 2026 m. gruodžio 14 d.",
		"Darbo diena po 2026 m. gruodžio 14 d.", "Termino pagal chartiją (2026 m. lapkričio 18 d.) nesilaikyta",
		"Terminas pagal įstatymą nepatvirtintas, todėl pareiškėjas jo nematys")
	if strings.Contains(page.text(), "po 2026 m. lapkričio 18") {
		t.Error("the final date is to lie after the town's own, which does not move")
	}
	o.acts(number, "extend", "reasons", "Posėdis", "final", "2026-12-21")
	o.page(cases+"/"+number).wants(t, http.StatusOK, "Terminas pagal įstatymą pratęstas iki 2026 m. gruodžio 21 d.")
	o.page(cases).wants(t, http.StatusOK, "chartija, pratęstas tik terminas pagal įstatymą")
}

// A town whose charter sets no longest extension may go further than the law
// allows, but says so: the box is shown for such a date only.
func TestAnExtensionBeyondTheLawIsConfirmed(t *testing.T) {
	o := officerIn(t)
	o.write(func(tx *pg.Tx) error {
		rules, err := casework.Own(t.Context(), tx)
		if err != nil {
			return err
		}
		rules.Kinds[casework.Complaint] = casework.Kind{Own: &casework.Promise{Term: "1 month"}, Extension: &casework.Extension{Reasons: true, Steps: true, FinalDate: true}}
		_, err = casework.Apply(t.Context(), tx, audit.Operator(), rules, true)
		return err
	})
	number := o.received(casework.Complaint, "2026-11-19", nil)
	page := o.page(cases+"/"+number+"/extend").wants(t, http.StatusOK, "Pratęsiami abu terminai", "Chartija ilgiausio pratęsimo nenustato")
	if page.Find("#beyond").Length() != 0 {
		t.Error("the form asks before there is anything to confirm")
	}
	g := o.act(number, "extend", "reasons", "Tyrimas", "final", "2027-01-29").wants(t, http.StatusUnprocessableEntity, "Pagal įstatymą terminas gali baigtis ne vėliau kaip 2027 m. sausio")
	if g.Find("input#beyond[type=checkbox]").Length() != 1 || g.Find("#final").AttrOr("value", "") != "2027-01-29" {
		t.Error("the refused form has no box to confirm by, or forgot the date")
	}
	form := fields(g, "/extend")
	form.Set("beyond", "yes")
	form.Set("final", "2099-01-05")
	o.post(cases+"/"+url.PathEscape(number)+"/extend", form).wants(t, http.StatusUnprocessableEntity, "Patikrinkite metus")
	form.Set("final", "2027-01-29")
	if g := o.post(cases+"/"+url.PathEscape(number)+"/extend", form); g.StatusCode != http.StatusSeeOther {
		t.Fatalf("confirmed: %d\n%s", g.StatusCode, g.text())
	}
	if c := o.stands(number); c.OwnDue.String() != "2027-01-29" || c.LawDue >= c.OwnDue {
		t.Errorf("own date %s, law's %s", c.OwnDue, c.LawDue)
	}
}

// Two officers at one case: the second sees what is new beside what they wrote,
// and can send it after all.
func TestAConflictShowsBothTexts(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-19", nil)
	at := cases + "/" + number + "/reply"
	form := o.fill(at, "/reply", "answer", "Mano atsakymas.")
	o.acts(number, "note", "note", "Skyrius jau tvarko.")
	g := o.post(at, form).wants(t, http.StatusConflict, "Skyrius jau tvarko.", "Mano atsakymas.")
	if g.Find(".both__text").Length() != 2 {
		t.Errorf("%d texts are shown", g.Find(".both__text").Length())
	}
	if c := o.stands(number); c.State != casework.Received {
		t.Errorf("the case is %s", c.State)
	}
	o.post(at, fields(g, "/reply")).leads(t, cases+"/"+number+"?done=reply")
	if c := o.stands(number); c.State != casework.Answered {
		t.Errorf("the case is %s", c.State)
	}
	// Where the act is not to be done any more, what was typed can still be read.
	forward := o.received(casework.Question, "2026-11-19", nil)
	there := cases + "/" + forward + "/forward"
	referring := o.fill(there, "/forward", "institution", "Klaipėdos rajono savivaldybė")
	o.acts(forward, "reply", "answer", "Atsakyta.")
	if g := o.post(there, referring).wants(t, http.StatusConflict, "Atsakyta."); !strings.Contains(g.Find(".both__text").Last().Text(), "Klaipėdos rajono savivaldybė") {
		t.Errorf("what was typed is lost:\n%s", g.Find("main").Text())
	}
	// A form without a version is none of ours.
	form.Del("version")
	form.Set("answer", "Kitas atsakymas.")
	o.post(at, form).wants(t, http.StatusConflict)
}
