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
	"testing/fstest"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
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
	d.files, err = files.Open(dir)
	must(t, err)
	t.Cleanup(func() { d.files.Close() })
	d.house = startOn(t, database, append([]option{func(o *web.Options) {
		o.Gate, o.Files = d.gate, d.files
		o.Town, o.Portal = append(o.Town, d.forms(), d.rooms()), append(o.Portal, d.rooms())
	}}, options...)...)
	return d
}

type formPage struct {
	web.Frame
	Form web.Form
	Text string
}

// showForm draws the form, empty or refused.
func showForm(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &formPage{Form: form}
	page.Title = "Form"
	return web.HTML("form", page), err
}

func text(s string) (web.Reply, error) {
	page := &formPage{Text: s}
	page.Title = "Text"
	return web.HTML("text", page), nil
}

func templates() fstest.MapFS {
	return fstest.MapFS{
		"form.html": {Data: []byte(`{{template "_top" .}}<h1>{{.Title}}</h1>{{template "_errors" .}}<form method="post" enctype="multipart/form-data">{{template "_hidden" .Form}}
{{template "_field" field .Form "said" "label" "Said" "hint" "Hint" "type" "textarea"}}{{template "_field" field .Form "password" "label" "Password" "type" "password"}}
{{template "_files" .Form}}<input type="file" name="files" multiple><button>Send</button></form>{{template "_bottom" .}}`)},
		"text.html": {Data: []byte(`{{template "_top" .}}<h1>{{.Title}}</h1><p id="text">{{.Text}}</p><p>user={{.User}}</p>{{template "_bottom" .}}`)},
	}
}

// forms is what anybody may send.
func (d *desk) forms() web.Face {
	return web.Face{
		Name: "forms", Templates: templates(),
		Complete: func(r *web.Request, f *web.Frame) error { f.Contact.Phone = "8 600 00000"; return nil },
		Routes: web.Routes{
			web.Page("/send", func(r *web.Request) (web.Reply, error) { return showForm(r, nil) }),
			web.Post("/send", d.send, web.Limits{Files: 3, Many: []string{"tag"}, Pace: web.Filing}, web.Refused(showForm), web.Settled(d.stands)),
			web.Post("/bare", d.send, web.Limits{}),
			web.Post("/look", func(r *web.Request) (web.Reply, error) {
				if r.Form.Get("code") != "open" {
					return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText).On("code", string(web.KeyInputText))
				}
				reply, err := text("found")
				return reply.Secret(), err
			}, web.Limits{Pace: web.Lookup}, web.Refused(showForm)),
			web.Post("/closed", d.send, web.Limits{Files: 3, May: func(*web.Request) error {
				return fault.New(fault.Invalid, web.KeyInputText).On("said", string(web.KeyInputText))
			}}, web.Refused(showForm)),
		},
	}
}

// rooms is the entrance of the staff and what lies behind it.
func (d *desk) rooms() web.Face {
	read := func(r *web.Request) (web.Reply, error) { return text(r.Principal.Name + " reads " + r.Param("n")) }
	return web.Face{
		Name: "desk", LogIn: "/desk/log-in", Templates: templates(),
		Routes: web.Routes{
			web.Page("/desk/log-in", func(r *web.Request) (web.Reply, error) { return text("log in " + string(r.Principal.Stage) + " then " + r.Next("/lt/desk") + " ends") }, web.Known()),
			web.Post("/desk/log-in", d.logIn, web.Limits{Pace: web.SignIn}, web.InSteps(), web.Known(), web.Refused(showForm)),
			web.Post("/desk/log-out", func(r *web.Request) (web.Reply, error) {
				return web.Redirect(r.URL("/")).SignOut(), access.LogOut(r.Ctx, r.Tx, r.Principal)
			}, web.Limits{}, web.Known()),
			web.Staff(access.CaseRead, "/desk", read),
			web.Staff(access.UsersManage, "/desk/users", read),
			web.Recorded(access.CaseRead, "/desk/cases/:n", func(r *web.Request) (web.Reply, error) {
				r.Record("case.read", "case/"+r.Param("n"), nil)
				return read(r)
			}),
			web.Staff(access.CaseRead, "/desk/cases/:n/file", d.download),
			web.Staff(access.CaseRead, "/desk/secret", func(*web.Request) (web.Reply, error) {
				return web.Reply{}, fault.New(fault.Forbidden, web.KeyInputText)
			}),
			web.Action(access.CaseHandle, "/desk/cases/:n", func(r *web.Request) (web.Reply, error) {
				if _, err := d.send(r); err != nil {
					return web.Reply{}, err
				}
				r.Record("case.note", "case/"+r.Param("n"), nil)
				return web.Redirect(r.URL("/desk/cases/" + r.Param("n"))), nil
			}, web.Bring(web.Limits{Files: 1}), web.Refused(showForm)),
			web.Action(access.SettingsEdit, "/desk/settings", d.send),
		},
	}
}

// send writes what was said once for each nonce.
func (d *desk) send(r *web.Request) (web.Reply, error) {
	if d.seen != nil {
		d.seen(r)
	}
	switch said := r.Form.Get("said"); said {
	case "":
		return web.Reply{}, fault.New(fault.Invalid, web.KeyInputText).On("said", string(web.KeyInputText))
	case "conflict":
		return web.Reply{}, fault.New(fault.Conflict, web.KeyNotFoundText)
	case "panic":
		panic("secret panic")
	}
	n, err := r.Tx.Exec(r.Ctx, `INSERT INTO things (nonce, said, files) VALUES ($1, $2, 0) ON CONFLICT (nonce) DO NOTHING`, r.Nonce, r.Form.Get("said"))
	if err != nil {
		return web.Reply{}, err
	}
	if n == 1 {
		kept, err := r.Keep()
		if err != nil {
			return web.Reply{}, err
		}
		if _, err := r.Tx.Exec(r.Ctx, `UPDATE things SET files = $2 WHERE nonce = $1`, r.Nonce, len(kept)); err != nil {
			return web.Reply{}, err
		}
		r.Record("thing.send", "thing", nil)
	}
	reply, found, err := d.stands(r)
	if err == nil && !found {
		err = fault.New(fault.Conflict, web.KeyNotFoundText)
	}
	return reply, err
}

func (d *desk) stands(r *web.Request) (web.Reply, bool, error) {
	var rows []struct {
		ID   string
		Said string
	}
	if err := r.Tx.Select(r.Ctx, &rows, `SELECT id::text AS id, said FROM things WHERE nonce = $1`, r.Nonce); err != nil || len(rows) == 0 {
		return web.Reply{}, false, err
	}
	page := &formPage{Text: "reference " + rows[0].ID + " " + rows[0].Said}
	page.Title = "Sent"
	return web.HTML("text", page).Secret(), true, nil
}

func (d *desk) logIn(r *web.Request) (web.Reply, error) {
	var attempt access.Attempt
	err := r.Write(func() (err error) {
		attempt, err = d.gate.Begin(r.Ctx, r.Tx, r.Form.Get("email"), r.Key())
		return err
	})
	if err != nil {
		return web.Reply{}, err
	}
	proof, err := d.gate.Verify(r.Ctx, attempt, r.Form.Get("password"))
	if err != nil {
		return web.Reply{}, err
	}
	var out access.Outcome
	err = r.Write(func() (err error) { out, err = d.gate.LogIn(r.Ctx, r.Tx, proof, r.Device(), r.Token()); return err })
	if err != nil {
		return web.Reply{}, err
	}
	if out.Refusal != nil {
		return web.Reply{}, out.Refusal
	}
	return web.Redirect(r.Next(r.URL("/desk"))).SignIn(out.Token), nil
}

func (d *desk) download(r *web.Request) (web.Reply, error) {
	f, err := files.Get(r.Ctx, r.Tx, r.Param("n"))
	if err != nil {
		return web.Reply{}, err
	}
	content, err := d.files.Read(r.Tx.Realm, f.ID)
	if err != nil {
		return web.Reply{}, err
	}
	return web.Download(f, content), nil
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
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second,
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
