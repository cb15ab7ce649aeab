package pg

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"
)

// Breach is a hole in the wall between the towns, as the catalogue shows it.
type Breach struct {
	Role string `db:"role"`
	What string `db:"what"`
	Of   string `db:"target"`
}

func (b Breach) String() string { return b.Role + " " + b.What + " " + b.Of }

// Breaches looks at every pair of a realm's role and a realm's schema, in one
// query, and at what else could lead across. It also tells how many pairs it
// looked at.
func (db *DB) Breaches(ctx context.Context) (found []Breach, pairs int, err error) {
	err = db.bare(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &pairs, pairsQuery); err != nil {
			return err
		}
		return tx.SelectContext(ctx, &found, breachesQuery)
	})
	return found, pairs, err
}

const pairsQuery = `SELECT count(*) FROM pg_roles r, pg_namespace n
	WHERE (r.rolname = 'portal' OR r.rolname LIKE 't\_%') AND (n.nspname = 'portal' OR n.nspname LIKE 't\_%')`

// A role is judged by what it has and by what it could take (SET ROLE): membership
// counts whether it inherits or not.
const breachesQuery = `
	WITH realms AS (
		SELECT n.oid AS schema, n.nspname AS name, n.nspowner, r.oid AS role
		FROM pg_namespace n LEFT JOIN pg_roles r ON r.rolname = n.nspname
		WHERE n.nspname = 'portal' OR n.nspname LIKE 't\_%'
	), roles AS (
		SELECT r.* FROM pg_roles r WHERE r.rolname = 'portal' OR r.rolname LIKE 't\_%' OR r.rolname = 'charter_tenant'
	)
	SELECT r.rolname AS role, 'may enter' AS what, s.name AS target FROM roles r, realms s
	WHERE r.rolname <> s.name AND has_schema_privilege(r.oid, s.schema, 'USAGE')
	UNION ALL
	SELECT r.rolname, 'may create in', n.nspname FROM roles r, pg_namespace n
	WHERE n.nspname !~ '^pg_(toast_)?temp_' AND has_schema_privilege(r.oid, n.oid, 'CREATE')
	UNION ALL
	SELECT r.rolname, 'may become', g.rolname FROM roles r JOIN pg_auth_members m ON m.member = r.oid
	JOIN pg_roles g ON g.oid = m.roleid WHERE NOT (r.rolname LIKE 't\_%' AND g.rolname = 'charter_tenant')
	UNION ALL
	SELECT r.rolname, 'owns', c.relname FROM roles r JOIN pg_class c ON c.relowner = r.oid
	UNION ALL
	SELECT r.rolname, 'owns schema', n.nspname FROM roles r JOIN pg_namespace n ON n.nspowner = r.oid
	UNION ALL
	SELECT r.rolname, 'is more than a town''s role', '' FROM roles r
	WHERE r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
	UNION ALL
	SELECT r.rolname, 'may make temporary tables in', d.datname FROM roles r, pg_database d
	WHERE d.datname = current_database() AND has_database_privilege(r.oid, d.oid, 'TEMP')
	UNION ALL
	SELECT 'anybody', 'may enter', s.name FROM realms s WHERE has_schema_privilege('public', s.schema, 'USAGE')
	UNION ALL
	SELECT 'anybody', 'may read in public', c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege('public', c.oid, 'SELECT')
		AND has_schema_privilege('public', n.oid, 'USAGE')
	UNION ALL
	SELECT 'anybody', 'runs as its owner', p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
	WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
		AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=%')
	UNION ALL
	SELECT r.rolname, 'may change the append-only table', n.nspname || '.' || c.relname FROM roles r
	JOIN pg_namespace n ON n.nspname = r.rolname JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
	JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0 AND d.description LIKE 'rights: %'
	WHERE (has_table_privilege(r.oid, c.oid, 'UPDATE') AND d.description NOT LIKE '%UPDATE%')
		OR (has_table_privilege(r.oid, c.oid, 'DELETE') AND d.description NOT LIKE '%DELETE%')
		OR (has_table_privilege(r.oid, c.oid, 'INSERT') AND d.description NOT LIKE '%INSERT%')
	ORDER BY 1, 2, 3`

// checkWalls is Breaches as a finding.
func (db *DB) checkWalls(ctx context.Context) Finding {
	found, pairs, err := db.Breaches(ctx)
	if err != nil {
		return Finding{"walls", Warn, "The walls between the towns could not be looked at: " + err.Error(), ""}
	}
	if len(found) == 0 {
		return Finding{"walls", OK, fmt.Sprintf("No town reaches another: %d pairs looked at.", pairs), ""}
	}
	first := make([]string, 0, 3)
	for _, b := range found[:min(3, len(found))] {
		first = append(first, b.String())
	}
	return Finding{"walls", Fail, fmt.Sprintf("%d holes between the towns: %s.", len(found), strings.Join(first, "; ")),
		"Revoke these rights, then run „charter doctor“ again."}
}
