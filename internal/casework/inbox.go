package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Group is a stretch of the inbox.
type Group string

// The groups, in the order of the inbox. GroupSoon reaches five working days
// ahead; GroupStopped holds the cases whose terms stand still.
const (
	GroupOverdue Group = "overdue"
	GroupToday   Group = "today"
	GroupSoon    Group = "soon"
	GroupLater   Group = "later"
	GroupStopped Group = "stopped"
	GroupNoTerm  Group = "no_term"
)

// Groups lists the groups in their order.
func Groups() []Group {
	return []Group{GroupOverdue, GroupToday, GroupSoon, GroupLater, GroupStopped, GroupNoTerm}
}

// soonDays is how far GroupSoon reaches, in working days.
const soonDays = 5

// Filter chooses open cases. The zero Filter takes all.
type Filter struct {
	Kind       string
	State      State
	Department string
	Assignee   Whose
	Channel    string // the kind of channel a case came by
	Group      Group
}

// Whose chooses by who handles a case: anybody, nobody, or one user.
type Whose struct {
	Nobody bool
	User   int64
}

// number is how the filter stands in SQL: -1 = anybody.
func (w Whose) number() int64 {
	switch {
	case w.Nobody:
		return 0
	case w.User != 0:
		return w.User
	}
	return -1
}

// Line is one case of a list.
type Line struct {
	Case
	Title string `db:"title"` // empty where Hidden
	// Hidden: the case is confidential and not the reader's.
	Hidden bool   `db:"hidden"`
	Sort   string `db:"due_sort"`
	Group  Group  `db:"-"`
}

// Cursor is where a page of the inbox begins: after this case.
type Cursor struct {
	Sort string
	ID   int64
}

// PageSize is how many cases a page of a list holds.
const PageSize = 50

// dates are the days at which the groups meet.
type dates struct{ today, soon deadline.Date }

func (t *Town) dates(tx *pg.Tx) dates {
	today := t.Today(tx)
	soon := today
	for range soonDays {
		soon = t.Calendar.Next(soon)
	}
	return dates{today, soon}
}

// span gives the first and the last sort key of a group; everything for "".
func (d dates) span(g Group) (from, to string) {
	switch g {
	case GroupOverdue:
		return "0001-01-01", d.today.AddDays(-1).String()
	case GroupToday:
		return d.today.String(), d.today.String()
	case GroupSoon:
		return d.today.AddDays(1).String(), d.soon.String()
	case GroupLater:
		return d.soon.AddDays(1).String(), "9999-12-29"
	case GroupStopped:
		return sortStopped, sortStopped
	case GroupNoTerm:
		return sortNone, sortNone
	}
	return "0001-01-01", sortNone
}

func (d dates) groupOf(sort string) Group {
	for _, g := range Groups() {
		if from, to := d.span(g); sort >= from && sort <= to {
			return g
		}
	}
	return GroupLater
}

// selectLine is a list's row. $1 and $2 are the reader, as in seen.
const selectLine = `SELECT c.id, c.number, c.version, c.kind, c.state, c.channel, c.lang, c.anonymous, c.danger, c.confidential,
		c.sample, c.department, c.assignee, c.received_on, c.outside, c.filed_at, c.happened_on, c.own_due, c.law_due, c.law_verified,
		c.extended_to, c.asked_on, c.stopped, c.answered_on, c.done_on, c.ground, c.score, to_char(c.due_sort, 'YYYY-MM-DD') AS due_sort,
		NOT ` + seen + ` AS hidden,
		CASE WHEN ` + seen + ` THEN
			coalesce((SELECT x.title FROM case_texts x WHERE x.case_id = c.id ORDER BY x.id LIMIT 1), '') ELSE '' END AS title
	FROM cases c`

// CursorAt is the cursor that an address names; the zero one, which begins at the
// beginning, for what no list has given out.
func CursorAt(sort string, id int64) Cursor {
	if _, err := deadline.ParseDate(sort); err != nil && sort != sortStopped && sort != sortNone {
		return Cursor{}
	}
	return Cursor{sort, id}
}

// Inbox lists open cases by their nearest date, the overdue ones first, from
// after a cursor on. more tells that others follow.
func (t *Town) Inbox(ctx context.Context, tx *pg.Tx, who Officer, f Filter, after Cursor) (lines []Line, more bool, err error) {
	d := t.dates(tx)
	from, to := d.span(f.Group)
	if after.Sort == "" {
		after.Sort = "0001-01-01"
	}
	// The page is found in the index alone; the table is read for its rows only.
	err = tx.Select(ctx, &lines, selectLine+`
		JOIN (SELECT id, due_sort FROM cases WHERE done_on IS NULL AND due_sort BETWEEN $3 AND $4 AND (due_sort, id) > ($5, $6)
				AND ($7 = '' OR kind = $7) AND ($8 = '' OR state = $8) AND ($9 = '' OR department = $9) AND ($10::bigint < 0 OR assignee = $10)
				AND ($12 = '' OR channel = $12)
			ORDER BY due_sort, id LIMIT $11) p ON p.id = c.id
		ORDER BY p.due_sort, p.id`,
		who.User, who.Confidential, from, to, after.Sort, after.ID, f.Kind, f.State, f.Department, f.Assignee.number(), PageSize+1, f.Channel)
	if err != nil {
		return nil, false, fmt.Errorf("casework: read the inbox: %w", err)
	}
	for i := range lines {
		lines[i].Group = d.groupOf(lines[i].Sort)
	}
	if len(lines) > PageSize {
		return lines[:PageSize], true, nil
	}
	return lines, false, nil
}

// Done lists finished cases, the latest first, from before a cursor on.
func (t *Town) Done(ctx context.Context, tx *pg.Tx, who Officer, f Filter, before Cursor) (lines []Line, more bool, err error) {
	if before.Sort == "" {
		before = Cursor{Sort: sortNone}
	}
	err = tx.Select(ctx, &lines, selectLine+`
		JOIN (SELECT id, done_on FROM cases WHERE done_on IS NOT NULL AND (done_on, id) < ($3, $4)
				AND ($5 = '' OR kind = $5) AND ($6 = '' OR state = $6) AND ($7 = '' OR department = $7) AND ($8::bigint < 0 OR assignee = $8)
				AND ($10 = '' OR channel = $10)
			ORDER BY done_on DESC, id DESC LIMIT $9) p ON p.id = c.id
		ORDER BY p.done_on DESC, p.id DESC`,
		who.User, who.Confidential, before.Sort, before.ID, f.Kind, f.State, f.Department, f.Assignee.number(), PageSize+1, f.Channel)
	if err != nil {
		return nil, false, fmt.Errorf("casework: list finished cases: %w", err)
	}
	if len(lines) > PageSize {
		return lines[:PageSize], true, nil
	}
	return lines, false, nil
}

// After is the cursor behind a line of the inbox.
func (l Line) After() Cursor { return Cursor{l.Sort, l.ID} }

// Before is the cursor behind a line of the finished cases.
func (l Line) Before() Cursor { return Cursor{l.DoneOn.String(), l.ID} }
