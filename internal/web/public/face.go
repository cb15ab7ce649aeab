// Package public is a town's site as a citizen sees it: its promises with their
// badges, the charter and its versions, by when an answer comes and why, and how
// the town is reached. Nothing here writes, sets a cookie or needs a script.
package public

import (
	"embed"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/provision"
	"charterhouse/internal/web"
)

//go:embed *.html
var templates embed.FS

// Site holds what towns of one country share.
type Site struct {
	countries map[string]country
}

type country struct {
	provision.Pack
	calendar *deadline.Calendar
}

// New makes the face. It fails when a country's calendar cannot be compiled.
func New(packs provision.Packs) (web.Face, error) {
	s := &Site{countries: map[string]country{}}
	for code, pack := range packs {
		cal, err := deadline.Compile(pack.Calendar)
		if err != nil {
			return web.Face{}, fmt.Errorf("public: calendar of %s: %w", code, err)
		}
		s.countries[code] = country{pack, cal}
	}
	return web.Face{
		Name:      "public",
		Templates: templates,
		Dir:       "internal/web/public",
		Routes:    s.routes(),
		Complete:  s.complete,
		Menu: []web.MenuItem{
			{Path: "/commitments", Key: KeyMenuCommitments},
			{Path: "/charter", Key: KeyMenuCharter},
			{Path: "/due", Key: KeyMenuDue},
			{Path: "/search", Key: KeyMenuSearch, Push: true},
		},
	}, nil
}

func (s *Site) routes() web.Routes {
	return web.Routes{
		web.Page("/", s.home),
		web.Page("/commitments", s.commitments),
		web.Page("/commitments/:key", s.commitment),
		web.Page("/charter", s.charter),
		web.Page("/charter/versions", s.versions),
		web.Page("/charter/versions/:number", s.version),
		web.Page("/charter/versions/:number/diff", s.versionDiff),
		web.Page("/charter/versions/:number/text", s.versionText),
		web.Page("/due", s.due),
		web.Page("/search", s.search),
		web.Page("/accessibility", s.accessibility),
		web.Page("/privacy", s.privacy),
		web.File("/sitemap.xml", s.sitemap),
		web.File("/robots.txt", s.robots),
		web.File("/emblem.svg", s.emblem),
	}
}
