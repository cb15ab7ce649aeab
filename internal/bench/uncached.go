package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
)

// uncached is what one service without a page cache showed over all runs.
type uncached struct {
	database       string
	towns          []town
	ready          sample // ms
	p50, p99       sample // ms; the same page each time
	first, first99 sample // ms; the first request to each town: median, 99 of 100
	resident       sample // MB
	heap           sample // MB
	backend        sample // MB; the largest one, with its part of what they share
	own            sample // MB; what it shares with nobody
	allOwn         sample // MB; of all backends together
	backends       sample // how many there are
}

// town is where a reader goes.
type town struct{ slug, lang string }

func (b *bench) townsOf(database string) ([]town, error) {
	towns := []town{{"klaipeda", "lt"}, {"varena", "lt"}, {"chuprene", "bg"}, {"peshtera", "bg"}}
	if database == few {
		return towns, nil
	}
	others, err := b.newcomers(b.towns - len(towns))
	if err != nil {
		return nil, err
	}
	for _, t := range others {
		towns = append(towns, town{t.Slug, t.Country})
	}
	return towns, nil
}

// withoutCache starts both services anew for each run and takes turns with them:
// time to ready, first requests, the same page again and again, memory.
func (b *bench) withoutCache(ctx context.Context) error {
	small, large := &uncached{database: few}, &uncached{database: many}
	for _, u := range []*uncached{small, large} {
		towns, err := b.townsOf(u.database)
		if err != nil {
			return err
		}
		u.towns = towns
	}
	for range b.runs {
		if err := b.oneRun(ctx, small, large); err != nil {
			return err
		}
	}
	b.reportUncached(small, large)
	return nil
}

func (b *bench) oneRun(ctx context.Context, small, large *uncached) (err error) {
	var tours []*tour
	var noise sample
	defer func() {
		for _, t := range tours {
			t.visitor.close()
			err = errors.Join(err, t.service.stop())
		}
	}()
	for _, u := range []*uncached{small, large} {
		s, err := b.serve(ctx, u.database, 0)
		if err != nil {
			return err
		}
		v, err := visit(s.addr)
		if err != nil {
			return errors.Join(err, s.stop())
		}
		t := &tour{uncached: u, service: s, visitor: v}
		tours = append(tours, t)
		u.ready = append(u.ready, milliseconds(s.ready))
		if err := t.arrive(); err != nil {
			return err
		}
	}
	for i := range b.pages {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, t := range tours {
			if err := t.again(i); err != nil {
				return err
			}
		}
		noise = append(noise, arithmetic())
	}
	b.noise = append(b.noise, noise.quantile(0.99)-noise.quantile(0.5))
	for _, t := range tours {
		t.p50, t.p99 = append(t.p50, t.took.quantile(0.5)), append(t.p99, t.took.quantile(0.99))
		if err := t.everywhere(); err != nil {
			return err
		}
	}
	time.Sleep(b.idle)
	for _, t := range tours {
		if err := t.rest(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// arithmetic takes about as long as a page and waits for nobody. What its slowest
// rounds take longer than the others is the machine's doing, not ours.
func arithmetic() float64 {
	began := time.Now()
	block := make([]byte, 64<<10)
	for range 64 {
		sum := sha256.Sum256(block)
		copy(block, sum[:])
	}
	return milliseconds(time.Since(began))
}

// tour is one reader with one service, for one run.
type tour struct {
	*uncached
	service *service
	visitor *visitor
	took    sample // ms
}

func (t *tour) read(at town, path string) (float64, error) {
	p, err := t.visitor.ok(t.service.host(at.slug), "/"+at.lang+path)
	return milliseconds(p.took), err
}

// arrive uses one town until the connections have served pages, and then asks
// each other town for its charter, the first request that it gets.
func (t *tour) arrive() error {
	for range 20 {
		if _, err := t.read(t.towns[0], "/charter"); err != nil {
			return err
		}
	}
	var first sample
	for _, other := range t.towns[1:] {
		took, err := t.read(other, "/charter")
		if err != nil {
			return err
		}
		first = append(first, took)
	}
	t.first, t.first99 = append(t.first, first.quantile(0.5)), append(t.first99, first.quantile(0.99))
	return nil
}

// again asks for the same page, after a page of another town: what the database
// has at hand is as mixed as that many towns make it.
func (t *tour) again(i int) error {
	if _, err := t.read(t.towns[1+i%(len(t.towns)-1)], "/charter"); err != nil {
		return err
	}
	took, err := t.read(t.towns[0], "/charter")
	t.took = append(t.took, took)
	return err
}

// everywhere asks each town for the other kinds of pages, so that memory is that
// of a service and of backends that have seen it all.
func (t *tour) everywhere() error {
	for _, at := range t.towns {
		for _, path := range []string{"/", "/commitments", "/due", "/search?q=a", "/charter/versions"} {
			if _, err := t.read(at, path); err != nil {
				return err
			}
		}
	}
	return nil
}

const megabyte = 1 << 20

// rest reads how much memory the idle service and its largest backend hold.
func (t *tour) rest(ctx context.Context, b *bench) error {
	m, err := memoryOf(t.service.pid())
	if err != nil {
		return err
	}
	t.resident = append(t.resident, m.resident/megabyte)
	heap, err := t.metric("go_memstats_heap_inuse_bytes")
	if err != nil {
		return err
	}
	t.heap = append(t.heap, heap/megabyte)
	rows, err := b.super.QueryContext(ctx, "SELECT pid FROM pg_stat_activity WHERE datname = '"+t.database+"' AND backend_type = 'client backend'")
	if err != nil {
		return err
	}
	defer rows.Close()
	var largest memory
	count, own := 0.0, 0.0
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return err
		}
		m, err := memoryOf(pid)
		if err != nil {
			return err
		}
		count, own = count+1, own+m.private
		if m.private > largest.private {
			largest = m
		}
	}
	t.backend, t.own = append(t.backend, largest.proportional/megabyte), append(t.own, largest.private/megabyte)
	t.backends, t.allOwn = append(t.backends, count), append(t.allOwn, own/megabyte)
	return rows.Err()
}

func (b *bench) reportUncached(small, large *uncached) {
	at := func(u *uncached) string { return fmt.Sprintf("at %d towns", len(u.towns)) }
	noise := fmt.Sprintf("of arithmetic beside it: %.2f ms above p50", b.noise.median())
	for _, u := range []*uncached{small, large} {
		b.table.add(figure{what: "uncached charter page " + at(u) + ", one reader, p50", runs: u.p50, unit: " ms", digits: 2, aim: 5})
		b.table.add(figure{what: "… p99", runs: u.p99, unit: " ms", digits: 2, aim: 15, note: noise})
	}
	b.table.add(figure{
		what: fmt.Sprintf("uncached at %d towns against %d, p50", b.towns, len(small.towns)), runs: large.p50.over(small.p50), unit: " times", digits: 2,
		note: fmt.Sprintf("p99 %.2f times", large.p99.over(small.p99).median()),
	})
	b.table.add(figure{what: "first request to a town on a used backend, p50", runs: large.first, unit: " ms", digits: 2, aim: 10})
	b.table.add(figure{what: "… p99", runs: large.first99, unit: " ms", digits: 2, aim: 10, note: noise})
	for _, u := range []*uncached{small, large} {
		b.table.add(figure{what: "start to ready, migrated, " + at(u), runs: u.ready, unit: " ms", aim: 300})
	}
	for _, u := range []*uncached{small, large} {
		b.table.add(figure{
			what: "idle memory of the service " + at(u) + ", resident, no page cache", runs: u.resident, unit: " MB", digits: 1, aim: 60,
			note: fmt.Sprintf("Go heap %.1f MB", u.heap.median()),
		})
	}
	for _, u := range []*uncached{small, large} {
		b.table.add(figure{
			what: "largest backend " + at(u) + ", all of them visited, PSS", runs: u.backend, unit: " MB", digits: 1,
			note: fmt.Sprintf("%.1f MB its own; all %.0f have %.1f MB of their own", u.own.median(), u.backends.median(), u.allOwn.median()),
		})
	}
}
