package access

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"charterhouse/internal/pg"
)

// The codes of RFC 6238 as every authenticator app makes them: six digits, a new
// one every 30 seconds. One step early or late is let pass, for clocks that go
// wrong by half a minute.
const (
	totpPeriod = 30 * time.Second
	totpSkew   = 1
	totpSecret = 20 // bytes, RFC 4226
	totpDigits = 6
)

// stepAt numbers the 30 seconds that a moment is in.
func stepAt(now time.Time) int64 { return now.Unix() / int64(totpPeriod/time.Second) }

// matchStep finds the step whose code this is, among those that may be used now
// and were not used before.
func matchStep(secret []byte, code string, now time.Time, last int64) (step int64, ok bool, err error) {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	middle := stepAt(now)
	for s := middle - totpSkew; s <= middle+totpSkew; s++ {
		want, err := hotp.GenerateCodeCustom(text, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, fmt.Errorf("access: make a code: %w", err)
		}
		// Every step is compared, so that the time tells nothing of which it was.
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// keyURI is what the app reads from the picture: otpauth://totp/…
func keyURI(issuer, account string, secret []byte) string {
	q := url.Values{
		"secret": {base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)},
		"issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {strconv.Itoa(totpDigits)}, "period": {"30"},
	}
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + account, RawQuery: q.Encode()}
	return u.String()
}

// seal encrypts a second factor: unlike a password it must be readable again,
// but not by whoever holds the database alone.
func (g *Gate) seal(ctx context.Context, tx *pg.Tx, user int64, secret []byte) ([]byte, error) {
	box, about, err := newBox(ctx, tx, g.key, user)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, box.NonceSize())
	_, _ = rand.Read(nonce)
	return box.Seal(nonce, nonce, secret, about), nil
}

func (g *Gate) unseal(ctx context.Context, tx *pg.Tx, user int64, sealed []byte) ([]byte, error) {
	secret, err := open(ctx, tx, g.key, user, sealed)
	if err != nil && g.before != nil {
		secret, err = open(ctx, tx, g.before, user, sealed)
	}
	if err != nil {
		return nil, fmt.Errorf("access: a second factor cannot be opened; was CHARTER_SECRET_KEY changed? %w", err)
	}
	return secret, nil
}

func open(ctx context.Context, tx *pg.Tx, server []byte, user int64, sealed []byte) ([]byte, error) {
	box, about, err := newBox(ctx, tx, server, user)
	if err != nil {
		return nil, err
	}
	if len(sealed) < box.NonceSize() {
		return nil, errors.New("it is cut short")
	}
	return box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], about)
}

// newBox binds what it encrypts to the realm by its key and to the user by about.
func newBox(ctx context.Context, tx *pg.Tx, server []byte, user int64) (box cipher.AEAD, about []byte, err error) {
	key, err := derive(ctx, tx, server, useTOTP)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, nil, fmt.Errorf("access: %w", err)
	}
	box, err = cipher.NewGCM(block)
	if err != nil {
		return nil, nil, fmt.Errorf("access: %w", err)
	}
	return box, []byte("user/" + strconv.FormatInt(user, 10)), nil
}
