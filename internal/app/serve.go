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
	"charterhouse/internal/web/admin"
	"charterhouse/internal/web/assets"
	"charterhouse/internal/web/national"
	"charterhouse/internal/web/public"
)

// Serve answers requests until ctx ends, then lets those under way finish. The log
// goes to out. ready is called once, when the address is open and the registry is
// known.
func Serve(ctx context.Context, s *config.Settings, out io.Writer, ready func(net.Addr)) error {
	v, err := Open(ctx, s, out)
	if err != nil {
		return err
	}
	defer v.Close()
	listener, err := net.Listen("tcp", s.HTTPAddr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if err := v.Server.Refresh(ctx); err != nil {
		return errors.Join(fmt.Errorf("read the registry: %w (`charter setup` prepares an empty database)", err), listener.Close())
	}
	go v.Server.Poll(ctx)
	stop, err := v.runBeside(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stop()
	if ready != nil {
		ready(listener.Addr())
	}
	return serveUntil(ctx, v.Server.HTTP(s.HTTPAddr), listener, s.ShutdownTimeout)
}

// runBeside does the jobs beside the requests, until ctx ends or stop is called,
// which waits for what runs.
func (v *Service) runBeside(ctx context.Context) (stop func(), err error) {
	if !v.house.settings.RunJobs {
		return func() {}, nil
	}
	runner, err := v.Runner()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := runner.Run(ctx); err != nil {
			v.log.Error("the jobs have stopped", "error", err)
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
	town := public.New(public.Options{Packs: h.packs, Desk: r.desk, Files: r.files})
	zone, err := time.LoadLocation(portalZone)
	if err != nil {
		return nil, fmt.Errorf("the portal's time zone: %w", err)
	}
	return web.New(web.Options{
		DB: db, Base: h.base(), Catalog: h.catalog, Assets: set,
		Town:        []web.Face{town, admin.New(h.staff(r))},
		Portal:      []web.Face{national.New(h.settings.PortalEmail), admin.Portal(h.staff(r))},
		PortalLangs: []string{"en", "lt", "bg"}, PortalBrand: national.Brand(), PortalZone: zone,
		Files: r.files, Gate: r.gate,
		Clock: h.clock, Ticks: Ticks(), Log: log, Requests: requests,
		TrustedProxies: h.settings.TrustedProxies, MetricsToken: h.settings.MetricsToken.Reveal(),
		Live: h.settings.LiveTemplates, PageCacheBytes: h.settings.PageCacheMB << 20, Migrated: migrated(db),
	})
}

// staff is what the desks of the towns and of the portal are opened with.
func (h *house) staff(r *rooms) admin.Options {
	return admin.Options{
		Gate: r.gate, Post: r.post, Desk: r.desk, Files: r.files, Packs: h.packs, Mark: national.Mark(),
		Demo: h.settings.Environment == config.Demo,
	}
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
