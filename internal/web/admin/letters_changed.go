package admin

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/address"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// Whoever gets into an account changes first what would shut them out again. So
// its owner is told, by the same transaction that changes it, and by a letter that
// opens nothing itself.

// TellPassword tells the owner of an account that its password was changed. zone
// is the town's.
func TellPassword(ctx context.Context, tx *pg.Tx, post *notify.Post, zone *time.Location, user int64, to access.Profile) error {
	return tellChanged(ctx, tx, post, zone, user, to, KeyMailPasswordSubject, KeyMailPasswordLead, KeyMailPasswordBody)
}

// TellSecondOff tells the owner of an account that its second step of signing in
// was turned off.
func TellSecondOff(ctx context.Context, tx *pg.Tx, post *notify.Post, zone *time.Location, user int64, to access.Profile) error {
	return tellChanged(ctx, tx, post, zone, user, to, KeyMailSecondSubject, KeyMailSecondLead, KeyMailSecondBody)
}

func tellChanged(ctx context.Context, tx *pg.Tx, post *notify.Post, zone *time.Location, user int64, to access.Profile, subject, lead, body i18n.Key) error {
	at := tx.Now.In(zone)
	clock := at.Format("15:04")
	if zone == time.UTC {
		clock += " UTC" // the portal: nobody's own clock
	}
	err := post.Queue(ctx, tx, notify.Message{
		To: to.Email, Lang: to.Lang, Subject: notify.Words{Key: subject}, Lead: notify.Words{Key: lead},
		Body: []notify.Paragraph{
			notify.Say(KeyMailChangedWhen, i18n.Args{"Day": deadline.Of(tx.Now, zone), "Clock": clock}),
			notify.Say(body, nil),
		},
		Link:  notify.Link{Label: KeyMailMovedLink, Path: address.Path(to.Lang, pathLogIn)},
		About: fmt.Sprintf("user/%d", user),
	})
	if err != nil {
		return fmt.Errorf("admin: letter about a changed account: %w", err)
	}
	return nil
}
