package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charterhouse/internal/pg/pgtest"
)

// TestARewrittenTailIsFound is H2: whoever owns the database takes entries away and
// lets others be written in their place. The chain holds in itself; yesterday's
// report tells that it is another.
func TestARewrittenTailIsFound(t *testing.T) {
	db := pgtest.New(t)
	t.Setenv("CHARTER_DATABASE_URL", db.ServiceURL)
	t.Setenv("CHARTER_ADMIN_DATABASE_URL", db.AdminURL)
	t.Setenv("CHARTER_SECRET_KEY", strings.Repeat("k", 32))
	add := func(email string) {
		t.Helper()
		if status, _, errs := run(t, "user", "add", "--town", "varena", "--name", "Ona Onaitė", "--role", "viewer", email); status != 0 {
			t.Fatal(errs)
		}
	}
	for _, args := range [][]string{{"setup"}, {"tenant", "apply", "../../tenants/varena"}} {
		if status, _, errs := run(t, args...); status != 0 {
			t.Fatal(errs)
		}
	}
	add("ona@varena.example")
	status, yesterday, errs := run(t, "audit", "verify", "--json")
	if status != 0 {
		t.Fatal(errs)
	}
	kept := filepath.Join(t.TempDir(), "yesterday.json")
	if err := os.WriteFile(kept, []byte(yesterday), 0o600); err != nil {
		t.Fatal(err)
	}
	// What is added since breaks nothing.
	add("rasa@varena.example")
	if status, out, _ := run(t, "audit", "verify", "--against", kept); status != 0 || strings.Contains(out, "REWRITTEN") {
		t.Errorf("status %d\n%s", status, out)
	}
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for _, q := range []string{
		`DELETE FROM t_varena.audit_details WHERE seq > 2`, `DELETE FROM t_varena.audit_entries WHERE seq > 2`,
		`UPDATE t_varena.audit_head SET (seq, hash) = (SELECT seq, hash FROM t_varena.audit_entries WHERE seq = 2)`,
	} {
		if _, err := raw.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	for _, email := range []string{"a@varena.example", "b@varena.example", "c@varena.example", "d@varena.example"} {
		add(email)
	}
	if status, out, _ := run(t, "audit", "verify", "--tenant", "varena"); status != 0 {
		t.Errorf("the new chain does not hold in itself:\n%s", out)
	}
	status, out, errs := run(t, "audit", "verify", "--against", kept)
	if status != 1 || !strings.Contains(out, "REWRITTEN") || !strings.Contains(errs, "broken chains: 1 of 2") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	if status, _, errs := run(t, "audit", "verify", "--against", "audit.go"); status != 1 || !strings.Contains(errs, "no output") {
		t.Errorf("a file of another kind: %d %s", status, errs)
	}
}
