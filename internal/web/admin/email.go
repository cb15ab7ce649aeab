package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// emailPage asks whoever holds the link to confirm the new address: following it
// alone changes nothing, since mail scanners follow links too.
type emailPage struct {
	web.Frame
	Form web.Form
	Lead string
}

func (s *Site) emailEmpty(r *web.Request) (web.Reply, error) { return s.emailShown(r, nil) }

func (s *Site) emailShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	u, err := s.gate.Look(r.Ctx, r.Tx, tokenOf(r), access.ForEmail)
	if err != nil {
		return over(r, access.ForEmail, err)
	}
	form, err := r.Shown(f)
	if err != nil {
		return web.Reply{}, err
	}
	form.Values.Set(tokenField, tokenOf(r).Reveal())
	page := &emailPage{Form: form, Lead: r.Say(KeyEmailConfirmLead, i18n.Args{"Name": u.Name})}
	page.Title = r.Say(KeyEmailConfirmTitle, nil)
	return web.HTML("email", page).Secret(), nil
}

// emailConfirm takes the new address into use and tells the old one.
func (s *Site) emailConfirm(r *web.Request) (web.Reply, error) {
	u, err := s.gate.Look(r.Ctx, r.Tx, tokenOf(r), access.ForEmail)
	if err != nil {
		return web.Reply{}, err
	}
	before, err := s.gate.ConfirmEmail(r.Ctx, r.Tx, tokenOf(r))
	if err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathLogIn) + "?done=email"), tellMoved(r.Ctx, r.Tx, s.post, u.ID, before)
}
