package web_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
	"charterhouse/locales"
	"charterhouse/migrations"
)

// The towns of the tests. Each name is a canary: none may be seen on another
// town's host or on no town's.
const (
	canaryA = "CNRY-alpha"
	canaryB = "CNRY-beta"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// build fills a database with the portal, two towns, and one that is suspended.
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
	for _, slug := range []string{"alpha", "beta", "gamma"} {
		realm, err := pg.Town(slug)
		if err != nil {
			return err
		}
		if err := admin.CreateRealm(ctx, realm); err != nil {
			return err
		}
	}
	migrator, err := admin.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return err
	}
	report, err := migrator.Run(ctx)
	if err != nil {
		return err
	}
	if err := report.Err(); err != nil {
		return err
	}
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		return err
	}
	defer raw.Close()
	for _, q := range []string{
		`INSERT INTO platform.tenants (slug, realm, state, country, zone, name, short_name, region, languages, brand, created_at) VALUES
			('alpha', 't_alpha', 'active', 'lt', 'Europe/Vilnius', '{"lt": "CNRY-alpha miestas", "en": "CNRY-alpha town"}', '{"lt": "A"}', '{}', '["lt", "en"]', '#095785', now()),
			('beta', 't_beta', 'active', 'bg', 'Europe/Sofia', '{"bg": "CNRY-beta община"}', '{"bg": "B"}', '{}', '["bg", "en"]', '#773b7b', now()),
			('gamma', 't_gamma', 'suspended', 'bg', 'Europe/Sofia', '{"bg": "CNRY-gamma"}', '{"bg": "C"}', '{}', '["bg"]', '#773b7b', now())`,
		`INSERT INTO platform.domains (host, tenant_id) SELECT 'charter.alpha.example', id FROM platform.tenants WHERE slug = 'alpha'`,
		`INSERT INTO platform.revisions (realm, revision) VALUES ('t_alpha', 1), ('t_beta', 1)`,
	} {
		if _, err := raw.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

// house is a running server over a database of its own.
type house struct {
	*web.Server
	db      *pg.DB
	raw     *sql.DB // behind the door
	addr    string
	log     *lines
	now     atomic.Pointer[time.Time]
	skip    atomic.Int64 // added to Ticks
	made    atomic.Int64 // pages that were rendered
	slow    chan struct{}
	options web.Options
}

// lines is a log that may be read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

type option func(*web.Options)

func start(t testing.TB, options ...option) *house {
	t.Helper()
	return startOn(t, pgtest.Prepared(t, "web", build), options...)
}

func startOn(t testing.TB, database *pgtest.Database, options ...option) *house {
	t.Helper()
	h := &house{log: &lines{}, slow: make(chan struct{})}
	noon := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	h.now.Store(&noon)
	clock := func() time.Time { return *h.now.Load() }
	var err error
	h.db, err = pg.Open(t.Context(), pg.Options{URL: database.ServiceURL, Clock: clock, Seal: audit.Append})
	must(t, err)
	t.Cleanup(func() { h.db.Close() })
	h.raw, err = sql.Open("postgres", database.SuperURL)
	must(t, err)
	t.Cleanup(func() { h.raw.Close() })
	words, err := i18n.Load(locales.Files)
	must(t, err)
	began := time.Now()
	face := h.face()
	opt := web.Options{
		DB: h.db, Base: tenant.Base{Scheme: "http", Domain: "localhost", Port: "8080"},
		Catalog: words.Reporting(func(err error) { t.Error(err) }), Assets: webtest.Assets(t),
		Town: []web.Face{face}, Portal: []web.Face{face}, PortalLangs: []string{"en", "lt", "bg"}, PortalBrand: "#445274", PortalZone: time.UTC, PageCacheBytes: 64 << 20,
		Clock: clock, Ticks: func() time.Duration { return time.Since(began) + time.Duration(h.skip.Load()) },
		Log: slog.New(slog.NewJSONHandler(h.log, nil)),
	}
	for _, o := range options {
		o(&opt)
	}
	h.options = opt
	h.Server, err = web.New(opt)
	must(t, err)
	must(t, h.Refresh(t.Context()))
	h.serve(t)
	return h
}

// serve listens with the server that h has now.
func (h *house) serve(t testing.TB) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	h.addr = listener.Addr().String()
	server := h.HTTP(h.addr)
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
}

// face is a small site with a page of every sort.
func (h *house) face() web.Face {
	page := func(template string) web.Handler {
		return func(r *web.Request) (web.Reply, error) {
			h.made.Add(1)
			p := &testPage{Frame: web.Frame{Title: template, Menu: "/charter"}, Query: r.Query.Get("q"), Key: r.Param("key"), ID: r.ID}
			err := r.Tx.Get(r.Ctx, &p.Role, `SELECT current_user WHERE $1`, true)
			p.Today = r.Today.String()
			return web.HTML("page", p), err
		}
	}
	refuse := func(r *web.Request) (web.Reply, error) {
		return web.Reply{}, fault.Wrap(fault.Kind(r.Param("kind")), web.KeyNotFoundText, errors.New("secret cause")).On("date", string(web.KeyInputText))
	}
	return web.Face{
		Name: "test",
		Templates: fstest.MapFS{"page.html": &fstest.MapFile{Data: []byte(`{{template "_top" .}}{{template "_crumbs" .}}<h1>{{.Title}}</h1>
<p>{{.Name}} {{.Role}} {{.Today}} q={{.Query}} key={{.Key}}</p>{{range .Filler}}<p>{{.}}</p>{{end}}{{template "_bottom" .}}`)}},
		Menu: []web.MenuItem{{Path: "/charter", Key: web.KeySiteCharter}},
		Routes: web.Routes{
			web.Page("/", page("home")),
			web.Page("/charter", page("charter")),
			web.Page("/charter/versions/:key", page("version")),
			web.Page("/refuse/:kind", refuse),
			web.Page("/secret", func(r *web.Request) (web.Reply, error) {
				h.made.Add(1)
				return web.HTML("page", &testPage{}).NoStore(), nil
			}),
			web.Page("/form", func(r *web.Request) (web.Reply, error) {
				return web.HTML("page", &testPage{Frame: web.Frame{Title: "Due", Invalid: true}}).Status(http.StatusUnprocessableEntity), nil
			}),
			web.Page("/moved", func(r *web.Request) (web.Reply, error) { return web.Redirect(r.URL("/charter")), nil }),
			web.Page("/nothing", func(*web.Request) (web.Reply, error) { return web.Reply{}, nil }),
			web.Page("/panic", func(*web.Request) (web.Reply, error) { panic("secret panic") }),
			web.Page("/defect", func(*web.Request) (web.Reply, error) { return web.Reply{}, errors.New("secret defect") }),
			web.Page("/broken", func(*web.Request) (web.Reply, error) { return web.HTML("missing", &testPage{}), nil }),
			web.Page("/slow", func(r *web.Request) (web.Reply, error) {
				h.made.Add(1)
				<-h.slow
				return web.HTML("page", &testPage{}), nil
			}),
			web.File("/robots.txt", func(r *web.Request) (web.Reply, error) {
				return web.Bytes("text/plain; charset=utf-8", []byte("Sitemap: "+r.Absolute("/sitemap.xml"))), nil
			}),
			web.File("/list.csv", func(r *web.Request) (web.Reply, error) {
				return web.Bytes("text/csv; charset=utf-8", []byte("a;b\n")).As("sąrašas.csv").Immutable(), nil
			}),
		},
		Complete: func(r *web.Request, f *web.Frame) error {
			var role string
			err := r.Tx.Get(r.Ctx, &role, `SELECT current_user WHERE $1`, true)
			f.Contact.Email = role + "@example.lt"
			return err
		},
	}
}

type testPage struct {
	web.Frame
	Role, Today, Query, Key, ID string
}

// Filler makes the page long enough to be worth compressing.
func (testPage) Filler() []string { return strings.Fields(strings.Repeat("pažadas ", 200)) }

// reply is an answer as it came over the wire.
type reply struct {
	*http.Response
	body string
}

// get asks like a browser; headers come in pairs.
func (h *house) get(t testing.TB, host, path string, headers ...string) reply {
	t.Helper()
	return h.do(t, "GET", host, path, headers...)
}

func (h *house) do(t testing.TB, method, host, path string, headers ...string) reply {
	t.Helper()
	var b strings.Builder
	b.WriteString(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n")
	for i := 0; i < len(headers); i += 2 {
		b.WriteString(headers[i] + ": " + headers[i+1] + "\r\n")
	}
	if method == "POST" {
		b.WriteString("Content-Length: 0\r\n")
	}
	return h.raws(t, method, b.String()+"Connection: close\r\n\r\n")
}

// raws sends the bytes of a request as they are.
func (h *house) raws(t testing.TB, method, request string) reply {
	t.Helper()
	conn, err := net.Dial("tcp", h.addr)
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(2*time.Minute)))
	go io.WriteString(conn, request) // the server may answer before it has read all
	r, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.60q: %v", request, err)
	}
	body, err := io.ReadAll(r.Body)
	must(t, err)
	if n := r.Header.Get("Content-Length"); n != "" && method != "HEAD" && n != strconv.Itoa(len(body)) {
		t.Errorf("%.60q: Content-Length %s, body %d", request, n, len(body))
	}
	return reply{r, string(body)}
}

// change bumps a town's revision as a published change does.
func (h *house) change(t testing.TB, q string) {
	t.Helper()
	_, err := h.raw.Exec(q)
	must(t, err)
	must(t, h.Refresh(t.Context()))
}

// logged waits for the lines of the log that hold all the words: a line is
// written after its answer.
func (h *house) logged(t testing.TB, words ...string) []map[string]any {
	t.Helper()
	for until := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		var found []map[string]any
	next:
		for line := range strings.Lines(h.log.String()) {
			for _, w := range words {
				if !strings.Contains(line, w) {
					continue next
				}
			}
			var m map[string]any
			must(t, json.Unmarshal([]byte(line), &m))
			found = append(found, m)
		}
		if len(found) > 0 {
			return found
		}
		if time.Now().After(until) {
			t.Fatalf("no line with %q in\n%s", words, h.log.String())
		}
	}
}
