package pg_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTheSQLOfTheHouseKeepsTheRules reads every SQL text in the Go files of the
// house, but of this package, which asks the catalogue, and of the programs for
// testing and measuring.
func TestTheSQLOfTheHouseKeepsTheRules(t *testing.T) {
	read := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"pg", "bench", "browser", "testrun"}, filepath.Base(path)) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		for line, q := range queries(t, path, nil) {
			read++
			for _, fault := range sqlFaults(q) {
				t.Errorf("%s:%d: %s", path, line, fault)
			}
		}
		return nil
	})
	must(t, err)
	if read < 20 {
		t.Errorf("read only %d statements", read)
	}
	t.Logf("%d statements", read)
}

// queries are the constants that go through a Tx, by line.
func queries(t testing.TB, path string, source any) map[int]string {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, source, 0)
	must(t, err)
	all := map[int]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && statement.MatchString(text) {
			all[set.Position(lit.Pos()).Line] = text
		}
		return true
	})
	return all
}

var (
	statement = regexp.MustCompile(`^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|MERGE|CREATE|ALTER|DROP|TRUNCATE|SET|RESET|COMMIT|ROLLBACK|BEGIN|COPY|LOCK|GRANT|REVOKE|DO|CALL|DISCARD|PREPARE|EXECUTE|LISTEN|NOTIFY)\s`)
	quoted    = regexp.MustCompile(`'(?:[^']|'')*'`)
	first     = regexp.MustCompile(`^\s*([A-Z]+)`)
	returning = regexp.MustCompile(`(?is)\bRETURNING\s+(.*)$`)
	bare      = regexp.MustCompile(`^\s*[a-z_]+(?:\.[a-z_]+)?(?:\s+AS\s+[a-z_]+)?\s*$`)
)

func sqlFaults(q string) []string {
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	code := quoted.ReplaceAllString(q, "''")
	verb := first.FindStringSubmatch(code)[1]
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
	default:
		say("%s: a verb only reads and writes rows; tables come by migrations, roles and limits from the door", verb)
	}
	if strings.Contains(code, ";") {
		say("one statement in one call")
	}
	for word, why := range map[string]string{
		`\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(`: "time comes from tx.Now",
		`\b(?:CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)\b`:       "time comes from tx.Now",
		`\bset_config\s*\(`: "leaves the realm",
		`\bSELECT\s+\*`:     "columns are named: the schema may be newer",
		`\bpg_notify\s*\(`:  "inside the writing transaction it halves throughput",
	} {
		if found := regexp.MustCompile(`(?i)` + word).FindString(code); found != "" {
			say("%s %s", found, why)
		}
	}
	if verb == "UPDATE" || verb == "DELETE" {
		if found := regexp.MustCompile(`(?i)\b(?:gen_random_uuid|random)\s*\(`).FindString(code); found != "" {
			say("%s in %s is not the same on every replica", found, verb)
		}
	}
	if m := returning.FindStringSubmatch(code); m != nil && verb != "WITH" {
		for column := range strings.SplitSeq(m[1], ",") {
			if !bare.MatchString(column) {
				say("RETURNING names bare columns, not %s", strings.TrimSpace(column))
			}
		}
	}
	return all
}

func TestTheSQLRulesSeeFaults(t *testing.T) {
	for q, want := range map[string]string{
		`SELECT 1; SELECT 2`:                            "one statement",
		`SELECT * FROM a`:                               "columns are named",
		`SELECT n FROM a WHERE at < now()`:              "time comes",
		`INSERT INTO a (at) VALUES (CURRENT_TIMESTAMP)`: "time comes",
		`SET ROLE t_b`:                                  "only reads and writes",
		`MERGE INTO a USING b ON true`:                  "only reads and writes",
		`DELETE FROM a WHERE random() < 0.5`:            "every replica",
		`INSERT INTO a (n) VALUES ($1) RETURNING n + 1`: "bare columns",
		`SELECT set_config('role', 't_b', true)`:        "leaves the realm",
	} {
		found := queries(t, "x.go", "package x\nconst q = `"+q+"`")
		if len(found) != 1 {
			t.Errorf("%s is not seen as SQL", q)
		}
		for _, text := range found {
			if got := strings.Join(sqlFaults(text), "\n"); !strings.Contains(got, want) {
				t.Errorf("%s\nfound %q, want something about %q", q, got, want)
			}
		}
	}
	if found := sqlFaults(`UPDATE a SET note = 'now(); SELECT *', n = n + 1 WHERE id = $1 RETURNING id, a.n AS m`); len(found) > 0 {
		t.Errorf("a good statement: %v", found)
	}
}
