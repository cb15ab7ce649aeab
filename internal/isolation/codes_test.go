package isolation

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"
)

// guess is one kind of wrong code.
type guess struct {
	name         string
	number, code func() string
	took         []time.Duration
}

// TestWrongCodesLookAlike tries codes that were never issued, that miss by one
// sign, that are another town's or an erased case's. The answers are the same, to
// the byte and in time.
func TestWrongCodesLookAlike(t *testing.T) {
	w := open(t)
	c, other, erased := w.a().Cases[opened], w.b().Cases[opened], w.a().Cases[closed]
	_, err := w.raw.Exec(`UPDATE t_`+slugA+`.case_receipts SET code_hash = NULL WHERE id = $1`, erased.ID)
	must(t, err)
	is := func(s string) func() string { return func() string { return s } }
	guesses := []*guess{
		{name: "never issued", number: is(c.Number), code: neverCode},
		{name: "one sign wrong", number: is(c.Number), code: func() string { return miss(c.Code) }},
		{name: "another case's", number: is(c.Number), code: is(w.a().Cases[waiting].Code)},
		{name: "another town's", number: is(other.Number), code: is(other.Code)},
		{name: "another town's, number of here", number: is(c.Number), code: is(other.Code)},
		{name: "erased", number: is(erased.Number), code: is(erased.Code)},
		{name: "number never issued", number: is("KL-2026-7777"), code: neverCode},
	}
	want, hits := "", 0
	for range times(40, 2000) {
		for _, g := range guesses {
			number, code := g.number(), g.code()
			q := question{Slug: slugA, Method: http.MethodPost, Path: "/lt/track", Form: url.Values{"number": {number}, "code": {code}}}
			began := time.Now()
			got := w.ask(q)
			g.took = append(g.took, time.Since(began))
			if got.Status != http.StatusNotFound {
				hits++
			}
			if have := got.like(number, code); want == "" {
				want = have
			} else if have != want {
				t.Fatalf("%s is answered differently:\n%s", g.name, difference(have, want))
			}
		}
	}
	if hits > 0 {
		t.Errorf("%d wrong codes opened something", hits)
	}
	base, spread := middle(guesses[0].took)
	for _, g := range guesses {
		m, _ := middle(g.took)
		if d := (m - base).Abs(); d > max(time.Millisecond, spread) {
			t.Errorf("%s takes %s, one that was never issued %s (half of them within %s)", g.name, m, base, spread)
		}
		t.Logf("wrong codes: %-32s %4d tries, median %s", g.name, len(g.took), m.Round(10*time.Microsecond))
	}
}

// miss changes one sign of a code.
func miss(code string) string {
	const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	for {
		at := int(visitors.Add(1)) % len(code)
		if sign := readable(signs, 1); code[at] != '-' && string(code[at]) != sign {
			return code[:at] + sign + code[at+1:]
		}
	}
}

// middle is the median and how far the middle half reaches.
func middle(all []time.Duration) (median, spread time.Duration) {
	s := slices.Clone(all)
	slices.Sort(s)
	return s[len(s)/2], s[len(s)*3/4] - s[len(s)/4]
}
