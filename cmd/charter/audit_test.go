package main

import (
	"database/sql"
	"encoding/json"
	"strings"
	"testing"

	"charterhouse/internal/app"
	"charterhouse/internal/pg/pgtest"
)

// TestTheChainIsVerifiedOnTheCommandLine: what holds is said to hold, and the first
// entry that was changed behind the service is named.
func TestTheChainIsVerifiedOnTheCommandLine(t *testing.T) {
	db := pgtest.New(t)
	t.Setenv("CHARTER_DATABASE_URL", db.ServiceURL)
	t.Setenv("CHARTER_ADMIN_DATABASE_URL", db.AdminURL)
	for _, args := range [][]string{{"setup"}, {"tenant", "apply", "../../tenants/varena"}} {
		if status, _, errs := run(t, args...); status != 0 {
			t.Fatal(errs)
		}
	}
	status, out, errs := run(t, "audit", "verify")
	if status != 0 || !strings.Contains(out, "portal") || !strings.Contains(out, "varena") || strings.Contains(out, "BROKEN") || !strings.Contains(errs, "2/2 varena:") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	if status, _, errs := run(t, "audit", "verify", "--tenant", "nowhere"); status != 1 || !strings.Contains(errs, "There is no municipality") {
		t.Errorf("status %d\n%s", status, errs)
	}
	if status, _, _ := run(t, "audit", "verify", "varena"); status != 2 {
		t.Errorf("a slug without its flag: status %d", status)
	}
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`UPDATE t_varena.audit_details SET detail = '"nothing"' WHERE seq = 2`); err != nil {
		t.Fatal(err)
	}
	status, out, errs = run(t, "audit", "verify", "--tenant", "varena")
	if status != 1 || !strings.Contains(out, "BROKEN at entry 2") || !strings.Contains(errs, "broken chains: 1 of 1") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	status, out, _ = run(t, "audit", "verify", "--json")
	var reports []app.AuditReport
	if err := json.Unmarshal([]byte(out), &reports); err != nil || status != 1 || len(reports) != 2 {
		t.Fatalf("status %d, %v\n%s", status, err, out)
	}
	if r := reports[1]; r.Realm != "varena" || r.Broken != 2 || r.Entries != 1 || reports[0].Broken != 0 || len(reports[0].Head) != 64 {
		t.Errorf("%+v", reports)
	}
}
