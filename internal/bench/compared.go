package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"charterhouse/internal/comparison"
	"charterhouse/internal/deadline"
	"charterhouse/internal/results"
)

// nation is a database with the municipalities of two countries, each with cases.
const nation = "nation"

// compared measures what it costs to set municipalities side by side: the pages of
// the portal and of a town without the page cache, the counting behind them, and
// the same question put to all schemas.
func (b *bench) compared(ctx context.Context) error {
	towns, err := b.municipal()
	if err != nil {
		return err
	}
	at := fmt.Sprintf("%d municipalities with %d cases each", len(towns), b.cases)
	if err := b.populate(ctx, towns, at); err != nil {
		return err
	}
	if err := b.recount(ctx, at); err != nil {
		return err
	}
	if err := b.nationSize(ctx, at); err != nil {
		return err
	}
	if err := b.comparedPages(ctx, towns, at); err != nil {
		return err
	}
	return b.behindThePages(ctx, towns)
}

// comparedPages asks for pages with their filters, town after town, so that no two
// in a row are the same; then the memory of whoever has shown them.
func (b *bench) comparedPages(ctx context.Context, towns []town, at string) (err error) {
	s, err := b.serve(ctx, nation, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	v, err := visit(s.addr)
	if err != nil {
		return err
	}
	defer v.close()
	filters := []string{"", "?country=all", "?country=bg", "?country=lt&size=small", "?country=all&sort=worst"}
	indicators := comparison.Indicators()
	kinds := []struct {
		what string
		aim  float64
		ask  func(i int) (host, path string)
	}{
		{"/compare", 50, func(i int) (string, string) { return "localhost", "/lt/compare" + filters[i%len(filters)] }},
		{"/compare/{indicator}", 50, func(i int) (string, string) {
			return "localhost", "/bg/compare/" + string(indicators[i%len(indicators)].Key) + filters[i/len(indicators)%len(filters)]
		}},
		{"/municipalities/{slug}", 50, func(i int) (string, string) {
			return "localhost", "/lt/municipalities/" + towns[i*7%len(towns)].slug
		}},
		{"a town's /results", 100, func(i int) (string, string) {
			t := towns[i*7%len(towns)]
			return s.host(t.slug), "/" + t.lang + "/results"
		}},
	}
	what := "uncached p95 at " + at + ": "
	for _, kind := range kinds {
		var p50, p95 sample
		for range b.runs {
			var took sample
			for i := range b.pages {
				host, path := kind.ask(i)
				p, err := v.ok(host, path)
				if err != nil {
					return err
				}
				took = append(took, milliseconds(p.took))
			}
			p50, p95 = append(p50, took.quantile(0.5)), append(p95, took.quantile(0.95))
		}
		b.table.add(figure{what: what + kind.what, runs: p95, unit: " ms", digits: 1, aim: kind.aim, note: fmt.Sprintf("p50 %.1f ms", p50.median())})
		what = "… "
	}
	t := &tour{uncached: &uncached{database: nation, towns: towns}, service: s, visitor: v}
	for _, at := range towns {
		if _, err := t.read(at, "/results"); err != nil {
			return err
		}
	}
	time.Sleep(b.idle)
	if err := t.rest(ctx, b); err != nil {
		return err
	}
	b.table.add(figure{what: "memory of the service after these pages, resident", runs: t.resident, unit: " MB", digits: 1, note: fmt.Sprintf("Go heap %.1f MB", t.heap.median())})
	b.table.add(figure{
		what: "… of its largest backend, PSS", runs: t.backend, unit: " MB", digits: 1,
		note: fmt.Sprintf("%.1f MB its own; all %.0f have %.1f MB of their own", t.own.median(), t.backends.median(), t.allOwn.median()),
	})
	return nil
}

// lastYear are the twelve months that are over, as the portal compares them.
func lastYear() results.Period {
	today := deadline.Of(time.Now(), time.UTC)
	return results.RollingTo(results.MonthOf(today).From.AddDays(-1))
}
