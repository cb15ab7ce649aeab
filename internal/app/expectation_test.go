package app

import (
	"strconv"
	"strings"
	"testing"
)

// TestAnExpectationIsNobodysPromise holds what a town expects of its residents apart
// from what anybody has promised: in words on every page, without a state, and out
// of every count. What Klaipėda's residents promise stays a promise.
func TestAnExpectationIsNobodysPromise(t *testing.T) {
	client, _ := fourTowns(t)
	for slug, c := range map[string]struct {
		lang, mark, expected string
		keys                 []string
	}{
		"chuprene": {"bg", "Очакване", "3 очаквания", []string{"clients-1", "clients-3"}},
		"peshtera": {"bg", "Очакване", "5 очаквания", []string{"explain-calmly", "speak-freely"}},
	} {
		origin := "http://" + slug + ".localhost:8080/" + c.lang
		list, _ := fetch(t, client, origin+"/commitments")
		rows, marked := list.Find(".promise").Length(), 0
		for _, row := range list.Find(".promise").EachIter() {
			if strings.Contains(row.Text(), c.mark) {
				marked++
				if n := row.Find(".badge .shape").Length(); n > 0 {
					t.Errorf("%s: an expectation carries a badge: %s", slug, row.Text())
				}
			}
		}
		count := list.Find(".count").Text()
		if !strings.Contains(count, c.expected) || !strings.Contains(count, strconv.Itoa(rows-marked)) {
			t.Errorf("%s has %d rows, %d of them expected, and counts %q", slug, rows, marked, count)
		}
		if n := list.Find(`#f-promisor option[value="residents"]`).Length(); n > 0 {
			t.Errorf("%s: residents are said to promise", slug)
		}

		home, _ := fetch(t, client, origin+"/")
		sum := 0
		for _, n := range home.Find(".tally b").EachIter() {
			k, _ := strconv.Atoi(n.Text())
			sum += k
		}
		if sum != rows-marked {
			t.Errorf("%s: the tally counts %d promises of %d", slug, sum, rows-marked)
		}
		text, _ := fetch(t, client, origin+"/charter")
		for _, key := range c.keys {
			if home.Find(`[aria-labelledby="expected"] a[href$="`+key+`"]`).Length() != 1 {
				t.Errorf("%s: the first page does not tell that %s is expected", slug, key)
			}
			if said := text.Find("#c-" + key + " .margin").Text(); !strings.Contains(said, c.mark) {
				t.Errorf("%s: beside %s the charter says %q", slug, key, said)
			}
			page, _ := fetch(t, client, origin+"/commitments/"+key)
			if said := page.Find(".state").Text(); !strings.Contains(said, "Очаква се от: Клиентите") || page.Find(".state .badge .shape").Length() > 0 {
				t.Errorf("%s: the page of %s says %q", slug, key, said)
			}
		}
	}
	page, _ := fetch(t, client, "http://klaipeda.localhost:8080/lt/commitments/shared-vision")
	if said := page.Find(".state").Text(); !strings.Contains(said, "Įsipareigoja: Gyventojai ir organizacijos") || !strings.Contains(said, "Nematuojama") {
		t.Errorf("a promise of residents says %q", said)
	}
}
