package admin

import (
	"strconv"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// userRoutes are the accounts of a realm, for whoever may manage them.
func (s *Site) userRoutes() web.Routes {
	roles, countries := web.Bring(web.Limits{Many: []string{"roles"}}), web.Bring(web.Limits{Many: []string{"countries"}})
	return web.Routes{
		web.Staff(access.UsersManage, pathUsers, s.users),
		web.Staff(access.UsersManage, pathUsers+"/new", s.userNewPage),
		web.Action(access.UsersManage, pathUsers+"/new", s.userAdd, web.Refused(s.userNew), roles),
		web.Staff(access.UsersManage, pathUsers+"/user/:id", s.userPage),
		web.Action(access.UsersManage, pathUsers+"/user/:id", s.userSave, web.Refused(s.user), roles),
		web.Staff(access.UsersManage, pathUsers+"/user/:id/do", s.userBack),
		web.Action(access.UsersManage, pathUsers+"/user/:id/do", s.userDo, web.Refused(s.user), countries),
	}
}

// usersPage lists the accounts by name.
type usersPage struct {
	web.Frame
	Done   string
	Views  []userView
	Rows   []userRow
	More   string // address of the next part; empty = there is none
	Grants []grantRow
	Roles  []string
}

type userView struct {
	Label, URL string
	Current    bool
}

type userRow struct {
	access.User
	RoleNames []string
	State     string
	Off       bool
}

// grantRow is one line of the table of roles: who may do it.
type grantRow struct {
	Label string
	May   []bool
}

// usersAtOnce is how many accounts a page holds.
const usersAtOnce = 50

func (s *Site) users(r *web.Request) (web.Reply, error) {
	page := &usersPage{Done: s.userDone(r)}
	page.Title, page.Menu = r.Say(KeyUsersTitle, nil), pathUsers
	state := access.State(r.Query.Get("state"))
	if state != access.Active && state != access.Disabled {
		state = ""
	}
	after, _ := strconv.ParseInt(r.Query.Get("after"), 10, 64)
	list, more, err := access.ListUsers(r.Ctx, r.Tx, access.Page{AfterName: r.Query.Get("name"), AfterID: after, Limit: usersAtOnce, State: state})
	if err != nil {
		return web.Reply{}, err
	}
	for _, u := range list {
		page.Rows = append(page.Rows, userRow{u, roleNames(r, u.Roles), r.Say(stateOf(u), nil), u.State == access.Disabled})
	}
	if more {
		last := list[len(list)-1]
		page.More = r.URL(pathUsers) + "?" + query("state", string(state), "name", last.Name, "after", strconv.FormatInt(last.ID, 10))
	}
	for value, key := range map[access.State]i18n.Key{"": KeyUsersAll, access.Active: KeyUsersActive, access.Disabled: KeyUsersDisabled} {
		page.Views = append(page.Views, userView{r.Say(key, nil), r.URL(pathUsers) + "?" + query("state", string(value)), value == state})
	}
	sortViews(page.Views)
	page.grants(r)
	return web.HTML("users", page), nil
}

// stateOf is what an administrator must know of an account at a glance.
func stateOf(u access.User) i18n.Key {
	switch {
	case u.State == access.Disabled:
		return KeyUserDisabled
	case !u.HasPassword:
		return KeyUserInvited
	}
	return KeyUserActive
}

// grants is the table of roles as it holds in this realm.
func (p *usersPage) grants(r *web.Request) {
	roles := access.RolesOf(r.Tx.Realm)
	for _, role := range roles {
		p.Roles = append(p.Roles, roleNames(r, []access.Role{role})...)
	}
	for _, g := range access.PermissionTable() {
		row := grantRow{Label: r.Say(g.Name, nil)}
		any := false
		for _, role := range roles {
			may := access.Permits([]access.Role{role}, g.Permission)
			row.May, any = append(row.May, may), any || may
		}
		if any {
			p.Grants = append(p.Grants, row)
		}
	}
}

// userDone says what has just been done.
func (s *Site) userDone(r *web.Request) string {
	key, known := map[string]i18n.Key{
		"invite": KeyDoneInvited, "save": KeyDoneSaved, "disable": KeyDoneDisabled, "enable": KeyDoneEnabled, "reset": KeyDoneResetMail,
		"second": KeyDoneSecondReset, "sessions": KeyDoneSessions,
	}[r.Query.Get("did")]
	if !known {
		return ""
	}
	if !s.post.Sends() && (key == KeyDoneInvited || key == KeyDoneResetMail) {
		key = KeyDoneMailKept // whoever believed it sent would wait for it
	}
	return r.Say(key, nil)
}

// userNewPage invites somebody.
type userNewPage struct {
	web.Frame
	Form  web.Form
	Roles []web.FieldOption
	Langs []web.FieldOption
}

func (s *Site) userNewPage(r *web.Request) (web.Reply, error) { return s.userNew(r, nil) }

func (s *Site) userNew(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &userNewPage{Form: form.Fill("lang", r.Langs[0]), Roles: roleOptions(r), Langs: languages(r)}
	page.Title, page.Menu = r.Say(KeyUserNew, nil), pathUsers
	return web.HTML("user_new", page), err
}

func roleOptions(r *web.Request) []web.FieldOption {
	var list []web.FieldOption
	for _, info := range access.RoleTable() {
		for _, role := range access.RolesOf(r.Tx.Realm) {
			if info.Role == role {
				hint := ""
				if info.SecondFactor {
					hint = r.Say(KeyRoleSecond, nil)
				}
				list = append(list, web.FieldOption{Value: string(role), Label: r.Say(info.Name, nil), Hint: hint})
			}
		}
	}
	return list
}

func rolesOf(r *web.Request) []access.Role {
	var list []access.Role
	for _, v := range r.Form["roles"] {
		list = append(list, access.Role(v))
	}
	return list
}

func profileOf(r *web.Request) access.Profile {
	return access.Profile{
		Email: strings.TrimSpace(r.Form.Get("email")), Name: r.Form.Get("name"), Department: r.Form.Get("department"), Lang: r.Form.Get("lang"),
	}
}

// userAdd makes the account and mails the invitation, in one transaction.
func (s *Site) userAdd(r *web.Request) (web.Reply, error) {
	u, err := access.AddUser(r.Ctx, r.Tx, r.Actor(), access.NewUser{Profile: profileOf(r), Roles: rolesOf(r)})
	if err != nil {
		return web.Reply{}, err
	}
	m, err := s.gate.Invite(r.Ctx, r.Tx, r.Actor(), u.ID)
	if err != nil {
		return web.Reply{}, err
	}
	if err := sendLink(r.Ctx, r.Tx, s.post, m); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathUsers) + "?did=invite"), nil
}
