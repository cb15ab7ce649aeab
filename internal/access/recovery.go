package access

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Recovery codes open the door when the telephone is lost: ten, each once. They
// are written on paper; 60 bits
// behind a pace of one guess an hour, and stored under a key that the database
// does not have.
const (
	recoveryCodes  = 10
	recoveryLength = 12
)

// readable are signs that cannot be mistaken for each other: Crockford's base32.
// There are 32 of them, so a random byte chooses evenly.
const readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// RenewRecoveryCodes makes ten new ones; the old ones are void. The principal has
// proved the password again.
func (g *Gate) RenewRecoveryCodes(ctx context.Context, tx *pg.Tx, p Principal, proof Proof) ([]Token, error) {
	if p.Stage != StageFull {
		return nil, fault.New(fault.Forbidden, KeySignIn)
	}
	if err := g.again(ctx, tx, p, proof); err != nil {
		return nil, err
	}
	u, err := GetUser(ctx, tx, p.User)
	if err != nil {
		return nil, err
	}
	if !u.SecondFactor {
		return nil, fault.New(fault.Conflict, KeySecondOff)
	}
	codes, err := g.newRecovery(ctx, tx, p.User)
	if err == nil {
		record(tx, p.Actor, ActionRecoveryRenewed, p.User, nil)
	}
	return codes, err
}

// RecoveryCodesLeft counts those that still work.
func RecoveryCodesLeft(ctx context.Context, tx *pg.Tx, user int64) (int, error) {
	var left int
	if err := tx.Get(ctx, &left, `SELECT count(*) FROM recovery_codes WHERE user_id = $1`, user); err != nil {
		return 0, fmt.Errorf("access: count recovery codes: %w", err)
	}
	return left, nil
}

func (g *Gate) newRecovery(ctx context.Context, tx *pg.Tx, user int64) ([]Token, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM recovery_codes WHERE user_id = $1`, user); err != nil {
		return nil, fmt.Errorf("access: void recovery codes: %w", err)
	}
	codes := make([]Token, recoveryCodes)
	for i := range codes {
		code := recoveryCode()
		hash, err := g.mark(ctx, tx, useRecovery, recoveryHashed(user, code))
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO recovery_codes (user_id, hash) VALUES ($1, $2)`, user, hash); err != nil {
			return nil, fmt.Errorf("access: keep a recovery code: %w", err)
		}
		codes[i] = Token(code[:4] + "-" + code[4:8] + "-" + code[8:])
	}
	return codes, nil
}

// useRecovery takes a code away; of two at once only one finds it.
func (g *Gate) useRecovery(ctx context.Context, tx *pg.Tx, user int64, typed string) (right bool, left int, err error) {
	code := readRecovery(typed)
	if len(code) != recoveryLength {
		return false, -1, nil
	}
	// A code may have been made under the key before; the same hash twice is no harm.
	hash, err := g.mark(ctx, tx, useRecovery, recoveryHashed(user, code))
	if err != nil {
		return false, -1, err
	}
	older := hash
	if g.before != nil {
		if older, err = mark(ctx, tx, g.before, useRecovery, recoveryHashed(user, code)); err != nil {
			return false, -1, err
		}
	}
	n, err := tx.Exec(ctx, `DELETE FROM recovery_codes WHERE user_id = $1 AND hash IN ($2, $3)`, user, hash, older)
	if err != nil {
		return false, -1, fmt.Errorf("access: use a recovery code: %w", err)
	}
	if n == 0 {
		return false, -1, nil
	}
	left, err = RecoveryCodesLeft(ctx, tx, user)
	return true, left, err
}

func recoveryHashed(user int64, code string) string { return fmt.Sprintf("%d/%s", user, code) }

func recoveryCode() string {
	b := make([]byte, recoveryLength)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = readable[int(b[i])%len(readable)]
	}
	return string(b)
}

// readRecovery reads a code as people copy it: small letters, spaces, an O for a
// zero, an I or L for a one.
func readRecovery(s string) string {
	if len(s) > 64 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case strings.ContainsRune(readable, r):
			return r
		case r == '-' || r == ' ':
			return -1
		}
		return '!'
	}, strings.ToUpper(strings.TrimSpace(s)))
}
