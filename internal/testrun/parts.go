package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/pg/pgtest"
)

// cleanEnv takes a developer's own settings away: a test that passes only with
// them is none.
func cleanEnv(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		return strings.HasPrefix(v, "CHARTER_") && !strings.HasPrefix(v, "CHARTER_TORTURE=") || strings.HasPrefix(v, "PG")
	})
}

func (r *run) command(name string, args ...string) func() error {
	return func() error {
		cmd := r.start(name, args...)
		cmd.Stdout = os.Stdout
		return cmd.Run()
	}
}

// start makes a command that is asked to end when the run is interrupted, and
// killed when it does not.
func (r *run) start(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(r.ctx, name, args...)
	cmd.Env, cmd.Stderr = r.env, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	return cmd
}

// format asks gofmt for the files it would change.
func (r *run) format() error {
	files, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.go").Output()
	if err != nil { // not a git clone: an unpacked archive
		files = []byte("cmd config internal locales migrations tenants")
	}
	var there []string
	for _, f := range strings.Fields(string(files)) {
		if _, err := os.Stat(f); err == nil {
			there = append(there, f)
		}
	}
	out, err := exec.Command("gofmt", append([]string{"-l"}, there...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if len(out) > 0 {
		return fmt.Errorf("run gofmt -w on:\n%s", out)
	}
	return nil
}

// database starts the server that all packages of the run share.
func (r *run) database() (release func() error, err error) {
	dir, err := os.MkdirTemp("", "charterhouse-tests-")
	if err != nil {
		return nil, err
	}
	// The server may run as the user postgres, who must get in.
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	release, err = pgtest.Hold(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	r.env = append(r.env, pgtest.Place+"="+dir)
	return release, nil
}

// raceFlag is -race, which needs a C compiler.
func (r *run) raceFlag() string {
	for _, cc := range []string{os.Getenv("CC"), "gcc", "clang"} {
		if _, err := exec.LookPath(cc); cc != "" && err == nil {
			return "-race"
		}
	}
	r.lack("the race detector", errors.New("it needs a C compiler: install gcc"))
	return "-race=false"
}

// packages runs the tests of every package that has no group of its own, those
// with most tests first: a long one that begins last keeps one processor alone.
func (r *run) packages(race string) error {
	out, err := exec.CommandContext(r.ctx, "go", "list", "-f", "{{join .TestGoFiles \" \"}} {{join .XTestGoFiles \" \"}}\t{{.ImportPath}}", "./...").Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	own := append(wholeService(), browserTests)
	var list []string
	for _, line := range biggestFirst(strings.Split(strings.TrimSpace(string(out)), "\n")) {
		if !slices.ContainsFunc(own, func(o string) bool { return strings.HasSuffix(line, o[1:]) }) {
			list = append(list, line)
		}
	}
	// Most tests wait for the database: one package more than processors keeps them
	// busy.
	return r.tests(race, runtime.NumCPU()+1, list)
}

// biggestFirst takes lines of files and the name of a package, and gives the names.
func biggestFirst(lines []string) []string {
	size := map[string]int{}
	var names []string
	for _, line := range lines {
		files, name, _ := strings.Cut(line, "\t")
		size[name] = len(strings.Fields(files))
		names = append(names, name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return size[b] - size[a] })
	return names
}

// tests runs some packages, so many at once. Our own arguments are for `go test`.
func (r *run) tests(race string, atOnce int, packages []string) error {
	cmd := r.start("go", slices.Concat([]string{"test", race, fmt.Sprintf("-p=%d", atOnce), "-json"}, os.Args[1:], packages)...)
	events, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	return errors.Join(r.tally.read(events, os.Stdout), cmd.Wait())
}

// browser makes sure that there is a Chromium, installing Debian's where we may.
func (r *run) browser() error {
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if _, err := exec.LookPath(name); err == nil {
			return nil
		}
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return errors.New("install Chromium; the browser tests are skipped without it")
	}
	install := "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium"
	fmt.Println("installing Chromium")
	if os.Geteuid() == 0 {
		return r.command("sh", "-c", install)()
	}
	return r.command("sudo", "-n", "sh", "-c", install)()
}
