package web_test

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/files"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/web"
)

// buildDesk is build with a table that the test's form writes to.
func buildDesk(db *pgtest.Database) error {
	if err := build(db); err != nil {
		return err
	}
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		return err
	}
	defer raw.Close()
	for _, q := range []string{
		`CREATE TABLE t_alpha.things (id bigint GENERATED ALWAYS AS IDENTITY, nonce text NOT NULL, said text NOT NULL, files int NOT NULL, CONSTRAINT things_nonce_uq UNIQUE (nonce))`,
		`GRANT SELECT, INSERT, UPDATE ON t_alpha.things TO t_alpha`,
	} {
		if _, err := raw.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

// desk is a house with a form for the public, an entrance, and rooms behind it.
type desk struct {
	*house
	gate  *access.Gate
	files *files.Store
	dir   string
	seen  func(*web.Request) // what a handler was given; may be nil
}

const deskPassword = "gili upė teka lėtai"

func openDesk(t testing.TB, options ...option) *desk {
	t.Helper()
	return openDeskOn(t, pgtest.Prepared(t, "desk", buildDesk), t.TempDir(), options...)
}

func openDeskOn(t testing.TB, database *pgtest.Database, dir string, options ...option) *desk {
	t.Helper()
	d := &desk{dir: dir}
	var err error
	d.gate, err = access.New(access.Options{Key: []byte("a key of the tests, longer than 32 bytes"), WithoutSecondFactor: true})
	must(t, err)
	d.files, err = files.Open(dir, files.Room{Bytes: 1 << 30, Ticks: func() time.Duration { return 0 }})
	must(t, err)
	t.Cleanup(func() { d.files.Close() })
	d.house = startOn(t, database, append([]option{func(o *web.Options) {
		o.Gate, o.Files = d.gate, d.files
		o.Town, o.Portal = append(o.Town, d.forms(), d.rooms()), append(o.Portal, d.rooms())
	}}, options...)...)
	return d
}

// hire makes an account in a town.
func (d *desk) hire(t testing.TB, slug, email string, roles ...access.Role) access.User {
	t.Helper()
	realm, err := pg.Town(slug)
	must(t, err)
	var u access.User
	must(t, d.db.Class(pg.Staff).Write(t.Context(), realm, func(tx *pg.Tx) (err error) {
		u, err = access.AddUser(t.Context(), tx, audit.Operator(), access.NewUser{
			Profile: access.Profile{Email: email, Name: "Ona Onaitė", Lang: "lt"}, Roles: roles,
		})
		if err != nil {
			return err
		}
		password, err := d.gate.Prepare(t.Context(), access.HolderOfUser(u), deskPassword)
		if err != nil {
			return err
		}
		return d.gate.SetLastingPassword(t.Context(), tx, audit.Operator(), u.ID, password)
	}))
	return u
}

// session signs in and gives the cookie as it is sent back.
func (d *desk) session(t testing.TB, host, email string) string {
	t.Helper()
	got := d.post(t, host, "/lt/desk/log-in", url.Values{"email": {email}, "password": {deskPassword}})
	if got.StatusCode != http.StatusSeeOther || len(got.Cookies()) != 1 {
		t.Fatalf("log-in of %s: %d %v\n%s", email, got.StatusCode, got.Header, got.body)
	}
	return got.Cookies()[0].Name + "=" + got.Cookies()[0].Value
}

// post sends a form as a page of ours does; headers come in pairs.
func (d *desk) post(t testing.TB, host, path string, form url.Values, headers ...string) reply {
	t.Helper()
	return d.body(t, host, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), headers...)
}

func (d *desk) body(t testing.TB, host, path, kind string, body io.Reader, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost, "http://"+host+path, body)
	must(t, err)
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		if request.Header.Set(headers[i], headers[i+1]); headers[i+1] == "" {
			request.Header.Del(headers[i])
		}
	}
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 5 * time.Minute,
		Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, d.addr)
		}},
	}
	answer, err := client.Do(request)
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	return reply{answer, string(text)}
}

// upload writes a form with files; fields and files come in pairs.
func upload(t testing.TB, fields []string, named ...string) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for i := 0; i < len(fields); i += 2 {
		must(t, w.WriteField(fields[i], fields[i+1]))
	}
	for i := 0; i < len(named); i += 2 {
		part, err := w.CreateFormFile("files", named[i])
		must(t, err)
		_, err = io.WriteString(part, named[i+1])
		must(t, err)
	}
	must(t, w.Close())
	return w.FormDataContentType(), body
}

const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

var (
	nonceOf = regexp.MustCompile(`name="nonce" value="([^"]+)"`)
	dropOf  = regexp.MustCompile(`name="drop" value="([^"]+)"`)
)

// nonce opens the form and gives its nonce.
func (d *desk) nonce(t testing.TB) string {
	t.Helper()
	m := nonceOf.FindStringSubmatch(d.get(t, "alpha.localhost", "/lt/send").body)
	if m == nil {
		t.Fatal("the form has no nonce")
	}
	return m[1]
}

// count asks behind the door.
func (d *desk) count(t testing.TB, q string, args ...any) (n int) {
	t.Helper()
	must(t, d.raw.QueryRow(q, args...).Scan(&n))
	return n
}
