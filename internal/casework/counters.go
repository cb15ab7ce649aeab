package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/pg"
)

// countMost bounds every counter: beyond it a desk does not need the number, and
// the database does not count what it cannot see at a glance.
const countMost = 1_000

// Count is a number of cases up to countMost.
type Count int

// Most tells that there are at least so many.
func (c Count) Most() bool { return c >= countMost }

// Counters are the numbers beside the views of the desk.
type Counters struct {
	Open, Mine, Overdue, Today, Soon, Waiting, Unassigned, Done Count
}

// Counters counts open and finished cases for an officer, each from an index.
func (t *Town) Counters(ctx context.Context, tx *pg.Tx, who Officer) (Counters, error) {
	d := t.dates(tx)
	_, overdue := d.span(GroupOverdue)
	var n Counters
	err := tx.Get(ctx, &n, `SELECT
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL LIMIT $1) x) AS open,
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL AND assignee = $2 AND $2 <> 0 LIMIT $1) x) AS mine,
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL AND due_sort <= $3 LIMIT $1) x) AS overdue,
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL AND due_sort = $4 LIMIT $1) x) AS today,
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL AND due_sort > $4 AND due_sort <= $5 LIMIT $1) x) AS soon,
		(SELECT count(*) FROM (SELECT FROM cases WHERE state = 'waiting' LIMIT $1) x) AS waiting,
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL AND assignee = 0 LIMIT $1) x) AS unassigned,
		(SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NOT NULL LIMIT $1) x) AS done`,
		countMost, who.User, overdue, d.today, d.soon)
	if err != nil {
		return n, fmt.Errorf("casework: count the cases: %w", err)
	}
	return n, nil
}

// GroupCounts counts the open cases of a filter by group; a group without any is
// not in it.
func (t *Town) GroupCounts(ctx context.Context, tx *pg.Tx, f Filter) (map[Group]Count, error) {
	d := t.dates(tx)
	counts := map[Group]Count{}
	for _, g := range Groups() {
		if f.Group != "" && f.Group != g {
			continue
		}
		from, to := d.span(g)
		var n Count
		err := tx.Get(ctx, &n, `SELECT count(*) FROM (SELECT FROM cases WHERE done_on IS NULL AND due_sort BETWEEN $1 AND $2
				AND ($3 = '' OR kind = $3) AND ($4 = '' OR state = $4) AND ($5 = '' OR department = $5)
				AND ($6::bigint < 0 OR assignee = $6) AND ($8 = '' OR channel = $8) LIMIT $7) x`,
			from, to, f.Kind, f.State, f.Department, f.Assignee.number(), countMost, f.Channel)
		if err != nil {
			return nil, fmt.Errorf("casework: count %s: %w", g, err)
		}
		if n > 0 {
			counts[g] = n
		}
	}
	return counts, nil
}
