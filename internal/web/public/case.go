package public

import (
	"net/url"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

type casePage struct {
	web.Frame
	Form web.Form
	Case *casework.Case
	// Code or Token opened the case and goes along with every form of the page.
	Code, Token string
	Heading     string
	Subject     string // what it was filed about
	// Done is what was just done; empty when the case was only opened.
	Done casework.Action

	Dates      []dateCard
	NoTerm     bool
	Unverified bool
	// PutOff tells by when the answer comes after an extension, where none of the
	// dates shows it.
	PutOff   string
	Way      *way
	Steps    []wayStep
	Charter  int64  // version that the dates rest on; 0 = none
	Calendar string // version of the calendar

	Question *spoken // that waits for an answer
	Answer   *spoken
	Outcome  *outcome // how a case ended without an answer
	Events   []happening
	Review   *casework.Body
	Can      map[string]bool
	Limits   fileLimits
}

// outcome is how a case ended that was not answered here.
type outcome struct {
	Ground      *casework.Ground // it was not examined
	Institution string           // it was sent on
	Reasons     []string
}

// show is the page of a case: what is happening, both dates with their verdicts
// and reasons, what was written, and what its sender can do. f is why a form of
// the page was refused; done what was just done.
func (s *Site) show(r *web.Request, t *office, o opened, f *fault.Error, done casework.Action) (web.Reply, error) {
	c := o.c
	page := &casePage{
		Frame: web.Frame{
			Title: r.Say(KeyCaseTitle, i18n.Args{"Number": c.Number}), Menu: "/track", NoIndex: true,
			Crumbs: []web.Crumb{{Label: r.Say(KeyTrackTitle, nil), Path: "/track"}, {Label: c.Number}},
		},
		Case: c, Code: o.code, Token: o.token, Heading: heading(r, c), Done: done, Can: map[string]bool{}, Limits: limitsOfFiles(),
	}
	var err error
	if done != "" {
		// What was sent has done its work: the next form of the page is another one.
		page.Form = web.Form{Nonce: r.NewNonce(), Values: url.Values{}}
	} else if page.Form, err = r.Shown(f); err != nil {
		return web.Reply{}, err
	}
	pin, err := casework.PinOf(r.Ctx, r.Tx, c)
	if err != nil {
		return web.Reply{}, err
	}
	page.Charter, page.Review = pin.Charter, pin.Rule.Review
	if err := page.dates(r, t, pin); err != nil {
		return web.Reply{}, err
	}
	if err := page.story(r, t, pin); err != nil {
		return web.Reply{}, err
	}
	for _, offer := range t.Offers(c, pin, nil, casework.Submitter, r.Today) {
		page.Can[string(offer.Do)] = offer.Refused == ""
	}
	return web.HTML("case", page).Secret(), nil
}

// heading answers what is happening.
func heading(r *web.Request, c *casework.Case) string {
	day := c.DoneOn
	switch c.State {
	case casework.Received:
		day = c.ReceivedOn
	case casework.Waiting:
		day = c.AskedOn
	case casework.Answered:
		day = c.AnsweredOn
	}
	return r.Say(i18n.Key("case.head."+string(c.State)), i18n.Args{"Date": day})
}

// KindName is the kind within a line: „klausimas“.
func (p *casePage) KindName(name string) string { return strings.ToLower(name) }

// Scores are the marks to choose from.
func (p *casePage) Scores() []int { return []int{1, 2, 3, 4, 5} }

// Contestable tells whether where to turn next is to be told.
func (p *casePage) Contestable() bool {
	return p.Review != nil && (p.Answer != nil || p.Outcome != nil && p.Outcome.Ground != nil)
}

// dates fills in the two dates and the way to them.
func (p *casePage) dates(r *web.Request, t *office, pin casework.Pin) error {
	extended, err := casework.Extensions(r.Ctx, r.Tx, p.Case)
	if err != nil {
		return err
	}
	pauses, err := casework.Pauses(r.Ctx, r.Tx, p.Case)
	if err != nil {
		return err
	}
	kind := pin.Rule.Kind
	law := lawful(r, pin)
	p.NoTerm = kind.NoTerm
	p.Unverified = law == nil && pin.Own == nil && kind.Law != nil
	moves := movesOf(r, extended, pauses)
	if pin.Own != nil {
		p.Dates = append(p.Dates, card(r, t.Town, p.Case, "own", pin.Own.Term, p.Case.OwnDue, moves.own))
	}
	if law != nil {
		p.Dates = append(p.Dates, card(r, t.Town, p.Case, "law", pin.Law.Term, p.Case.LawDue, moves.law))
	}
	if n := len(extended); n > 0 && law == nil && extended[n-1].OwnTo.IsZero() {
		p.PutOff = putOff(r, p.Case, pin.Own != nil)
	}
	if len(p.Dates) == 0 {
		return nil
	}
	p.Way = wayOf(r, t.Town, p.Case, pin, law != nil, pauses)
	p.Steps = stepsOf(r, p.Case, pin, law != nil, extended, pauses)
	if pin.Own != nil {
		p.Calendar = pin.Own.Explain.Version
	}
	if law != nil {
		p.Calendar = law.Version
	}
	return nil
}

// filesOf describes the files of an event.
func filesOf(r *web.Request, ids []string) (all []files.File, err error) {
	for _, id := range ids {
		f, err := files.Get(r.Ctx, r.Tx, id)
		if fault.Is(err, fault.NotFound) {
			continue // erased since
		}
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}
