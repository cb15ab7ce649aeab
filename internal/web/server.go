package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/singleflight"

	"charterhouse/internal/access"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web/assets"
)

// Options are what the composition root gives the kit. Everything is required
// unless it says otherwise.
type Options struct {
	DB      *pg.DB
	Base    tenant.Base
	Catalog *i18n.Catalog
	Assets  *assets.Set
	// Town are the faces a municipality's host answers with, Portal those of the
	// base domain. The first of each draws the error pages.
	Town   []Face
	Portal []Face
	// PortalLangs are the languages of the portal; the first is the fallback.
	PortalLangs []string
	// PortalBrand is the portal's one colour, #rrggbb.
	PortalBrand string
	// PortalZone decides what day it is on the portal.
	PortalZone *time.Location
	// Clock is the time of day; it may be fixed. Ticks counts from any moment and
	// never stands still or goes back: durations are measured with it.
	Clock func() time.Time
	Ticks func() time.Duration
	Log   *slog.Logger
	// Files takes what forms bring; nil = no form brings any.
	Files *files.Store
	// Gate knows the sessions of the staff; nil = no face has routes of theirs.
	Gate *access.Gate
	// Rates bound what one visitor may do; nil = those of the function Rates.
	Rates map[Pace]Rate
	// Requests takes the lines of the request log as JSON, many at a time; Flush
	// writes the last. Nil = each line goes through Log.
	Requests io.Writer
	// Migrated answers nil when the schema is the one this build expects; asked by
	// /readyz. Nil = not asked.
	Migrated func(context.Context) error
	// TrustedProxies are the addresses whose X-Forwarded-For is believed; none by
	// default.
	TrustedProxies []string
	// MetricsToken opens /metrics by "Authorization: Bearer"; when empty, only a
	// direct connection from this machine may read it.
	MetricsToken string
	// PageCacheBytes bounds the page cache; 0 = no page is kept.
	PageCacheBytes int
	// Live reads templates from the source tree on every page.
	Live bool
}

// examiners is how many files are looked at at a time: a photograph of the
// largest size that is taken fills some hundred megabytes while it is drawn anew.
const examiners = 2

// Server answers every request of the service. It is an http.Handler; Poll must
// run beside it, or it knows no municipality.
type Server struct {
	opt      Options
	town     *front
	portal   *front
	plain    *templates // error pages where no site is known
	state    atomic.Pointer[snapshot]
	pages    *pageCache
	flights  singleflight.Group
	press    *press
	metrics  *metrics
	ids      *requestIDs
	requests *requestLog
	rest     http.Handler // behind the page cache
	paces    *paces
	turns    *turns
	frames   sync.Map // of town ids: Frame, as the face last filled it
	// examiners is how many files are looked at at a time.
	examiners    chan struct{}
	bodyPatience time.Duration
	table        []RouteInfo
}

// front is what answers on one kind of host: a router over its faces.
type front struct {
	engine *gin.Engine
	first  *templates
}

// New puts the faces together. It refuses a template that does not parse and a
// route that stands twice.
func New(opt Options) (*Server, error) {
	if len(opt.Town) == 0 || len(opt.Portal) == 0 || len(opt.PortalLangs) == 0 {
		return nil, errors.New("web: a town and the portal each need a face, and the portal a language")
	}
	ids, err := newRequestIDs()
	if err != nil {
		return nil, err
	}
	if opt.Rates == nil {
		opt.Rates = Rates()
	}
	paces, err := newPaces(opt.Rates, opt.Ticks)
	if err != nil {
		return nil, err
	}
	pages := newPageCache(opt.PageCacheBytes)
	s := &Server{
		opt: opt, pages: pages, press: newPress(), metrics: newMetrics(pages), ids: ids, paces: paces, turns: newTurns(),
		examiners: make(chan struct{}, examiners), bodyPatience: bodyPatience,
	}
	if opt.Requests != nil {
		s.requests = newRequestLog(opt.Requests)
	}
	words := wording{catalog: opt.Catalog, assets: opt.Assets}
	if s.plain, err = loadTemplates(Face{Name: "web"}, words, opt.Live); err != nil {
		return nil, err
	}
	if s.town, err = s.newFront(opt.Town, words); err != nil {
		return nil, err
	}
	if s.portal, err = s.newFront(opt.Portal, words); err != nil {
		return nil, err
	}
	s.metrics.registry.MustRegister(newJobGauges(s), newFileGauges(s))
	s.rest = s.behindCache()
	return s, nil
}

// HTTP gives the listener's server with its limits: a slow or silent client
// holds a connection for seconds, not for ever.
func (s *Server) HTTP(addr string) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       60 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       120 * time.Second,
		// Room to explain to a reader that an address of a megabyte is too long.
		MaxHeaderBytes: 1<<20 + 64<<10,
		ErrorLog:       slog.NewLogLogger(s.opt.Log.Handler(), slog.LevelWarn),
	}
}
