package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"charterhouse/internal/pg"
)

// How many file at the same time.
func crowds() []int { return []int{1, 8, 16} }

// inOneTown is how many file in the same town at the same time: they wait for its
// next number, and for the head of its audit chain.
const inOneTown = 8

// filings is what some way of filing got done.
type filings struct {
	rates  map[int]sample // cases a second, by how many file at the same time
	failed int
	why    error
	each   map[string]float64 // rows of a filing, by table
}

// way is one of those that are compared.
type way struct {
	*filings
	name string
	work func(ctx context.Context, clients int, d time.Duration) (stint, error)
}

func newWay(name string, work func(ctx context.Context, clients int, d time.Duration) (stint, error)) *way {
	return &way{&filings{rates: map[int]sample{}}, name, work}
}

// certain is for a way that tells its failures in the stint.
func certain(work func(context.Context, int, time.Duration) stint) func(context.Context, int, time.Duration) (stint, error) {
	return func(ctx context.Context, clients int, d time.Duration) (stint, error) {
		return work(ctx, clients, d), nil
	}
}

// filing measures what filing a case costs: in process and over HTTP against
// pgbench, which runs the same statements; with many towns against few; and how
// long it takes where many file in one town.
func (b *bench) filing(ctx context.Context) (err error) {
	towns, err := b.townsOf(few)
	if err != nil {
		return err
	}
	w, err := b.openWindow(ctx, b.server.ServiceURL(few), towns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	ways := []*way{newWay("in process", certain(w.anywhere))}
	bare, bareErr := b.rehearse(ctx, few, towns)
	if bareErr == nil {
		ways = append(ways, newWay("pgbench", bare.run))
	}
	form, formErr := b.openCounter(ctx, few, w)
	if formErr == nil {
		defer func() { err = errors.Join(err, form.stop()) }()
		ways = append(ways, newWay("by form", certain(form.anywhere)))
	}
	if err := w.everyTown(ctx, slices.Max(crowds())); err != nil {
		return err
	}
	if err := b.takeTurns(ctx, w, ways); err != nil {
		return err
	}
	b.reportFiling(ways, errors.Join(bareErr, formErr))
	if err := b.manyTowns(ctx, w); err != nil {
		return err
	}
	return b.oneTown(ctx, w)
}

// takeTurns lets each way work for the same time, in turns, and counts what it
// leaves in the tables.
func (b *bench) takeTurns(ctx context.Context, w *window, ways []*way) error {
	var realms []pg.Realm
	for _, t := range w.towns {
		realms = append(realms, t.realm)
	}
	for run := range b.runs {
		for _, clients := range crowds() {
			for i := range ways {
				one := ways[(i+run)%len(ways)]
				before, err := b.tallyOf(ctx, few, realms)
				if err != nil {
					return err
				}
				s, err := one.work(ctx, clients, b.fileFor)
				if err = errors.Join(err, ctx.Err()); err != nil {
					return err
				}
				after, err := b.tallyOf(ctx, few, realms)
				if err != nil {
					return err
				}
				one.rates[clients] = append(one.rates[clients], s.rate)
				one.failed, one.why = one.failed+s.failed, errors.Join(one.why, s.why)
				one.each = after.since(before, s.done)
			}
		}
	}
	return nil
}

func (b *bench) reportFiling(ways []*way, lacking error) {
	by := map[string]*way{}
	for _, one := range ways {
		by[one.name] = one
	}
	bare := by["pgbench"]
	for _, compared := range []struct {
		what, name string
		aim        float64
	}{
		{"filing a case in process against pgbench with the same statements", "in process", 0.85},
		{"filing a case by form over HTTP against pgbench", "by form", 0.7},
	} {
		ours := by[compared.name]
		if ours == nil || bare == nil {
			b.table.lacking(compared.what, lacking)
			continue
		}
		what := compared.what
		for _, clients := range crowds() {
			b.table.add(figure{
				what: fmt.Sprintf("%s, %d at a time", what, clients), runs: ours.rates[clients].over(bare.rates[clients]), digits: 2, aim: compared.aim, atLeast: true,
				note: fmt.Sprintf("%.0f a second, pgbench %.0f; %s", ours.rates[clients].median(), bare.rates[clients].median(), failures(ours.failed, ours.why)),
			})
			what = "…"
		}
		if !maps.Equal(ours.each, bare.each) {
			b.table.lacking("… the same rows", fmt.Errorf("a filing leaves %v, pgbench %v", ours.each, bare.each))
		}
	}
}

func failures(n int, why error) string {
	if n == 0 {
		return "no error"
	}
	return fmt.Sprintf("%d errors: %v", n, why)
}

// manyTowns files in all towns of the large database in turns with the small one.
// Before, each connection has met each town: what it remembers of their tables is
// part of what is measured.
func (b *bench) manyTowns(ctx context.Context, small *window) (err error) {
	towns, err := b.townsOf(many)
	if err != nil {
		return err
	}
	large, err := b.openWindow(ctx, b.server.ServiceURL(many), towns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, large.Close()) }()
	crowds := []int{1, 8}
	for range 2 { // by chance some connection may have missed some town
		if err := large.everyTown(ctx, slices.Max(crowds)); err != nil {
			return err
		}
	}
	f, m := newWay("few", certain(small.anywhere)), newWay("many", certain(large.anywhere))
	for run := range b.runs {
		for _, clients := range crowds {
			pair := []*way{f, m}
			for i := range pair {
				one := pair[(i+run)%2]
				s, _ := one.work(ctx, clients, b.fileFor)
				one.rates[clients] = append(one.rates[clients], s.rate)
				one.failed, one.why = one.failed+s.failed, errors.Join(one.why, s.why, ctx.Err())
			}
		}
	}
	what := fmt.Sprintf("filing a case in process at %d towns against %d", b.towns, len(small.towns))
	for _, clients := range crowds {
		b.table.add(figure{
			what: fmt.Sprintf("%s, %d at a time", what, clients), runs: m.rates[clients].over(f.rates[clients]), digits: 2, aim: 0.9, atLeast: true,
			note: fmt.Sprintf("%.0f a second against %.0f; %s", m.rates[clients].median(), f.rates[clients].median(), failures(m.failed, m.why)),
		})
		what = "…"
	}
	return nil
}

// oneTown lets several file in the same town.
func (b *bench) oneTown(ctx context.Context, w *window) error {
	var p50, p99, rate sample
	failed, why := 0, error(nil)
	for range b.runs {
		s := toil(ctx, inOneTown, b.fileFor, func(int) error { return w.file(ctx, w.towns[0]) })
		p50, p99, rate = append(p50, s.each.quantile(0.5)), append(p99, s.each.quantile(0.99)), append(rate, s.rate)
		failed, why = failed+s.failed, errors.Join(why, s.why)
	}
	b.table.add(figure{
		what: fmt.Sprintf("%d who file in one town at the same time, p99", inOneTown), runs: p99, unit: " ms", digits: 1, aim: 60,
		note: fmt.Sprintf("p50 %.1f ms, %.0f a second; %s", p50.median(), rate.median(), failures(failed, why)),
	})
	return ctx.Err()
}

// newSecret is a server key for this run.
func newSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: it stops the program instead
	return hex.EncodeToString(key)
}

// superOf opens a database for what a superuser alone may see or set.
func (p *place) superOf(database string) (*sql.DB, error) {
	return sql.Open("postgres", p.server.SuperURL(database))
}
