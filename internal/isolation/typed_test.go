package isolation

import (
	"strings"

	"github.com/pquerna/otp/totp"
)

// typed is what is typed into the forms of a route beside what stands in them;
// empty takes a field away.
func typed(w *world, r route, c filed) map[string]string {
	s := w.towns[r.slug()]
	boss := s.Users[string(Administrator)]
	if r.Portal {
		boss = s.Users[string(Operator)]
	}
	switch strings.TrimPrefix(r.Route, "POST ") {
	case "/submit/:kind":
		return map[string]string{"happened_on": "", "anonymous": "", "danger": ""}
	case "/track":
		return map[string]string{"number": c.Number, "code": c.Code}
	case "/track/file":
		return map[string]string{"file": c.File}
	case "/track/withdraw":
		return map[string]string{"sure": "yes"}
	case "/track/rate":
		return map[string]string{"score": "4"}
	case "/admin/log-in":
		return map[string]string{"email": s.Users[string(r.first())].Email}
	case "/admin/code":
		if codes := s.Users["halfway"].Recovery; len(codes) > 0 {
			return map[string]string{"code": codes[0]}
		}
	case "/admin/new-password":
		return map[string]string{"password": s.OneTime}
	case "/admin/second-factor/confirm":
		code, _ := totp.GenerateCode(s.Users["unenrolled"].TOTP, w.clock()) // an empty secret gives a code too
		return map[string]string{"code": code}
	case "/admin/forgotten":
		return map[string]string{"email": boss.Email}
	case "/admin/cases/:number/extend":
		return map[string]string{"final": "2026-12-22"}
	case "/admin/users/user/:id":
		return map[string]string{"name": "Ona Kitokia"}
	case "/admin/users/user/:id/do":
		return map[string]string{"do": "disable"}
	case "/admin/account":
		return map[string]string{"lang": map[bool]string{true: "lt", false: "en"}[r.Portal]}
	case "/admin/settings/terms/:kind":
		return map[string]string{"own_note_lt": "Kitaip.", "own_note_en": "Otherwise."}
	case "/admin/settings/counting":
		return map[string]string{"asking": "runs"}
	case "/admin/settings/anonymous":
		return map[string]string{"policy": "accept"}
	case "/admin/users/new":
		return map[string]string{"roles": string(r.first())}
	case "/admin/settings/channels/edit/:key":
		return map[string]string{"title_lt": "Paštu", "title_en": "By post", "links_0_label_lt": "", "links_0_label_en": "", "links_0_url": ""}
	case "/admin/settings/privacy":
		return map[string]string{"retention_lt": "Penkerius metus.", "retention_en": "Five years."}
	case "/admin/settings/departments/edit/:key":
		return map[string]string{"title_lt": "Skyrius", "title_en": "A department"}
	case "/admin/settings/days/edit/:date", "/admin/settings/days/edit/:date/try":
		return map[string]string{"name_lt": "Šventė", "name_en": "A feast", "date": "2026-12-30"}
	case "/admin/results/:key", "/admin/results/:key/:starts":
		return map[string]string{"value": "92,5", "evidence": "Metų ataskaita", "link": ""}
	case "/admin/account/sessions":
		return map[string]string{"which": "others"}
	}
	return nil
}

// first is a role that may, the one with the fewest rights.
func (r route) first() Role {
	for _, role := range []Role{Viewer, Coordinator} {
		for _, has := range r.roles() {
			if role == has {
				return role
			}
		}
	}
	return Anonymous
}
