package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/web"
)

// entranceRoutes are the pages before the door.
func (s *Site) entranceRoutes() web.Routes {
	return web.Routes{
		web.Page(pathHome, s.home, web.Known()),
		web.Page(pathLogIn, s.logInPage, web.Known()),
	}
}

type entrancePage struct {
	web.Frame
}

func (s *Site) logInPage(r *web.Request) (web.Reply, error) {
	page := &entrancePage{}
	page.Title = r.Say(KeyLogInTitle, nil)
	return web.HTML("log_in", page), nil
}

// home leads to the first room that this person may enter.
func (s *Site) home(r *web.Request) (web.Reply, error) {
	return web.Redirect(r.URL(s.start(r.Principal))), nil
}

// start is where somebody who has signed in begins.
func (s *Site) start(p access.Principal) string {
	if p.Stage != access.StageFull {
		return pathLogIn
	}
	for _, item := range s.menu() {
		if p.Can(item.may) && !(item.town && s.portal) {
			return item.path
		}
	}
	return pathLogIn
}
