package casework_test

import (
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// What comes after office hours counts as received on the next working day where
// the town says so. Where only an unverified rule of its country says so, it does
// not: the term runs from the day of receipt, and the staff can be told why.
func TestOfficeHoursDecideTheDay(t *testing.T) {
	w := open(t).in(t, "peshtera")
	cases := []struct{ at, unconfirmed, decided string }{
		{"2026-11-20 17:30", "2026-12-21", "2026-12-21"}, // closing time itself is within hours
		{"2026-11-20 17:31", "2026-12-21", "2026-12-23"},
		{"2026-11-21 10:00", "2026-12-21", "2026-12-23"}, // a Saturday
		{"2026-11-23 08:29", "2026-12-23", "2026-12-29"}, // counts as Tuesday; the 24th to 28th are off
	}
	file := func(at, due string, unconfirmed bool) {
		t.Helper()
		w.set(t, at)
		r := w.filed(casework.Complaint)
		if got := r.Case.OwnDue.String(); got != due || r.Case.ReceivedOn.String() != at[:10] {
			t.Errorf("filed %s: received %s, due %s, want %s", at, r.Case.ReceivedOn, got, due)
		}
		w.ok(func(town *casework.Town, tx *pg.Tx) error {
			pin, err := casework.PinOf(w.t.Context(), tx, r.Case)
			if told := pin.Rule.ShiftUnconfirmed(r.Case.ReceivedOn, r.Case.Outside, town.Calendar); told != unconfirmed {
				t.Errorf("filed %s: an unconfirmed rule was left out: %v", at, told)
			}
			return err
		})
	}
	for _, c := range cases {
		file(c.at, c.unconfirmed, c.at != "2026-11-20 17:30")
	}
	w.set(t, "2026-11-23 12:00")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Amend(w.t.Context(), tx, w.officer.Actor, casework.PartOutsideHours, 0, casework.Rules{OutsideHours: casework.NextWorkingDay})
	})
	for _, c := range cases {
		file(c.at, c.decided, false)
	}
}

// Of a new case all are told who may give it to somebody, and of a stated danger
// that it must be decided on; nothing of what was written is in the letter.
func TestTheDeskIsToldOfANewCase(t *testing.T) {
	w := open(t).in(t, "peshtera")
	w.user("ivan@peshtera.example")
	f := anonymous(w.filing(casework.Signal))
	f.Danger = "Изтича газ до училището."
	r, err := w.submit(f)
	must(t, err)
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "filed"})
	mails := w.mails()
	if len(mails) != 2 || mails[0].To == mails[1].To {
		t.Fatalf("%d mails", len(mails))
	}
	for _, m := range mails {
		if m.Subject != "Нова преписка ПЩ-2026-0001" || !strings.Contains(m.Plain, "опасност за здравето или сигурността") ||
			!strings.Contains(m.Plain, "Срок за отговор: 21 декември 2026\u00a0г., понеделник.") || strings.Contains(m.Plain, "газ") {
			t.Errorf("%s\n%s", m.Subject, m.Plain)
		}
	}
	// What is erased before the job runs needs no letter.
	w.job("casework.announce", map[string]any{"case": 999, "news": "filed"})
	if n := len(w.mails()); n != 2 {
		t.Errorf("%d mails", n)
	}
}
