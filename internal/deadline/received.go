package deadline

import (
	"strings"
	"time"
)

// Hours are a town's published office hours over the week, in its own zone. The
// zero Hours are none published: then the whole day counts as within hours.
type Hours struct {
	spans [7][]span
	any   bool
}

// span is a stretch of one day in seconds from midnight.
type span struct{ from, to int }

// Add adds the same hours to several days: days as mon or monday, times as
// HH:MM, 24:00 for the end of the day. It refuses with HoursForm what cannot be
// read and what overlaps hours that stand already; then nothing is added.
func (h *Hours) Add(days []string, from, to string) error {
	start, ok1 := parseClock(from)
	end, ok2 := parseClock(to)
	if !ok1 || !ok2 || start >= end {
		return refuse(HoursForm, from+"–"+to, "write the hours as 08:30 and 17:30, the earlier first")
	}
	if len(days) == 0 {
		return refuse(HoursForm, "", "name the days: mon, tue, …")
	}
	next := *h
	for _, name := range days {
		day, ok := parseWeekday(name)
		if !ok {
			return refuse(HoursForm, name, "mon, tue, wed, thu, fri, sat or sun")
		}
		for _, s := range next.spans[day] {
			if start < s.to && s.from < end {
				return refuse(HoursForm, name+" "+from+"–"+to, "the hours overlap others of the same day")
			}
		}
		next.spans[day] = append(append([]span(nil), next.spans[day]...), span{start, end})
	}
	next.any = true
	*h = next
	return nil
}

// Published tells whether the town has published any hours.
func (h Hours) Published() bool { return h.any }

// Received gives the day on which something arrived in the town's zone, and
// whether that was outside its office hours. The closing moment itself is within.
// The wall clock decides, so a night in which the clocks change moves nothing.
// The day is the zero Date outside 1990 to 2100.
func Received(t time.Time, zone *time.Location, hours Hours) (day Date, outside bool) {
	day = Of(t, zone)
	if !hours.any {
		return day, false
	}
	local := t.In(zone)
	h, m, s := local.Clock()
	now := h*3600 + m*60 + s
	for _, open := range hours.spans[local.Weekday()] {
		if now >= open.from && now <= open.to {
			return day, false
		}
	}
	return day, true
}

func parseClock(s string) (seconds int, ok bool) {
	hour, minute, found := strings.Cut(s, ":")
	h, ok1 := twoDigits(hour)
	m, ok2 := twoDigits(minute)
	if !found || !ok1 || !ok2 || m > 59 || h > 24 || (h == 24 && m != 0) {
		return 0, false
	}
	return h*3600 + m*60, true
}

func twoDigits(s string) (int, bool) {
	if len(s) != 2 || s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}
