package casework

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"fmt"
	"strconv"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Pass opens one case to whoever filed it. Only Track and Follow give one, so no
// handler can act for a submitter without having seen the code or the link.
type Pass struct {
	realm  string
	number string
	nonce  string // of the form that is sent with it; see Once
}

// Track opens a case by its number and code. Whatever is wrong (the number, the
// code, a code of another town, of an erased case, or one that never was) has the
// same answer and takes the same work: the same hashes and the same one query.
func (t *Town) Track(ctx context.Context, tx *pg.Tx, number, code string) (*Case, Pass, error) {
	typed, _ := readCode(code)
	keys := t.desk.Keys
	id, err := t.receipt(ctx, tx, keys.current.lookupOf(t.realm, typed), keys.before.lookupOf(t.realm, typed))
	if err != nil {
		return nil, Pass{}, err
	}
	n, _ := ParseNumber(number)
	return t.open(ctx, tx, id, n)
}

func (t *Town) receipt(ctx context.Context, tx *pg.Tx, lookup, before []byte) (id int64, err error) {
	var ids []int64
	err = tx.Select(ctx, &ids, `SELECT id FROM case_receipts WHERE code_hash IN ($1, $2)`, lookup, before)
	if err != nil {
		return 0, fmt.Errorf("casework: look a code up: %w", err)
	}
	if len(ids) == 0 {
		return 0, fault.New(fault.NotFound, KeyNoSuchCode)
	}
	return ids[0], nil
}

// open gives the case of a receipt if it has the number.
func (t *Town) open(ctx context.Context, tx *pg.Tx, id int64, n Number) (*Case, Pass, error) {
	c, err := byID(ctx, tx, id)
	if fault.Is(err, fault.NotFound) {
		return nil, Pass{}, fault.New(fault.NotFound, KeyNoSuchCode)
	}
	if err != nil {
		return nil, Pass{}, err
	}
	if have, _ := ParseNumber(c.Number); have != n {
		return nil, Pass{}, fault.New(fault.NotFound, KeyNoSuchCode)
	}
	return c, Pass{realm: t.realm, number: c.Number}, nil
}

// Follow opens a case by the token of a link in a mail. Links are never written
// for an anonymous case, so none opens one.
func (t *Town) Follow(ctx context.Context, tx *pg.Tx, number, token string) (*Case, Pass, error) {
	given, _ := base64.RawURLEncoding.Strict().DecodeString(token)
	c, err := Find(ctx, tx, number)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, Pass{}, err
	}
	if c == nil {
		c = &Case{Anonymous: true} // the same work for a number that is none
	}
	good := false
	for _, k := range []*key{t.desk.Keys.current, t.desk.Keys.before} {
		good = good || hmac.Equal(given, k.token(t.realm, c.ID))
	}
	if !good || c.Anonymous {
		return nil, Pass{}, fault.New(fault.NotFound, KeyNoSuchCode)
	}
	return c, Pass{realm: t.realm, number: c.Number}, nil
}

const tokenBytes = 16

// token is what a link in a mail carries: 128 bits, of this case and no other.
func (k *key) token(realm string, id int64) []byte {
	return mac(k.follow, realm, strconv.FormatInt(id, 10))[:tokenBytes]
}

// path is the page that a mail leads its reader to. It needs no code.
func (t *Town) path(c *Case) string {
	token := base64.RawURLEncoding.EncodeToString(t.desk.Keys.current.token(t.realm, c.ID))
	return "/" + c.Lang + "/track/" + c.Number + "/" + token
}
