package pg

import (
	"context"
	"fmt"
	"time"
)

// ServerTime reads the clock of the database server, the only one that all
// instances share: for leases and throttles, which pass it on as a parameter.
// Whatever a citizen is promised is computed from Now.
func (t *Tx) ServerTime(ctx context.Context) (time.Time, error) {
	var now time.Time
	// The argument saves the round trip of preparing it.
	if err := t.Get(ctx, &now, `SELECT clock_timestamp() WHERE $1`, true); err != nil {
		return now, fmt.Errorf("pg: read the server's clock: %w", err)
	}
	return now.UTC(), nil
}
