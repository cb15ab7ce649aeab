package results_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"testing"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/provision"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
	"charterhouse/locales"
	"charterhouse/migrations"
	"charterhouse/tenants"

	_ "github.com/lib/pq" // for looking behind the door
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(t testing.TB, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	must(t, err)
	return d
}

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// set takes „2026-11-20 09:00“ in Vilnius.
func (c *clock) set(t testing.TB, s string) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Vilnius")
	must(t, err)
	now, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	must(t, err)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// house is a database with two towns, and the desk that works in it.
type house struct {
	*clock
	t      testing.TB
	db     *pg.DB
	raw    *sql.DB
	urls   *pgtest.Database
	keeper *results.Keeper
}

func load() (*i18n.Catalog, provision.Packs, error) {
	words, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, nil, err
	}
	packs, err := provision.LoadPacks(tenants.Files, english(words))
	return words, packs, err
}

func english(c *i18n.Catalog) func(string, map[string]any) string {
	return func(key string, args map[string]any) string { return c.Say("en", i18n.Key(key), args) }
}

// build provisions the towns once for all tests.
func build(db *pgtest.Database) error {
	ctx := context.Background()
	now := time.Date(2025, 1, 2, 9, 0, 0, 0, time.UTC) // their charters are older than any case
	options := pg.Options{URL: db.SuperURL, Pool: 4, Clock: func() time.Time { return now }, Seal: audit.Append}
	super, err := pg.OpenAdmin(ctx, options)
	if err != nil {
		return err
	}
	err = super.Setup(ctx, db.ServiceURL)
	if err = errors.Join(err, super.Close()); err != nil {
		return err
	}
	options.URL = db.AdminURL
	admin, err := pg.OpenAdmin(ctx, options)
	if err != nil {
		return err
	}
	defer admin.Close()
	m, err := admin.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return err
	}
	report, err := m.Run(ctx)
	if err = errors.Join(err, report.Err()); err != nil {
		return err
	}
	words, packs, err := load()
	if err != nil {
		return err
	}
	for _, slug := range []string{"klaipeda", "chuprene"} {
		dir, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return err
		}
		town, problems := provision.Load(dir, packs, english(words))
		if len(problems) > 0 {
			return errors.New(problems[0].String())
		}
		if _, err := provision.Create(ctx, admin, m, packs[town.Country], town, false); err != nil {
			return err
		}
	}
	return nil
}

func open(t testing.TB) *house {
	t.Helper()
	db := pgtest.Prepared(t, "results-towns", build)
	h := &house{clock: &clock{}, t: t, urls: db, keeper: &results.Keeper{}}
	h.set(t, "2026-11-20 09:00") // a Friday
	h.db = h.door()
	var err error
	h.raw, err = sql.Open("postgres", db.SuperURL)
	must(t, err)
	t.Cleanup(func() { h.raw.Close() })
	words, packs, err := load()
	must(t, err)
	d := &casework.Desk{Countries: map[string]casework.Country{}}
	for country, pack := range packs {
		zone, err := time.LoadLocation(pack.Zone)
		must(t, err)
		calendar, err := deadline.Compile(pack.Calendar)
		must(t, err)
		d.Countries[country] = casework.Country{Rules: pack.Casework, Calendar: calendar, Zone: zone}
	}
	d.Keys, err = casework.NewKeys([]byte("0123456789abcdef0123456789abcdef"), nil)
	must(t, err)
	d.Post, err = notify.New(notify.Options{Catalog: words, From: "post@charter.example", Head: func(ctx context.Context, tx *pg.Tx) (notify.Head, error) {
		p, err := tenant.Export(ctx, tx)
		return notify.Head{Name: p.Name, Organisation: p.Contact.Organisation, Brand: p.Brand, Origin: "http://x.localhost"}, err
	}})
	must(t, err)
	h.keeper.Desk = d
	return h
}

// door opens one of its own.
func (h *house) door() *pg.DB {
	h.t.Helper()
	db, err := pg.Open(h.t.Context(), pg.Options{URL: h.urls.ServiceURL, Pool: 12, Clock: h.time, Seal: audit.Append})
	must(h.t, err)
	h.t.Cleanup(func() { db.Close() })
	return db
}

func realm(t testing.TB, slug string) pg.Realm {
	t.Helper()
	r, err := pg.Town(slug)
	must(t, err)
	return r
}

// write runs in a transaction of the town.
func (h *house) write(slug string, fn func(*casework.Town, *pg.Tx) error) error {
	return h.db.Write(h.t.Context(), realm(h.t, slug), func(tx *pg.Tx) error {
		town, err := h.keeper.Desk.Read(h.t.Context(), tx)
		if err != nil {
			return err
		}
		return fn(town, tx)
	})
}

func (h *house) ok(slug string, fn func(*casework.Town, *pg.Tx) error) {
	h.t.Helper()
	must(h.t, h.write(slug, fn))
}

func (h *house) marked(slug string) (done results.Done) {
	h.t.Helper()
	h.ok(slug, func(_ *casework.Town, tx *pg.Tx) (err error) {
		done, err = h.keeper.Marked(h.t.Context(), tx)
		return err
	})
	return done
}

func (h *house) everything(slug string) (done results.Done) {
	h.t.Helper()
	h.ok(slug, func(_ *casework.Town, tx *pg.Tx) (err error) {
		done, err = h.keeper.Everything(h.t.Context(), tx)
		return err
	})
	return done
}

// ask reads one value behind the door.
func ask[T any](h *house, q string, args ...any) (v T) {
	h.t.Helper()
	must(h.t, h.raw.QueryRowContext(h.t.Context(), q, args...).Scan(&v))
	return v
}

// do changes something behind the door.
func (h *house) do(q string, args ...any) {
	h.t.Helper()
	if _, err := h.raw.ExecContext(h.t.Context(), q, args...); err != nil {
		h.t.Fatalf("%s: %v", q, err)
	}
}

// figures is everything that was computed for a town, as one text.
func (h *house) figures(slug string) string {
	h.t.Helper()
	s := realm(h.t, slug).Name()
	return ask[string](h, fmt.Sprintf(`SELECT COALESCE(string_agg(f::text, E'\n' ORDER BY month, indicator, kind), '') FROM %s.figures f`, s)) + "\n--\n" +
		ask[string](h, `SELECT COALESCE(string_agg(f::text, E'\n' ORDER BY month, indicator), '') FROM platform.facts f WHERE tenant = $1`, s)
}

// put writes cases past the verbs, as rows of a town, and gives them the least
// that a case has beside.
func (h *house) put(slug string, all []casework.Outcome) {
	h.t.Helper()
	s := realm(h.t, slug).Name()
	tx, err := h.raw.BeginTx(h.t.Context(), nil)
	must(h.t, err)
	base := ask[int](h, fmt.Sprintf(`SELECT COALESCE(max(seq), 0) FROM %s.cases`, s))
	for i, o := range all {
		n := base + i + 1
		var id int64
		must(h.t, tx.QueryRow(fmt.Sprintf(`INSERT INTO %s.case_receipts (nonce_hash, code_hash, key_id) VALUES (sha256($1::bytea), sha256($2::bytea), 'x') RETURNING id`, s),
			fmt.Sprintf("n%d", n), fmt.Sprintf("c%d", n)).Scan(&id))
		var extended any
		if o.Extended {
			extended = o.LawDue
		}
		_, err := tx.Exec(fmt.Sprintf(`INSERT INTO %s.cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger,
				confidential, sample, department, assignee, received_on, outside, filed_at, own_due, law_due, law_verified, due_sort,
				extended_to, asked_on, stopped, answered_on, done_on, ground, score)
			VALUES ($1, 2026, $2, $3, 1, $4, $5, $6, 'lt', false, '', false, $7, '', 0, $8, false, $9, $10, $11, $12, '2026-01-01', $13, $14, $15, $16, $17, $18, 0)`, s),
			id, n, fmt.Sprintf("X-%d", n), o.Kind, o.State, o.Channel, o.Sample, o.ReceivedOn, o.RegisteredOn.In(time.UTC).Add(12*time.Hour),
			o.OwnDue, o.LawDue, o.LawVerified, extended, o.AskedOn, o.Stopped, o.AnsweredOn, o.DoneOn, o.Ground)
		must(h.t, err)
		if o.Extended {
			decided := o.LawFirst
			if !o.Notified {
				decided = decided.AddDays(1)
			}
			_, err = tx.Exec(fmt.Sprintf(`INSERT INTO %s.case_extensions (case_id, decided_on, final_on, law_from, law_to, notice) VALUES ($1, $2, $3, $4, $3, 'page')`, s),
				id, decided, o.LawDue, o.LawFirst)
			must(h.t, err)
		}
		if o.SentOn {
			_, err = tx.Exec(fmt.Sprintf(`INSERT INTO %s.case_referrals (case_id, institution, referred_on, due_on) VALUES ($1, 'x', $2, $3)`, s), id, o.DoneOn, o.LawDue)
			must(h.t, err)
		}
	}
	must(h.t, tx.Commit())
}
