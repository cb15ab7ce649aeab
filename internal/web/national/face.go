// Package national is the portal over all municipalities: who publishes a
// charter, what a charter is, and how a municipality joins. It reads the registry
// only and never opens the schema of a town.
package national

import (
	"embed"

	"charterhouse/internal/access"
	"charterhouse/internal/web"
)

//go:embed *.html
var templates embed.FS

// Portal is what its pages share.
type Portal struct {
	email string // of the team that runs the portal; empty = none is shown
}

// New makes the face.
func New(email string) web.Face {
	p := &Portal{email}
	return web.Face{
		Name:      "national",
		Templates: templates,
		Dir:       "internal/web/national",
		Routes: web.Routes{
			web.Page("/", p.home),
			web.Page("/compare", p.compare),
			web.Page("/compare/download", p.compareDownload),
			web.Page("/compare/:indicator", p.indicator),
			web.Page("/compare/:indicator/download", p.indicatorDownload),
			web.Page("/municipalities/:slug", p.municipality),
			web.Page("/municipalities/:slug/download", p.municipalityDownload),
			web.Staff(access.FiguresExport, "/admin/figures", p.figures),
			web.Staff(access.FiguresExport, "/admin/figures/:country", p.figuresDownload),
			web.Page("/accessibility", p.accessibility),
			web.Page("/privacy", p.privacy),
			web.File("/sitemap.xml", p.sitemap),
			web.File("/robots.txt", p.robots),
			web.File("/emblem.svg", p.emblem),
		},
		LogIn:    "/admin/log-in", // of the portal's other face
		Complete: complete,
		Menu: []web.MenuItem{
			{Path: "/", Key: KeyPortalListTitle},
			{Path: "/compare", Key: KeyCompareMenu},
		},
	}
}
