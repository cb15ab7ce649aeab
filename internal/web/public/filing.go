package public

import (
	"cmp"
	"errors"
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

type filingPage struct {
	web.Frame
	Form web.Form
	Kind string
	// Others are the kinds to change to.
	Others  []string
	Promise telling
	// Review: the answer says who looks at it again.
	Review  bool
	Grounds []casework.Ground // for which such a case is not examined; confirmed ones
	// Examiner looks into complaints first; nil where that is the administration.
	Examiner  *casework.Body
	Anonymous anonymity
	ReplyBy   []web.FieldOption
	ReplyIn   []web.FieldOption // languages of the replies; empty where the site has one
	Limits    fileLimits
	Privacy   tenant.Privacy
	// Channels are told when nothing can be filed here now.
	Channels []tenant.Channel
	Hours    []hoursRow
}

// groundAnonymous is told as the rule for cases without a name.
const groundAnonymous = "anonymous"

// BodyHint is what to write: of an event where and when, else in one's own words.
func (p *filingPage) BodyHint() string {
	if p.Dated() {
		return string(KeyFileHintEvents)
	}
	return string(KeyFileHintWords)
}

// Dated tells whether such a case is about something that happened.
func (p *filingPage) Dated() bool { return p.Kind == casework.Complaint || p.Kind == casework.Signal }

// MayHide tells whether only its handler may be asked to read it.
func (p *filingPage) MayHide() bool { return p.Kind == casework.Complaint }

// fileLimits are what a form takes, as the page tells it.
type fileLimits struct {
	Files, MB int
	Accept    string
}

// acceptedFiles are the kinds of file for the browser's dialogue; what comes is
// looked at by its content.
const acceptedFiles = ".jpg,.jpeg,.png,.pdf,.docx,image/jpeg,image/png,application/pdf"

func limitsOfFiles() fileLimits {
	return fileLimits{files.MaxFiles, files.MaxForm >> 20, acceptedFiles}
}

func filingLimits() web.Limits { return web.Limits{Files: files.MaxFiles, Pace: web.Filing} }

// filingEmpty shows the form.
func (s *Site) filingEmpty(r *web.Request) (web.Reply, error) { return s.filing(r, nil) }

// filing shows the form, empty or refused, with the date and its reason beside it.
func (s *Site) filing(r *web.Request, f *fault.Error) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	kind := r.Param("kind")
	if !takes(t, kind) {
		return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	if err := s.renew(r, t, f); err != nil {
		return web.Reply{}, err
	}
	form, err := r.Shown(f)
	if err != nil {
		return web.Reply{}, err
	}
	form = form.Fill("lang", r.Lang).Fill("reply_by", string(casework.ByEmail))
	inOrder(form.Errors)
	if f != nil && f.Key == string(casework.KeyFormFaults) {
		form.Message = r.Say(KeyFileSummary, i18n.Args{"Count": len(form.Errors)})
	}
	pin, err := t.Expect(r.Tx, kind)
	if err != nil {
		return web.Reply{}, err
	}
	promise, err := t.tell(r, "_promise_rail", kind, pin)
	if err != nil {
		return web.Reply{}, err
	}
	page := &filingPage{
		Frame: web.Frame{
			Title: r.Say(i18n.Key("file."+kind+".title"), nil), Description: r.Say(i18n.Key("kind."+kind+".explain"), nil), Menu: "/submit",
			Crumbs: []web.Crumb{{Label: r.Say(KeySubmitCrumb, nil), Path: "/submit"}, {Label: r.Say(i18n.Key("kind."+kind+".name"), nil)}},
		},
		Form: form, Kind: kind, Promise: promise, Anonymous: anonymityOf(t, kind), Limits: limitsOfFiles(),
		Channels: complaintChannels(t.Profile), Hours: hours(r, t.Profile), Review: pin.Rule.Review != nil, Privacy: t.Profile.Privacy,
	}
	if kind == casework.Complaint {
		page.Examiner = t.Rules.Examiner
	}
	for _, g := range pin.Rule.Grounds {
		if g.Verified && g.Key != groundAnonymous {
			page.Grounds = append(page.Grounds, g)
		}
	}
	for _, other := range kindsOf(t) {
		if other != kind {
			page.Others = append(page.Others, other)
		}
	}
	page.ReplyBy = options(r, "file.reply_by.", string(casework.ByEmail), string(casework.ByPost), string(casework.ByTrack))
	if len(t.Profile.Languages) > 1 {
		page.ReplyIn = options(r, "language.", t.Profile.Languages...)
	}
	return web.HTML("filing", page).NoStore(), nil
}

// renew gives the form a ticket where it has none, or one that is no good any
// more; files that wait go over to the new one.
func (s *Site) renew(r *web.Request, t *office, f *fault.Error) error {
	useless := f != nil && (f.Kind == fault.Gone || f.Kind == fault.Malformed && f.Key == string(casework.KeyTicketForeign))
	if r.Nonce != "" && !useless {
		return nil
	}
	before := r.Nonce
	var err error
	if r.Nonce, err = t.Ticket(r.Tx.Now); err != nil || before == "" || s.files == nil || f.Kind != fault.Gone {
		return err
	}
	return s.files.Carry(r.Tx.Realm, before, r.Nonce)
}

// filingOrder is that of the fields on the page, so that the summary of what is
// to be mended goes from above to below.
var filingOrder = []string{"kind", "title", "body", "happened_on", "reply_by", "email", "address", "name", "anonymous", "danger", "lang", "files"}

func inOrder(errs []web.FieldError) {
	slices.SortStableFunc(errs, func(a, b web.FieldError) int {
		return cmp.Compare(slices.Index(filingOrder, a.Name), slices.Index(filingOrder, b.Name))
	})
}

// options lists choices in the reader's words: key prefix + value.
func options(r *web.Request, prefix string, values ...string) (all []web.FieldOption) {
	for _, v := range values {
		all = append(all, web.FieldOption{Value: v, Label: r.Say(i18n.Key(prefix+v), nil)})
	}
	return all
}

// filingSend files the case and answers with the receipt.
func (s *Site) filingSend(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	if !takes(t, r.Param("kind")) {
		return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	f := readFiling(r, t)
	if f.Files, err = waiting(r); err != nil {
		return web.Reply{}, err
	}
	receipt, err := t.Submit(r.Ctx, r.Tx, f)
	if err != nil {
		return web.Reply{}, err
	}
	// After the case: then the time of an anonymous one is the day already. A form
	// that was filed before has brought nothing new.
	if len(f.Files) > 0 && !receipt.Again {
		if _, err := r.Keep(); err != nil {
			return web.Reply{}, err
		}
	}
	return s.receipt(r, t, receipt, len(f.Files) > 0 || receipt.Again)
}

// waiting gives the ids that the files of the form have and will keep.
func waiting(r *web.Request) (ids []string, err error) {
	staged, err := r.Waiting()
	for _, f := range staged {
		ids = append(ids, f.ID)
	}
	return ids, err
}

// filed looks for what was filed with the form, on behalf of who does not know
// whether it was.
func (s *Site) filed(r *web.Request) (web.Reply, bool, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, false, err
	}
	receipt, found, err := t.Filed(r.Ctx, r.Tx, r.Nonce)
	if err != nil || !found {
		return web.Reply{}, false, err
	}
	reply, err := s.receipt(r, t, receipt, true)
	return reply, true, err
}

// readFiling takes what was typed.
func readFiling(r *web.Request, t *office) casework.Filing {
	f := casework.Filing{
		Ticket: r.Nonce, Kind: r.Param("kind"), Lang: r.Form.Get("lang"), Title: r.Form.Get("title"), Body: r.Form.Get("body"),
		Danger: r.Form.Get("danger"), Confidential: r.Form.Get("confidential") != "",
		Person: casework.Person{
			Name: r.Form.Get("name"), Email: r.Form.Get("email"), Address: r.Form.Get("address"),
			ReplyBy: casework.ReplyBy(r.Form.Get("reply_by")),
		},
	}
	if len(t.Profile.Languages) == 1 {
		f.Lang = t.Profile.Languages[0]
	}
	if typed := r.Form.Get("happened_on"); typed != "" {
		var err error
		if f.HappenedOn, err = i18n.ReadDate(typed); err != nil {
			f.Unread = append(f.Unread, fault.Field{Name: "happened_on", Key: string(dateFault(err))})
		}
	}
	anonymityOf(t, f.Kind).apply(r, &f)
	return f
}

// dateFault says what to do about a date that is none.
func dateFault(err error) i18n.Key {
	var e *deadline.Error
	if errors.As(err, &e) {
		switch e.Code {
		case deadline.DateNone:
			return KeyDueErrorDateNone
		case deadline.DateRange:
			return KeyDueErrorDateRange
		}
	}
	return KeyDueErrorDateForm
}
