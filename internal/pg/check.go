package pg

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Level says how bad a finding is.
type Level string

// OK is as it should be; Warn lets the service start; Fail does not in production.
const (
	OK   Level = "ok"
	Warn Level = "warn"
	Fail Level = "fail"
)

// Finding is the answer to one question about the database. Code is stable, for
// machines; Text says what is, Do what to do about it, both in English for the
// operator.
type Finding struct {
	Code  string `json:"code"`
	Level Level  `json:"level"`
	Text  string `json:"text"`
	Do    string `json:"do,omitempty"`
}

// Findings is what Check found, in the order of its questions.
type Findings []Finding

// Worst is the worst level among them.
func (all Findings) Worst() Level {
	worst := OK
	for _, f := range all {
		if f.Level == Fail || f.Level == Warn && worst == OK {
			worst = f.Level
		}
	}
	return worst
}

// CheckOptions: Sets are the migrations that should be applied. Deep asks also
// what takes longer than a start may: every role against every schema.
type CheckOptions struct {
	Sets Sets
	Deep bool
}

// Check asks all that a start, and the operator's doctor, must know of the
// database, with the service's credential. It goes on where one question cannot
// be asked, and stops where there is no database or nothing in it.
func (db *DB) Check(ctx context.Context, o CheckOptions) Findings {
	var all Findings
	server, err := db.checkServer(ctx)
	all = append(all, server...)
	if err != nil {
		return append(all, Finding{"connection", Fail, "The database cannot be reached: " + err.Error(),
			"Check CHARTER_DATABASE_URL and that PostgreSQL runs."})
	}
	all = append(all, db.checkEncryption())
	all = append(all, db.checkTime(ctx)...)
	setUp := db.checkSetUp(ctx)
	all = append(all, setUp)
	if setUp.Level == Fail {
		return all
	}
	all = append(all, db.CheckMigrations(ctx, o.Sets))
	if o.Deep {
		all = append(all, db.checkWalls(ctx))
	}
	return all
}

// question is one row of truth about the credential and the server.
type question struct {
	code  string
	q     literal // one boolean: is it as it should be?
	level Level
	good  string
	bad   string
	do    string
}

func questions() []question {
	return []question{
		{"version", `SELECT current_setting('server_version_num')::int >= 150000`, Fail,
			"The server is PostgreSQL 15 or later.", "The server is older than PostgreSQL 15.", "Upgrade PostgreSQL."},
		{"superuser", `SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = session_user`, Fail,
			"The service is no superuser.", "The service logs in as a superuser: nothing separates the towns.",
			"Give CHARTER_DATABASE_URL a user of its own and run „charter setup“."},
		{"createrole", `SELECT NOT (rolcreaterole OR rolcreatedb OR rolreplication) FROM pg_roles WHERE rolname = session_user`, Fail,
			"The service makes no roles or databases.", "The service may make roles or databases.", "Run „charter setup“."},
		{"noinherit", `SELECT NOT rolinherit FROM pg_roles WHERE rolname = session_user`, Fail,
			"The service inherits no town's rights.", "The service has the rights of all towns at once (INHERIT).", "Run „charter setup“."},
		{"ownrights", `SELECT NOT EXISTS (SELECT FROM pg_namespace n WHERE (n.nspname IN ('platform', 'portal') OR n.nspname LIKE 't\_%')
				AND has_schema_privilege(session_user, n.oid, 'USAGE'))
			AND NOT EXISTS (SELECT FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = session_user))`, Fail,
			"The service has no rights of its own.", "The service itself may enter a schema, or owns a table.",
			"Revoke what was granted to it, or to PUBLIC, by hand."},
		{"temp", `SELECT NOT has_database_privilege(session_user, current_database(), 'TEMP')`, Fail,
			"Nobody can shadow a table by a temporary one.", "Temporary tables are allowed: one could shadow a table of the next town.",
			"As owner of the database: REVOKE TEMPORARY ON DATABASE … FROM PUBLIC, or run „charter setup“ as a superuser."},
		{"public", `SELECT coalesce((SELECT NOT has_schema_privilege('public', n.oid, 'CREATE')
				AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
					AND has_schema_privilege('public', n.oid, 'USAGE') AND has_table_privilege('public', c.oid, 'SELECT'))
			FROM pg_namespace n WHERE n.nspname = 'public'), true)`, Warn,
			"Schema public holds nothing anybody could read.", "Schema public is open: anybody may create or read in it.",
			"REVOKE ALL ON SCHEMA public FROM PUBLIC."},
		{"hardening", `SELECT NOT has_function_privilege('public', 'pg_catalog.set_config(text,text,boolean)', 'EXECUTE')
			AND NOT has_function_privilege('public', 'pg_catalog.query_to_xml(text,boolean,boolean,text)', 'EXECUTE')`, Warn,
			"set_config and query_to_xml are closed.", "Hardening missing: set_config and query_to_xml are open to everybody, so an injected SELECT could leave its town.",
			"Run „charter setup“ once with a superuser as CHARTER_ADMIN_DATABASE_URL."},
		{"shared", `SELECT NOT EXISTS (SELECT FROM pg_proc WHERE ` + sharedThings + ` AND has_function_privilege('public', oid, 'EXECUTE'))`, Warn,
			"Large objects and advisory locks are closed.", "Hardening missing: large objects and advisory locks are open to everybody, so an injected SELECT could fill the disk or hold up a migration.",
			"Run „charter setup“ once with a superuser as CHARTER_ADMIN_DATABASE_URL."},
		{"membership", `SELECT NOT EXISTS (SELECT FROM pg_namespace n JOIN pg_roles r ON r.rolname = n.nspname
			WHERE (n.nspname = 'portal' OR n.nspname LIKE 't\_%') AND NOT pg_has_role(session_user, r.oid, 'MEMBER'))`, Warn,
			"The service may open every town.", "There are towns that the service may not open.", "Run „charter setup“ again."},
	}
}

// checkServer asks the questions about the credential; the error is about the
// connection.
func (db *DB) checkServer(ctx context.Context) (all Findings, err error) {
	for _, q := range questions() {
		f := Finding{q.code, OK, q.good, ""}
		err := db.bare(ctx, func(tx *sqlx.Tx) error {
			var good bool
			if err := tx.GetContext(ctx, &good, string(q.q)); err != nil {
				return err
			}
			if !good {
				f = Finding{q.code, q.level, q.bad, q.do}
			}
			return nil
		})
		if _, answered := errors.AsType[*pq.Error](err); answered {
			f = Finding{q.code, Warn, "This could not be found out: " + err.Error(), ""}
		} else if err != nil {
			return all, err
		}
		all = append(all, f)
	}
	return all, nil
}

// checkEncryption looks at sslmode: only verify-full knows whom it talks to.
func (db *DB) checkEncryption() Finding {
	c := db.config
	mode := string(c.SSLMode)
	switch {
	case mode == "verify-full":
		return Finding{"sslmode", OK, "The connection is encrypted and the server verified.", ""}
	case c.Host == "localhost" || c.Host == "127.0.0.1" || c.Host == "::1" || len(c.Host) > 0 && c.Host[0] == '/':
		return Finding{"sslmode", OK, "The server is on this machine.", ""}
	}
	return Finding{"sslmode", Warn, fmt.Sprintf("sslmode=%s: nobody checks that %s is our server.", mode, c.Host),
		"Use sslmode=verify-full with sslrootcert."}
}

func (db *DB) checkSetUp(ctx context.Context) Finding {
	err := db.Read(ctx, Portal(), func(*Tx) error { return nil })
	if err != nil {
		return Finding{"setup", Fail, "The database is not set up: " + err.Error(), "Run „charter setup“, then „charter migrate“."}
	}
	return Finding{"setup", OK, "The database is set up.", ""}
}

// CheckMigrations is that one question of Check, for a readiness probe.
func (db *DB) CheckMigrations(ctx context.Context, s Sets) Finding {
	sets, err := s.read()
	if err != nil {
		return Finding{"migrations", Fail, err.Error(), ""}
	}
	found, err := findSchemas(ctx, db, sets)
	if err != nil {
		return Finding{"migrations", Fail, "What is applied could not be read: " + err.Error(), "Run „charter setup“, then „charter migrate“."}
	}
	stale, fenced := 0, 0
	for _, s := range found {
		if s.Stale() {
			stale++
		}
		if !s.Fenced.IsZero() {
			fenced++
		}
	}
	switch {
	case found.platformStale():
		return Finding{"migrations", Fail, "The tables of the platform are missing or old.", "Run „charter migrate“."}
	case fenced > 0:
		return Finding{"migrations", Warn, fmt.Sprintf("%d schemas are fenced: their last migration failed.", fenced), "Run „charter migrate --status“."}
	case stale > 0:
		return Finding{"migrations", Warn, fmt.Sprintf("%d of %d schemas wait for a migration.", stale, len(found)), "Run „charter migrate“."}
	}
	return Finding{"migrations", OK, fmt.Sprintf("All %d schemas are up to date.", len(found)), ""}
}
