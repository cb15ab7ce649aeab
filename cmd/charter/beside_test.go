package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charterhouse/internal/pg/embedded"
)

// Beside a demonstration that runs, the commands about its towns need no address;
// any that is configured goes before it.
func TestCommandsFindTheDemonstration(t *testing.T) {
	towns, err := filepath.Abs("../../tenants/varena")
	if err != nil {
		t.Fatal(err)
	}
	clone, err := os.MkdirTemp("", "charterhouse-beside-") // the server's user cannot reach t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(clone) })
	if err := os.Chmod(clone, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(clone)
	const said = "this works on the demonstration"
	verify := func(what string, status int, says bool) {
		t.Helper()
		got, _, errs := run(t, "audit", "verify")
		if got != status || strings.Contains(errs, said) != says || strings.Count(errs, said) > 1 {
			t.Errorf("%s: status %d\n%s", what, got, errs)
		}
	}
	verify("before it runs", 1, false)
	server, err := embedded.Start(t.Context(), embedded.Options{Dir: filepath.Join(clone, ".data"), Settings: []string{"fsync=off"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	t.Run("set up", func(t *testing.T) {
		t.Setenv("CHARTER_DATABASE_URL", server.ServiceURL(embedded.Database))
		for _, step := range []struct {
			address string
			args    []string
		}{
			{server.SuperURL(embedded.Database), []string{"setup"}},
			{server.OwnerURL(embedded.Database), []string{"tenant", "apply", towns}},
		} {
			t.Setenv("CHARTER_ADMIN_DATABASE_URL", step.address)
			if status, _, errs := run(t, step.args...); status != 0 {
				t.Fatal(errs)
			}
		}
		verify("with an address", 0, false)
	})
	verify("while it runs", 0, true)
	for _, args := range [][]string{
		{"sample", "--tenant", "varena"},
		{"results", "recompute", "--tenant", "varena"},
		{"user", "add", "ona@varena.example", "--town", "varena", "--name", "Ona Onaitė", "--role", "officer"},
	} {
		if status, _, errs := run(t, args...); status != 0 || strings.Count(errs, said) != 1 {
			t.Errorf("%v: status %d\n%s", args, status, errs)
		}
	}
	t.Run("production", func(t *testing.T) {
		t.Setenv("CHARTER_ENVIRONMENT", "production")
		verify("in production", 1, false)
	})
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	verify("after it ended", 1, false)
}
