package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

const channels = "/lt/admin/settings/channels"

func TestChannelsAreAddedMovedEditedAndTakenAway(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	at := channels + "/edit/new"
	o.post(at, o.fill(at, "", "kind", "phone", "title_lt", "Karštoji linija", "links_0_url", "ftp://x")).wants(t, http.StatusUnprocessableEntity, "English", "Adresas turi prasidėti")
	o.post(at, o.fill(at, "", "kind", "phone", "title_lt", "Karštoji linija", "title_en", "Hotline", "links_0_url", "tel:+37046000000", "links_0_label_lt", "8 46", "links_0_label_en", "+370")).
		wants(t, http.StatusSeeOther)
	page := o.page(channels).wants(t, 200, "Karštoji linija", "Savivaldybės nuostata nuo 2026-11-20, pakeitė Rasa Jankutė")
	if first := page.Find("tbody tr").First().Text(); strings.Contains(first, "Karštoji linija") {
		t.Fatal("a new way stands first")
	}
	version := func() string { v, _ := o.page(channels).Find("input[name=version]").First().Attr("value"); return v }
	for range 6 {
		o.post(channels, url.Values{"version": {version()}, "key": {"phone-2"}, "do": {"up"}}).wants(t, http.StatusSeeOther)
	}
	sure(t, o.server.Refresh(t.Context()))
	public := *o
	public.cookie = ""
	if first := public.page("/lt/").Find(".reach h3").First().Text(); !strings.Contains(first, "Karštoji linija") {
		t.Errorf("the public sees %q first", first)
	}
	edit := channels + "/edit/phone-2"
	stale := o.fill(edit, "", "title_lt", "Kita linija")
	o.post(edit, o.fill(edit, "", "title_lt", "Pagalbos linija")).wants(t, http.StatusSeeOther)
	o.post(edit, stale).wants(t, http.StatusConflict, "Pagalbos linija", "Kita linija")
	o.post(channels, url.Values{"version": {version()}, "key": {"phone-2"}, "do": {"remove"}}).wants(t, http.StatusSeeOther)
	o.get(edit).wants(t, http.StatusNotFound)
	o.post(channels, url.Values{"version": {"1"}, "key": {"phone"}, "do": {"remove"}}).wants(t, http.StatusConflict)
	o.post(channels+"/inherit", url.Values{"version": {version()}}).wants(t, http.StatusSeeOther)
	o.page(channels).wants(t, 200, "Ši svetainė")
	if n := o.entries("settings.set", "settings/channels"); n != 10 {
		t.Errorf("%d entries, want 10", n)
	}
}

func TestHoursWithBreaks(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	at := "/lt/admin/settings/hours"
	o.page(at).wants(t, 200, "Darbo laikas nepaskelbtas")
	form := o.fill(at, at)
	for _, day := range []string{"mon", "tue", "wed", "thu"} {
		for name, hour := range map[string]string{"_opens": "8:00", "_break_from": "12.00", "_break_to": "12:45", "_closes": "17:00"} {
			form.Set(day+name, hour)
		}
	}
	form.Set("fri_opens", "8:00")
	o.post(at, form).wants(t, http.StatusUnprocessableEntity, "Įrašykite ir pradžią, ir pabaigą")
	form.Set("fri_closes", "7:00")
	o.post(at, form).wants(t, http.StatusUnprocessableEntity, "Valandos turi eiti iš eilės")
	form.Set("fri_closes", "25:00")
	o.post(at, form).wants(t, http.StatusUnprocessableEntity, "Įrašykite laiką, pvz., 8:30")
	form.Set("fri_closes", "15:45")
	stale := o.fill(at, at, "sat_opens", "9:00", "sat_closes", "11:00")
	public := *o
	public.cookie = ""
	public.page("/lt/") // is kept in the page cache from here on
	o.post(at, form).wants(t, http.StatusSeeOther)
	o.post(at, stale).wants(t, http.StatusConflict, "penktadienis: 08:00–15:45", "šeštadienis: 09:00–11:00")
	page := o.page(at)
	for id, want := range map[string]string{"mon_break_from": "12:00", "mon_break_to": "12:45", "thu_closes": "17:00", "fri_closes": "15:45", "fri_break_from": "", "sat_opens": ""} {
		if v, _ := page.Find("#" + id).Attr("value"); v != want {
			t.Errorf("%s is %q, want %q", id, v, want)
		}
	}
	sure(t, o.server.Refresh(t.Context()))
	if body := public.page("/lt/").body; !strings.Contains(body, "12:45") || !strings.Contains(body, "15:45") {
		t.Error("the public does not see the hours")
	}
	// A case that comes in the break came outside hours.
	try := "/lt/admin/settings/counting"
	o.post(try+"/try", o.fill(try, try, "try_kind", "question", "try_date", "2026-11-23", "try_hour", "12:30")).wants(t, 200, "Ne darbo laiku")
	if n := o.entries("settings.set", "settings/hours"); n != 1 {
		t.Errorf("%d entries", n)
	}
}

const days = "/lt/admin/settings/days"

func TestDaysOfTheTown(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	number := ""
	o.write(func(tx *pg.Tx) error {
		town, err := o.desk.Read(t.Context(), tx)
		if err != nil {
			return err
		}
		ticket, err := town.Ticket(tx.Now)
		if err != nil {
			return err
		}
		r, err := town.Submit(t.Context(), tx, casework.Filing{Ticket: ticket, Kind: casework.Question, Lang: "lt", Title: "Nedega žibintas", Body: "Prie mokyklos tamsu.",
			Person: casework.Person{Name: "Ona Onaitė", Email: "ona@example.org", ReplyBy: casework.ByEmail}})
		number = r.Case.Number
		return err
	})
	at := days + "/edit/new"
	for date, says := range map[string]string{"2026-12-25": "Tą dieną yra valstybės šventė", "2026-11-23": "Tai ir taip darbo diena", "rytoj": "Įrašykite datą skaičiais"} {
		o.post(at, o.fill(at, at, "date", date, "kind", "working", "name_lt", "Diena", "name_en", "Day")).wants(t, http.StatusUnprocessableEntity, says)
	}
	form := o.fill(at, at, "date", "2026-11-24", "name_lt", "Miesto diena")
	o.post(at, form).wants(t, http.StatusUnprocessableEntity, "English")
	form.Set("name_en", "Day of the city")
	o.post(at+"/try", form).wants(t, http.StatusOK, number, "2026-11-24", "Būtų: 2026-11-25", "Jų terminai nesikeičia")
	o.page(days).wants(t, 200, "Savivaldybė nepaskelbė nė vienos dienos")
	o.post(at, form).wants(t, http.StatusSeeOther)
	o.page(days).wants(t, 200, "Miesto diena", "2026 m. lapkričio 24 d.", number, "Būtų: 2026-11-25")
	sure(t, o.server.Refresh(t.Context()))
	public := *o
	public.cookie = ""
	public.page("/lt/due?kind=question&received=2026-11-20").wants(t, 200, "lapkričio 25 d.", "Miesto diena")

	edit := days + "/edit/2026-11-24"
	stale := o.fill(edit, edit, "name_lt", "Kita diena")
	o.post(edit, o.fill(edit, edit, "name_lt", "Jūros diena")).wants(t, http.StatusSeeOther)
	o.post(edit, stale).wants(t, http.StatusConflict, "Jūros diena", "Kita diena")
	version, _ := o.page(days).Find("input[name=version]").First().Attr("value")
	o.post(days, url.Values{"version": {version}, "date": {"2026-11-24"}}).wants(t, http.StatusSeeOther)
	o.page(days).wants(t, 200, "Savivaldybė nepaskelbė nė vienos dienos", "Tokių kreipimųsi nėra")
	if n := o.entries("settings.set", "settings/calendar"); n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
}

// Two administrators who declare different days do not stand in each other's way;
// where they change the same one, both texts have the date as it is written there.
func TestDaysOfTwoAdministrators(t *testing.T) {
	o := openOffice(t, demoMail)
	o.host = "peshtera.localhost"
	o = o.as("penka@peshtera.bg", access.Administrator)
	days := "/bg/admin/settings/days"
	at := days + "/edit/new"
	one := o.fill(at, at, "date", "24.11.2026", "name_bg", "Ден на града", "name_en", "Day of the town")
	two := o.fill(at, at, "date", "25.11.2026", "name_bg", "Панаир", "name_en", "A fair")
	other := o.beside()
	other.cookie = o.cookie
	o.post(at, one).wants(t, http.StatusSeeOther)
	other.post(at, two).wants(t, http.StatusSeeOther)
	o.post(at, one).wants(t, http.StatusSeeOther) // pressed twice
	again := o.fill(at, at, "date", "24.11.2026", "name_bg", "Друго", "name_en", "Another")
	o.post(at, again).wants(t, http.StatusUnprocessableEntity)
	o.page(days).wants(t, 200, "Ден на града", "Панаир")

	edit := days + "/edit/2026-11-24"
	stale := o.fill(edit, edit, "name_bg", "Градски празник")
	unrelated := o.fill(days+"/edit/2026-11-25", days+"/edit/2026-11-25", "name_bg", "Есенен панаир")
	o.post(edit, o.fill(edit, edit, "source", "Заповед 12")).wants(t, http.StatusSeeOther)
	other.post(days+"/edit/2026-11-25", unrelated).wants(t, http.StatusSeeOther)
	g := o.post(edit, stale).wants(t, http.StatusConflict, "Ден на града", "Заповед 12", "Градски празник")
	both := g.Find(".both__text")
	for i := range 2 {
		if text := both.Eq(i).Text(); !strings.Contains(text, "24.11.2026") || strings.Contains(text, "2026-11-24") || !strings.Contains(text, "Почивен ден") {
			t.Errorf("text %d is %q", i, text)
		}
	}
	o.post(edit, fields(g, edit)).wants(t, http.StatusSeeOther)
	// One that was changed is not taken away by whoever has not seen it.
	o.post(days, url.Values{"version": stale["version"], "date": {"2026-11-24"}}).wants(t, http.StatusConflict)
}

// In the Bulgarian town everything is in Bulgarian, and terms are typed in it.
func TestSettingsInBulgarian(t *testing.T) {
	o := openOffice(t, demoMail)
	o.host = "peshtera.localhost"
	o = o.as("penka@peshtera.bg", access.Administrator)
	at := "/bg/admin/settings/terms/complaint"
	o.post(at, o.fill(at, at, "own", "own", "own_term", "скоро")).wants(t, http.StatusUnprocessableEntity, "Напишете срока с число и дума")
	o.post(at, o.fill(at, at, "own", "own", "own_term", "7 работни дни")).wants(t, http.StatusSeeOther)
	o.page("/bg/admin/settings/terms").wants(t, 200, "в срок до 7 работни дни", "Собствена от")
	o.page("/en/admin/settings/terms").wants(t, 200, "within 7 working days")
}

// A text that lacks a language, from a package of an earlier time, is shown to
// whoever can write it.
func TestMissingTranslationsAreShown(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	if strings.Contains(o.page("/lt/admin/settings").text(), "Trūksta vertimo") {
		t.Error("something is said to be missing in a whole package")
	}
	if _, err := o.raw.Exec(`UPDATE t_klaipeda.settings SET value = value #- '{0,title,en}' WHERE key = 'channels'`); err != nil {
		t.Fatal(err)
	}
	o.page("/lt/admin/settings").wants(t, 200, "Trūksta vertimo: English")
	o.page(channels).wants(t, 200, "Trūksta vertimo: English")
}
