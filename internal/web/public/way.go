package public

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// weeksShown bounds the calendar of a case; a longer way is told in words only.
const weeksShown = 16

// way is the calendar of a case: whole weeks, from receipt to the last date.
type way struct {
	Weeks [][7]wayCell
	// Numbered: a term counts working days, so each has its number.
	Numbered bool
}

// wayCell is one day of it.
type wayCell struct {
	Date   deadline.Date
	Label  string // the number of the day, at the turn of a month with the month
	Number int
	Class  string
	Says   []string // for whoever does not see the shape
}

// Weekdays are the columns.
func (way) Weekdays() []time.Weekday { return month{}.Weekdays() }

// wayOf draws the way; nil where it is too long.
func wayOf(r *web.Request, t *casework.Town, c *casework.Case, pin casework.Pin, lawful bool, pauses []casework.Pause) *way {
	w := walk{r: r, cal: t.Calendar, c: c, zero: c.ReceivedOn, pauses: pauses, days: map[deadline.Date][]deadline.Holiday{}}
	if pin.Own != nil {
		w.take(pin.Own, c.OwnDue, KeyCaseWayOwn)
	}
	if lawful {
		w.take(pin.Law, c.LawDue, KeyCaseWayLaw)
	}
	w.last = w.finals[0].on
	for _, f := range w.finals {
		w.last = max(w.last, f.on)
	}
	end := w.last
	if day := ended(c); !c.State.Open() {
		end = max(end, day)
	}
	from := c.ReceivedOn.AddDays(-((int(c.ReceivedOn.Weekday()) + 6) % 7))
	weeks := end.Sub(from)/7 + 1
	if weeks > weeksShown {
		return nil
	}
	out := &way{Numbered: w.numbered}
	for i := range weeks {
		var week [7]wayCell
		for j := range week {
			week[j] = w.cell(from.AddDays(7*i+j), i == 0 && j == 0)
		}
		out.Weeks = append(out.Weeks, week)
	}
	return out
}

// walk goes over the days of a case.
type walk struct {
	r        *web.Request
	cal      *deadline.Calendar
	c        *casework.Case
	zero     deadline.Date // the terms run from here
	last     deadline.Date
	finals   []final
	pauses   []casework.Pause
	numbered bool
	count    int
	// days are those not worked, as they were told on the day of receipt.
	days map[deadline.Date][]deadline.Holiday
}

// final is a date in force with its name.
type final struct {
	on   deadline.Date
	name i18n.Key
}

func (w *walk) take(d *casework.Dated, due deadline.Date, name i18n.Key) {
	w.zero = d.Explain.Zero
	w.finals = append(w.finals, final{due, name})
	unit := d.Term.Unit()
	w.numbered = w.numbered || unit == deadline.WorkingDays || unit == deadline.SameWorkingDay
	for _, day := range d.Explain.Days {
		w.days[day.Date] = day.Reasons
	}
}

func (w *walk) cell(d deadline.Date, first bool) wayCell {
	_, m, day := d.Civil()
	cell := wayCell{Date: d, Label: fmt.Sprint(day)}
	if first || day == 1 {
		cell.Label = w.r.Say(KeyCaseWayDay, i18n.Args{"Month": fmt.Sprintf("%02d", m), "Day": fmt.Sprintf("%02d", day)})
	}
	off := w.off(d, &cell)
	if w.numbered && d > w.zero && d <= w.last && !off && !w.paused(d) {
		w.count++
		cell.Number, cell.Class = w.count, "day"
	}
	if w.paused(d) && !off {
		cell.Class = "off"
		cell.Says = append(cell.Says, w.r.Say(KeyCaseWayPaused, nil))
	}
	if d == w.c.ReceivedOn {
		cell.Class = "start"
		cell.Says = append(cell.Says, w.r.Say(KeyDueLegendReceived, nil))
	}
	for _, f := range w.finals {
		if f.on != d {
			continue
		}
		if cell.Class = "duec"; d == w.last {
			cell.Class = "final"
		}
		cell.Says = append(cell.Says, w.r.Say(f.name, nil))
	}
	if d == ended(w.c) && !w.c.State.Open() {
		if cell.Class != "final" && cell.Class != "duec" {
			cell.Class = "done"
		}
		cell.Says = append(cell.Says, w.r.Say(KeyCaseWayDone, nil))
	}
	return cell
}

// off tells whether the day is not worked, and marks it.
func (w *walk) off(d deadline.Date, cell *wayCell) bool {
	reasons, known := w.days[d]
	if !known {
		reasons = w.cal.Reasons(d)
	}
	if len(reasons) == 0 || reasons[0].Kind == deadline.DeclaredWorking {
		return false
	}
	if cell.Class = "hol"; reasons[0].Kind == deadline.Weekend {
		cell.Class = "off"
		return true
	}
	cell.Says = append(cell.Says, tenant.ReasonsFor(reasons, w.r.Lang, w.r.Say))
	return true
}

// paused tells whether the terms stood still on the day.
func (w *walk) paused(d deadline.Date) bool {
	return slices.ContainsFunc(w.pauses, func(p casework.Pause) bool {
		return p.Stops && d > p.AskedOn && (p.ResumedOn.IsZero() && d <= w.r.Today || d <= p.ResumedOn)
	})
}

// wayStep is one line of the way in words.
type wayStep struct {
	Date  deadline.Date
	Text  string
	Class string
}

// stepsOf tells the way in words: by the law's steps where they may be shown,
// else by the town's own, with what has moved the dates since.
func stepsOf(r *web.Request, c *casework.Case, pin casework.Pin, lawful bool, extended []casework.Extended, pauses []casework.Pause) []wayStep {
	var steps []wayStep
	put := func(day deadline.Date, class string, key i18n.Key, args i18n.Args) {
		if !day.IsZero() {
			steps = append(steps, wayStep{day, r.Say(key, args), class})
		}
	}
	base := pin.Own
	if lawful {
		base = pin.Law
	}
	for _, line := range tenant.Explain(base.Explain, r.Lang, r.Say) {
		if line.Kind == deadline.Weekend && line.Role == deadline.Skipped {
			continue // the calendar tells it
		}
		class := ""
		if line.Role == deadline.Skipped || line.Role == deadline.Waiting {
			class = "skip-day"
		}
		steps = append(steps, wayStep{line.Date, line.Text, class})
	}
	if lawful && pin.Own != nil {
		put(pin.Own.Due(), "", KeyCaseStepOwn, nil)
	}
	for _, p := range pauses {
		if p.Stops {
			put(p.AskedOn, "skip-day", KeyCaseStepAsked, nil)
			put(p.ResumedOn, "", KeyCaseStepResumed, nil)
		}
	}
	for _, x := range extended {
		unmoved := pin.Own != nil && x.OwnTo.IsZero() && pin.Own.Due() < x.FinalOn
		put(x.DecidedOn, "", extendedKey(unmoved, lawful), i18n.Args{"Final": x.FinalOn})
	}
	slices.SortStableFunc(steps, func(a, b wayStep) int { return cmp.Compare(a.Date, b.Date) })
	last := c.OwnDue
	if lawful {
		last = max(last, c.LawDue)
	}
	if at := len(steps) - 1; steps[at].Date == last {
		steps[at].Class = "due"
	} else if last > steps[at].Date {
		put(last, "due", KeyCaseStepLast, nil)
	}
	return steps
}
