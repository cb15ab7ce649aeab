package jobs

import (
	"fmt"
	"testing"
	"time"

	"charterhouse/internal/deadline"
)

func date(s string) deadline.Date {
	d, err := deadline.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestTheLastOccurrenceThatHasCome(t *testing.T) {
	vilnius, err := time.LoadLocation("Europe/Vilnius")
	if err != nil {
		t.Fatal(err)
	}
	first := func(d deadline.Date) bool { return d.Day() == 1 }
	for _, c := range []struct {
		now  string
		r    Recurring
		want string
	}{
		{"2026-11-20T03:59:59Z", Recurring{Hour: 6}, "2026-11-19"},
		{"2026-11-20T04:00:00Z", Recurring{Hour: 6}, "2026-11-20"},
		{"2026-11-19T22:00:00Z", Recurring{Hour: 0}, "2026-11-20"}, // midnight there
		{"2026-11-20T12:00:00Z", Recurring{Hour: 6, On: first}, "2026-11-01"},
		{"2026-01-01T03:00:00Z", Recurring{Hour: 6, On: first}, "2025-12-01"},
		// 3 o'clock does not exist that night, and comes twice in the other.
		{"2026-03-29T01:00:00Z", Recurring{Hour: 3}, "2026-03-29"},
		{"2026-03-29T00:59:59Z", Recurring{Hour: 3}, "2026-03-28"},
		{"2026-10-24T23:30:00Z", Recurring{Hour: 3}, "2026-10-24"},
		{"2026-10-25T01:30:00Z", Recurring{Hour: 3}, "2026-10-25"},
		{"2026-11-20T12:00:00Z", Recurring{On: func(deadline.Date) bool { return false }}, ""},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.r.latest(now, vilnius).String(); got != c.want {
			t.Errorf("%s, hour %d: %s, want %s", c.now, c.r.Hour, got, c.want)
		}
	}
}

func TestWhatWasMissed(t *testing.T) {
	monday := func(d deadline.Date) bool { return d.Weekday() == time.Monday }
	for _, c := range []struct {
		r            Recurring
		done, latest string
		want         string
	}{
		{Recurring{}, "", "2026-11-20", "[2026-11-20]"},
		{Recurring{EachMissed: true}, "", "2026-11-20", "[2026-11-20]"},
		{Recurring{}, "2026-11-20", "2026-11-20", "[]"},
		{Recurring{}, "2026-10-20", "2026-11-20", "[2026-11-20]"},
		{Recurring{EachMissed: true}, "2026-11-17", "2026-11-20", "[2026-11-18 2026-11-19 2026-11-20]"},
		{Recurring{EachMissed: true, On: monday}, "2026-11-02", "2026-11-16", "[2026-11-09 2026-11-16]"},
		{Recurring{EachMissed: true}, "2026-11-20", "", "[]"},
	} {
		var done, latest deadline.Date
		if c.done != "" {
			done = date(c.done)
		}
		if c.latest != "" {
			latest = date(c.latest)
		}
		if got := fmt.Sprint(c.r.missing(done, latest)); got != c.want {
			t.Errorf("done %s, latest %s: %s, want %s", c.done, c.latest, got, c.want)
		}
	}
	if n := len((Recurring{EachMissed: true}).missing(date("2020-01-01"), date("2026-11-20"))); n > farthest+1 {
		t.Errorf("%d occurrences are made up for", n)
	}
}

func TestPausesGrowAndScatter(t *testing.T) {
	pause := Doubling(10*time.Second, 10*time.Minute)
	for tries, want := range map[int]time.Duration{1: 10 * time.Second, 2: 20 * time.Second, 6: 320 * time.Second, 7: 10 * time.Minute, 5000: 10 * time.Minute} {
		if got := pause(tries); got != want {
			t.Errorf("after %d tries: %s, want %s", tries, got, want)
		}
	}
	seen := map[time.Duration]bool{}
	for range 100 {
		d := jitter(time.Minute)
		if d < 45*time.Second || d > 75*time.Second {
			t.Fatalf("%s is not within a quarter of a minute", d)
		}
		seen[d] = true
	}
	if len(seen) < 50 {
		t.Errorf("%d different pauses out of 100", len(seen))
	}
}
