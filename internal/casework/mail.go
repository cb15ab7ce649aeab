package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// letter is what a submitter is told, without address and link.
type letter struct {
	subject, lead notify.Words
	body          []notify.Paragraph
}

// tell queues a letter to whoever sent the case, if they want mail.
func (s *step) tell(ctx context.Context, to Person, l letter) error {
	return s.town.tell(ctx, s.tx, s.c, to, l)
}

// tell is the way of every letter to a submitter; sample cases tell nobody.
func (t *Town) tell(ctx context.Context, tx *pg.Tx, c *Case, to Person, l letter) error {
	if to.notice() != NoticeMail || c.Sample {
		return nil
	}
	err := t.desk.Post.Queue(ctx, tx, notify.Message{
		To: to.Email, Lang: c.Lang, Subject: l.subject, Lead: l.lead, Body: l.body,
		Link:  notify.Link{Label: KeyMailTrack, Path: t.path(c)},
		About: c.object(),
	})
	if err != nil {
		return fmt.Errorf("casework: mail about %s: %w", c.Number, err)
	}
	return nil
}

// acknowledge tells whoever filed a case that it has come.
func (t *Town) acknowledge(ctx context.Context, tx *pg.Tx, c *Case) error {
	to, err := personOf(ctx, tx, c)
	if err != nil {
		return err
	}
	pin, err := PinOf(ctx, tx, c)
	if err != nil {
		return err
	}
	return t.tell(ctx, tx, c, to, letterReceived(c, pin, t.Today(tx)))
}

// words fills a message about a case: its number, and the kind as its sender says
// it („Вашата жалба“).
func words(key i18n.Key, c *Case) notify.Words {
	return notify.Words{Key: key, Args: i18n.Args{"Number": c.Number, "Kind": kindKey(c.Kind)}}
}

func kindKey(kind string) i18n.Key {
	return map[string]i18n.Key{
		Question: KeyMailKindQuestion, Complaint: KeyMailKindComplaint, Signal: KeyMailKindSignal,
		Proposal: KeyMailKindProposal, Request: KeyMailKindRequest, Praise: KeyMailKindPraise,
	}[kind]
}

// letterReceived acknowledges a case: the date it is answered by, if one can be
// promised, and where to follow it. What was entered later than it came says when
// that was; a date that has passed meanwhile is promised to nobody. The code stands
// on the page only.
func letterReceived(c *Case, pin Pin, today deadline.Date) letter {
	l := letter{subject: words(receivedKey(c.Kind), c), lead: words(KeyMailReceivedLead, c)}
	delete(l.subject.Args, "Kind")
	delete(l.lead.Args, "Number")
	due, promised := pin.Promised()
	l.lead.Key = receivedLead(promised, c.ReceivedOn < today, due < today)
	l.lead.Args["Received"], l.lead.Args["Due"] = c.ReceivedOn, due
	if promised && due < today && c.LawVerified && due < c.LawDue && today <= c.LawDue {
		l.body = append(l.body, notify.Say(KeyMailLawEnds, i18n.Args{"Law": c.LawDue}))
	}
	l.body = append(l.body, notify.Say(KeyMailReceivedBody, i18n.Args{"Number": c.Number}))
	return l
}

func receivedLead(promised, earlier, passed bool) i18n.Key {
	switch {
	case !promised && earlier:
		return KeyMailReceivedLeadOn
	case !promised:
		return KeyMailReceivedLead
	case passed:
		return KeyMailReceivedLeadPassed
	case earlier:
		return KeyMailReceivedLeadOnDue
	}
	return KeyMailReceivedLeadDue
}

func receivedKey(kind string) i18n.Key {
	return map[string]i18n.Key{
		Question: KeyMailReceivedQuestion, Complaint: KeyMailReceivedComplaint, Signal: KeyMailReceivedSignal,
		Proposal: KeyMailReceivedProposal, Request: KeyMailReceivedRequest, Praise: KeyMailReceivedPraise,
	}[kind]
}

func letterAsked(c *Case, question string) letter {
	clock := KeyMailAskedRuns
	if c.Stopped {
		clock = KeyMailAskedStops
	}
	return letter{words(KeyMailAsked, c), words(KeyMailAskedLead, c),
		[]notify.Paragraph{notify.Quote(question), notify.Say(clock, nil), notify.Say(KeyMailAskedHow, nil)}}
}

// letterExtended tells by when the answer comes now, why, and what becomes of the
// dates that were told before: the town's own promise where it does not move, and
// the legal limit where it may be shown.
func letterExtended(c *Case, x Extending, f Facts, today deadline.Date) letter {
	l := letter{words(KeyMailExtended, c), words(KeyMailExtendedLead, c), nil}
	l.lead.Args["Due"] = x.Final
	if own := f.Unmoved(); !own.IsZero() {
		l.subject.Key = KeyMailMoreTime
		key := KeyMailPromiseStands
		if own < today {
			key = KeyMailPromiseBroken
		}
		l.body = append(l.body, notify.Say(key, i18n.Args{"Own": own}))
	}
	if c.LawVerified && !c.OwnDue.IsZero() && !f.LawDue.IsZero() {
		key := KeyMailLawExtended
		if f.LawDue < x.Final {
			key = KeyMailLawEnds
		}
		l.body = append(l.body, notify.Say(key, i18n.Args{"Law": f.LawDue}))
	}
	if x.Reasons != "" {
		l.body = append(l.body, notify.Say(KeyMailReasons, nil), notify.Quote(x.Reasons))
	}
	if x.Steps != "" {
		l.body = append(l.body, notify.Say(KeyMailSteps, nil), notify.Quote(x.Steps))
	}
	return l
}

func letterAnswered(c *Case, pin Pin, reply string) letter {
	l := letter{words(KeyMailAnswered, c), words(KeyMailAnsweredLead, c), []notify.Paragraph{notify.Quote(reply)}}
	l.body = append(l.body, appeal(pin)...)
	l.body = append(l.body, notify.Say(KeyMailRate, nil))
	return l
}

// appeal tells where to turn who does not accept the answer, in the town's words.
func appeal(pin Pin) []notify.Paragraph {
	r := pin.Rule.Review
	switch {
	case r == nil:
		return nil
	case r.Note.Empty():
		return []notify.Paragraph{notify.Say(KeyMailReviewBody, i18n.Args{"Body": r.Body})}
	}
	return []notify.Paragraph{notify.Say(KeyMailReviewNote, i18n.Args{"Note": r.Note})}
}

func letterDeclined(c *Case, pin Pin, g Ground, explained string) letter {
	l := letter{words(KeyMailDeclined, c), words(KeyMailDeclinedLead, c), nil}
	ground := notify.Say(KeyMailGround, i18n.Args{"Ground": g.Title})
	if !g.Basis.Empty() {
		ground = notify.Say(KeyMailGroundBasis, i18n.Args{"Ground": g.Title, "Basis": g.Basis})
	}
	l.body = append(l.body, ground)
	if explained != "" {
		l.body = append(l.body, notify.Quote(explained))
	}
	l.body = append(l.body, appeal(pin)...)
	return l
}

func letterForwarded(c *Case, institution string) letter {
	l := letter{words(KeyMailForwarded, c), words(KeyMailForwardedLead, c), []notify.Paragraph{notify.Say(KeyMailForwardedBody, nil)}}
	l.lead.Args["Institution"] = institution
	return l
}

func letterReopened(c *Case, reason string) letter {
	return letter{words(KeyMailReopened, c), words(KeyMailReopenedLead, c), []notify.Paragraph{notify.Say(KeyMailReasons, nil), notify.Quote(reason)}}
}

func letterWithdrawn(c *Case) letter {
	return letter{words(KeyMailWithdrawn, c), words(KeyMailWithdrawnLead, c), nil}
}

// letterPassedOn is how praise ends.
func letterPassedOn(c *Case) letter {
	number := i18n.Args{"Number": c.Number}
	return letter{notify.Words{Key: KeyMailPassedOn, Args: number}, notify.Words{Key: KeyMailPassedOnLead, Args: number}, nil}
}

// Promised is the date a submitter may be told: the town's own, else the law's
// where it is verified. False when neither can be named.
func (p Pin) Promised() (deadline.Date, bool) {
	if p.Own != nil {
		return p.Own.Due(), true
	}
	if p.Law != nil && p.Rule.Kind.Law != nil && p.Rule.Kind.Law.Verified {
		return p.Law.Due(), true
	}
	return 0, false
}

// deskPath is where an officer opens the case.
func deskPath(lang, number string) string { return "/" + lang + "/admin/cases/" + number }

// toDesk queues a letter to one officer.
func (t *Town) toDesk(ctx context.Context, tx *pg.Tx, to recipient, c *Case, subject, lead notify.Words, body ...notify.Paragraph) error {
	err := t.desk.Post.Queue(ctx, tx, notify.Message{
		To: to.email, Lang: to.lang, Subject: subject, Lead: lead, Body: body,
		Link:  notify.Link{Label: KeyMailOpen, Path: deskPath(to.lang, c.Number)},
		About: c.object(), DayOnly: c.Anonymous,
	})
	if err != nil {
		return fmt.Errorf("casework: mail to the desk about %s: %w", c.Number, err)
	}
	return nil
}
