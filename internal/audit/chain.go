package audit

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"charterhouse/internal/pg"
)

// domain separates these hashes from any other use of SHA-256 in the system.
const domain = "charterhouse/audit/1"

// Append writes the entries of a transaction to the realm's chain. The door
// calls it just before COMMIT, so that the head is locked last and shortest.
func Append(ctx context.Context, tx *pg.Tx, entries []pg.Entry) error {
	var head struct {
		Realm string
		Seq   int64
		Hash  []byte
	}
	err := tx.Get(ctx, &head, `SELECT r.id AS realm, h.seq, h.hash FROM audit_head h, realm r
		WHERE h.singleton = $1 AND r.singleton = $1 FOR UPDATE OF h`, 1)
	if err != nil {
		return fmt.Errorf("audit: lock the head: %w", err)
	}
	for _, e := range entries {
		link, err := newLink(head.Realm, head.Seq+1, head.Hash, tx.Now, e)
		if err != nil {
			return err
		}
		if err := link.insert(ctx, tx); err != nil {
			return err
		}
		head.Seq, head.Hash = link.Seq, link.Hash
	}
	if _, err := tx.Exec(ctx, `UPDATE audit_head SET seq = $1, hash = $2 WHERE singleton = 1`, head.Seq, head.Hash); err != nil {
		return fmt.Errorf("audit: move the head: %w", err)
	}
	return nil
}

// link is one entry of the chain as it stands in the table.
type link struct {
	Seq        int64
	At         time.Time
	Actor      string
	Action     string
	Object     string
	Commitment []byte
	Hash       []byte

	nonce  []byte
	detail string
}

func newLink(realm string, seq int64, prev []byte, at time.Time, e pg.Entry) (link, error) {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return link{}, fmt.Errorf("audit: detail of %s: %w", e.Action, err)
	}
	nonce := make([]byte, 32)
	if _, err := rand.Read(nonce); err != nil {
		return link{}, fmt.Errorf("audit: no randomness: %w", err)
	}
	l := link{
		Seq: seq, At: at.UTC().Truncate(time.Microsecond), Actor: e.Actor, Action: e.Action, Object: e.Object,
		Commitment: commit(nonce, string(detail)), nonce: nonce, detail: string(detail),
	}
	l.Hash = l.sum(realm, prev)
	return l, nil
}

func (l link) insert(ctx context.Context, tx *pg.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit_entries (seq, at, actor, action, object, commitment, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, l.Seq, l.At, l.Actor, l.Action, l.Object, l.Commitment, l.Hash)
	if err != nil {
		return fmt.Errorf("audit: append entry %d: %w", l.Seq, err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO audit_details (seq, nonce, detail) VALUES ($1, $2, $3)`, l.Seq, l.nonce, l.detail)
	if err != nil {
		return fmt.Errorf("audit: keep the detail of entry %d: %w", l.Seq, err)
	}
	return nil
}

func commit(nonce []byte, detail string) []byte {
	m := hmac.New(sha256.New, nonce)
	m.Write([]byte(detail))
	return m.Sum(nil)
}

// sum hashes every chained field with its length before it, so that no two
// different entries can be written as the same bytes.
func (l link) sum(realm string, prev []byte) []byte {
	h := sha256.New()
	field := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	field([]byte(domain))
	field([]byte(realm))
	field(binary.BigEndian.AppendUint64(nil, uint64(l.Seq)))
	field(prev)
	field([]byte(l.At.UTC().Format(time.RFC3339Nano)))
	field([]byte(l.Actor))
	field([]byte(l.Action))
	field([]byte(l.Object))
	field(l.Commitment)
	return h.Sum(nil)
}
