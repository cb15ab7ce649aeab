package casework_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"sync"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/locales"
	"charterhouse/migrations"
	"charterhouse/tenants"
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

// set takes „2026-11-20 09:00“ in the zone of Vilnius and Sofia.
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

// house is a database with the four towns, and the desk that works in it.
type house struct {
	*clock
	db   *pg.DB
	desk *casework.Desk
	urls *pgtest.Database
}

func catalog() (*i18n.Catalog, error) { return i18n.Load(locales.Files) }

func packs(c *i18n.Catalog) (provision.Packs, error) {
	return provision.LoadPacks(tenants.Files, func(key string, args map[string]any) string { return c.Say("en", i18n.Key(key), args) })
}

// build provisions the towns once for all tests.
func build(db *pgtest.Database) (err error) {
	ctx := context.Background()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
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
	if report, err := m.Run(ctx); errors.Join(err, report.Err()) != nil {
		return errors.Join(err, report.Err())
	}
	words, err := catalog()
	if err != nil {
		return err
	}
	all, err := packs(words)
	if err != nil {
		return err
	}
	for _, slug := range []string{"klaipeda", "varena", "chuprene", "peshtera"} {
		dir, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return err
		}
		town, problems := provision.Load(dir, all, func(key string, args map[string]any) string { return words.Say("en", i18n.Key(key), args) })
		if len(problems) > 0 {
			return errors.New(problems[0].String())
		}
		if _, err := provision.Create(ctx, admin, m, all[town.Country], town, false); err != nil {
			return err
		}
	}
	return nil
}

func open(t testing.TB) *house {
	t.Helper()
	db := pgtest.Prepared(t, "casework-towns", build)
	h := &house{clock: &clock{}, urls: db}
	h.set(t, "2026-11-20 09:00") // a Friday
	var err error
	h.db, err = pg.Open(t.Context(), pg.Options{URL: db.ServiceURL, Pool: 20, Clock: h.time, Seal: audit.Append})
	must(t, err)
	t.Cleanup(func() { h.db.Close() })
	h.desk = newDesk(t)
	return h
}

func newDesk(t testing.TB) *casework.Desk {
	t.Helper()
	words, err := catalog()
	must(t, err)
	all, err := packs(words)
	must(t, err)
	d := &casework.Desk{Countries: map[string]casework.Country{}}
	for country, pack := range all {
		zone, err := time.LoadLocation(pack.Zone)
		must(t, err)
		calendar, err := deadline.Compile(pack.Calendar)
		must(t, err)
		d.Countries[country] = casework.Country{Rules: pack.Casework, Calendar: calendar, Zone: zone}
	}
	d.Keys, err = casework.NewKeys([]byte("0123456789abcdef0123456789abcdef"), nil)
	must(t, err)
	d.Post, err = notify.New(notify.Options{Catalog: words, From: "post@charter.example", Head: head})
	must(t, err)
	return d
}

func head(ctx context.Context, tx *pg.Tx) (notify.Head, error) {
	p, err := tenant.Export(ctx, tx)
	return notify.Head{Name: p.Name, Organisation: p.Contact.Organisation, Brand: p.Brand, Origin: "http://" + p.Slug + ".localhost"}, err
}

// town is one town of the house.
type town struct {
	*house
	t     testing.TB
	realm pg.Realm
	// officer handles cases; a second one only exists.
	officer casework.Officer
}

func (h *house) in(t testing.TB, slug string) *town {
	t.Helper()
	realm, err := pg.Town(slug)
	must(t, err)
	w := &town{house: h, t: t, realm: realm}
	w.officer = w.user("rasa@" + slug + ".example")
	return w
}

// user makes an account of somebody who has accepted it: an officer's where no
// role is named.
func (w *town) user(email string, roles ...access.Role) casework.Officer {
	w.t.Helper()
	who := w.invited(email, roles...)
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		_, err := tx.Exec(w.t.Context(), `UPDATE user_secrets SET password = 'of the tests' WHERE user_id = $1`, who.User)
		return err
	})
	return who
}

// invited makes an account whose invitation is not accepted yet.
func (w *town) invited(email string, roles ...access.Role) casework.Officer {
	w.t.Helper()
	if len(roles) == 0 {
		roles = []access.Role{access.Officer}
	}
	var u access.User
	must(w.t, w.write(func(_ *casework.Town, tx *pg.Tx) (err error) {
		lang := "lt"
		if w.realm.Name() == "t_chuprene" || w.realm.Name() == "t_peshtera" {
			lang = "bg"
		}
		u, err = access.AddUser(w.t.Context(), tx, audit.Operator(), access.NewUser{
			Profile: access.Profile{Email: email, Name: "Rasa Jankutė", Lang: lang}, Roles: roles,
		})
		return err
	}))
	return casework.Officer{Actor: u.Person(), User: u.ID}
}

// write runs a verb in a transaction of its own.
func (w *town) write(fn func(*casework.Town, *pg.Tx) error) error {
	return w.db.Write(w.t.Context(), w.realm, func(tx *pg.Tx) error {
		t, err := w.desk.Read(w.t.Context(), tx)
		if err != nil {
			return err
		}
		return fn(t, tx)
	})
}

func (w *town) ok(fn func(*casework.Town, *pg.Tx) error) {
	w.t.Helper()
	must(w.t, w.write(fn))
}

// ticket is what a form carries.
func (w *town) ticket() (s string) {
	w.t.Helper()
	w.ok(func(t *casework.Town, tx *pg.Tx) (err error) {
		s, err = t.Ticket(tx.Now)
		return err
	})
	return s
}

// filing is a form filled in well.
func (w *town) filing(kind string) casework.Filing {
	w.t.Helper()
	lang := "lt"
	if w.realm.Name() == "t_chuprene" || w.realm.Name() == "t_peshtera" {
		lang = "bg"
	}
	return casework.Filing{
		Ticket: w.ticket(), Kind: kind, Lang: lang, Title: "Nedega žibintas", Body: "Prie mokyklos vartų nuo pirmadienio tamsu.",
		Person: casework.Person{Name: "Ona Onaitė", Email: "ona@example.org", ReplyBy: casework.ByEmail},
	}
}

// anonymous takes the person out of it.
func anonymous(f casework.Filing) casework.Filing {
	f.Anonymous, f.Person = true, casework.Person{}
	return f
}

func (w *town) submit(f casework.Filing) (r casework.Receipt, err error) {
	err = w.write(func(t *casework.Town, tx *pg.Tx) error {
		r, err = t.Submit(w.t.Context(), tx, f)
		return err
	})
	return r, err
}

// filed submits a good form and has it told of, as the runner does a moment later.
func (w *town) filed(kind string) casework.Receipt {
	w.t.Helper()
	r, err := w.submit(w.filing(kind))
	must(w.t, err)
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "filed"})
	return r
}

func (w *town) find(number string) (c *casework.Case) {
	w.t.Helper()
	w.ok(func(_ *casework.Town, tx *pg.Tx) (err error) {
		c, err = casework.Find(w.t.Context(), tx, number)
		return err
	})
	return c
}

func ref(r casework.Receipt) casework.Ref { return casework.Ref{Number: r.Case.Number} }

// pass opens a case as its submitter does.
func (w *town) pass(r casework.Receipt, then func(*casework.Town, *pg.Tx, casework.Pass) error) error {
	return w.write(func(t *casework.Town, tx *pg.Tx) error {
		_, p, err := t.Track(w.t.Context(), tx, r.Case.Number, r.Code.String())
		if err != nil {
			return err
		}
		return then(t, tx, p)
	})
}

// refused wants a refusal of the kind with a key, of the whole or of a field.
func refused(t testing.TB, err error, kind fault.Kind, field string, key i18n.Key) {
	t.Helper()
	e, ok := fault.Of(err)
	if !ok || e.Kind != kind {
		t.Fatalf("got %v, want a refusal: %s %s %s", err, kind, field, key)
	}
	if field == "" && e.Key == string(key) {
		return
	}
	for _, f := range e.Fields {
		if f.Name == field && f.Key == string(key) {
			return
		}
	}
	t.Fatalf("got %v, want %s on %q", err, key, field)
}

// count asks a number of the town's schema, past the verbs.
func (w *town) count(q func(ctx context.Context, tx *pg.Tx, n *int) error) (n int) {
	w.t.Helper()
	must(w.t, w.db.Read(w.t.Context(), w.realm, func(tx *pg.Tx) error { return q(w.t.Context(), tx, &n) }))
	return n
}

// letters are the mails to who files the forms filled in well, the oldest first.
func (w *town) letters() []notify.Mail {
	w.t.Helper()
	return slices.DeleteFunc(w.mails(), func(m notify.Mail) bool { return m.To != "ona@example.org" })
}

// mails are the letters of the town, the oldest first.
func (w *town) mails() (all []notify.Mail) {
	w.t.Helper()
	must(w.t, w.db.Read(w.t.Context(), w.realm, func(tx *pg.Tx) error {
		list, _, err := notify.List(w.t.Context(), tx, notify.Filter{}, 0)
		for i := len(list) - 1; i >= 0 && err == nil; i-- {
			var m notify.Mail
			m, err = notify.Reveal(w.t.Context(), tx, list[i].ID)
			all = append(all, m)
		}
		return err
	}))
	return all
}
