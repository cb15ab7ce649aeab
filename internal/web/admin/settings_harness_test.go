package admin_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
	"charterhouse/internal/web/admin"
	"charterhouse/internal/web/public"
	"charterhouse/internal/web/webtest"
	"charterhouse/locales"
	"charterhouse/migrations"
	"charterhouse/tenants"
)

func sure(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// words are the packs and the interface's words.
func loadWords() (*i18n.Catalog, provision.Packs, error) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, nil, err
	}
	packs, err := provision.LoadPacks(tenants.Files, func(key string, args map[string]any) string { return catalog.Say("en", i18n.Key(key), args) })
	return catalog, packs, err
}

// furnish provisions the four towns once for all tests.
func furnish(db *pgtest.Database) (err error) {
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
	owner, err := pg.OpenAdmin(ctx, options)
	if err != nil {
		return err
	}
	defer owner.Close()
	m, err := owner.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return err
	}
	if report, err := m.Run(ctx); errors.Join(err, report.Err()) != nil {
		return errors.Join(err, report.Err())
	}
	words, packs, err := loadWords()
	if err != nil {
		return err
	}
	for _, slug := range []string{"klaipeda", "peshtera"} {
		dir, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return err
		}
		town, problems := provision.Load(dir, packs, func(key string, args map[string]any) string { return words.Say("en", i18n.Key(key), args) })
		if len(problems) > 0 {
			return errors.New(problems[0].String())
		}
		if _, err := provision.Create(ctx, owner, m, packs[town.Country], town, false); err != nil {
			return err
		}
	}
	return nil
}

// office is a running service with desk and public site over two towns and the
// portal.
type office struct {
	t      testing.TB
	server *web.Server
	db     *pg.DB
	raw    *sql.DB // behind the door
	gate   *access.Gate
	desk   *casework.Desk
	mail   *notify.Post
	addr   string
	// host is whose pages are asked for, and cookie who asks.
	host, cookie string
	ahead        *atomic.Int64 // how far the clock is set forward
	// beside opens another instance of the service over the same database.
	beside func() *office
}

// officeOption changes the entrance of an office.
type officeOption func(*access.Options)

// strict is an entrance as outside a demonstration.
func strict(o *access.Options) { o.WithoutSecondFactor = false }

// demoMail keeps letters; sendingMail has a mail server, which nobody reaches.
const (
	demoMail    = ""
	sendingMail = "smtp://127.0.0.1:1"
)

func openOffice(t testing.TB, smtp string, options ...officeOption) *office {
	t.Helper()
	return openOfficeOn(t, pgtest.Prepared(t, "admin-office", furnish), smtp, options...)
}

func openOfficeOn(t testing.TB, database *pgtest.Database, smtp string, options ...officeOption) *office {
	t.Helper()
	o := &office{t: t, host: "klaipeda.localhost", ahead: &atomic.Int64{}}
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) // a Friday
	clock := func() time.Time { return now.Add(time.Duration(o.ahead.Load())) }
	words, packs, err := loadWords()
	sure(t, err)
	o.db, err = pg.Open(t.Context(), pg.Options{URL: database.ServiceURL, Pool: 10, Clock: clock, Seal: audit.Append})
	sure(t, err)
	t.Cleanup(func() { o.db.Close() })
	o.raw, err = sql.Open("postgres", database.SuperURL)
	sure(t, err)
	t.Cleanup(func() { o.raw.Close() })
	entrance := access.Options{Key: []byte("a key of the tests, longer than 32 bytes"), WithoutSecondFactor: true}
	for _, option := range options {
		option(&entrance)
	}
	o.gate, err = access.New(entrance)
	sure(t, err)
	o.mail, err = notify.New(notify.Options{Catalog: words, From: "post@charter.example", SMTP: smtp, Head: func(ctx context.Context, tx *pg.Tx) (notify.Head, error) {
		return notify.Head{Name: i18n.Text{"lt": "Klaipėda", "bg": "Пещера", "en": "Town"}, Organisation: i18n.Text{"lt": "Administracija", "en": "Administration"}, Brand: "#095787", Origin: "http://klaipeda.localhost"}, nil
	}})
	sure(t, err)
	o.desk = &casework.Desk{Post: o.mail, Countries: map[string]casework.Country{}}
	o.desk.Keys, err = casework.NewKeys([]byte("0123456789abcdef0123456789abcdef"), nil)
	sure(t, err)
	for code, pack := range packs {
		calendar, err := deadline.Compile(pack.Calendar)
		sure(t, err)
		zone, err := time.LoadLocation(pack.Zone)
		sure(t, err)
		o.desk.Countries[code] = casework.Country{Rules: pack.Casework, Calendar: calendar, Zone: zone}
	}
	store, err := files.Open(t.TempDir(), files.Room{Bytes: 1 << 30, Ticks: func() time.Duration { return 0 }})
	sure(t, err)
	t.Cleanup(func() { store.Close() })
	site := public.New(public.Options{Packs: packs, Desk: o.desk, Files: store})
	desk := admin.Options{Gate: o.gate, Post: o.mail, Desk: o.desk, Packs: packs, Files: store, Demo: smtp == demoMail}
	opened := web.Options{
		DB: o.db, Base: tenant.Base{Scheme: "http", Domain: "localhost"}, Catalog: words, Assets: webtest.Assets(t),
		Town: []web.Face{site, admin.New(desk)}, Portal: []web.Face{admin.Portal(desk)},
		PortalLangs: []string{"en", "lt", "bg"}, PortalBrand: "#445274", PortalZone: time.UTC, Gate: o.gate, Files: store,
		Clock: clock, Ticks: func() time.Duration { return time.Since(started) }, Log: slog.New(slog.NewTextHandler(logOf{t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
		PageCacheBytes: 1 << 20,
	}
	o.serve(opened)
	o.beside = func() *office {
		other := *o
		other.serve(opened)
		return &other
	}
	return o
}

// serve opens an instance.
func (o *office) serve(options web.Options) {
	o.t.Helper()
	var err error
	o.server, err = web.New(options)
	sure(o.t, err)
	sure(o.t, o.server.Refresh(o.t.Context()))
	ts := httptest.NewServer(o.server)
	o.t.Cleanup(ts.Close)
	o.addr = ts.Listener.Addr().String()
}

var started = time.Now()

// logOf shows what the service complains of with the test that caused it.
type logOf struct{ t testing.TB }

func (l logOf) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func (o *office) realm() pg.Realm {
	slug, _, sub := strings.Cut(o.host, ".")
	if !sub {
		return pg.Portal()
	}
	r, err := pg.Town(slug)
	sure(o.t, err)
	return r
}

func (o *office) write(fn func(*pg.Tx) error) {
	o.t.Helper()
	sure(o.t, o.db.Class(pg.Staff).Write(o.t.Context(), o.realm(), fn))
}

const officePassword = "gili upė teka lėtai"

// as gives an office in which somebody of these roles has signed in.
func (o *office) as(email string, roles ...access.Role) *office {
	o.t.Helper()
	ctx, out := o.t.Context(), *o
	var u access.User
	o.write(func(tx *pg.Tx) (err error) {
		u, err = access.AddUser(ctx, tx, audit.Operator(), access.NewUser{Profile: access.Profile{Email: email, Name: "Rasa Jankutė", Lang: "lt"}, Roles: roles})
		if err != nil {
			return err
		}
		password, err := o.gate.Prepare(ctx, access.HolderOfUser(u), officePassword)
		if err != nil {
			return err
		}
		return o.gate.SetLastingPassword(ctx, tx, audit.Operator(), u.ID, password)
	})
	var attempt access.Attempt
	o.write(func(tx *pg.Tx) (err error) {
		attempt, err = o.gate.Begin(ctx, tx, email, "test")
		return err
	})
	proof, err := o.gate.Verify(ctx, attempt, officePassword)
	sure(o.t, err)
	o.write(func(tx *pg.Tx) error {
		done, err := o.gate.LogIn(ctx, tx, proof, "Firefox", "")
		if err == nil && done.Refusal != nil {
			err = done.Refusal
		}
		out.cookie = "sid=" + done.Token.Reveal()
		return err
	})
	return &out
}

// got is an answer with its page.
type got struct {
	*http.Response
	body string
	*goquery.Document
}

func (o *office) do(method, path, body string) got {
	o.t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(o.t.Context()), method, "http://"+o.host+path, strings.NewReader(body))
	sure(o.t, err)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if o.cookie != "" {
		request.Header.Set("Cookie", o.cookie)
	}
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, o.addr)
		}},
	}
	answer, err := client.Do(request)
	sure(o.t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	sure(o.t, err)
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(raw)))
	sure(o.t, err)
	return got{answer, string(raw), page}
}

func (o *office) get(path string) got { o.t.Helper(); return o.do(http.MethodGet, path, "") }

// page is get of a page that is there.
func (o *office) page(path string) got {
	o.t.Helper()
	g := o.get(path)
	if g.StatusCode != http.StatusOK {
		o.t.Fatalf("%s: %d\n%s", path, g.StatusCode, g.text())
	}
	return g
}

func (o *office) post(path string, form url.Values) got {
	o.t.Helper()
	return o.do(http.MethodPost, path, form.Encode())
}
