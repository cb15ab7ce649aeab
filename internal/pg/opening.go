package pg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// opening is what a transaction begins with: as whom, where, for how long.
type opening struct {
	role      string // "" = the credential itself
	schema    string // "" = the catalogue only
	statement time.Duration
}

type openingKey struct{}

func (o opening) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, openingKey{}, o)
}

// openingOf takes the role of the realm; an operator's door stays the owner, who
// may do in every realm what the realm's role may not.
func (db *DB) openingOf(r Realm) opening {
	o := opening{role: r.name, schema: r.name, statement: db.options.StatementTimeout}
	if db.owner != "" {
		o.role = db.owner
	}
	return o
}

// bare runs fn as the credential itself, which has no rights: for questions
// about the server and its catalogue.
func (db *DB) bare(ctx context.Context, fn func(*sqlx.Tx) error) error {
	o := opening{statement: db.options.StatementTimeout}
	return db.transact(ctx, o, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
}

// script is the first message of every transaction: BEGIN, role, schema and
// limits, and the question who and where we are now. It is one round trip, and
// the only place where several statements go in one message: constants, with
// names that Realm has validated.
func (o opening) script(mode driver.TxOptions) string {
	var s strings.Builder
	s.WriteString("BEGIN ISOLATION LEVEL ")
	if sql.IsolationLevel(mode.Isolation) == sql.LevelRepeatableRead {
		s.WriteString("REPEATABLE READ")
	} else {
		s.WriteString("READ COMMITTED")
	}
	if mode.ReadOnly {
		s.WriteString(" READ ONLY")
	}
	if o.schema != "" {
		fmt.Fprintf(&s, ";SET LOCAL search_path=%s,ext,pg_temp", quote(o.schema))
	} else {
		s.WriteString(";SET LOCAL search_path=pg_catalog,pg_temp")
	}
	if o.role != "" {
		fmt.Fprintf(&s, ";SET LOCAL ROLE %s", quote(o.role))
	} else {
		s.WriteString(";SET LOCAL ROLE NONE")
	}
	if o.schema == portalName {
		// The portal reads the facts of all towns in milliseconds; to start further
		// processes for that takes longer than the reading, and more so on a busy server.
		s.WriteString(";SET LOCAL max_parallel_workers_per_gather=0")
	}
	// Citus passes the settings after this one on to its workers; without it a
	// row lock on a worker would wait for ever.
	fmt.Fprintf(&s, ";SET LOCAL statement_timeout=%d;SET LOCAL citus.propagate_set_commands='local'"+
		";SET LOCAL lock_timeout=%d;SET LOCAL idle_in_transaction_session_timeout=%d"+
		";SELECT current_user::text,coalesce(current_schema()::text,''),pg_backend_pid()::text",
		o.statement.Milliseconds(), lockTimeout.Milliseconds(), idleTimeout.Milliseconds())
	return s.String()
}

// verify refuses a transaction that is not who and where it should be.
func (o opening) verify(user, schema string) error {
	if o.role != "" && user != o.role {
		return fmt.Errorf("pg: opened as %q instead of %q", user, o.role)
	}
	if o.schema == portalName && schema != o.schema {
		return fmt.Errorf("%w (schema %q is not there for role %q)", ErrNotSetUp, o.schema, user)
	}
	if o.schema != "" && schema != o.schema {
		return fmt.Errorf("pg: schema %q is not there, or role %q may not use it", o.schema, user)
	}
	return nil
}
