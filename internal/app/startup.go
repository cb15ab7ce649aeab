package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"charterhouse/config"
	"charterhouse/internal/pg"
	"charterhouse/migrations"
)

func sets() pg.Sets {
	return pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}
}

// startUp asks the database what a start must know. In production the service
// refuses to start where the walls between towns are not sound; elsewhere it
// says so and starts.
func (h *house) startUp(ctx context.Context, db *pg.DB, log *slog.Logger) error {
	if f := lookAtMetrics(h.settings); f.State == Note {
		log.Warn(f.Finding, "check", f.Subject, "do", f.Do)
	}
	var refused []error
	for _, f := range db.Check(ctx, pg.CheckOptions{Sets: sets()}) {
		switch f.Level {
		case pg.Warn:
			log.Warn(f.Text, "check", f.Code, "do", f.Do)
		case pg.Fail:
			refused = append(refused, fmt.Errorf("%s: %s %s", f.Code, f.Text, f.Do))
			log.Error(f.Text, "check", f.Code, "do", f.Do)
		}
	}
	if len(refused) > 0 && h.settings.Environment == config.Production {
		return fmt.Errorf("the service does not start: %w", errors.Join(refused...))
	}
	if err := db.LoadFences(ctx); err != nil {
		return fmt.Errorf("read which towns are fenced: %w", err)
	}
	return nil
}

// migrated answers nil when the tables of the platform are those of this build;
// a town that waits for its own is no reason to serve nobody.
func migrated(db *pg.DB) func(context.Context) error {
	return func(ctx context.Context) error {
		if f := db.CheckMigrations(ctx, sets()); f.Level == pg.Fail {
			return errors.New(f.Text)
		}
		return nil
	}
}
