package admin

import (
	"net/url"
	"slices"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// officer is who is asking, as casework knows them.
func officer(r *web.Request) casework.Officer { return casework.OfficerOf(r.Principal) }

// town is the casework of the town whose desk this is.
func (s *Site) town(r *web.Request) (*casework.Town, error) { return s.desk.Read(r.Ctx, r.Tx) }

// casePath is the page of a case; what follows is an action or a part of it.
func casePath(number, rest string) string { return pathCases + "/" + url.PathEscape(number) + rest }

// people puts names to the numbers and pseudonyms of accounts. A list asks once.
type people struct {
	handlers []access.User
	names    map[int64]string
}

// handlers lists who may be given a case.
func handlers(r *web.Request) (*people, error) {
	list, err := access.Holders(r.Ctx, r.Tx, access.CaseHandle)
	p := &people{handlers: list, names: map[int64]string{}}
	for _, u := range list {
		p.names[u.ID] = u.Name
	}
	return p, err
}

// name gives the name of an account; who handles no cases any more is looked up,
// and who was forgotten has none.
func (p *people) name(r *web.Request, user int64) string {
	if user == 0 {
		return r.Say(KeyInboxNobody, nil)
	}
	if name, known := p.names[user]; known {
		return name
	}
	name := "–"
	if u, err := access.GetUser(r.Ctx, r.Tx, user); err == nil {
		name = u.Name
	}
	p.names[user] = name
	return name
}

// options lists the handlers for a form.
func (p *people) options() []web.FieldOption {
	var all []web.FieldOption
	for _, u := range p.handlers {
		label := u.Name
		if u.Department != "" {
			label += ", " + u.Department
		}
		all = append(all, web.FieldOption{Value: number(u.ID), Label: label})
	}
	return all
}

// departments lists those of the town that cases can be handed to, and the one
// that a case is with.
func departments(r *web.Request, t *casework.Town, with string) []web.FieldOption {
	return slices.DeleteFunc(allDepartments(r, t), func(o web.FieldOption) bool { return off(t, o.Value) && o.Value != with })
}

// allDepartments are those that cases may be with, too.
func allDepartments(r *web.Request, t *casework.Town) []web.FieldOption {
	var all []web.FieldOption
	for _, d := range t.Profile.Departments {
		label := r.Text(d.Title)
		if d.Off {
			label += " (" + r.Say(KeyDepartmentOff, nil) + ")"
		}
		all = append(all, web.FieldOption{Value: d.Key, Label: label})
	}
	return all
}

func off(t *casework.Town, key string) bool {
	return slices.ContainsFunc(t.Profile.Departments, func(d tenant.Department) bool { return d.Key == key && d.Off })
}

func departmentName(r *web.Request, t *casework.Town, key string) string {
	for _, d := range t.Profile.Departments {
		if d.Key == key {
			return r.Text(d.Title)
		}
	}
	return key
}

// kinds lists the kinds of case that the town has rules for, in their order.
func kinds(r *web.Request, t *casework.Town) []web.FieldOption {
	var all []web.FieldOption
	for _, kind := range casework.Kinds() {
		if _, has := t.Rules.Kinds[kind]; has {
			all = append(all, web.FieldOption{Value: kind, Label: kindName(r, kind)})
		}
	}
	return all
}

func kindName(r *web.Request, kind string) string { return r.Say(i18n.Key("kind."+kind+".name"), nil) }

func stateName(r *web.Request, state casework.State) string {
	return r.Say(i18n.Key("admin.state."+string(state)), nil)
}

// channelKeys are the words for how a case came.
func channelKeys() map[string]i18n.Key {
	return map[string]i18n.Key{
		"website": KeyChannelWebsite, "phone": KeyChannelPhone, "post": KeyChannelPost,
		"visit": KeyChannelVisit, "box": KeyChannelBox, "email": KeyChannelEmail,
	}
}

func channelName(r *web.Request, channel string) string {
	if key, known := channelKeys()[channel]; known {
		return r.Say(key, nil)
	}
	return channel
}

// channels lists these ways in their order.
func channels(r *web.Request, which ...string) []web.FieldOption {
	var all []web.FieldOption
	for _, c := range which {
		all = append(all, web.FieldOption{Value: c, Label: channelName(r, c)})
	}
	return all
}
