package access

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/pg"
)

// attemptsLife is how long a count of attempts is kept after the last one: as
// long as the slowest pace remembers.
const attemptsLife = 24 * time.Hour

// Swept is what a sweep removed.
type Swept struct{ Sessions, Links, Attempts int64 }

// Sweep removes what is over: sessions, links and counts. Nothing depends on it
// but the size of the tables and that nothing is kept longer than needed.
func Sweep(ctx context.Context, tx *pg.Tx) (s Swept, err error) {
	s.Sessions, err = tx.Exec(ctx, `DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2`, tx.Now, tx.Now.Add(-sessionIdle))
	if err != nil {
		return s, fmt.Errorf("access: sweep sessions: %w", err)
	}
	s.Links, err = tx.Exec(ctx, `DELETE FROM user_tokens WHERE expires_at <= $1`, tx.Now)
	if err != nil {
		return s, fmt.Errorf("access: sweep links: %w", err)
	}
	server, err := tx.ServerTime(ctx)
	if err != nil {
		return s, err
	}
	s.Attempts, err = tx.Exec(ctx, `DELETE FROM log_in_attempts WHERE last_at <= $1 AND barred_until <= $2`, server.Add(-attemptsLife), server)
	if err != nil {
		return s, fmt.Errorf("access: sweep attempts: %w", err)
	}
	return s, nil
}
