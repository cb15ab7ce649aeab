package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web/assets"
	"charterhouse/internal/web/theme"
)

// How long one reading of the registry is good for.
const (
	pollEvery   = time.Second
	pollTimeout = 2 * time.Second
	// After freshFor without a reading the database counts as down and pages say
	// that they are stale; after staleFor they are no longer shown.
	freshFor = 5 * time.Second
	staleFor = 10 * time.Minute
)

// themePath is where the towns' style sheets are found.
const themePath = assets.Prefix + "theme/"

// snapshot is one reading of the registry, immutable: all the kit needs to know
// who a request is for.
type snapshot struct {
	towns  *tenant.Directory
	sites  map[int64]*site // by town
	portal *site
	sheets map[string]sheet  // by brand
	themes map[string][]byte // by address
	readAt time.Duration     // in Ticks
}

// all gives the portal and every town.
func (n *snapshot) all() []*site {
	return append(slices.Collect(maps.Values(n.sites)), n.portal)
}

// site is one host's owner: a town or the portal.
type site struct {
	town     tenant.Town // zero for the portal
	realm    pg.Realm
	slug     string // label in logs and metrics
	origin   string
	langs    []string
	zone     *time.Location
	revision int64
	theme    string
	front    *front
	secure   bool // its stored origin is https
	// day lasts from dayFrom until dayTo, in Unix seconds, so that a page from the
	// cache needs no calendar.
	day            deadline.Date
	dayFrom, dayTo int64
}

// today is the local date of a site.
func (s *site) today(now time.Time) deadline.Date {
	if t := now.Unix(); s.dayFrom <= t && t < s.dayTo {
		return s.day
	}
	return deadline.Of(now, s.zone)
}

// begin notes the day that it is.
func (s *site) begin(now time.Time) *site {
	s.day = deadline.Of(now, s.zone)
	s.dayFrom, s.dayTo = s.day.In(s.zone).Unix(), s.day.AddDays(1).In(s.zone).Unix()
	return s
}

// Poll reads the registry now and once a second until ctx ends. It is the whole
// invalidation of the page cache: a town's revision is part of every key.
func (s *Server) Poll(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	up := true
	for {
		err := s.Refresh(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && up:
			s.opt.Log.Error("registry not readable; serving what is known", "error", err)
		case err == nil && !up:
			s.opt.Log.Info("registry readable again")
		}
		up = err == nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Refresh reads the registry once.
func (s *Server) Refresh(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	began := s.opt.Ticks()
	var dir *tenant.Directory
	noticed := s.watch()
	// Not of the readers' share: when they fill theirs, we must still hear of it.
	err := s.opt.DB.Class(pg.Jobs).Read(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		dir, err = tenant.Read(ctx, tx, s.opt.Base)
		return err
	})
	noticed()
	if err != nil {
		s.presume(err)
		return fmt.Errorf("web: registry: %w", err)
	}
	s.opt.DB.Presume(false)
	// Said once and not every second.
	if last := s.state.Load(); last == nil || fmt.Sprint(last.towns.Faults()) != fmt.Sprint(dir.Faults()) {
		for _, fault := range dir.Faults() {
			s.opt.Log.Error("a town is left out", "error", fault)
		}
	}
	s.state.Store(s.look(dir, began))
	return s.opt.DB.Class(pg.Jobs).LoadFences(ctx)
}

// watch looks whether a reading of the registry comes back at all: on a connection
// that hangs, giving up takes the driver many times the time limit.
func (s *Server) watch() (end func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(pollEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				s.presume(context.DeadlineExceeded)
			}
		}
	}()
	return func() { close(done); <-ended }
}

// presume takes the database for gone when it has not been read for as long as
// pages count as fresh: readers then wait for nothing and get what is in memory, or
// the page that says so. The poll goes on asking. A full class is no sign of that.
func (s *Server) presume(err error) {
	last := s.state.Load()
	if last == nil || errors.Is(err, pg.ErrBusy) || !databaseAway(err) {
		return
	}
	if s.opt.Ticks()-last.readAt > freshFor {
		s.opt.DB.Presume(true)
	}
}

// Towns is the registry as the last poll found it; nil before the first.
func (s *Server) Towns() *tenant.Directory {
	if snap := s.state.Load(); snap != nil {
		return snap.towns
	}
	return nil
}

// look prepares what every request needs, so that none computes it again.
func (s *Server) look(dir *tenant.Directory, readAt time.Duration) *snapshot {
	old := s.state.Load()
	towns := dir.Towns()
	snap := &snapshot{
		towns: dir, sites: make(map[int64]*site, len(towns)), sheets: map[string]sheet{}, themes: map[string][]byte{}, readAt: readAt,
	}
	now := s.opt.Clock()
	snap.portal = (&site{
		realm: pg.Portal(), slug: "portal", origin: s.opt.Base.Origin(s.opt.Base.Domain), langs: s.opt.PortalLangs,
		zone: s.opt.PortalZone, revision: dir.Revision(), theme: snap.paint(old, s.opt.PortalBrand), front: s.portal,
		secure: s.opt.Base.Scheme == "https",
	}).begin(now)
	for _, t := range towns {
		snap.sites[t.ID] = (&site{
			town: t, realm: t.Realm, slug: t.Slug, origin: t.Origin, langs: t.Languages, zone: t.Zone,
			revision: t.Revision, theme: snap.paint(old, t.Brand), front: s.town,
			secure: strings.HasPrefix(t.Origin, "https:"),
		}).begin(now)
	}
	return snap
}

// sheet is the style sheet of one brand; its address changes with its content.
type sheet struct {
	path string
	css  []byte
}

// paint gives the address of a brand's style sheet; one that stood a second ago
// is not computed again.
func (n *snapshot) paint(old *snapshot, brand string) string {
	if sh, done := n.sheets[brand]; done {
		return sh.path
	}
	var sh sheet
	if old != nil {
		sh = old.sheets[brand]
	}
	if sh.css == nil {
		sh.css = theme.CSS(brand)
		sum := sha256.Sum256(sh.css)
		sh.path = themePath + hex.EncodeToString(sum[:8]) + ".css"
	}
	n.sheets[brand], n.themes[sh.path] = sh, sh.css
	return sh.path
}

// siteOf finds whose host this is: the portal's, a town's, or nobody's.
func (n *snapshot) siteOf(host, base string) *site {
	if host == base {
		return n.portal
	}
	town, ok := n.towns.ByHost(host)
	if !ok {
		return nil
	}
	return n.sites[town.ID]
}
