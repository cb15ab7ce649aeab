package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"charterhouse/internal/access"
)

// Whoever files reads before the button who handles the data, what for, who sees
// them and how long they are kept; what the town has not said is not made up.
func TestTheNoticeAtThePlaceOfAskingIsTrue(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	public := *o
	public.cookie = ""
	notice := func() string {
		body := public.page("/lt/submit/complaint").body
		before, _, ok := strings.Cut(body, `<button class="ds-button" type="submit">`)
		_, shown, has := strings.Cut(before, `<div class="send">`)
		if !ok || !has {
			t.Fatal("the form has no button")
		}
		return shown
	}
	for _, says := range []string{"Klaipėdos miesto savivaldybės administracija tvarko jūsų duomenis", "gali skaityti ir kiti darbuotojai", "dar nenurodė", `href="/lt/privacy"`} {
		if !strings.Contains(notice(), says) {
			t.Errorf("before the button it does not say %q", says)
		}
	}
	public.page("/lt/privacy").wants(t, 200, "Klaipėdos miesto savivaldybės administracija", "Kas mato jūsų duomenis", "dar nenurodė")
	at := "/lt/admin/settings/privacy"
	o.page(at).wants(t, 200, "Duomenų saugojimas")
	o.post(at, o.fill(at, "", "retention_lt", "Penkerius metus nuo atsakymo.")).wants(t, http.StatusUnprocessableEntity, "English")
	stale := o.fill(at, "", "retention_lt", "Trejus metus.", "retention_en", "Three years.")
	o.post(at, o.fill(at, "", "retention_lt", "Penkerius metus nuo atsakymo.", "retention_en", "Five years from the answer.", "source", "Dokumentacijos planas")).leads(t, at+"?saved=1")
	o.post(at, stale).wants(t, http.StatusConflict, "Penkerius metus nuo atsakymo.", "Trejus metus.")
	sure(t, o.server.Refresh(t.Context()))
	if shown := notice(); !strings.Contains(shown, "Penkerius metus nuo atsakymo.") || !strings.Contains(shown, "Dokumentacijos planas") || strings.Contains(shown, "dar nenurodė") {
		t.Errorf("the notice says\n%s", shown)
	}
	public.page("/lt/privacy").wants(t, 200, "Penkerius metus nuo atsakymo.")
	public.host = "peshtera.localhost"
	public.page("/bg/privacy").wants(t, 200, "Кой вижда данните Ви", "Колко време пазим данните", "още не е посочила")
	if n := o.entries("settings.set", "settings/privacy"); n != 1 {
		t.Errorf("%d entries", n)
	}
}
