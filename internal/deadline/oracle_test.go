package deadline_test

import (
	"testing"
	"time"

	"charterhouse/internal/deadline"

	"github.com/rickar/cal/v2"
	"pgregory.net/rapid"
)

// This file computes everything a second time by other means: Easter from the
// printed tables of full moons, days by package time, terms by walking day by day.

// The Sunday after the paschal full moon is Easter. The full moons stand in the
// printed tables by the year's golden number, 1 to 19: western for 1900 to 2199,
// eastern (a date of the Julian calendar) for ever. March 1 is 1, April 1 is 32.
var (
	westernMoons = [19]int{45, 34, 23, 42, 31, 49, 39, 28, 47, 36, 25, 44, 33, 22, 41, 30, 48, 38, 27}
	easternMoons = [19]int{36, 25, 44, 33, 22, 41, 30, 49, 38, 27, 46, 35, 24, 43, 32, 21, 40, 29, 48}
)

func sundayAfter(t time.Time) time.Time {
	for t = t.AddDate(0, 0, 1); t.Weekday() != time.Sunday; t = t.AddDate(0, 0, 1) {
	}
	return t
}

func tableEaster(year int, eastern bool) time.Time {
	moon := westernMoons[year%19]
	if eastern {
		// In March 2100 the Julian calendar falls from 13 days behind to 14.
		moon = easternMoons[year%19] + 13
		if year >= 2100 {
			moon++
		}
	}
	return sundayAfter(time.Date(year, time.March, moon, 0, 0, 0, 0, time.UTC))
}

// oracle is the days off of a country, by the letter of its law.
type oracle map[time.Time]bool

func (o oracle) working(t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !o[t]
}

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func lithuania() oracle {
	o := oracle{}
	for y := 1990; y <= 2100; y++ {
		for _, md := range [][2]int{{1, 1}, {2, 16}, {3, 11}, {5, 1}, {6, 24}, {7, 6}, {8, 15}, {11, 1}, {12, 24}, {12, 25}, {12, 26}} {
			o[on(y, time.Month(md[0]), md[1])] = true
		}
		o[tableEaster(y, false).AddDate(0, 0, 1)] = true
		if y >= 2020 {
			o[on(y, 11, 2)] = true
		}
	}
	return o
}

func bulgaria() oracle {
	o := oracle{on(2025, 12, 31): true, on(2026, 1, 2): true}
	for y := 1990; y <= 2100; y++ {
		var fixed []time.Time
		for _, md := range [][2]int{{1, 1}, {3, 3}, {5, 1}, {5, 6}, {5, 24}, {9, 6}, {9, 22}, {12, 24}, {12, 25}, {12, 26}} {
			fixed = append(fixed, on(y, time.Month(md[0]), md[1]))
		}
		easter := tableEaster(y, true)
		for i := -2; i <= 1; i++ {
			o[easter.AddDate(0, 0, i)] = true
		}
		for _, f := range fixed {
			o[f] = true
		}
		if y < 2017 {
			continue
		}
		// Each holiday of a weekend takes the next day that is still worked.
		for _, f := range fixed {
			if f.Weekday() == time.Saturday || f.Weekday() == time.Sunday {
				for f = f.AddDate(0, 0, 1); !o.working(f); f = f.AddDate(0, 0, 1) {
				}
				o[f] = true
			}
		}
	}
	return o
}

func (o oracle) due(received time.Time, next bool, n int, unit string) time.Time {
	step := func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	if next {
		for received = step(received); !o.working(received); received = step(received) {
		}
	}
	switch unit {
	case "working":
		for ; n > 0; n-- {
			for received = step(received); !o.working(received); received = step(received) {
			}
		}
	case "days":
		received = received.AddDate(0, 0, n)
	case "months":
		first := on(received.Year(), received.Month()+time.Month(n), 1)
		last := on(first.Year(), first.Month()+1, 0)
		received = on(first.Year(), first.Month(), min(received.Day(), last.Day()))
	}
	for !o.working(received) {
		received = step(received)
	}
	return received
}

func moment(d deadline.Date) time.Time { return d.In(time.UTC) }

func TestEasterOfEveryYear(t *testing.T) {
	lt, bg := pack(t, "lt"), pack(t, "bg")
	for y := deadline.FirstYear; y <= deadline.LastYear; y++ {
		for _, c := range []struct {
			calendar *deadline.Calendar
			eastern  bool
		}{{lt, false}, {bg, true}} {
			want, got := tableEaster(y, c.eastern), deadline.Date(0)
			for _, h := range c.calendar.Holidays(y) {
				if h.Key == "easter" {
					got = h.Date
				}
			}
			if !moment(got).Equal(want) {
				t.Errorf("%d, eastern %v: %v, the table of moons says %s", y, c.eastern, got, want.Format(time.DateOnly))
			}
			// The library that was to give us Easter agrees until 2099; for 2100 it
			// puts the Orthodox Easter on a Saturday.
			library := cal.CalcEasterOffset(&cal.Holiday{Julian: c.eastern}, y)
			if agrees := library.Format(time.DateOnly) == got.String(); agrees != (y < 2100 || !c.eastern) {
				t.Errorf("%d, eastern %v: %v, the library says %s", y, c.eastern, got, library.Format(time.DateOnly))
			}
		}
	}
}

func TestEveryDayOfTheCentury(t *testing.T) {
	for country, o := range map[string]oracle{"lt": lithuania(), "bg": bulgaria()} {
		c := pack(t, country)
		for d := deadline.First; d <= deadline.Last; d++ {
			if c.IsWorking(d) != o.working(moment(d)) {
				t.Errorf("%s %v %v: working %v", country, d, d.Weekday(), c.IsWorking(d))
			}
		}
	}
}

func TestDueAgainstASecondComputation(t *testing.T) {
	oracles := map[string]oracle{"lt": lithuania(), "bg": bulgaria()}
	calendars := map[string]*deadline.Calendar{"lt": pack(t, "lt"), "bg": pack(t, "bg")}
	units := map[string]string{"working": " working days", "days": " days", "months": " months"}
	check := func(t *rapid.T) {
		country := rapid.SampledFrom([]string{"lt", "bg"}).Draw(t, "country")
		unit := rapid.SampledFrom([]string{"working", "days", "months"}).Draw(t, "unit")
		n := rapid.IntRange(1, 24).Draw(t, "n")
		// Two years are left at the end for the longest term.
		d := deadline.Date(rapid.IntRange(int(deadline.First), int(deadline.Last)-760).Draw(t, "received"))
		next := rapid.Bool().Draw(t, "next working day")
		policy := deadline.SameDay
		if next {
			policy = deadline.NextWorkingDay
		}
		written, err := deadline.ParseTerm(itoa(n) + units[unit])
		if err != nil {
			t.Fatal(err)
		}
		got := calendars[country].Due(d, next, policy, written)
		if want := oracles[country].due(moment(d), next, n, unit); !moment(got).Equal(want) {
			t.Fatalf("%v, want %s", got, want.Format(time.DateOnly))
		}
	}
	// 4000 cases: rapid draws 100 at a time.
	for range 40 {
		rapid.Check(t, check)
	}
}
