package pg

import (
	"context"
	"fmt"
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

// grantedRights reads the rights that a table's comment names, as in
//
//	COMMENT ON TABLE audit_entries IS 'rights: SELECT, INSERT';
//
// A migration file cannot name the role of the schema it happens to run in, and
// the catalogue keeps the comment, so that Check can compare.
func grantedRights(comment string) (rights []string, ok bool, err error) {
	list, ok := strings.CutPrefix(comment, "rights: ")
	if !ok {
		return nil, false, nil
	}
	for right := range strings.SplitSeq(list, ", ") {
		switch right {
		case "SELECT", "INSERT", "UPDATE", "DELETE":
			rights = append(rights, right)
		default:
			return nil, false, fmt.Errorf("comment %q: a right is SELECT, INSERT, UPDATE or DELETE", comment)
		}
	}
	return rights, true, nil
}

// restrict gives the realm's role on each table with such a comment exactly the
// rights it names, in the transaction of the file that made the table.
func restrict(ctx context.Context, tx database.DBTxConn, realm string) error {
	rows, err := tx.QueryContext(ctx, `SELECT c.relname, d.description FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
		WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND d.description LIKE 'rights:%' ORDER BY c.relname`, realm)
	if err != nil {
		return err
	}
	defer rows.Close()
	var orders []string
	for rows.Next() {
		var table, comment string
		if err := rows.Scan(&table, &comment); err != nil {
			return err
		}
		rights, _, err := grantedRights(comment)
		if err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
		on := " ON " + quote(realm) + "." + quote(table)
		orders = append(orders, "REVOKE ALL"+on+" FROM "+quote(realm), "GRANT "+strings.Join(rights, ", ")+on+" TO "+quote(realm))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, order := range orders {
		if _, err := tx.ExecContext(ctx, order); err != nil {
			return fmt.Errorf("%s: %w", order, err)
		}
	}
	return nil
}
