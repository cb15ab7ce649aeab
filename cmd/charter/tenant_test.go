package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charterhouse/internal/pg/pgtest"
)

func TestTenantCheckNamesFileLineAndField(t *testing.T) {
	good := filepath.Join("..", "..", "tenants", "klaipeda")
	if status, out, errs := run(t, "tenant", "check", good); status != 0 || out != "" {
		t.Errorf("a good package: status %d\n%s%s", status, out, errs)
	}
	bad := t.TempDir()
	if err := os.CopyFS(bad, os.DirFS(good)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(bad, "tenant.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(raw), `"#095785"`, `"mėlyna"`, 1)
	if text == string(raw) {
		t.Fatal("the package has no brand to spoil")
	}
	if err := os.WriteFile(filepath.Join(bad, "tenant.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for lang, says := range map[string]string{"en": "is not a colour", "lt": "nėra spalva", "bg": "не е цвят"} {
		status, out, _ := run(t, "tenant", "check", bad, "--lang", lang)
		if status != 1 || !strings.HasPrefix(out, "tenant.yaml:") || !strings.Contains(out, ": brand: ") || !strings.Contains(out, says) {
			t.Errorf("%s: status %d, said %q", lang, status, out)
		}
	}
}

// TestATownsLifeOnTheCommandLine goes the operator's way: an empty database, a
// town of a package, one of a country's pack, a list, an export, a suspension.
func TestATownsLifeOnTheCommandLine(t *testing.T) {
	db := pgtest.New(t)
	t.Setenv("CHARTER_DATABASE_URL", db.ServiceURL)
	t.Setenv("CHARTER_ADMIN_DATABASE_URL", db.AdminURL)
	dir := t.TempDir()
	for _, step := range []struct {
		args   []string
		status int
		says   string // on either output
	}{
		{[]string{"tenant", "list"}, 1, "charter setup"},
		{[]string{"setup"}, 0, ""},
		{[]string{"tenant", "list"}, 0, ""},
		{[]string{"tenant", "apply", "../../tenants/varena"}, 0, "1/1 varena: created"},
		{[]string{"tenant", "apply", "../../tenants/varena"}, 0, "varena: unchanged"},
		{[]string{"tenant", "create", "kaunas", "--country", "lt", "--name", "Kauno miesto savivaldybė", "--to", dir}, 0, "kaunas: created"},
		{[]string{"tenant", "check", filepath.Join(dir, "kaunas")}, 0, ""},
		{[]string{"tenant", "create", "riga", "--country", "lv", "--name", "Rīga"}, 1, `no pack for the country "lv"`},
		{[]string{"tenant", "create", "portal", "--country", "lt", "--name", "X"}, 1, "slug"},
		{[]string{"tenant", "create", "vidin", "--country", "bg", "--name", "община Видин"}, 0, "vidin: created"},
		{[]string{"tenant", "list", "--json"}, 0, `"slug": "kaunas"`},
		{[]string{"tenant", "export", "varena", filepath.Join(dir, "varena")}, 0, ""},
		{[]string{"tenant", "check", filepath.Join(dir, "varena")}, 0, ""},
		{[]string{"tenant", "export", "nowhere", dir}, 1, "There is no municipality"},
		{[]string{"tenant", "suspend", "varena"}, 0, ""},
		{[]string{"tenant", "list"}, 0, "suspended"},
		{[]string{"tenant", "resume", "varena"}, 0, ""},
		{[]string{"migrate", "--status"}, 0, "t_kaunas"},
		{[]string{"migrate"}, 0, ""},
	} {
		status, out, errs := run(t, step.args...)
		if status != step.status || !strings.Contains(out+errs, step.says) {
			t.Errorf("charter %s: status %d, want %d and %q\n%s%s", strings.Join(step.args, " "), status, step.status, step.says, out, errs)
		}
	}
}
