package jobs

import (
	"context"
	"fmt"

	"charterhouse/internal/pg"
)

// Forget takes away the jobs of a kind that wait and that nobody has begun. It is
// for a kind whose one run does what all of them ask for: whoever calls it does
// that afterwards, in the same transaction. A job that comes meanwhile stays.
func Forget(ctx context.Context, tx *pg.Tx, kind string) error {
	_, err := tx.Exec(ctx, `DELETE FROM jobs WHERE id IN (SELECT id FROM jobs
		WHERE kind = $1 AND state = 'pending' AND attempt = 0 AND effect_key IS NULL FOR UPDATE SKIP LOCKED)`, kind)
	if err != nil {
		return fmt.Errorf("jobs: forget what waits of %s: %w", kind, err)
	}
	return nil
}
