package admin

import (
	"strconv"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// standing is a date beside today, in words: "3 working days late".
type standing struct {
	Late, Today bool
	Text        string
}

// stands tells how a date lies to today, in working days.
func stands(r *web.Request, t *casework.Town, due deadline.Date) standing {
	switch {
	case due.IsZero():
		return standing{Text: r.Say(KeyNoTerm, nil)}
	case due == r.Today:
		return standing{Today: true, Text: r.Say(KeyDueToday, nil)}
	case due < r.Today:
		// A date that passed since the last working day is late by none.
		if n := t.Calendar.WorkingDaysBetween(due, r.Today); n > 0 {
			return standing{Late: true, Text: r.Say(KeyLateBy, i18n.Args{"Count": n})}
		}
		return standing{Late: true, Text: r.Say(KeyLateToday, nil)}
	}
	return standing{Text: r.Say(KeyDaysLeft, i18n.Args{"Count": t.Calendar.WorkingDaysBetween(r.Today, due)})}
}

// lawName names the legal limit, and says so where nobody has verified the term.
func lawName(r *web.Request, c *casework.Case) string {
	if c.LawVerified {
		return r.Say(KeyLaw, nil)
	}
	return r.Say(KeyLawUnverified, nil)
}

// nearest gives the date that a case is listed by, whose it is, and the other one.
func nearest(r *web.Request, c *casework.Case) (due deadline.Date, whose string, other deadline.Date, otherWhose string) {
	own, law := r.Say(KeyOwn, nil), lawName(r, c)
	switch {
	case c.OwnDue.IsZero():
		return c.LawDue, law, 0, ""
	case c.LawDue.IsZero():
		return c.OwnDue, own, 0, ""
	case c.LawDue < c.OwnDue:
		return c.LawDue, law, c.OwnDue, own
	}
	return c.OwnDue, own, c.LawDue, law
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
