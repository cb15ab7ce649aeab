package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Admin is the operator's side of the database: it sets up, makes towns and
// migrates. Its door opens every realm with the rights of the owner, who may do
// what a town's own role may not, as entering a town into the registry.
type Admin struct {
	*DB
	// workshop are connections without the door, for statements that make roles,
	// schemas and tables. What a session is given it gives back (see locker).
	workshop *sql.DB
	server   server
}

// server is what the operator's credential meets on the server.
type server struct {
	User        string `db:"usr"`
	Super       bool   `db:"super"`
	Database    string `db:"database"`
	Version     int    `db:"version"`
	Owner       string `db:"owner"` // who owns, or will own, all our tables
	OwnerExists bool   `db:"owner_exists"`
	MayBeOwner  bool   `db:"may_be_owner"`
	IsSetUp     bool   `db:"is_set_up"`
}

// ownerName is the role that owns everything where the credential is a superuser
// and so is the owner of the database.
const ownerName = "charter_owner"

// OpenAdmin opens the database with CHARTER_ADMIN_DATABASE_URL. o is as for Open;
// its pool may be small.
func OpenAdmin(ctx context.Context, o Options) (*Admin, error) {
	db, err := newDB(o)
	if err != nil {
		return nil, err
	}
	plain, err := pq.NewConnectorConfig(db.config)
	if err != nil {
		return nil, err
	}
	a := &Admin{DB: db, workshop: sql.OpenDB(plain)}
	a.workshop.SetMaxIdleConns(defaultWorkers)
	a.workshop.SetConnMaxIdleTime(slack)
	a.workshop.SetConnMaxLifetime(time.Minute)
	if err := a.look(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("pg: open the database as operator: %w", err), a.Close())
	}
	return a, nil
}

// look learns who we are. The owner of our schemas is whoever owns schema
// platform; before that exists, the credential itself, or for a superuser the
// owner of the database, so that nothing of ours belongs to a superuser.
func (a *Admin) look(ctx context.Context) error {
	return a.bare(ctx, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &a.server, `
			WITH me AS (
				SELECT u.rolname AS usr, u.rolsuper AS super, d.datname AS database, o.rolname AS dba, o.rolsuper AS dba_super,
					(SELECT r.rolname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = 'platform') AS platform
				FROM pg_roles u, pg_database d JOIN pg_roles o ON o.oid = d.datdba
				WHERE u.rolname = session_user AND d.datname = current_database()
			), chosen AS (
				SELECT *, CASE WHEN platform IS NOT NULL THEN platform WHEN NOT super THEN usr
					WHEN NOT dba_super THEN dba ELSE $1 END AS owner FROM me
			)
			SELECT usr, super, database, current_setting('server_version_num')::int AS version, owner,
				r.oid IS NOT NULL AS owner_exists, platform IS NOT NULL AS is_set_up,
				super OR coalesce(pg_has_role(usr, r.oid, 'MEMBER'), false) AS may_be_owner
			FROM chosen LEFT JOIN pg_roles r ON r.rolname = owner`, ownerName)
		if err != nil {
			return fmt.Errorf("look at the server: %w", err)
		}
		a.owner = a.server.Owner
		return nil
	})
}

// Close ends all connections.
func (a *Admin) Close() error { return errors.Join(a.workshop.Close(), a.DB.Close()) }

// change runs fn in a transaction of the credential itself. Roles belong to the
// whole server, so two databases may make the same one at once; whoever loses
// that race begins again and finds it made.
func (a *Admin) change(ctx context.Context, fn func(ddl) error) error {
	for attempt := 0; ; attempt++ {
		err := inTransaction(ctx, a.workshop, fn)
		if err == nil || attempt == 9 || !lostRace(err) {
			return err
		}
	}
}

func inTransaction(ctx context.Context, db *sql.DB, fn func(ddl) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit there is nothing to roll back
	if err := fn(ddl{ctx, tx}); err != nil {
		return err
	}
	return tx.Commit()
}

// lostRace knows the two ways in which PostgreSQL says that another session has
// just made the same role or membership.
func lostRace(err error) bool {
	e, ok := errors.AsType[*pq.Error](err)
	if !ok {
		return false
	}
	return e.Code == "23505" || e.Code == "42710" || e.Code == "XX000" && e.Message == "tuple concurrently updated"
}

// ddl runs statements that cannot take parameters. Every name in them has been
// validated and goes through quote.
type ddl struct {
	ctx context.Context
	tx  *sql.Tx
}

func (d ddl) do(format string, names ...any) error {
	for i, n := range names {
		names[i] = quote(n.(string))
	}
	return d.exec(fmt.Sprintf(format, names...))
}

func (d ddl) exec(q string) error {
	if _, err := d.tx.ExecContext(d.ctx, q); err != nil {
		return fmt.Errorf("%s: %w", q, err)
	}
	return nil
}

// is asks the catalogue a yes-or-no question.
func (d ddl) is(q literal, args ...any) (yes bool, err error) {
	if err = d.tx.QueryRowContext(d.ctx, string(q), args...).Scan(&yes); err != nil {
		return false, fmt.Errorf("%s: %w", q, err)
	}
	return yes, nil
}

// unless does the statement where the answer to the question is no.
func (d ddl) unless(q literal, args []any, format string, names ...any) error {
	yes, err := d.is(q, args...)
	if err != nil || yes {
		return err
	}
	return d.do(format, names...)
}
