package deadline

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// CalendarSpec is a calendar as a country pack and a town write it.
type CalendarSpec struct {
	Key string `json:"key"` // lt, bg
	// Version is the pack's own label; the content hash is added to it.
	Version string   `json:"-"`
	Weekly  []string `json:"weekly"` // the days that are worked: mon, tue, …
	Rules   []Rule   `json:"rules"`
	Extra   []Extra  `json:"extra"`
}

// Extra is one declared day: not worked, or (Working) worked although it falls on
// a day that otherwise is not, as when a Saturday is worked instead.
type Extra struct {
	Date    Date              `json:"date"`
	Name    map[string]string `json:"name"`
	Working bool              `json:"working,omitempty"`
	Source  string            `json:"source,omitempty"`
	Scope   Scope             `json:"scope"`
}

// Scope tells who declared a day.
type Scope string

// Who can declare a day.
const (
	Country Scope = "country"
	Town    Scope = "town"
)

// The kinds of Rule.
const (
	fixedRule   = "fixed"
	nthRule     = "nth"
	westernRule = "western_easter"
	easternRule = "eastern_easter"
)

// Limits of a calendar, so that a package cannot make the service compute for ever.
const (
	maxRules = 100
	maxExtra = 2000
	maxShift = 100 // days before or after Easter
)

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// check gathers the faults of a calendar.
type check struct{ faults Faults }

func (c *check) refuse(code Code, path, value, hint string) {
	e := refuse(code, value, hint)
	e.Path = path
	c.faults = append(c.faults, e)
}

// result avoids the non-nil error that holds a nil Faults.
func (c *check) result() error {
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}

func (c *check) spec(s CalendarSpec) (week [7]bool) {
	if !keyForm.MatchString(s.Key) {
		c.refuse(SpecMissing, "key", s.Key, "a key of small Latin letters, digits and _")
	}
	if len(s.Weekly) == 0 {
		c.refuse(SpecMissing, "weekly", "", "the days of the week that are worked: mon, tue, …")
	}
	for i, name := range s.Weekly {
		day, ok := parseWeekday(name)
		path := fmt.Sprintf("weekly[%d]", i)
		switch {
		case !ok:
			c.refuse(SpecUnknown, path, name, "mon, tue, wed, thu, fri, sat or sun")
		case week[day]:
			c.refuse(SpecRepeated, path, name, "the day stands twice")
		}
		if ok {
			week[day] = true
		}
	}
	if len(s.Rules) > maxRules {
		c.refuse(SpecRange, "holidays", strconv.Itoa(len(s.Rules)), "at most 100 holidays")
		return week
	}
	for i, r := range s.Rules {
		c.rule(fmt.Sprintf("holidays[%d]", i), r)
		for j := range i {
			c.overlap(fmt.Sprintf("holidays[%d]", i), r, j, s.Rules[j])
		}
	}
	return week
}

// rule checks one holiday: what it must have, and nothing that its kind does not.
func (c *check) rule(path string, r Rule) {
	if !keyForm.MatchString(r.Key) {
		c.refuse(SpecMissing, path+".key", r.Key, "a key of small Latin letters, digits and _")
	}
	c.names(path+".name", r.Name)
	monthly := r.Rule == fixedRule || r.Rule == nthRule
	switch r.Rule {
	case fixedRule:
		// 29 February is a day; it is a holiday in leap years only.
		c.number(path+".day", r.Day, 1, daysIn(2000, time.Month(r.Month)))
	case nthRule:
		if _, ok := parseWeekday(r.Weekday); !ok {
			c.refuse(SpecUnknown, path+".weekday", r.Weekday, "monday, tuesday, … sunday")
		}
		if r.Nth != -1 {
			c.number(path+".nth", r.Nth, 1, 4)
		}
	case westernRule, easternRule:
		c.number(path+".offset", r.Offset, -maxShift, maxShift)
	default:
		c.refuse(SpecUnknown, path+".rule", r.Rule, "fixed, nth, western_easter or eastern_easter")
		return
	}
	if monthly {
		c.number(path+".month", r.Month, 1, 12)
	}
	c.foreign(path+".month", r.Month != 0 && !monthly)
	c.foreign(path+".day", r.Day != 0 && r.Rule != fixedRule)
	c.foreign(path+".weekday", r.Weekday != "" && r.Rule != nthRule)
	c.foreign(path+".nth", r.Nth != 0 && r.Rule != nthRule)
	c.foreign(path+".offset", r.Offset != 0 && monthly)
	c.years(path, r)
}

func (c *check) years(path string, r Rule) {
	for _, y := range []struct {
		field string
		value int
	}{{".from", r.From}, {".until", r.Until}, {".substitute", r.Substitute}} {
		if y.value != 0 {
			c.number(path+y.field, y.value, 1900, 2200)
		}
	}
	if r.From != 0 && r.Until != 0 && r.From > r.Until {
		c.refuse(SpecConflict, path+".until", strconv.Itoa(r.Until), "the last year is before the first")
	}
}

// overlap refuses a holiday that is written twice for the same year.
func (c *check) overlap(path string, r Rule, j int, o Rule) {
	if (r.Until != 0 && o.From > r.Until) || (o.Until != 0 && r.From > o.Until) {
		return
	}
	if r.Key == o.Key {
		c.refuse(SpecRepeated, path+".key", r.Key, fmt.Sprintf("holidays[%d] has the same key in the same years", j))
		return
	}
	if r.sameDay(o) {
		c.refuse(SpecRepeated, path+".rule", r.Rule, fmt.Sprintf("holidays[%d] (%s) is the same day in the same years", j, o.Key))
	}
}

func (r Rule) sameDay(o Rule) bool {
	a, _ := parseWeekday(r.Weekday)
	b, _ := parseWeekday(o.Weekday)
	return r.Rule == o.Rule && r.Month == o.Month && r.Day == o.Day && r.Nth == o.Nth && r.Offset == o.Offset && a == b
}

func (c *check) names(path string, names map[string]string) {
	if len(names) == 0 {
		c.refuse(SpecMissing, path, "", "a name in at least one language")
	}
	for lang, name := range names {
		if strings.TrimSpace(name) == "" {
			c.refuse(SpecMissing, path+"."+lang, name, "the name is empty")
		}
	}
}

func (c *check) number(path string, n, low, high int) {
	if n < low || n > high {
		c.refuse(SpecRange, path, strconv.Itoa(n), fmt.Sprintf("%d to %d", low, high))
	}
}

func (c *check) foreign(path string, present bool) {
	if present {
		c.refuse(SpecForeign, path, "", "this kind of rule has no such field")
	}
}

// extra checks the declared days. A town may declare a day that its country has
// declared too.
func (c *check) extra(days []Extra, nonWorking func(Date) (weekly, holiday bool)) {
	if len(days) > maxExtra {
		c.refuse(SpecRange, "extra_days", strconv.Itoa(len(days)), "at most 2000 declared days")
		return
	}
	type dayOf struct {
		date  Date
		scope Scope
	}
	seen := make(map[dayOf]bool, len(days))
	for i, e := range days {
		path := fmt.Sprintf("extra_days[%d]", i)
		if !e.Date.valid() {
			c.refuse(SpecMissing, path+".date", "", "a date as 2026-01-31")
			continue
		}
		if e.Scope != Country && e.Scope != Town {
			c.refuse(SpecUnknown, path+".scope", string(e.Scope), "country or town")
		}
		c.names(path+".name", e.Name)
		if seen[dayOf{e.Date, e.Scope}] {
			c.refuse(SpecRepeated, path+".date", e.Date.String(), "the day is declared twice")
		}
		seen[dayOf{e.Date, e.Scope}] = true
		if !e.Working {
			continue
		}
		switch weekly, holiday := nonWorking(e.Date); {
		case holiday:
			c.refuse(SpecConflict, path+".working", e.Date.String(), "a public holiday cannot be declared a working day")
		case !weekly:
			c.refuse(SpecConflict, path+".working", e.Date.String(), "the day is a working day of the week already")
		}
	}
}

// parseWeekday reads mon or monday.
func parseWeekday(s string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		if s == name || s == name[:3] {
			return d, true
		}
	}
	return 0, false
}
