package pg_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// BenchmarkRead: what a transaction costs beyond the bare statements.
func BenchmarkRead(b *testing.B) {
	h := house(b)
	db := door(b, options(h.ServiceURL))
	alpha := town(b, "alpha")
	b.Run("empty", func(b *testing.B) {
		for b.Loop() {
			must(b, db.Read(b.Context(), alpha, func(*pg.Tx) error { return nil }))
		}
	})
	b.Run("one row", func(b *testing.B) {
		for b.Loop() {
			must(b, db.Read(b.Context(), alpha, func(tx *pg.Tx) error {
				var n int
				return tx.Get(b.Context(), &n, `SELECT count(*) FROM settings WHERE key = $1`, "x")
			}))
		}
	})
	plain := raw(b, h.ServiceURL)
	b.Run("bare round trip", func(b *testing.B) {
		for b.Loop() {
			_, err := plain.Exec("SELECT 1")
			must(b, err)
		}
	})
	b.Run("bare begin and commit", func(b *testing.B) {
		for b.Loop() {
			tx, err := plain.Begin()
			must(b, err)
			must(b, tx.Commit())
		}
	})
}

const manyTowns = 325

// BenchmarkManyTowns: provisioning, the migrator with nothing to do, and the
// first request to a town on a connection that has served others.
func BenchmarkManyTowns(b *testing.B) {
	d := pgtest.New(b)
	a := admin(b, d.AdminURL)
	must(b, a.Setup(b.Context(), d.ServiceURL))
	m, err := a.Migrator(sets(), pg.MigratorOptions{})
	must(b, err)
	_, err = m.Run(b.Context())
	must(b, err)

	started := time.Now()
	many := provisionMany(b, a, m)
	took := time.Since(started)
	b.Run("provision", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(took.Seconds(), "s/325towns")
		b.ReportMetric(float64(took.Milliseconds())/manyTowns, "ms/town")
	})
	b.Run("no-op migrate", func(b *testing.B) {
		for b.Loop() {
			report, err := m.Run(b.Context())
			must(b, errors.Join(err, report.Err()))
		}
	})
	b.Run("no-op migrate with a new program", func(b *testing.B) {
		for b.Loop() {
			a, err := pg.OpenAdmin(b.Context(), options(d.AdminURL))
			must(b, err)
			m, err := a.Migrator(sets(), pg.MigratorOptions{})
			must(b, err)
			report, err := m.Run(b.Context())
			must(b, errors.Join(err, report.Err()))
			must(b, a.Close())
		}
	})
	b.Run("first request to a town on a used backend", func(b *testing.B) { firstRequests(b, d, many) })
	b.Run("all walls", func(b *testing.B) {
		db := door(b, options(d.ServiceURL))
		for b.Loop() {
			found, _, err := db.Breaches(b.Context())
			if must(b, err); len(found) > 0 {
				b.Fatal(found)
			}
		}
	})
}

func provisionMany(b *testing.B, a *pg.Admin, m *pg.Migrator) []pg.Realm {
	many := make([]pg.Realm, manyTowns)
	for i := range many {
		many[i] = town(b, fmt.Sprintf("many%03d", i))
	}
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := worker; i < len(many); i += 4 {
				if err := errors.Join(a.CreateRealm(b.Context(), many[i]), m.Realm(b.Context(), many[i])); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	return many
}

// firstRequests opens a fresh connection for each round and visits every town
// once with it.
func firstRequests(b *testing.B, d *pgtest.Database, many []pg.Realm) {
	var sum, worst time.Duration
	var backend int
	var memory float64
	n := 0
	visit := func(ctx context.Context, db *pg.DB, r pg.Realm) time.Duration {
		started := time.Now()
		must(b, db.Read(ctx, r, func(tx *pg.Tx) error {
			var n int
			return errors.Join(
				tx.Get(ctx, &n, `SELECT count(*) FROM settings WHERE key = $1`, "x"),
				tx.Get(ctx, &n, `SELECT count(*) FROM rules WHERE key = $1`, "x"),
				tx.Get(ctx, &n, `SELECT count(*) FROM charter_versions WHERE number = $1`, 1))
		}))
		return time.Since(started)
	}
	for b.Loop() {
		o := options(d.ServiceURL)
		o.Pool = 1
		db := door(b, o)
		visit(b.Context(), db, many[0])
		for _, r := range many[1:] {
			took := visit(b.Context(), db, r)
			sum, worst, n = sum+took, max(worst, took), n+1
		}
		must(b, db.Read(b.Context(), many[0], func(tx *pg.Tx) error {
			return tx.Get(b.Context(), &backend, `SELECT pg_backend_pid() WHERE $1 = 1`, 1)
		}))
		memory = anonymous(backend)
		db.Close()
	}
	b.ReportMetric(memory, "MB/backend")
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(sum.Microseconds())/float64(n)/1000, "ms/first")
	b.ReportMetric(float64(worst.Microseconds())/1000, "ms/worst")
}

// anonymous is what a local backend has for itself, in MB; 0 where the system
// does not tell.
func anonymous(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		var kb float64
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}
