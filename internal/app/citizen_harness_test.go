package app

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// street is the whole service over the four towns, asked over the wire by people
// without an account, and the desk beside it.
type street struct {
	t        testing.TB
	db       *pgtest.Database
	settings *config.Settings
	service  *Service
	client   *http.Client
	log      *written
}

// written takes what several goroutines write.
type written struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *written) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(b)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

func preparedTowns(t testing.TB) *pgtest.Database {
	return pgtest.Prepared(t, "four-towns", func(db *pgtest.Database) error {
		return Prepare(context.Background(), testSettings(db), config.Secret(db.SuperURL), io.Discard)
	})
}

func openStreet(t testing.TB) *street {
	t.Helper()
	db := preparedTowns(t)
	s := testSettings(db)
	s.DataDir = t.TempDir()
	return openStreetOn(t, db, s)
}

// openStreetOn opens the service with these settings: another clock, another
// instance.
func openStreetOn(t testing.TB, db *pgtest.Database, s *config.Settings) *street {
	t.Helper()
	log := &written{}
	service, err := Open(t.Context(), s, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { service.Close() })
	if err := service.Server.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(service.Server)
	t.Cleanup(ts.Close)
	address := ts.Listener.Addr().String()
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	client := &http.Client{
		Transport: &http.Transport{DialContext: dial}, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &street{t: t, db: db, settings: s, service: service, client: client, log: log}
}

// later is the same towns at another moment: "2026-12-01T09:00:00Z".
func (s *street) later(moment string) *street {
	s.t.Helper()
	again := *s.settings
	now, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		s.t.Fatal(err)
	}
	again.Clock = now
	return openStreetOn(s.t, s.db, &again)
}

// shown is an answer.
type shown struct {
	t      testing.TB
	status int
	header http.Header
	body   string
	doc    *goquery.Document
}

func (s *street) do(req *http.Request) shown {
	s.t.Helper()
	res, err := s.client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if cookies := res.Header.Values("Set-Cookie"); len(cookies) > 0 {
		s.t.Errorf("%s sets a cookie", req.URL.Path)
	}
	return shown{s.t, res.StatusCode, res.Header, string(body), doc}
}

func (s *street) request(method, slug, path string, body io.Reader) *http.Request {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, "http://"+slug+".localhost:8080"+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	return req
}

func (s *street) get(slug, path string) shown {
	s.t.Helper()
	return s.do(s.request(http.MethodGet, slug, path, nil))
}

func (s *street) post(slug, path string, form url.Values) shown {
	s.t.Helper()
	req := s.request(http.MethodPost, slug, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(req)
}

// upload sends a form with files, its text first.
func (s *street) upload(slug, path string, form url.Values, files ...attached) shown {
	s.t.Helper()
	return s.do(s.multipart(slug, path, form, files...))
}

type attached struct {
	name    string
	content []byte
}

func (s *street) multipart(slug, path string, form url.Values, files ...attached) *http.Request {
	s.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range form {
		for _, v := range list {
			if err := w.WriteField(name, v); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part, err := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="files"; filename="` + f.name + `"`}, "Content-Type": {"application/octet-stream"},
		})
		if err != nil {
			s.t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	req := s.request(http.MethodPost, slug, path, &body)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return req
}

// words is a text as it is read: one space between words.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// langOf is the town's own language.
func langOf(slug string) string {
	if slug == "klaipeda" || slug == "varena" {
		return "lt"
	}
	return "bg"
}

// filled is a form of the town's filled in well, with the nonce of its page.
func (s *street) filled(slug, kind string) url.Values {
	s.t.Helper()
	page := s.get(slug, "/"+langOf(slug)+"/submit/"+kind)
	nonce, ok := page.doc.Find(`form input[name=nonce]`).Attr("value")
	if page.status != 200 || !ok {
		s.t.Fatalf("the form of %s in %s: %d\n%s", kind, slug, page.status, page.body)
	}
	return url.Values{
		"nonce": {nonce}, "title": {"Nedega žibintas"}, "body": {"Prie mokyklos vartų nuo pirmadienio tamsu."}, "lang": {langOf(slug)},
		"reply_by": {"email"}, "name": {"Ona Onaitė"}, "email": {"ona@example.org"},
	}
}

// slip is what a receipt says.
type slip struct{ slug, number, code string }

func (s *street) send(slug, kind string, form url.Values) shown {
	s.t.Helper()
	return s.post(slug, "/"+langOf(slug)+"/submit/"+kind, form)
}

// slipOf reads a receipt, which the answer must be.
func slipOf(slug string, got shown) slip {
	got.t.Helper()
	said := got.doc.Find("dl.receipt dd.code")
	if got.status != 200 || said.Length() != 2 {
		got.t.Fatalf("no receipt: %d\n%s", got.status, got.doc.Find("main").Text())
	}
	return slip{slug, said.Eq(0).Text(), said.Eq(1).Text()}
}

func (s *street) filed(slug, kind string) slip {
	s.t.Helper()
	return slipOf(slug, s.send(slug, kind, s.filled(slug, kind)))
}

// anonymous takes the person out of a form.
func anonymous(form url.Values) url.Values {
	for _, name := range []string{"name", "email", "reply_by"} {
		form.Del(name)
	}
	form.Set("anonymous", "yes")
	return form
}

// opened is the page of a case.
func (s *street) opened(w slip) shown {
	s.t.Helper()
	got := s.post(w.slug, "/"+langOf(w.slug)+"/track", url.Values{"number": {w.number}, "code": {w.code}})
	if got.status != 200 {
		s.t.Fatalf("case %s does not open: %d\n%s", w.number, got.status, got.doc.Find("main").Text())
	}
	return got
}

// on fills in a form of the page of a case.
func (w slip) on(page shown, fields ...string) url.Values {
	nonce, _ := page.doc.Find(`main form input[name=nonce]`).First().Attr("value")
	form := url.Values{"nonce": {nonce}, "number": {w.number}, "code": {w.code}}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return form
}

// desk lets an officer of the town do something with a case.
func (s *street) desk(w slip, do func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error) {
	s.t.Helper()
	realm, err := pg.Town(w.slug)
	if err != nil {
		s.t.Fatal(err)
	}
	ctx := s.t.Context()
	err = s.service.DB.Write(ctx, realm, func(tx *pg.Tx) error {
		town, err := s.service.Desk.Read(ctx, tx)
		if err != nil {
			return err
		}
		users, err := access.Holders(ctx, tx, access.CaseAssign)
		if err != nil {
			return err
		}
		email := "rasa@" + w.slug + ".example"
		var u access.User
		if len(users) > 0 {
			u = users[0]
		} else if u, err = access.FindUser(ctx, tx, email); fault.Is(err, fault.NotFound) {
			u, err = access.AddUser(ctx, tx, audit.Operator(), access.NewUser{
				Profile: access.Profile{Email: email, Name: "Rasa Jankutė", Lang: langOf(w.slug)}, Roles: []access.Role{access.Officer},
			})
		}
		if err != nil {
			return err
		}
		return do(ctx, town, tx, casework.Officer{Actor: u.Person(), User: u.ID}, casework.Ref{Number: w.number})
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// count asks a number of a town's schema.
func (s *street) count(slug string, ask func(ctx context.Context, tx *pg.Tx, n *int) error) (n int) {
	s.t.Helper()
	realm, err := pg.Town(slug)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.service.DB.Read(s.t.Context(), realm, func(tx *pg.Tx) error { return ask(s.t.Context(), tx, &n) }); err != nil {
		s.t.Fatal(err)
	}
	return n
}
