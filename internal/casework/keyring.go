package casework

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

// Keys are the server's secrets behind tracking codes, links and form tickets.
// With a change of the secret the one before it goes on opening old cases.
type Keys struct {
	current, before *key
}

// key is one secret with the purposes it serves, each under a key of its own.
type key struct {
	id                           string
	ticket, code, lookup, follow []byte
}

// minSecret is what an HMAC with SHA-256 asks for, in bytes.
const minSecret = 32

// NewKeys takes the secret in use and the one before it (empty = none). It
// refuses a secret under 32 bytes.
func NewKeys(secret, before []byte) (*Keys, error) {
	if len(secret) < minSecret || len(before) > 0 && len(before) < minSecret {
		return nil, errors.New("casework: a secret has at least 32 bytes")
	}
	k := &Keys{current: newKey(secret)}
	k.before = k.current
	if len(before) > 0 {
		k.before = newKey(before)
	}
	return k, nil
}

func newKey(secret []byte) *key {
	purpose := func(name string) []byte { return mac(secret, "charterhouse/casework/"+name+"/1") }
	return &key{
		id: hex.EncodeToString(purpose("id")[:4]), ticket: purpose("ticket"),
		code: purpose("code"), lookup: purpose("lookup"), follow: purpose("follow"),
	}
}

// named finds the key that a case was received under; nil when it is gone.
func (k *Keys) named(id string) *key {
	for _, one := range []*key{k.current, k.before} {
		if one.id == id {
			return one
		}
	}
	return nil
}

// mac is HMAC-SHA-256 over the parts, each with its length before it, so that no
// two different lists of parts are the same bytes.
func mac(secret []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, secret)
	for _, p := range parts {
		var n [4]byte
		n[0], n[1], n[2], n[3] = byte(len(p)>>24), byte(len(p)>>16), byte(len(p)>>8), byte(len(p))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}
