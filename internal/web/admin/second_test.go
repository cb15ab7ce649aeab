package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

const secondPage = "/lt/admin/second-factor"

// enrol sets the second factor up and gives its secret and the recovery codes.
func (o *office) enrol(pairs ...string) (secret string, codes []string) {
	o.t.Helper()
	shown := o.post(secondPage, o.fill(secondPage, "/second-factor", pairs...)).wants(o.t, http.StatusOK)
	if shown.Find("svg.qr path").Length() != 2 || shown.Find("svg.qr title").Text() == "" {
		o.t.Error("there is no picture with a name")
	}
	secret = shown.Find("main .code").Text()
	form := fields(shown, "/second-factor/confirm")
	form.Set("code", "000000")
	again := o.post(secondPage+"/confirm", form).wants(o.t, http.StatusUnprocessableEntity, secret, "netinka")
	form = fields(again, "/second-factor/confirm")
	form.Set("code", codeOf(o.t, secret, 30*time.Second))
	done := o.post(secondPage+"/confirm", form).wants(o.t, http.StatusOK, "Atkūrimo kodai")
	done.Find(".recovery code").Each(func(_ int, s *goquery.Selection) { codes = append(codes, s.Text()) })
	o.takes(done)
	return secret, codes
}

// An administrator outside a demonstration comes nowhere without a second factor.
func TestAdministratorsMustHaveASecondFactor(t *testing.T) {
	o := openOffice(t, sendingMail, strict)
	o.hire("admin@klaipeda.lt", access.Administrator)
	o.takes(o.signIn("admin@klaipeda.lt", officePassword).leads(t, secondPage))
	for _, path := range []string{"/lt/admin/cases", "/lt/admin/users", "/lt/admin/account", "/lt/admin/settings"} {
		if g := o.get(path); g.StatusCode != http.StatusSeeOther {
			t.Errorf("%s is open: %d", path, g.StatusCode)
		}
	}
	o.page(secondPage).wants(t, http.StatusOK, "vaidmeniui")
	secret, codes := o.enrol()
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	o.page("/lt/admin/users")

	// The next time the code is asked for, and each one counts once.
	o.cookie = ""
	o.takes(o.signIn("admin@klaipeda.lt", officePassword).leads(t, "/lt/admin/code"))
	half := o.cookie
	if g := o.get("/lt/admin/users"); g.StatusCode != http.StatusSeeOther {
		t.Errorf("half a log-in opens the users: %d", g.StatusCode)
	}
	send := func(code string) got {
		return o.post("/lt/admin/code", o.fill("/lt/admin/code", "/code", "code", code))
	}
	send("000000").wants(t, http.StatusUnprocessableEntity, "netinka")
	send(codeOf(t, secret, 30*time.Second)).wants(t, http.StatusUnprocessableEntity, "netinka")
	o.takes(send(codeOf(t, secret, 0)).leads(t, "/lt/admin/cases"))
	if o.cookie == half {
		t.Error("the session did not change with the second step")
	}
	o.page("/lt/admin/users")

	// A recovery code stands for the app, once.
	for i, want := range []int{http.StatusSeeOther, http.StatusUnprocessableEntity} {
		o.cookie = ""
		o.takes(o.signIn("admin@klaipeda.lt", officePassword))
		if g := send(codes[0]); g.StatusCode != want {
			t.Errorf("the recovery code is answered %d the %d. time", g.StatusCode, i+1)
		}
	}
}

// An officer may have one, turns it off and renews the codes with the password;
// an administrator may not turn it off.
func TestTheSecondFactorOfOnesOwn(t *testing.T) {
	o := openOffice(t, sendingMail, strict)
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword).leads(t, "/lt/admin/cases"))
	o.post(secondPage, o.fill(secondPage, "/second-factor", "password", "ne tas slaptažodis")).wants(t, http.StatusUnprocessableEntity)
	_, codes := o.enrol("password", officePassword)
	form := o.fill(secondPage, "", "password", officePassword)
	renewed := o.post(secondPage+"/codes", form).wants(t, http.StatusOK, "Atkūrimo kodai")
	if strings.Contains(renewed.body, codes[0]) {
		t.Error("an old code is shown again")
	}
	form = o.fill(secondPage, "", "password", "ne tas slaptažodis")
	o.post(secondPage+"/off", form).wants(t, http.StatusUnprocessableEntity, "netinka")
	form.Set("password", officePassword)
	o.takes(o.post(secondPage+"/off", form).leads(t, "/lt/admin/account?done=second_off"))
	o.page("/lt/admin/account").wants(t, http.StatusOK, "Neįjungtas")
}

// A password that an operator gave opens one page: the one to change it on.
func TestAOneTimePasswordIsChangedFirst(t *testing.T) {
	o := openOffice(t, sendingMail, strict)
	u := o.hire(ona, access.Officer)
	once := access.OneTimePassword()
	prepared, err := o.gate.Prepare(t.Context(), access.HolderOfUser(u), once)
	sure(t, err)
	o.write(func(tx *pg.Tx) error {
		_, err := o.gate.GivePassword(t.Context(), tx, audit.Operator(), u.ID, prepared)
		return err
	})
	const page = "/lt/admin/new-password"
	o.takes(o.signIn(ona, once).leads(t, page))
	o.get("/lt/admin/cases").leads(t, logInPage+"?next=%2Flt%2Fadmin%2Fcases")
	o.get(logInPage).leads(t, page)
	o.post(page, o.fill(page, "/new-password", "password", once, "new_password", once)).wants(t, http.StatusUnprocessableEntity)
	o.takes(o.post(page, o.fill(page, "/new-password", "password", once, "new_password", newPassword)).leads(t, "/lt/admin/cases"))
	o.page("/lt/admin/cases")
	o.get(logInPage).leads(t, "/lt/admin/cases") // who is in is led in
	o.cookie = ""
	o.signIn(ona, once).wants(t, http.StatusUnprocessableEntity)
}

// One's own account: sessions are seen and ended, also all others at once; the
// password changes with the old one and ends the others; the language is kept.
func TestOnesOwnAccount(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Viewer)
	elsewhere := *o
	elsewhere.takes(elsewhere.signIn(ona, officePassword))
	o.takes(o.signIn(ona, officePassword))
	const account = "/lt/admin/account"
	page := o.page(account).wants(t, http.StatusOK, "šis įrenginys", ona)
	if n := page.Find(".queue tbody tr").Length(); n != 2 {
		t.Fatalf("%d sessions are shown", n)
	}
	o.post(account+"/sessions", url.Values{"which": {"others"}}).leads(t, account+"?done=session")
	if g := elsewhere.get(account); g.StatusCode != http.StatusSeeOther {
		t.Errorf("the other session goes on: %d", g.StatusCode)
	}
	if g := o.post(account+"/sessions", url.Values{"which": {"999999"}}); g.StatusCode != http.StatusNotFound {
		t.Errorf("nobody's session is ended: %d", g.StatusCode)
	}
	o.post(account, o.fill(account, "/account", "lang", "en")).leads(t, account+"?done=lang")
	o.post(account, o.fill(account, "/account", "lang", "ru")).wants(t, http.StatusUnprocessableEntity)

	elsewhere.cookie = ""
	elsewhere.takes(elsewhere.signIn(ona, officePassword))
	change := account + "/password"
	o.post(change, o.fill(change, "/password", "password", "ne tas slaptažodis", "new_password", newPassword)).wants(t, http.StatusUnprocessableEntity, "netinka")
	o.takes(o.post(change, o.fill(change, "/password", "password", officePassword, "new_password", newPassword)).leads(t, account+"?done=password"))
	o.page(account)
	if g := elsewhere.get(account); g.StatusCode != http.StatusSeeOther {
		t.Errorf("the other session outlives the password: %d", g.StatusCode)
	}
}
