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

// once is the same of a form of the staff. It is this officer's: whoever else
// learned of it has done nothing by it.
func (r Ref) once(realm string, who Officer, do Action) []byte {
	if r.Form == "" {
		return nil
	}
	sum := sha256.Sum256([]byte("charterhouse/once/staff/1\x00" + realm + "\x00" + string(do) + "\x00" + who.ID + "\x00" + r.Form))
	return sum[:]
}

// Did tells whether this form of the officer has done this already: a button was
// pressed twice, or the reply was lost.
func (t *Town) Did(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, do Action) (bool, error) {
	once := ref.once(t.realm, who, do)
	if once == nil {
		return false, nil
	}
	c, err := Find(ctx, tx, ref.Number)
	if err != nil {
		return false, err
	}
	return c.formed(ctx, tx, once)
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
	return c.formed(ctx, tx, once)
}

// formed tells whether an event of the case came by a form.
func (c *Case) formed(ctx context.Context, tx *pg.Tx, once []byte) (bool, error) {
	var n int
	err := tx.Get(ctx, &n, `SELECT count(*) FROM case_events WHERE case_id = $1 AND nonce_hash = $2`, c.ID, once)
	if err != nil {
		return false, fmt.Errorf("casework: look for a form of %s: %w", c.Number, err)
	}
	return n > 0, nil
}
