package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"charterhouse/config"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// Recomputing is what figures are to be computed anew.
type Recomputing struct {
	Slugs   []string // empty = every active town
	Workers int
	// Since leaves out the towns that were computed anew after it: a run that was
	// stopped goes on.
	Since time.Time
}

// Recomputed is what came of one town.
type Recomputed struct {
	Slug     string  `json:"slug"`
	Months   int     `json:"months"`
	Cases    int     `json:"cases"`
	Revision int64   `json:"revision"`
	Seconds  float64 `json:"seconds"`
	Error    string  `json:"error,omitempty"`
}

// mostWorkers bounds how many towns are computed at once.
const mostWorkers = 32

// ResultsRecompute computes all months of towns anew, several towns at once, each
// in a transaction of its own: it can be stopped anywhere. Progress goes to out. A
// town that fails is named and the others go on.
func ResultsRecompute(ctx context.Context, s *config.Settings, r Recomputing, out io.Writer) ([]Recomputed, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	if s.DatabaseURL == "" {
		return nil, errors.New("CHARTER_DATABASE_URL is not set")
	}
	workers := min(max(r.Workers, 1), mostWorkers)
	// The connections of a class are a part of the pool.
	db, err := pg.Open(ctx, h.options(s.DatabaseURL, 3*workers))
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	defer db.Close()
	rooms, err := h.rooms()
	if err != nil {
		return nil, err
	}
	began := h.clock()
	towns, err := recomputable(ctx, db, r)
	if err != nil {
		return nil, err
	}
	run := &recomputation{db: db, keeper: rooms.keeper, out: out, total: len(towns), done: []Recomputed{}}
	done := run.all(ctx, towns, workers)
	since := began
	if !r.Since.IsZero() {
		since = r.Since
	}
	if left := len(towns) - len(done) + run.failed; left > 0 {
		return done, fmt.Errorf("%d of %d towns are left; go on with --since %s", left, len(towns), since.UTC().Format(time.RFC3339))
	}
	return done, nil
}

// recomputable lists the towns to be computed, those first that have waited
// longest. It refuses a town that the registry does not have as active.
func recomputable(ctx context.Context, db *pg.DB, r Recomputing) (slugs []string, err error) {
	err = db.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
		list, err := tenant.Slugs(ctx, tx)
		if err != nil {
			return err
		}
		heads, err := results.Heads(ctx, tx)
		if err != nil {
			return err
		}
		full := map[string]time.Time{}
		for _, h := range heads {
			if h.FullAt != nil {
				full[h.Tenant] = *h.FullAt
			}
		}
		at := map[string]time.Time{}
		known := map[string]bool{}
		for _, t := range list {
			known[t.Slug] = t.State == tenant.Active
			at[t.Slug] = full[t.Realm]
			wanted := len(r.Slugs) == 0 || slices.Contains(r.Slugs, t.Slug)
			if known[t.Slug] && wanted && (r.Since.IsZero() || full[t.Realm].Before(r.Since)) {
				slugs = append(slugs, t.Slug)
			}
		}
		for _, slug := range r.Slugs {
			if !known[slug] {
				return fmt.Errorf("there is no active town %q", slug)
			}
		}
		slices.SortStableFunc(slugs, func(a, b string) int { return at[a].Compare(at[b]) })
		return nil
	})
	return slugs, err
}

// recomputation is one run over towns.
type recomputation struct {
	db     *pg.DB
	keeper *results.Keeper
	out    io.Writer
	total  int

	mu     sync.Mutex
	done   []Recomputed
	failed int
}

func (r *recomputation) all(ctx context.Context, towns []string, workers int) []Recomputed {
	next := make(chan string)
	var work sync.WaitGroup
	for range workers {
		work.Go(func() {
			for slug := range next {
				r.one(ctx, slug)
			}
		})
	}
	for _, slug := range towns {
		if ctx.Err() != nil {
			break
		}
		next <- slug
	}
	close(next)
	work.Wait()
	return r.done
}

func (r *recomputation) one(ctx context.Context, slug string) {
	began := time.Now()
	var did results.Done
	realm, err := pg.Town(slug)
	if err == nil {
		err = r.db.Write(ctx, realm, func(tx *pg.Tx) (err error) {
			did, err = r.keeper.Everything(ctx, tx)
			return err
		})
	}
	c := Recomputed{Slug: slug, Months: did.Months, Cases: did.Cases, Revision: did.Revision, Seconds: time.Since(began).Seconds()}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		c.Error = Sentence(err)
		r.failed++
	}
	r.done = append(r.done, c)
	if err != nil {
		fmt.Fprintf(r.out, "%d/%d %s: failed: %s\n", len(r.done), r.total, slug, c.Error)
		return
	}
	fmt.Fprintf(r.out, "%d/%d %s: %d months, %d cases, %.2f s\n", len(r.done), r.total, slug, c.Months, c.Cases, c.Seconds)
}
