package pg

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3/database"
)

// takeRights takes from everybody what would lead from one town to another:
// temporary tables, which outlive a COMMIT on a pooled connection and shadow the
// next town's table; schema public; and, where a superuser runs the set-up, the
// functions by which one SELECT could change the search path and look elsewhere.
func (a *Admin) takeRights(d ddl) error {
	mayOwn, err := d.is(`SELECT $1 OR pg_has_role(datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()`, a.server.Super)
	if err != nil {
		return err
	}
	if mayOwn {
		if err := d.do("REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC", a.server.Database); err != nil {
			return err
		}
		if err := d.unless(`SELECT NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)`, []any{"public"}, "REVOKE ALL ON SCHEMA public FROM PUBLIC"); err != nil {
			return err
		}
	}
	if !a.server.Super {
		return nil // Check then says „hardening missing“
	}
	for _, function := range escapes() {
		if err := d.exec("REVOKE EXECUTE ON FUNCTION pg_catalog." + function + " FROM PUBLIC"); err != nil {
			return err
		}
	}
	if err := closeSharedThings(d); err != nil {
		return err
	}
	// A restore calls the first, and migrations take their turn by the others; the
	// owner sees every town anyway.
	for _, function := range []string{"set_config(text, text, boolean)", "pg_advisory_lock(integer, integer)", "pg_advisory_xact_lock(integer, integer)"} {
		if err := d.do("GRANT EXECUTE ON FUNCTION pg_catalog."+function+" TO %s", a.server.Owner); err != nil {
			return err
		}
	}
	return nil
}

// sharedThings are functions on what all roles of a database have in common:
// large objects, by which one town could leave something for another or fill the
// disk, and advisory locks, by which it could hold up a migration. Nothing of ours
// that runs in a town needs them.
const sharedThings = `pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(pg_(try_)?advisory_|lo_|loread$|lowrite$)'`

// closeSharedThings takes them from everybody, as the catalogue lists them: their
// number differs between versions of PostgreSQL.
func closeSharedThings(d ddl) error {
	var functions pq.StringArray
	err := d.tx.QueryRowContext(d.ctx, `SELECT coalesce(array_agg('pg_catalog.' || proname || '(' || pg_get_function_identity_arguments(oid) || ')' ORDER BY oid), '{}')
		FROM pg_proc WHERE `+sharedThings+` AND has_function_privilege('public', oid, 'EXECUTE')`).Scan(&functions)
	if err != nil {
		return fmt.Errorf("find the functions of large objects and advisory locks: %w", err)
	}
	for _, function := range functions {
		if err := d.exec("REVOKE EXECUTE ON FUNCTION " + function + " FROM PUBLIC"); err != nil {
			return err
		}
	}
	return nil
}

// escapes are the functions that change a setting or run a query given as text.
func escapes() []string {
	return []string{
		"set_config(text, text, boolean)",
		"query_to_xml(text, boolean, boolean, text)",
		"query_to_xmlschema(text, boolean, boolean, text)",
		"query_to_xml_and_xmlschema(text, boolean, boolean, text)",
		"ts_stat(text)",
		"ts_stat(text, text)",
	}
}

// restriction is what a realm's role may do with one table, where that is less
// than everything. A migration says it by the table's comment:
//
//	COMMENT ON TABLE audit_entries IS 'rights: SELECT, INSERT';
//
// A file cannot name the role of the schema it happens to run in; and the
// catalogue keeps the comment, so that Breaches can compare.
type restriction struct{ table, rights string }

var rightsComment = regexp.MustCompile(`(?im)^\s*COMMENT\s+ON\s+TABLE\s+([a-z_0-9]+)\s+IS\s+'rights:\s*([^']*)'`)

// restrictions reads them from a file; it refuses a right that is none.
func restrictions(file string) ([]restriction, error) {
	var all []restriction
	for _, m := range rightsComment.FindAllStringSubmatch(file, -1) {
		for right := range strings.SplitSeq(m[2], ", ") {
			switch right {
			case "SELECT", "INSERT", "UPDATE", "DELETE":
			default:
				return nil, fmt.Errorf("rights of %s: %q is not SELECT, INSERT, UPDATE or DELETE", m[1], right)
			}
		}
		all = append(all, restriction{table: m[1], rights: m[2]})
	}
	return all, nil
}

// impose gives the realm's role exactly these rights, in the transaction of the
// file that names them.
func (r restriction) impose(ctx context.Context, tx database.DBTxConn, realm string) error {
	table, role := quote(realm)+"."+quote(r.table), quote(realm)
	for _, order := range []string{
		"REVOKE ALL ON " + table + " FROM " + role,
		"GRANT " + r.rights + " ON " + table + " TO " + role,
	} {
		if _, err := tx.ExecContext(ctx, order); err != nil {
			return fmt.Errorf("%s: %w", order, err)
		}
	}
	return nil
}
