// Package public is a town's site as a citizen sees it: its promises with their
// badges, the charter and its versions, by when an answer comes and why, how the
// town is reached; and the citizen's side of a case: choosing its kind, filing it,
// following it by number and code, answering, adding, withdrawing, rating.
//
// No page sets a cookie or needs a script. A tracking code travels in the bodies
// of forms and stands in no address.
package public

import (
	"embed"
	"sync"

	"charterhouse/internal/casework"
	"charterhouse/internal/files"
	"charterhouse/internal/provision"
	"charterhouse/internal/web"
)

//go:embed *.html
var templates embed.FS

// Options are what the face is made of.
type Options struct {
	Packs provision.Packs
	Desk  *casework.Desk
	Files *files.Store
}

// Site holds what towns of one country share.
type Site struct {
	countries provision.Packs
	desk      *casework.Desk
	files     *files.Store
	offices   sync.Map // of *office, by the number of the town
}

// New makes the face.
func New(o Options) web.Face {
	s := &Site{countries: o.Packs, desk: o.Desk, files: o.Files}
	return web.Face{
		Name:      "public",
		Templates: templates,
		Dir:       "internal/web/public",
		Routes:    s.routes(),
		Complete:  s.complete,
		Menu: []web.MenuItem{
			{Path: "/commitments", Key: KeyMenuCommitments},
			{Path: "/charter", Key: KeyMenuCharter},
			{Path: "/results", Key: KeyMenuResults},
			{Path: "/due", Key: KeyMenuDue},
			{Path: "/search", Key: KeyMenuSearch},
			{Path: "/submit", Key: KeyMenuSubmit, Push: true},
			{Path: "/track", Key: KeyMenuTrack},
		},
	}
}

func (s *Site) routes() web.Routes {
	return web.Routes{
		web.Page("/", s.home),
		web.Page("/commitments", s.commitments),
		web.Page("/commitments/:key", s.commitment),
		web.Page("/results", s.results),
		web.Page("/results/download", s.resultsDownload),
		web.Page("/charter", s.charter),
		web.Page("/charter/versions", s.versions),
		web.Page("/charter/versions/:number", s.version),
		web.Page("/charter/versions/:number/diff", s.versionDiff),
		web.Page("/charter/versions/:number/text", s.versionText),
		web.Page("/due", s.due),
		web.Page("/search", s.search),
		web.Page("/accessibility", s.accessibility),
		web.Page("/privacy", s.privacy),

		web.Page("/submit", s.choose),
		web.Page("/submit/:kind", s.filingEmpty),
		web.Post("/submit/:kind", s.filingSend, filingLimits(), web.Refused(s.filing), web.Settled(s.filed)),

		web.Page("/track", s.trackEmpty),
		web.Page("/track/:number/:token", s.follow),
		web.Post("/track", s.trackOpen, web.Limits{Pace: web.Lookup}, web.Refused(s.track)),
		web.Page("/track/file", s.toTrack),
		web.Post("/track/file", s.download, web.Limits{Pace: web.Lookup}, web.Refused(s.track)),
		web.Page("/track/add", s.toTrack),
		web.Post("/track/add", s.add, s.caseLimits(), web.Refused(s.caseAgain), web.Settled(s.acted(casework.ToAdd))),
		web.Page("/track/answer", s.toTrack),
		web.Post("/track/answer", s.respond, s.caseLimits(), web.Refused(s.caseAgain), web.Settled(s.acted(casework.ToRespond))),
		web.Page("/track/withdraw", s.toTrack),
		web.Post("/track/withdraw", s.withdraw, web.Limits{Pace: web.Lookup}, web.Refused(s.caseAgain), web.Settled(s.acted(casework.ToWithdraw))),
		web.Page("/track/rate", s.toTrack),
		web.Post("/track/rate", s.rate, web.Limits{Pace: web.Lookup}, web.Refused(s.caseAgain), web.Settled(s.acted(casework.ToRate))),

		web.File("/sitemap.xml", s.sitemap),
		web.File("/robots.txt", s.robots),
		web.File("/emblem.svg", s.emblem),
	}
}
