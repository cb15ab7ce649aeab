package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/notify"
)

const mails = "/lt/admin/mails"

// invited has a letter with a link written.
func (o *office) invited() notify.Mail {
	o.t.Helper()
	at := users + "/new"
	o.post(at, o.fill(at, at, "email", "ona@klaipeda.lt", "name", "Ona <i>Onaitė</i>", "roles", "officer", "lang", "lt")).wants(o.t, http.StatusSeeOther)
	return o.letters()[0]
}

func mailPath(m notify.Mail) string { return mails + "/mail/" + strconv.FormatInt(m.ID, 10) }

// In a demonstration nobody gets mail: whoever presents follows it here.
func TestLettersOfADemonstration(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	m := o.invited()
	o.page(mails).wants(t, 200, "niekam nesiunčiami", "ona@klaipeda.lt", m.Subject)
	page := o.page(mailPath(m)).wants(t, 200, "Ona <i>Onaitė</i>")
	if link, _ := page.Find(".mailtext a").First().Attr("href"); link != m.Link {
		t.Errorf("the link leads to %q, want %q", link, m.Link)
	}
	if page.Find(".mailtext i").Length() > 0 {
		t.Error("a name became an element")
	}
	if n := o.entries("mail.read", "mail/"+strconv.FormatInt(m.ID, 10)); n != 1 {
		t.Errorf("%d entries tell that the letter was opened", n)
	}
	o.post(mailPath(m), url.Values{}).wants(t, http.StatusConflict)
}

// Where mail goes out, its links are for their readers alone.
func TestLettersThatGoOut(t *testing.T) {
	o := openOffice(t, sendingMail).as("rasa@klaipeda.lt", access.Administrator)
	m := o.invited()
	page := o.page(mailPath(m)).wants(t, 200, "ji skirta tik gavėjui", "Laukia eilėje")
	if strings.Contains(page.body, "token=") || page.Find(".mailtext a").Length() > 0 {
		t.Error("the link is shown")
	}
	if _, err := o.raw.Exec(`UPDATE t_klaipeda.mails SET state = 'dead', last_error = '550 <b>no such user</b>', attempts = 8 WHERE id = $1`, m.ID); err != nil {
		t.Fatal(err)
	}
	o.page(mails+"?state=dead").wants(t, 200, "Neišsiųstas 1 laiškas", "Išsiųsti nepavyko", "550 <b>no such user</b>")
	form := fields(o.page(mailPath(m)), mailPath(m))
	o.post(mailPath(m), form).wants(t, http.StatusSeeOther)
	o.page(mailPath(m)+"?sent=1").wants(t, 200, "Laiškas vėl laukia eilėje")
	o.post(mailPath(m), form).wants(t, http.StatusConflict, "Laukia eilėje")
	if n := o.entries("mail.resend", "mail/"+strconv.FormatInt(m.ID, 10)); n != 1 {
		t.Errorf("%d entries tell of the sending", n)
	}
	if rows := o.page(mails + "?state=sent").Find("tbody th").Length(); rows != 0 {
		t.Errorf("%d letters are shown as sent", rows)
	}
	o.get(mails+"/mail/999").wants(t, http.StatusNotFound)
	o.get(mails+"/mail/x").wants(t, http.StatusNotFound)
}

func TestWhoMayReadLetters(t *testing.T) {
	house := openOffice(t, sendingMail)
	o := house.as("rasa@klaipeda.lt", access.Administrator)
	m := o.invited()
	officer, auditor := house.as("jonas@klaipeda.lt", access.Officer), house.as("petras@klaipeda.lt", access.Auditor)
	officer.get(mails).wants(t, http.StatusForbidden)
	officer.get(mailPath(m)).wants(t, http.StatusForbidden)
	auditor.page(mailPath(m))
	auditor.post(mailPath(m), url.Values{}).wants(t, http.StatusForbidden)
	house.get(mails).wants(t, http.StatusSeeOther)
	// Another town's desk does not have it.
	other := *house
	other.host = "peshtera.localhost"
	other.as("penka@peshtera.bg", access.Administrator).get(strings.Replace(mailPath(m), "/lt/", "/bg/", 1)).wants(t, http.StatusNotFound)
}
