package provision

import (
	"context"
	"fmt"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Apply writes a checked package into its town, in a transaction of the town.
// What the town has changed itself since is left alone and listed, unless
// overwrite is set.
func Apply(ctx context.Context, tx *pg.Tx, actor audit.Actor, t Town, overwrite bool) (tenant.Applied, error) {
	done, err := tenant.Apply(ctx, tx, actor, t.Profile, overwrite)
	if err != nil {
		return done, err
	}
	rules, err := casework.Apply(ctx, tx, actor, t.Casework, overwrite)
	if err != nil {
		return done, err
	}
	document, err := charter.Apply(ctx, tx, actor, t.Charter.Document, overwrite)
	if err != nil {
		return done, err
	}
	done.Add(rules)
	done.Add(document)
	return done, nil
}

// Outcome is what Create did with one town.
type Outcome struct {
	Slug string         `json:"slug"`
	New  bool           `json:"new"` // the town was not active before
	Done tenant.Applied `json:"done"`
}

// Create makes the town of a checked package, or brings one that stands up to
// it. It may be stopped anywhere and run again: the registry row comes first in
// state provisioning, then schema and role, then the tables, and last, in one
// transaction, the content and state active. Until then the town answers 404.
func Create(ctx context.Context, admin *pg.Admin, m *pg.Migrator, pack Pack, t Town, overwrite bool) (Outcome, error) {
	out := Outcome{Slug: t.Slug}
	realm, err := pg.Town(t.Slug)
	if err != nil {
		return out, fmt.Errorf("provision: %s: %w", t.Slug, err)
	}
	actor := audit.Operator()
	var state tenant.State
	err = admin.Write(ctx, pg.Portal(), func(tx *pg.Tx) error {
		state, err = tenant.Enter(ctx, tx, actor, t.Profile, pack.Zone)
		return err
	})
	if err != nil {
		return out, err
	}
	out.New = state == tenant.Provisioning
	if out.New {
		if err := admin.CreateRealm(ctx, realm); err != nil {
			return out, fmt.Errorf("provision: schema and role of %s: %w", t.Slug, err)
		}
	}
	if err := m.Realm(ctx, realm); err != nil {
		return out, fmt.Errorf("provision: tables of %s: %w", t.Slug, err)
	}
	err = admin.Write(ctx, realm, func(tx *pg.Tx) error {
		if out.Done, err = Apply(ctx, tx, actor, t, overwrite); err != nil {
			return err
		}
		if err := tenant.SetDomains(ctx, tx, actor, t.Slug, t.Domains); err != nil {
			return err
		}
		if !out.New {
			return nil
		}
		return tenant.SetState(ctx, tx, actor, t.Slug, tenant.Active)
	})
	return out, err
}
