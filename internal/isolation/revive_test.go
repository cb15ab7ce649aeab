package isolation

import (
	"database/sql"
	"net/http"
	"strings"
	"testing"
)

// save keeps every row of A and of the portal beside them.
func save(raw *sql.DB) error {
	for _, schema := range []string{"t_" + slugA, "portal"} {
		rows, err := raw.Query(`SELECT table_name FROM information_schema.tables WHERE table_schema = $1`, schema)
		if err != nil {
			return err
		}
		var tables []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			tables = append(tables, name)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for _, table := range tables {
			if _, err := raw.Exec(`CREATE TABLE seeded.` + schema + `_` + table + ` AS TABLE ` + schema + `.` + table); err != nil {
				return err
			}
		}
	}
	_, err := raw.Exec(`CREATE TABLE seeded.sequences AS SELECT schemaname, sequencename, last_value FROM pg_sequences`)
	return err
}

// revive puts everything back after a form that was not refused, and forgets how
// often somebody has tried to sign in.
func (w *world) revive(t testing.TB, r route, got reply) {
	t.Helper()
	if r.Method != http.MethodPost {
		return
	}
	if got.Status < 400 || got.Status == http.StatusConflict {
		w.restore(t, w.towns[r.slug()].Realm)
		return
	}
	_, err := w.raw.Exec(`DELETE FROM ` + w.towns[r.slug()].Realm + `.log_in_attempts`)
	must(t, err)
}

// restore makes all rows of a realm what they were when it was seeded, past all
// references between tables.
func (w *world) restore(t testing.TB, schema string) {
	t.Helper()
	if w.seeded == nil {
		w.seeded = map[string]map[string]string{}
	}
	if w.seeded[schema] == nil {
		var sums []string
		for _, table := range w.tables(t, schema) {
			sums = append(sums, `SELECT '`+table+`', coalesce(md5(string_agg(x, ',' ORDER BY x)), '') FROM (SELECT t::text x FROM seeded.`+schema+`_`+table+` t) s`)
		}
		w.seeded[schema] = w.pairs(t, strings.Join(sums, " UNION ALL "))
	}
	var b strings.Builder
	b.WriteString("BEGIN; SET LOCAL session_replication_role = replica; ")
	for table, sum := range w.fingerprint(t, schema) {
		if name := schema + "." + table; sum != w.seeded[schema][table] {
			b.WriteString("DELETE FROM " + name + "; INSERT INTO " + name + " OVERRIDING SYSTEM VALUE SELECT * FROM seeded." + schema + "_" + table + "; ")
		}
	}
	rows, err := w.raw.Query(`SELECT format('SELECT setval(%L, %s, %L); ', schemaname || '.' || sequencename, coalesce(last_value, 1), last_value IS NOT NULL)
		FROM seeded.sequences WHERE schemaname = $1`, schema)
	must(t, err)
	b.WriteString(strings.Join(column(t, rows), "") + "COMMIT")
	_, err = w.raw.Exec(b.String())
	must(t, err)
}
