package admin

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/web"
)

// userPage is one account: who it is, what it may, and what can be done with it.
type userPage struct {
	web.Frame
	Form web.Form
	Done string
	// Account is whose page it is; Frame.User is the reader.
	Account access.User
	State   string
	// Own: it is the reader's own account, whose roles somebody else changes.
	Own   bool
	Roles []web.FieldOption
	Langs []web.FieldOption
	// Countries are offered for coordinators of the portal alone.
	Countries []web.FieldOption
	// Stands and Typed are the two texts of a conflict.
	Stands, Typed string
}

func userOf(r *web.Request) (access.User, error) {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return access.User{}, fault.New(fault.NotFound, access.KeyNoSuchUser)
	}
	return access.GetUser(r.Ctx, r.Tx, id)
}

func (s *Site) userPage(r *web.Request) (web.Reply, error) { return s.user(r, nil) }

func (s *Site) user(r *web.Request, f *fault.Error) (web.Reply, error) {
	u, err := userOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	blank := r.Form == nil || r.Form.Has("do")
	form, err := shown(r, f, u.Version)
	if err != nil {
		return web.Reply{}, err
	}
	if blank {
		form.Fill("name", u.Name).Fill("department", u.Department).Fill("lang", u.Lang)
		for _, role := range u.Roles {
			form.Values.Add("roles", string(role))
		}
	}
	page := &userPage{Form: form, Account: u, Done: s.userDone(r), Own: u.ID == r.Principal.User, Roles: roleOptions(r), Langs: languages(r)}
	if page.Countries, err = countriesOf(r, u); err != nil {
		return web.Reply{}, err
	}
	page.Title, page.Menu, page.State = u.Name, pathUsers, r.Say(stateOf(u), nil)
	page.Crumbs = []web.Crumb{{Label: r.Say(KeyUsersTitle, nil), Path: pathUsers}, {Label: u.Name}}
	if form.Changed && !blank {
		page.Stands, page.Typed = userWords(r, u.Profile, u.Roles), userWords(r, profileOf(r), rolesOf(r))
	}
	return web.HTML("user", page), nil
}

func userWords(r *web.Request, p access.Profile, roles []access.Role) string {
	text := p.Name
	for _, line := range append([]string{p.Department}, roleNames(r, roles)...) {
		if line != "" {
			text += "\n" + line
		}
	}
	return text
}

// userSave changes profile and roles; the roles of one's own account stay.
func (s *Site) userSave(r *web.Request) (web.Reply, error) {
	u, err := userOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	if err := access.Edit(r.Ctx, r.Tx, r.Actor(), u.ID, seen(r), profileOf(r)); err != nil {
		return web.Reply{}, err
	}
	if u.ID != r.Principal.User {
		version := seen(r)
		now, err := access.GetUser(r.Ctx, r.Tx, u.ID)
		if err != nil {
			return web.Reply{}, err
		}
		if now.Version == u.Version+1 && version == u.Version {
			version = now.Version // the profile was changed a moment ago, by this very form
		}
		if err := access.SetRoles(r.Ctx, r.Tx, r.Actor(), u.ID, version, rolesOf(r)); err != nil {
			return web.Reply{}, err
		}
	}
	return web.Redirect(userPath(r, u.ID) + "?did=save"), nil
}

func userPath(r *web.Request, id int64) string {
	return r.URL(pathUsers + "/user/" + strconv.FormatInt(id, 10))
}

// userBack leads whoever changes the language after a refusal to the account.
func (s *Site) userBack(r *web.Request) (web.Reply, error) {
	u, err := userOf(r)
	return web.Redirect(userPath(r, u.ID)), err
}

// userDo does one of the things that a button stands for.
func (s *Site) userDo(r *web.Request) (web.Reply, error) {
	u, err := userOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	do := r.Form.Get("do")
	switch do {
	case "disable":
		err = access.Disable(r.Ctx, r.Tx, r.Actor(), u.ID, seen(r))
	case "enable":
		err = access.Enable(r.Ctx, r.Tx, r.Actor(), u.ID, seen(r))
	case "second":
		if err = access.ResetSecondFactor(r.Ctx, r.Tx, r.Actor(), u.ID); err == nil {
			err = TellSecondOff(r.Ctx, r.Tx, s.post, zoneOf(r), u.ID, u.Profile)
		}
	case "countries":
		err = access.SetCountries(r.Ctx, r.Tx, r.Actor(), u.ID, seen(r), r.Form["countries"])
		do = "save"
	case "sessions":
		err = access.EndSessionsOf(r.Ctx, r.Tx, r.Actor(), u.ID)
	case "invite":
		var m access.Mail
		if m, err = s.gate.Invite(r.Ctx, r.Tx, r.Actor(), u.ID); err == nil {
			err = sendLink(r.Ctx, r.Tx, s.post, m)
		}
	case "reset":
		err = s.mailReset(r, u)
	default:
		err = fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	if err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(userPath(r, u.ID) + "?did=" + do), nil
}

// mailReset has a link for a new password mailed to its owner. The administrator
// never learns it, and the password stays until the owner sets another.
func (s *Site) mailReset(r *web.Request, u access.User) error {
	if u.State != access.Active {
		return fault.New(fault.Conflict, access.KeyDisabled)
	}
	request, err := s.gate.AskReset(r.Ctx, r.Tx, u.Email, r.Client())
	if err != nil {
		return err
	}
	r.Record("password.mail", "user/"+strconv.FormatInt(u.ID, 10), nil)
	return jobs.Enqueue(r.Ctx, r.Tx, jobs.Job{Kind: kindReset, Args: request})
}

// query writes parameters in pairs, without the empty ones.
func query(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return v.Encode()
}

func sortViews(views []userView) {
	slices.SortFunc(views, func(a, b userView) int { return cmp.Compare(a.URL, b.URL) })
}
