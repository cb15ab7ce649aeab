package casework

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"

	"charterhouse/internal/fault"
)

// A ticket goes out with every form that files a case and comes back with it. It
// holds a nonce, by which a form that is sent twice is known, the hour of issue
// and a seal of this realm. The nonce stays with the case as a hash.
type nonce [16]byte

// ticketLife is how long a form may lie open; what was typed is kept beyond it.
const ticketLife = 24 // hours

const sealBytes = 12

// Ticket issues a ticket for a form of this town.
func (t *Town) Ticket(now time.Time) (string, error) {
	var n nonce
	if _, err := rand.Read(n[:]); err != nil {
		return "", fmt.Errorf("casework: no randomness: %w", err)
	}
	return t.ticketOf(n, now), nil
}

func (t *Town) ticketOf(n nonce, now time.Time) string {
	body := binary.BigEndian.AppendUint32(n[:], hourOf(now))
	seal := mac(t.desk.Keys.current.ticket, t.realm, string(body))[:sealBytes]
	return base64.RawURLEncoding.EncodeToString(append(body, seal...))
}

func hourOf(now time.Time) uint32 { return uint32(now.Unix() / 3600) }

// readTicket refuses what is no ticket of this town. fresh tells whether a new
// case may still be filed with it.
func (t *Town) readTicket(s string, now time.Time) (n nonce, fresh bool, err error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(raw) != len(n)+4+sealBytes {
		return n, false, fault.New(fault.Malformed, KeyTicketForeign)
	}
	body, seal := raw[:len(n)+4], raw[len(n)+4:]
	good := false
	for _, k := range []*key{t.desk.Keys.current, t.desk.Keys.before} {
		good = good || hmac.Equal(seal, mac(k.ticket, t.realm, string(body))[:sealBytes])
	}
	if !good {
		return n, false, fault.New(fault.Malformed, KeyTicketForeign)
	}
	copy(n[:], body)
	age := int64(hourOf(now)) - int64(binary.BigEndian.Uint32(body[len(n):]))
	return n, age >= -1 && age <= ticketLife, nil
}

// hash is what is kept of a nonce. It needs no key: nobody guesses 128 bits.
func (n nonce) hash(realm string) []byte {
	sum := sha256.Sum256([]byte("charterhouse/nonce/1\x00" + realm + "\x00" + string(n[:])))
	return sum[:]
}
