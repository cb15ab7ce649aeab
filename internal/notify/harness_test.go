package notify_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/emersion/go-smtp"

	"charterhouse/internal/audit"
	"charterhouse/internal/i18n"
	"charterhouse/internal/jobs"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/locales"
	"charterhouse/migrations"

	_ "github.com/lib/pq" // for looking behind the door
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func alpha() pg.Realm {
	r, err := pg.Town("alpha")
	if err != nil {
		panic(err) // a constant of the test
	}
	return r
}

// words are the languages of the house with the messages of a test's package.
func words(t testing.TB) *i18n.Catalog {
	t.Helper()
	own := map[string]string{
		"lt": "case.subject = \"Skundas {{.Number}} gautas\"\ncase.lead = \"gavome Jūsų skundą.\"\ncase.open = \"Skundo eiga\"\n",
		"bg": "case.subject = \"Получихме Вашата жалба {{.Number}}\"\ncase.lead = \"получихме Вашата жалба.\"\ncase.open = \"Проследи жалбата\"\n",
		"en": "case.subject = \"We have received your complaint {{.Number}}\"\ncase.lead = \"we have received your complaint.\"\ncase.open = \"Follow your complaint\"\n",
	}
	files := fstest.MapFS{}
	for lang, more := range own {
		raw, err := fs.ReadFile(locales.Files, "active."+lang+".toml")
		must(t, err)
		files["active."+lang+".toml"] = &fstest.MapFile{Data: append(raw, more...)}
	}
	c, err := i18n.Load(files)
	must(t, err)
	return c
}

func head() notify.Head {
	return notify.Head{
		Name:         i18n.Text{"lt": "Alfos savivaldybė", "bg": "Община Алфа", "en": "Alpha Municipality"},
		Organisation: i18n.Text{"lt": "Alfos savivaldybės administracija", "bg": "Общинска администрация Алфа", "en": "Administration of Alpha"},
		Brand:        "#095785", Origin: "https://alpha.example.org",
	}
}

func message(lang string) notify.Message {
	return notify.Message{
		To: "jonas@example.com", Lang: lang,
		Subject: notify.Words{Key: "case.subject", Args: i18n.Args{"Number": "AL-2026-0001"}},
		Lead:    notify.Words{Key: "case.lead"},
		Link:    notify.Link{Label: "case.open", Path: "/" + lang + "/track/open?t=0123456789abcdef"},
		About:   "case/1",
	}
}

// build fills a database with the portal and one town.
func build(db *pgtest.Database) error {
	ctx := context.Background()
	admin, err := pg.OpenAdmin(ctx, pg.Options{URL: db.SuperURL, Clock: time.Now})
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := errors.Join(admin.Setup(ctx, db.ServiceURL), admin.CreateRealm(ctx, alpha())); err != nil {
		return err
	}
	migrator, err := admin.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return err
	}
	report, err := migrator.Run(ctx)
	return errors.Join(err, report.Err())
}

// house is a town with a post room.
type house struct {
	t    *testing.T
	db   *pg.DB
	raw  *sql.DB
	bell *jobs.Bell
	*notify.Post
}

// newHouse takes the setting of the mail server; empty = none.
func newHouse(t *testing.T, server string) *house {
	t.Helper()
	data := pgtest.Prepared(t, "notify", build)
	h := &house{t: t, bell: jobs.NewBell()}
	var err error
	h.db, err = pg.Open(t.Context(), pg.Options{URL: data.ServiceURL, Clock: time.Now, Seal: audit.Append, Wake: h.bell.Ring})
	must(t, err)
	t.Cleanup(func() { h.db.Close() })
	h.raw, err = sql.Open("postgres", data.SuperURL)
	must(t, err)
	t.Cleanup(func() { h.raw.Close() })
	h.Post = h.post(server)
	return h
}

func (h *house) post(server string) *notify.Post {
	h.t.Helper()
	p, err := notify.New(notify.Options{
		Catalog: words(h.t), From: "noreply@charter.example.org", SMTP: server,
		Head: func(context.Context, *pg.Tx) (notify.Head, error) { return head(), nil },
	})
	must(h.t, err)
	return p
}

// run starts a runner that does not pause for long.
func (h *house) run(p *notify.Post) *jobs.Runner {
	h.t.Helper()
	kinds := p.Jobs()
	kinds[0].Pause = jobs.Doubling(20*time.Millisecond, time.Second)
	began := time.Now()
	r, err := jobs.New(jobs.Options{
		DB: h.db, Bell: h.bell, Kinds: kinds, Sweep: 100 * time.Millisecond,
		Ticks: func() time.Duration { return time.Since(began) }, Log: slog.New(slog.DiscardHandler),
		Realms: func(context.Context) ([]jobs.Place, error) {
			return []jobs.Place{{Realm: alpha(), Zone: time.UTC}}, nil
		},
	})
	must(h.t, err)
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	h.t.Cleanup(func() { cancel(); <-ended })
	return r
}

func (h *house) in(fn func(ctx context.Context, tx *pg.Tx) error) {
	h.t.Helper()
	must(h.t, h.db.Write(h.t.Context(), alpha(), func(tx *pg.Tx) error { return fn(h.t.Context(), tx) }))
}

func (h *house) queue(all ...notify.Message) {
	h.t.Helper()
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		for _, m := range all {
			if err := h.Queue(ctx, tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// letters gives all letters, the oldest first.
func (h *house) letters() (all []notify.Mail) {
	h.t.Helper()
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		list, _, err := notify.List(ctx, tx, notify.Filter{}, 0)
		for _, m := range list {
			whole, err := notify.Get(ctx, tx, m.ID)
			if err != nil {
				return err
			}
			all = append([]notify.Mail{whole}, all...)
		}
		return err
	})
	return all
}

// one looks behind the door.
func one[T any](h *house, q string, args ...any) (out T) {
	h.t.Helper()
	if err := h.raw.QueryRow(q, args...).Scan(&out); err != nil {
		h.t.Fatalf("%s: %v", q, err)
	}
	return out
}

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

func (h *house) inState(s notify.State) int {
	return one[int](h, `SELECT count(*) FROM t_alpha.mails WHERE state = $1`, string(s))
}

// mailbox is a real mail server. The functions, where set, answer instead of it.
type mailbox struct {
	address string
	server  *smtp.Server

	mu     sync.Mutex
	got    []received
	onMail func(from string) error
	onRcpt func(to string) error
	onData func(c *smtp.Conn, to, raw string) error
}

type received struct{ from, to, user, raw string }

func newMailbox(t *testing.T, set func(*mailbox)) *mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	b := &mailbox{address: l.Addr().String()}
	b.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{box: b, conn: c}, nil }))
	b.server.Domain, b.server.ErrorLog = "mx.example.com", discard{}
	if set != nil {
		set(b)
	}
	go func() { _ = b.server.Serve(l) }()
	t.Cleanup(func() { _ = b.server.Close() })
	return b
}

func (b *mailbox) hooks() (onMail, onRcpt func(string) error, onData func(*smtp.Conn, string, string) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.onMail, b.onRcpt, b.onData
}

func (b *mailbox) url() string { return "smtp://" + b.address }

func (b *mailbox) letters() []received {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]received(nil), b.got...)
}

type discard struct{}

func (discard) Printf(string, ...any) {}
func (discard) Println(...any)        {}

type session struct {
	box  *mailbox
	conn *smtp.Conn
	received
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	if on, _, _ := s.box.hooks(); on != nil {
		return on(from)
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if _, on, _ := s.box.hooks(); on != nil {
		return on(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.raw = string(raw)
	if _, _, on := s.box.hooks(); on != nil {
		if err := on(s.conn, s.to, s.raw); err != nil {
			return err
		}
	}
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.got = append(s.box.got, s.received)
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// parse reads a letter as a mail program does.
func parse(t *testing.T, raw string) *mail.Message {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	must(t, err)
	return m
}

func actor() audit.Actor { return audit.Actor{ID: "officer-1"} }
