package admin

import (
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// registerRoutes enter a case that came by telephone, letter, visit, box or email.
func (s *Site) registerRoutes() web.Routes {
	limits := web.Bring(web.Limits{Files: files.MaxFiles})
	return web.Routes{
		web.Staff(access.CaseRegister, pathRegister, s.registerEmpty),
		web.Action(access.CaseRegister, pathRegister, s.registerSend, limits, web.Refused(s.register), web.Settled(s.registerStands)),
		web.Staff(access.CaseRegister, pathRegister+"/dates", s.registerEmpty),
		web.Action(access.CaseRegister, pathRegister+"/dates", s.registerTry, limits, web.Refused(s.register)),
	}
}

// registerPage is the form, with the dates that would result once they were asked
// for.
type registerPage struct {
	web.Frame
	Form                                       web.Form
	Kinds, Channels, Langs, Departments, Reply []web.FieldOption
	Tried                                      []caseDate
	DateHint                                   string
}

// registeredPage shows the code once, for whoever is on the telephone.
type registeredPage struct {
	web.Frame
	Case  *casework.Case
	Code  string
	URL   string
	Dates []caseDate
}

func (s *Site) registerEmpty(r *web.Request) (web.Reply, error) { return s.register(r, nil) }

func (s *Site) register(r *web.Request, f *fault.Error) (web.Reply, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, err
	}
	page, err := s.registerForm(r, t, f)
	return web.HTML("register", page).NoStore(), err
}

func (s *Site) registerForm(r *web.Request, t *casework.Town, f *fault.Error) (*registerPage, error) {
	if err := s.ticket(r, t, f); err != nil {
		return nil, err
	}
	form, err := r.Shown(forOfficer(f))
	if err != nil {
		return nil, err
	}
	page := &registerPage{
		Form:  form.Fill("received_on", r.Say(KeyDateTyped, i18n.Args{"Date": r.Today})).Fill("lang", r.Langs[0]).Fill("reply_by", string(casework.ByEmail)),
		Kinds: kinds(r, t), Channels: channels(r, "phone", "post", "visit", "box", "email"), Langs: languages(r),
	}
	if all := departments(r, t, ""); len(all) > 0 {
		page.Departments = append([]web.FieldOption{{Label: r.Say(KeyActNoDepartment, nil)}}, all...)
	}
	for _, by := range []casework.ReplyBy{casework.ByEmail, casework.ByPost, casework.ByTrack} {
		page.Reply = append(page.Reply, web.FieldOption{Value: string(by), Label: r.Say(i18n.Key("admin.reply_by."+string(by)), nil)})
	}
	page.DateHint = r.Say(KeyDateHint, i18n.Args{"Date": r.Today})
	page.Title, page.Menu = r.Say(KeyMenuRegister, nil), pathRegister
	return page, nil
}

// ticket gives the form one where it has none, or none that is still good; files
// that wait go over to the new one.
func (s *Site) ticket(r *web.Request, t *casework.Town, f *fault.Error) error {
	useless := f != nil && (f.Kind == fault.Gone || f.Kind == fault.Malformed)
	if r.Nonce != "" && !useless {
		return nil
	}
	before := r.Nonce
	var err error
	if r.Nonce, err = t.Ticket(r.Tx.Now); err != nil || before == "" || f == nil || f.Kind != fault.Gone {
		return err
	}
	return s.files.Carry(r.Tx.Realm, before, r.Nonce)
}

// registerTry shows the dates that would result, and registers nothing.
func (s *Site) registerTry(r *web.Request) (web.Reply, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, err
	}
	filing, arrival := readRegister(r)
	if key := dayFault(arrival.ReceivedOn, r.Today); key != "" {
		return web.Reply{}, fault.New(fault.Invalid, key).On("received_on", string(key))
	}
	if _, has := t.Rules.Kinds[filing.Kind]; !has {
		return web.Reply{}, fault.New(fault.Invalid, casework.KeyNeedKind).On("kind", string(casework.KeyNeedKind))
	}
	pin, err := t.PinFor(filing.Kind, arrival.Channel, arrival.ReceivedOn, arrival.Outside)
	if err != nil {
		return web.Reply{}, err
	}
	page, err := s.registerForm(r, t, nil)
	if err != nil {
		return web.Reply{}, err
	}
	page.Tried = caseDates(r, t, pinned(pin), pin)
	return web.HTML("register", page).NoStore(), nil
}

// dayFault says what is wrong with a day of receipt, as casework would when the
// case is registered; empty = nothing.
func dayFault(day, today deadline.Date) i18n.Key {
	switch {
	case day.IsZero():
		return casework.KeyNeedReceived
	case day > today:
		return casework.KeyDateAhead
	case day < today.AddDays(-366):
		return casework.KeyDateLongAgo
	}
	return ""
}

// pinned is a case as its rule would date it.
func pinned(pin casework.Pin) *casework.Case {
	c := &casework.Case{State: casework.Received}
	if pin.Own != nil {
		c.OwnDue = pin.Own.Due()
	}
	if pin.Law != nil {
		c.LawDue, c.LawVerified = pin.Law.Due(), pin.Rule.Kind.Law != nil && pin.Rule.Kind.Law.Verified
	}
	return c
}

// registerSend registers the case and shows its code.
func (s *Site) registerSend(r *web.Request) (web.Reply, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, err
	}
	filing, arrival := readRegister(r)
	staged, err := r.Waiting()
	if err != nil {
		return web.Reply{}, err
	}
	for _, f := range staged {
		filing.Files = append(filing.Files, f.ID)
	}
	receipt, err := t.Register(r.Ctx, r.Tx, officer(r), filing, arrival)
	if err != nil {
		return web.Reply{}, err
	}
	// After the case: then the time of an anonymous one is the day already. A form
	// that was sent before has brought nothing new.
	if len(staged) > 0 && !receipt.Again {
		if _, err := r.Keep(); err != nil {
			return web.Reply{}, err
		}
	}
	return s.registered(r, t, receipt), nil
}

// registerStands looks for what a form of unknown outcome has registered.
func (s *Site) registerStands(r *web.Request) (web.Reply, bool, error) {
	t, err := s.town(r)
	if err != nil {
		return web.Reply{}, false, err
	}
	receipt, found, err := t.Filed(r.Ctx, r.Tx, r.Nonce)
	if err != nil || !found {
		return web.Reply{}, false, err
	}
	return s.registered(r, t, receipt), true, nil
}

func (s *Site) registered(r *web.Request, t *casework.Town, receipt casework.Receipt) web.Reply {
	c := receipt.Case
	page := &registeredPage{Case: c, Code: receipt.Code.String(), URL: r.URL(casePath(c.Number, "")), Dates: caseDates(r, t, c, receipt.Pin)}
	page.Title, page.Menu = r.Say(KeyRegisteredTitle, i18n.Args{"Number": c.Number}), pathRegister
	return web.HTML("registered", page).Secret()
}

// readRegister takes what was typed.
func readRegister(r *web.Request) (casework.Filing, casework.Arrival) {
	typed := r.Form.Get
	trimmed := func(name string) string { return strings.TrimSpace(typed(name)) }
	f := casework.Filing{
		Ticket: r.Nonce, Kind: typed("kind"), Lang: typed("lang"), Title: typed("title"), Body: typed("body"),
		Danger: typed("danger"), Anonymous: typed("anonymous") != "", Confidential: typed("confidential") != "",
	}
	// Also of an anonymous case: somebody who was written down is not left out
	// unseen, casework asks which of the two is meant.
	f.Person = casework.Person{
		Name: trimmed("name"), Email: trimmed("email"), Phone: trimmed("phone"), Address: trimmed("address"),
		ReplyBy: casework.ReplyBy(typed("reply_by")),
	}
	if !f.Anonymous {
		f.Danger = ""
	}
	var err error
	if day := typed("happened_on"); day != "" {
		if f.HappenedOn, err = i18n.ReadDate(day); err != nil {
			f.Unread = append(f.Unread, fault.Field{Name: "happened_on", Key: string(KeyNeedDate)})
		}
	}
	a := casework.Arrival{Channel: typed("channel"), Outside: typed("outside") != "", Department: typed("department")}
	// What is no date is asked for by casework, like one that was not typed.
	if a.ReceivedOn, err = i18n.ReadDate(typed("received_on")); err != nil {
		a.ReceivedOn = 0
	}
	return f, a
}
