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

// waits asks the submitter on one day, who answers on another.
func (w *town) waits(r casework.Receipt, asked, answered string) {
	w.t.Helper()
	w.set(w.t, asked+" 10:00")
	w.ask(r)
	w.set(w.t, answered+" 10:00")
	must(w.t, w.respond(r))
}

// extendsUntil wants the day after the last that may be to be refused, and extends
// to the last.
func (w *town) extendsUntil(r casework.Receipt, last, after string) {
	w.t.Helper()
	x := casework.Extending{Reasons: "Dar laukiama.", Final: day(w.t, after)}
	refused(w.t, w.extend(r, x), fault.Invalid, "final", casework.KeyFinalTooLate)
	x.Final = day(w.t, last)
	must(w.t, w.extend(r, x))
	w.dueOn(r, last)
}

// dueOn wants the law's date of a case to be this day.
func (w *town) dueOn(r casework.Receipt, want string) {
	w.t.Helper()
	if c := w.find(r.Case.Number); c.LawDue != day(w.t, want) {
		w.t.Fatalf("due %s, want %s", c.LawDue, want)
	}
}

// firstDue wants the figures to know this date as the one without extensions.
func (w *town) firstDue(want string) {
	w.t.Helper()
	if o, calendar := w.outcome(); o.First(calendar) != day(w.t, want) {
		w.t.Errorf("without extensions due %s, want %s", o.First(calendar), want)
	}
}

// A term that stands still after an extension takes nothing from what may still be
// extended, and moves the date that the case had before the extension too.
func TestAPauseAfterAnExtensionMovesTheCap(t *testing.T) {
	w := open(t).in(t, "varena")
	r := w.filed(casework.Complaint) // the law's date is 18 December; up to ten working days more
	must(t, w.extend(r, casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2026-12-29")}))
	w.waits(r, "2026-12-01", "2026-12-11") // eight working days later
	w.dueOn(r, "2027-01-11")
	// Of the ten five are left: 12, 13, 14, 15 and 18 January.
	w.extendsUntil(r, "2027-01-18", "2027-01-19")
	refused(t, w.extend(r, casework.Extending{Reasons: "Dar.", Final: day(t, "2027-01-19")}), fault.Conflict, "", casework.KeyExtendedFully)
	// Without extensions it would be eight working days after 18 December.
	w.firstDue("2027-01-04")
}

// The same where the pause comes when the first date has passed already: the cap
// moves, and what was late by the first date stays so.
func TestAPauseInTheExtendedTimeMovesTheCapAlone(t *testing.T) {
	w := open(t).in(t, "varena")
	r := w.filed(casework.Complaint)
	must(t, w.extend(r, casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2026-12-29")}))
	w.waits(r, "2026-12-28", "2027-01-05") // 29, 30, 31 December, 4 and 5 January
	w.dueOn(r, "2027-01-06")
	w.extendsUntil(r, "2027-01-13", "2027-01-14")
	w.firstDue("2026-12-18")
}

// A pause before the first extension has moved its date already and is not counted
// twice.
func TestAPauseBeforeAnExtensionIsCountedOnce(t *testing.T) {
	w := open(t).in(t, "varena")
	r := w.filed(casework.Complaint)
	w.waits(r, "2026-12-01", "2026-12-03") // 22 December
	must(t, w.extend(r, casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2026-12-29")}))
	w.extendsUntil(r, "2027-01-08", "2027-01-11")
	w.firstDue("2026-12-22")
}
