package public

import (
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// monthsShown bounds the calendars of one explanation; a longer way is told in
// words only.
const monthsShown = 4

// month is a calendar of one month, weeks from Monday.
type month struct {
	First deadline.Date
	Weeks [][7]cell
}

// cell is one day of a calendar; the zero cell is a place outside the month.
type cell struct {
	Date   deadline.Date
	Role   deadline.Role
	Number int
	Due    bool
	Kind   deadline.Kind // what makes a day off; empty for a working day
	Why    string        // why the day is not counted
}

// Class is how the calendar draws the day; a shape stands beside every colour.
func (c cell) Class() string {
	switch {
	case c.Due:
		return "final"
	case c.Role == deadline.ReceivedDay || c.Role == deadline.ZeroDay:
		return "start"
	case c.Role == deadline.Counted:
		return "day"
	case c.Kind == deadline.Weekend:
		return "off"
	case c.Kind != "":
		return "hol"
	}
	return ""
}

// Label names the day's part for whoever does not see its shape; empty for days
// that are only counted or passed over.
func (c cell) Label() i18n.Key {
	switch {
	case c.Due:
		return KeyDueLegendDue
	case c.Role == deadline.ReceivedDay:
		return KeyDueLegendReceived
	case c.Role == deadline.ZeroDay:
		return KeyDueLegendZero
	}
	return ""
}

// months draws the way to a due date; nil when it is too long to be drawn.
func months(e deadline.Explanation, lang string, say tenant.Say) []month {
	from, to := e.Received, e.Due
	span := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month()) + 1
	if span > monthsShown {
		return nil
	}
	days := make(map[deadline.Date]deadline.Day, len(e.Days))
	for _, d := range e.Days {
		days[d.Date] = d
	}
	var all []month
	first := from.AddDays(1 - from.Day())
	for range span {
		all = append(all, drawMonth(first, days, e.Due, lang, say))
		first = first.AddMonths(1)
	}
	return all
}

func drawMonth(first deadline.Date, days map[deadline.Date]deadline.Day, due deadline.Date, lang string, say tenant.Say) month {
	m := month{First: first}
	week := [7]cell{}
	for d := first; d.Month() == first.Month() && !d.IsZero(); d = d.AddDays(1) {
		at := (int(d.Weekday()) + 6) % 7 // Monday first
		c := cell{Date: d, Due: d == due}
		if day, on := days[d]; on {
			c.Role, c.Number = day.Role, day.Number
			if day.Role == deadline.Skipped || day.Role == deadline.Waiting {
				c.Kind, c.Why = deadline.Weekend, tenant.ReasonsFor(day.Reasons, lang, say)
				if len(day.Reasons) > 0 {
					c.Kind = day.Reasons[0].Kind
				}
			}
		}
		week[at] = c
		if d.Weekday() == time.Sunday {
			m.Weeks = append(m.Weeks, week)
			week = [7]cell{}
		}
	}
	if week != ([7]cell{}) {
		m.Weeks = append(m.Weeks, week)
	}
	return m
}

// Weekdays are the columns of a calendar.
func (month) Weekdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}
