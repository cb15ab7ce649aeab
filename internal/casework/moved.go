package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Moved is an open case whose dates would be others if it were filed today, under
// another calendar. It keeps the dates that its submitter was told; OwnTo and
// LawTo are what they would be, zero where they would be the same.
type Moved struct {
	Number     string
	Kind       string
	Own, OwnTo deadline.Date
	Law, LawTo deadline.Date
	Due        deadline.Date
}

// movedMost bounds how many open cases are looked through: those due soonest.
const movedMost = 500

// WouldMove finds open cases whose dates, as they were told on the day of
// receipt, differ from those that a calendar would give. Extensions and pauses
// are not counted again. more tells that further cases were not looked at.
func (t *Town) WouldMove(ctx context.Context, tx *pg.Tx, calendar *deadline.Calendar) (list []Moved, more bool, err error) {
	var rows []struct {
		Number string        `db:"number"`
		Kind   string        `db:"kind"`
		OwnDue deadline.Date `db:"own_due"`
		LawDue deadline.Date `db:"law_due"`
		Own    string        `db:"own_explained"`
		Law    string        `db:"law_explained"`
	}
	err = tx.Select(ctx, &rows, `SELECT c.number, c.kind, c.own_due, c.law_due, p.own_explained, p.law_explained
		FROM cases c JOIN case_pins p ON p.case_id = c.id
		WHERE c.done_on IS NULL AND c.due_sort >= $1 ORDER BY c.due_sort, c.id LIMIT $2`, t.Today(tx), movedMost+1)
	if err != nil {
		return nil, false, fmt.Errorf("casework: look for cases that a calendar moves: %w", err)
	}
	if more = len(rows) > movedMost; more {
		rows = rows[:movedMost]
	}
	for _, r := range rows {
		m := Moved{Number: r.Number, Kind: r.Kind}
		if m.Own, m.OwnTo, err = recount(r.Own, calendar); err != nil {
			return nil, false, err
		}
		if m.Law, m.LawTo, err = recount(r.Law, calendar); err != nil {
			return nil, false, err
		}
		if m.OwnTo.IsZero() && m.LawTo.IsZero() {
			continue
		}
		c := Case{OwnDue: r.OwnDue, LawDue: r.LawDue}
		m.Due = c.Due()
		list = append(list, m)
	}
	return list, more, nil
}

// recount gives the date that was told, and the one a calendar would give where
// it is another.
func recount(explained string, calendar *deadline.Calendar) (was, would deadline.Date, err error) {
	e, err := told(explained)
	if err != nil || e.Due.IsZero() {
		return 0, 0, err
	}
	if due := calendar.Due(e.Received, e.Outside, e.Policy, e.Term); due != e.Due {
		would = due
	}
	return e.Due, would, nil
}
