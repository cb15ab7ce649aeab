package deadline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
)

const words = int(Last)/64 + 1

// Calendar knows of every day from 1990 to 2100 whether it is worked, and why
// not. It is immutable and safe for use by many at once; the maps of names that
// it hands out must not be changed.
type Calendar struct {
	key, version string
	week         [7]bool
	rules        []Rule
	notes        []note  // holidays and substitutes by date, shared by a country's towns
	extra        []Extra // declared days by date
	work         [words]uint64
	// before counts the working days before each word, so that counting a term
	// costs the same wherever in the century it lies.
	before [words]int32
}

// note is one reason that lies in the country's rules: a holiday, or the day off
// that stands for one.
type note struct {
	date  Date
	rule  int32
	moved Date // the holiday's own day, for a substitute
}

// Compile turns the written calendar into one to compute with. It refuses with
// Faults that name every wrong field.
//
// Years for which the pack gives no older rule carry today's rules backwards.
func Compile(spec CalendarSpec) (*Calendar, error) {
	var c check
	week := c.spec(spec)
	if err := c.result(); err != nil {
		return nil, err
	}
	cal := &Calendar{key: spec.Key, week: week, rules: slices.Clone(spec.Rules)}
	cal.notes = holidayNotes(cal.rules, week)
	for d := First; d <= Last; d++ {
		if week[d.Weekday()] {
			cal.set(d, true)
		}
	}
	for _, n := range cal.notes {
		cal.set(n.date, false)
	}
	if err := cal.declare(spec.Extra); err != nil {
		return nil, err
	}
	cal.version = label(spec.Version, struct {
		Key    string
		Weekly [7]bool
		Rules  []Rule
		Extra  []Extra
	}{spec.Key, week, cal.rules, cal.extra})
	return cal, nil
}

// With gives the calendar of a town that has declared days of its own; they are
// taken as Town's. Without any it is the country's own calendar. The holidays are
// shared, so three hundred towns cost little more than their countries.
func (c *Calendar) With(days []Extra) (*Calendar, error) {
	if len(days) == 0 {
		return c, nil
	}
	town := *c
	town.extra = nil
	added := slices.Clone(days)
	for i := range added {
		added[i].Scope = Town
	}
	if err := town.declareOn(c.extra, added); err != nil {
		return nil, err
	}
	town.version = label(c.version, added)
	return &town, nil
}

// declare puts the declared days over the holidays.
func (c *Calendar) declare(days []Extra) error { return c.declareOn(nil, days) }

func (c *Calendar) declareOn(before, days []Extra) error {
	var chk check
	chk.extra(days, func(d Date) (bool, bool) {
		_, holiday := c.noteAt(d)
		return !c.week[d.Weekday()], holiday
	})
	if err := chk.result(); err != nil {
		return err
	}
	c.extra = append(slices.Clone(before), days...)
	slices.SortStableFunc(c.extra, func(a, b Extra) int {
		if a.Date != b.Date {
			return int(a.Date - b.Date)
		}
		return cmpScope(a.Scope, b.Scope)
	})
	// Where country and town contradict each other, the day is not worked.
	for _, e := range c.extra {
		c.set(e.Date, e.Working)
	}
	for _, e := range c.extra {
		if !e.Working {
			c.set(e.Date, false)
		}
	}
	c.count()
	return nil
}

func cmpScope(a, b Scope) int {
	switch {
	case a == b:
		return 0
	case a == Country:
		return -1
	}
	return 1
}

func (c *Calendar) set(d Date, working bool) {
	if working {
		c.work[d/64] |= 1 << (d % 64)
	} else {
		c.work[d/64] &^= 1 << (d % 64)
	}
}

func (c *Calendar) count() {
	var n int32
	for i, w := range c.work {
		c.before[i] = n
		n += int32(bits.OnesCount64(w))
	}
}

// label is the version: the pack's own label and a hash of the content, so that a
// stored date tells by which calendar it was computed.
func label(name string, content any) string {
	text, err := json.Marshal(content)
	if err != nil {
		// Only maps of strings, numbers and dates are marshalled.
		panic(fmt.Sprintf("deadline: calendar content: %v", err))
	}
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:6])
	if name == "" {
		return hash
	}
	return name + "-" + hash
}

// Key names the calendar: lt, bg.
func (c *Calendar) Key() string { return c.key }

// Version tells the content of the calendar; it changes whenever a day does.
func (c *Calendar) Version() string { return c.version }

// IsWorking tells whether the day is worked; false for the zero Date.
func (c *Calendar) IsWorking(d Date) bool {
	return d.valid() && c.work[d/64]>>(d%64)&1 == 1
}

// WorkingDaysBetween counts the working days after a up to and including b, as a
// term counts them: the day on which it starts is not counted. Negative when b is
// before a; 0 when either is the zero Date.
func (c *Calendar) WorkingDaysBetween(a, b Date) int {
	if !a.valid() || !b.valid() {
		return 0
	}
	return c.through(b) - c.through(a)
}

// through counts the working days from 1990 up to and including d.
func (c *Calendar) through(d Date) int {
	upTo := uint64(1)<<(d%64)<<1 - 1
	return int(c.before[d/64]) + bits.OnesCount64(c.work[d/64]&upTo)
}

// nth gives the day on which the count of working days since 1990 reaches n; the
// zero Date when that is after 2100. from is a day known to lie before it.
func (c *Calendar) nth(n int, from Date) Date {
	i := int(from / 64)
	for i+1 < words && int(c.before[i+1]) < n {
		i++
	}
	w := c.work[i]
	for k := n - int(c.before[i]); k > 1; k-- {
		w &= w - 1
	}
	if w == 0 {
		return 0
	}
	return Date(i*64 + bits.TrailingZeros64(w))
}

// onOrAfter gives the first working day from d on; the zero Date after 2100.
func (c *Calendar) onOrAfter(d Date) Date {
	if c.IsWorking(d) || !d.valid() {
		return d
	}
	return c.nth(c.through(d)+1, d)
}

// Next gives the first working day after d; the zero Date when there is none.
func (c *Calendar) Next(d Date) Date { return c.onOrAfter(d.AddDays(1)) }

// WorkingWeek tells which days of the week are worked.
func (c *Calendar) WorkingWeek() [7]bool { return c.week }
