package main

import (
	"slices"
	"strings"
	"testing"
)

func TestTallyCountsWhatFailed(t *testing.T) {
	events := `{"Action":"run","Package":"a","Test":"TestX"}
{"Action":"output","Package":"a","Test":"TestX/two","Output":"    x_test.go:9: two is wrong\n"}
{"Action":"pass","Package":"a","Test":"TestX/one"}
{"Action":"fail","Package":"a","Test":"TestX/two"}
{"Action":"fail","Package":"a","Test":"TestX"}
{"Action":"pass","Package":"a","Test":"TestY"}
{"Action":"output","Package":"a","Test":"TestZ","Output":"    z_test.go:3: SKIPPED: no server\n"}
{"Action":"skip","Package":"a","Test":"TestZ"}
{"Action":"fail","Package":"a","Elapsed":1.5}
{"ImportPath":"b [b.test]","Action":"build-output","Output":"b.go:1: undefined: x\n"}
{"ImportPath":"b [b.test]","Action":"build-fail"}
{"Action":"fail","Package":"b","FailedBuild":"b [b.test]"}
{"Action":"skip","Package":"c"}
go: a word of the go command
{"Action":"pass","Package":"d","Test":"TestP","Elapsed":2.5}
{"Action":"pass","Package":"e","Test":"TestQ"}
{"Action":"output","Package":"e","Output":"counted 12 pages\n"}
{"Action":"output","Package":"e","Output":"PASS\n"}
{"Action":"pass","Package":"e"}
{"Action":"output","Package":"d","Output":"panic: late\n"}
{"Action":"fail","Package":"d"}
`
	var got tally
	var out strings.Builder
	if err := got.read(strings.NewReader(events), &out); err != nil {
		t.Fatal(err)
	}
	// Failed: TestX/two, the build of b, the panic of d.
	if got.passed != 4 || got.failed != 3 {
		t.Errorf("%d passed, %d failed; want 4 and 3", got.passed, got.failed)
	}
	if slow := got.slowest(1); len(slow) != 1 || slow[0] != "   2.5 s  d TestP" {
		t.Errorf("the slowest are %q", slow)
	}
	if want := []string{"a TestZ: SKIPPED: no server"}; !slices.Equal(got.skipped, want) {
		t.Errorf("skipped %q, want %q", got.skipped, want)
	}
	for _, want := range []string{"two is wrong", "undefined: x", "panic: late", "a word of the go command", "counted 12 pages"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the output keeps %q from the reader", want)
		}
	}
}

func TestDevelopersSettingsStayOut(t *testing.T) {
	got := cleanEnv([]string{"HOME=/x", "CHARTER_DATABASE_URL=postgres://prod", "PGHOST=prod", "CHARTER_TORTURE=1", "PATH=/bin"})
	if want := []string{"HOME=/x", "CHARTER_TORTURE=1", "PATH=/bin"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestBiggestFirst(t *testing.T) {
	got := biggestFirst([]string{"a_test.go b_test.go \tcharter", "a_test.go b_test.go c_test.go\tcasework", " a_test.go c_test.go\taudit", " \tbench"})
	if want := []string{"casework", "charter", "audit", "bench"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
