package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"charterhouse/config"
)

func run(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e strings.Builder
	status = execute(t.Context(), args, &o, &e)
	return status, o.String(), e.String()
}

func TestExitStatus(t *testing.T) {
	for _, c := range []struct {
		args string
		want int
		says string // on standard error
	}{
		{"version", 0, ""},
		{"config", 0, ""},
		{"--help", 0, ""},
		{"nonsense", 2, `unknown command "nonsense"`},
		{"config nonsense", 2, `unknown command "nonsense"`},
		{"version --nonsense", 2, "unknown flag"},
		{"version one too many", 2, ""},
		{"config print --config /nowhere.yaml", 1, "/nowhere.yaml"},
	} {
		status, out, errs := run(t, strings.Fields(c.args)...)
		if status != c.want || !strings.Contains(errs, c.says) {
			t.Errorf("charter %s: status %d, want %d; %s", c.args, status, c.want, errs)
		}
		if status != 0 && out != "" {
			t.Errorf("charter %s: an error on standard output: %s", c.args, out)
		}
	}
}

func TestConfigPrintMasksSecrets(t *testing.T) {
	t.Setenv("CHARTER_SECRET_KEY", strings.Repeat("s3cr3t", 9))
	t.Setenv("CHARTER_DATABASE_URL", "postgres://u:s3cr3t@h/d")
	t.Setenv("CHARTER_NONSENSE", "1")
	for _, args := range [][]string{{"config", "print"}, {"config", "print", "--json"}} {
		status, out, errs := run(t, args...)
		if status != 0 || strings.Contains(out+errs, "s3cr3t") || !strings.Contains(out, "CHARTER_SECRET_KEY") {
			t.Errorf("%v: %d\n%s%s", args, status, out, errs)
		}
		if !strings.Contains(errs, "CHARTER_NONSENSE is not a setting") {
			t.Errorf("%v does not warn: %s", args, errs)
		}
	}
	_, out, _ := run(t, "config", "print", "--json")
	var lines []config.Line
	if err := json.Unmarshal([]byte(out), &lines); err != nil || len(lines) < 20 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

func TestDoctorSaysWhatToDo(t *testing.T) {
	t.Setenv("CHARTER_DATABASE_URL", "postgres://u:s3cr3t@127.0.0.1:1/d?sslmode=disable")
	status, out, _ := run(t, "doctor")
	if status != 1 || strings.Contains(out, "s3cr3t") {
		t.Errorf("status %d\n%s", status, out)
	}
	for _, want := range []string{"nobody answers at 127.0.0.1:1", "CHARTER_ADMIN_DATABASE_URL is not set", "openssl rand -hex 32", "Europe/Sofia"} {
		if !strings.Contains(out, want) {
			t.Errorf("not said: %s\n%s", want, out)
		}
	}
}

// Every command explains itself, takes a definite number of arguments, and runs
// something that can fail.
func TestEveryCommandIsWhole(t *testing.T) {
	seen := 0
	each(newRootCommand(), func(c *cobra.Command) {
		if !c.HasParent() || c.Name() == "help" || c.Name() == "completion" {
			return
		}
		seen++
		if c.Short == "" || c.RunE == nil || c.Args == nil {
			t.Errorf("%s: short %q, RunE %v, Args %v", c.CommandPath(), c.Short, c.RunE != nil, c.Args != nil)
		}
	})
	if seen < 4 {
		t.Errorf("only %d commands", seen)
	}
}
