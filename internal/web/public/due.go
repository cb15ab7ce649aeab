package public

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

type duePage struct {
	web.Frame
	Form    dueForm
	Kinds   []string
	Errors  []dueError
	Results []dueResult
	// Counting tells how days are counted in the country, in a paragraph.
	Counting i18n.Text
}

// Units are what a term of the reader's own can be counted in.
func (p *duePage) Units() []string {
	return []string{"working_days", "less_than_working_days", "same_working_day", "days", "months"}
}

// step is one line of the explanation.
type step struct {
	tenant.Step
	last bool // the due date itself
}

// Class is how the line is marked.
func (s step) Class() string {
	switch {
	case s.last:
		return "due"
	case s.Role == deadline.Skipped || s.Role == deadline.Waiting:
		return "skip-day"
	}
	return ""
}

// dueForm is what was typed, kept as it was typed.
type dueForm struct {
	Received string
	Kind     string // empty: the term is given by Number and Unit
	Number   string
	Unit     string
	Outside  bool
}

// dueError is one field to mend.
type dueError struct {
	Field string
	Key   i18n.Key
}

// dueResult is one date with the way there.
type dueResult struct {
	// Whose: own or law for a kind of case, empty for a term of the reader's own.
	Whose   string
	Term    deadline.Term
	Due     deadline.Date
	Steps   []step
	Months  []month
	Basis   i18n.Text // the legal ground, or what the town says of its own term
	Version string
}

// due is the public calculator: the date, and every day that was skipped. It is a
// form sent by GET, so that a computed date has an address that can be shared.
func (s *Site) due(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &duePage{
		Frame: web.Frame{
			Title: r.Say(KeyDueTitle, nil), Description: r.Say(KeyDueDescription, nil), Menu: "/due",
			NoIndex: len(r.Query) > 0, Crumbs: []web.Crumb{{Label: r.Say(KeyMenuDue, nil)}},
		},
		Form:     readDueForm(r),
		Kinds:    datedKinds(t.Rules),
		Counting: s.countries[r.Town.Country].Texts.Counting,
	}
	if len(r.Query) == 0 {
		return web.HTML("due", page), nil
	}
	if err := page.compute(r, t); err != nil {
		return web.Reply{}, err
	}
	if page.Invalid = len(page.Errors) > 0; page.Invalid {
		return web.HTML("due", page).Status(http.StatusUnprocessableEntity), nil
	}
	return web.HTML("due", page), nil
}

func readDueForm(r *web.Request) dueForm {
	f := dueForm{
		Received: strings.TrimSpace(r.Query.Get("received")),
		Kind:     r.Query.Get("kind"),
		Number:   strings.TrimSpace(r.Query.Get("number")),
		Unit:     r.Query.Get("unit"),
		Outside:  r.Query.Get("outside") != "",
	}
	// A link such as ?kind=question asks about writing today.
	if f.Received == "" && !r.Query.Has("received") {
		f.Received = r.Say(KeyDueReceivedToday, i18n.Args{"Today": r.Today})
	}
	if f.Unit == "" {
		f.Unit = "working_days"
	}
	return f
}

// datedKinds are the kinds of case that can be given a date.
func datedKinds(rules casework.Rules) []string {
	var kinds []string
	for _, kind := range casework.Kinds() {
		k := rules.Kinds[kind]
		if k.Own != nil && k.Own.Term != casework.ByLaw || k.Law != nil && k.Law.Verified {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func (p *duePage) compute(r *web.Request, t *office) error {
	received, err := i18n.ReadDate(p.Form.Received)
	if err != nil {
		p.refuse("received", err)
	}
	if p.Form.Kind != "" {
		if len(p.Errors) > 0 {
			return nil
		}
		return p.byKind(r, t, received)
	}
	term, err := p.Form.term()
	if err != nil {
		p.refuse("number", err)
	}
	if len(p.Errors) == 0 {
		p.show(r, "", nil, t.Calendar.Explain(received, p.Form.Outside, t.Rules.Policy(), term))
	}
	return nil
}

// byKind shows the town's own date and the law's side by side.
func (p *duePage) byKind(r *web.Request, t *office, received deadline.Date) error {
	terms, err := t.Rules.TermsFor(p.Form.Kind, received, p.Form.Outside, t.Calendar)
	if err != nil {
		return err
	}
	if terms.Own != nil {
		p.show(r, "own", terms.Rule.Own.Note, terms.Own.Explain)
	}
	if terms.Public() {
		p.show(r, "law", terms.Rule.Law.Basis, terms.Law.Explain)
	}
	if terms.Own == nil && !terms.Public() {
		p.Errors = append(p.Errors, dueError{"kind", KeyDueErrorNoTerm})
	}
	return nil
}

func (p *duePage) show(r *web.Request, whose string, basis i18n.Text, e deadline.Explanation) {
	if e.Due.IsZero() {
		p.Errors = append(p.Errors, dueError{"received", KeyDueErrorOutOfRange})
		return
	}
	p.Results = append(p.Results, explained(r, whose, basis, e))
}

// explained puts a date and the way to it into words and calendars.
func explained(r *web.Request, whose string, basis i18n.Text, e deadline.Explanation) dueResult {
	say := func(key i18n.Key, args map[string]any) string { return r.Say(key, args) }
	out := dueResult{
		Whose: whose, Term: e.Term, Due: e.Due, Basis: basis, Version: e.Version, Months: months(e, r.Lang, say),
	}
	for _, line := range tenant.Explain(e, r.Lang, say) {
		// Weekends are told by the calendar; where there is none, every day is.
		weekend := line.Kind == deadline.Weekend && line.Role == deadline.Skipped
		if out.Months == nil || !weekend {
			out.Steps = append(out.Steps, step{line, line.Date == e.Due})
		}
	}
	return out
}

// term reads number and unit the way package deadline writes terms.
func (f dueForm) term() (deadline.Term, error) {
	if f.Unit == "same_working_day" {
		return deadline.ParseTerm("same working day")
	}
	n, err := strconv.Atoi(f.Number)
	if err != nil {
		return deadline.Term{}, &deadline.Error{Code: deadline.TermForm, Value: f.Number}
	}
	units := map[string]string{
		"working_days": "%d working days", "less_than_working_days": "less than %d working days",
		"days": "%d days", "months": "%d months",
	}
	form, ok := units[f.Unit]
	if !ok {
		return deadline.Term{}, &deadline.Error{Code: deadline.TermUnit, Value: f.Unit}
	}
	return deadline.ParseTerm(strings.Replace(form, "%d", strconv.Itoa(n), 1))
}

func (p *duePage) refuse(field string, err error) {
	key := KeyDueErrorTermForm
	var e *deadline.Error
	if errors.As(err, &e) {
		switch e.Code {
		case deadline.DateForm:
			key = KeyDueErrorDateForm
		case deadline.DateNone:
			key = KeyDueErrorDateNone
		case deadline.DateRange:
			key = KeyDueErrorDateRange
		case deadline.TermUnit:
			key = KeyDueErrorTermUnit
		case deadline.TermZero:
			key = KeyDueErrorTermZero
		case deadline.TermLong:
			key = KeyDueErrorTermLong
		}
	}
	p.Errors = append(p.Errors, dueError{field, key})
}

// ErrorOn gives the message of a field, empty when it is right.
func (p *duePage) ErrorOn(field string) i18n.Key {
	for _, e := range p.Errors {
		if e.Field == field {
			return e.Key
		}
	}
	return ""
}
