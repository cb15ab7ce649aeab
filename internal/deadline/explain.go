package deadline

// Role is the part that a day plays on the way to the due date.
type Role string

// The roles. Every day from receipt to the due date has exactly one.
const (
	// ReceivedDay is the day of receipt, where another day is counted as such.
	ReceivedDay Role = "received"
	// Waiting is a day between receipt and the day counted as such.
	Waiting Role = "waiting"
	// ZeroDay is the day from which the term runs; it is not counted.
	ZeroDay Role = "zero"
	// Counted is a day of the term. In calendar-day and month terms it may be a
	// day that is not worked.
	Counted Role = "counted"
	// Skipped is a day that is not worked and passed over: within a working-day
	// term, or after the end of another term.
	Skipped Role = "skipped"
	// Moved is the working day on which a term ends that would have ended on a day
	// not worked.
	Moved Role = "moved"
)

// Day is one day of an explanation.
type Day struct {
	Date Date
	Role Role
	// Number counts the Counted days of a day term from 1; 0 in month terms, which
	// the law counts by their last day.
	Number int
	// Reasons tell why the day is not worked, the most telling first; on a worked
	// day, that it was declared so.
	Reasons []Holiday
}

// Shift tells why the term does not run from the day of receipt itself.
type Shift string

// The shifts.
const (
	NoShift       Shift = ""
	OutsideHours  Shift = "outside_hours"
	NonWorkingDay Shift = "non_working_day"
)

// Explanation is the whole way from receipt to the due date. It is data: a floor
// above puts it into words.
type Explanation struct {
	Calendar, Version string
	Term              Term
	Policy            Policy
	Outside           bool // received outside office hours
	Received          Date
	Shift             Shift
	Zero              Date // the term runs from here; not counted
	First             Date // first counted day; zero when nothing is counted
	// End is where the term ends before it is moved to a working day.
	End Date
	// Clipped: the month of End is too short for the day of Zero.
	Clipped bool
	// Days are all days from Received to Due, in order.
	Days []Day
	Due  Date // equal to what Calendar.Due gives; zero = no answer, and no days
}

// Literal tells that the term says "less than" and ends a day earlier than its
// number.
func (e Explanation) Literal() bool { return e.Term.less }

// Rolled tells that the term was moved from a day not worked to a working day.
func (e Explanation) Rolled() bool { return e.Due != e.End }

// Passed lists the days of the role.
func (e Explanation) Passed(role Role) []Day {
	var list []Day
	for _, d := range e.Days {
		if d.Role == role {
			list = append(list, d)
		}
	}
	return list
}

// Explain computes what Due computes and tells every day on the way.
func (c *Calendar) Explain(received Date, outsideHours bool, policy Policy, term Term) Explanation {
	e := Explanation{
		Calendar: c.key, Version: c.version, Term: term,
		Policy: policy, Outside: outsideHours, Received: received,
	}
	zero := c.DayZero(received, outsideHours, policy)
	if !received.valid() || zero == 0 || term.IsZero() {
		return e
	}
	e.Zero = zero
	if zero != received {
		e.Shift = OutsideHours
		if !c.IsWorking(received) {
			e.Shift = NonWorkingDay
		}
		e.add(c, received, ReceivedDay)
		for d := received + 1; d < zero; d++ {
			e.add(c, d, Waiting)
		}
	}
	e.add(c, zero, ZeroDay)
	if !e.walk(c) {
		return Explanation{
			Calendar: c.key, Version: c.version, Term: term,
			Policy: policy, Outside: outsideHours, Received: received,
		}
	}
	return e
}

// walk goes from day zero to the due date, day by day; false beyond 2100.
func (e *Explanation) walk(c *Calendar) bool {
	n := e.Term.Counted()
	if n > 0 {
		e.First = e.Zero.AddDays(1)
	}
	if e.Term.unit == WorkingDays && n > 0 {
		return e.walkWorking(c, n)
	}
	e.End = e.Zero
	switch e.Term.unit {
	case CalendarDays:
		e.End = e.Zero.AddDays(n)
	case Months:
		e.End, e.Clipped = e.Zero.addMonths(n)
	}
	if e.End == 0 {
		return false
	}
	for d := e.Zero + 1; d <= e.End; d++ {
		e.add(c, d, Counted)
		if e.Term.unit != Months {
			e.last().Number = int(d - e.Zero)
		}
	}
	d := e.End
	for ; !c.IsWorking(d); d++ {
		if d > Last {
			return false
		}
		if d > e.End {
			e.add(c, d, Skipped)
		}
	}
	if d > e.End {
		e.add(c, d, Moved)
	}
	e.Due = d
	return true
}

func (e *Explanation) walkWorking(c *Calendar, n int) bool {
	e.First = 0
	number := 0
	for d := e.Zero + 1; d <= Last; d++ {
		if !c.IsWorking(d) {
			e.add(c, d, Skipped)
			continue
		}
		number++
		e.add(c, d, Counted)
		e.last().Number = number
		if number == 1 {
			e.First = d
		}
		if number == n {
			e.End, e.Due = d, d
			return true
		}
	}
	return false
}

func (e *Explanation) last() *Day { return &e.Days[len(e.Days)-1] }

func (e *Explanation) add(c *Calendar, d Date, role Role) {
	e.Days = append(e.Days, Day{Date: d, Role: role, Reasons: c.Reasons(d)})
}

// Reasons tells why a day is not worked: holidays first, then the days off that
// stand for others, declared days, the weekend last. Of a day that is worked it
// tells only whether it was declared so; nil for any other.
func (c *Calendar) Reasons(d Date) []Holiday {
	if !d.valid() {
		return nil
	}
	var list []Holiday
	working := c.IsWorking(d)
	for _, h := range c.special(d, d) {
		if (h.Kind == DeclaredWorking) == working {
			list = append(list, h)
		}
	}
	if !working && !c.week[d.Weekday()] {
		list = append(list, Holiday{Date: d, Kind: Weekend, Scope: Country})
	}
	return list
}
