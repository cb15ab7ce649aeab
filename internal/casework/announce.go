package casework

import (
	"context"
	"fmt"
	"slices"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/jobs"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// News is what the desk is told by mail; of a case that was filed its sender too.
type News string

// The news.
const (
	NewsFiled     News = "filed"
	NewsAssigned  News = "assigned"
	NewsResponded News = "responded"
	NewsAdded     News = "added"
	NewsWithdrawn News = "withdrawn"
)

const kindAnnounce = "casework.announce"

type announcement struct {
	Case int64 `json:"case"`
	News News  `json:"news"`
}

// announce leaves the mails to the desk, and the one that a case has come, to a
// job: who files a case does not wait until they are written.
func (s *step) announce(ctx context.Context, n News) error {
	if s.c.Sample {
		return nil
	}
	return jobs.Enqueue(ctx, s.tx, s.news(n))
}

func (s *step) news(n News) jobs.Job {
	return jobs.Job{Kind: kindAnnounce, Args: announcement{s.c.ID, n}}
}

// recipient is an officer's address with the language of their mails.
type recipient struct {
	user        int64
	email, lang string
}

// unwritable tells whether a letter was refused because none can go to its
// officer. The others are told all the same; the address is not logged.
func (d *Desk) unwritable(tx *pg.Tx, to recipient, err error) bool {
	f, refused := fault.Of(err)
	if !refused || f.Key != string(notify.KeyAddress) {
		return false
	}
	if d.Log != nil {
		d.Log.Warn("casework: no letter can go to the address of an officer", "realm", tx.Realm.Name(), "user", to.user)
	}
	return true
}

// mostTold bounds how many officers are told of a case that is nobody's.
const mostTold = 20

// recipients are those whom a case concerns: who handles it, while they may handle
// cases at all, else all who may give it to somebody. Of a confidential one these
// are those who may read it: the others could not open the page that the letter
// leads to.
func recipients(ctx context.Context, tx *pg.Tx, c *Case) ([]recipient, error) {
	if c.Assignee != 0 {
		u, err := access.GetUser(ctx, tx, c.Assignee)
		if err == nil && u.State == access.Active && access.Permits(u.Roles, access.CaseHandle) {
			return []recipient{{u.ID, u.Email, u.Lang}}, nil
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	users, err := access.Holders(ctx, tx, access.CaseAssign)
	if err != nil {
		return nil, err
	}
	users = slices.DeleteFunc(users, func(u access.User) bool {
		return c.Confidential && !access.Permits(u.Roles, access.CaseReadConfidential)
	})
	var all []recipient
	for _, u := range users[:min(len(users), mostTold)] {
		all = append(all, recipient{u.ID, u.Email, u.Lang})
	}
	return all, nil
}

// sendNews is the job. A case that was filed is acknowledged first.
func (d *Desk) sendNews(ctx context.Context, tx *pg.Tx, a announcement) error {
	c, err := byID(ctx, tx, a.Case)
	if fault.Is(err, fault.NotFound) {
		return nil // erased, or taken away with the samples
	}
	if err != nil {
		return err
	}
	town, err := d.Read(ctx, tx)
	if err != nil {
		return err
	}
	if c.Anonymous {
		town.coarsen(tx) // the job runs a moment after the filing
	}
	if a.News == NewsFiled {
		if err := town.acknowledge(ctx, tx, c); err != nil {
			return err
		}
	}
	to, err := recipients(ctx, tx, c)
	if err != nil {
		return err
	}
	subject, lead := newsKeys(a.News)
	args := i18n.Args{"Number": c.Number}
	words := notify.Words{Key: lead, Args: args}
	var body []notify.Paragraph
	if due := c.Due(); !due.IsZero() {
		body = append(body, notify.Say(KeyMailDeskDue, i18n.Args{"Due": due}))
	}
	if a.News == NewsFiled && c.Danger == Claimed {
		body = append([]notify.Paragraph{notify.Say(KeyMailDeskDanger, nil)}, body...)
	}
	for _, r := range to {
		err := town.toDesk(ctx, tx, r, c, notify.Words{Key: subject, Args: args}, words, body...)
		if err != nil && !d.unwritable(tx, r, err) {
			return fmt.Errorf("casework: tell of %s: %w", a.News, err)
		}
	}
	return nil
}

func newsKeys(n News) (subject, lead i18n.Key) {
	switch n {
	case NewsAssigned:
		return KeyMailDeskAssigned, KeyMailDeskAssignedLead
	case NewsResponded:
		return KeyMailDeskResponded, KeyMailDeskRespondedLead
	case NewsAdded:
		return KeyMailDeskAdded, KeyMailDeskAddedLead
	case NewsWithdrawn:
		return KeyMailDeskWithdrawn, KeyMailDeskWithdrawnLead
	}
	return KeyMailDeskFiled, KeyMailDeskFiledLead
}
