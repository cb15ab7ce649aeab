package web

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"charterhouse/internal/access"
	"charterhouse/internal/files"
)

// newFront registers every route of the faces on one router. gin does the
// matching and nothing else: it neither redirects nor believes a proxy.
func (s *Server) newFront(faces []Face, words wording) (f *front, err error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.RedirectFixedPath = false
	engine.HandleMethodNotAllowed = true
	if err := engine.SetTrustedProxies(s.opt.TrustedProxies); err != nil {
		return nil, fmt.Errorf("web: trusted proxies: %w", err)
	}
	defer func() {
		// gin refuses a route that stands twice by a panic at registration.
		if p := recover(); p != nil {
			err = fmt.Errorf("web: routes: %v", p)
		}
	}()
	f = &front{engine: engine}
	engine.GET("/", s.toLanguage)
	engine.HEAD("/", s.toLanguage)
	for _, face := range faces {
		t, err := loadTemplates(face, words, s.opt.Live)
		if err != nil {
			return nil, err
		}
		if f.first == nil {
			f.first = t
		}
		for _, route := range face.Routes {
			if err := s.mount(engine, t, route); err != nil {
				return nil, err
			}
		}
	}
	engine.NoRoute(s.noRoute)
	engine.NoMethod(s.noMethod)
	return f, nil
}

// mount registers one route, and its other spelling with the slash at the end
// as a redirect. A route of the staff without a known permission is refused.
func (s *Server) mount(engine *gin.Engine, t *templates, route Route) error {
	if err := s.check(t, route); err != nil {
		return err
	}
	pattern, other := route.path, ""
	if route.language {
		pattern = "/:lang" + route.path
		if other = pattern + "/"; route.path == "/" {
			other = "/:lang"
		}
	}
	s.table = append(s.table, RouteInfo{
		Face: t.face.Name, Portal: s.town != nil, Method: route.kind.method(), Pattern: pattern, Permission: route.perm, Staff: route.kind.ofStaff(),
	})
	if route.kind != reads || route.known {
		engine.Handle(route.kind.method(), pattern, s.private(t, route, pattern))
	} else {
		engine.Handle(http.MethodGet, pattern, s.page(t, route, pattern))
	}
	if route.kind.method() != http.MethodGet {
		return nil
	}
	if route.kind != reads || route.known {
		engine.Handle(http.MethodHead, pattern, s.private(t, route, pattern))
	} else {
		engine.Handle(http.MethodHead, pattern, s.page(t, route, pattern))
	}
	if other != "" {
		engine.Handle(http.MethodGet, other, s.toCanonical)
		engine.Handle(http.MethodHead, other, s.toCanonical)
	}
	return nil
}

// check refuses what would be open to everybody, or closed to all, by mistake.
func (s *Server) check(t *templates, route Route) error {
	known := slices.ContainsFunc(access.PermissionTable(), func(g access.Grant) bool { return g.Permission == route.perm })
	switch {
	case route.handler == nil:
		return fmt.Errorf("web: %s has no handler", route.path)
	case route.kind.ofStaff() && !known:
		return fmt.Errorf("web: %s asks for the permission %q, which nobody knows", route.path, route.perm)
	case (route.kind.ofStaff() || route.known) && (s.opt.Gate == nil || t.face.LogIn == ""):
		return fmt.Errorf("web: %s is for the staff, and %s has no entrance", route.path, t.face.Name)
	case route.limits.Files > files.MaxFiles || route.limits.Files > 0 && s.opt.Files == nil:
		return fmt.Errorf("web: %s takes files that there is no place for", route.path)
	}
	return nil
}

// RouteInfo is one route as tests and the documentation see it.
type RouteInfo struct {
	Face       string
	Portal     bool // it answers on the portal's host, else on those of towns
	Method     string
	Pattern    string
	Permission access.Permission // "" = anybody may
	Staff      bool
}

// Routes lists every route of every face, in the order of their lists.
func (s *Server) Routes() []RouteInfo { return slices.Clone(s.table) }
