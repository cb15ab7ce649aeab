package main

import (
	"strings"
	"testing"

	"charterhouse/internal/pg/pgtest"
)

// Figures are computed anew for all towns or for one; a run goes on where it was
// stopped.
func TestResultsRecomputeOnTheCommandLine(t *testing.T) {
	db := pgtest.New(t)
	t.Setenv("CHARTER_DATABASE_URL", db.ServiceURL)
	t.Setenv("CHARTER_ADMIN_DATABASE_URL", db.AdminURL)
	t.Setenv("CHARTER_DATA_DIR", t.TempDir())
	t.Setenv("CHARTER_ENVIRONMENT", "development")
	for _, args := range [][]string{{"setup"}, {"tenant", "apply", "../../tenants/varena"}, {"tenant", "apply", "../../tenants/klaipeda"}} {
		if status, _, errs := run(t, args...); status != 0 {
			t.Fatal(errs)
		}
	}
	for _, step := range []struct {
		args   []string
		status int
		says   string // on either output
	}{
		{[]string{"results", "recompute"}, 0, "2/2 "},
		{[]string{"results", "recompute", "--tenant", "varena", "--json"}, 0, `"revision": 2`},
		{[]string{"results", "recompute", "--tenant", "nowhere"}, 1, "no active town"},
		{[]string{"results", "recompute", "--since", "2020-01-01T00:00:00Z", "--json"}, 0, `[]`},
		{[]string{"results", "recompute", "--since", "yesterday"}, 2, "2026-01-31T10:00:00Z"},
		{[]string{"results", "recompute", "--since", "2090-01-01T00:00:00Z", "--workers", "2"}, 0, "1/2 "},
	} {
		status, out, errs := run(t, step.args...)
		if status != step.status || !strings.Contains(out+errs, step.says) {
			t.Errorf("%q: status %d, want %d and %q\n%s%s", step.args, status, step.status, step.says, out, errs)
		}
	}
}
