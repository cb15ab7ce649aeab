package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/files"
	"charterhouse/internal/jobs"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
)

// Service is all that answers requests, opened and not listening yet: what Serve
// serves, and what the proofs of isolation ask in the same process.
type Service struct {
	Server *web.Server
	DB     *pg.DB
	Gate   *access.Gate
	Desk   *casework.Desk
	Post   *notify.Post
	Files  *files.Store

	house *house
	rooms *rooms
	bell  *jobs.Bell
	log   *slog.Logger
}

// Open opens the database, the files and the pages. The log goes to out. It
// refuses settings without a database, and in production without a secret key.
func Open(ctx context.Context, s *config.Settings, out io.Writer) (*Service, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	if s.Environment == config.Production {
		if err := s.Require("database_url", "secret_key"); err != nil {
			return nil, err
		}
	}
	if s.DatabaseURL == "" {
		return nil, errors.New("CHARTER_DATABASE_URL is not set: `charter demo` brings a database of its own, `charter doctor` tells the rest")
	}
	v := &Service{house: h, bell: jobs.NewBell(), log: Log(s, out)}
	o := h.options(s.DatabaseURL, s.DatabasePool)
	o.Wake = v.bell.Ring
	if v.DB, err = pg.Open(ctx, o); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := v.furnish(ctx, out); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// furnish puts behind the door what needs it.
func (v *Service) furnish(ctx context.Context, out io.Writer) error {
	if err := v.house.startUp(ctx, v.DB, v.log); err != nil {
		return err
	}
	r, err := v.house.rooms()
	if err != nil {
		return err
	}
	if err := v.house.openFiles(r); err != nil {
		return err
	}
	r.desk.Log = v.log
	v.rooms, v.Gate, v.Desk, v.Post, v.Files = r, r.gate, r.desk, r.post, r.files
	if v.Server, err = v.house.web(v.DB, r, v.log, requestLog(v.house.settings, out)); err != nil {
		return err
	}
	r.towns = v.Server.Towns
	return nil
}

// Runner does the jobs of all realms.
func (v *Service) Runner() (*jobs.Runner, error) { return v.house.runner(v.DB, v.rooms, v.bell, v.log) }

// Close writes the last lines of the log and gives files and database back.
func (v *Service) Close() error {
	var err error
	if v.Server != nil {
		v.Server.Flush()
	}
	if v.Files != nil {
		err = v.Files.Close()
	}
	return errors.Join(err, v.DB.Close())
}
