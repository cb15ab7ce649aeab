package casework

import (
	"fmt"

	"charterhouse/internal/deadline"
)

// Dated is a term with the day on which it ends.
type Dated struct {
	Term    deadline.Term
	Explain deadline.Explanation
}

// Due is the last day on which the answer is in time.
func (d Dated) Due() deadline.Date { return d.Explain.Due }

// Terms are the answers to "by when?" for one kind of case: what the town
// promises and what the law demands. Either may be absent.
type Terms struct {
	Kind string
	Rule Kind
	// Own is the town's own promise in numbers; nil when it has given none.
	Own *Dated
	// Law is the legal term; nil when there is none. It may be shown as lawful only
	// when Rule.Law.Verified is set.
	Law *Dated
}

// Public tells whether the legal date may be shown to a citizen as the law's.
func (t Terms) Public() bool { return t.Law != nil && t.Rule.Law.Verified }

// Soonest is the date a citizen is promised: the town's own, else the law's
// where it is verified. False when neither can be named.
func (t Terms) Soonest() (Dated, bool) {
	if t.Own != nil {
		return *t.Own, true
	}
	if t.Public() {
		return *t.Law, true
	}
	return Dated{}, false
}

// TermsFor computes both terms of a kind for a case received on a day, within or
// outside office hours (see deadline.Received). It fails only on rules that Check
// would have refused.
func (r Rules) TermsFor(kind string, day deadline.Date, outside bool, cal *deadline.Calendar) (Terms, error) {
	rule := r.Kinds[kind]
	t := Terms{Kind: kind, Rule: rule}
	date := func(term string) (*Dated, error) {
		parsed, err := deadline.ParseTerm(term)
		if err != nil {
			return nil, fmt.Errorf("casework: term of %s: %w", kind, err)
		}
		return &Dated{parsed, cal.Explain(day, outside, r.Policy(), parsed)}, nil
	}
	var err error
	if rule.Own != nil && rule.Own.Term != ByLaw {
		if t.Own, err = date(rule.Own.Term); err != nil {
			return Terms{}, err
		}
	}
	if rule.Law != nil {
		if t.Law, err = date(rule.Law.Term); err != nil {
			return Terms{}, err
		}
	}
	return t, nil
}

// ShiftUnconfirmed tells that a case received so would count as received later by
// a rule that nobody has verified; the staff are told, and the term runs from the
// day of receipt.
func (r Rules) ShiftUnconfirmed(day deadline.Date, outside bool, cal *deadline.Calendar) bool {
	return r.OutsideHours == NextWorkingDay && r.OutsideUnconfirmed() && (outside || !cal.IsWorking(day))
}

// Policy is what a case received outside hours counts as. Where nobody has said
// it, or nobody has confirmed what is said of the law, the town gives itself no
// extra day.
func (r Rules) Policy() deadline.Policy {
	if r.OutsideHours == NextWorkingDay && !r.OutsideUnconfirmed() {
		return deadline.NextWorkingDay
	}
	return deadline.SameDay
}
