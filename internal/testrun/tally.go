package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// tally counts what `go test -json` tells. A test with subtests counts through
// them; a package that fails without a failed test (it did not build, it
// panicked) counts as one failure.
type tally struct {
	passed, failed int
	skipped        []string
	took           []timed
}

// timed is how long a test took, with its subtests.
type timed struct {
	name    string
	seconds float64
}

// slowest gives the tests that took longest, a line each.
func (t *tally) slowest(n int) []string {
	slices.SortFunc(t.took, func(a, b timed) int { return cmp.Compare(b.seconds, a.seconds) })
	var lines []string
	for _, one := range t.took[:min(n, len(t.took))] {
		lines = append(lines, fmt.Sprintf("%6.1f s  %s", one.seconds, one.name))
	}
	return lines
}

// event is one line of `go test -json`; see `go doc test2json`.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build output
	Test        string
	Elapsed     float64
	Output      string
	FailedBuild string
}

// page is what is known of one package under test.
type page struct {
	verdicts map[string]string // by test: pass, fail, skip
	output   map[string][]string
}

// read follows the events to their end and prints a line for each package, and
// all output of what failed.
func (t *tally) read(events io.Reader, out io.Writer) error {
	packages := map[string]*page{}
	builds := map[string][]string{}
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(out, lines.Text()) // a word of the go command itself
			continue
		}
		if e.Action == "build-output" {
			builds[e.ImportPath] = append(builds[e.ImportPath], e.Output)
			continue
		}
		p := packages[e.Package]
		if p == nil {
			p = &page{verdicts: map[string]string{}, output: map[string][]string{}}
			packages[e.Package] = p
		}
		switch e.Action {
		case "output":
			p.output[e.Test] = append(p.output[e.Test], e.Output)
		case "pass", "fail", "skip":
			if e.Test != "" {
				p.verdicts[e.Test] = e.Action
				if !strings.Contains(e.Test, "/") {
					t.took = append(t.took, timed{e.Package + " " + e.Test, e.Elapsed})
				}
				continue
			}
			if e.FailedBuild != "" {
				p.output[""] = append(builds[e.FailedBuild], p.output[""]...)
			}
			t.close(e, p, out)
			delete(packages, e.Package)
		}
	}
	return lines.Err()
}

// close counts a package that has ended.
func (t *tally) close(e event, p *page, out io.Writer) {
	passed, failed := 0, 0
	for _, name := range slices.Sorted(maps.Keys(p.verdicts)) {
		if hasSubtests(p.verdicts, name) && p.verdicts[name] != "fail" {
			continue
		}
		switch p.verdicts[name] {
		case "pass":
			passed++
		case "skip":
			t.skipped = append(t.skipped, e.Package+" "+name+": "+reason(p.output[name]))
		case "fail":
			if !failsThroughSubtest(p.verdicts, name) {
				failed++
			}
			fmt.Fprint(out, strings.Join(p.output[name], ""))
		}
	}
	if e.Action == "fail" && failed == 0 {
		failed = 1
	}
	if failed > 0 {
		fmt.Fprint(out, strings.Join(p.output[""], ""))
	}
	t.passed += passed
	t.failed += failed
	if passed+failed > 0 {
		verdict := map[bool]string{true: "ok  ", false: "FAIL"}[failed == 0]
		fmt.Fprintf(out, "%s %-40s %6.1f s  %d passed, %d failed\n", verdict, e.Package, e.Elapsed, passed, failed)
		if failed == 0 {
			p.counts(out)
		}
	}
}

// counts shows what a package says of how much it looked at: lines that begin
// with "counted".
func (p *page) counts(out io.Writer) {
	for _, line := range p.output[""] {
		if strings.HasPrefix(line, "counted ") {
			fmt.Fprint(out, "     ", line)
		}
	}
}

func hasSubtests(verdicts map[string]string, name string) bool {
	for other := range verdicts {
		if strings.HasPrefix(other, name+"/") {
			return true
		}
	}
	return false
}

func failsThroughSubtest(verdicts map[string]string, name string) bool {
	for other, verdict := range verdicts {
		if verdict == "fail" && strings.HasPrefix(other, name+"/") {
			return true
		}
	}
	return false
}

// reason is what the test said when it skipped.
func reason(output []string) string {
	for _, line := range slices.Backward(output) {
		if _, said, found := strings.Cut(line, ".go:"); found {
			_, said, _ = strings.Cut(said, ": ")
			return strings.TrimSpace(said)
		}
	}
	return "no reason given"
}
