package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDueOnTheCommandLine(t *testing.T) {
	rows := filepath.Join(t.TempDir(), "cases.csv")
	if err := os.WriteFile(rows, []byte("lt,2026-11-20,20 working days,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string // on standard output, or on standard error when it fails
	}{
		{[]string{"due", "--calendar", "bg", "--received", "2026-04-02", "--term", "20 working days"}, 0, "2026-05-05\nAnswer by Tuesday 5 May 2026"},
		{[]string{"due", "--calendar", "bg", "--received", "2026-04-02", "--term", "20 working days", "--outside-hours", "next_working_day", "--lang", "bg"}, 0, "2026-05-07\nОтговор"},
		{[]string{"due", "--calendar", "lt", "--received", "2026-11-20", "--term", "1 month", "--json"}, 0, `"due": "2026-12-21"`},
		{[]string{"due", "--csv", rows}, 0, "lt,2026-11-20,20 working days,,2026-12-18\n"},
		{[]string{"due", "--csv", rows + ".missing"}, 1, "no such file"},
		{[]string{"due", "--calendar", "lt", "--received", "soon", "--term", "1 month"}, 1, "write the date as 2026-01-31"},
		{[]string{"due"}, 2, "calendar csv"},
		{[]string{"due", "--calendar", "lt"}, 2, "received term"},
		{[]string{"due", "--csv", rows, "--lang", "lt"}, 2, "csv lang"},
		{[]string{"due", "2026-04-02"}, 2, "unknown command"},
	} {
		status, out, errs := run(t, c.args...)
		said := out
		if c.status != 0 {
			said = errs
		}
		if status != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%v: status %d, want %d\n%s%s", c.args, status, c.status, out, errs)
		}
	}
}
