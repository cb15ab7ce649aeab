package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// dateCard is one of the two dates of a case, as it stands now, with its verdict.
type dateCard struct {
	Whose string // own, law
	Term  deadline.Term
	Due   deadline.Date
	// Moved tells how it came to be later than it was at first.
	Moved []string
	// Badge is the state whose shape stands with Verdict; empty = no shape.
	Badge   string
	Verdict string
}

func card(r *web.Request, t *casework.Town, c *casework.Case, whose string, term deadline.Term, due deadline.Date, moved []string) dateCard {
	d := dateCard{Whose: whose, Term: term, Due: due, Moved: moved}
	d.Badge, d.Verdict = verdict(r, t.Calendar, c, due)
	return d
}

// verdict says whether a date was kept, or how long there is to it, in working
// days. What was withdrawn or sent on is judged by no date of this kind.
func verdict(r *web.Request, cal *deadline.Calendar, c *casework.Case, due deadline.Date) (badge, text string) {
	days := func(key i18n.Key, n int) string { return r.Say(key, i18n.Args{"Count": max(n, 1)}) }
	switch {
	case c.State == casework.Withdrawn || c.State == casework.Forwarded:
		return "", ""
	case c.State.Open() && c.Stopped:
		return "none", r.Say(KeyCaseVerdictStopped, nil)
	case c.State.Open() && r.Today > due:
		return "broken", days(KeyCaseVerdictOverdue, cal.WorkingDaysBetween(due, r.Today))
	case c.State.Open() && r.Today == due:
		return "risk", r.Say(KeyCaseVerdictToday, nil)
	case c.State.Open():
		return "", days(KeyCaseVerdictLeft, cal.WorkingDaysBetween(r.Today, due))
	}
	day := ended(c)
	switch left := cal.WorkingDaysBetween(day, due); {
	case day > due:
		return "broken", days(KeyCaseVerdictLate, cal.WorkingDaysBetween(due, day))
	case left == 0:
		return "kept", r.Say(KeyCaseVerdictLastDay, nil)
	default:
		return "kept", days(KeyCaseVerdictEarly, left)
	}
}

// ended is the day on which a case was answered, or else done with.
func ended(c *casework.Case) deadline.Date {
	if !c.AnsweredOn.IsZero() {
		return c.AnsweredOn
	}
	return c.DoneOn
}

// moves tell for each date how it moved.
type moves struct{ own, law []string }

func movesOf(r *web.Request, extended []casework.Extended, pauses []casework.Pause) (m moves) {
	put := func(list *[]string, key i18n.Key, from, to, on deadline.Date) {
		if !to.IsZero() {
			*list = append(*list, r.Say(key, i18n.Args{"From": from, "To": to, "On": on}))
		}
	}
	for _, x := range extended {
		put(&m.own, KeyCaseMovedExtended, x.OwnFrom, x.OwnTo, x.DecidedOn)
		put(&m.law, KeyCaseMovedExtended, x.LawFrom, x.LawTo, x.DecidedOn)
	}
	for _, p := range pauses {
		put(&m.own, KeyCaseMovedPaused, p.OwnFrom, p.OwnTo, p.AskedOn)
		put(&m.law, KeyCaseMovedPaused, p.LawFrom, p.LawTo, p.AskedOn)
	}
	return m
}
