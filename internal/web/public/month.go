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

// cell is one day of a calendar, drawn: a page has up to 150 of them. The zero
// cell is a place outside the month.
type cell struct {
	Day    int
	On     string // the date for machines
	Class  string // how it is drawn; a shape stands beside every colour
	Number int
	Label  i18n.Key // its part, for whoever does not see the shape
	Why    string   // why the day is not counted
}

// draw says what a day is: the last of them, one of the way to it, or any other.
func (c *cell) draw(last bool, role deadline.Role, off deadline.Kind) {
	switch {
	case last:
		c.Class, c.Label = "final", KeyDueLegendDue
	case role == deadline.ReceivedDay:
		c.Class, c.Label = "start", KeyDueLegendReceived
	case role == deadline.ZeroDay:
		c.Class, c.Label = "start", KeyDueLegendZero
	case role == deadline.Counted:
		c.Class = "day"
	case off == deadline.Weekend:
		c.Class = "off"
	case off != "":
		c.Class = "hol"
	}
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
		c := cell{Day: d.Day(), On: d.String()}
		day := days[d]
		c.Number = day.Number
		off := deadline.Kind("") // what makes a day off
		if day.Role == deadline.Skipped || day.Role == deadline.Waiting {
			off, c.Why = deadline.Weekend, tenant.ReasonsFor(day.Reasons, lang, say)
			if len(day.Reasons) > 0 {
				off = day.Reasons[0].Kind
			}
		}
		c.draw(d == due, day.Role, off)
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
