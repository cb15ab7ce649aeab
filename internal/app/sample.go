package app

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/files"
	"charterhouse/internal/pg"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/tenants"
)

// SampleLoad enters the sample cases that come with the program into their towns;
// slug "" = every town that has some. What was loaded before is left as it is. A
// town with cases of its own is refused, and the others go on.
func SampleLoad(ctx context.Context, s *config.Settings, slug string, out io.Writer) error {
	return withAdmin(ctx, s, func(h *house, admin *pg.Admin) error {
		slugs := []string{slug}
		if slug == "" {
			list, err := activeTowns(ctx, admin)
			if err != nil {
				return err
			}
			slugs = slices.DeleteFunc(samples(), func(s string) bool { return !slices.Contains(list, s) })
		} else if !slices.Contains(samples(), slug) {
			return fmt.Errorf("there are no sample cases for %q; there are some for %v", slug, samples())
		}
		own, err := h.loadSamples(ctx, admin, slugs, out)
		if err != nil || len(own) == 0 {
			return err
		}
		return fmt.Errorf("nothing was loaded into %s, where citizens' own cases stand: made-up ones would take numbers of their registers; "+
			"name a town without cases by --tenant, or look at the samples in a demonstration (charter demo)", strings.Join(own, ", "))
	})
}

func withAdmin(ctx context.Context, s *config.Settings, work func(*house, *pg.Admin) error) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	return work(h, admin)
}

// activeTowns lists the slugs of the towns that stand and answer.
func activeTowns(ctx context.Context, admin *pg.Admin) (slugs []string, err error) {
	err = admin.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
		list, err := tenant.Slugs(ctx, tx)
		for _, t := range list {
			if t.State == tenant.Active {
				slugs = append(slugs, t.Slug)
			}
		}
		return err
	})
	return slugs, err
}

// loadSamples enters each town's in one transaction and tells of it. own are the
// towns that got none, because they have cases of their own.
func (h *house) loadSamples(ctx context.Context, admin *pg.Admin, slugs []string, out io.Writer) (own []string, err error) {
	r, err := h.rooms()
	if err != nil {
		return nil, err
	}
	for _, slug := range slugs {
		realm, err := pg.Town(slug)
		if err != nil {
			return nil, err
		}
		var n int
		var refused bool
		err = admin.Write(ctx, realm, func(tx *pg.Tx) error {
			if refused, err = casework.HasOwnCases(ctx, tx); err != nil || refused {
				return err
			}
			n, err = h.loadSample(ctx, tx, r.desk, slug)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("sample cases of %s: %w", slug, err)
		}
		if refused {
			own = append(own, slug)
		}
		if n > 0 {
			fmt.Fprintf(out, "%s: %d sample cases loaded\n", slug, n)
		}
	}
	return own, nil
}

// loadSample enters those of the transaction's town.
func (h *house) loadSample(ctx context.Context, tx *pg.Tx, desk *casework.Desk, slug string) (int, error) {
	town, err := desk.Read(ctx, tx)
	if err != nil {
		return 0, err
	}
	all, err := h.samplesOf(slug, town.Profile.Languages)
	if err != nil {
		return 0, err
	}
	staff, err := h.sampleStaff(ctx, tx)
	if err != nil {
		return 0, err
	}
	n, err := town.LoadSamples(ctx, tx, staff, all)
	if err == nil && len(all.Cases) > 0 {
		err = tenant.ShowSample(ctx, tx, true)
	}
	return n, err
}

func (h *house) samplesOf(slug string, langs []string) (casework.Samples, error) {
	dir, err := fs.Sub(tenants.Files, slug)
	if err != nil {
		return casework.Samples{}, err
	}
	all, problems := provision.LoadCases(dir, langs, h.words("en"))
	if len(problems) > 0 {
		return casework.Samples{}, Problems(problems)
	}
	return all, nil
}

// sampleStaff are who handles made-up cases. In a demonstration these are its
// accounts. Elsewhere it is the operator who loads them: no record may say that a
// real officer did what nobody did.
func (h *house) sampleStaff(ctx context.Context, tx *pg.Tx) ([]casework.Officer, error) {
	if h.settings.Environment == config.Demo {
		users, err := access.Holders(ctx, tx, access.CaseHandle)
		if err != nil {
			return nil, err
		}
		var staff []casework.Officer
		for _, u := range users {
			staff = append(staff, casework.Officer{Actor: u.Person(), User: u.ID})
		}
		if len(staff) > 0 {
			return staff, nil
		}
	}
	return []casework.Officer{{Actor: audit.Operator()}}, nil
}

// SampleRemove takes all sample cases away again, with their files; slug "" = from
// every town.
func SampleRemove(ctx context.Context, s *config.Settings, slug string, out io.Writer) error {
	return withAdmin(ctx, s, func(h *house, admin *pg.Admin) error {
		slugs, err := activeTowns(ctx, admin)
		if err != nil {
			return err
		}
		if slug != "" {
			if !slices.Contains(slugs, slug) {
				return fmt.Errorf("there is no active town %q", slug)
			}
			slugs = []string{slug}
		}
		store, err := files.Open(h.settings.Files(), files.Room{})
		if err != nil {
			return err
		}
		defer store.Close()
		for _, slug := range slugs {
			n, err := removeSamples(ctx, admin, store, slug)
			if err != nil {
				return fmt.Errorf("sample cases of %s: %w", slug, err)
			}
			fmt.Fprintf(out, "%s: %d sample cases removed\n", slug, n)
		}
		return nil
	})
}

func removeSamples(ctx context.Context, admin *pg.Admin, store *files.Store, slug string) (n int, err error) {
	realm, err := pg.Town(slug)
	if err != nil {
		return 0, err
	}
	var ids []string
	err = admin.Write(ctx, realm, func(tx *pg.Tx) error {
		if n, ids, err = casework.RemoveSamples(ctx, tx, audit.Operator()); err != nil {
			return err
		}
		if err := tenant.ShowSample(ctx, tx, false); err != nil {
			return err
		}
		return files.Discard(ctx, tx, ids)
	})
	if err != nil {
		return 0, err
	}
	return n, store.Remove(realm, ids)
}
