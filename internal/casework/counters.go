package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/pg"
)

// countMost bounds every counter: beyond it a desk does not need the number, and
// the database does not count what it cannot see at a glance.
const countMost = 10_000

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
	from, to := d.span(f.Group)
	var rows []struct {
		Part  int
		Count Count
	}
	err := tx.Select(ctx, &rows, `SELECT part, least(count(*), $11) AS count FROM (
			SELECT CASE WHEN due_sort < $1 THEN 0 WHEN due_sort = $1 THEN 1 WHEN due_sort <= $2 THEN 2
				WHEN due_sort < $3 THEN 3 WHEN due_sort = $3 THEN 4 ELSE 5 END AS part
			FROM cases WHERE done_on IS NULL AND due_sort BETWEEN $4 AND $5
				AND ($6 = '' OR kind = $6) AND ($7 = '' OR state = $7) AND ($8 = '' OR department = $8) AND ($9 < 0 OR assignee = $9)
			ORDER BY due_sort, id LIMIT $10) x
		GROUP BY part`,
		d.today, d.soon, sortStopped, from, to, f.Kind, f.State, f.Department, f.Assignee.number(), 5*countMost, countMost)
	if err != nil {
		return nil, fmt.Errorf("casework: count the groups: %w", err)
	}
	counts := map[Group]Count{}
	for _, r := range rows {
		counts[Groups()[r.Part]] = r.Count
	}
	return counts, nil
}
