package access_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/locales"
)

var update = flag.Bool("update", false, "rewrite docs/permissions.md")

// Every permission and every role stands in its table, once.
func TestTheTablesAreWhole(t *testing.T) {
	var inTable, roles []string
	for _, g := range access.PermissionTable() {
		inTable = append(inTable, string(g.Permission))
		if len(g.Roles) == 0 {
			t.Errorf("%s: nobody may", g.Permission)
		}
		for _, r := range g.Roles {
			if !slices.ContainsFunc(access.RoleTable(), func(i access.RoleInfo) bool { return i.Role == r }) {
				t.Errorf("%s: no such role as %s", g.Permission, r)
			}
		}
	}
	for _, i := range access.RoleTable() {
		roles = append(roles, string(i.Role))
		if !access.Permits([]access.Role{i.Role}, access.OwnAccount) {
			t.Errorf("%s may not change their own password", i.Role)
		}
		if access.Permits([]access.Role{i.Role}, access.UsersManage) != i.SecondFactor {
			t.Errorf("%s: who lets others in shows a second factor, and nobody else must", i.Role)
		}
	}
	for what, lists := range map[string][2][]string{
		"permissions": {constantsOf(t, "permissions.go", "Permission"), inTable},
		"roles":       {constantsOf(t, "permissions.go", "Role"), roles},
	} {
		slices.Sort(lists[0])
		slices.Sort(lists[1])
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s: constants %v, table %v", what, lists[0], lists[1])
		}
	}
}

// What the table does not grant, nobody may.
func TestNothingIsPermittedByDefault(t *testing.T) {
	everyone := append(access.RolesOf(pg.Portal()), access.RolesOf(town("aa"))...)
	if len(everyone) != 6 {
		t.Fatalf("the roles are %v", everyone)
	}
	for _, p := range []access.Permission{"", "case", "case.delete", "CASE.READ"} {
		if access.Permits(everyone, p) {
			t.Errorf("all roles together may %q", p)
		}
	}
	for _, g := range access.PermissionTable() {
		if access.Permits(nil, g.Permission) || access.Permits([]access.Role{"", "mayor"}, g.Permission) {
			t.Errorf("nobody may %s", g.Permission)
		}
		for _, stage := range []access.Stage{"", access.StageCode, access.StageEnrol, access.StagePassword} {
			if (access.Principal{Roles: everyone, Stage: stage}).Can(g.Permission) {
				t.Errorf("stage %q may %s", stage, g.Permission)
			}
		}
		if (access.Principal{}).Demand(g.Permission) == nil {
			t.Errorf("the zero principal may %s", g.Permission)
		}
	}
}

func TestPermissionsPageIsFresh(t *testing.T) {
	const path = "../../docs/permissions.md"
	want := permissionsPage(t)
	if *update {
		must(t, os.WriteFile(path, want, 0o644))
	}
	got, err := os.ReadFile(path)
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run go test ./internal/access -run PermissionsPage -update", path)
	}
}

func permissionsPage(t *testing.T) []byte {
	t.Helper()
	words, err := i18n.Load(locales.Files)
	must(t, err)
	say := func(k i18n.Key) string { return words.Say("en", k, nil) }
	var b bytes.Buffer
	b.WriteString(`# Who may do what

<!-- Written from internal/access/permissions.go by a test; do not edit. -->

Staff of a town have the roles of the first table, staff of the national portal those of the second. A person may
have several roles and may do what any of them may. What is in no table nobody may. Roles marked * sign in with a
second factor, but in a demonstration.
`)
	for _, place := range []struct {
		title string
		town  bool
	}{{"A town", true}, {"The national portal", false}} {
		var roles []access.RoleInfo
		for _, i := range access.RoleTable() {
			if i.Town == place.town {
				roles = append(roles, i)
			}
		}
		fmt.Fprintf(&b, "\n## %s\n\n| permission | what it allows |", place.title)
		for _, r := range roles {
			star := ""
			if r.SecondFactor {
				star = " *"
			}
			fmt.Fprintf(&b, " %s%s |", say(r.Name), star)
		}
		b.WriteString("\n|---|---|" + strings.Repeat(":-:|", len(roles)) + "\n")
		for _, g := range access.PermissionTable() {
			cells, any := "", false
			for _, r := range roles {
				cell := " "
				if slices.Contains(g.Roles, r.Role) {
					cell, any = " yes ", true
				}
				cells += cell + "|"
			}
			if any {
				fmt.Fprintf(&b, "| `%s` | %s |%s\n", g.Permission, say(g.Name), cells)
			}
		}
	}
	return b.Bytes()
}
