package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the name all our imports begin with.
const module = "charterhouse/"

// floors gives each package its floor, times ten: the rooms between two floors
// (a part of the kit, a tool of a room) stand on a half floor.
func floors() map[string]int {
	return map[string]int{
		"cmd/charter":           120,
		"internal/app":          110,
		"internal/web/public":   100,
		"internal/web/national": 100,
		"internal/web/admin":    100,
		"internal/web":          90,
		"internal/web/assets":   85,
		"internal/web/theme":    85,
		"internal/provision":    80,
		"internal/comparison":   70,
		"internal/results":      60,
		"internal/casework":     50,
		"internal/charter":      40,
		"internal/notify":       30,
		"internal/access":       30,
		"internal/tenant":       20,
		"internal/files":        15,
		"internal/audit":        10,
		"internal/i18n":         10,
		"internal/jobs":         10,
		"internal/pg/embedded":  5,
		"internal/pg":           0,
		"internal/deadline":     0,
		"internal/fault":        0,
		"internal/address":      0,
		"config":                0,
		"locales":               0,
		"migrations":            0,
		"tenants":               0,
		"internal":              0,
	}
}

// tools are programs and harnesses that no shipped package may import.
func tools() []string {
	return []string{"internal/pg/pgtest", "internal/web/webtest", "internal/web/assets/build", "internal/i18n/addstring", "internal/bench", "internal/browser", "internal/torture", "internal/isolation", "internal/guards", "internal/testrun", "internal/fuzztest"}
}

// source is one Go file of the house.
type source struct {
	dir, name string
	test      bool
	lines     int
	ast       *ast.File
}

func TestImportsGoStrictlyDown(t *testing.T)    { report(t, importFaults(house(t))) }
func TestForeignLibrariesStayHome(t *testing.T) { report(t, libraryFaults(house(t))) }
func TestOnlyAppAsksTheTime(t *testing.T)       { report(t, clockFaults(house(t))) }
func TestSQLKeepsToItsOwnTables(t *testing.T)   { report(t, tableFaults(house(t), owners(t))) }
func TestFilesStaySmall(t *testing.T)           { report(t, sizeFaults(house(t))) }

// TestTheGuardsSeeFaults gives each guard a house with a fault in it: a guard
// that finds nothing there guards nothing.
func TestTheGuardsSeeFaults(t *testing.T) {
	cases := map[string]struct {
		dir, code, want string
		guard           func([]source) []string
	}{
		"upwards":     {"internal/tenant", `import _ "charterhouse/internal/charter"`, "strictly down", importFaults},
		"sideways":    {"internal/audit", `import _ "charterhouse/internal/i18n"`, "strictly down", importFaults},
		"face":        {"internal/web/public", `import _ "charterhouse/internal/web/national"`, "strictly down", importFaults},
		"unplanned":   {"internal/util", ``, "not on the floor plan", importFaults},
		"harness":     {"internal/web", `import _ "charterhouse/internal/pg/pgtest"`, "tool", importFaults},
		"gin":         {"internal/charter", `import _ "github.com/gin-gonic/gin"`, "gin", libraryFaults},
		"viper":       {"internal/app", `import _ "github.com/spf13/viper"`, "viper", libraryFaults},
		"clock":       {"internal/charter", "import \"time\"\nvar x = time.Now()", "time.Now", clockFaults},
		"clock since": {"internal/charter", "import \"time\"\nvar x = time.Since(time.Time{})", "time.Since", clockFaults},
		"table": {"internal/casework", "const q = `SELECT a FROM charter_versions`", "charter_versions",
			func(s []source) []string { return tableFaults(s, map[string]string{"charter_versions": "charter"}) }},
		"long": {"internal/charter", strings.Repeat("\n", 501), "lines", sizeFaults},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := parse(t, c.dir, "x.go", []byte("package x\n"+c.code))
			found := strings.Join(c.guard([]source{s}), "\n")
			if !strings.Contains(found, c.want) {
				t.Errorf("the guard found %q, want something about %q", found, c.want)
			}
		})
	}
}

func report(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

// house reads every Go file below the module's root.
func house(t *testing.T) []source {
	t.Helper()
	root := os.DirFS("..")
	var all []source
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "tools" || strings.HasPrefix(d.Name(), ".") && p != ".") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		raw, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		all = append(all, parse(t, path.Dir(p), path.Base(p), raw))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 40 {
		t.Fatalf("read only %d files: the guards would guard nothing", len(all))
	}
	return all
}

func parse(t *testing.T, dir, name string, raw []byte) source {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, raw, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return source{dir: dir, name: name, test: strings.HasSuffix(name, "_test.go"), lines: strings.Count(string(raw), "\n"), ast: f}
}

func (s source) imports() []string {
	var all []string
	for _, i := range s.ast.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		all = append(all, p)
	}
	return all
}

func importFaults(files []source) []string {
	plan := floors()
	var faults []string
	for _, f := range files {
		if f.test || slices.Contains(tools(), f.dir) {
			continue
		}
		mine, known := plan[f.dir]
		if !known {
			faults = append(faults, fmt.Sprintf("%s/%s: package is not on the floor plan of internal/doc.go", f.dir, f.name))
			continue
		}
		for _, p := range f.imports() {
			target, ours := strings.CutPrefix(p, module)
			if !ours {
				continue
			}
			if slices.Contains(tools(), target) {
				faults = append(faults, fmt.Sprintf("%s/%s imports %s, a tool for tests", f.dir, f.name, target))
				continue
			}
			if below, ok := plan[target]; !ok || below >= mine {
				faults = append(faults, fmt.Sprintf("%s/%s imports %s: an arrow must go strictly down", f.dir, f.name, target))
			}
		}
	}
	return faults
}

func libraryFaults(files []source) []string {
	homes := map[string][]string{
		"github.com/gin-gonic/gin":    {"internal/web", "internal/web/public", "internal/web/national", "internal/app"},
		"github.com/spf13/viper":      {"config"},
		"github.com/lib/pq":           {"internal/pg", "internal/pg/embedded", "internal/pg/pgtest"},
		"github.com/jmoiron/sqlx":     {"internal/pg", "internal/pg/pgtest"},
		"github.com/pressly/goose/v3": {"internal/pg"},

		"github.com/alexedwards/argon2id": {"internal/access"},
		"github.com/pquerna/otp/hotp":     {"internal/access"},
	}
	var faults []string
	for _, f := range files {
		for _, p := range f.imports() {
			if home, guarded := homes[p]; guarded && !f.test && !slices.Contains(home, f.dir) {
				faults = append(faults, fmt.Sprintf("%s/%s imports %s: that library is only for %s", f.dir, f.name, path.Base(p), strings.Join(home, ", ")))
			}
		}
	}
	return faults
}

// clockFaults finds whoever asks the time: a case's dates must not depend on
// when a line of code happens to run.
func clockFaults(files []source) []string {
	var faults []string
	for _, f := range files {
		if f.test || f.dir == "internal/app" || slices.Contains(tools(), f.dir) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				faults = append(faults, fmt.Sprintf("%s/%s uses time.%s: only internal/app asks the time", f.dir, f.name, sel.Sel.Name))
			}
			return true
		})
	}
	return faults
}

func sizeFaults(files []source) []string {
	var faults []string
	for _, f := range files {
		if f.lines > 500 {
			faults = append(faults, fmt.Sprintf("%s/%s has %d lines; 500 is the ceiling", f.dir, f.name, f.lines))
		}
	}
	return faults
}

var (
	ownerLine  = regexp.MustCompile(`(?m)^-- owner: (\w+)\nCREATE TABLE (?:IF NOT EXISTS )?([a-z_.]+)`)
	createLine = regexp.MustCompile(`(?m)^\s*CREATE TABLE (?:IF NOT EXISTS )?([a-z_.]+)`)
	tableUse   = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ON)\s+([a-z_]+(?:\.[a-z_]+)?)`)
)

// owners reads which domain owns each table from the migrations.
func owners(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	root := os.DirFS("../migrations")
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".sql") {
			return err
		}
		raw, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		for _, m := range ownerLine.FindAllStringSubmatch(string(raw), -1) {
			all[m[2]] = m[1]
		}
		for _, m := range createLine.FindAllStringSubmatch(string(raw), -1) {
			if all[m[1]] == "" {
				t.Errorf("migrations/%s: table %s has no line „-- owner: …“ right above it", p, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 8 {
		t.Fatalf("found only %d owned tables", len(all))
	}
	return all
}

// tableFaults looks for the tables of other rooms in string constants.
func tableFaults(files []source, owner map[string]string) []string {
	var faults []string
	for _, f := range files {
		if f.test || slices.Contains(tools(), f.dir) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			for _, m := range tableUse.FindAllStringSubmatch(lit.Value, -1) {
				whose := owner[m[1]]
				if whose != "" && whose != path.Base(f.dir) {
					faults = append(faults, fmt.Sprintf("%s/%s names table %s, which is %s's: ask %s by a function", f.dir, f.name, m[1], whose, whose))
				}
			}
			return true
		})
	}
	return faults
}
