package casework_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

func sameExplanation(a, b deadline.Explanation) bool {
	return cmp.Equal(a, b, cmpopts.EquateEmpty(), cmp.AllowUnexported(deadline.Term{}))
}

func (w *town) ask(r casework.Receipt) {
	w.t.Helper()
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Ask(w.t.Context(), tx, w.officer, ref(r), "Prie kurios mokyklos?")
	})
}

func (w *town) respond(r casework.Receipt) error {
	return w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Respond(w.t.Context(), tx, p, casework.Message{Text: "Prie „Ąžuolyno“."})
	})
}

func (w *town) pauses(r casework.Receipt) (list []casework.Pause) {
	w.t.Helper()
	w.ok(func(_ *casework.Town, tx *pg.Tx) (err error) {
		list, err = casework.Pauses(w.t.Context(), tx, r.Case)
		return err
	})
	return list
}

// In Lithuania the terms stand still while the submitter is asked: from the day
// after the question to the day of the answer, in working days.
func TestTheClockStopsForAQuestion(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Question) // own date 24 November, law's 18 December
	w.set(t, "2026-11-23 10:00")
	w.ask(r)
	c := w.find(r.Case.Number)
	if c.State != casework.Waiting || !c.Stopped || c.AskedOn != day(t, "2026-11-23") {
		t.Fatalf("%+v", c)
	}
	w.set(t, "2026-12-02 10:00") // seven working days later
	if c.Late(day(t, "2026-12-02")) {
		t.Error("a case whose term stands still is late")
	}
	must(t, w.respond(r))
	c = w.find(r.Case.Number)
	if c.State != casework.InProgress || c.Stopped || c.OwnDue != day(t, "2026-12-03") || c.LawDue != day(t, "2026-12-31") {
		t.Errorf("own date %s, law's %s, %s", c.OwnDue, c.LawDue, c.State)
	}
	// Once more, after the own date has passed: only the law's moves.
	w.set(t, "2026-12-07 10:00")
	w.ask(r)
	w.set(t, "2026-12-08 10:00")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Resume(t.Context(), tx, w.officer, ref(r), "Paskambinta")
	})
	c = w.find(r.Case.Number)
	if c.OwnDue != day(t, "2026-12-03") || c.LawDue != day(t, "2027-01-04") {
		t.Errorf("own date %s, law's %s", c.OwnDue, c.LawDue)
	}
	list := w.pauses(r)
	if len(list) != 2 || list[0].OwnFrom != day(t, "2026-11-24") || list[0].OwnTo != day(t, "2026-12-03") ||
		!list[1].OwnTo.IsZero() || list[1].ResumedOn != day(t, "2026-12-08") {
		t.Errorf("%+v", list)
	}
	if asked := w.letters()[1]; asked.Subject != "Klausimas apie Jūsų kreipimąsi KL-2026-0001" || !strings.Contains(asked.Plain, "terminas sustabdytas") {
		t.Errorf("the question's mail: %s\n%s", asked.Subject, asked.Plain)
	}
}

// Who answers the case ends a pause that is open, and its days count.
func TestAnAnswerEndsThePause(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Question)
	w.ask(r)
	w.set(t, "2026-11-24 10:00")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "Sutvarkyta."})
	})
	if c := w.find(r.Case.Number); c.State != casework.Answered || c.Stopped || !c.AskedOn.IsZero() || c.OwnDue != day(t, "2026-11-26") {
		t.Errorf("%+v", c)
	}
	if list := w.pauses(r); len(list) != 1 || list[0].ResumedOn != day(t, "2026-11-24") {
		t.Errorf("%+v", list)
	}
	refused(t, w.respond(r), fault.Conflict, "", casework.KeyNotInState)
}

// In Bulgaria they run on.
func TestTheClockRunsOnWhereTheRuleSaysSo(t *testing.T) {
	w := open(t).in(t, "peshtera")
	r := w.filed(casework.Complaint)
	w.ask(r)
	w.set(t, "2026-12-10 10:00")
	must(t, w.respond(r))
	if c := w.find(r.Case.Number); c.OwnDue != day(t, "2026-12-21") || c.LawDue != day(t, "2026-12-21") {
		t.Errorf("own date %s, law's %s", c.OwnDue, c.LawDue)
	}
	if asked := w.letters()[1]; !strings.Contains(asked.Plain, "срокът продължава да тече") {
		t.Errorf("the question's mail:\n%s", asked.Plain)
	}
}
