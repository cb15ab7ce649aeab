package admin

import (
	"fmt"
	"strconv"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/web"
)

// mailRoutes are the letters of a realm: those on their way, those that were
// given up, and, in a demonstration, those that nobody gets.
func (s *Site) mailRoutes() web.Routes {
	return web.Routes{
		web.Staff(access.MailRead, pathMails, s.mails),
		web.Recorded(access.MailRead, pathMails+"/mail/:id", s.mailPage),
		web.Action(access.MailResend, pathMails+"/mail/:id", s.mailResend, web.Refused(s.mailAgain)),
		web.Action(access.MailResend, pathMails+"/jobs", s.jobRerun),
	}
}

// mailsPage lists letters without their text, the newest first.
type mailsPage struct {
	web.Frame
	Views  []userView
	Rows   []mailRow
	Counts notify.Counts
	Next   string
	// Kept: no mail server is set; letters are kept and shown here.
	Kept  bool
	About string
	Jobs  deadJobs
	Form  web.Form // of the jobs
	Done  string
}

type mailRow struct {
	notify.Mail
	At, StateName string
	Wrong         bool
}

func (s *Site) mails(r *web.Request) (web.Reply, error) {
	state := notify.State(r.Query.Get("state"))
	before, _ := strconv.ParseInt(r.Query.Get("before"), 10, 64)
	page := &mailsPage{Kept: !s.post.Sends(), About: r.Query.Get("about")}
	page.Title, page.Menu = r.Say(KeyMailsTitle, nil), pathMails
	for _, st := range []notify.State{"", notify.Queued, notify.Sent, notify.Dead, notify.Kept} {
		page.Views = append(page.Views, userView{r.Say(mailStateKey(st), nil), r.URL(pathMails) + "?" + query("state", string(st), "about", page.About), st == state})
	}
	list, more, err := notify.List(r.Ctx, r.Tx, notify.Filter{State: state, About: page.About}, before)
	if err != nil {
		return web.Reply{}, err
	}
	hidden, err := s.hidden(r, list)
	if err != nil {
		return web.Reply{}, err
	}
	for _, m := range list {
		number, _ := caseOf(m)
		m = discreet(r, m, hidden[number])
		page.Rows = append(page.Rows, mailRow{m, r.Moment(m.QueuedAt), r.Say(mailStateKey(m.State), nil), m.State == notify.Dead})
	}
	if more {
		page.Next = r.URL(pathMails) + "?" + query("state", string(state), "about", page.About, "before", strconv.FormatInt(list[len(list)-1].ID, 10))
	}
	if page.Counts, err = notify.Count(r.Ctx, r.Tx); err != nil {
		return web.Reply{}, err
	}
	if page.Jobs, err = readDeadJobs(r); err != nil {
		return web.Reply{}, err
	}
	if r.Query.Has("again") {
		page.Done = r.Say(KeyJobRerunDone, nil)
	}
	page.Form, err = r.Shown(nil)
	return web.HTML("mails", page), err
}

func mailStateKey(st notify.State) i18n.Key {
	key, known := map[notify.State]i18n.Key{
		notify.Queued: KeyMailQueued, notify.Sent: KeyMailSent, notify.Dead: KeyMailDead, notify.Kept: KeyMailKept,
	}[st]
	if !known {
		return KeyMailsAll
	}
	return key
}

// mailPage is one letter as it is read in plain text. Its HTML is never shown:
// whatever a citizen has written into it stays text here.
type mailPage struct {
	web.Frame
	Form      web.Form
	Mail      notify.Mail
	Sender    string
	StateName string
	Queued    string
	Sent      string
	Parts     []mailPart
	Resend    bool
	Demo      bool
	Done      string
}

// mailPart is a stretch of the letter: text, or the link where it is shown.
type mailPart struct{ Text, Link string }

func (s *Site) mailPage(r *web.Request) (web.Reply, error) {
	r.Record("mail.read", "mail/"+r.Param("id"), nil)
	return s.mail(r, nil, casework.Look)
}

// mailAgain shows the letter after a refusal; it was recorded when it was opened.
func (s *Site) mailAgain(r *web.Request, f *fault.Error) (web.Reply, error) {
	return s.mail(r, f, casework.Peek)
}

func (s *Site) mail(r *web.Request, f *fault.Error, look looking) (web.Reply, error) {
	id, err := mailID(r)
	if err != nil {
		return web.Reply{}, err
	}
	m, err := s.letter(r, id)
	if err != nil {
		return web.Reply{}, err
	}
	if err := s.maySee(r, m, look); err != nil {
		return web.Reply{}, err
	}
	m = discreet(r, m, false)
	form, err := r.Shown(f)
	if err != nil {
		return web.Reply{}, err
	}
	page := &mailPage{
		Form: form, Mail: m, StateName: r.Say(mailStateKey(m.State), nil), Queued: r.Moment(m.QueuedAt), Demo: m.Link != "",
		Parts: parts(m.Plain, m.Link), Sender: fmt.Sprintf("%s <%s>", m.FromName, m.From),
	}
	page.Title, page.Menu = m.Subject, pathMails
	page.Crumbs = []web.Crumb{{Label: r.Say(KeyMailsTitle, nil), Path: pathMails}, {Label: m.Subject}}
	if m.SentAt != nil {
		page.Sent = r.Moment(*m.SentAt)
	}
	waits := m.State == notify.Dead || m.State == notify.Kept
	page.Resend = waits && s.post.Sends() && r.Principal.Can(access.MailResend)
	if r.Query.Has("sent") {
		page.Done = r.Say(KeyMailResent, nil)
	}
	return web.HTML("mail", page).Secret(), nil
}

func mailID(r *web.Request) (int64, error) {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return 0, fault.New(fault.NotFound, notify.KeyNoMail)
	}
	return id, nil
}

// letter reads a letter; with its link only in a demonstration, where no mail
// goes out and whoever presents must follow the citizen. An auditor presents
// nothing: a link is as good as the account or the case that it opens.
func (s *Site) letter(r *web.Request, id int64) (notify.Mail, error) {
	if s.demo && !s.post.Sends() && r.Principal.Can(access.MailResend) {
		return notify.Reveal(r.Ctx, r.Tx, id)
	}
	return notify.Get(r.Ctx, r.Tx, id)
}

// parts cuts a letter where its link stands, so that it can be followed.
func parts(text, link string) []mailPart {
	if link == "" {
		return []mailPart{{Text: text}}
	}
	var list []mailPart
	for i, piece := range strings.Split(text, link) {
		if i > 0 {
			list = append(list, mailPart{Link: link})
		}
		list = append(list, mailPart{Text: piece})
	}
	return list
}

func (s *Site) mailResend(r *web.Request) (web.Reply, error) {
	id, err := mailID(r)
	if err != nil {
		return web.Reply{}, err
	}
	m, err := notify.Get(r.Ctx, r.Tx, id)
	if err != nil {
		return web.Reply{}, err
	}
	if err := s.maySee(r, m, casework.Peek); err != nil {
		return web.Reply{}, err
	}
	if err := s.post.Resend(r.Ctx, r.Tx, r.Actor(), id); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathMails+"/mail/"+strconv.FormatInt(id, 10)) + "?sent=1"), nil
}
