package admin

import (
	"net/url"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// caseRoutes are the page of one case and what can be done with it. Reading one
// may leave an entry in the audit chain, so the pages are recorded.
func (s *Site) caseRoutes() web.Routes {
	one := pathCases + "/:number"
	routes := web.Routes{
		web.Recorded(access.CaseRead, one, s.caseOpen),
		web.Recorded(access.CaseHandle, one+"/person", s.casePerson),
		web.Recorded(access.CaseRead, one+"/files/:file", s.caseFile),
	}
	for _, a := range acts() {
		bring := web.Bring(web.Limits{Files: a.files, May: mayAct})
		routes = append(routes,
			web.Recorded(a.may, one+"/"+a.path, s.actPage(a)),
			web.Action(a.may, one+"/"+a.path, s.actDone(a), bring, web.Refused(s.actShown(a)), web.Settled(s.actStands(a))),
		)
	}
	return routes
}

// casePage is one case: read on the left, decide on the right.
type casePage struct {
	web.Frame
	caseHead
	Done    string
	Form    web.Form // of the answer
	Filed   filed
	Events  []event
	Dates   []caseDate
	Offers  []offer
	Reads   bool // the role may only read
	Reply   *offer
	Person  *casework.Person // nil = closed
	Opens   bool             // who the submitter is may be opened
	Pin     casework.Pin
	Review  string
	Stops   bool
	Claimed bool
	Audit   string // address of the entries about the case; empty = not open to this role
}

// caseHead is what stands above a case and above each of its forms.
type caseHead struct {
	Case *casework.Case
	// URL is the page of the case, Opened the one that shows the submitter; Way is
	// the list that somebody came from.
	URL        string
	Opened     string
	Way        way
	Kind       string
	State      string
	Assignee   string
	Department string
	Due        standing
	Whose      string
}

// caseOpen shows a case.
func (s *Site) caseOpen(r *web.Request) (web.Reply, error) {
	c, err := casework.Look(r.Ctx, r.Tx, officer(r), r.Param("number"))
	if err != nil {
		return web.Reply{}, err
	}
	return s.showCase(r, c, nil)
}

// casePerson shows a case with who sent it; the chain keeps that it was opened.
func (s *Site) casePerson(r *web.Request) (web.Reply, error) {
	c, err := casework.Look(r.Ctx, r.Tx, officer(r), r.Param("number"))
	if err != nil {
		return web.Reply{}, err
	}
	person, err := casework.PersonOf(r.Ctx, r.Tx, officer(r), c)
	if err != nil {
		return web.Reply{}, err
	}
	return s.showCase(r, c, &person)
}

func (s *Site) showCase(r *web.Request, c *casework.Case, person *casework.Person) (web.Reply, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, err
	}
	who, err := handlers(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &casePage{caseHead: head(r, t, c, who), Done: s.done(r), Person: person, Opens: r.Principal.Can(access.CaseHandle)}
	if page.Pin, err = casework.PinOf(r.Ctx, r.Tx, c); err != nil {
		return web.Reply{}, err
	}
	if page.Form, err = r.Shown(nil); err != nil {
		return web.Reply{}, err
	}
	page.Form.Values.Set("version", number(c.Version))
	page.Stops, page.Claimed = page.Pin.Rule.Stops(), c.Danger == casework.Claimed && c.State.Open()
	if page.Pin.Rule.Review != nil {
		page.Review = r.Text(page.Pin.Rule.Review.Body)
	}
	if page.Filed, page.Events, err = story(r, t, c, page.Pin, who); err != nil {
		return web.Reply{}, err
	}
	if n := len(page.Events); page.Done != "" && n > 0 {
		switch page.Events[n-1].Notice {
		case casework.NoticeLetter:
			page.Done = r.Say(KeyDoneLetter, nil) // whoever read that it was sent would post nothing
		case casework.NoticePage:
			page.Done = r.Say(KeyDonePage, nil)
		}
	}
	past, err := casework.Extensions(r.Ctx, r.Tx, c)
	if err != nil {
		return web.Reply{}, err
	}
	page.Dates = caseDates(r, t, c, page.Pin)
	page.offer(r, t, past)
	if page.Reply != nil {
		if err := page.Reply.foretell(r, c); err != nil {
			return web.Reply{}, err
		}
	}
	if r.Principal.Can(access.AuditRead) {
		page.Audit = r.URL(pathAudit) + "?" + url.Values{"object": {"case/" + c.Number}}.Encode()
	}
	page.Title, page.Menu = c.Number, pathCases
	if page.Filed.Title != "" {
		page.Title = page.Filed.Title
	}
	page.Side, err = s.views(r, t, "-")
	return web.HTML("case", page).Secret(), err
}

// head gathers what every page about the case begins with.
func head(r *web.Request, t *casework.Town, c *casework.Case, who *people) caseHead {
	back := cameFrom(r)
	h := caseHead{
		Case: c, Way: back, URL: back.to(r.URL(casePath(c.Number, ""))), Opened: back.to(r.URL(casePath(c.Number, "/person"))), Kind: strings.ToLower(kindName(r, c.Kind)), State: stateName(r, c.State),
		Assignee: who.name(r, c.Assignee),
	}
	if c.Department != "" {
		h.Department = departmentName(r, t, c.Department)
	}
	switch {
	case !c.State.Open():
	case c.Stopped:
		h.Due.Text = r.Say(KeyStandsStill, nil)
	case !c.Due().IsZero():
		h.Due = stands(r, t, c.Due())
		_, h.Whose, _, _ = nearest(r, c)
	}
	return h
}

// offer fills in what this person may do, and what stands in the way of it.
func (p *casePage) offer(r *web.Request, t *casework.Town, past []casework.Extended) {
	p.Reads = !r.Principal.Can(access.CaseHandle)
	if p.Reads {
		return
	}
	offered := t.Offers(p.Case, p.Pin, past, casework.Staff, r.Today)
	for _, a := range acts() {
		for _, o := range offered {
			if o.Do != a.do || !r.Principal.Can(a.may) {
				continue
			}
			out := a.words(r, p.Case, p.Pin, o)
			p.Offers = append(p.Offers, out)
			if o.Do == casework.ToReply && o.Refused == "" {
				p.Reply = &out
			}
		}
	}
}

// caseFile offers a file of the case for saving.
func (s *Site) caseFile(r *web.Request) (web.Reply, error) {
	c, err := casework.Look(r.Ctx, r.Tx, officer(r), r.Param("number"))
	if err != nil {
		return web.Reply{}, err
	}
	if err := casework.Attached(r.Ctx, r.Tx, c, r.Param("file"), casework.Staff); err != nil {
		return web.Reply{}, err
	}
	f, err := files.Get(r.Ctx, r.Tx, r.Param("file"))
	if err != nil {
		return web.Reply{}, err
	}
	content, err := s.files.Read(r.Tx.Realm, f.ID)
	if err != nil {
		return web.Reply{}, err
	}
	return web.Download(f, content), nil
}

// mayAct is asked before files are received: whoever may not touch the case need
// not upload anything.
func mayAct(r *web.Request) error {
	_, err := casework.Peek(r.Ctx, r.Tx, officer(r), r.Param("number"))
	return err
}

// refusedByNow words what stands in the way of an offer.
func refusedByNow(r *web.Request, key i18n.Key) string {
	if key == "" {
		return ""
	}
	return r.Say(key, nil)
}

// changedMeanwhile tells whether a refusal is that somebody else was faster.
func changedMeanwhile(f *fault.Error) bool {
	return f != nil && i18n.Key(f.Key) == casework.KeyChangedMeanwhile
}
