// Command testrun is `make test`: formatting, vet, staticcheck, every test with
// the race detector, the browser tests, on one PostgreSQL that it starts for the
// run. It prints how long each group took and ends with the line
// "N passed, N failed".
//
// Outside CI a missing part is skipped and said so; with CI set it fails.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// browserTests is where the tests that need Chromium stand.
const browserTests = "./internal/browser"

// wholeService are the tests that ask the service from outside, one request after
// another or in processes of its own. Its code is under the race detector in the
// tests of its packages; here that would take most of the time and find nothing else.
func wholeService() []string {
	return []string{"./internal/isolation", "./internal/app", "./internal/torture", "./internal/web/admin", "./cmd/charter"}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	r := &run{ctx: ctx, ci: os.Getenv("CI") != "", env: cleanEnv(os.Environ())}
	ok := r.all()
	stop()
	if !ok {
		os.Exit(1)
	}
}

// run is one run of everything.
type run struct {
	ctx   context.Context
	ci    bool
	env   []string
	tally tally
	times []string
}

func (r *run) all() bool {
	r.group("format", r.format)
	r.group("vet", r.command("go", "vet", "./..."))
	r.group("staticcheck", r.command("go", "tool", "-modfile=tools/go.mod", "staticcheck", "./..."))
	release, err := r.database()
	if err != nil {
		r.lack("PostgreSQL", err)
	}
	race := r.raceFlag()
	r.group("tests", func() error { return r.packages(race) })
	r.group("proofs", func() error { return r.tests("-race=false", 3, wholeService()) })
	if _, err := os.Stat(browserTests); err == nil {
		if err := r.browser(); err != nil {
			r.lack("the browser", err)
		}
		r.group("browser tests", func() error { return r.tests("-race=false", 1, []string{browserTests}) })
	}
	if release != nil {
		if err := release(); err != nil {
			r.lack("the end of PostgreSQL", err)
		}
	}
	return r.sum()
}

// group runs one part, goes on whatever comes of it, and keeps the time.
func (r *run) group(name string, part func() error) {
	if r.ctx.Err() != nil {
		return
	}
	fmt.Printf("== %s\n", name)
	began := time.Now()
	verdict := "ok"
	failed := r.tally.failed
	if err := part(); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		// A failed check is one failure; failed tests have counted themselves.
		if r.tally.failed == failed {
			r.tally.failed++
		}
		verdict = "FAILED"
	}
	r.times = append(r.times, fmt.Sprintf("%-14s %6.1f s  %s", name, time.Since(began).Seconds(), verdict))
}

// lack says that a part is missing: loudly here, a failure in CI.
func (r *run) lack(part string, err error) {
	fmt.Fprintf(os.Stderr, "!! MISSING: %s: %v\n", part, err)
	if r.ci {
		r.tally.failed++
	}
}

func (r *run) sum() bool {
	fmt.Println("== time of each group")
	for _, line := range r.times {
		fmt.Println(line)
	}
	fmt.Println("== slowest tests")
	for _, line := range r.tally.slowest(12) {
		fmt.Println(line)
	}
	if n := len(r.tally.skipped); n > 0 {
		fmt.Printf("!! SKIPPED %d for want of a part:\n   %s\n", n, strings.Join(r.tally.skipped, "\n   "))
		if r.ci {
			fmt.Println("!! With CI set a skipped test has failed.")
			r.tally.failed += n
		}
	}
	if r.ctx.Err() != nil {
		fmt.Println("!! Interrupted.")
		r.tally.failed++
	}
	fmt.Printf("%d passed, %d failed\n", r.tally.passed, r.tally.failed)
	return r.tally.failed == 0
}
