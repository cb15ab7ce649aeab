package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/web"
)

// secondPage is the second factor: how it is set up, and its codes.
type secondPage struct {
	web.Frame
	Form web.Form
	Done string
	// Duty: the role asks for it, and nothing is open before.
	Duty bool
	On   bool
	Left int // recovery codes that still work
	// Proved: who is here has just signed in and need not show the password again.
	Proved bool
	Next   string
}

// enrolPage shows the secret, once.
type enrolPage struct {
	web.Frame
	Form    web.Form
	Picture web.Drawing
	Key     []string // in groups of four, for typing
	Next    string
}

// codesPage shows recovery codes, once.
type codesPage struct {
	web.Frame
	Codes  []string
	Onward string
	Whose  string
}

// The secret of an enrolment comes back with its form, so that a mistyped code
// needs no second scan. Named like a password: the kit never sends those back.
const (
	secretField = "password_secret"
	uriField    = "password_uri"
)

// secondPage is open to whoever must set the factor up and to whoever may.
func (s *Site) secondPage(r *web.Request) (web.Reply, error) {
	if stage := r.Principal.Stage; stage != access.StageEnrol && stage != access.StageFull {
		return web.Redirect(s.onward(r, stage)), nil
	}
	return s.secondShown(r, nil)
}

func (s *Site) secondShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	if err != nil {
		return web.Reply{}, err
	}
	page := &secondPage{Form: form, Duty: r.Principal.Stage == access.StageEnrol, Next: r.Next(""), Done: s.done(r)}
	page.Title, page.Menu = r.Say(KeySecondTitle, nil), pathAccount
	page.Proved = page.Duty
	u, err := access.GetUser(r.Ctx, r.Tx, r.Principal.User)
	if err != nil {
		return web.Reply{}, err
	}
	if page.On = u.SecondFactor; page.On {
		page.Left, err = access.RecoveryCodesLeft(r.Ctx, r.Tx, u.ID)
	}
	return web.HTML("second", page), err
}

// secondBegin makes the secret and shows it.
func (s *Site) secondBegin(r *web.Request) (web.Reply, error) {
	var proof access.Proof
	known := false
	err := r.Read(func() error { known = r.Principal.Stage == access.StageEnrol; return nil })
	if err == nil && !known {
		if err = need(r, "password", KeyNeedPassword); err == nil {
			proof, err = s.prove(r)
		}
	}
	if err != nil {
		return web.Reply{}, err
	}
	var e access.Enrolment
	err = r.Write(func() (err error) {
		e, err = s.gate.BeginSecondFactor(r.Ctx, r.Tx, r.Principal, proof)
		return err
	})
	if err != nil {
		return web.Reply{}, err
	}
	r.Form.Set(secretField, e.Secret.Reveal())
	r.Form.Set(uriField, e.URI.Reveal())
	return s.secondAgain(r, nil)
}

// secondAgain shows the secret with the field for the first code.
func (s *Site) secondAgain(r *web.Request, f *fault.Error) (web.Reply, error) {
	if r.Form.Get(secretField) == "" {
		return s.secondShown(r, f)
	}
	form, err := r.Shown(f)
	if err != nil {
		return web.Reply{}, err
	}
	page := &enrolPage{Form: form, Key: fours(form.Value(secretField)), Next: r.Next("")}
	page.Title, page.Menu = r.Say(KeySecondTitle, nil), pathAccount
	page.Picture, err = qrCode(form.Value(uriField), r.Say(KeySecondPicture, nil))
	return web.HTML("enrol", page).Secret(), err
}

// secondConfirm sets the factor in force and shows the recovery codes.
func (s *Site) secondConfirm(r *web.Request) (web.Reply, error) {
	if err := need(r, "code", KeyNeedCode); err != nil {
		return web.Reply{}, err
	}
	var out access.Outcome
	var codes []access.Token
	err := r.Write(func() (err error) {
		out, codes, err = s.gate.ConfirmSecondFactor(r.Ctx, r.Tx, r.Principal, r.Form.Get("code"))
		return err
	})
	switch {
	case err != nil:
		return web.Reply{}, err
	case out.Refusal != nil:
		return web.Reply{}, out.Refusal
	}
	return s.showCodes(r, codes, s.onward(r, out.Stage)).SignIn(out.Token), nil
}

// showCodes is the one time that recovery codes are seen.
func (s *Site) showCodes(r *web.Request, codes []access.Token, onward string) web.Reply {
	page := &codesPage{Onward: onward, Whose: r.Principal.Email}
	page.Title, page.Menu = r.Say(KeyCodesTitle, nil), pathAccount
	for _, code := range codes {
		page.Codes = append(page.Codes, code.Reveal())
	}
	return web.HTML("codes", page).Secret()
}

// fours writes a long key in groups that can be typed.
func fours(key string) []string {
	var groups []string
	for ; len(key) > 4; key = key[4:] {
		groups = append(groups, key[:4])
	}
	return append(groups, key)
}
