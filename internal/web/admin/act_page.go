package admin

import (
	"maps"
	"strconv"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// actPage is the form of one act, under the head of its case.
type actPage struct {
	web.Frame
	caseHead
	Form   web.Form
	Offer  offer
	Fields []field
	// Filed is what the submitter sent, to write to; empty where nothing is written.
	Filed filed
	// Files: the form takes attachments.
	Files bool
	// Confidential is what the act of that name sets: yes or no.
	Confidential string
	// Stands and Typed are the two texts of a conflict.
	Stands, Typed string
}

// field is a field as the partial _field is told of it.
type field struct {
	Name, Label, Hint, Kind string
	Max                     int
	Need                    bool
	Options                 []web.FieldOption
}

// offer is an act as it can be done now.
type offer struct {
	Title, Hint, URL, Path string
	Submit                 string
	// Told is what else has to be known before it is done, a sentence each.
	Told []string
	// Refused says why it cannot be done now; empty = it can.
	Refused string
	// Notice tells how the submitter will learn of it; empty = they are not told.
	// Letter: somebody has to print it and post it.
	Notice string
	Letter bool
	By     casework.Offer
}

func (s *Site) actPage(a act) web.Handler {
	return func(r *web.Request) (web.Reply, error) {
		c, err := casework.Look(r.Ctx, r.Tx, officer(r), r.Param("number"))
		if err != nil {
			return web.Reply{}, err
		}
		return s.showAct(r, a, c, nil)
	}
}

// actShown shows a refused form again, with what was typed; where somebody else
// was faster, with what is new beside it.
func (s *Site) actShown(a act) web.Again {
	return func(r *web.Request, f *fault.Error) (web.Reply, error) {
		if f.Kind == fault.Forbidden || f.Kind == fault.NotFound {
			return web.Reply{}, f
		}
		c, err := casework.Peek(r.Ctx, r.Tx, officer(r), r.Param("number"))
		if err != nil {
			return web.Reply{}, err
		}
		return s.showAct(r, a, c, f)
	}
}

func (s *Site) showAct(r *web.Request, a act, c *casework.Case, f *fault.Error) (web.Reply, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, err
	}
	who, err := handlers(r)
	if err != nil {
		return web.Reply{}, err
	}
	pin, err := casework.PinOf(r.Ctx, r.Tx, c)
	if err != nil {
		return web.Reply{}, err
	}
	page := &actPage{caseHead: head(r, t, c, who), Files: a.files > 0}
	if page.Form, err = r.Shown(f); err != nil {
		return web.Reply{}, err
	}
	if err := page.before(r, t, a, pin, who, f); err != nil {
		return web.Reply{}, err
	}
	if page.Offer, err = a.now(r, t, c, pin); err != nil {
		return web.Reply{}, err
	}
	if err := page.Offer.foretell(r, c); err != nil {
		return web.Reply{}, err
	}
	page.Fields = a.describe(r, t, page, pin, who)
	if page.Confidential = "yes"; c.Confidential {
		page.Confidential = "no"
	}
	page.Form.Fill("department", c.Department).Fill("assignee", assigneeValue(c))
	page.Form.Values.Set("version", number(c.Version))
	page.Title, page.Menu = page.Offer.Title, pathCases
	page.Side, err = s.views(r, t, "-")
	return web.HTML("act", page).Secret(), err
}

func assigneeValue(c *casework.Case) string {
	if c.Assignee == 0 {
		return ""
	}
	return number(c.Assignee)
}

// before gathers what has to be in sight while something is written about the
// case: what was sent, and in a conflict what is new.
func (p *actPage) before(r *web.Request, t *casework.Town, a act, pin casework.Pin, who *people, f *fault.Error) error {
	if !changedMeanwhile(f) && !a.writes() {
		return nil
	}
	first, events, err := story(r, t, p.Case, pin, who)
	if err != nil {
		return err
	}
	if a.writes() {
		p.Filed = first
	}
	if changedMeanwhile(f) {
		p.conflict(r, a, events)
	}
	return nil
}

// conflict puts what is new beside what was typed. Every step of a case adds one
// event and one to its version, so the events since are those behind that number.
func (p *actPage) conflict(r *web.Request, a act, events []event) {
	seen, err := strconv.Atoi(r.Form.Get("version"))
	if err != nil || seen < 0 || seen >= len(events) {
		seen = max(0, len(events)-1)
	}
	for _, e := range events[seen:] {
		p.Stands += e.At + " · " + e.Title
		if e.Who != "" {
			p.Stands += " · " + e.Who
		}
		for _, text := range e.Texts {
			p.Stands += "\n" + text.Body
		}
		p.Stands += "\n\n"
	}
	for _, field := range a.fields {
		if typed := r.Form.Get(field.name); typed != "" && (field.kind == "textarea" || field.kind == "") {
			p.Typed += typed + "\n"
		}
	}
}

// actDone does it. The case's own page comes next, where this person still sees it.
func (s *Site) actDone(a act) web.Handler {
	return func(r *web.Request) (web.Reply, error) {
		t, err := s.town(r)
		if err != nil {
			return web.Reply{}, err
		}
		version, err := strconv.ParseInt(r.Form.Get("version"), 10, 64)
		if err != nil || version <= 0 {
			// A form of ours always says which version it was made from.
			return web.Reply{}, fault.New(fault.Conflict, casework.KeyChangedMeanwhile)
		}
		doing := acting{Request: r, town: t, who: officer(r), ref: casework.Ref{Number: r.Param("number"), Version: version, Form: sent(r)}}
		if a.files > 0 {
			kept, err := r.Keep()
			if err != nil {
				return web.Reply{}, err
			}
			for _, f := range kept {
				doing.files = append(doing.files, f.ID)
			}
		}
		if err := a.perform(doing); err != nil {
			return web.Reply{}, err
		}
		return a.after(r), nil
	}
}

// after leads to where it shows what was done.
func (a act) after(r *web.Request) web.Reply {
	if _, err := casework.Peek(r.Ctx, r.Tx, officer(r), r.Param("number")); fault.Is(err, fault.Forbidden) {
		return web.Redirect(r.URL(pathCases) + "?done=hidden")
	}
	return web.Redirect(cameFrom(r).to(r.URL(casePath(r.Param("number"), "")), "done", a.doneCode()))
}

// actStands looks whether this very form has done it already: the button was
// pressed twice, or the reply to the first was lost.
func (s *Site) actStands(a act) func(*web.Request) (web.Reply, bool, error) {
	return func(r *web.Request) (web.Reply, bool, error) {
		t, err := s.town(r)
		if err != nil {
			return web.Reply{}, false, err
		}
		done, err := t.Did(r.Ctx, r.Tx, officer(r), casework.Ref{Number: r.Param("number"), Form: sent(r)}, a.do)
		if err != nil || !done {
			return web.Reply{}, false, err
		}
		return a.after(r), true, nil
	}
}

// sent names a form by its nonce and by what was typed into it: whoever goes back
// and writes something else is not told that this was done. The version is not of
// it, since it tells only what the writer had seen.
func sent(r *web.Request) string {
	if r.Nonce == "" {
		return ""
	}
	typed := maps.Clone(r.Form)
	typed.Del("version")
	return typed.Encode()
}

// doneCode is what the next page says was done.
func (a act) doneCode() string {
	switch a.do {
	case casework.ToReply, casework.ToExtend:
		return string(a.do)
	}
	return "case"
}

// now tells how the act stands with the case; not offered is refused, too.
func (a act) now(r *web.Request, t *casework.Town, c *casework.Case, pin casework.Pin) (offer, error) {
	past, err := casework.Extensions(r.Ctx, r.Tx, c)
	if err != nil {
		return offer{}, err
	}
	for _, o := range t.Offers(c, pin, past, casework.Staff, r.Today) {
		if o.Do == a.do {
			return a.words(r, c, pin, o), nil
		}
	}
	return a.words(r, c, pin, casework.Offer{Do: a.do, Refused: casework.KeyNotInState}), nil
}

// words tells what an act brings about and how far it reaches, before it is done.
func (a act) words(r *web.Request, c *casework.Case, pin casework.Pin, o casework.Offer) offer {
	title, hint, args := a.title, a.hint, i18n.Args{}
	switch a.do {
	case casework.ToAsk:
		if hint = KeyActAskRuns; pin.Rule.Stops() {
			hint = KeyActAskStops
		}
	case casework.ToDecline:
		if pin.Rule.Review != nil {
			hint = KeyActDeclineReview // where to turn is added to the letter and to the page
		}
	case casework.ToExtend:
		hint = extendHint(c, o, args)
	case casework.ToForward:
		args["Date"] = pin.ForwardBy
		switch hint = KeyActForwardBy; {
		case pin.ForwardBy.IsZero():
			hint = KeyActForwardFree
		case pin.ForwardBy < r.Today:
			hint = KeyActForwardLate
		}
	case casework.ToProtect:
		if c.Confidential {
			title, hint = KeyActUnprotect, KeyActUnprotectHint
		}
	}
	out := offer{Title: r.Say(title, nil), Path: a.path, URL: cameFrom(r).to(r.URL(casePath(c.Number, "/"+a.path))), By: o, Refused: refusedByNow(r, o.Refused)}
	out.Submit = out.Title
	if a.do == casework.ToReply {
		out.Submit = r.Say(KeyActReplySubmit, nil)
	}
	switch {
	case a.do != casework.ToExtend:
		out.Hint = r.Say(hint, args)
	case o.Refused == "":
		told := extendTold(r, c, o)
		out.Hint, out.Told = r.Say(hint, args)+" "+told[0], told[1:]
	}
	return out
}

// describe words the fields of the form for this case.
func (a act) describe(r *web.Request, t *casework.Town, page *actPage, pin casework.Pin, who *people) []field {
	c, o := page.Case, page.Offer.By
	var all []field
	for _, f := range a.fields {
		out := field{Name: f.name, Label: r.Say(f.label, nil), Kind: f.kind, Max: f.max, Need: f.need}
		switch f.name {
		case "department":
			all := departments(r, t, c.Department)
			if len(all) == 0 {
				continue
			}
			out.Options = append([]web.FieldOption{{Label: r.Say(KeyActNoDepartment, nil)}}, all...)
		case "assignee":
			out.Options = append([]web.FieldOption{{Label: r.Say(KeyActNobody, nil)}}, who.options()...)
		case "ground":
			out.Options = grounds(r, c, pin)
		case "final":
			from := o.Reach.From()
			if out.Hint = r.Say(KeyActExtendFinalHint, i18n.Args{"From": from}); !o.Latest.IsZero() {
				out.Hint = r.Say(KeyActExtendFinalCap, i18n.Args{"From": from, "Latest": o.Latest})
			}
			out.Hint += " · " + r.Say(KeyDateHint, i18n.Args{"Date": t.Calendar.Next(from)})
		case "beyond":
			// It is asked only of a date that needs it.
			if page.Form.Error("beyond") == "" && page.Form.Value("beyond") == "" {
				continue
			}
			if !c.LawVerified {
				out.Hint = r.Say(KeyActExtendLawNotVerified, nil)
			}
		case "reasons":
			if x := pin.Rule.Kind.Extension; x == nil || x.Reasons == x.Steps {
				out.Hint = r.Say(KeyActExtendEither, nil)
			} else {
				out.Need = x.Reasons
			}
		case "steps":
			if x := pin.Rule.Kind.Extension; x != nil && x.Steps && !x.Reasons {
				out.Need = true
			}
		}
		all = append(all, out)
	}
	return all
}

// grounds are those for which the case may be left unexamined.
func grounds(r *web.Request, c *casework.Case, pin casework.Pin) []web.FieldOption {
	var all []web.FieldOption
	for _, g := range c.Grounds(pin) {
		hint := r.Text(g.Basis)
		if g.Must {
			if hint != "" {
				hint += ", "
			}
			hint += r.Say(KeyActDeclineMust, nil)
		}
		all = append(all, web.FieldOption{Value: g.Key, Label: r.Text(g.Title), Hint: hint})
	}
	return all
}
