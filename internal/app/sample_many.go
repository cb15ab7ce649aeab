package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"
	"time"

	"charterhouse/config"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/tenants"
)

// SampleMany asks for whole countries of municipalities with made-up cases.
type SampleMany struct {
	Countries []string
	Cases     int // in each town
	Seed      uint64
	// Only names the towns that are wanted; empty = all.
	Only []string
}

// mostCases bounds what is made up for one town; it is held in memory at once.
const mostCases = 100_000

// SampleMunicipalities makes the municipalities of countries that do not stand yet,
// and fills each with cases, several at a time. It may be stopped at any moment and
// run again: towns and cases that stand are left. A town that has cases of its own
// gets none. What fails is told at the end, and the others go on.
func SampleMunicipalities(ctx context.Context, s *config.Settings, o SampleMany, out io.Writer) error {
	if o.Cases < 1 || o.Cases > mostCases {
		return fmt.Errorf("%d cases: from 1 to %d can be made up for a town", o.Cases, mostCases)
	}
	return withAdmin(ctx, s, func(h *house, admin *pg.Admin) error {
		f, err := h.filler(ctx, admin, o, out)
		if err != nil {
			return err
		}
		return f.fill(ctx)
	})
}

// filler makes towns and fills them.
type filler struct {
	house    *house
	admin    *pg.Admin
	migrator *pg.Migrator
	desk     *casework.Desk
	order    SampleMany
	words    map[string]casework.BulkWords // by country
	pins     *casework.BulkPins
	towns    []provision.Town
	active   map[string]bool

	mu    sync.Mutex // guards all below
	out   io.Writer
	done  int
	cases int
	fails []error
}

func (h *house) filler(ctx context.Context, admin *pg.Admin, o SampleMany, out io.Writer) (*filler, error) {
	f := &filler{
		house: h, admin: admin, order: o, out: out, words: map[string]casework.BulkWords{}, active: map[string]bool{}, pins: casework.NewBulkPins(),
	}
	r, err := h.rooms()
	if err != nil {
		return nil, err
	}
	f.desk = r.desk
	if f.migrator, err = h.migrator(admin, nil); err != nil {
		return nil, err
	}
	for _, country := range o.Countries {
		if err := f.country(country); err != nil {
			return nil, err
		}
	}
	for _, slug := range o.Only {
		if !slices.ContainsFunc(f.towns, func(t provision.Town) bool { return t.Slug == slug }) {
			return nil, fmt.Errorf("%q is none of the municipalities of %v", slug, o.Countries)
		}
	}
	active, err := activeTowns(ctx, admin)
	for _, slug := range active {
		f.active[slug] = true
	}
	return f, err
}

// country reads the municipalities of a country, each with its package: its own
// where the program has one, else its country's.
func (f *filler) country(country string) error {
	pack, ok := f.house.packs[country]
	if !ok {
		return fmt.Errorf("there is no pack for the country %q", country)
	}
	words, problems := provision.LoadBulkWords(tenants.Files, country, pack.Languages, f.house.words("en"))
	if len(problems) > 0 {
		return Problems(problems)
	}
	f.words[country] = words
	list, err := provision.Municipalities(tenants.Files, country)
	if err != nil {
		return err
	}
	own := map[string]provision.Town{} // by national code
	for _, slug := range samples() {
		dir, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return err
		}
		town, err := f.house.loadTown(dir, "en")
		if err != nil {
			return err
		}
		own[town.Country+town.Code] = town
	}
	for _, m := range list {
		town, ok := own[country+m.Code]
		if slug := cmp.Or(town.Slug, m.Slug); len(f.order.Only) > 0 && !slices.Contains(f.order.Only, slug) {
			continue
		}
		if !ok {
			town = m.Town(pack)
			if problems := provision.Check(town, f.house.packs, f.house.words("en")); len(problems) > 0 {
				return fmt.Errorf("%s: %w", m.Slug, Problems(problems))
			}
		}
		f.towns = append(f.towns, town)
	}
	return nil
}

// fill works on several towns at once; as many connections are free for it.
func (f *filler) fill(ctx context.Context) error {
	ticks := Ticks()
	work := make(chan provision.Town)
	var workers sync.WaitGroup
	for range max(1, f.house.settings.MigrateWorkers) {
		workers.Go(func() {
			for town := range work {
				text, n, err := f.town(ctx, town)
				f.tell(town.Slug, text, n, err)
			}
		})
	}
	for _, town := range f.towns {
		select {
		case work <- town:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(work)
	workers.Wait()
	took := ticks().Round(time.Second / 10)
	fmt.Fprintf(f.out, "%d of %d towns, %d cases in %s (%.0f a second)\n", f.done, len(f.towns), f.cases, took, float64(f.cases)/max(took.Seconds(), 0.1))
	return errors.Join(append(f.fails, ctx.Err())...)
}

// tell says how far it is.
func (f *filler) tell(slug, text string, n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.fails = append(f.fails, fmt.Errorf("%s: %w", slug, err))
		fmt.Fprintf(f.out, "%s failed: %v\n", slug, err)
		return
	}
	f.done++
	f.cases += n
	fmt.Fprintf(f.out, "%d/%d %s: %s\n", f.done, len(f.towns), slug, text)
}

// town makes one town, if it must, and fills it.
func (f *filler) town(ctx context.Context, t provision.Town) (text string, n int, err error) {
	text = "stands"
	if !f.active[t.Slug] {
		if _, err := provision.Create(ctx, f.admin, f.migrator, f.house.packs[t.Country], t, false); err != nil {
			return "", 0, err
		}
		text = "created"
	}
	realm, err := pg.Town(t.Slug)
	if err != nil {
		return "", 0, err
	}
	plan, err := f.plan(ctx, realm, t.Country)
	if err != nil {
		return "", 0, err
	}
	if plan == nil {
		return text + ", has cases of its own and gets no others", 0, nil
	}
	for i := range plan.Chunks() {
		err := f.admin.Write(ctx, realm, func(tx *pg.Tx) error {
			loaded, err := plan.Load(ctx, tx, i)
			if err != nil {
				return err
			}
			n += loaded
			return tenant.ShowSample(ctx, tx, true)
		})
		if err != nil {
			return "", 0, err
		}
	}
	return fmt.Sprintf("%s, %d cases", text, n), n, nil
}

// plan makes the cases of a town up; nil for one that has its own.
func (f *filler) plan(ctx context.Context, realm pg.Realm, country string) (plan *casework.BulkPlan, err error) {
	err = f.admin.Read(ctx, realm, func(tx *pg.Tx) error {
		own, err := casework.HasOwnCases(ctx, tx)
		if err != nil || own {
			return err
		}
		town, err := f.desk.Read(ctx, tx)
		if err != nil {
			return err
		}
		plan, err = town.PlanBulk(casework.Bulk{
			Cases: f.order.Cases, Seed: f.order.Seed, Words: f.words[country], Actor: audit.Operator(), Pins: f.pins,
		}, tx.Now)
		return err
	})
	return plan, err
}
