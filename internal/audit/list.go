package audit

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"charterhouse/internal/pg"
)

// Entry is one entry of the chain as the auditor reads it.
type Entry struct {
	Seq    int64     `db:"seq"`
	At     time.Time `db:"at"`
	Actor  string    `db:"actor"`
	Action string    `db:"action"`
	Object string    `db:"object"`
	Detail string    `db:"detail"` // JSON as it was recorded
	// Erased: the content was erased, the entry still holds.
	Erased bool `db:"erased"`
}

// Filter chooses entries; an empty field does not.
type Filter struct {
	Actor  string
	Action string // exactly, or all below it where it ends with a dot: "case."
	Object string // exactly, or all below it where it ends with a slash: "case/"
	From   time.Time
	To     time.Time // before this moment
}

// Page is a part of the list.
type Page struct {
	Entries []Entry
	// Next is what to list from next; 0 = nothing older is there.
	Next int64
	// Searched is the oldest entry that was looked at: a filter that finds little
	// stops after a while and says how far it came.
	Searched int64
}

// How many entries a page holds, and how many a filter looks through at a time:
// the chain has no index but its order, because every change pays for an index.
const (
	PageSize = 50
	reach    = 20_000
)

// List gives entries, the newest first, from before an entry on (0 = from the
// newest).
func List(ctx context.Context, tx *pg.Tx, f Filter, before int64) (Page, error) {
	head, err := Head(ctx, tx)
	if err != nil {
		return Page{}, err
	}
	if before <= 0 || before > head+1 {
		before = head + 1
	}
	page := Page{Searched: max(1, before-reach)}
	var from, to sql.NullTime
	if !f.From.IsZero() {
		from = sql.NullTime{Time: f.From, Valid: true}
	}
	if !f.To.IsZero() {
		to = sql.NullTime{Time: f.To, Valid: true}
	}
	err = tx.Select(ctx, &page.Entries, `SELECT e.seq, e.at, e.actor, e.action, e.object, coalesce(d.detail, '') AS detail, d.seq IS NULL AS erased
		FROM audit_entries e LEFT JOIN audit_details d ON d.seq = e.seq
		WHERE e.seq < $1 AND e.seq >= $2 AND ($3 = '' OR e.actor = $3)
			AND ($4 = '' OR e.action = $4 OR right($4, 1) = '.' AND left(e.action, length($4)) = $4)
			AND ($5 = '' OR e.object = $5 OR right($5, 1) = '/' AND left(e.object, length($5)) = $5)
			AND ($6::timestamptz IS NULL OR e.at >= $6) AND ($7::timestamptz IS NULL OR e.at < $7)
		ORDER BY e.seq DESC LIMIT $8`,
		before, page.Searched, f.Actor, f.Action, f.Object, from, to, PageSize+1)
	if err != nil {
		return Page{}, fmt.Errorf("audit: list: %w", err)
	}
	switch {
	case len(page.Entries) > PageSize:
		page.Entries = page.Entries[:PageSize]
		page.Searched = page.Entries[PageSize-1].Seq
		page.Next = page.Searched
	case page.Searched > 1:
		page.Next = page.Searched
	}
	return page, nil
}

// Head is the number of the last entry; 0 = there is none.
func Head(ctx context.Context, tx *pg.Tx) (int64, error) {
	var seq int64
	if err := tx.Get(ctx, &seq, `SELECT seq FROM audit_head WHERE singleton = $1`, 1); err != nil {
		return 0, fmt.Errorf("audit: read the head: %w", err)
	}
	return seq, nil
}
