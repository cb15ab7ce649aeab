package files

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"charterhouse/internal/pg"
)

// Discard forgets kept files: their names and all else that is known of them go
// with the transaction. Remove then takes the contents from the disk; until it
// does, or where it never does, nobody can ask for them, and Sweep finds them.
// Without ids it does nothing.
func Discard(ctx context.Context, tx *pg.Tx, ids []string) error {
	if len(ids) == 0 {
		return nil // as JSON a nil list is null, which the database does not take for one
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("files: discard: %w", err)
	}
	_, err = tx.Exec(ctx, `DELETE FROM files WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb))`, string(list))
	if err != nil {
		return fmt.Errorf("files: discard: %w", err)
	}
	return nil
}

// Remove takes the contents of discarded files from the disk, after the commit.
func (s *Store) Remove(r pg.Realm, ids []string) error {
	for _, id := range ids {
		if !isID(id) {
			continue
		}
		if err := s.root.Remove(keptPath(r, id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("files: remove: %w", err)
		}
	}
	return nil
}
