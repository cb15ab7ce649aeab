package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"charterhouse/config"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
)

// TenantCheck reads a package and lists what is wrong with it, in lang; it needs
// no database.
func TenantCheck(s *config.Settings, dir, lang string) ([]provision.Problem, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	_, problems := provision.Load(os.DirFS(dir), h.packs, h.words(lang))
	return problems, nil
}

// TenantApply makes the towns of packages or brings them up to these. Each folder
// is checked before anything is written.
func TenantApply(ctx context.Context, s *config.Settings, dirs []string, lang string, overwrite bool, out io.Writer) ([]provision.Outcome, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	towns := make([]provision.Town, len(dirs))
	for i, dir := range dirs {
		if towns[i], err = h.loadTown(os.DirFS(dir), lang); err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
	}
	return h.create(ctx, towns, overwrite, out)
}

// create provisions towns one after another and tells of each.
func (h *house) create(ctx context.Context, towns []provision.Town, overwrite bool, out io.Writer) ([]provision.Outcome, error) {
	admin, err := h.admin(ctx)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	m, err := h.migrator(admin, nil)
	if err != nil {
		return nil, err
	}
	var all []provision.Outcome
	for i, t := range towns {
		o, err := provision.Create(ctx, admin, m, h.packs[t.Country], t, overwrite)
		if err != nil {
			return all, err
		}
		all = append(all, o)
		fmt.Fprintf(out, "%d/%d %s\n", i+1, len(towns), describe(o))
	}
	return all, nil
}

func describe(o provision.Outcome) string {
	text := o.Slug + ": unchanged"
	switch {
	case o.New:
		text = o.Slug + ": created"
	case o.Done.Changed():
		text = fmt.Sprintf("%s: %d parts written", o.Slug, len(o.Done.Wrote))
	}
	for _, key := range o.Done.Left {
		text += fmt.Sprintf("\n  left as the town changed it: %s (--overwrite replaces it)", key)
	}
	return text
}

// TenantCreate starts a town from its country's pack. With dir set, the package
// is written there too, to be edited and applied again.
func TenantCreate(ctx context.Context, s *config.Settings, n provision.Newcomer, dir string, out io.Writer) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	pack, ok := h.packs[n.Country]
	if !ok {
		return fmt.Errorf("there is no pack for the country %q", n.Country)
	}
	town := provision.FromPack(pack, n)
	if problems := provision.Check(town, h.packs, h.words("en")); len(problems) > 0 {
		return Problems(problems)
	}
	if dir != "" {
		if err := town.WriteTo(filepath.Join(dir, n.Slug)); err != nil {
			return err
		}
	}
	_, err = h.create(ctx, []provision.Town{town}, false, out)
	return err
}

// TenantExport writes a town's package into dir.
func TenantExport(ctx context.Context, s *config.Settings, slug, dir string) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	realm, err := pg.Town(slug)
	if err != nil {
		return err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	err = admin.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
		_, err := tenant.StateOf(ctx, tx, slug)
		return err
	})
	if err != nil {
		return err
	}
	var town provision.Town
	err = admin.Read(ctx, realm, func(tx *pg.Tx) error {
		town, err = provision.Export(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	return town.WriteTo(dir)
}

// TenantList gives every town of the registry.
func TenantList(ctx context.Context, s *config.Settings) ([]tenant.Entry, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	var list []tenant.Entry
	err = admin.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
		list, err = tenant.Slugs(ctx, tx)
		return err
	})
	return list, err
}

// TenantSetState suspends a town, which then answers 404 and keeps all it has,
// or resumes it.
func TenantSetState(ctx context.Context, s *config.Settings, slug string, to tenant.State) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	return admin.Write(ctx, pg.Portal(), func(tx *pg.Tx) error {
		state, err := tenant.StateOf(ctx, tx, slug)
		if err != nil {
			return err
		}
		if state == tenant.Provisioning {
			return fmt.Errorf("%s is not provisioned yet: apply its package first", slug)
		}
		return tenant.SetState(ctx, tx, audit.Operator(), slug, to)
	})
}
