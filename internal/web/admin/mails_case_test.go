package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/notify"
)

// about gives the newest letter about a case to an address.
func (o *office) about(number, to string) notify.Mail {
	o.t.Helper()
	for _, kind := range o.desk.Jobs() {
		if kind.Name == "casework.announce" {
			o.run(kind)
		}
	}
	for _, m := range o.letters() {
		if m.About == "case/"+number && m.To == to {
			return m
		}
	}
	o.t.Fatalf("no letter about %s to %s", number, to)
	return notify.Mail{}
}

// A letter about a case is read by whoever may read the case: what an answer
// quotes is as confidential as the page it stands on.
func TestLettersOfConfidentialCases(t *testing.T) {
	house := openOffice(t, sendingMail)
	boss := house.as("rasa@klaipeda.lt", access.Administrator)
	hidden := house.received("complaint", "2026-11-16", func(f *casework.Filing) { f.Confidential = true })
	open := house.received("complaint", "2026-11-16", nil)
	letter := house.about(hidden, "jonas@example.lt")
	auditor := house.colleague("petras@klaipeda.lt", access.Auditor)

	auditor.get(mailPath(letter)).wants(t, http.StatusForbidden)
	auditor.get(mailPath(house.about(open, "jonas@example.lt"))).wants(t, 200, open)
	boss.get(mailPath(letter)).wants(t, 200, "jonas@example.lt", hidden)
	if n := house.entries("case.read", "case/"+hidden); n != 1 {
		t.Errorf("%d entries tell that a letter about a confidential case was read, want 1", n)
	}
	if n := house.entries("case.read", "case/"+open); n != 0 {
		t.Errorf("%d entries tell of a case that is not confidential", n)
	}
}

// The addresses of submitters are open to whoever answers them, not to all who
// look whether mail goes out.
func TestAddressesInTheListOfLetters(t *testing.T) {
	house := openOffice(t, sendingMail)
	boss := house.as("rasa@klaipeda.lt", access.Administrator)
	number := house.received("complaint", "2026-11-16", nil)
	m := house.about(number, "jonas@example.lt")
	if _, err := house.raw.Exec(`UPDATE t_klaipeda.mails SET state = 'dead', last_error = '550 <Jonas@example.lt> is unknown, not jonas@example.lt' WHERE id = $1`, m.ID); err != nil {
		t.Fatal(err)
	}
	auditor := house.colleague("petras@klaipeda.lt", access.Auditor)
	for _, at := range []string{mails, mails + "?state=dead", mails + "?about=case/" + number, mailPath(m)} {
		page := auditor.get(at).wants(t, 200, "j…@example.lt")
		if strings.Contains(strings.ToLower(page.body), "jonas@example.lt") {
			t.Errorf("an auditor reads the address of a submitter on %s", at)
		}
		boss.get(at).wants(t, 200, "jonas@example.lt")
	}
	// A colleague's own letter is no submitter's.
	boss.invited()
	auditor.get(mails).wants(t, 200, "ona@klaipeda.lt")
}

// Who may look at the letters by one role and handles cases by another, but not this
// one, reads no address of its submitter in the list either.
func TestAddressesOfConfidentialCases(t *testing.T) {
	house := openOffice(t, sendingMail)
	house.as("rasa@klaipeda.lt", access.Administrator)
	hidden := house.received("complaint", "2026-11-16", func(f *casework.Filing) {
		f.Confidential, f.Person.Email = true, "slapta@example.lt"
	})
	open := house.received("complaint", "2026-11-16", nil)
	house.about(hidden, "slapta@example.lt")
	house.about(open, "jonas@example.lt")
	both := house.colleague("petras@klaipeda.lt", access.Auditor, access.Officer)
	for _, at := range []string{mails, mails + "?about=case/" + hidden} {
		page := both.get(at).wants(t, 200, "s…@example.lt")
		if strings.Contains(page.body, "slapta@example.lt") {
			t.Errorf("%s tells who sent a confidential case", at)
		}
	}
	both.get(mails).wants(t, 200, "jonas@example.lt")
}
