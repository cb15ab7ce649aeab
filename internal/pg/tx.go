package pg

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"
)

// literal is the type of every SQL text: being unexported, only a constant
// converts to it, so no statement can be built from input.
type literal string

// Tx is an open transaction of one realm.
type Tx struct {
	// Now is fixed at BEGIN, in UTC and to the microsecond that PostgreSQL keeps;
	// no verb reads another clock.
	Now   time.Time
	Realm Realm

	tx      *sqlx.Tx
	entries []Entry
}

// Entry is one audit entry, kept by Record until the commit.
type Entry struct {
	Actor  string // pseudonym of who did it
	Action string // dotted verb: charter.publish
	Object string // what it was done to: charter/3
	Detail any    // marshalled to JSON; kept apart from the chain
}

// Record notes what this transaction does; the door appends it to the realm's
// hash chain just before COMMIT.
func (t *Tx) Record(e Entry) { t.entries = append(t.entries, e) }

// Get reads one row into dest; sql.ErrNoRows when there is none, and only then:
// a cancelled request is never taken for an absent row.
func (t *Tx) Get(ctx context.Context, dest any, q literal, args ...any) error {
	err := t.tx.GetContext(ctx, dest, string(q), args...)
	if errors.Is(err, sql.ErrNoRows) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// Select reads rows into a slice.
func (t *Tx) Select(ctx context.Context, dest any, q literal, args ...any) error {
	if err := t.tx.SelectContext(ctx, dest, string(q), args...); err != nil {
		return err
	}
	return ctx.Err() // rows cut short by a cancelled request are not the answer
}

// Exec runs a statement and tells how many rows it touched.
func (t *Tx) Exec(ctx context.Context, q literal, args ...any) (int64, error) {
	res, err := t.tx.ExecContext(ctx, string(q), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
