package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/web"
)

// passwordPage asks for a new password: after a one-time one, by a link, or from
// the page of the account.
type passwordPage struct {
	web.Frame
	Form web.Form
	Lead string
	// Old labels the field for the password in use; empty = the link stands for it.
	Old    string
	Action string
	Email  string // for the browser's keeper of passwords
	Next   string
	// Ends: other sessions will end.
	Ends bool
}

func (s *Site) newPasswordEmpty(r *web.Request) (web.Reply, error) {
	if elsewhere, here := s.at(r, access.StagePassword); !here {
		return elsewhere, nil
	}
	return s.newPasswordShown(r, nil)
}

func (s *Site) newPasswordShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &passwordPage{
		Form: form, Lead: r.Say(KeyPasswordOneTime, nil), Old: r.Say(KeyPasswordOldOneTime, nil),
		Action: r.URL(pathNewPassword), Email: r.Principal.Email, Next: r.Next(""),
	}
	page.Title = r.Say(KeyPasswordTitle, nil)
	return web.HTML("password", page), err
}

// newPassword changes a password that was given for one use.
func (s *Site) newPassword(r *web.Request) (web.Reply, error) {
	out, err := s.changePassword(r)
	if err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(s.onward(r, out.Stage)).SignIn(out.Token), nil
}

// changePassword proves the old password, prepares the new one with no
// transaction open, and sets it. The session goes on under another token.
func (s *Site) changePassword(r *web.Request) (out access.Outcome, err error) {
	if err := need(r, "password", KeyNeedPassword, "new_password", KeyNeedPassword); err != nil {
		return out, err
	}
	proof, err := s.prove(r)
	if err != nil {
		return out, err
	}
	prepared, err := s.gate.Prepare(r.Ctx, access.HolderOf(r.Principal), r.Form.Get("new_password"), s.around(r)...)
	if err != nil {
		return out, err
	}
	err = r.Write(func() error {
		if out, err = s.gate.ChangePassword(r.Ctx, r.Tx, r.Principal, proof, prepared); err != nil {
			return err
		}
		if err := TellPassword(r.Ctx, r.Tx, s.post, zoneOf(r), r.Principal.User, r.Principal.Profile); err != nil {
			return err
		}
		r.Principal, err = s.gate.Session(r.Ctx, r.Tx, out.Token)
		return err
	})
	return out, err
}

// prove compares the password of whoever is signed in once more, for what only
// they may change. The try is counted like one to sign in.
func (s *Site) prove(r *web.Request) (access.Proof, error) {
	var attempt access.Attempt
	err := r.Write(func() (err error) {
		if r.Principal.User == 0 {
			return fault.New(fault.Forbidden, access.KeySignIn)
		}
		attempt, err = s.gate.BeginAgain(r.Ctx, r.Tx, r.Principal, r.Client())
		return err
	})
	if err != nil {
		return access.Proof{}, err
	}
	return s.gate.Verify(r.Ctx, attempt, r.Form.Get("password"))
}

// around are the words of the place that a password must not be made of.
func (s *Site) around(r *web.Request) []string {
	words := []string{r.Town.Slug}
	for _, name := range r.Town.Name {
		words = append(words, name)
	}
	for _, name := range r.Town.ShortName {
		words = append(words, name)
	}
	return words
}
