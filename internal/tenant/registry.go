package tenant

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Enter puts a town into the registry in state provisioning; run again, it
// finds the row it made before. It belongs to the operator's credential.
func Enter(ctx context.Context, tx *pg.Tx, actor audit.Actor, p Profile, zone string) (State, error) {
	realm, err := pg.Town(p.Slug)
	if err != nil {
		return "", err
	}
	langs, err := json.Marshal(p.Languages)
	if err != nil {
		return "", fmt.Errorf("tenant: languages of %s: %w", p.Slug, err)
	}
	n, err := tx.Exec(ctx, `INSERT INTO platform.tenants
			(slug, realm, state, country, zone, code, name, short_name, region, languages, brand, population, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (slug) DO NOTHING`,
		p.Slug, realm.Name(), Provisioning, p.Country, zone, p.Code, p.Name, p.ShortName, p.Region, string(langs), p.Brand,
		p.Population.Value, tx.Now)
	if err != nil {
		return "", fmt.Errorf("tenant: enter %s: %w", p.Slug, err)
	}
	if n > 0 {
		tx.Record(pg.Entry{Actor: actor.ID, Action: "tenant.enter", Object: "tenant/" + p.Slug, Detail: p.Country})
	}
	return StateOf(ctx, tx, p.Slug)
}

// StateOf tells a town's state; NotFound when the registry does not have it.
func StateOf(ctx context.Context, tx *pg.Tx, slug string) (State, error) {
	var states []State
	if err := tx.Select(ctx, &states, `SELECT state FROM platform.tenants WHERE slug = $1`, slug); err != nil {
		return "", fmt.Errorf("tenant: state of %s: %w", slug, err)
	}
	if len(states) == 0 {
		return "", fault.New(fault.NotFound, KeyNoSuchTown).With("Town", slug)
	}
	return states[0], nil
}

// SetState moves a town between active and suspended, or ends its provisioning.
func SetState(ctx context.Context, tx *pg.Tx, actor audit.Actor, slug string, to State) error {
	n, err := tx.Exec(ctx, `UPDATE platform.tenants SET state = $2 WHERE slug = $1`, slug, to)
	if err != nil {
		return fmt.Errorf("tenant: state of %s: %w", slug, err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, KeyNoSuchTown).With("Town", slug)
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "tenant.state", Object: "tenant/" + slug, Detail: map[string]any{"to": to}})
	return nil
}

// SetDomains replaces a town's own domains; Conflict when another town has one.
func SetDomains(ctx context.Context, tx *pg.Tx, actor audit.Actor, slug string, hosts []string) error {
	var have []string
	err := tx.Select(ctx, &have, `SELECT d.host FROM platform.domains d JOIN platform.tenants t ON t.id = d.tenant_id
		WHERE t.slug = $1 ORDER BY d.host`, slug)
	if err != nil {
		return fmt.Errorf("tenant: domains of %s: %w", slug, err)
	}
	want := slices.Sorted(slices.Values(hosts))
	if slices.Equal(have, want) {
		return nil
	}
	if _, err := tx.Exec(ctx, `DELETE FROM platform.domains
		WHERE tenant_id = (SELECT id FROM platform.tenants WHERE slug = $1)`, slug); err != nil {
		return fmt.Errorf("tenant: domains of %s: %w", slug, err)
	}
	for _, host := range want {
		n, err := tx.Exec(ctx, `INSERT INTO platform.domains (host, tenant_id)
			SELECT $2, id FROM platform.tenants WHERE slug = $1 ON CONFLICT (host) DO NOTHING`, slug, host)
		if err != nil {
			return fmt.Errorf("tenant: domain %s: %w", host, err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, KeyDomainTaken).With("Host", host)
		}
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "tenant.domains", Object: "tenant/" + slug, Detail: want})
	return nil
}

// Slugs lists every town of the registry with its state, by country and slug.
func Slugs(ctx context.Context, tx *pg.Tx) ([]Entry, error) {
	var rows []Entry
	err := tx.Select(ctx, &rows, `SELECT slug, realm, state, country, sample FROM platform.tenants
		ORDER BY country, slug LIMIT $1`, 100_000)
	if err != nil {
		return nil, fmt.Errorf("tenant: list: %w", err)
	}
	return rows, nil
}

// Entry is one line of the registry for the operator's list.
type Entry struct {
	Slug    string `db:"slug" json:"slug"`
	Realm   string `db:"realm" json:"realm"`
	State   State  `db:"state" json:"state"`
	Country string `db:"country" json:"country"`
	Sample  bool   `db:"sample" json:"sample"`
}

// Touch says that something a citizen sees has changed: it moves the revision of
// the transaction's realm, and with it every cached page of the town.
func Touch(ctx context.Context, tx *pg.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO platform.revisions AS r (realm, revision) VALUES ($1, 1)
		ON CONFLICT (realm) DO UPDATE SET revision = r.revision + 1`, tx.Realm.Name())
	if err != nil {
		return fmt.Errorf("tenant: move the revision: %w", err)
	}
	return nil
}

// ShowSample tells in the registry, and so on the portal and above every page,
// whether the town holds made-up cases. A site with the note of a demonstration
// stays marked whatever its cases are.
func ShowSample(ctx context.Context, tx *pg.Tx, cases bool) error {
	p, err := Export(ctx, tx)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE platform.tenants SET sample = $2 WHERE realm = $1 AND sample <> $2`,
		tx.Realm.Name(), cases || p.Demonstration())
	if err != nil {
		return fmt.Errorf("tenant: mark sample data: %w", err)
	}
	if n == 0 {
		return nil
	}
	return Touch(ctx, tx)
}

// show copies what the portal and the first byte of a page need from a profile
// into the town's own row of the registry.
func show(ctx context.Context, tx *pg.Tx, p Profile) error {
	langs, err := json.Marshal(p.Languages)
	if err != nil {
		return fmt.Errorf("tenant: languages: %w", err)
	}
	n, err := tx.Exec(ctx, `UPDATE platform.tenants
		SET name = $2, short_name = $3, region = $4, languages = $5, brand = $6, population = $7,
			sample = sample OR $8
		WHERE realm = $1`,
		tx.Realm.Name(), p.Name, p.ShortName, p.Region, string(langs), p.Brand, p.Population.Value, p.Demonstration())
	if err != nil {
		return fmt.Errorf("tenant: show the profile: %w", err)
	}
	if n != 1 {
		return fault.New(fault.NotFound, KeyNoSuchTown).With("Town", p.Slug)
	}
	return nil
}
