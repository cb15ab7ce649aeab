// Package pg is the one door to the database. Everything that touches it comes
// through DB.Read or DB.Write, which open a transaction, take the role and the
// schema of one realm and hand a *Tx to the caller; no other code ever sees a
// connection.
package pg

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
)

// Realm is one schema with the role of the same name: a town ("t_klaipeda") or
// the national portal ("portal").
type Realm struct{ name string }

// literal is the type of every SQL text: being unexported, only a constant
// converts to it, so no statement can be built from input.
type literal string

// Tx is an open transaction of one realm.
type Tx struct {
	// Now is fixed at BEGIN; no verb reads another clock.
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

// Get reads one row into dest; sql.ErrNoRows when there is none.
func (t *Tx) Get(ctx context.Context, dest any, q literal, args ...any) error { panic("contract") }

// Select reads rows into a slice.
func (t *Tx) Select(ctx context.Context, dest any, q literal, args ...any) error { panic("contract") }

// Exec runs a statement and tells how many rows it touched.
func (t *Tx) Exec(ctx context.Context, q literal, args ...any) (int64, error) { panic("contract") }

// DB is the door.
type DB struct{}

// Read runs fn in a REPEATABLE READ READ ONLY transaction of the realm.
func (db *DB) Read(ctx context.Context, r Realm, fn func(*Tx) error) error { panic("contract") }

// Write runs fn in a READ COMMITTED transaction of the realm and commits it
// together with its audit entries.
func (db *DB) Write(ctx context.Context, r Realm, fn func(*Tx) error) error { panic("contract") }

// Town names the realm of a town; it refuses a slug outside [a-z0-9_-], over the
// length, or reserved. A hyphen becomes an underscore.
func Town(slug string) (Realm, error) { panic("contract") }

// Portal is the realm of the national portal.
func Portal() Realm { return Realm{"portal"} }
