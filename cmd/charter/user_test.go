package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"charterhouse/internal/pg/pgtest"
)

// TestStaffOnTheCommandLine lets people in as an operator does, with a password
// that is printed once and kept nowhere.
func TestStaffOnTheCommandLine(t *testing.T) {
	db := pgtest.New(t)
	t.Setenv("CHARTER_DATABASE_URL", db.ServiceURL)
	t.Setenv("CHARTER_ADMIN_DATABASE_URL", db.AdminURL)
	data := filepath.Join(t.TempDir(), "data")
	t.Setenv("CHARTER_DATA_DIR", data)
	add := []string{"user", "add", "Ona@varena.example", "--town", "varena", "--name", "Ona Onaitė", "--role", "administrator,officer"}
	for _, args := range [][]string{{"setup"}, {"tenant", "apply", "../../tenants/varena"}} {
		if status, _, errs := run(t, args...); status != 0 {
			t.Fatal(errs)
		}
	}
	if status, _, errs := run(t, add...); status != 1 || !strings.Contains(errs, "CHARTER_SECRET_KEY is not set") {
		t.Errorf("in production without a key: status %d\n%s", status, errs)
	}
	t.Setenv("CHARTER_ENVIRONMENT", "development")
	var first, second string
	for _, step := range []struct {
		args   []string
		status int
		says   string // on either output
		given  *string
	}{
		{add, 0, "must be changed at the first log-in", &first},
		{add, 1, "There is a user with this email address already", nil},
		{[]string{"user", "add", "penka@example.bg", "--portal", "--name", "Пенка", "--role", "coordinator", "--json"}, 0, `"until"`, nil},
		{[]string{"user", "add", "x@example.bg", "--portal", "--name", "X", "--role", "officer"}, 1, "Choose at least one role", nil},
		{[]string{"user", "add", "x", "--town", "varena", "--name", "X", "--role", "officer"}, 1, "Check the email address", nil},
		{[]string{"user", "add", "x@example.lt", "--town", "varena", "--name", "X"}, 2, "role", nil},
		{[]string{"user", "add", "x@example.lt", "--town", "nowhere", "--name", "X", "--role", "officer"}, 1, "There is no municipality", nil},
		{[]string{"user", "list"}, 2, "town portal", nil},
		{[]string{"user", "list", "--town", "varena", "--portal"}, 2, "town portal", nil},
		{[]string{"user", "list", "--town", ""}, 2, "give --town SLUG or --portal", nil},
		{[]string{"user", "list", "--town", "varena"}, 0, "administrator,officer", nil},
		{[]string{"user", "list", "--portal", "--json"}, 0, `"email": "penka@example.bg"`, nil},
		{[]string{"user", "reset-password", "ona@VARENA.example", "--town", "varena"}, 0, "It is not shown again", &second},
		{[]string{"user", "reset-password", "ona@varena.example", "--portal"}, 1, "There is no such user", nil},
		{[]string{"user", "disable-2fa", "ona@varena.example", "--town", "varena"}, 1, "The second step is not on", nil},
	} {
		status, out, errs := run(t, step.args...)
		if status != step.status || !strings.Contains(out+errs, step.says) {
			t.Errorf("charter %s: status %d, want %d and %q\n%s%s", strings.Join(step.args, " "), status, step.status, step.says, out, errs)
		}
		if step.given != nil {
			*step.given = regexp.MustCompile(`\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}\b`).FindString(out)
		}
	}
	if first == "" || second == "" || first == second {
		t.Errorf("the passwords given were %q and %q", first, second)
	}
	// The owner hears of the new password, and of the first one not: the account is new.
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var letters int
	err = raw.QueryRow(`SELECT count(*) FROM t_varena.mails WHERE subject = 'Pakeistas Jūsų paskyros slaptažodis' AND link NOT LIKE '%token%'`).Scan(&letters)
	if err != nil || letters != 1 {
		t.Errorf("%d letters tell of the new password: %v", letters, err)
	}
	info, err := os.Stat(filepath.Join(data, "secret_key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key of the development: %v %v", info, err)
	}
	_, out, _ := run(t, "user", "list", "--town", "varena", "--json")
	var list []struct {
		Roles       []string
		HasPassword bool `json:"has_password"`
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 1 || len(list[0].Roles) != 2 || !list[0].HasPassword {
		t.Errorf("the list: %+v %v", list, err)
	}
}
