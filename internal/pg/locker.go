package pg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// locker gives goose's connection the lock, the role and the place for one
// schema. It is the one place where a session is changed instead of a
// transaction, because goose opens its transactions itself.
type locker struct {
	schema string
	owner  string
}

// SessionLock waits for whoever else migrates the schema; afterwards goose reads
// again what is applied, so nothing is applied twice.
func (l locker) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if err := l.take(ctx, conn); err != nil {
		return errors.Join(fmt.Errorf("lock schema %s: %w", l.schema, err), l.SessionUnlock(context.WithoutCancel(ctx), conn))
	}
	return nil
}

func (l locker) take(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1, $2)`, lockSpace, lockKey(l.schema)); err != nil {
		return err
	}
	// Migrations meet live traffic: two seconds of waiting for a table hold up
	// everybody who comes after, so we step back and try again later.
	script := fmt.Sprintf("SET ROLE %s; SET search_path = %s, ext, pg_temp; SET statement_timeout = 0;"+
		" SET citus.propagate_set_commands = 'local'; SET lock_timeout = '2s'; SELECT coalesce(current_schema()::text, '')",
		quote(l.owner), quote(l.schema))
	var schema string
	if err := conn.QueryRowContext(ctx, script).Scan(&schema); err != nil {
		return err
	}
	if schema != l.schema {
		// Dropped while we waited, perhaps; the tables would land in ext.
		return errors.New("there is no such schema")
	}
	return nil
}

// SessionUnlock forgets everything the session has been given, the lock too.
func (l locker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "DISCARD ALL"); err != nil {
		discard(conn)
	}
	return nil // a lost connection has given back its lock
}

// discard closes the connection for good instead of giving it back.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
}
