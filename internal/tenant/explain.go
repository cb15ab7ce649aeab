package tenant

import (
	"slices"
	"strings"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// Say puts a message into the reader's language; i18n.Catalog.Say with the
// language filled in.
type Say func(key i18n.Key, args map[string]any) string

// Step is one row of an explanation: a day and what happens on it. Date is zero
// in a row that speaks of the whole term.
type Step struct {
	Date deadline.Date
	Role deadline.Role // empty in a row that speaks of the whole term
	// Kind tells what makes a day off: weekends can be folded, holidays not. Empty
	// for a working day.
	Kind   deadline.Kind
	Number int // of a counted day
	Text   string
}

// Explain puts the way to a due date into words, in the order in which a reader
// checks it: how the term is read, the day of receipt, every day that was passed
// over with its reason, the first and the last day that count, the due date.
// Worked days in between are not told. lang is the language of say.
func Explain(e deadline.Explanation, lang string, say Say) []Step {
	t := teller{e: e, lang: lang, say: say}
	if e.Due.IsZero() {
		return []Step{{Text: say(KeyDueNone, nil)}}
	}
	if e.Literal() {
		key := KeyDueLiteral
		if e.Term.Counted() == 0 {
			key = KeyDueLiteralToday
		}
		t.steps = append(t.steps, Step{Text: say(key, i18n.Args{"Term": e.Term, "Count": e.Term.Counted()})})
	}
	for _, d := range e.Days {
		if text := t.day(d); text != "" {
			t.steps = append(t.steps, Step{Date: d.Date, Role: d.Role, Kind: kindOf(d), Number: d.Number, Text: text})
		}
	}
	return t.steps
}

// AnswerBy is the news in one sentence: „Atsakymas – ne vėliau kaip …“. It
// assumes that there is a due date.
func AnswerBy(e deadline.Explanation, say Say) string {
	return say(KeyDueAnswerBy, i18n.Args{"Due": e.Due})
}

// ReasonsFor tells in one or two sentences why a day is not worked, or that it
// was declared worked; empty for an ordinary working day.
func ReasonsFor(reasons []deadline.Holiday, lang string, say Say) string {
	t := teller{lang: lang, say: say}
	return t.reasons(reasons)
}

// kindOf is the most telling reason: a holiday on a Sunday is a holiday.
func kindOf(d deadline.Day) deadline.Kind {
	if len(d.Reasons) == 0 || d.Reasons[0].Kind == deadline.DeclaredWorking {
		return ""
	}
	return d.Reasons[0].Kind
}

type teller struct {
	e     deadline.Explanation
	lang  string
	say   Say
	steps []Step
}

func (t *teller) day(d deadline.Day) string {
	switch d.Role {
	case deadline.ReceivedDay:
		if t.e.Shift == deadline.NonWorkingDay {
			return joined(t.reasons(d.Reasons), t.say(KeyDueReceivedDayOff, i18n.Args{"Zero": t.e.Zero}))
		}
		return t.say(KeyDueReceivedLate, i18n.Args{"Zero": t.e.Zero})
	case deadline.ZeroDay:
		return t.zero(d)
	case deadline.Waiting, deadline.Skipped:
		return t.reasons(d.Reasons)
	case deadline.Counted:
		return t.counted(d)
	case deadline.Moved:
		return t.say(KeyDueMoved, nil)
	}
	return ""
}

// zero tells of the day from which the term runs. An answer due on that very day
// ends with it.
func (t *teller) zero(d deadline.Day) string {
	shifted, last := t.e.Shift != deadline.NoShift, t.e.Due == d.Date
	switch {
	case shifted && last:
		return t.say(KeyDueCountsAsSame, nil)
	case shifted:
		return t.say(KeyDueCountsAsReceipt, nil)
	case last:
		return t.say(KeyDueReceivedSame, nil)
	case t.e.End == d.Date:
		// An answer within the same working day, to what came on a day off.
		return joined(t.reasons(d.Reasons), t.say(KeyDueReceivedDayOff, i18n.Args{"Zero": t.e.Due}))
	}
	return t.say(KeyDueReceived, nil)
}

func (t *teller) counted(d deadline.Day) string {
	var parts []string
	if d.Date == t.e.End {
		parts = append(parts, t.end(d))
	} else if d.Date == t.e.First {
		parts = append(parts, t.say(KeyDueFirst, nil))
	}
	if slices.ContainsFunc(d.Reasons, func(h deadline.Holiday) bool { return h.Kind == deadline.DeclaredWorking }) {
		parts = append(parts, t.reasons(d.Reasons))
	}
	return joined(parts...)
}

func (t *teller) end(d deadline.Day) string {
	var parts []string
	if t.e.Clipped {
		parts = append(parts, t.say(KeyDueClipped, nil))
	}
	if t.e.Rolled() {
		return joined(append(parts, t.say(KeyDueEndDayOff, nil), t.reasons(d.Reasons))...)
	}
	key := KeyDueEndWorkingDays
	switch t.e.Term.Unit() {
	case deadline.CalendarDays:
		key = KeyDueEndDays
	case deadline.Months:
		key = KeyDueEndMonths
	}
	return joined(append(parts, t.say(key, i18n.Args{"Count": t.e.Term.Counted()}))...)
}

// reasons tells of holidays that fall on one day together, and leaves the weekend
// out where something else says more.
func (t *teller) reasons(list []deadline.Holiday) string {
	var parts, holidays []string
	for _, h := range list {
		if h.Kind == deadline.PublicHoliday {
			holidays = append(holidays, t.name(h))
		}
	}
	if len(holidays) > 0 {
		parts = append(parts, t.say(KeyDueHoliday, i18n.Args{"Names": holidays}))
	}
	for _, h := range list {
		switch h.Kind {
		case deadline.Substitute:
			parts = append(parts, t.say(KeyDueSubstitute, i18n.Args{"Names": t.name(h), "For": h.For}))
		case deadline.Declared:
			key := KeyDueDeclared
			if h.Scope == deadline.Town {
				key = KeyDueDeclaredTown
			}
			parts = append(parts, t.declared(key, h))
		case deadline.DeclaredWorking:
			parts = append(parts, t.declared(KeyDueDeclaredWorking, h))
		case deadline.Weekend:
			if len(parts) == 0 {
				parts = append(parts, t.say(KeyDueWeekend, nil))
			}
		}
	}
	return joined(parts...)
}

func (t *teller) declared(key i18n.Key, h deadline.Holiday) string {
	text := t.say(key, i18n.Args{"Names": unstopped(t.name(h))})
	if h.Basis == "" {
		return text
	}
	return joined(text, t.say(KeyDueSource, i18n.Args{"Source": unstopped(h.Basis)}))
}

// unstopped drops the stop of an abbreviation („lapkričio 20 d.“) where the
// sentence ends with one of its own.
func unstopped(s string) string { return strings.TrimSuffix(s, ".") }

func (t *teller) name(h deadline.Holiday) string {
	name, _ := i18n.Text(h.Name).In(t.lang, "en")
	return name
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
