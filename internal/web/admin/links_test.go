package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
)

const (
	forgottenPage = "/lt/admin/forgotten"
	newPassword   = "žalias tiltas per Danę"
)

// Whoever asks for a new password is answered alike, known or not; the letter
// comes from a job.
func TestAForgottenPasswordTellsNobodyWhoIsKnown(t *testing.T) {
	o := openOffice(t, sendingMail)
	o.hire(ona, access.Officer)
	var answers []string
	for _, email := range []string{ona, "niekas@klaipeda.lt", "ne adresas"} {
		g := o.post(forgottenPage, o.fill(forgottenPage, "/forgotten", "email", email)).leads(t, forgottenPage+"/sent")
		answers = append(answers, g.body)
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Error("the answers differ")
	}
	o.page(forgottenPage+"/sent").wants(t, http.StatusOK, "Jei šiuo adresu yra paskyra")
	o.runReset()
	if all := o.letters(); len(all) != 1 || all[0].To != ona {
		t.Fatalf("letters: %+v", all)
	}
}

// The link opens once, sets the password, ends every session, and is not told to
// whoever a page leads to.
func TestAResetLinkWorksOnce(t *testing.T) {
	o := openOffice(t, sendingMail)
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	signedIn := *o
	o.cookie = ""
	o.post(forgottenPage, url.Values{"email": {ona}})
	o.runReset()
	link := o.linkIn(ona)
	page := o.page(link).wants(t, http.StatusOK, "Nustatykite naują slaptažodį")
	if page.Header.Get("Referrer-Policy") != "no-referrer" || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page of the link may be kept: %v", page.Header)
	}
	form := o.fill(link, "/reset", "new_password", "trumpas")
	o.post("/lt/admin/reset", form).wants(t, http.StatusUnprocessableEntity, "12")
	form.Set("new_password", newPassword)
	o.post("/lt/admin/reset", form).leads(t, logInPage+"?done=reset")

	if g := o.post("/lt/admin/reset", form); g.StatusCode != http.StatusGone {
		t.Errorf("the link works twice: %d", g.StatusCode)
	}
	o.get(link).wants(t, http.StatusGone, "Nuoroda nebegalioja", "Paprašyti naujos")
	if g := signedIn.get("/lt/admin/cases"); g.StatusCode != http.StatusSeeOther {
		t.Errorf("the session before goes on: %d", g.StatusCode)
	}
	o.signIn(ona, officePassword).wants(t, http.StatusUnprocessableEntity)
	o.signIn(ona, newPassword).leads(t, "/lt/admin/cases")
}

// A link is good for an hour, in its own town, for its own purpose.
func TestALinkOpensNothingElse(t *testing.T) {
	o := openOffice(t, sendingMail)
	o.hire(ona, access.Officer)
	o.post(forgottenPage, url.Values{"email": {ona}})
	o.runReset()
	link := o.linkIn(ona)
	query := link[strings.Index(link, "?"):]
	for _, path := range []string{"/lt/admin/invite", "/lt/admin/email"} {
		if g := o.get(path + query); g.StatusCode != http.StatusGone {
			t.Errorf("%s takes the link: %d", path, g.StatusCode)
		}
	}
	other := *o
	other.host = "peshtera.localhost"
	if g := other.get("/bg/admin/reset" + query); g.StatusCode != http.StatusGone {
		t.Errorf("another town takes the link: %d", g.StatusCode)
	}
	o.page(link)
	o.ahead.Store(int64(time.Hour))
	o.get(link).wants(t, http.StatusGone)
}

// A new address is confirmed by whoever reads it, with a button: mail scanners
// follow links. The old address is told.
func TestAnAddressIsChanged(t *testing.T) {
	o := openOffice(t, sendingMail)
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	const page, fresh = "/lt/admin/account/email", "ona.nauja@klaipeda.lt"
	o.post(page, o.fill(page, "/email", "email", fresh, "password", "ne tas slaptažodis")).wants(t, http.StatusUnprocessableEntity, "netinka")
	o.post(page, o.fill(page, "/email", "email", "ne adresas", "password", officePassword)).wants(t, http.StatusUnprocessableEntity)
	o.post(page, o.fill(page, "/email", "email", fresh, "password", officePassword)).leads(t, "/lt/admin/account?done=email_asked")
	link := o.linkIn(fresh)
	o.page(link)
	o.post(logInPage, url.Values{"email": {fresh}, "password": {officePassword}}).wants(t, http.StatusUnprocessableEntity)
	o.post("/lt/admin/email", o.fill(link, "/email")).leads(t, logInPage+"?done=email")
	o.cookie = ""
	o.signIn(fresh, officePassword).leads(t, "/lt/admin/cases")
	o.signIn(ona, officePassword).wants(t, http.StatusUnprocessableEntity)
	if all := o.letters(); all[0].To != ona || !strings.Contains(all[0].Plain, "pakeistas") {
		t.Errorf("the old address is not told: %+v", all[0])
	}
}
