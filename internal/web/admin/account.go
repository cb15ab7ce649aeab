package admin

import (
	"strconv"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// accountRoutes are what everybody may see and change of their own account.
func (s *Site) accountRoutes() web.Routes {
	again := web.Bring(web.Limits{Pace: web.SignIn})
	return web.Routes{
		web.Staff(access.OwnAccount, pathAccount, s.accountEmpty),
		web.Action(access.OwnAccount, pathAccount, s.accountSave, web.Refused(s.account)),
		web.Action(access.OwnAccount, pathAccount+"/sessions", s.sessionsEnd),
		web.Staff(access.OwnAccount, pathAccount+"/password", s.ownPasswordEmpty),
		web.Action(access.OwnAccount, pathAccount+"/password", s.ownPassword, again, web.InSteps(), web.Refused(s.ownPasswordShown)),
		web.Staff(access.OwnAccount, pathAccount+"/email", s.ownEmailEmpty),
		web.Action(access.OwnAccount, pathAccount+"/email", s.ownEmail, again, web.InSteps(), web.Refused(s.ownEmailShown)),
		web.Action(access.OwnAccount, pathSecond+"/codes", s.codesRenew, again, web.InSteps(), web.Refused(s.secondShown)),
		web.Action(access.OwnAccount, pathSecond+"/off", s.secondOff, again, web.InSteps(), web.Refused(s.secondShown)),
	}
}

// accountPage is a person's own account.
type accountPage struct {
	web.Frame
	Form     web.Form
	Done     string
	Owner    access.User
	Roles    []string
	Langs    []web.FieldOption
	Sessions []sessionRow
}

type sessionRow struct {
	access.OpenSession
	Since, Seen string
}

func (s *Site) accountEmpty(r *web.Request) (web.Reply, error) { return s.account(r, nil) }

func (s *Site) account(r *web.Request, f *fault.Error) (web.Reply, error) {
	u, err := access.GetUser(r.Ctx, r.Tx, r.Principal.User)
	if err != nil {
		return web.Reply{}, err
	}
	form, err := r.Shown(f)
	if err != nil {
		return web.Reply{}, err
	}
	page := &accountPage{Form: form.Fill("lang", u.Lang).Fill("version", strconv.FormatInt(u.Version, 10)), Owner: u, Done: s.done(r), Langs: languages(r)}
	page.Title, page.Menu = r.Say(KeyAccountTitle, nil), pathAccount
	page.Roles = roleNames(r, u.Roles)
	open, err := access.OwnSessions(r.Ctx, r.Tx, r.Principal)
	for _, o := range open {
		page.Sessions = append(page.Sessions, sessionRow{o, r.Moment(o.StartedAt), r.Moment(o.SeenAt)})
	}
	return web.HTML("account", page), err
}

// languages are those of the site, each in its own word.
func languages(r *web.Request) []web.FieldOption {
	var all []web.FieldOption
	for _, lang := range r.Langs {
		all = append(all, web.FieldOption{Value: lang, Label: r.Say(i18n.Key("language."+lang), nil)})
	}
	return all
}

func roleNames(r *web.Request, roles []access.Role) []string {
	var names []string
	for _, info := range access.RoleTable() {
		for _, role := range roles {
			if role == info.Role {
				names = append(names, r.Say(info.Name, nil))
			}
		}
	}
	return names
}

// accountSave keeps the language of letters; name and department are for the
// administrator to write.
func (s *Site) accountSave(r *web.Request) (web.Reply, error) {
	u, err := access.GetUser(r.Ctx, r.Tx, r.Principal.User)
	if err != nil {
		return web.Reply{}, err
	}
	known := false
	for _, lang := range r.Langs {
		known = known || lang == r.Form.Get("lang")
	}
	if !known {
		return web.Reply{}, fault.New(fault.Invalid, access.KeyLanguage).On("lang", string(access.KeyLanguage))
	}
	version, _ := strconv.ParseInt(r.Form.Get("version"), 10, 64)
	profile := u.Profile
	profile.Lang = r.Form.Get("lang")
	err = access.Edit(r.Ctx, r.Tx, r.Principal.Actor, u.ID, version, profile)
	return web.Redirect(r.URL(pathAccount) + "?done=lang"), err
}

// sessionsEnd ends one session of one's own, or all others.
func (s *Site) sessionsEnd(r *web.Request) (web.Reply, error) {
	back := web.Redirect(r.URL(pathAccount) + "?done=session")
	if r.Form.Get("which") == "others" {
		_, err := access.EndOtherSessions(r.Ctx, r.Tx, r.Principal)
		return back, err
	}
	id, err := strconv.ParseInt(r.Form.Get("which"), 10, 64)
	if err != nil {
		return web.Reply{}, fault.New(fault.NotFound, access.KeyNoSuchSession)
	}
	if err := access.EndSession(r.Ctx, r.Tx, r.Principal, id); err != nil {
		return web.Reply{}, err
	}
	if id == r.Principal.SessionID {
		return web.Redirect(r.URL(pathLogIn) + "?done=log_out").SignOut(), nil
	}
	return back, nil
}
