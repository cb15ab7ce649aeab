package casework_test

import (
	"testing"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// outcome reads what the figures are told of the only case.
func (w *town) outcome() (o casework.Outcome, calendar *deadline.Calendar) {
	w.t.Helper()
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		all, err := casework.Outcomes(w.t.Context(), tx, day(w.t, "2026-11-01"), day(w.t, "2027-12-31"), time.UTC)
		if err == nil && len(all) != 1 {
			w.t.Fatalf("%d cases", len(all))
		}
		o, calendar = all[0], town.Calendar
		return err
	})
	return o, calendar
}

// A term that stands still after an extension takes nothing from what may still be
// extended, and moves the date that the case had before the extension too.
func TestAPauseAfterAnExtensionMovesTheCap(t *testing.T) {
	w := open(t).in(t, "varena")
	r := w.filed(casework.Complaint) // the law's date is 18 December; up to ten working days more
	must(t, w.extend(r, casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2026-12-29")}))
	w.set(t, "2026-12-01 10:00")
	w.ask(r)
	w.set(t, "2026-12-11 10:00") // eight working days later
	must(t, w.respond(r))
	if c := w.find(r.Case.Number); c.LawDue != day(t, "2027-01-11") {
		t.Fatalf("due %s", c.LawDue)
	}
	// Of the ten five are left: 12, 13, 14, 15 and 18 January.
	x := casework.Extending{Reasons: "Dar laukiama.", Final: day(t, "2027-01-19")}
	refused(t, w.extend(r, x), fault.Invalid, "final", casework.KeyFinalTooLate)
	x.Final = day(t, "2027-01-18")
	must(t, w.extend(r, x))
	if c := w.find(r.Case.Number); c.LawDue != x.Final {
		t.Errorf("due %s", c.LawDue)
	}
	refused(t, w.extend(r, casework.Extending{Reasons: "Dar.", Final: day(t, "2027-01-19")}), fault.Conflict, "", casework.KeyExtendedFully)
	// Without extensions it would be eight working days after 18 December.
	if o, calendar := w.outcome(); o.First(calendar) != day(t, "2027-01-04") {
		t.Errorf("without extensions due %s", o.First(calendar))
	}
}

// The same where the pause comes when the first date has passed already: the cap
// moves, and what was late by the first date stays so.
func TestAPauseInTheExtendedTimeMovesTheCapAlone(t *testing.T) {
	w := open(t).in(t, "varena")
	r := w.filed(casework.Complaint)
	must(t, w.extend(r, casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2026-12-29")}))
	w.set(t, "2026-12-28 10:00")
	w.ask(r)
	w.set(t, "2027-01-05 10:00") // 29, 30, 31 December, 4 and 5 January
	must(t, w.respond(r))
	if c := w.find(r.Case.Number); c.LawDue != day(t, "2027-01-06") {
		t.Fatalf("due %s", c.LawDue)
	}
	x := casework.Extending{Reasons: "Dar laukiama.", Final: day(t, "2027-01-14")}
	refused(t, w.extend(r, x), fault.Invalid, "final", casework.KeyFinalTooLate)
	x.Final = day(t, "2027-01-13")
	must(t, w.extend(r, x))
	if o, calendar := w.outcome(); o.First(calendar) != day(t, "2026-12-18") {
		t.Errorf("without extensions due %s", o.First(calendar))
	}
}

// A pause before the first extension has moved its date already and is not counted
// twice.
func TestAPauseBeforeAnExtensionIsCountedOnce(t *testing.T) {
	w := open(t).in(t, "varena")
	r := w.filed(casework.Complaint)
	w.set(t, "2026-12-01 10:00")
	w.ask(r)
	w.set(t, "2026-12-03 10:00")
	must(t, w.respond(r)) // 22 December
	must(t, w.extend(r, casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2026-12-29")}))
	x := casework.Extending{Reasons: "Dar laukiama.", Final: day(t, "2027-01-11")}
	refused(t, w.extend(r, x), fault.Invalid, "final", casework.KeyFinalTooLate)
	x.Final = day(t, "2027-01-08")
	must(t, w.extend(r, x))
	if o, calendar := w.outcome(); o.First(calendar) != day(t, "2026-12-22") {
		t.Errorf("without extensions due %s", o.First(calendar))
	}
}
