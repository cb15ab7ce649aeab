package migrations_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"charterhouse/migrations"
)

// file is one migration as the rules see it: code without its comments.
type file struct {
	set, name, raw string
	statements     []string
}

// budget is how many tables a town may have: every backend remembers each table
// of each town it has served.
const budget = 60

func TestTheFilesKeepTheRules(t *testing.T) {
	tables := 0
	for _, s := range []struct {
		name  string
		files fs.FS
	}{{"platform", migrations.Platform()}, {"realm", migrations.Realm()}, {"tenant", migrations.Tenant()}} {
		names, err := fs.Glob(s.files, "*")
		if err != nil || len(names) == 0 {
			t.Fatalf("set %s: %d files, %v", s.name, len(names), err)
		}
		for i, name := range names {
			if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(name, want) || !strings.HasSuffix(name, ".sql") {
				t.Errorf("%s/%s: the name should be %s….sql: numbers have no gaps", s.name, name, want)
			}
			raw, err := fs.ReadFile(s.files, name)
			if err != nil {
				t.Fatal(err)
			}
			f := read(s.name, name, string(raw))
			for _, fault := range faults(f) {
				t.Errorf("%s/%s: %s", s.name, name, fault)
			}
			for _, statement := range f.statements {
				if s.name != "platform" && createTable.MatchString(statement) {
					tables++
				}
			}
		}
	}
	if tables > budget {
		t.Errorf("a town has %d tables; the budget is %d", tables, budget)
	}
	t.Logf("%d tables in each town", tables)
}

var (
	comment     = regexp.MustCompile(`(?m)--.*$`)
	block       = regexp.MustCompile(`(?s)-- \+goose StatementBegin(.*?)-- \+goose StatementEnd`)
	text        = regexp.MustCompile(`'(?:[^']|'')*'`)
	createTable = regexp.MustCompile(`(?i)^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_0-9.]+)`)
	createIndex = regexp.MustCompile(`(?i)^\s*CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_0-9]+)\s+ON\b`)
	constraint  = regexp.MustCompile(`(?i)\bCONSTRAINT\s+([a-z_0-9]+)\s+(?:PRIMARY\s+KEY|UNIQUE|CHECK|FOREIGN\s+KEY|EXCLUDE|REFERENCES)`)
	condition   = regexp.MustCompile(`(?i)(?:\b(?:PRIMARY\s+KEY|FOREIGN\s+KEY|EXCLUDE)\b|\bUNIQUE\s*[(,]|\bUNIQUE\s*$|\bCHECK\s*\()`)
	references  = regexp.MustCompile(`(?i)\bREFERENCES\s+([a-z_0-9.]+)`)
	identity    = regexp.MustCompile(`(?i)([a-z_0-9]+)\s+(?:NOT\s+NULL\s+)?GENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY`)
	shardLike   = regexp.MustCompile(`_[0-9]+$`)
	rightsLine  = regexp.MustCompile(`(?i)^\s*COMMENT\s+ON\s+TABLE\s+\S+\s+IS\s+'rights: (.*)'`)
)

// read cuts a file into statements as goose does: at semicolons, and blocks as a
// whole.
func read(set, name, raw string) file {
	f := file{set: set, name: name, raw: raw}
	rest := block.ReplaceAllStringFunc(raw, func(b string) string {
		f.statements = append(f.statements, comment.ReplaceAllString(b, ""))
		return ""
	})
	for s := range strings.SplitSeq(comment.ReplaceAllString(rest, ""), ";") {
		if strings.TrimSpace(s) != "" {
			f.statements = append(f.statements, s)
		}
	}
	return f
}

// never are words that no file may have outside a text, and why.
func never() map[string]string {
	return map[string]string{
		`\bTRIGGER\b`: "triggers do not run on Citus",
		`\bMERGE\b`:   "MERGE does not run on Citus: use ON CONFLICT",
		`\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(`: "time comes from tx.Now, as a parameter",
		`\b(?:CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)\b`:       "time comes from tx.Now, as a parameter",
		`\b(?:SMALL|BIG)?SERIAL\b`:          "write bigint GENERATED ALWAYS AS IDENTITY",
		`\bCONCURRENTLY\b`:                  "runs outside a transaction and cannot be resumed",
		`\bSECURITY\s+DEFINER\b`:            "runs with the owner's rights in every town",
		`\bTEMP(?:ORARY)?\b`:                "temporary tables shadow those of the next town",
		`\b(?:COMMIT|ROLLBACK|SAVEPOINT)\b`: "one file is one transaction, and goose ends it",
		`\bSET\s+(?:SESSION\s+|LOCAL\s+)?(?:ROLE|search_path|SESSION\s+AUTHORIZATION)\b`: "the migrator sets role and path",
		`\bpublic\.`:    "nothing lives in schema public",
		`\bSELECT\s+\*`: "columns are named: an older program may run on this schema",
	}
}

func faults(f file) []string {
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if !strings.HasPrefix(f.raw, "-- +goose Up\n") {
		say("begins with „-- +goose Up“")
	}
	for _, mark := range []string{"+goose Down", "+goose NO TRANSACTION", "+goose ENVSUB"} {
		if strings.Contains(strings.ToLower(f.raw), strings.ToLower(mark)) {
			say("%s: we only go forward, in transactions, with what stands here", mark)
		}
	}
	for _, s := range f.statements {
		code := text.ReplaceAllString(s, "''")
		for word, why := range never() {
			if found := regexp.MustCompile(`(?i)` + word).FindString(code); found != "" {
				say("%s: %s", found, why)
			}
		}
		all = append(all, structureFaults(f, code)...)
		all = append(all, nameFaults(code)...)
		if m := rightsLine.FindStringSubmatch(s); m != nil && regexp.MustCompile(`^(?:SELECT|INSERT|UPDATE|DELETE)(?:, (?:SELECT|INSERT|UPDATE|DELETE))*$`).FindString(m[1]) == "" {
			say("rights: %s: a right is SELECT, INSERT, UPDATE or DELETE, with a comma and a space between", m[1])
		}
	}
	return all
}

func structureFaults(f file, code string) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if m := createTable.FindStringSubmatch(code); m != nil {
		if !regexp.MustCompile(`(?m)^-- owner: [a-z]+\nCREATE TABLE (?:IF NOT EXISTS )?` + regexp.QuoteMeta(m[1]) + `\b`).MatchString(f.raw) {
			say("table %s has no line „-- owner: …“ right above it", m[1])
		}
		if !strings.Contains(strings.ToUpper(code), "PRIMARY KEY") {
			say("table %s has no primary key", m[1])
		}
		if f.set == "platform" != strings.HasPrefix(m[1], "platform.") {
			say("table %s: in set platform names are platform.…, elsewhere plain", m[1])
		}
	}
	for _, m := range identity.FindAllStringSubmatch(code, -1) {
		if !strings.EqualFold(m[1], "bigint") {
			say("an identity is bigint, not %s", m[1])
		}
		if !createTable.MatchString(code) {
			say("no identity is added to a table that exists")
		}
	}
	for _, m := range references.FindAllStringSubmatch(code, -1) {
		if strings.Contains(m[1], ".") && !strings.HasPrefix(m[1], "platform.") {
			say("a foreign key to %s: only within the schema or to platform", m[1])
		}
	}
	if head := strings.ToUpper(strings.TrimSpace(code)); strings.HasPrefix(head, "UPDATE") || strings.HasPrefix(head, "DELETE") {
		if strings.Contains(head, "RANDOM(") || strings.Contains(head, "GEN_RANDOM_UUID(") {
			say("UPDATE and DELETE are the same on every replica: no random()")
		}
	}
	return all
}

// nameFaults: Citus appends a shard number to names, and pg.Constraint takes it
// off again.
func nameFaults(code string) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	check := func(name string) {
		if len(name) > 40 {
			say("%s has %d bytes; 40 is the limit", name, len(name))
		}
		if shardLike.MatchString(name) {
			say("%s ends like the number of a shard", name)
		}
	}
	named := constraint.FindAllStringSubmatch(code, -1)
	for _, m := range named {
		check(m[1])
	}
	wanted := len(condition.FindAllString(code, -1))
	for _, m := range regexp.MustCompile(`(?is)(FOREIGN\s+KEY\s*\([^)]*\)\s*)?REFERENCES`).FindAllStringSubmatch(code, -1) {
		if m[1] == "" {
			wanted++ // REFERENCES at a column is a constraint of its own
		}
	}
	if wanted > len(named) && !strings.Contains(strings.ToUpper(code), "CREATE POLICY") {
		say("%d constraints, %d of them with CONSTRAINT name", wanted, len(named))
	}
	if regexp.MustCompile(`(?i)^\s*CREATE\s+(?:UNIQUE\s+)?INDEX\b`).MatchString(code) {
		if m := createIndex.FindStringSubmatch(code); m == nil {
			say("an index has a name")
		} else {
			check(m[1])
		}
	}
	return all
}

// TestTheRulesSeeFaults gives each rule a file that breaks it.
func TestTheRulesSeeFaults(t *testing.T) {
	table := func(body string) string {
		return "-- owner: x\nCREATE TABLE a (" + body + ", CONSTRAINT a_pk PRIMARY KEY (id));"
	}
	for want, sql := range map[string]string{
		"owner":                 "CREATE TABLE a (id bigint, CONSTRAINT a_pk PRIMARY KEY (id));",
		"no primary key":        "-- owner: x\nCREATE TABLE a (id bigint);",
		"names are platform":    strings.Replace(table("id bigint"), "TABLE a", "TABLE platform.a", 1),
		"2 constraints, 1":      table("id bigint, n int CHECK (n > 0)"),
		"3 constraints, 1":      table("id bigint, n int UNIQUE, m bigint REFERENCES b (id)"),
		"40 is the limit":       table("id bigint, CONSTRAINT " + strings.Repeat("n", 41) + " UNIQUE (id)"),
		"number of a shard":     table("id bigint, CONSTRAINT a_102 UNIQUE (id)"),
		"identity is bigint":    table("id integer GENERATED ALWAYS AS IDENTITY"),
		"that exists":           "ALTER TABLE a ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY;",
		"only within":           table("id bigint, CONSTRAINT a_fk FOREIGN KEY (id) REFERENCES t_b.x (id)"),
		"as a parameter":        table("id bigint, at timestamptz DEFAULT now()"),
		"current_timestamp":     table("id bigint, at timestamptz DEFAULT current_timestamp"),
		"triggers do not run":   "CREATE TRIGGER x BEFORE UPDATE ON a EXECUTE FUNCTION f();",
		"ON CONFLICT":           "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE;",
		"no random":             "UPDATE a SET n = random();",
		"an index has a name":   "CREATE INDEX ON a (n);",
		"cannot be resumed":     "CREATE INDEX CONCURRENTLY a_idx ON a (n);",
		"we only go forward":    "SELECT 1;\n-- +goose Down\nSELECT 2;",
		"one file is one":       "SELECT 1; COMMIT;",
		"owner's rights":        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
		"write bigint":          table("id bigserial"),
		"shadow":                "CREATE TEMP TABLE x AS SELECT 1;",
		"rights: SELECT INSERT": "COMMENT ON TABLE a IS 'rights: SELECT INSERT';",
		"begins with":           "\n",
	} {
		raw := "-- +goose Up\n" + sql + "\n"
		if want == "begins with" {
			raw = sql
		}
		if found := strings.Join(faults(read("tenant", "x.sql", raw)), "\n"); !strings.Contains(found, want) {
			t.Errorf("%s\nfound %q, want something about %q", sql, found, want)
		}
	}
	good := "-- +goose Up\n" + table("id bigint GENERATED ALWAYS AS IDENTITY, note text DEFAULT 'now() COMMIT', CONSTRAINT a_note_ck CHECK (note <> '')") +
		"\nCREATE UNIQUE INDEX a_note_idx ON a (note);\nCOMMENT ON TABLE a IS 'rights: SELECT, INSERT';\n"
	if found := faults(read("tenant", "x.sql", good)); len(found) > 0 {
		t.Errorf("a good file: %v", found)
	}
}
