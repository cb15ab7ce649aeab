package results

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Whatever months are added up, and whatever of them is taken away again, nobody
// gets at one to four cases; and what is shown is what was counted, but for what
// waits.
func TestNoSumAndNoDifferenceIsOneToFour(t *testing.T) {
	start := aDay(t, "2024-01-01")
	rapid.Check(t, func(r *rapid.T) {
		var months []Counted
		var counted int64
		for i := range rapid.IntRange(0, 30).Draw(r, "months") {
			f := Figure{Den: rapid.OneOf(rapid.Int64Range(0, 6), rapid.Int64Range(0, 200)).Draw(r, "cases")}
			f.Num = rapid.Int64Range(0, f.Den).Draw(r, "of them")
			counted += f.Den
			months = append(months, Counted{Month: start.AddMonths(i), Figure: f})
		}
		all := Show(false, months)
		within := func(a, b int) (n int64) {
			for _, x := range all {
				if start.AddMonths(a) <= x.Month && x.Month < start.AddMonths(b) {
					n += x.Figure.Den
				}
			}
			return n
		}
		if rest := counted - within(0, len(months)); rest < 0 || rest >= 5 {
			r.Fatalf("%d cases are neither shown nor waiting for a few more", rest)
		}
		a := rapid.IntRange(0, len(months)).Draw(r, "from")
		b := rapid.IntRange(a, len(months)).Draw(r, "to")
		c := rapid.IntRange(a, b).Draw(r, "inner from")
		d := rapid.IntRange(c, b).Draw(r, "inner to")
		for name, n := range map[string]int64{"sum": within(a, b), "difference": within(a, b) - within(c, d)} {
			if n > 0 && n < 5 || n < 0 {
				r.Fatalf("the %s of %d..%d and %d..%d is %d", name, a, b, c, d, n)
			}
		}
		for _, x := range all {
			if x.Since > x.Month || x.Figure.Num > x.Figure.Den {
				r.Fatalf("%+v", x)
			}
		}
	})
}

func TestAStockIsNotAddedUp(t *testing.T) {
	start := aDay(t, "2026-01-01")
	all := Show(true, []Counted{{Month: start, Figure: Figure{Den: 4}}, {Month: start.AddMonths(1), Figure: Figure{Den: 4}}, {Month: start.AddMonths(2), Figure: Figure{Den: 7}}})
	if len(all) != 1 || all[0].Month != start.AddMonths(2) || all[0].Figure.Den != 7 {
		t.Errorf("shown: %+v", all)
	}
	rows := []row{{Month: start, Den: 9, ShownDen: 9, ShownNum: 1}, {Month: start.AddMonths(1), Den: 7, ShownDen: 7, ShownNum: 2}}
	v := table{{Overdue, ""}: rows}.value(Overdue, "", QuarterOf(start))
	if v.Num != 2 || v.Den != 7 {
		t.Errorf("at the end of the quarter: %+v", v)
	}
}

// A breakdown with a total never leaves one to four to be found by subtraction.
func TestABreakdownHidesASecondPart(t *testing.T) {
	shownOf := func(n int64) Value { return Value{State: Shown, Num: n, Den: n} }
	rapid.Check(t, func(r *rapid.T) {
		var sum int64
		var parts []Part
		for range rapid.IntRange(0, 8).Draw(r, "parts") {
			n := rapid.OneOf(rapid.Int64Range(1, 7), rapid.Int64Range(1, 90)).Draw(r, "cases")
			sum += n
			v := shownOf(n)
			if n < 5 {
				v = Value{State: Suppressed}
			}
			parts = append(parts, Part{Value: v})
		}
		total := Value{State: Suppressed}
		if sum >= 5 {
			total = shownOf(sum)
		}
		protect(total, parts)
		var seen int64
		for _, p := range parts {
			seen += p.Value.Den
		}
		if rest := sum - seen; total.State == Shown && rest > 0 && rest < 5 {
			r.Fatalf("%d of %d are shown: the rest is %d", seen, sum, rest)
		}
	})
	parts := []Part{{"a", shownOf(40)}, {"b", shownOf(9)}, {"c", Value{State: Suppressed}}}
	protect(shownOf(52), parts)
	if parts[0].Value.State != Shown || parts[1].Value.State != Suppressed {
		t.Errorf("the smallest should be hidden: %+v", parts)
	}
}

// Published values: R. G. Newcombe, Statistics in Medicine 17 (1998), table I,
// method 3; E. B. Wilson's score interval without continuity correction.
func TestWilsonEqualsPublishedExamples(t *testing.T) {
	for _, c := range []struct {
		num, den  int64
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {29, 29, 1 - 0.1170, 1},
	} {
		low, high := Wilson(c.num, c.den)
		if math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%d of %d: %.5f to %.5f, published %.4f to %.4f", c.num, c.den, low, high, c.low, c.high)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		den := rapid.Int64Range(1, 1e6).Draw(r, "den")
		num := rapid.Int64Range(0, den).Draw(r, "num")
		low, high := Wilson(num, den)
		p := float64(num) / float64(den)
		if low < 0 || low > p || p > high || high > 1 {
			r.Fatalf("%d of %d: %v to %v", num, den, low, high)
		}
	})
}

func TestASpreadTellsItsMedian(t *testing.T) {
	for text, want := range map[string][2]float64{
		"3:1": {3, 3}, "1:1,2:1": {1.5, 2}, "1:3,9:1": {1, 9}, "0:10,5:80,20:10": {5, 5}, "0:1,1:1,2:1,3:1,4:1,5:1,6:1,7:1,8:1,9:1": {4.5, 8},
	} {
		s, err := ParseSpread(text)
		if err != nil || s.String() != text {
			t.Fatalf("%s is read as %s: %v", text, s, err)
		}
		v := Value{State: Shown, Spread: s}
		median, _ := v.Median()
		ninetieth, _ := v.Ninetieth()
		if median != want[0] || ninetieth != want[1] {
			t.Errorf("%s: %v and %v, want %v", text, median, ninetieth, want)
		}
	}
	for text, want := range map[string]string{"2:1,1:1,2:3": "1:1,2:4", "700:2,3:1,511:1,512:1,700:1": "3:1,511:1,512:1,700:3"} {
		if s, _ := ParseSpread(text); s.String() != want {
			t.Errorf("%s strung together: %s", text, s)
		}
	}
	for _, bad := range []string{"x", "1", "1:-2", "1:x", ":", "1:", "1:2,x", "99999999999:1", "1:9999999999999999999"} {
		if _, err := ParseSpread(bad); err == nil {
			t.Errorf("%q is no spread", bad)
		}
	}
}

func TestWhatCountsAsKept(t *testing.T) {
	share := Gauge{Scale: Share, Target: 90, Aimed: true}.judging()
	points := Gauge{Scale: Points, Target: 4.2, Aimed: true}.judging()
	up := Gauge{Scale: Amount, Target: 50, Aimed: true}.judging()
	down := Gauge{Scale: Amount, Target: 50, Aimed: true, Down: true}.judging()
	for _, c := range []struct {
		j    Judging
		v    float64
		want State
	}{
		{share, 90, Kept}, {share, 89.99, AtRisk}, {share, 85, AtRisk}, {share, 84.9, Broken}, {share, 100 * 9.0 / 10, Kept},
		{points, 4.2, Kept}, {points, 4.1, AtRisk}, {points, 4, AtRisk}, {points, 3.9, Broken},
		{up, 50, Kept}, {up, 45, AtRisk}, {up, 44, Broken}, {down, 50, Kept}, {down, 55, AtRisk}, {down, 56, Broken},
	} {
		if got := c.j.State(c.v); got != c.want {
			t.Errorf("%v of %+v is %s, want %s", c.v, c.j, got, c.want)
		}
	}
}
