package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Reminder is one thing the desk is told about a date: that it is near, or that
// it has passed. Each is made once for each date; a date that was moved is
// another one.
type Reminder struct {
	Case  Case
	Kind  ReminderKind
	DueOn deadline.Date
	// Late: it was to be made on an earlier day, and the service did not run.
	Late bool
}

// ReminderKind says which date, and on which side of it.
type ReminderKind string

// The kinds of reminder.
const (
	OwnNear   ReminderKind = "own_near"
	OwnPassed ReminderKind = "own_passed"
	LawNear   ReminderKind = "law_near"
	LawPassed ReminderKind = "law_passed"
)

// Passed tells whether the date is over.
func (k ReminderKind) Passed() bool { return k == OwnPassed || k == LawPassed }

// nearDays is how long before a date the desk is told, in working days.
const nearDays = 2

// mostReminded bounds how many cases one run deals with; the next goes on.
const mostReminded = 500

// Remind finds what is due and not done: it makes the reminders of all open cases
// whose terms run, and gives those that had not been made. It looks at dates
// only, so however long nothing ran, each is found. more tells that the bound was
// reached.
func (t *Town) Remind(ctx context.Context, tx *pg.Tx) (made []Reminder, more bool, err error) {
	today := t.Today(tx)
	near := today
	for range nearDays {
		near = t.Calendar.Next(near)
	}
	// Who has been received on a day after the last worked one has heard of it just now.
	worked := today
	for !t.Calendar.IsWorking(worked) && worked > deadline.First {
		worked = worked.AddDays(-1)
	}
	var cases []Case
	err = tx.Select(ctx, &cases, selectCase+` c WHERE done_on IS NULL AND due_sort <= $1 AND (
			own_due <= $1 AND own_due > received_on AND received_on < $2 AND NOT EXISTS
				(SELECT FROM case_reminders r WHERE r.case_id = c.id AND r.kind = 'own_near' AND r.due_on = own_due)
			OR own_due < $3 AND NOT EXISTS
				(SELECT FROM case_reminders r WHERE r.case_id = c.id AND r.kind = 'own_passed' AND r.due_on = own_due)
			OR law_due <= $1 AND law_due > received_on AND received_on < $2 AND NOT EXISTS
				(SELECT FROM case_reminders r WHERE r.case_id = c.id AND r.kind = 'law_near' AND r.due_on = law_due)
			OR law_due < $3 AND NOT EXISTS
				(SELECT FROM case_reminders r WHERE r.case_id = c.id AND r.kind = 'law_passed' AND r.due_on = law_due))
		ORDER BY due_sort, id LIMIT $4`, near, worked, today, mostReminded)
	if err != nil {
		return nil, false, fmt.Errorf("casework: find what to remind of: %w", err)
	}
	for _, c := range cases {
		for _, r := range t.remindersOf(c, today, near, worked) {
			n, err := tx.Exec(ctx, `INSERT INTO case_reminders (case_id, kind, due_on, made_on, late) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (case_id, kind, due_on) DO NOTHING`, c.ID, r.Kind, r.DueOn, today, r.Late)
			if err != nil {
				return nil, false, fmt.Errorf("casework: remind of %s: %w", c.Number, err)
			}
			if n == 1 {
				made = append(made, r)
			}
		}
	}
	return made, len(cases) == mostReminded, nil
}

// remindersOf lists the reminders of a case whose day has come.
func (t *Town) remindersOf(c Case, today, near, worked deadline.Date) []Reminder {
	var all []Reminder
	for _, d := range []struct {
		due          deadline.Date
		near, passed ReminderKind
	}{{c.OwnDue, OwnNear, OwnPassed}, {c.LawDue, LawNear, LawPassed}} {
		if d.due.IsZero() {
			continue
		}
		if d.due <= near && d.due > c.ReceivedOn && c.ReceivedOn < worked {
			all = append(all, Reminder{c, d.near, d.due, today > t.nearDay(c.ReceivedOn, d.due)})
		}
		if d.due < today {
			all = append(all, Reminder{c, d.passed, d.due, today > d.due.AddDays(1)})
		}
	}
	return all
}

// nearDay is the day on which the desk is told that a date is near: two working
// days before, but not on the day of receipt.
func (t *Town) nearDay(received, due deadline.Date) deadline.Date {
	day := due
	for t.Calendar.WorkingDaysBetween(day.AddDays(-1), due) <= nearDays {
		day = day.AddDays(-1)
	}
	return max(day, t.Calendar.Next(received))
}
