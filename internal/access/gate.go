package access

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// Options of a gate.
type Options struct {
	// Key is the server's secret, at least 32 bytes. Hashes of tokens and the
	// encryption of second factors come from it; changing it ends every session
	// and voids every link.
	Key []byte
	// KeyBefore is the secret before a change of it, or empty: second factors and
	// recovery codes made under it still work.
	KeyBefore []byte
	// Issuer is how an authenticator app names this service.
	Issuer string
	// WithoutSecondFactor lets administrators in without one: demonstrations only.
	WithoutSecondFactor bool
	// Hashers is how many passwords are hashed at a time; 0 = one for each
	// processor, at most 4: each takes 46 MB.
	Hashers int
}

// Gate is the entrance with its key: it makes and knows sessions, links and
// codes. One serves every realm of an instance.
type Gate struct {
	key     []byte
	before  []byte // nil = the key was never changed
	issuer  string
	lenient bool
	hasher  *hasher
}

// minKey is what HMAC with SHA-256 asks for, in bytes.
const minKey = 32

// New refuses a key that is too short. It hashes one password, so that unknown
// accounts can be compared with something.
func New(o Options) (*Gate, error) {
	if len(o.Key) < minKey || len(o.KeyBefore) > 0 && len(o.KeyBefore) < minKey {
		return nil, errors.New("access: the secret key has less than 32 bytes")
	}
	if o.Hashers == 0 {
		o.Hashers = min(runtime.NumCPU(), 4)
	}
	return &Gate{key: o.Key, before: o.KeyBefore, issuer: o.Issuer, lenient: o.WithoutSecondFactor, hasher: newHasher(hashing(), o.Hashers)}, nil
}

// What is hashed or encrypted, each with a key of its own.
const (
	useSession  = "session"
	useLink     = "link/"    // followed by the purpose
	useAttempt  = "attempt/" // followed by the kind
	useRecovery = "recovery"
	useTOTP     = "totp"
)

// derive gives the key for one use in one realm. The realm's id is in it, so
// that a row copied to another town opens nothing there.
func derive(ctx context.Context, tx *pg.Tx, secret []byte, use string) ([]byte, error) {
	realm, err := audit.RealmID(ctx, tx)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, secret, []byte(realm), "charterhouse/access/1/"+use, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("access: derive a key: %w", err)
	}
	return key, nil
}

// mark is what is stored of a secret: enough to know it again, useless without
// the server's key.
func (g *Gate) mark(ctx context.Context, tx *pg.Tx, use, secret string) ([]byte, error) {
	return mark(ctx, tx, g.key, use, secret)
}

func mark(ctx context.Context, tx *pg.Tx, server []byte, use, secret string) ([]byte, error) {
	key, err := derive(ctx, tx, server, use)
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte(secret))
	return m.Sum(nil), nil
}

// minutes rounds up, so that whoever waits that long is let in.
func minutes(d time.Duration) int { return max(1, int((d+time.Minute-1)/time.Minute)) }
