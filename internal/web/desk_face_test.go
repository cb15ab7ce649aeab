package web_test

import (
	"testing/fstest"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/web"
)

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
			web.Post("/add", d.send, web.Limits{Files: 3, Pace: web.Lookup, May: func(*web.Request) error { return nil }}, web.Refused(showForm)),
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
			web.Page("/desk/log-in", func(r *web.Request) (web.Reply, error) {
				return text("log in " + string(r.Principal.Stage) + " then " + r.Next("/lt/desk") + " ends")
			}, web.Known()),
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
		attempt, err = d.gate.Begin(r.Ctx, r.Tx, r.Form.Get("email"), r.Client())
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
