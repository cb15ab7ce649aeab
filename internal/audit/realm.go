package audit

import (
	"context"
	"fmt"

	"charterhouse/internal/pg"
)

// RealmID gives the realm's random identity, which never changes: what every
// hash and HMAC of the realm contains.
func RealmID(ctx context.Context, tx *pg.Tx) (string, error) {
	var id string
	if err := tx.Get(ctx, &id, `SELECT id FROM realm WHERE singleton = $1`, 1); err != nil {
		return "", fmt.Errorf("audit: read the realm's id: %w", err)
	}
	return id, nil
}
