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
	"charterhouse/internal/jobs"
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
	bell := jobs.NewBell()
	o := h.options(s.DatabaseURL, s.DatabasePool)
	o.Wake = bell.Ring
	db, err := pg.Open(ctx, o)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer db.Close()
	if err := h.startUp(ctx, db, log); err != nil {
		return err
	}
	r, err := h.rooms()
	if err != nil {
		return err
	}
	if err := h.openFiles(r); err != nil {
		return err
	}
	defer r.files.Close()
	server, err := h.web(db, r, log, requestLog(s, out))
	if err != nil {
		return err
	}
	r.towns = server.Towns
	defer server.Flush()
	listener, err := net.Listen("tcp", s.HTTPAddr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if err := server.Refresh(ctx); err != nil {
		return errors.Join(fmt.Errorf("read the registry: %w (`charter setup` prepares an empty database)", err), listener.Close())
	}
	go server.Poll(ctx)
	stop, err := h.runBeside(ctx, db, r, bell, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stop()
	if ready != nil {
		ready(listener.Addr())
	}
	return serveUntil(ctx, server.HTTP(s.HTTPAddr), listener, s.ShutdownTimeout)
}

// runBeside does the jobs beside the requests, until ctx ends or stop is called,
// which waits for what runs.
func (h *house) runBeside(ctx context.Context, db *pg.DB, r *rooms, bell *jobs.Bell, log *slog.Logger) (stop func(), err error) {
	if !h.settings.RunJobs {
		return func() {}, nil
	}
	runner, err := h.runner(db, r, bell, log)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := runner.Run(ctx); err != nil {
			log.Error("the jobs have stopped", "error", err)
		}
	}()
	return func() {
		cancel()
		<-done
	}, nil
}

// web puts kit and faces together. requests takes the lines of the request log;
// nil = they go through log.
func (h *house) web(db *pg.DB, r *rooms, log *slog.Logger, requests io.Writer) (*web.Server, error) {
	set, err := assets.Load()
	if err != nil {
		return nil, err
	}
	town, err := public.New(h.packs)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(portalZone)
	if err != nil {
		return nil, fmt.Errorf("the portal's time zone: %w", err)
	}
	return web.New(web.Options{
		DB: db, Base: h.base(), Catalog: h.catalog, Assets: set,
		Town:        []web.Face{town},
		Portal:      []web.Face{national.New(h.settings.PortalEmail)},
		PortalLangs: []string{"en", "lt", "bg"}, PortalBrand: national.Brand(), PortalZone: zone,
		Files: r.files, Gate: r.gate,
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
