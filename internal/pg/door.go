package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Options of a door. URL and Clock are required.
type Options struct {
	URL string // postgres://…, with sslmode written out
	// Pool is how many connections there are; 0 = 20.
	Pool int
	// StatementTimeout ends a statement that runs longer; 0 = 10 s.
	StatementTimeout time.Duration
	// Clock gives tx.Now.
	Clock func() time.Time
	// Seal appends the recorded entries to the realm's chain, just before COMMIT.
	Seal func(ctx context.Context, tx *Tx, entries []Entry) error
	// Wake is told which realm was written to, after the commit.
	Wake func(Realm)
	// Away dresses an error that Unavailable knows, so that the kit shows a page
	// „try again later“. nil = such errors are returned as they are.
	Away func(cause error) error
}

const (
	defaultPool      = 20
	defaultStatement = 10 * time.Second
	lockTimeout      = 3 * time.Second
	idleTimeout      = 30 * time.Second
	// connLifetime: only ending a backend gives back the memory in which it
	// remembers every table of every town it has served.
	connLifetime = 5 * time.Minute
	// commitTimeout bounds a COMMIT whose client may be gone already.
	commitTimeout = 10 * time.Second
)

// DB is the door, for the work of one class.
type DB struct {
	*pool
	class Class
}

type pool struct {
	sql     *sqlx.DB
	config  pq.Config
	options Options
	// owner is the role of an operator's door, which stays itself in every realm.
	owner   string
	total   chan struct{}
	classes [classes]chan struct{}
	fenced  atomic.Pointer[map[string]bool]
	gone    atomic.Bool
}

// Open opens the door of the service. It refuses a URL without sslmode, and
// makes one connection so that a wrong address or password is known at once;
// Unavailable(err) then tells a database that is only away.
func Open(ctx context.Context, o Options) (*DB, error) {
	db, err := newDB(o)
	if err != nil {
		return nil, err
	}
	if err := db.bare(ctx, func(*sqlx.Tx) error { return nil }); err != nil {
		return nil, errors.Join(fmt.Errorf("pg: open the database: %w", err), db.Close())
	}
	return db, nil
}

func newDB(o Options) (*DB, error) {
	if o.Clock == nil {
		return nil, errors.New("pg: Options.Clock is required")
	}
	if o.Pool == 0 {
		o.Pool = defaultPool
	}
	if o.StatementTimeout == 0 {
		o.StatementTimeout = defaultStatement
	}
	c, err := newConnector(o.URL, o.StatementTimeout)
	if err != nil {
		return nil, err
	}
	plain := sql.OpenDB(c)
	plain.SetMaxOpenConns(o.Pool)
	plain.SetMaxIdleConns(o.Pool)
	plain.SetConnMaxLifetime(connLifetime)
	p := &pool{sql: sqlx.NewDb(plain, "postgres"), config: c.config, options: o, total: make(chan struct{}, o.Pool)}
	for c, share := range shares(o.Pool) {
		p.classes[c] = make(chan struct{}, share)
	}
	return &DB{pool: p}, nil
}

// Close ends all connections.
func (db *DB) Close() error { return db.sql.Close() }

// Read runs fn in a REPEATABLE READ READ ONLY transaction of the realm.
func (db *DB) Read(ctx context.Context, r Realm, fn func(*Tx) error) error {
	return db.away(db.enter(ctx, r, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn))
}

// Write runs fn in a READ COMMITTED transaction of the realm and commits it
// together with its audit entries. ErrUnknown when the connection was lost
// during the commit; any other error means that nothing was written.
func (db *DB) Write(ctx context.Context, r Realm, fn func(*Tx) error) error {
	err := db.enter(ctx, r, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return db.seal(ctx, tx)
	})
	if err == nil && db.options.Wake != nil {
		db.options.Wake(r)
	}
	return db.away(err)
}

func (db *DB) seal(ctx context.Context, tx *Tx) error {
	entries := tx.entries
	if len(entries) == 0 {
		return nil
	}
	if db.options.Seal == nil {
		return errors.New("pg: audit entries were recorded and Options.Seal is not set")
	}
	tx.entries = nil
	return db.options.Seal(ctx, tx, entries)
}

// Presume tells the door whether somebody who keeps asking (as a job) finds the
// database gone or hanging. While it is, every other class is refused with ErrGone
// at once: nobody waits for what is known not to come.
func (db *DB) Presume(gone bool) { db.gone.Store(gone) }

func (db *DB) away(err error) error {
	if db.options.Away != nil && Unavailable(err) {
		return db.options.Away(err)
	}
	return err
}

// enter admits the caller, opens the transaction as the realm, runs fn and
// commits. A panic (or runtime.Goexit) in fn rolls back on its way up.
func (db *DB) enter(ctx context.Context, r Realm, mode *sql.TxOptions, fn func(*Tx) error) error {
	if _, err := realmNamed(r.name); err != nil {
		return fmt.Errorf("pg: %w", err)
	}
	if db.isFenced(r) {
		return fmt.Errorf("%s: %w", r, ErrFenced)
	}
	if db.class != Jobs && db.gone.Load() {
		return ErrGone
	}
	leaveLane, err := takeLane(ctx)
	if err != nil {
		return err
	}
	defer leaveLane()
	leave, err := db.admit(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return db.transact(ctx, db.openingOf(r), mode, func(tx *sqlx.Tx) error {
		return fn(&Tx{Now: db.options.Clock().UTC().Truncate(time.Microsecond), Realm: r, tx: tx})
	})
}

// transact follows the client's context up to the commit and not beyond: who
// closes the browser while COMMIT is under way must not make its outcome
// unknown. (COMMIT takes no context; conn.Commit has a limit of its own.)
func (db *DB) transact(ctx context.Context, o opening, mode *sql.TxOptions, fn func(*sqlx.Tx) error) error {
	tx, err := db.sql.BeginTxx(o.in(ctx), mode)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	open := true
	defer func() {
		if open {
			_ = tx.Rollback() // a connection that cannot roll back is thrown away
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	open = false
	err = tx.Commit()
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err() // the client left before, and the driver has rolled back
	}
	return err
}
