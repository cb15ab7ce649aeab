package app

import (
	"context"
	"fmt"
	"io"

	"charterhouse/config"
	"charterhouse/internal/pg"
)

// Setup prepares the database: roles, schemas, rights and tables. It may be run
// again at any time.
func Setup(ctx context.Context, s *config.Settings, out io.Writer) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := h.setup(ctx, admin); err != nil {
		return err
	}
	return h.migrate(ctx, admin, out)
}

func (h *house) setup(ctx context.Context, admin *pg.Admin) error {
	if h.settings.DatabaseURL == "" {
		return fmt.Errorf("CHARTER_DATABASE_URL is not set: setup makes the log-in that it names and gives it no rights of its own")
	}
	if err := admin.Setup(ctx, h.settings.DatabaseURL.Reveal()); err != nil {
		return fmt.Errorf("set the database up: %w", err)
	}
	return nil
}

// Migrate brings every schema up to date; out is told of each.
func Migrate(ctx context.Context, s *config.Settings, out io.Writer) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	return h.migrate(ctx, admin, out)
}

func (h *house) migrate(ctx context.Context, admin *pg.Admin, out io.Writer) error {
	m, err := h.migrator(admin, func(p pg.Progress) {
		if p.Failure != nil {
			fmt.Fprintf(out, "%d/%d %s failed and is fenced: %v\n", p.Done, p.Of, p.Realm, p.Failure)
			return
		}
		fmt.Fprintf(out, "%d/%d %s: %d migrations\n", p.Done, p.Of, p.Realm, p.Applied)
	})
	if err != nil {
		return err
	}
	report, err := m.Run(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return report.Err()
}

// MigrationStatus lists how far each schema is.
func MigrationStatus(ctx context.Context, s *config.Settings) ([]pg.SchemaStatus, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	m, err := h.migrator(admin, nil)
	if err != nil {
		return nil, err
	}
	return m.Status(ctx)
}
