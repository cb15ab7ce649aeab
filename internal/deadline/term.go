package deadline

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
)

// Unit is what a term is counted in.
type Unit uint8

// The units of a term.
const (
	NoUnit Unit = iota
	SameWorkingDay
	WorkingDays
	CalendarDays
	Months
)

// The longest terms that are accepted.
const (
	MaxDays   = 366
	MaxMonths = 24
)

// Term is how long something may take, as a charter or a law writes it: "3
// working days", "less than 3 working days", "same working day", "14 days", "1
// month". The zero Term is no term.
type Term struct {
	n    uint16
	unit Unit
	less bool
}

// Unit tells what the term is counted in; NoUnit for the zero Term.
func (t Term) Unit() Unit { return t.unit }

// N is the number as it is written: 3 in "less than 3 working days", 0 in "same
// working day".
func (t Term) N() int { return int(t.n) }

// LessThan tells whether the term is "less than" its number.
func (t Term) LessThan() bool { return t.less }

// IsZero tells whether t is no term.
func (t Term) IsZero() bool { return t.unit == NoUnit }

// Counted is the number of days or months that are counted after the day of
// receipt. "Less than 3 working days" is taken at its word: the answer is out
// before the third day begins, that is by the end of the second.
func (t Term) Counted() int {
	if t.less {
		return int(t.n) - 1
	}
	return int(t.n)
}

// String writes the term so that ParseTerm reads it again.
func (t Term) String() string {
	var s string
	switch t.unit {
	case SameWorkingDay:
		return "same working day"
	case WorkingDays:
		s = plural(t.n, "working day")
	case CalendarDays:
		s = plural(t.n, "day")
	case Months:
		s = plural(t.n, "month")
	}
	if t.less {
		return "less than " + s
	}
	return s
}

func plural(n uint16, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(int(n)) + " " + noun
}

const termHint = `write a term such as "3 working days", "less than 3 working days", "same working day", "14 days" or "1 month"`

// ParseTerm reads a term as people write it, in English: "3 working days", "less
// than 3 working days", "same working day", "14 days" or "14 calendar days", "2
// months"; singular and plural, capitals and extra spaces do not matter. It
// refuses with an *Error: TermForm, TermUnit, TermZero or TermLong (over 366
// days or 24 months).
func ParseTerm(s string) (Term, error) {
	if len(s) > 100 {
		return Term{}, refuse(TermForm, s, termHint)
	}
	words := strings.Fields(strings.ToLower(s))
	if strings.Join(words, " ") == "same working day" {
		return Term{unit: SameWorkingDay}, nil
	}
	less := len(words) > 2 && words[0] == "less" && words[1] == "than"
	if less {
		words = words[2:]
	}
	if len(words) < 2 {
		return Term{}, refuse(TermForm, s, termHint)
	}
	unit, err := parseUnit(s, strings.Join(words[1:], " "))
	if err != nil {
		return Term{}, err
	}
	if less && unit != WorkingDays {
		return Term{}, refuse(TermUnit, s, `"less than" goes with working days only`)
	}
	n, err := parseCount(s, words[0], unit)
	if err != nil {
		return Term{}, err
	}
	return Term{n: n, unit: unit, less: less}, nil
}

func parseUnit(term, word string) (Unit, error) {
	switch word {
	case "working day", "working days":
		return WorkingDays, nil
	case "day", "days", "calendar day", "calendar days":
		return CalendarDays, nil
	case "month", "months":
		return Months, nil
	case "week", "weeks", "calendar week", "calendar weeks":
		return 0, refuse(TermUnit, term, `write weeks as days: "14 days"`)
	case "year", "years":
		return 0, refuse(TermUnit, term, `write a year as "12 months"`)
	case "hour", "hours", "minute", "minutes", "working hour", "working hours":
		return 0, refuse(TermUnit, term, `a term ends with a day, not an hour: write "same working day" or "1 working day"`)
	case "business day", "business days", "workday", "workdays":
		return 0, refuse(TermUnit, term, `write "working days"`)
	}
	return 0, refuse(TermForm, term, termHint)
}

func parseCount(term, digits string, unit Unit) (uint16, error) {
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, refuse(TermForm, term, "the number must be whole and in digits; "+termHint)
		}
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	limit := uint64(MaxDays)
	if unit == Months {
		limit = MaxMonths
	}
	switch {
	case err != nil || n > limit:
		return 0, refuse(TermLong, term, fmt.Sprintf("at most %d days or %d months", MaxDays, MaxMonths))
	case n == 0:
		return 0, refuse(TermZero, term, `at least 1; write "same working day" for an answer on the day of receipt`)
	case digits[0] == '0':
		return 0, refuse(TermForm, term, "the number must not begin with 0")
	}
	return uint16(n), nil
}

// MarshalText writes the term; empty for the zero Term.
func (t Term) MarshalText() ([]byte, error) {
	if t.IsZero() {
		return nil, nil
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads a term; the empty string is the zero Term.
func (t *Term) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*t = Term{}
		return nil
	}
	v, err := ParseTerm(string(b))
	if err != nil {
		return err
	}
	*t = v
	return nil
}

// Value stores a Term as text; the zero Term as NULL.
func (t Term) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.String(), nil
}

// Scan reads a text column; NULL is the zero Term.
func (t *Term) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = Term{}
		return nil
	case string:
		return t.UnmarshalText([]byte(v))
	case []byte:
		return t.UnmarshalText(v)
	}
	return fmt.Errorf("deadline.Term: cannot read a %T", src)
}
