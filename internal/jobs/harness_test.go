package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/migrations"

	_ "github.com/lib/pq" // for looking behind the door
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func town(slug string) pg.Realm {
	r, err := pg.Town(slug)
	if err != nil {
		panic(err) // a constant of the test
	}
	return r
}

// build fills a database with the portal and two towns. Each has a table where
// the handlers of the tests leave their effects, without any constraint: an
// effect that happens twice is seen twice.
func build(db *pgtest.Database) error {
	ctx := context.Background()
	admin, err := pg.OpenAdmin(ctx, pg.Options{URL: db.SuperURL, Clock: time.Now})
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := admin.Setup(ctx, db.ServiceURL); err != nil {
		return err
	}
	for _, slug := range []string{"alpha", "beta"} {
		if err := admin.CreateRealm(ctx, town(slug)); err != nil {
			return err
		}
	}
	migrator, err := admin.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return err
	}
	report, err := migrator.Run(ctx)
	if err = errors.Join(err, report.Err()); err != nil {
		return err
	}
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		return err
	}
	defer raw.Close()
	for _, realm := range []string{"t_alpha", "t_beta", "portal"} {
		for _, q := range []string{
			`CREATE TABLE ` + realm + `.effects (n bigint, note text)`,
			`CREATE TABLE ` + realm + `.promises (n bigint, due_on date)`,
			`GRANT SELECT, INSERT ON ` + realm + `.effects, ` + realm + `.promises TO ` + realm,
		} {
			if _, err := raw.Exec(q); err != nil {
				return err
			}
		}
	}
	return nil
}

// clock is the time of day of a test: the machine's, moved.
type clock struct{ moved atomic.Int64 }

func (c *clock) now() time.Time        { return time.Now().Add(time.Duration(c.moved.Load())) }
func (c *clock) move(by time.Duration) { c.moved.Add(int64(by)) }
func (c *clock) set(to time.Time)      { c.moved.Store(int64(time.Until(to))) }
func ticks() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}
func quiet(t testing.TB) *slog.Logger { return slog.New(slog.NewTextHandler(testLog{t}, nil)) }
func zone(name string) *time.Location { z, _ := time.LoadLocation(name); return z }

// testLog shows what the runner logs where a test fails.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) { l.t.Log(string(p)); return len(p), nil }

// house is a database with a door whose bell a runner hears.
type house struct {
	t     *testing.T
	data  *pgtest.Database
	db    *pg.DB
	raw   *sql.DB
	clock *clock
	bell  *jobs.Bell
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, data: pgtest.Prepared(t, "jobs", build), clock: &clock{}, bell: jobs.NewBell()}
	h.db = h.door(h.bell)
	raw, err := sql.Open("postgres", h.data.SuperURL)
	must(t, err)
	h.raw = raw
	t.Cleanup(func() { raw.Close() })
	return h
}

func (h *house) door(bell *jobs.Bell) *pg.DB {
	h.t.Helper()
	o := pg.Options{URL: h.data.ServiceURL, Clock: h.clock.now, Seal: audit.Append}
	if bell != nil {
		o.Wake = bell.Ring
	}
	db, err := pg.Open(h.t.Context(), o)
	must(h.t, err)
	h.t.Cleanup(func() { db.Close() })
	return db
}

func places() []jobs.Place {
	return []jobs.Place{
		{Realm: town("alpha"), Zone: zone("Europe/Vilnius")},
		{Realm: town("beta"), Zone: zone("Europe/Sofia")},
		{Realm: pg.Portal(), Zone: time.UTC},
	}
}

// options of a runner that sweeps seldom: what it finds, it was told or had seen.
func (h *house) options(kinds ...jobs.Kind) jobs.Options {
	return jobs.Options{
		DB: h.db, Bell: h.bell, Kinds: kinds, Ticks: ticks(), Log: quiet(h.t), Sweep: time.Hour,
		Realms: func(context.Context) ([]jobs.Place, error) { return places(), nil },
	}
}

// start runs a runner until the test or stop ends it.
func (h *house) start(o jobs.Options) (r *jobs.Runner, stop func() error) {
	h.t.Helper()
	r, err := jobs.New(o)
	must(h.t, err)
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	h.t.Cleanup(func() { _ = stop() })
	return r, stop
}

func (h *house) write(realm pg.Realm, fn func(context.Context, *pg.Tx) error) {
	h.t.Helper()
	must(h.t, h.db.Write(h.t.Context(), realm, func(tx *pg.Tx) error { return fn(h.t.Context(), tx) }))
}

func (h *house) enqueue(realm pg.Realm, all ...jobs.Job) {
	h.t.Helper()
	h.write(realm, func(ctx context.Context, tx *pg.Tx) error {
		for _, j := range all {
			if err := jobs.Enqueue(ctx, tx, j); err != nil {
				return err
			}
		}
		return nil
	})
}

// one looks behind the door.
func one[T any](h *house, q string, args ...any) (out T) {
	h.t.Helper()
	if err := h.raw.QueryRow(q, args...).Scan(&out); err != nil {
		h.t.Fatalf("%s: %v", q, err)
	}
	return out
}

func (h *house) effects(realm string) int {
	return one[int](h, `SELECT count(*) FROM `+realm+`.effects`)
}

// until waits for something that must come soon.
func (h *house) until(what string, is func() bool) {
	h.t.Helper()
	limit := time.Now().Add(time.Minute)
	for !is() {
		if time.Now().After(limit) {
			h.t.Fatalf("in a minute not: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// number is the argument of the tests' jobs.
type number struct{ N int64 }

func effect(ctx context.Context, tx *pg.Tx, n int64, note string) error {
	_, err := tx.Exec(ctx, `INSERT INTO effects (n, note) VALUES ($1, $2)`, n, note)
	return err
}

// noting is a kind that leaves its number.
func noting(name string) jobs.Kind {
	return jobs.InTx(name, func(ctx context.Context, tx *pg.Tx, a number) error { return effect(ctx, tx, a.N, name) })
}

// soon pauses a little after a failure.
func soon(int) time.Duration { return time.Millisecond }

func logToErr() *slog.Logger { return slog.New(slog.NewTextHandler(os.Stderr, nil)) }
