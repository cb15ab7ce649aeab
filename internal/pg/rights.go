package pg

import (
	"context"
	"fmt"
	"regexp"
	"strings"

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
	// A restore calls it; the owner sees every town anyway.
	return d.do("GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO %s", a.server.Owner)
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
