package admin

import (
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// caseDate is one of the two dates of a case with the way to it.
type caseDate struct {
	Title      string
	Term       string // as the rule says it
	Unverified bool
	Due        deadline.Date
	// First is what the submitter was told on the day of receipt, where the date has
	// moved since.
	First    deadline.Date
	Standing standing
	Calendar string
	Steps    []tenant.Step
}

// caseDates gives the town's own date and the law's, each with its explanation
// and its verdict.
func caseDates(r *web.Request, t *casework.Town, c *casework.Case, pin casework.Pin) []caseDate {
	var all []caseDate
	unconfirmed := pin.Rule.ShiftUnconfirmed(c.ReceivedOn, c.Outside, t.Calendar)
	if pin.Own != nil {
		d := caseDateOf(r, t, c, r.Say(KeyCaseOwnDate, nil), c.OwnDue, *pin.Own)
		d.Steps = explained(r, pin.Own.Explain, unconfirmed)
		all = append(all, d)
	}
	if pin.Law != nil {
		d := caseDateOf(r, t, c, r.Say(KeyCaseLawDate, nil), c.LawDue, *pin.Law)
		d.Steps = explained(r, pin.Law.Explain, unconfirmed)
		d.Unverified = !c.LawVerified
		all = append(all, d)
	}
	return all
}

// explained is the way to a date. Where the country's rule for what comes outside
// hours is not verified, the staff read first that it was not applied.
func explained(r *web.Request, e deadline.Explanation, unconfirmed bool) []tenant.Step {
	steps := tenant.Explain(e, r.Lang, r.Say)
	if unconfirmed {
		steps = slices.Insert(steps, 0, tenant.Step{Text: r.Say(KeyShiftUnconfirmed, nil)})
	}
	return steps
}

func caseDateOf(r *web.Request, t *casework.Town, c *casework.Case, title string, due deadline.Date, pinned casework.Dated) caseDate {
	d := caseDate{
		Title: title, Term: r.TermTyped(pinned.Term), Due: due, Calendar: pinned.Explain.Version,
	}
	if pinned.Due() != due {
		d.First = pinned.Due()
	}
	switch {
	case !c.AnsweredOn.IsZero():
		d.Standing = answered(r, t, c.AnsweredOn, due)
	case !c.State.Open():
	case c.Stopped:
		d.Standing.Text = r.Say(KeyStandsStill, nil)
	default:
		d.Standing = stands(r, t, due)
	}
	return d
}

// answered tells whether an answer kept a date.
func answered(r *web.Request, t *casework.Town, on, due deadline.Date) standing {
	out := standing{Text: r.Say(KeyCaseAnsweredOn, i18n.Args{"Date": on}) + ", "}
	if on <= due || due.IsZero() {
		out.Text += r.Say(KeyCaseInTime, nil)
		return out
	}
	out.Late = true
	out.Text += r.Say(KeyLateBy, i18n.Args{"Count": max(1, t.Calendar.WorkingDaysBetween(due, on))})
	return out
}
