package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/notify"
)

// told gives the letters to an address that warn of a change, the newest first.
func (o *office) told(to, subject string) (all []notify.Mail) {
	o.t.Helper()
	for _, m := range o.letters() {
		if m.To == to && m.Subject == subject {
			all = append(all, m)
		}
	}
	return all
}

// warns is a letter that says when and what to do, and opens nothing by itself.
func warns(t testing.TB, m notify.Mail, words ...string) {
	t.Helper()
	for _, text := range []string{m.Plain, m.HTML} {
		for _, want := range append(words, "2026", "11:00") { // 09:00 UTC by the town's clock
			if !strings.Contains(text, want) {
				t.Errorf("the letter does not say %q:\n%s", want, text)
			}
		}
	}
	if strings.Contains(m.Link, "token") || strings.Contains(m.Link, "?") || !strings.HasSuffix(m.Link, "/admin/log-in") {
		t.Errorf("the letter leads to %q", m.Link)
	}
}

const passwordChanged, secondStepOff = "Pakeistas Jūsų paskyros slaptažodis", "Jūsų paskyroje išjungtas antrasis prisijungimo žingsnis"

// The owner hears of each way in which a password changes, in the language of the
// account, and of none that was refused.
func TestTheOwnerIsToldOfANewPassword(t *testing.T) {
	o := openOffice(t, sendingMail)
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	const change = "/lt/admin/account/password"
	o.post(change, o.fill(change, "/password", "password", "ne tas slaptažodis", "new_password", newPassword)).wants(t, http.StatusUnprocessableEntity)
	if all := o.letters(); len(all) != 0 {
		t.Fatalf("letters about nothing: %+v", all)
	}
	o.takes(o.post(change, o.fill(change, "/password", "password", officePassword, "new_password", newPassword)).leads(t, "/lt/admin/account?done=password"))
	all := o.told(ona, passwordChanged)
	if len(all) != 1 {
		t.Fatalf("after the page of the account: %+v", o.letters())
	}
	warns(t, all[0], "Jei ne Jūs", "Pamiršote slaptažodį?", "administratoriui")

	o.cookie = ""
	o.post(forgottenPage, url.Values{"email": {ona}})
	o.runReset()
	link := o.linkIn(ona)
	o.post("/lt/admin/reset", o.fill(link, "/reset", "new_password", officePassword)).leads(t, logInPage+"?done=reset")
	if all := o.told(ona, passwordChanged); len(all) != 2 {
		t.Errorf("after the link: %d letters", len(all))
	}
}

// So does whoever has lost the second step, to whoever turned it off.
func TestTheOwnerIsToldThatTheSecondStepIsOff(t *testing.T) {
	house := openOffice(t, sendingMail)
	o := *house
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	o.enrol("password", officePassword)
	o.takes(o.post(secondPage+"/off", o.fill(secondPage, "", "password", officePassword)).leads(t, "/lt/admin/account?done=second_off"))
	all := o.told(ona, secondStepOff)
	if len(all) != 1 {
		t.Fatalf("after turning it off: %+v", o.letters())
	}
	warns(t, all[0], "antrąjį žingsnį", "administratoriui")

	u, path := o.account(ona)
	if _, err := o.raw.Exec(`UPDATE t_klaipeda.user_secrets SET totp = '\x00', totp_confirmed_at = '2026-11-20' WHERE user_id = $1`, u.ID); err != nil {
		t.Fatal(err)
	}
	house.as("rasa@klaipeda.lt", access.Administrator).press(path, "second").wants(t, http.StatusSeeOther)
	if all := o.told(ona, secondStepOff); len(all) != 2 {
		t.Errorf("after an administrator took it off: %d letters", len(all))
	}
}
