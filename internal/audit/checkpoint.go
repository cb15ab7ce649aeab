package audit

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"charterhouse/internal/pg"
)

// Checkpoint is the head of a realm's chain at a moment, under a signature that
// nobody can make who has the database alone. All that stands in it is signed, but
// the name of the key, without which the signature does not hold.
type Checkpoint struct {
	Realm string    `json:"realm"` // the realm's random id
	Seq   int64     `json:"seq"`   // of the last entry; 0 = the chain is empty
	Hash  string    `json:"hash"`  // of that entry, in hexadecimal digits
	At    time.Time `json:"at"`
	// Key is the public half, in hexadecimal digits: whoever knows it can verify.
	Key       string `json:"key"`
	Signature string `json:"signature"`
}

// checkpointDomain separates what is signed here from anything else under the key,
// and checkpointUse the key from what else is derived from the secret.
const (
	checkpointDomain = "charterhouse/checkpoint/1"
	checkpointUse    = "charterhouse/audit/1/checkpoint/ed25519"
)

// Notary signs checkpoints and knows which ones it, or it under an earlier key,
// has signed.
type Notary struct {
	key     ed25519.PrivateKey
	trusted []string // public keys, as Checkpoint.Key
}

// NewNotary derives the key that signs from the first secret; what was signed under
// the others still holds. Secrets of no length are passed over. It refuses where
// none is left, and one of less than 32 bytes.
func NewNotary(secrets ...[]byte) (*Notary, error) {
	n := &Notary{}
	for _, secret := range secrets {
		if len(secret) == 0 {
			continue
		}
		if len(secret) < ed25519.SeedSize {
			return nil, fmt.Errorf("audit: the secret that signs checkpoints has less than %d bytes", ed25519.SeedSize)
		}
		seed, err := hkdf.Key(sha256.New, secret, nil, checkpointUse, ed25519.SeedSize)
		if err != nil {
			return nil, fmt.Errorf("audit: derive the key of checkpoints: %w", err)
		}
		key := ed25519.NewKeyFromSeed(seed)
		if n.key == nil {
			n.key = key
		}
		n.trusted = append(n.trusted, hex.EncodeToString(key.Public().(ed25519.PublicKey)))
	}
	if n.key == nil {
		return nil, errors.New("audit: no secret to sign checkpoints with")
	}
	return n, nil
}

// Sign makes the checkpoint of the chain as the transaction sees it.
func (n *Notary) Sign(ctx context.Context, tx *pg.Tx) (Checkpoint, error) {
	var head struct {
		Realm string
		Seq   int64
		Hash  []byte
	}
	err := tx.Get(ctx, &head, `SELECT r.id AS realm, h.seq, h.hash FROM audit_head h, realm r
		WHERE h.singleton = $1 AND r.singleton = $1`, 1)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("audit: read the head: %w", err)
	}
	c := Checkpoint{
		Realm: head.Realm, Seq: head.Seq, Hash: hex.EncodeToString(head.Hash),
		At: tx.Now.UTC().Truncate(time.Second), Key: n.trusted[0],
	}
	c.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(n.key, c.signed()))
	return c, nil
}

// signed is what the signature covers: each field with its length before it.
func (c Checkpoint) signed() []byte {
	var b []byte
	for _, field := range [][]byte{
		[]byte(checkpointDomain), []byte(c.Realm), binary.BigEndian.AppendUint64(nil, uint64(c.Seq)),
		[]byte(c.Hash), []byte(c.At.UTC().Format(time.RFC3339)),
	} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(field)))
		b = append(b, field...)
	}
	return b
}

// line writes it in the one form that read takes.
func (c Checkpoint) line() ([]byte, error) {
	b, err := json.Marshal(c)
	return append(b, '\n'), err
}

// readCheckpoint takes a line as line writes it and in no other form: a line with a
// changed byte that means the same is a changed line too.
func readCheckpoint(line []byte) (c Checkpoint, ok bool) {
	if json.Unmarshal(line, &c) != nil {
		return c, false
	}
	again, err := c.line()
	return c, err == nil && bytes.Equal(again[:len(again)-1], line)
}

// holds tells whether one of the notary's keys has signed it.
func (n *Notary) holds(c Checkpoint) bool {
	if !slices.Contains(n.trusted, c.Key) {
		return false
	}
	key, err := hex.DecodeString(c.Key)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	signature, err := base64.StdEncoding.Strict().DecodeString(c.Signature)
	return err == nil && ed25519.Verify(key, c.signed(), signature)
}
