package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Message is what somebody writes, with the files they attach: ids that package
// files has given out in this transaction.
type Message struct {
	Text  string
	Files []string
}

// attach puts files to an event, in their order. A file belongs to one case only.
func attach(ctx context.Context, tx *pg.Tx, c *Case, event int64, files []string) error {
	for place, id := range files {
		n, err := tx.Exec(ctx, `INSERT INTO case_files (file_id, case_id, event_id, place) VALUES ($1, $2, $3, $4)
			ON CONFLICT (file_id) DO NOTHING`, id, c.ID, event, place)
		if err != nil {
			return fmt.Errorf("casework: attach to %s: %w", c.Number, err)
		}
		if n == 0 {
			return fmt.Errorf("casework: file %s is attached already", id)
		}
	}
	return nil
}

// Attached wants a file to be one of the case that the party may have; NotFound
// otherwise. Every download asks it.
func Attached(ctx context.Context, tx *pg.Tx, c *Case, file string, to Party) error {
	var n int
	err := tx.Get(ctx, &n, `SELECT count(*) FROM case_files f JOIN case_events e ON e.id = f.event_id
		WHERE f.file_id = $1 AND f.case_id = $2 AND (e.visible OR $3)`, file, c.ID, to == Staff)
	if err != nil {
		return fmt.Errorf("casework: look for a file of %s: %w", c.Number, err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, KeyNoSuchFile)
	}
	return nil
}

// filesOf gives the files of a case by event, in the order in which they were chosen.
func filesOf(ctx context.Context, tx *pg.Tx, c *Case) (map[int64][]string, error) {
	var rows []struct {
		Event int64  `db:"event_id"`
		File  string `db:"file_id"`
	}
	err := tx.Select(ctx, &rows, `SELECT event_id, file_id FROM case_files WHERE case_id = $1 ORDER BY event_id, place, file_id LIMIT $2`,
		c.ID, mostEvents)
	if err != nil {
		return nil, fmt.Errorf("casework: files of %s: %w", c.Number, err)
	}
	files := map[int64][]string{}
	for _, r := range rows {
		files[r.Event] = append(files[r.Event], r.File)
	}
	return files, nil
}
