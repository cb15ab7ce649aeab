package app

import (
	"context"
	"log/slog"

	"charterhouse/internal/pg"
)

// startUp refuses what would take down the walls between towns: a service that
// could do more than a service may.
func (h *house) startUp(ctx context.Context, db *pg.DB, log *slog.Logger) error {
	if err := db.LoadFences(ctx); err != nil {
		log.Warn("the list of fenced towns cannot be read yet", "error", err)
	}
	return nil
}
