package deadline_test

import (
	"testing"

	"charterhouse/internal/deadline"
)

func TestDueAllocatesNothing(t *testing.T) {
	c, d := pack(t, "bg"), date(t, "2025-12-10")
	for _, s := range []string{"20 working days", "less than 3 working days", "366 working days", "same working day", "14 days", "24 months"} {
		v := term(t, s)
		if n := testing.AllocsPerRun(100, func() { c.Due(d, true, deadline.NextWorkingDay, v) }); n != 0 {
			t.Errorf("%s: %v allocations", s, n)
		}
	}
	if n := testing.AllocsPerRun(100, func() { c.WorkingDaysBetween(d, d+500); c.IsWorking(d) }); n != 0 {
		t.Errorf("counting working days: %v allocations", n)
	}
}

func TestNoAnswerBeyondTheCentury(t *testing.T) {
	c := pack(t, "lt")
	for _, s := range []string{"20 working days", "same working day", "14 days", "1 month"} {
		v := term(t, s)
		for _, d := range []deadline.Date{0, -1, deadline.Last + 1, deadline.Last.AddDays(1)} {
			if got := c.Due(d, true, deadline.NextWorkingDay, v); got != 0 {
				t.Errorf("%s from no date: %v", s, got)
			}
			if e := c.Explain(d, true, deadline.NextWorkingDay, v); e.Due != 0 || len(e.Days) != 0 {
				t.Errorf("%s from no date is explained: %+v", s, e)
			}
		}
		if s == "same working day" {
			continue // 31 December 2100 is a Friday
		}
		if got := c.Due(deadline.Last, false, deadline.SameDay, v); got != 0 {
			t.Errorf("%s from the last day: %v", s, got)
		}
		if e := c.Explain(deadline.Last, false, deadline.SameDay, v); e.Due != 0 || len(e.Days) != 0 {
			t.Errorf("%s from the last day is explained: %+v", s, e)
		}
	}
	if got := c.Due(deadline.Last, false, deadline.SameDay, term(t, "same working day")); got != deadline.Last {
		t.Errorf("the last day itself: %v", got)
	}
	if got := c.Due(date(t, "2026-01-05"), false, deadline.SameDay, deadline.Term{}); got != 0 {
		t.Errorf("no term: %v", got)
	}
	if c.WorkingDaysBetween(0, deadline.Last) != 0 || c.IsWorking(0) || c.IsWorking(deadline.Last+1) {
		t.Error("no date is worked or counted")
	}
}

func TestPolicies(t *testing.T) {
	for _, p := range []deadline.Policy{deadline.SameDay, deadline.NextWorkingDay} {
		text, err := p.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back deadline.Policy
		if err := back.UnmarshalText(text); err != nil || back != p {
			t.Errorf("%s: %v, %v", text, back, err)
		}
	}
	for _, s := range []string{"", "next day", "SAME_DAY"} {
		if _, err := deadline.ParsePolicy(s); code(err) != deadline.PolicyForm {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func BenchmarkDueDate(b *testing.B) {
	c, d := pack(b, "bg"), date(b, "2025-12-10")
	for _, s := range []string{"20 working days", "366 working days", "14 days", "1 month"} {
		v := term(b, s)
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Due(d, true, deadline.NextWorkingDay, v)
			}
		})
	}
}

func BenchmarkExplain(b *testing.B) {
	c, d, v := pack(b, "bg"), date(b, "2025-12-10"), term(b, "20 working days")
	b.ReportAllocs()
	for b.Loop() {
		c.Explain(d, true, deadline.NextWorkingDay, v)
	}
}

func BenchmarkCompile(b *testing.B) {
	spec := packSpec(b, "bg")
	for b.Loop() {
		if _, err := deadline.Compile(spec); err != nil {
			b.Fatal(err)
		}
	}
}
