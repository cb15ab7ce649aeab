package casework

import (
	"context"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// What tests of the outside need of the inside.

// CheckSign is checkSign.
func CheckSign(signs string) byte { return checkSign([]byte(signs)) }

// ReadCode is readCode.
func ReadCode(typed string) (Code, bool) { return readCode(typed) }

// Alphabet of codes.
const Alphabet = crockford

// IssueCode makes the code of a nonce under the key in use.
func (k *Keys) IssueCode(realm string, n [16]byte) Code { return k.current.newCode(realm, n) }

// KeepAndTell writes an explanation as a case keeps it, and reads it back.
func KeepAndTell(e deadline.Explanation) (size int, back deadline.Explanation, err error) {
	raw, err := keep(e)
	if err != nil {
		return 0, back, err
	}
	back, err = told(raw)
	return len(raw), back, err
}

// Save is Case.save.
func Save(ctx context.Context, tx *pg.Tx, c *Case) error { return c.save(ctx, tx) }
