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

const question = "/lt/admin/settings/terms/question"

func TestTheOverviewTellsWhoseEachSettingIs(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	o.page("/lt/admin/settings").wants(t, 200, "Terminai", "Savivaldybės nuostata iš pradinių duomenų", "Savivaldybės nuostatų: 1 iš 6", "Šalies nuostata (Lietuva)")
	form := o.fill(question, question, "own", "own", "own_term", "5 darbo dienos")
	o.post(question, form).wants(t, http.StatusSeeOther)
	o.page("/lt/admin/settings").wants(t, 200, "Savivaldybės nuostata nuo 2026-11-20, pakeitė Rasa Jankutė")
	o.page("/lt/admin/settings/terms").wants(t, 200, "per 5 darbo dienas", "per 20 darbo dienų", "patvirtinta")
	if n := o.entries("rules.set", "rules/kind/question"); n != 1 {
		t.Errorf("%d entries tell of the change", n)
	}
}

// A change is seen by the public as soon as the registry is read again, and an
// open case keeps what it was told.
func TestAChangedTermIsSeenByThePublic(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	public := *o
	public.cookie = ""
	due := "/lt/due?kind=question&received=2026-11-20"
	public.page(due).wants(t, 200, "2026 m. lapkričio 24 d.")
	public.page("/lt/") // is kept in the page cache from here on
	form := o.fill(question, question, "own_term", "7 darbo dienos")
	o.post(question, form).wants(t, http.StatusSeeOther)
	sure(t, o.server.Refresh(t.Context()))
	public.page(due).wants(t, 200, "2026 m. gruodžio 1 d.")
	public.page("/lt/").wants(t, 200, "per 7 darbo dienas")
	answer := o.page(question+"?saved=1").wants(t, 200, "Išsaugota.", "2 versija")
	if typed, _ := answer.Find("#own_term").Attr("value"); typed != "7 darbo dienos" {
		t.Errorf("the form shows %q", typed)
	}
}

func TestATermThatCannotBeReadIsKeptAndExplained(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	for typed, says := range map[string]string{
		"greitai": "Parašykite terminą skaičiumi ir žodžiu", "2 savaitės": "Terminą rašykite darbo dienomis", "0 dienų": "Rašykite bent 1",
		"400 dienų": "Terminas gali būti iki 366 dienų", "": "Parašykite terminą, pvz.,",
	} {
		form := o.fill(question, question, "own", "own", "own_term", typed, "own_note_lt", "Mano paaiškinimas")
		answer := o.post(question, form).wants(t, http.StatusUnprocessableEntity, says, "Mano paaiškinimas")
		if kept, _ := answer.Find("#own_term").Attr("value"); kept != typed {
			t.Errorf("%q came back as %q", typed, kept)
		}
	}
	// A choice that the form does not offer is none, and not the end of a promise.
	for field, value := range map[string]string{"own": "term", "law": "", "extension": "maybe"} {
		form := o.fill(question, question, field, value)
		if g := o.post(question, form).wants(t, http.StatusUnprocessableEntity, "Pasirinkite vieną iš galimybių"); g.Find("fieldset#"+field+".bad").Length() != 1 {
			t.Errorf("the refusal of %s is not at its field", field)
		}
	}
	for at, fields := range map[string][]string{"/lt/admin/settings/counting": {"asking", "outside_hours"}, "/lt/admin/settings/anonymous": {"policy"}} {
		for _, field := range fields {
			for _, value := range []string{"", "sometimes"} {
				o.post(at, o.fill(at, at, field, value)).wants(t, http.StatusUnprocessableEntity)
			}
		}
	}
	day := days + "/edit/new"
	o.post(day, o.fill(day, day, "date", "2026-12-23", "kind", "half", "name_lt", "Diena", "name_en", "Day")).wants(t, http.StatusUnprocessableEntity, "Pasirinkite vieną")
	if n := o.entries("rules.set", "rules/asking") + o.entries("rules.set", "rules/outside_hours") + o.entries("rules.set", "rules/anonymous"); n != 0 {
		t.Errorf("%d entries tell of choices that were refused", n)
	}
	// A usual target beyond the limit is refused where it was typed.
	usual := o.fill(question, question, "own", "own", "own_term", "10 darbo dienų", "own_usual", "20 darbo dienų")
	if g := o.post(question, usual).wants(t, http.StatusUnprocessableEntity, "Įprastas terminas negali būti ilgesnis"); g.Find("#own_usual[aria-invalid=true]").Length() != 1 {
		t.Error("the refusal is not at the usual target")
	}
	// What a package's check refuses, the form refuses: a text in one language only.
	form := o.fill(question, question, "law", "own", "law_term", "10 darbo dienų", "law_basis_lt", "Įstatymas", "law_basis_en", "", "law_source", "")
	o.post(question, form).wants(t, http.StatusUnprocessableEntity, "English", "negali būti tušč")
	if n := o.entries("rules.set", "rules/kind/question"); n != 0 {
		t.Errorf("%d entries tell of what was refused", n)
	}
}

func TestALegalTermOfTheTownIsUnconfirmedUntilMarked(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	form := o.fill(question, question, "law", "own", "law_term", "10 darbo dienų", "law_source", "Taryba")
	o.post(question, form).wants(t, http.StatusSeeOther)
	sure(t, o.server.Refresh(t.Context()))
	o.page("/lt/admin/settings/terms").wants(t, 200, "per 10 darbo dienų", "nepatvirtintas nustatymas")
	if strings.Contains(o.page("/lt/due?kind=question&received=2026-11-20").text(), "gruodžio 4 d.") {
		t.Error("the public is shown an unconfirmed term as the law's")
	}
	form = o.fill(question, question, "law_verified", "yes", "law_checked", "2026-11-20")
	o.post(question, form).wants(t, http.StatusSeeOther)
	sure(t, o.server.Refresh(t.Context()))
	o.page("/lt/due?kind=question&received=2026-11-20").wants(t, 200, "gruodžio 4 d.")
}

func TestTryingARuleWritesNothing(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	form := o.fill(question, question, "own_term", "1 mėnuo", "try_date", "2026-11-20", "try_hour", "16:30")
	answer := o.post(question+"/try", form).wants(t, http.StatusOK, "gruodžio 21 d.", "gruodžio 18 d.", "Terminas pagal chartiją: per 1 mėnesį")
	if typed, _ := answer.Find("#own_term").Attr("value"); typed != "1 mėnuo" {
		t.Errorf("what was typed came back as %q", typed)
	}
	o.post(question+"/try", o.fill(question, question, "try_date", "rytoj", "try_hour", "25:00")).wants(t, http.StatusUnprocessableEntity, "Įrašykite datą skaičiais", "Įrašykite laiką")
	o.page("/lt/admin/settings/terms").wants(t, 200, "greičiau nei per 3 darbo dienas")
	o.get(question+"/try").wants(t, http.StatusSeeOther)
	counting := "/lt/admin/settings/counting"
	form = o.fill(counting, counting, "outside_hours", "next_working_day", "try_kind", "question", "try_date", "2026-11-21")
	o.post(counting+"/try", form).wants(t, http.StatusOK, "Klausimas", "lapkričio 24 d.")
}

func TestTwoAdministratorsAtOnce(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	first := o.fill(question, question, "own_term", "4 darbo dienos")
	second := o.fill(question, question, "own_term", "6 darbo dienos")
	o.post(question, first).wants(t, http.StatusSeeOther)
	o.post(question, first).wants(t, http.StatusSeeOther) // the button was pressed twice
	answer := o.post(question, second).wants(t, http.StatusConflict, "kažkas šią taisyklę jau pakeitė", "per 4 darbo dienas", "per 6 darbo dienas")
	again := fields(answer, question)
	o.post(question, again).wants(t, http.StatusSeeOther)
	o.page("/lt/admin/settings/terms").wants(t, 200, "per 6 darbo dienas")
	if n := o.entries("rules.set", "rules/kind/question"); n != 2 {
		t.Errorf("%d entries, want 2", n)
	}
}

func TestBackToWhatTheCountrySets(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	form := fields(o.page(question), question+"/inherit")
	// The charter of Klaipėda measures a promise by this term, and the law gives one.
	o.post(question+"/inherit", form).wants(t, http.StatusSeeOther)
	o.page(question).wants(t, 200, "Šalies nuostata (Lietuva), vėl nuo 2026-11-20, grąžino Rasa Jankutė", "2 versija")
	if strings.Contains(o.page(question).body, question+"/inherit") {
		t.Error("what is inherited can be given back once more")
	}
}

// A promise of the charter that is measured by a term needs one.
func TestATermThatTheCharterMeasuresStays(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	o.write(func(tx *pg.Tx) error {
		// Only where the country gives no term can a town be left without one.
		o.desk.Countries["lt"].Rules.Kinds[casework.Question] = casework.Kind{}
		return nil
	})
	form := fields(o.page(question), question+"/inherit")
	o.post(question+"/inherit", form).wants(t, http.StatusUnprocessableEntity)
	if n := o.entries("rules.set", "rules/kind/question"); n != 0 {
		t.Errorf("%d entries", n)
	}
}

func TestTheAnonymousPolicy(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	at := "/lt/admin/settings/anonymous"
	o.post(at, o.fill(at, at, "policy", "accept", "notice_lt", "", "notice_en", "")).wants(t, http.StatusUnprocessableEntity, "negali būti tušč")
	o.post(at, o.fill(at, at, "policy", "accept", "notice_lt", "Priimame ir be vardo.", "notice_en", "")).wants(t, http.StatusUnprocessableEntity, "English", "Priimame ir be vardo.")
	stale := o.fill(at, at, "policy", "danger_only")
	o.post(at, o.fill(at, at, "policy", "accept", "notice_lt", "Priimame ir be vardo.", "notice_en", "We take them.")).wants(t, http.StatusSeeOther)
	o.post(at, stale).wants(t, http.StatusConflict, "Priima ir nagrinėja", "Nagrinėja tik tada")
	// Two texts that differ in the other language alone differ on the page, too.
	english := o.fill(at, at, "notice_en", "We read what comes without a name.")
	o.post(at, o.fill(at, at, "notice_en", "We take what comes without a name.")).wants(t, http.StatusSeeOther)
	both := o.post(at, english).wants(t, http.StatusConflict).Find(".both__text")
	if stands, typed := both.First().Text(), both.Last().Text(); !strings.Contains(stands, "We take") || !strings.Contains(typed, "We read") {
		t.Errorf("two texts that look the same: %q and %q", stands, typed)
	}
	if n := o.entries("rules.set", "rules/anonymous"); n != 2 {
		t.Errorf("%d entries", n)
	}
	o.post(at, o.fill(at, at, "policy", "inherited")).wants(t, http.StatusSeeOther)
	o.page(at).wants(t, 200, "vėl nuo 2026-11-20")
}

func TestHowDaysAreCounted(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	at := "/lt/admin/settings/counting"
	stale := o.fill(at, at, "outside_hours", "next_working_day")
	o.post(at, o.fill(at, at, "outside_hours", "same_day", "asking", "runs")).wants(t, http.StatusSeeOther)
	o.page("/lt/admin/settings/terms").wants(t, 200, "Laikomas gautu tą pačią dieną", "Terminas eina toliau")
	o.post(at, stale).wants(t, http.StatusConflict, "Laikomas gautu tą pačią dieną")
	o.post(at, o.fill(at, at, "asking", "sometimes")).wants(t, http.StatusUnprocessableEntity)
	if o.entries("rules.set", "rules/asking") != 1 || o.entries("rules.set", "rules/outside_hours") != 1 {
		t.Error("the changes are not in the chain")
	}
}

// Reading and changing are two permissions, and nobody else comes in.
func TestWhoMaySeeAndChangeSettings(t *testing.T) {
	o := openOffice(t, demoMail)
	paths := []string{"/admin/settings", "/admin/settings/terms", "/admin/settings/channels", "/admin/settings/days"}
	forms := []string{
		"/admin/settings/terms/question", "/admin/settings/terms/question/try", "/admin/settings/terms/question/inherit", "/admin/settings/counting",
		"/admin/settings/counting/try", "/admin/settings/anonymous", "/admin/settings/channels", "/admin/settings/channels/inherit",
		"/admin/settings/channels/edit/new", "/admin/settings/hours", "/admin/settings/days", "/admin/settings/days/edit/new", "/admin/settings/days/edit/new/try",
	}
	officer := o.as("ona@klaipeda.lt", access.Officer)
	viewer := o.as("jonas@klaipeda.lt", access.Viewer)
	for _, path := range paths {
		officer.page("/lt" + path)
		viewer.get("/lt"+path).wants(t, http.StatusForbidden)
		o.get("/lt"+path).wants(t, http.StatusSeeOther)
	}
	if strings.Contains(officer.page("/lt/admin/settings/terms").body, "/terms/question") {
		t.Error("an officer is led to a form that is closed")
	}
	for _, path := range forms {
		officer.post("/lt"+path, url.Values{"version": {"1"}}).wants(t, http.StatusForbidden)
		if answer := o.post("/lt"+path, url.Values{"version": {"1"}}); answer.StatusCode == http.StatusOK || answer.StatusCode == http.StatusUnprocessableEntity {
			t.Errorf("%s is open: %d", path, answer.StatusCode)
		}
	}
	o.page("/lt/due") // the public pages go on
	admin := o.as("rasa@klaipeda.lt", access.Administrator)
	admin.get("/lt/admin/settings/terms/nothing").wants(t, http.StatusNotFound)
	o.host = "peshtera.localhost"
	stranger := *admin
	stranger.host = "peshtera.localhost"
	stranger.get("/bg/admin/settings").wants(t, http.StatusSeeOther)
	o.host = "klaipeda.localhost"
	o.write(func(tx *pg.Tx) error {
		rep, err := audit.Verify(t.Context(), tx)
		if rep.Broken != 0 {
			t.Errorf("the chain is broken at %d", rep.Broken)
		}
		return err
	})
}
