package deadline_test

import (
	"fmt"
	"strings"
	"testing"

	"charterhouse/internal/deadline"
)

// tell writes an explanation down as one would on paper, one line a day, leaving
// out worked days that are merely counted.
func tell(e deadline.Explanation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "shift %q, zero %v, first %v, end %v, clipped %v, literal %v, rolled %v, due %v\n",
		e.Shift, e.Zero, e.First, e.End, e.Clipped, e.Literal(), e.Rolled(), e.Due)
	for _, d := range e.Days {
		if d.Role == deadline.Counted && len(d.Reasons) == 0 && d.Date != e.Due {
			continue
		}
		fmt.Fprintf(&b, "%v %s", d.Date, d.Role)
		if d.Number > 0 {
			fmt.Fprintf(&b, " %d", d.Number)
		}
		for _, r := range d.Reasons {
			fmt.Fprintf(&b, " %s", strings.TrimSpace(string(r.Kind)+" "+r.Key))
			if r.For != 0 {
				fmt.Fprintf(&b, " of %v", r.For)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestExplanations(t *testing.T) {
	cases := []struct {
		name, country, received, outside, term, want string
	}{
		{"less than three days over All Souls'", "lt", "2026-10-30", "", "less than 3 working days", `
shift "", zero 2026-10-30, first 2026-11-03, end 2026-11-04, clipped false, literal true, rolled false, due 2026-11-04
2026-10-30 zero
2026-10-31 skipped weekend
2026-11-01 skipped holiday all_saints weekend
2026-11-02 skipped holiday all_souls
2026-11-04 counted 2`},
		{"a month that ends on Sunday", "bg", "2026-11-20", "", "1 month", `
shift "", zero 2026-11-20, first 2026-11-21, end 2026-12-20, clipped false, literal false, rolled true, due 2026-12-21
2026-11-20 zero
2026-11-21 counted weekend
2026-11-22 counted weekend
2026-11-28 counted weekend
2026-11-29 counted weekend
2026-12-05 counted weekend
2026-12-06 counted weekend
2026-12-12 counted weekend
2026-12-13 counted weekend
2026-12-19 counted weekend
2026-12-20 counted weekend
2026-12-21 moved`},
		{"the end of a short month, moved over Easter and the day off for 1 May", "bg", "2021-03-31", "", "1 month", `
shift "", zero 2021-03-31, first 2021-04-01, end 2021-04-30, clipped true, literal false, rolled true, due 2021-05-05
2021-03-31 zero
2021-04-03 counted weekend
2021-04-04 counted weekend
2021-04-10 counted weekend
2021-04-11 counted weekend
2021-04-17 counted weekend
2021-04-18 counted weekend
2021-04-24 counted weekend
2021-04-25 counted weekend
2021-04-30 counted holiday good_friday
2021-05-01 skipped holiday holy_saturday holiday labour_day weekend
2021-05-02 skipped holiday easter weekend
2021-05-03 skipped holiday easter_monday
2021-05-04 skipped substitute labour_day of 2021-05-01
2021-05-05 moved`},
		{"after hours before Christmas", "bg", "2026-12-23", "next_working_day", "1 working day", `
shift "outside_hours", zero 2026-12-29, first 2026-12-30, end 2026-12-30, clipped false, literal false, rolled false, due 2026-12-30
2026-12-23 received
2026-12-24 waiting holiday christmas_eve
2026-12-25 waiting holiday christmas
2026-12-26 waiting holiday christmas_second weekend
2026-12-27 waiting weekend
2026-12-28 waiting substitute christmas_second of 2026-12-26
2026-12-29 zero
2026-12-30 counted 1`},
		{"on a Saturday that counts as Monday", "lt", "2026-11-21", "next_working_day", "14 days", `
shift "non_working_day", zero 2026-11-23, first 2026-11-24, end 2026-12-07, clipped false, literal false, rolled false, due 2026-12-07
2026-11-21 received weekend
2026-11-22 waiting weekend
2026-11-23 zero
2026-11-28 counted 5 weekend
2026-11-29 counted 6 weekend
2026-12-05 counted 12 weekend
2026-12-06 counted 13 weekend
2026-12-07 counted 14`},
		{"the same working day, received on a holiday", "lt", "2026-11-02", "", "same working day", `
shift "", zero 2026-11-02, first , end 2026-11-02, clipped false, literal false, rolled true, due 2026-11-03
2026-11-02 zero holiday all_souls
2026-11-03 moved`},
		{"days that the government declared", "bg", "2025-12-30", "", "1 working day", `
shift "", zero 2025-12-30, first 2026-01-05, end 2026-01-05, clipped false, literal false, rolled false, due 2026-01-05
2025-12-30 zero
2025-12-31 skipped declared
2026-01-01 skipped holiday new_year
2026-01-02 skipped declared
2026-01-03 skipped weekend
2026-01-04 skipped weekend
2026-01-05 counted 1`},
	}
	for _, c := range cases {
		policy := deadline.SameDay
		if c.outside != "" {
			policy = deadline.NextWorkingDay
		}
		calendar := pack(t, c.country)
		e := calendar.Explain(date(t, c.received), c.outside != "", policy, term(t, c.term))
		if got := tell(e); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s", c.name, got)
		}
		if e.Calendar != c.country || e.Version != calendar.Version() {
			t.Errorf("%s: by calendar %s %s", c.name, e.Calendar, e.Version)
		}
	}
}
