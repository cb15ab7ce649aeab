package access

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"

	"charterhouse/internal/fault"
)

// hashing are fixed figures and not those of the machine: a hash made on one
// server must cost the same on the next. 46 MB and two passes are above OWASP's
// smallest (46 MB, one pass) and take a twentieth of a second.
func hashing() *argon2id.Params {
	return &argon2id.Params{Memory: 46 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// hashPatience is how long a log-in waits for its turn at the hash.
const hashPatience = 5 * time.Second

// hasher hashes only so many passwords at a time: each takes memory that a
// flood of log-ins would otherwise exhaust.
type hasher struct {
	figures *argon2id.Params
	seats   chan struct{}
	dummy   string // what unknown accounts are compared with
}

// newHasher makes a dummy that no password is known to fit. It is drawn and not
// computed: the first hash of a process would cost every start its time and memory.
func newHasher(figures *argon2id.Params, seats int) *hasher {
	drawn := make([]byte, figures.SaltLength+figures.KeyLength)
	_, _ = rand.Read(drawn) // it never fails
	text := base64.RawStdEncoding.EncodeToString
	dummy := fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", figures.Memory, figures.Iterations, figures.Parallelism,
		text(drawn[:figures.SaltLength]), text(drawn[figures.SaltLength:]))
	return &hasher{figures: figures, seats: make(chan struct{}, seats), dummy: dummy}
}

func (h *hasher) sit(ctx context.Context) (leave func(), err error) {
	limit := time.NewTimer(hashPatience)
	defer limit.Stop()
	select {
	case h.seats <- struct{}{}:
		return func() { <-h.seats }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-limit.C:
		return nil, fault.New(fault.TooMany, KeyTryLater).With("Count", 1)
	}
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.sit(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(password, h.figures)
	if err != nil {
		return "", fmt.Errorf("access: hash: %w", err)
	}
	return hash, nil
}

// matches compares with hash; an empty one is compared with the dummy and never
// matches. newer is a hash by today's figures where the old one is weaker.
func (h *hasher) matches(ctx context.Context, password, hash string) (ok bool, newer string, err error) {
	leave, err := h.sit(ctx)
	if err != nil {
		return false, "", err
	}
	defer leave()
	against := hash
	if hash == "" {
		against = h.dummy
	}
	same, used, err := argon2id.CheckHash(password, against)
	if err != nil {
		return false, "", fmt.Errorf("access: compare with a stored hash: %w", err)
	}
	ok = same && hash != ""
	if today := h.figures; ok && (used.Memory != today.Memory || used.Iterations != today.Iterations || used.Parallelism != today.Parallelism) {
		if newer, err = argon2id.CreateHash(password, today); err != nil {
			return false, "", fmt.Errorf("access: hash: %w", err)
		}
	}
	return ok, newer, nil
}
