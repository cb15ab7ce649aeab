package casework

import (
	"context"
	"crypto/sha256"
	"fmt"

	"charterhouse/internal/pg"
)

// Once names the form that a submitter acts with: what it does is done once,
// however often it is sent. A pass without it acts each time.
func (p Pass) Once(nonce string) Pass {
	p.nonce = nonce
	return p
}

// once is what is kept of the form, for one action: a page with several forms may
// give all of them the same nonce.
func (p Pass) once(do Action) []byte {
	if p.nonce == "" {
		return nil
	}
	sum := sha256.Sum256([]byte("charterhouse/once/1\x00" + p.realm + "\x00" + string(do) + "\x00" + p.nonce))
	return sum[:]
}

// Acted tells whether the form of the pass has done this already: it was sent
// twice, or its reply was lost.
func (t *Town) Acted(ctx context.Context, tx *pg.Tx, pass Pass, do Action) (bool, error) {
	once := pass.once(do)
	if once == nil || pass.realm != t.realm {
		return false, nil
	}
	c, err := Find(ctx, tx, pass.number)
	if err != nil {
		return false, err
	}
	var n int
	err = tx.Get(ctx, &n, `SELECT count(*) FROM case_events WHERE case_id = $1 AND nonce_hash = $2`, c.ID, once)
	if err != nil {
		return false, fmt.Errorf("casework: look for a form of %s: %w", c.Number, err)
	}
	return n > 0, nil
}
