package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/files"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web/admin"
)

// portalZone decides what day it is on the portal, and so in its jobs.
const portalZone = "Europe/Brussels"

// The sweeps that belong to nobody's page: what is over is removed at night.
const (
	kindSweepAccess = "access.sweep"
	kindSweepFiles  = "files.sweep"
	sweepHour       = 3
)

// kindCheckpoint signs the head of the realm's chain and keeps it elsewhere.
const kindCheckpoint = "audit.checkpoint"

// kinds are all that the runner can do.
func (r *rooms) kinds() []jobs.Kind {
	own := []jobs.Kind{
		jobs.InTx(kindSweepAccess, func(ctx context.Context, tx *pg.Tx, _ jobs.Occurrence) error {
			_, err := access.Sweep(ctx, tx)
			return err
		}),
		jobs.InTx(kindSweepFiles, func(ctx context.Context, tx *pg.Tx, _ jobs.Occurrence) error {
			_, err := r.files.Sweep(ctx, tx)
			return err
		}),
	}
	own = append(own, jobs.Outside(kindCheckpoint, func(ctx context.Context, run jobs.Run, _ jobs.Occurrence) (jobs.Outcome, error) {
		return nil, run.Read(ctx, func(tx *pg.Tx) error { return r.checkpoints.Keep(ctx, tx) })
	}))
	return slices.Concat(own, r.post.Jobs(), r.desk.Jobs(), r.keeper.Jobs(), admin.Jobs(r.gate, r.post))
}

// timetable is what comes round every day, or every hour.
func (r *rooms) timetable() []jobs.Recurring {
	own := []jobs.Recurring{
		{Kind: kindSweepAccess, Hour: sweepHour}, {Kind: kindSweepFiles, Hour: sweepHour, Towns: true}, {Kind: kindCheckpoint, Hourly: true},
	}
	return slices.Concat(own, r.desk.Timetable(), r.keeper.Timetable())
}

// runner does the jobs of the portal and of every active town.
func (h *house) runner(db *pg.DB, r *rooms, bell *jobs.Bell, log *slog.Logger) (*jobs.Runner, error) {
	zone, err := time.LoadLocation(portalZone)
	if err != nil {
		return nil, fmt.Errorf("the portal's time zone: %w", err)
	}
	return jobs.New(jobs.Options{
		DB: db, Kinds: r.kinds(), Timetable: r.timetable(), Bell: bell, Ticks: Ticks(), Log: log,
		Realms: func(context.Context) ([]jobs.Place, error) { return places(zone, r.towns()), nil },
	})
}

// places are where jobs wait: the portal, whose days are counted in a zone, and
// every active town of a reading of the registry; nil = there was none yet.
func places(zone *time.Location, dir *tenant.Directory) []jobs.Place {
	all := []jobs.Place{{Realm: pg.Portal(), Zone: zone}}
	if dir == nil {
		return all
	}
	for _, t := range dir.Towns() {
		all = append(all, jobs.Place{Realm: t.Realm, Zone: t.Zone})
	}
	return all
}

// openFiles opens where attachments are kept.
func (h *house) openFiles(r *rooms) (err error) {
	r.files, err = files.Open(h.settings.Files(), files.Room{Bytes: int64(h.settings.FilesWaitingMB) << 20, Ticks: Ticks()})
	return err
}

// registryEvery is how often a process without pages looks for new towns.
const registryEvery = 5 * time.Second

// Work does the background jobs and answers no requests, until ctx ends. The log
// goes to out.
func Work(ctx context.Context, s *config.Settings, out io.Writer) error {
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
		return errors.New("CHARTER_DATABASE_URL is not set")
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
	r.desk.Log = log
	var towns atomic.Pointer[tenant.Directory]
	r.towns = towns.Load
	read := func() error {
		return db.Class(pg.Jobs).Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
			dir, err := tenant.Read(ctx, tx, h.base())
			towns.Store(dir)
			return err
		})
	}
	if err := read(); err != nil {
		return fmt.Errorf("read the registry: %w", err)
	}
	go func() {
		every := time.NewTicker(registryEvery)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
				if err := read(); err != nil {
					log.Warn("the registry was not read", "error", err)
				}
			}
		}
	}()
	runner, err := h.runner(db, r, bell, log)
	if err != nil {
		return err
	}
	return runner.Run(ctx)
}
