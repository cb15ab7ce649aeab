package browser

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// cases is what the run looked at, for the line that says so at its end.
var cases tally

type tally struct {
	mu   sync.Mutex
	rows map[string]*row
}

type row struct {
	pages, themes int
	langs         map[string]bool
}

// counted says how many pages a check looked at, in how many themes and in which
// languages. None at all is a failure, for then nothing was checked.
func counted(t *testing.T, check string, pages, themes int, langs ...string) {
	t.Helper()
	if pages*themes*len(langs) == 0 {
		t.Errorf("%s: no case was looked at", check)
	}
	cases.mu.Lock()
	defer cases.mu.Unlock()
	r := cases.rows[check]
	if r == nil {
		if cases.rows == nil {
			cases.rows = map[string]*row{}
		}
		r = &row{langs: map[string]bool{}}
		cases.rows[check] = r
	}
	r.pages, r.themes = r.pages+pages, max(r.themes, themes)
	for _, l := range langs {
		r.langs[l] = true
	}
}

// print writes one line for each check; `make test` shows lines that begin so.
func (c *tally) print() {
	for _, check := range slices.Sorted(maps.Keys(c.rows)) {
		r := c.rows[check]
		fmt.Printf("counted %-34s %4d pages × %d themes = %4d, in %s\n",
			check, r.pages, r.themes, r.pages*r.themes, strings.Join(slices.Sorted(maps.Keys(r.langs)), ", "))
	}
}
