package deadline

import (
	"fmt"
	"strings"
)

// Code says what is wrong with an input, so that a floor above can say it in the
// reader's language.
type Code string

// What can be wrong.
const (
	DateForm     Code = "date_form"     // not written as 2026-01-31
	DateNone     Code = "date_none"     // no such day in the calendar: 2026-02-30
	DateRange    Code = "date_range"    // before 1990 or after 2100
	TermForm     Code = "term_form"     // not a term as people write them
	TermUnit     Code = "term_unit"     // a unit that terms do not have: weeks, hours
	TermZero     Code = "term_zero"     // zero days or months
	TermLong     Code = "term_long"     // over 366 days or 24 months
	PolicyForm   Code = "policy_form"   // neither same_day nor next_working_day
	HoursForm    Code = "hours_form"    // office hours that cannot be read or overlap
	SpecMissing  Code = "spec_missing"  // a field of a calendar that must be there
	SpecUnknown  Code = "spec_unknown"  // a word that the field does not know
	SpecRange    Code = "spec_range"    // a number out of its range
	SpecForeign  Code = "spec_foreign"  // a field that this kind of rule does not have
	SpecRepeated Code = "spec_repeated" // the same day or key twice in the same years
	SpecConflict Code = "spec_conflict" // two fields that contradict each other
)

// Error is one refused input. Its text is English, for logs, tests and the
// command line.
type Error struct {
	Code  Code
	Path  string // where in a calendar: holidays[3].month; empty for a single input
	Value string // what was given, shortened
	Hint  string // what would have been accepted
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Path != "" {
		b.WriteString(e.Path + ": ")
	}
	fmt.Fprintf(&b, "%q: %s", e.Value, e.Hint)
	return b.String()
}

// Faults are all the faults of one calendar, in the order of its fields.
type Faults []*Error

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, e := range f {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first fault.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i, e := range f {
		errs[i] = e
	}
	return errs
}

// refuse keeps at most 40 characters of what was given: it is shown back.
func refuse(code Code, value, hint string) *Error {
	if r := []rune(value); len(r) > 40 {
		value = string(r[:40]) + "…"
	}
	return &Error{Code: code, Value: strings.ToValidUTF8(value, "\uFFFD"), Hint: hint}
}
