package results

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// cell is the cases of one kind in one month, as they were counted.
type cell struct {
	kind  string
	month deadline.Date
}

// town is one whose cases were counted by kind and month, and what is told of it.
type told struct {
	kinds   []string
	months  []deadline.Date
	counted map[cell]int64
	figures table
	board   *Board
	promise map[string]*charter.Commitment
}

// aTown draws a town whose kinds are often too few to be shown, counts it in steps
// as the service does, and reads it as the pages do.
func aTown(r *rand.Rand, start deadline.Date, kinds []string, months int) told {
	t := told{kinds: kinds, counted: map[cell]int64{}, promise: map[string]*charter.Commitment{}}
	most := make([]int64, len(kinds))
	for i := range most {
		most[i] = []int64{2, 5, 9, 40}[r.IntN(4)]
	}
	all := counts{}
	for n := range months {
		m := start.AddMonths(n)
		t.months = append(t.months, m)
		all[m] = map[series]*Figure{}
		for i, kind := range kinds {
			cases := r.Int64N(most[i] + 1)
			t.counted[cell{kind, m}] = cases
			for range cases {
				monthOf(all, m).both(OnTimeOwn, kind, hit(r.IntN(3) > 0, false))
			}
		}
	}
	t.figures = tableOf(inSteps(r, all, t.months))
	rules := casework.Rules{Kinds: map[string]casework.Kind{}}
	for _, kind := range kinds {
		rules.Kinds[kind] = casework.Kind{Own: &casework.Promise{Term: "3 working days"}}
		t.promise[kind] = &charter.Commitment{Key: kind, Measure: charter.Measure{Kind: charter.CaseTime, Rule: kind, Share: 90}}
	}
	t.board = &Board{rules: rules, today: start.AddMonths(months), figures: t.figures}
	return t
}

// inSteps lays the months out in two computations, the second of which goes on
// with what waits from the first.
func inSteps(r *rand.Rand, all counts, months []deadline.Date) []written {
	cut := months[r.IntN(len(months))]
	first, second := counts{}, counts{}
	for m, figures := range all {
		if m < cut {
			first[m] = figures
		} else {
			second[m] = figures
		}
	}
	done := lay(first, nil, nil)
	return append(done, lay(second, stillWaiting(done), allShown(done))...)
}

// stillWaiting is what the query of that name gives: of each series what comes
// after the last month that shows anything.
func stillWaiting(done []written) []row {
	shown := map[series]deadline.Date{}
	for _, w := range done {
		if w.ShownDen > 0 {
			s := series{w.Indicator, w.Kind}
			shown[s] = max(shown[s], w.Month)
		}
	}
	var rows []row
	for _, w := range done {
		if w.With = 0; w.Kind != "" {
			for _, t := range done {
				if t.Kind == "" && t.Month >= w.Month && t.ShownDen > 0 && (w.With.IsZero() || t.Month < w.With) {
					w.With = t.Month
				}
			}
		}
		if w.Den > 0 && w.Month > shown[series{w.Indicator, w.Kind}] {
			rows = append(rows, w.row)
		}
	}
	return rows
}

// allShown is what the query of what was shown before gives.
func allShown(done []written) []row {
	var rows []row
	for _, w := range done {
		if w.ShownDen > 0 {
			w.row.Since = *w.Since
			rows = append(rows, w.row)
		}
	}
	return rows
}

func tableOf(all []written) table {
	t := table{}
	for _, w := range all {
		s := series{w.Indicator, w.Kind}
		r := w.row
		if w.Since != nil {
			r.Since = *w.Since
		}
		t[s] = append(t[s], r)
	}
	return t
}

// seen is a figure that somebody sees: which cells it is made of, and its number.
type seen struct {
	what  string
	kind  string // empty = every kind
	cells map[cell]bool
	den   int64
}

// of gives the cells that a value over a period is made of.
func (t told) of(kind string, p Period) map[cell]bool {
	cells := map[cell]bool{}
	for _, r := range t.figures[series{OnTimeOwn, kind}] {
		if !p.holds(r.Month) || r.ShownDen == 0 {
			continue
		}
		for _, m := range t.months {
			if m < r.Since || m > r.Month {
				continue
			}
			for _, k := range t.kinds {
				if kind == "" || k == kind {
					cells[cell{k, m}] = true
				}
			}
		}
	}
	return cells
}

// everything is what all pages and downloads tell of some periods: the table by
// kind, the badges, what was published.
func (t told) everything(periods []Period) (all []seen) {
	add := func(what, kind string, p Period, v Value) {
		if v.State == Shown {
			all = append(all, seen{fmt.Sprintf("%s of %q from %s to %s", what, kind, p.From, p.To), kind, t.of(kind, p), v.Den})
		}
	}
	for _, p := range periods {
		lines := []Timely{t.figures.timely("", p)}
		for _, kind := range t.kinds {
			lines = append(lines, t.figures.timely(kind, p))
		}
		add("the total", "", p, lines[0].Own)
		for i, kind := range t.kinds {
			add("the table", kind, p, lines[i+1].Own)
			add("the promise", kind, p, t.board.Over(t.promise[kind], p))
			v := verdictOn(kind, 1, Gauge{Indicator: OnTimeOwn, Kind: kind}, p, t.figures.value(OnTimeOwn, kind, p))
			add("what was published", kind, p, Verdict{Num: v.Num, Den: v.Den}.Value())
		}
	}
	for _, kind := range t.kinds {
		if b := t.board.Of(t.promise[kind]); b.Period.Kind != "" {
			add("the badge", kind, b.Period, b.Value)
		}
	}
	return all
}

// prime is what the equations below are solved by: exact, and large enough.
const prime = 1_000_000_007

// span holds equations in a form in which each new one is quickly reduced.
type span struct {
	at     map[cell]int
	pivots []int
	rows   [][]int64
}

// rest is what of an equation the others do not give; false when they give all.
func (s *span) rest(cells map[cell]bool) ([]int64, bool) {
	v := make([]int64, len(s.at))
	for c := range cells {
		v[s.at[c]] = 1
	}
	for n, row := range s.rows {
		if f := v[s.pivots[n]]; f != 0 {
			for i := range v {
				v[i] = ((v[i]-f*row[i])%prime + prime) % prime
			}
		}
	}
	for _, x := range v {
		if x != 0 {
			return v, true
		}
	}
	return nil, false
}

func (s *span) add(cells map[cell]bool) {
	v, more := s.rest(cells)
	if !more {
		return
	}
	pivot := 0
	for v[pivot] == 0 {
		pivot++
	}
	inverse := power(v[pivot], prime-2)
	for i := range v {
		v[i] = v[i] * inverse % prime
	}
	s.pivots, s.rows = append(s.pivots, pivot), append(s.rows, v)
}

func power(base, exponent int64) int64 {
	out := int64(1)
	for ; exponent > 0; exponent /= 2 {
		if exponent%2 == 1 {
			out = out * base % prime
		}
		base = base * base % prime
	}
	return out
}

// groups are what nobody may find one to four cases of: some kinds over a run of
// months.
func (t told) groups() (all []map[cell]bool) {
	for kinds := 1; kinds < 1<<len(t.kinds); kinds++ {
		for a := range t.months {
			for b := a; b < len(t.months); b++ {
				group := map[cell]bool{}
				for i, k := range t.kinds {
					for _, m := range t.months[a : b+1] {
						if kinds>>i&1 == 1 {
							group[cell{k, m}] = true
						}
					}
				}
				all = append(all, group)
			}
		}
	}
	return all
}

func (t told) cases(cells map[cell]bool) (n int64) {
	for c := range cells {
		n += t.counted[c]
	}
	return n
}

// within tells whether all cells of b are among those of a.
func within(a, b map[cell]bool) bool {
	for c := range b {
		if !a[c] {
			return false
		}
	}
	return true
}

// fewCases is what nobody may find.
func fewCases(n int64) bool { return n > -Least && n < Least && n != 0 }

// pair looks at two views: every figure, every difference of two of which one has
// all cases of the other, and of each total the rest beside the kinds that are
// wholly within it.
func (t told) pair(a, b Period) (compared int, found string) {
	all := t.everything([]Period{a, b})
	for _, x := range all {
		for _, y := range all {
			if !within(x.cells, y.cells) {
				continue
			}
			if compared++; fewCases(x.den) || fewCases(x.den-y.den) {
				return compared, fmt.Sprintf("%s is %d, %s is %d", x.what, x.den, y.what, y.den)
			}
		}
		if x.kind != "" {
			continue
		}
		for _, p := range []Period{a, b} {
			rest := x.den
			for _, kind := range t.kinds {
				if v := t.board.Over(t.promise[kind], p); v.State == Shown && within(x.cells, t.of(kind, p)) {
					rest -= v.Den
				}
			}
			if compared++; fewCases(rest) {
				return compared, fmt.Sprintf("%s less the kinds from %s to %s leaves %d", x.what, p.From, p.To, rest)
			}
		}
	}
	return compared, ""
}

// 10,000 random pairs of views of a town, each with its table by kind, the badges
// and what was published, are subtracted from one another.
func TestNoPairOfATownsViewsGivesOneToFourCases(t *testing.T) {
	start := aDay(t, "2026-01-01")
	r := rand.New(rand.NewPCG(5, 9))
	compared := 0
	var town told
	for n := range 10_000 {
		if n%10 == 0 {
			town = aTown(r, start, casework.Kinds()[:2+r.IntN(4)], 3+r.IntN(12))
		}
		run := func() Period {
			from := r.IntN(len(town.months))
			return Period{Rolling, town.months[from], lastOf(town.months[from+r.IntN(len(town.months)-from)])}
		}
		looked, found := town.pair(run(), run())
		if compared += looked; found != "" {
			t.Fatalf("%s; counted were %v", found, town.counted)
		}
	}
	if compared < 100_000 {
		t.Errorf("only %d differences", compared)
	}
	t.Logf("%d differences", compared)
}

// A kind with many cases that waits for the sake of one with few says so, and does
// not say that it has too few itself.
func TestAKindThatWaitsSaysWhy(t *testing.T) {
	month := aDay(t, "2026-01-01")
	all := counts{month: {}}
	for range 40 {
		monthOf(all, month).both(OnTimeOwn, "question", hit(true, false))
	}
	for range 3 {
		monthOf(all, month).both(OnTimeOwn, "praise", hit(true, false))
	}
	board := &Board{rules: casework.Rules{Kinds: map[string]casework.Kind{}}, today: month.AddMonths(1), figures: tableOf(lay(all, nil, nil))}
	for kind, why := range map[string]i18n.Key{"question": KeyWhyWaits, "praise": KeyWhyTooFew} {
		board.rules.Kinds[kind] = casework.Kind{Own: &casework.Promise{Term: "3 working days"}}
		badge := board.Of(&charter.Commitment{Key: kind, Measure: charter.Measure{Kind: charter.CaseTime, Rule: kind, Share: 90}})
		if badge.State != NoDataYet || badge.Why != why || badge.Value.State != Suppressed {
			t.Errorf("%s: %+v", kind, badge)
		}
	}
	if v := board.figures.value(OnTimeOwn, "", MonthOf(month)); v.State != Shown || v.Den != 43 {
		t.Errorf("the total: %+v", v)
	}
}

func monthOf(all counts, m deadline.Date) month { return month(all[m]) }

// Whatever of the table by kind, the badges and what was published is added up and
// subtracted, over whatever periods and however many at once: no group of kinds
// over a run of months comes out with one to four cases. Linear algebra tells what
// follows from all the figures; it knows nothing of how they were chosen.
func TestNoFiguresTogetherGiveOneToFourCases(t *testing.T) {
	start := aDay(t, "2026-01-01")
	r := rand.New(rand.NewPCG(11, 4))
	figures, hidden, leaks := 0, 0, 0
	const towns = 1000
	for range towns {
		town := aTown(r, start, casework.Kinds()[:2+r.IntN(3)], 3+r.IntN(5))
		var periods []Period
		for a := range town.months {
			for _, last := range town.months[a:] {
				periods = append(periods, Period{Rolling, town.months[a], lastOf(last)})
			}
		}
		s := &span{at: map[cell]int{}}
		for c := range town.counted {
			s.at[c] = len(s.at)
		}
		for _, x := range town.everything(periods) {
			if figures++; x.den != town.cases(x.cells) {
				t.Fatalf("%s is %d, and the cases are %d", x.what, x.den, town.cases(x.cells))
			}
			s.add(x.cells)
		}
		for _, group := range town.groups() {
			n := town.cases(group)
			if n == 0 || n >= Least {
				continue
			}
			if _, unknown := s.rest(group); unknown {
				hidden++
				continue
			}
			if leaks++; leaks <= 3 {
				t.Errorf("%d cases can be found: %v in %v", n, group, town.counted)
			}
		}
	}
	if figures < 10_000 || hidden < 10_000 {
		t.Errorf("%d figures, %d small groups: the test tried nothing", figures, hidden)
	}
	t.Logf("%d figures; of the groups of one to four %d can be found and %d not", figures, leaks, hidden)
}
