package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/web"
)

// What follows is changed only by whoever types the password once more.

func (s *Site) ownPasswordEmpty(r *web.Request) (web.Reply, error) { return s.ownPasswordShown(r, nil) }

func (s *Site) ownPasswordShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &passwordPage{
		Form: form, Old: r.Say(KeyPasswordOld, nil), Action: r.URL(pathAccount + "/password"), Email: r.Principal.Email, Ends: true,
	}
	page.Title, page.Menu = r.Say(KeyPasswordTitle, nil), pathAccount
	return web.HTML("password", page), err
}

func (s *Site) ownPassword(r *web.Request) (web.Reply, error) {
	out, err := s.changePassword(r)
	if err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathAccount) + "?done=password").SignIn(out.Token), nil
}

func (s *Site) ownEmailEmpty(r *web.Request) (web.Reply, error) { return s.ownEmailShown(r, nil) }

func (s *Site) ownEmailShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &entrancePage{Form: form}
	page.Title, page.Menu = r.Say(KeyAccountEmailChange, nil), pathAccount
	return web.HTML("email_new", page), err
}

// ownEmail asks the new address whether it is the account's owner's.
func (s *Site) ownEmail(r *web.Request) (web.Reply, error) {
	if err := need(r, "email", KeyNeedEmail, "password", KeyNeedPassword); err != nil {
		return web.Reply{}, err
	}
	proof, err := s.prove(r)
	if err != nil {
		return web.Reply{}, err
	}
	err = r.Write(func() error {
		m, err := s.gate.AskEmail(r.Ctx, r.Tx, r.Principal, proof, r.Form.Get("email"))
		if err != nil {
			return err
		}
		return sendLink(r.Ctx, r.Tx, s.post, m)
	})
	return web.Redirect(r.URL(pathAccount) + "?done=email_asked"), err
}

// codesRenew makes new recovery codes and shows them.
func (s *Site) codesRenew(r *web.Request) (web.Reply, error) {
	proof, err := s.provedAgain(r)
	if err != nil {
		return web.Reply{}, err
	}
	var codes []access.Token
	err = r.Write(func() (err error) {
		codes, err = s.gate.RenewRecoveryCodes(r.Ctx, r.Tx, r.Principal, proof)
		return err
	})
	return s.showCodes(r, codes, r.URL(pathAccount)), err
}

// secondOff turns the second factor off, where no role makes it a duty.
func (s *Site) secondOff(r *web.Request) (web.Reply, error) {
	proof, err := s.provedAgain(r)
	if err != nil {
		return web.Reply{}, err
	}
	var out access.Outcome
	err = r.Write(func() (err error) {
		if out, err = s.gate.DropSecondFactor(r.Ctx, r.Tx, r.Principal, proof); err != nil {
			return err
		}
		return TellSecondOff(r.Ctx, r.Tx, s.post, zoneOf(r), r.Principal.User, r.Principal.Profile)
	})
	return web.Redirect(r.URL(pathAccount) + "?done=second_off").SignIn(out.Token), err
}

func (s *Site) provedAgain(r *web.Request) (access.Proof, error) {
	if err := need(r, "password", KeyNeedPassword); err != nil {
		return access.Proof{}, err
	}
	return s.prove(r)
}
