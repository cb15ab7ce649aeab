package deadline

import (
	"slices"
	"sort"
	"time"
)

// Kind is what makes a day special.
type Kind string

// The kinds of day. Weekend is any day of the week that is not worked.
const (
	Weekend         Kind = "weekend"
	PublicHoliday   Kind = "holiday"
	Substitute      Kind = "substitute"       // a day off for a holiday on a day not worked anyway
	Declared        Kind = "declared"         // declared not worked by country or town
	DeclaredWorking Kind = "declared_working" // declared worked: a working Saturday
)

// Holiday is one special day of a year.
type Holiday struct {
	Date  Date
	Kind  Kind
	Key   string            // the rule's; empty for a declared day
	Name  map[string]string // of the holiday, also for its substitute; read only
	For   Date              // Substitute: the day on which the holiday fell
	Basis string            // the rule's basis, or the act that declared the day
	Scope Scope             // who declared it; Country for holidays
}

// Holidays lists the holidays, substitutes and declared days of a year by date.
func (c *Calendar) Holidays(year int) []Holiday {
	from, to := civil(year, time.January, 1), civil(year, time.December, 31)
	if from == 0 {
		return nil
	}
	return c.special(from, to)
}

// special lists the special days from one day to another, by date; on one day
// holidays come before substitutes, and these before declared days.
func (c *Calendar) special(from, to Date) []Holiday {
	var list []Holiday
	for i := c.noteFrom(from); i < len(c.notes) && c.notes[i].date <= to; i++ {
		list = append(list, c.holiday(c.notes[i]))
	}
	i := sort.Search(len(c.extra), func(i int) bool { return c.extra[i].Date >= from })
	for ; i < len(c.extra) && c.extra[i].Date <= to; i++ {
		e := c.extra[i]
		h := Holiday{Date: e.Date, Kind: Declared, Name: e.Name, Basis: e.Source, Scope: e.Scope}
		if e.Working {
			h.Kind = DeclaredWorking
		}
		list = append(list, h)
	}
	slices.SortStableFunc(list, func(a, b Holiday) int { return int(a.Date - b.Date) })
	return list
}

func (c *Calendar) holiday(n note) Holiday {
	r := c.rules[n.rule]
	h := Holiday{Date: n.date, Kind: PublicHoliday, Key: r.Key, Name: r.Name, Basis: r.Basis, Scope: Country}
	if n.moved != 0 {
		h.Kind, h.For = Substitute, n.moved
	}
	return h
}

func (c *Calendar) noteFrom(d Date) int {
	return sort.Search(len(c.notes), func(i int) bool { return c.notes[i].date >= d })
}

func (c *Calendar) noteAt(d Date) (note, bool) {
	i := c.noteFrom(d)
	if i < len(c.notes) && c.notes[i].date == d {
		return c.notes[i], true
	}
	return note{}, false
}

// holidayNotes lays out the holidays of all years and then the days off that
// stand for those on a day that is not worked anyway.
func holidayNotes(rules []Rule, week [7]bool) []note {
	type fallen struct {
		days, rule int
	}
	var all []fallen
	off := map[int]bool{} // days from 1970-01-01 on which a holiday falls
	for year := FirstYear; year <= LastYear; year++ {
		for i, r := range rules {
			if days, ok := r.in(year); ok {
				all = append(all, fallen{days, i})
				off[days] = true
			}
		}
	}
	slices.SortStableFunc(all, func(a, b fallen) int { return a.days - b.days })
	var notes []note
	add := func(days, rule int, moved Date) {
		if d := Date(days - epoch); d.valid() {
			notes = append(notes, note{d, int32(rule), moved})
		}
	}
	for _, f := range all {
		add(f.days, f.rule, 0)
		year, _, _ := civilFromDays(f.days)
		r := rules[f.rule]
		if r.Substitute == 0 || year < r.Substitute || week[dayOfWeek(f.days)] {
			continue
		}
		// The next working day that is no holiday itself and stands for no other
		// holiday yet: two holidays on one weekend give the first two working days.
		free := f.days + 1
		for off[free] || !week[dayOfWeek(free)] {
			free++
		}
		off[free] = true
		add(free, f.rule, Date(f.days-epoch))
	}
	slices.SortStableFunc(notes, func(a, b note) int {
		if a.date != b.date {
			return int(a.date - b.date)
		}
		return int(min(a.moved, 1) - min(b.moved, 1))
	})
	return notes
}

// in gives the rule's day in a year as days from 1970-01-01, if it has one.
func (r Rule) in(year int) (days int, ok bool) {
	if year < r.From || (r.Until != 0 && year > r.Until) {
		return 0, false
	}
	switch r.Rule {
	case fixedRule:
		if r.Day > daysIn(year, time.Month(r.Month)) {
			return 0, false
		}
		return daysFromCivil(year, r.Month, r.Day), true
	case nthRule:
		weekday, _ := parseWeekday(r.Weekday)
		return nthWeekday(year, time.Month(r.Month), weekday, r.Nth), true
	case westernRule:
		return westernEaster(year) + r.Offset, true
	case easternRule:
		return easternEaster(year) + r.Offset, true
	}
	return 0, false
}
