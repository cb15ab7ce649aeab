package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"charterhouse/config"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
	"charterhouse/internal/web/assets"
	"charterhouse/internal/web/national"
	"charterhouse/internal/web/public"
)

// Serve answers requests until ctx ends, then lets those under way finish. The log
// goes to out. ready is called once, when the address is open and the registry is
// known.
func Serve(ctx context.Context, s *config.Settings, out io.Writer, ready func(net.Addr)) error {
	log := Log(s, out)
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	if s.Environment == config.Production {
		if err := s.Require("database_url", "secret_key"); err != nil {
			return err
		}
	}
	if s.DatabaseURL == "" {
		return errors.New("CHARTER_DATABASE_URL is not set: `charter demo` brings a database of its own, `charter doctor` tells the rest")
	}
	db, err := pg.Open(ctx, h.options(s.DatabaseURL, s.DatabasePool))
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer db.Close()
	if err := h.startUp(ctx, db, log); err != nil {
		return err
	}
	server, err := h.web(db, log, requestLog(s, out))
	if err != nil {
		return err
	}
	defer server.Flush()
	listener, err := net.Listen("tcp", s.HTTPAddr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if err := server.Refresh(ctx); err != nil {
		return errors.Join(fmt.Errorf("read the registry: %w (`charter setup` prepares an empty database)", err), listener.Close())
	}
	go server.Poll(ctx)
	if ready != nil {
		ready(listener.Addr())
	}
	return serveUntil(ctx, server.HTTP(s.HTTPAddr), listener, s.ShutdownTimeout)
}

// web puts kit and faces together. requests takes the lines of the request log;
// nil = they go through log.
func (h *house) web(db *pg.DB, log *slog.Logger, requests io.Writer) (*web.Server, error) {
	set, err := assets.Load()
	if err != nil {
		return nil, err
	}
	town, err := public.New(h.packs)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return nil, fmt.Errorf("the portal's time zone: %w", err)
	}
	return web.New(web.Options{
		DB: db, Base: h.base(), Catalog: h.catalog, Assets: set,
		Town:        []web.Face{town},
		Portal:      []web.Face{national.New(h.settings.PortalEmail)},
		PortalLangs: []string{"en", "lt", "bg"}, PortalBrand: national.Brand(), PortalZone: zone,
		Clock: h.clock, Ticks: Ticks(), Log: log, Requests: requests,
		TrustedProxies: h.settings.TrustedProxies, MetricsToken: h.settings.MetricsToken.Reveal(),
		Live: h.settings.LiveTemplates, PageCacheBytes: h.settings.PageCacheMB << 20, Migrated: migrated(db),
	})
}

// serveUntil serves until ctx ends and then waits for the requests under way.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener, patience time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	// ctx is over; the last answers get a time of their own.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return fmt.Errorf("stop: some requests did not finish in %s: %w", patience, err)
	}
	return nil
}
