package deadline_test

import (
	"testing"
	"time"

	"charterhouse/internal/deadline"
)

// The hours of Пещера, as its charter publishes them.
func weekdayHours(t *testing.T) deadline.Hours {
	t.Helper()
	var h deadline.Hours
	if err := h.Add([]string{"mon", "tue", "wed", "thu", "fri"}, "08:30", "17:30"); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestReceivedWithinAndOutsideHours(t *testing.T) {
	sofia := zone(t, "Europe/Sofia")
	hours := weekdayHours(t)
	cases := []struct {
		local   string
		outside bool
	}{
		{"2026-11-20 08:29:59", true},
		{"2026-11-20 08:30:00", false},
		{"2026-11-20 12:00:00", false},
		{"2026-11-20 17:30:00", false},
		{"2026-11-20 17:30:01", true},
		{"2026-11-20 23:59:59", true},
		{"2026-11-21 12:00:00", true}, // Saturday
		{"2026-03-29 03:30:00", true}, // Sunday, in the hour that does not exist
		{"2026-03-30 08:30:00", false},
		{"2026-10-26 08:30:00", false}, // the Monday after the night of 25 hours
		{"2026-10-26 17:30:00", false},
	}
	for _, c := range cases {
		at, err := time.ParseInLocation(time.DateTime, c.local, sofia)
		if err != nil {
			t.Fatal(err)
		}
		day, outside := deadline.Received(at.UTC(), sofia, hours)
		if day.String() != c.local[:10] || outside != c.outside {
			t.Errorf("%s: %v, outside %v", c.local, day, outside)
		}
		if day, outside := deadline.Received(at, sofia, deadline.Hours{}); day.String() != c.local[:10] || outside {
			t.Errorf("%s without published hours: %v, outside %v", c.local, day, outside)
		}
	}
}

// An hour after closing before a clock change is an hour after closing: what
// decides is the clock on the wall and not the hours that have passed.
func TestClockChangesMoveNoReceipt(t *testing.T) {
	sofia, c := zone(t, "Europe/Sofia"), pack(t, "bg")
	hours, month := weekdayHours(t), term(t, "1 month")
	for _, night := range []string{"2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"} {
		start := date(t, night).In(sofia)
		for m := start; deadline.Of(m, sofia) == date(t, night); m = m.Add(7 * time.Minute) {
			day, outside := deadline.Received(m, sofia, hours)
			if day.String() != night || !outside {
				t.Fatalf("%v: %v, outside %v", m, day, outside)
			}
			// A Saturday or Sunday; both count as received on Monday.
			if zero := c.DayZero(day, outside, deadline.NextWorkingDay); zero.Weekday() != time.Monday {
				t.Fatalf("%v counts as received %v", m, zero)
			}
			if due := c.Due(day, outside, deadline.NextWorkingDay, month); due.Sub(day) < 30 {
				t.Fatalf("%v: due %v", m, due)
			}
		}
	}
}

func TestHoursThatCannotBeRead(t *testing.T) {
	cases := []struct {
		days     []string
		from, to string
	}{
		{[]string{"mon"}, "8:30", "17:30"},
		{[]string{"mon"}, "08:30", "17.30"},
		{[]string{"mon"}, "17:30", "08:30"},
		{[]string{"mon"}, "08:30", "08:30"},
		{[]string{"mon"}, "08:60", "17:30"},
		{[]string{"mon"}, "08:30", "24:01"},
		{[]string{"mon"}, "-1:30", "17:30"},
		{[]string{"mon"}, "08:30:00", "17:30"},
		{[]string{"mon"}, "", ""},
		{[]string{"pirm"}, "08:30", "17:30"},
		{nil, "08:30", "17:30"},
		{[]string{"mon", "mon"}, "08:30", "17:30"},
	}
	for _, c := range cases {
		var h deadline.Hours
		if err := h.Add(c.days, c.from, c.to); code(err) != deadline.HoursForm || h.Published() {
			t.Errorf("%v: %v, published %v", c, err, h.Published())
		}
	}
	h := weekdayHours(t)
	if err := h.Add([]string{"sat", "fri"}, "17:00", "18:00"); code(err) != deadline.HoursForm {
		t.Errorf("overlapping hours: %v", err)
	}
	if _, outside := deadline.Received(time.Date(2026, 11, 21, 17, 10, 0, 0, time.UTC), time.UTC, h); !outside {
		t.Error("Saturday was added although Friday was refused")
	}
	if err := h.Add([]string{"fri"}, "18:00", "24:00"); err != nil {
		t.Error(err)
	}
}
