package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
	"charterhouse/internal/web/national"
)

// rooms are what pages and jobs share beside the database and the words.
type rooms struct {
	gate *access.Gate
	post *notify.Post
	desk *casework.Desk
	// keeper keeps the figures.
	keeper      *results.Keeper
	checkpoints *audit.Checkpoints
	// files is nil for a command that touches no attachments.
	files *files.Store
	// towns is the registry as it was last read.
	towns func() *tenant.Directory
}

// rooms opens them. Whoever works on must set towns before the first letter.
func (h *house) rooms() (*rooms, error) {
	r := &rooms{towns: func() *tenant.Directory { return nil }}
	var err error
	if r.gate, err = h.gate(); err != nil {
		return nil, err
	}
	if r.checkpoints, err = h.checkpoints(); err != nil {
		return nil, err
	}
	r.post, err = notify.New(notify.Options{
		Catalog: h.catalog, Head: h.letterhead(r), From: h.settings.Sender(), SMTP: h.settings.SMTPURL.Reveal(),
	})
	if err != nil {
		return nil, err
	}
	r.desk, err = h.desk(r.post)
	r.keeper = &results.Keeper{Desk: r.desk}
	return r, err
}

// desk is the casework of all towns.
func (h *house) desk(post *notify.Post) (*casework.Desk, error) {
	secret, err := secretKey(h.settings)
	if err != nil {
		return nil, err
	}
	d := &casework.Desk{Post: post, Countries: map[string]casework.Country{}}
	if d.Keys, err = casework.NewKeys(secret, []byte(h.settings.SecretKeyBefore.Reveal())); err != nil {
		return nil, err
	}
	for code, pack := range h.packs {
		calendar, err := deadline.Compile(pack.Calendar)
		if err != nil {
			return nil, fmt.Errorf("the calendar of %s: %w", code, err)
		}
		zone, err := time.LoadLocation(pack.Zone)
		if err != nil {
			return nil, fmt.Errorf("the time zone of %s: %w", code, err)
		}
		d.Countries[code] = casework.Country{Rules: pack.Casework, Calendar: calendar, Zone: zone}
	}
	return d, nil
}

// keptHead is the letterhead of a town at one of its revisions.
type keptHead struct {
	revision int64
	head     notify.Head
}

// letterhead says what stands on the letters of a realm. A town's is kept for as
// long as its revision stands: whoever files a case does not wait for settings.
func (h *house) letterhead(r *rooms) func(context.Context, *pg.Tx) (notify.Head, error) {
	var kept sync.Map // of keptHead, by the number of the town
	return func(ctx context.Context, tx *pg.Tx) (notify.Head, error) {
		if !tx.Realm.IsTown() {
			name := i18n.Text{}
			for _, lang := range h.catalog.Languages() {
				name[lang] = h.catalog.Say(lang, web.KeyPortalName, nil)
			}
			return notify.Head{Name: name, Organisation: name, Brand: national.Brand(), Origin: h.base().Origin(h.settings.BaseDomain)}, nil
		}
		dir := r.towns()
		if dir == nil {
			return notify.Head{}, errors.New("a letter is written before the registry was read")
		}
		town, ok := dir.ByRealm(tx.Realm)
		if !ok {
			return notify.Head{}, fmt.Errorf("a letter of %s, which is no active town", tx.Realm)
		}
		if have, ok := kept.Load(town.ID); ok && have.(keptHead).revision == town.Revision {
			return have.(keptHead).head, nil
		}
		profile, err := tenant.Export(ctx, tx)
		if err != nil {
			return notify.Head{}, err
		}
		head := notify.HeadOf(town, profile)
		kept.Store(town.ID, keptHead{town.Revision, head})
		return head, nil
	}
}
