package i18n

import (
	"fmt"

	"charterhouse/internal/deadline"
)

// TermWithin says how long something takes at most: „per 3 darbo dienas“,
// „greičiau nei per 3 darbo dienas“, „в същия работен ден“, "within 1 month".
// Nothing for the zero Term.
func (c *Catalog) TermWithin(lang string, t deadline.Term) string {
	s, err := c.voice(lang).termWithin(t)
	if err != nil {
		c.report(err)
		return t.String()
	}
	return s
}

func (v *voice) termWithin(t deadline.Term) (string, error) {
	var key Key
	switch t.Unit() {
	case deadline.NoUnit:
		return "", nil
	case deadline.SameWorkingDay:
		key = keySameWorkingDay
	case deadline.WorkingDays:
		key = keyWithinWorkingDays
		if t.LessThan() {
			key = keyLessThanWorkingDays
		}
	case deadline.CalendarDays:
		key = keyWithinDays
	case deadline.Months:
		key = keyWithinMonths
	default:
		return "", fmt.Errorf("i18n: a term in an unknown unit: %s", t)
	}
	return v.say(key, Args{"Count": t.N()})
}
