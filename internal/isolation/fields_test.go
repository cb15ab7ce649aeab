package isolation

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestNobodyWritesMoreThanTheFormAsks sends every form twice from the same
// beginning: as it is, and with a value for every column of every table besides.
// The database is the same both times.
func TestNobodyWritesMoreThanTheFormAsks(t *testing.T) {
	w := open(t)
	forms, extras := 0, 0
	for _, r := range w.routes(t) {
		if r.Method != "POST" {
			continue
		}
		schema := w.towns[r.slug()].Realm
		q := w.deed(t, r)
		w.restore(t, schema) // looking for the form may have left a record
		plainly := w.ask(q)
		want := w.dump(t, schema)
		w.restore(t, schema)
		more := q
		more.Form = maps.Clone(q.Form)
		for name, value := range w.extra(t, schema) {
			if !w.names[r.key()][name] && !more.Form.Has(name) && !slices.Contains(undrawn()[r.Route], name) {
				more.Form.Set(name, value)
				extras++
			}
		}
		got := w.ask(more)
		if have := w.dump(t, schema); plainly.Status != got.Status || !maps.Equal(want, have) {
			t.Errorf("%s: answered %d, with more fields %d; what differs: %s", r.key(), plainly.Status, got.Status, differing(want, have))
		}
		w.restore(t, schema)
		forms++
	}
	if forms == 0 || extras < 1000 {
		t.Fatalf("%d forms, %d fields", forms, extras)
	}
	t.Logf("mass assignment: %d forms with %d fields that they do not have: no difference", forms, extras)
}

// spoken are names that mean something on every page, or to the kit: they are not
// extra anywhere.
func spoken() []string {
	return []string{"nonce", "as", "drop", "next", "number", "code", "token", "id"}
}

// undrawn are fields that a form has elsewhere: A has no departments to choose
// from, and nobody there is asked for a danger.
func undrawn() map[string][]string {
	return map[string][]string{
		"POST /submit/:kind": {"danger"}, "POST /admin/register": {"department"}, "POST /admin/register/dates": {"department"},
		"POST /admin/cases/:number/assign": {"department"},
	}
}

// extra is a field for every column of every table of a schema, and for what such
// columns are called elsewhere.
func (w *world) extra(t *testing.T, schema string) map[string]string {
	t.Helper()
	rows, err := w.raw.Query(`SELECT DISTINCT column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema IN ($1, 'platform')`, schema)
	must(t, err)
	all := map[string]string{}
	for _, c := range column(t, rows) {
		name, kind, _ := strings.Cut(c, " ")
		all[name] = map[string]string{
			"bigint": "1", "integer": "1", "smallint": "1", "boolean": "true", "date": "2001-01-01", "jsonb": `["administrator"]`,
		}[kind]
		if all[name] == "" {
			all[name] = "mass"
		}
	}
	for name, value := range map[string]string{
		"tenant_id": "2", "tenant": slugB, "role": "administrator", "roles": "administrator", "status": "closed", "state": "closed", "deadline": "2001-01-01",
		"created_at": "2001-01-01", "assignee": strconv.FormatInt(w.a().Users["colleague"].ID, 10), "sample": "true", "anonymous": "true", "admin": "true",
		"kind": "praise", "channel": "phone", "received_on": "2001-01-01", "user": "1", "realm": "t_" + slugB, "permission": "users.manage", "own_due": "2030-01-01",
	} {
		all[name] = value
	}
	for _, name := range spoken() {
		delete(all, name)
	}
	return all
}

// dump is every row of a schema, but for what is random or a hash of it.
func (w *world) dump(t *testing.T, schema string) map[string]string {
	t.Helper()
	rows, err := w.raw.Query(`SELECT table_name || ' ' || string_agg(quote_literal(column_name), ',') FILTER (WHERE data_type = 'bytea'
			OR column_name IN ('message_id', 'receipt', 'link') OR table_name = 'users' AND column_name = 'actor' OR table_name = 'user_secrets' AND column_name = 'password'
			OR table_name = 'audit_details' AND column_name = 'detail')
		FROM information_schema.columns WHERE table_schema = $1 GROUP BY table_name
		HAVING count(*) FILTER (WHERE data_type = 'bytea' OR column_name IN ('message_id', 'receipt', 'link')) > 0`, schema)
	must(t, err)
	masked := map[string]string{}
	for _, line := range column(t, rows) {
		table, columns, _ := strings.Cut(line, " ")
		masked[table] = columns
	}
	masked["users"] = "'actor'"
	var all []string
	for _, table := range w.tables(t, schema) {
		if slices.Contains(counted(), table) {
			continue
		}
		columns := masked[table]
		if columns == "" {
			columns = "''"
		}
		all = append(all, `SELECT '`+table+`', coalesce(string_agg(x, E'\n' ORDER BY x), '') FROM (SELECT (to_jsonb(t) - ARRAY[`+columns+`])::text x FROM `+schema+`.`+table+` t) s`)
	}
	return w.pairs(t, strings.Join(all, " UNION ALL "))
}

// differing shows the rows that only one of two dumps has.
func differing(a, b map[string]string) string {
	var all []string
	for _, table := range slices.Sorted(maps.Keys(a)) {
		if a[table] == b[table] {
			continue
		}
		have := strings.Split(a[table], "\n")
		for _, row := range strings.Split(b[table], "\n") {
			if !slices.Contains(have, row) {
				all = append(all, fmt.Sprintf("%s: %.300s", table, row))
			}
		}
	}
	return strings.Join(all, "\n")
}
