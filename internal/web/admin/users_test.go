package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

const users = "/lt/admin/users"

// account finds an account and its page.
func (o *office) account(email string) (u access.User, path string) {
	o.t.Helper()
	o.write(func(tx *pg.Tx) (err error) {
		u, err = access.FindUser(o.t.Context(), tx, email)
		return err
	})
	return u, users + "/user/" + strconv.FormatInt(u.ID, 10)
}

// press presses a button of an account's page.
func (o *office) press(path, do string) got {
	o.t.Helper()
	form := fields(o.page(path), path+"/do")
	form.Set("do", do)
	return o.post(path+"/do", form)
}

// letters are the mails of the realm, the newest first, with their links.
func (o *office) letters() (all []notify.Mail) {
	o.t.Helper()
	o.write(func(tx *pg.Tx) error {
		list, _, err := notify.List(o.t.Context(), tx, notify.Filter{}, 0)
		for _, m := range list {
			if m, err = notify.Reveal(o.t.Context(), tx, m.ID); err != nil {
				return err
			}
			all = append(all, m)
		}
		return err
	})
	return all
}

// From the invitation to the first page: the link is mailed, opens once, and the
// administrator never sees it.
func TestAUserIsInvited(t *testing.T) {
	o := openOffice(t, sendingMail).as("rasa@klaipeda.lt", access.Administrator)
	at := users + "/new"
	o.post(at, o.fill(at, at, "email", "ona", "name", "")).wants(t, http.StatusUnprocessableEntity, "el. pašto adres")
	form := o.fill(at, at, "email", "ona@klaipeda.lt", "name", "Ona Onaitė", "roles", "officer", "lang", "lt")
	o.post(at, form).wants(t, http.StatusSeeOther)
	o.page(users+"?did=invite").wants(t, 200, "Kvietimas išsiųstas.", "Ona Onaitė", "kvietimas dar nepriimtas", "Darbuotojas")
	o.post(at, form).wants(t, http.StatusConflict, "jau yra naudotojas")
	mail := o.letters()
	if len(mail) != 1 || mail[0].To != "ona@klaipeda.lt" || !strings.Contains(mail[0].Link, "/lt/admin/invite?token=") {
		t.Fatalf("%+v", mail)
	}
	_, path := o.account("ona@klaipeda.lt")
	if strings.Contains(o.page(path).body, "token=") {
		t.Error("the administrator's page has the link")
	}
	o.press(path, "invite").wants(t, http.StatusSeeOther)
	visitor := *o
	visitor.cookie = ""
	visitor.get(strings.TrimPrefix(mail[0].Link, "http://klaipeda.localhost")).wants(t, http.StatusGone)
	visitor.page(strings.TrimPrefix(o.letters()[0].Link, "http://klaipeda.localhost"))
	if o.entries("user.add", strings.TrimPrefix(path, "/lt/admin/users/")) != 1 || o.entries("user.invite", strings.TrimPrefix(path, "/lt/admin/users/")) != 2 {
		t.Error("the chain does not tell of the invitation")
	}
}

func TestRolesAreGivenAndTakenAway(t *testing.T) {
	house := openOffice(t, demoMail)
	o := house.as("rasa@klaipeda.lt", access.Administrator)
	ona := house.as("ona@klaipeda.lt", access.Officer)
	_, path := o.account("ona@klaipeda.lt")
	ona.get("/lt/admin/audit").wants(t, http.StatusForbidden)
	stale := o.fill(path, path, "name", "Ona Petraitienė")
	o.post(path, o.fill(path, path, "name", "Ona Jonaitienė", "department", "Švietimo skyrius", "roles", "auditor")).wants(t, http.StatusSeeOther)
	ona.page("/lt/admin/audit") // with the very next request
	o.page(path).wants(t, 200, "Ona Jonaitienė")
	o.post(path, stale).wants(t, http.StatusConflict, "Ona Jonaitienė", "Ona Petraitienė")
	o.post(path, o.fill(path, path, "roles", "-")).wants(t, http.StatusUnprocessableEntity)
	if o.entries("user.roles", "user/"+path[strings.LastIndex(path, "/")+1:]) != 1 {
		t.Error("the chain does not tell of the roles")
	}
}

// Nobody locks everybody out: one's own roles stay, and so does the last
// administrator.
func TestTheLastAdministratorStays(t *testing.T) {
	house := openOffice(t, demoMail)
	o := house.as("rasa@klaipeda.lt", access.Administrator)
	me, path := o.account("rasa@klaipeda.lt")
	page := o.page(path).wants(t, 200, "Tai jūsų paskyra")
	if who := strings.TrimSpace(page.Find(".side__me p").First().Text()); who != "Rasa Jankutė" {
		t.Errorf("the frame names %q as the reader", who)
	}
	if strings.Contains(page.body, path+"/do") || page.Find("[name=roles]").Length() > 0 {
		t.Error("one's own account can be disabled or stripped")
	}
	version := strconv.FormatInt(me.Version, 10)
	o.post(path+"/do", url.Values{"do": {"disable"}, "version": {version}}).wants(t, http.StatusForbidden)
	o.post(path, url.Values{"name": {"Rasa Jankutė"}, "lang": {"lt"}, "roles": {"viewer"}, "version": {version}}).wants(t, http.StatusSeeOther)
	o.page(users) // still an administrator
	second := house.as("ona@klaipeda.lt", access.Administrator)
	second.press(path, "disable").wants(t, http.StatusSeeOther)
	o.get(users).wants(t, http.StatusSeeOther) // signed out at once
	second.press(path, "enable").wants(t, http.StatusSeeOther)
	second.page(path+"?did=enable").wants(t, 200, "Paskyra įjungta")
}

func TestPasswordLinkAndSecondStep(t *testing.T) {
	house := openOffice(t, demoMail)
	o := house.as("rasa@klaipeda.lt", access.Administrator)
	ona := house.as("ona@klaipeda.lt", access.Officer)
	u, path := o.account("ona@klaipeda.lt")
	o.press(path, "reset").wants(t, http.StatusSeeOther)
	var waiting int
	sure(t, o.raw.QueryRow(`SELECT count(*) FROM t_klaipeda.jobs WHERE kind = 'admin.reset'`).Scan(&waiting))
	if waiting != 1 || o.entries("password.mail", "user/"+strconv.FormatInt(u.ID, 10)) != 1 {
		t.Errorf("%d letters are to be written", waiting)
	}
	if _, err := o.raw.Exec(`UPDATE t_klaipeda.user_secrets SET totp = '\x00', totp_confirmed_at = '2026-11-20' WHERE user_id = $1`, u.ID); err != nil {
		t.Fatal(err)
	}
	o.press(path, "second").wants(t, http.StatusSeeOther)
	ona.get("/lt/admin/cases").wants(t, http.StatusSeeOther) // sessions end
	if now, _ := o.account("ona@klaipeda.lt"); now.SecondFactor {
		t.Error("the second step is still on")
	}
	o.post(path+"/do", url.Values{"do": {"second"}, "version": {"1"}}).wants(t, http.StatusConflict)
	o.post(path+"/do", url.Values{"do": {"nothing"}}).wants(t, http.StatusNotFound)
	o.get(path+"/do").wants(t, http.StatusSeeOther)
	o.get(users+"/user/999999").wants(t, http.StatusNotFound)
	o.get(users+"/user/x").wants(t, http.StatusNotFound)
}

func TestWhoMayManageUsers(t *testing.T) {
	house := openOffice(t, demoMail)
	for _, role := range []access.Role{access.Officer, access.Auditor, access.Viewer} {
		somebody := house.as(string(role)+"@klaipeda.lt", role)
		somebody.get(users).wants(t, http.StatusForbidden)
		for _, path := range []string{users + "/new", users + "/user/1", users + "/user/1/do"} {
			somebody.post(path, url.Values{"do": {"disable"}}).wants(t, http.StatusForbidden)
		}
	}
	house.get(users).wants(t, http.StatusSeeOther)
}

// The portal has accounts of its own, with other roles, on the same pages.
func TestThePortalsAccounts(t *testing.T) {
	house := openOffice(t, sendingMail)
	house.host = "localhost"
	o := house.as("penka@example.bg", access.Operator)
	page := o.page("/bg/admin/users/new")
	var roles []string
	page.Find("[name=roles]").Each(func(_ int, s *goquery.Selection) { v, _ := s.Attr("value"); roles = append(roles, v) })
	if strings.Join(roles, " ") != "operator coordinator" {
		t.Errorf("the roles of the portal are %v", roles)
	}
	at := "/bg/admin/users/new"
	o.post(at, o.fill(at, at, "email", "ivan@example.bg", "name", "Иван Иванов", "roles", "coordinator", "lang", "bg")).wants(t, http.StatusSeeOther)
	o.page("/bg/admin/users").wants(t, 200, "Иван Иванов", "поканата още не е приета")
	o.post(at, o.fill(at, at, "email", "petar@example.bg", "name", "Петър", "roles", "administrator", "lang", "bg")).wants(t, http.StatusUnprocessableEntity)
	o.page("/bg/admin/audit").wants(t, 200, "Създаден профил")
	o.page("/bg/admin/mails").wants(t, 200, "ivan@example.bg")
	if got := o.get("/bg/admin/settings"); got.StatusCode != http.StatusNotFound {
		t.Errorf("the portal has settings: %d", got.StatusCode)
	}
}
