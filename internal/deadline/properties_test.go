package deadline_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"charterhouse/internal/deadline"

	"pgregory.net/rapid"
)

func itoa(n int) string { return strconv.Itoa(n) }

// anyTerm draws a term of any unit; numbers stay small enough that the due date
// lies within the century for receipts until 2098.
func anyTerm(t *rapid.T) deadline.Term {
	n := rapid.IntRange(1, 24).Draw(t, "n")
	form := rapid.SampledFrom([]string{
		"%d working days", "less than %d working days", "same working day", "%d days", "%d months",
	}).Draw(t, "form")
	return withNumber(t, form, n)
}

func withNumber(t *rapid.T, form string, n int) deadline.Term {
	text := form
	if i := slices.Index([]byte(form), '%'); i >= 0 {
		text = form[:i] + itoa(n) + form[i+2:]
	}
	v, err := deadline.ParseTerm(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func anyReceipt(t *rapid.T) deadline.Date {
	return deadline.Date(rapid.IntRange(int(deadline.First), int(deadline.Last)-760).Draw(t, "received"))
}

func anyPolicy(t *rapid.T) (bool, deadline.Policy) {
	return rapid.Bool().Draw(t, "outside"), rapid.SampledFrom([]deadline.Policy{deadline.SameDay, deadline.NextWorkingDay}).Draw(t, "policy")
}

// anySpec draws a country that no law has yet: any week, any holidays, moved or
// not, and a few declared days.
func anySpec(t *rapid.T) deadline.CalendarSpec {
	week := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}), 1, 6, rapid.ID).Draw(t, "weekly")
	spec := deadline.CalendarSpec{Key: "xx", Weekly: week}
	used := map[int]bool{}
	for i := range rapid.IntRange(0, 20).Draw(t, "holidays") {
		r := anyRule(t, i)
		day := r.Month*100 + r.Day
		if used[day] {
			continue
		}
		used[day] = true
		spec.Rules = append(spec.Rules, r)
	}
	return spec
}

func anyRule(t *rapid.T, i int) deadline.Rule {
	r := deadline.Rule{
		Key: "h" + itoa(i), Rule: "fixed", Name: map[string]string{"en": "holiday " + itoa(i)},
		Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day"),
	}
	if rapid.Bool().Draw(t, "moves") {
		r.Substitute = rapid.IntRange(1990, 2100).Draw(t, "since")
	}
	return r
}

func compiled(t *rapid.T, spec deadline.CalendarSpec) *deadline.Calendar {
	c, err := deadline.Compile(spec)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDueIsAlwaysAWorkingDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, d, v := compiled(t, anySpec(t)), anyReceipt(t), anyTerm(t)
		outside, policy := anyPolicy(t)
		due := c.Due(d, outside, policy, v)
		if !c.IsWorking(due) || due < d {
			t.Fatalf("%v for %v", due, v)
		}
	})
}

// A holiday that is added, by law, by decree or by the town, must never shorten
// what was promised.
func TestAddingAHolidayNeverMakesADueDateEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spec, d, v := anySpec(t), anyReceipt(t), anyTerm(t)
		outside, policy := anyPolicy(t)
		before := compiled(t, spec).Due(d, outside, policy, v)
		more := spec
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			r := anyRule(t, 99)
			for slices.ContainsFunc(spec.Rules, func(o deadline.Rule) bool { return o.Month == r.Month && o.Day == r.Day }) {
				r.Day = r.Day%28 + 1
			}
			more.Rules = append(slices.Clone(spec.Rules), r)
		default:
			day := d.AddDays(rapid.IntRange(0, 40).Draw(t, "declared"))
			more.Extra = []deadline.Extra{{Date: day, Name: map[string]string{"en": "declared"}, Scope: deadline.Town}}
		}
		after := compiled(t, more).Due(d, outside, policy, v)
		if after < before {
			t.Fatalf("%v before, %v with one more day off", before, after)
		}
	})
}

func TestDueGrowsWithTheTermAndWithReceipt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, d := compiled(t, anySpec(t)), anyReceipt(t)
		outside, policy := anyPolicy(t)
		form := rapid.SampledFrom([]string{"%d working days", "less than %d working days", "%d days", "%d months"}).Draw(t, "form")
		n := rapid.IntRange(1, 23).Draw(t, "n")
		shorter, longer := withNumber(t, form, n), withNumber(t, form, n+1)
		a, b := c.Due(d, outside, policy, shorter), c.Due(d, outside, policy, longer)
		if b < a {
			t.Fatalf("%v by %v, %v by %v", shorter, a, longer, b)
		}
		later := d.AddDays(rapid.IntRange(1, 60).Draw(t, "later"))
		if e := c.Due(later, outside, policy, shorter); e < a {
			t.Fatalf("received %v: %v; received %v: %v", d, a, later, e)
		}
		if less := c.Due(d, outside, policy, withNumber(t, "less than %d working days", n)); less > c.Due(d, outside, policy, withNumber(t, "%d working days", n)) {
			t.Fatalf("less than %d working days is due later than %d", n, n)
		}
	})
}

// The explanation walks day by day where Due counts bits; they must agree, and
// every day from receipt to the due date must stand in it once.
func TestTheExplanationTellsEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, d, v := compiled(t, anySpec(t)), anyReceipt(t), anyTerm(t)
		outside, policy := anyPolicy(t)
		e, due := c.Explain(d, outside, policy, v), c.Due(d, outside, policy, v)
		if e.Due != due {
			t.Fatalf("explained %v, due %v", e.Due, due)
		}
		if len(e.Days) != due.Sub(d)+1 {
			t.Fatalf("%d days explained, %d between", len(e.Days), due.Sub(d)+1)
		}
		number := 0
		for i, day := range e.Days {
			if day.Date != d.AddDays(i) {
				t.Fatalf("day %d is %v", i, day.Date)
			}
			if !c.IsWorking(day.Date) && len(day.Reasons) == 0 {
				t.Fatalf("%v is not worked, and nothing says why", day.Date)
			}
			switch day.Role {
			case deadline.Skipped:
				if c.IsWorking(day.Date) {
					t.Fatalf("%v is worked and was skipped", day.Date)
				}
			case deadline.Counted:
				number++
				if v.Unit() != deadline.Months && day.Number != number {
					t.Fatalf("%v has number %d, want %d", day.Date, day.Number, number)
				}
			}
		}
		span := len(e.Passed(deadline.Counted)) + len(e.Passed(deadline.Skipped)) + len(e.Passed(deadline.Moved))
		if span != due.Sub(e.Zero) {
			t.Fatalf("counted, skipped and moved are %d days of %d", span, due.Sub(e.Zero))
		}
		if v.Unit() == deadline.WorkingDays && number != v.Counted() {
			t.Fatalf("counted %d days for %v", number, v)
		}
	})
}

func TestWorkingDaysBetweenIsWhatATermCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a := compiled(t, anySpec(t)), anyReceipt(t)
		n := rapid.IntRange(1, 60).Draw(t, "n")
		b := c.Due(a, false, deadline.SameDay, withNumber(t, "%d working days", n))
		if got := c.WorkingDaysBetween(a, b); got != n {
			t.Fatalf("%d, want %d", got, n)
		}
		if got := c.WorkingDaysBetween(b, a); got != -n {
			t.Fatalf("backwards %d, want %d", got, -n)
		}
		walked := 0
		for d := a + 1; d <= b; d++ {
			if c.IsWorking(d) {
				walked++
			}
		}
		if walked != n {
			t.Fatalf("walked %d, want %d", walked, n)
		}
	})
}

func TestMonthsEndOnTheSameNumberOrTheLastDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyReceipt(t), rapid.IntRange(0, 24).Draw(t, "n")
		got := d.AddMonths(n)
		next := time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		last := next.AddDate(0, 1, -1).Day()
		if got.Year() != next.Year() || got.Month() != next.Month() || got.Day() != min(d.Day(), last) {
			t.Fatalf("%v + %d months = %v", d, n, got)
		}
	})
}
