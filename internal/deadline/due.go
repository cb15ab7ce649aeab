package deadline

import "fmt"

// Policy says what becomes of a case that arrives outside office hours.
type Policy uint8

// The policies. SameDay counts the day on which it arrived; NextWorkingDay counts
// it as received on the next working day, and so everything that arrives on a day
// that is not worked.
const (
	SameDay Policy = iota
	NextWorkingDay
)

// ParsePolicy reads same_day or next_working_day; it refuses with PolicyForm.
func ParsePolicy(s string) (Policy, error) {
	switch s {
	case "same_day":
		return SameDay, nil
	case "next_working_day":
		return NextWorkingDay, nil
	}
	return 0, refuse(PolicyForm, s, "same_day or next_working_day")
}

// String gives same_day or next_working_day.
func (p Policy) String() string {
	switch p {
	case SameDay:
		return "same_day"
	case NextWorkingDay:
		return "next_working_day"
	}
	return fmt.Sprintf("Policy(%d)", uint8(p))
}

// MarshalText writes the policy.
func (p Policy) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the policy.
func (p *Policy) UnmarshalText(b []byte) error {
	v, err := ParsePolicy(string(b))
	if err != nil {
		return err
	}
	*p = v
	return nil
}

// DayZero gives the day from which a term runs: the day of receipt, or the
// working day that the town counts it as. The zero Date when that is after 2100.
func (c *Calendar) DayZero(received Date, outsideHours bool, policy Policy) Date {
	if policy != NextWorkingDay {
		return received
	}
	if outsideHours {
		return c.Next(received)
	}
	return c.onOrAfter(received)
}

// Due gives the last day on which the answer is in time; always a working day.
// The day of receipt is not counted. Working-day terms pass over days that are
// not worked; calendar-day and month terms that end on such a day end on the next
// working day. It allocates nothing. The zero Date stands for no answer: a zero
// date or term was given, or the day lies after 2100.
func (c *Calendar) Due(received Date, outsideHours bool, policy Policy, term Term) Date {
	if !received.valid() {
		return 0
	}
	zero := c.DayZero(received, outsideHours, policy)
	if zero == 0 {
		return 0
	}
	switch term.unit {
	case SameWorkingDay:
		return c.onOrAfter(zero)
	case WorkingDays:
		if term.Counted() == 0 {
			return c.onOrAfter(zero)
		}
		return c.nth(c.through(zero)+term.Counted(), zero)
	case CalendarDays:
		return c.onOrAfter(zero.AddDays(term.Counted()))
	case Months:
		return c.onOrAfter(zero.AddMonths(term.Counted()))
	}
	return 0
}
