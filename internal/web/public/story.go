package public

import (
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// happening is one line of the timeline as the submitter reads it.
type happening struct {
	// At as it is shown, and for machines. Of what an anonymous submitter did only
	// the day is known.
	At, ISO string
	Title   string
	Class   string
	Lines   []string // what else is told of it
	Texts   []spoken
	Files   []files.File
}

// spoken is a text that somebody wrote about the case.
type spoken struct {
	Label string
	Title string
	Body  string
	Lang  string // of the case
	By    i18n.Text
	Files []files.File
}

// story fills in the timeline, the newest first, and what of it stands out.
func (p *casePage) story(r *web.Request, t *office, pin casework.Pin) error {
	events, err := casework.Timeline(r.Ctx, r.Tx, p.Case, casework.Submitter)
	if err != nil {
		return err
	}
	referrals, err := casework.Referrals(r.Ctx, r.Tx, p.Case)
	if err != nil {
		return err
	}
	answered := 0
	for _, e := range events {
		h := happening{Title: r.Say(i18n.Key("case.event."+string(e.Action)), nil)}
		h.At, h.ISO = when(r, e)
		if h.Files, err = filesOf(r, e.Files); err != nil {
			return err
		}
		p.tell(r, pin, e, referrals, &h)
		p.texts(r, t, e, &h)
		if e.Action == casework.ToReply {
			answered = len(p.Events)
		}
		p.Events = append(p.Events, h)
	}
	if p.Case.State != casework.Waiting {
		p.Question = nil
	}
	if p.Case.State.Open() || p.Case.State == casework.Withdrawn {
		p.Answer, p.Outcome = nil, nil // taken up again since
	}
	if p.Answer != nil {
		p.Events[answered].Texts, p.Events[answered].Files = nil, nil // they stand by themselves
	}
	slices.Reverse(p.Events)
	return nil
}

func when(r *web.Request, e casework.Event) (shown, iso string) {
	at := e.At.In(r.Town.Zone)
	if e.DayOnly {
		return r.Say(KeyCaseDay, i18n.Args{"Date": deadline.Of(e.At, r.Town.Zone)}), at.Format("2006-01-02")
	}
	return r.Moment(e.At), at.Format("2006-01-02T15:04")
}

// tell adds the particulars of an event.
func (p *casePage) tell(r *web.Request, pin casework.Pin, e casework.Event, referrals []casework.Referral, h *happening) {
	line := func(key i18n.Key, args i18n.Args) { h.Lines = append(h.Lines, r.Say(key, args)) }
	switch e.Action {
	case casework.ToSubmit, casework.ToRegister:
		h.Class = "quiet"
	case casework.ToExtend:
		h.Class = "moved"
		p.extended(r, e, h)
	case casework.ToForward:
		for _, to := range referrals {
			if to.ID == e.Facts.Referral {
				h.Lines = append(h.Lines, to.Institution)
				p.Outcome = &outcome{Institution: to.Institution}
			}
		}
	case casework.ToDecline, casework.ToRefuseDanger:
		p.Outcome = &outcome{}
		for i := range pin.Rule.Grounds {
			if g := &pin.Rule.Grounds[i]; g.Key == e.Facts.Ground {
				p.Outcome.Ground = g
				h.Lines = append(h.Lines, r.Text(g.Title))
			}
		}
	case casework.ToRate:
		line(KeyCaseRatedWith, i18n.Args{"Score": e.Facts.Score})
	}
	switch e.Facts.Notice {
	case casework.NoticeMail:
		line(KeyCaseNoticeMail, nil)
	case casework.NoticeLetter:
		line(KeyCaseNoticeLetter, nil)
	}
}

// texts adds what was written with an event; the question, the answer and the
// reasons of an ending stand on the page by themselves too.
func (p *casePage) texts(r *web.Request, t *office, e casework.Event, h *happening) {
	for _, w := range e.Texts {
		s := spoken{
			Label: r.Say(i18n.Key("case.part."+string(w.Part)), nil), Title: w.Title, Body: w.Body, Lang: p.Case.Lang,
			By: t.Profile.Contact.Organisation, Files: h.Files,
		}
		switch w.Part {
		case casework.PartFiling:
			p.Subject = w.Title
		case casework.PartQuestion:
			p.Question = &s
		case casework.PartReply:
			p.Answer = &s
		case casework.PartReasons:
			if p.Outcome != nil && (e.Action == casework.ToForward || e.Action == casework.ToDecline || e.Action == casework.ToRefuseDanger) {
				p.Outcome.Reasons = append(p.Outcome.Reasons, w.Body)
			}
		}
		h.Texts = append(h.Texts, s)
	}
	for _, d := range t.Profile.Departments {
		if d.Key == p.Case.Department && p.Answer != nil {
			p.Answer.By = d.Title
		}
	}
}
