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
		return map[string]string{"lang": "en"}
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
