package admin

import (
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// deskRoutes are the lists of cases.
func (s *Site) deskRoutes() web.Routes {
	return web.Routes{
		web.Staff(access.CaseRead, pathCases, s.inbox),
	}
}

// inboxPage is a list of cases: open ones by their nearest date, finished ones, or
// what a search has found.
type inboxPage struct {
	web.Frame
	Done    string
	Caption string
	Filter  filter
	Groups  []inboxGroup
	// Shown of Count cases are on this page; Most: there are at least so many.
	Shown, Count int
	Most         string
	Finished     bool // the first column is the day of the end
	Nothing      string
	MoreFound    bool
	First, Next  string
	CanRegister  bool
	Today        deadline.Date

	Kinds, States, Departments, Assignees, Channels []web.FieldOption
}

// inboxGroup is a stretch of the list under a heading of its own; without one it
// is the whole list.
type inboxGroup struct {
	Title string
	Count int
	Rows  []inboxRow
}

// inboxRow is one case of a list.
type inboxRow struct {
	casework.Line
	URL        string
	Kind       string
	State      string
	Assignee   string
	Due        deadline.Date
	Whose      string
	Standing   standing
	Other      deadline.Date
	OtherWhose string
	Extended   string // which date was extended; empty = none
}

func (s *Site) inbox(r *web.Request) (web.Reply, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, err
	}
	who, err := handlers(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &inboxPage{
		Filter: readFilter(r), Done: s.done(r), Today: r.Today, CanRegister: r.Principal.Can(access.CaseRegister),
		Kinds: kinds(r, t), Departments: allDepartments(r, t), Assignees: who.options(),
		Channels: channels(r, "website", "email", "phone", "post", "visit", "box"),
	}
	for _, state := range casework.States() {
		page.States = append(page.States, web.FieldOption{Value: string(state), Label: stateName(r, state)})
	}
	page.Menu, page.Title = pathCases, r.Say(page.Filter.title(), nil)
	list := s.open
	switch {
	case page.Filter.Query != "":
		list = s.found
	case page.Filter.View == viewDone:
		list = s.finished
	}
	if err := list(r, t, page, who); err != nil {
		return web.Reply{}, err
	}
	page.Side, err = s.views(r, t, page.Filter.View)
	return web.HTML("inbox", page), err
}

// open lists what is still owed an answer, group by group.
func (s *Site) open(r *web.Request, t *casework.Town, page *inboxPage, who *people) error {
	f := page.Filter.casework(r)
	lines, more, err := t.Inbox(r.Ctx, r.Tx, officer(r), f, page.Filter.after)
	if err != nil {
		return err
	}
	counts, err := t.GroupCounts(r.Ctx, r.Tx, f)
	if err != nil {
		return err
	}
	page.Caption = r.Say(KeyInboxOrder, nil)
	for _, n := range counts {
		page.Count += int(n)
		if n.Most() {
			page.Most = r.Say(KeyInboxMost, i18n.Args{"Number": int(n)})
		}
	}
	for _, l := range lines {
		if len(page.Groups) == 0 || lines[page.Shown-1].Group != l.Group {
			page.Groups = append(page.Groups, inboxGroup{Title: r.Say(i18n.Key("admin.group."+string(l.Group)), nil), Count: int(counts[l.Group])})
		}
		page.add(row(r, t, l, who))
	}
	page.paged(r, more, func() casework.Cursor { return lines[len(lines)-1].After() })
	if len(lines) == 0 {
		page.Nothing = r.Say(page.Filter.nothing(), nil)
	}
	return nil
}

// finished lists what has ended, the latest first.
func (s *Site) finished(r *web.Request, t *casework.Town, page *inboxPage, who *people) error {
	lines, more, err := t.Done(r.Ctx, r.Tx, officer(r), page.Filter.casework(r), page.Filter.after)
	if err != nil {
		return err
	}
	page.Caption, page.Finished = r.Say(KeyInboxDoneOrder, nil), true
	page.Groups = []inboxGroup{{}}
	for _, l := range lines {
		page.add(row(r, t, l, who))
	}
	page.paged(r, more, func() casework.Cursor { return lines[len(lines)-1].Before() })
	if len(lines) == 0 {
		page.Nothing = r.Say(KeyInboxNone, nil)
	}
	return nil
}

// found lists what a search has found, open cases first.
func (s *Site) found(r *web.Request, t *casework.Town, page *inboxPage, who *people) error {
	lines, more, err := t.Search(r.Ctx, r.Tx, officer(r), page.Filter.Query)
	if err != nil {
		return err
	}
	page.Title = r.Say(KeyInboxFound, i18n.Args{"Query": page.Filter.Query})
	page.Caption, page.MoreFound = page.Title, more
	page.Groups = []inboxGroup{{}}
	for _, l := range lines {
		page.add(row(r, t, l, who))
	}
	page.Count = page.Shown
	if len(lines) == 0 {
		page.Nothing = r.Say(KeyInboxNotFound, nil)
	}
	return nil
}

func (p *inboxPage) add(row inboxRow) {
	if row.URL != "" {
		row.URL = way{from: p.Filter.from()}.to(row.URL)
	}
	last := &p.Groups[len(p.Groups)-1]
	last.Rows = append(last.Rows, row)
	p.Shown++
}

// paged links to the beginning and to what follows.
func (p *inboxPage) paged(r *web.Request, more bool, last func() casework.Cursor) {
	if p.Filter.after != (casework.Cursor{}) {
		p.First = p.Filter.link(r, casework.Cursor{})
	}
	if more {
		p.Next = p.Filter.link(r, last())
	}
}

func row(r *web.Request, t *casework.Town, l casework.Line, who *people) inboxRow {
	out := inboxRow{
		Line: l, Kind: strings.ToLower(kindName(r, l.Kind)), State: stateName(r, l.State), Assignee: who.name(r, l.Assignee),
	}
	switch {
	case l.LawExtended():
		out.Extended = r.Say(KeyExtendedLaw, nil)
	case !l.ExtendedTo.IsZero():
		out.Extended = r.Say(KeyExtended, nil)
	}
	if !l.Hidden {
		out.URL = r.URL(casePath(l.Number, ""))
	}
	out.Due, out.Whose, out.Other, out.OtherWhose = nearest(r, &l.Case)
	switch {
	case l.Stopped:
		out.Standing = standing{Text: r.Say(KeyStoppedShort, nil)}
	case l.State.Open():
		out.Standing = stands(r, t, out.Due)
	}
	return out
}
