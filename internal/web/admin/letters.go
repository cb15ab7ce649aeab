package admin

import (
	"context"
	"fmt"
	"net/url"

	"charterhouse/internal/access"
	"charterhouse/internal/address"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// linkLetter is what a letter with a link says, and which page the link opens.
type linkLetter struct {
	subject, lead, body, label i18n.Key
	path                       string
}

func linkLetters() map[access.Purpose]linkLetter {
	return map[access.Purpose]linkLetter{
		access.ForReset:  {KeyMailResetSubject, KeyMailResetLead, KeyMailResetBody, KeyMailResetLink, pathReset},
		access.ForInvite: {KeyMailInviteSubject, KeyMailInviteLead, KeyMailInviteBody, KeyMailInviteLink, pathInvite},
		access.ForEmail:  {KeyMailEmailSubject, KeyMailEmailLead, KeyMailEmailBody, KeyMailEmailLink, pathEmail},
	}
}

// sendLink queues the letter that brings a link to its owner, in the transaction
// that made the link.
func sendLink(ctx context.Context, tx *pg.Tx, post *notify.Post, m access.Mail) error {
	l, known := linkLetters()[m.Purpose]
	if !known {
		return fmt.Errorf("admin: no letter for a link of the purpose %q", m.Purpose)
	}
	lead := notify.Words{Key: l.lead}
	if l.lead == KeyMailInviteLead {
		lead.Args = i18n.Args{"Name": m.Name}
	}
	err := post.Queue(ctx, tx, notify.Message{
		To: m.To, Lang: m.Lang, Subject: notify.Words{Key: l.subject}, Lead: lead,
		Body:  []notify.Paragraph{notify.Say(l.body, nil)},
		Link:  notify.Link{Label: l.label, Path: address.Path(m.Lang, l.path) + "?" + url.Values{"token": {m.Token.Reveal()}}.Encode()},
		About: fmt.Sprintf("user/%d", m.User),
	})
	if err != nil {
		return fmt.Errorf("admin: letter with a link: %w", err)
	}
	return nil
}

// tellMoved warns the address that an account no longer has.
func tellMoved(ctx context.Context, tx *pg.Tx, post *notify.Post, user int64, before access.Profile) error {
	err := post.Queue(ctx, tx, notify.Message{
		To: before.Email, Lang: before.Lang, Subject: notify.Words{Key: KeyMailMovedSubject}, Lead: notify.Words{Key: KeyMailMovedLead},
		Body:  []notify.Paragraph{notify.Say(KeyMailMovedBody, nil)},
		Link:  notify.Link{Label: KeyMailMovedLink, Path: address.Path(before.Lang, pathLogIn)},
		About: fmt.Sprintf("user/%d", user),
	})
	if err != nil {
		return fmt.Errorf("admin: letter about a changed address: %w", err)
	}
	return nil
}
