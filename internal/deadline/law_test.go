package deadline_test

import (
	"testing"
)

// The examples that the law and its known misreadings give, worked out by hand
// with a paper calendar.
func TestDaysOffAsTheLawSays(t *testing.T) {
	cases := []struct {
		country, day string
		working      bool
		why          string
	}{
		{"lt", "2019-11-04", true, "Monday after All Souls' Saturday; nothing moves in Lithuania"},
		{"lt", "2015-11-02", true, "a Monday before 2 November became a holiday"},
		{"lt", "2020-11-02", false, "Monday, the first year of All Souls' Day"},
		{"lt", "2026-11-02", false, "Monday, All Souls' Day"},
		{"lt", "2026-04-06", false, "Western Easter Monday"},
		{"lt", "2026-04-03", true, "Western Good Friday is worked"},
		{"lt", "2022-12-27", true, "Tuesday after Christmas; 24 and 25 were Saturday and Sunday"},
		{"lt", "2026-05-04", true, "Monday after Mothers' Day"},
		{"lt", "2026-06-24", false, "Wednesday, Joninės"},
		{"lt", "2026-08-17", true, "Monday after Žolinė on a Saturday"},

		{"bg", "2022-12-26", false, "Monday, second day of Christmas"},
		{"bg", "2022-12-27", false, "for Saturday 24 December"},
		{"bg", "2022-12-28", false, "for Sunday 25 December"},
		{"bg", "2022-12-29", true, "two holidays moved, no more"},
		{"bg", "2021-05-03", false, "Orthodox Easter Monday"},
		{"bg", "2021-05-04", false, "for 1 May, which was Holy Saturday"},
		{"bg", "2021-05-05", true, "one holiday moved, no more"},
		{"bg", "2021-05-06", false, "Thursday, St George"},
		{"bg", "2024-05-06", false, "St George and Easter Monday on one Monday"},
		{"bg", "2024-05-07", true, "nothing is added where two coincide on a working day"},
		{"bg", "2024-05-01", false, "Wednesday, Labour Day"},
		{"bg", "2024-05-03", false, "Orthodox Good Friday"},
		{"bg", "2023-12-26", false, "Tuesday, second day of Christmas"},
		{"bg", "2023-12-27", false, "for Sunday 24 December"},
		{"bg", "2023-12-28", true, "one holiday moved, no more"},
		{"bg", "2028-12-26", false, "Tuesday, second day of Christmas"},
		{"bg", "2028-12-27", false, "for Sunday 24 December"},
		{"bg", "2034-12-26", false, "Tuesday, second day of Christmas"},
		{"bg", "2034-12-27", false, "for Sunday 24 December"},
		{"bg", "2026-12-28", false, "for Saturday 26 December"},
		{"bg", "2026-12-29", true, "one holiday moved, no more"},
		{"bg", "2025-12-31", false, "declared by the Council of Ministers"},
		{"bg", "2026-01-02", false, "declared by the Council of Ministers"},
		{"bg", "2026-01-05", true, "Monday after the declared days"},
		{"bg", "2024-11-01", true, "a holiday of schools only"},
		{"bg", "2016-01-04", true, "Monday; nothing was moved before 2017"},
		{"bg", "2016-12-27", true, "24 and 25 fell on Saturday and Sunday, but in 2016"},
		{"bg", "2017-01-02", false, "for Sunday 1 January, the first year of moving"},
		{"bg", "2017-05-08", false, "for Saturday 6 May"},
		{"bg", "2100-05-03", false, "Orthodox Easter Monday: the Julian calendar is 14 days behind since March 2100"},
		{"bg", "2100-05-04", false, "for 1 May, Holy Saturday of 2100"},
	}
	for _, c := range cases {
		if got := pack(t, c.country).IsWorking(date(t, c.day)); got != c.working {
			t.Errorf("%s %s: working %v, want %v: %s", c.country, c.day, got, c.working, c.why)
		}
	}
}
