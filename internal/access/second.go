package access

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Enrolment is what is shown once while a second factor is set up.
type Enrolment struct {
	Secret Token // for typing, where no picture can be taken
	URI    Token // for the picture
}

// BeginSecondFactor makes a new secret that waits for ConfirmSecondFactor. Who
// has just signed in and must have one needs no proof; anybody else has proved
// the password again. Conflict when there is one already.
func (g *Gate) BeginSecondFactor(ctx context.Context, tx *pg.Tx, p Principal, proof Proof) (Enrolment, error) {
	if p.Stage != StageEnrol || tx.Now.Sub(p.StartedAt) > halfLife {
		if err := g.mayChangeFactor(ctx, tx, p, proof); err != nil {
			return Enrolment{}, err
		}
	}
	secret := make([]byte, totpSecret)
	_, _ = rand.Read(secret)
	sealed, err := g.seal(ctx, tx, p.User, secret)
	if err != nil {
		return Enrolment{}, err
	}
	n, err := tx.Exec(ctx, `UPDATE user_secrets SET totp = $2, totp_step = 0
		WHERE user_id = $1 AND totp_confirmed_at IS NULL`, p.User, sealed)
	if err != nil {
		return Enrolment{}, fmt.Errorf("access: begin a second factor: %w", err)
	}
	if n == 0 {
		return Enrolment{}, fault.New(fault.Conflict, KeySecondOn)
	}
	record(tx, p.Actor, ActionSecondBegin, p.User, nil)
	return Enrolment{
		Secret: Token(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)),
		URI:    Token(keyURI(g.issuer, p.Email, secret)),
	}, nil
}

// ConfirmSecondFactor sets the factor in force once its first code is right, and
// gives ten recovery codes, shown this once. Other sessions end, this one has
// shown its second factor. A wrong code comes as a Refusal in the outcome.
func (g *Gate) ConfirmSecondFactor(ctx context.Context, tx *pg.Tx, p Principal, code string) (Outcome, []Token, error) {
	if p.Stage != StageEnrol && p.Stage != StageFull {
		return Outcome{}, nil, fault.New(fault.Forbidden, KeySignIn)
	}
	key, _, err := g.count(ctx, tx, codePace(), strconv.FormatInt(p.User, 10))
	if err != nil {
		return Outcome{}, nil, err
	}
	held, err := secretsOf(ctx, tx, p.User)
	switch {
	case err != nil:
		return Outcome{}, nil, err
	case held.TOTPConfirmed != nil:
		return Outcome{}, nil, fault.New(fault.Conflict, KeySecondOn)
	case held.TOTP == nil:
		return Outcome{}, nil, fault.New(fault.Conflict, KeySecondNotBegun)
	}
	right, err := g.useCode(ctx, tx, p.User, held, code)
	if err != nil {
		return Outcome{}, nil, err
	}
	if !right {
		return refused(tx, ActionSecondRefused, p.Actor, p.User, KeyWrongCode, "code"), nil, nil
	}
	n, err := tx.Exec(ctx, `UPDATE user_secrets SET totp_confirmed_at = $2
		WHERE user_id = $1 AND totp_confirmed_at IS NULL`, p.User, tx.Now)
	if err != nil || n == 0 {
		return Outcome{}, nil, fmt.Errorf("access: set a second factor in force: %d rows: %w", n, err)
	}
	if err := forgive(ctx, tx, codePace(), key); err != nil {
		return Outcome{}, nil, err
	}
	codes, err := g.newRecovery(ctx, tx, p.User)
	if err != nil {
		return Outcome{}, nil, err
	}
	if _, err := endSessions(ctx, tx, p.User, p.SessionID); err != nil {
		return Outcome{}, nil, err
	}
	record(tx, p.Actor, ActionSecondOn, p.User, nil)
	out, err := g.advance(ctx, tx, p, true)
	return out, codes, err
}

// SecondFactor is the second step of signing in: a code of the app, or one of
// the recovery codes. A wrong one comes as a Refusal in the outcome, which
// commits; TooMany after a few.
func (g *Gate) SecondFactor(ctx context.Context, tx *pg.Tx, p Principal, code string) (Outcome, error) {
	if p.Stage != StageCode {
		return Outcome{}, fault.New(fault.Forbidden, KeySignIn)
	}
	key, _, err := g.count(ctx, tx, codePace(), strconv.FormatInt(p.User, 10))
	if err != nil {
		return Outcome{}, err
	}
	held, err := secretsOf(ctx, tx, p.User)
	if err != nil {
		return Outcome{}, err
	}
	right, err := g.useCode(ctx, tx, p.User, held, code)
	if err != nil {
		return Outcome{}, err
	}
	left, how := -1, ActionSecondShown
	if !right {
		if right, left, err = g.useRecovery(ctx, tx, p.User, code); err != nil {
			return Outcome{}, err
		}
		how = ActionRecoveryUsed
	}
	if !right {
		return refused(tx, ActionSecondRefused, p.Actor, p.User, KeyWrongCode, "code"), nil
	}
	if err := forgive(ctx, tx, codePace(), key); err != nil {
		return Outcome{}, err
	}
	record(tx, p.Actor, how, p.User, map[string]any{"session": p.SessionID})
	out, err := g.advance(ctx, tx, p, true)
	out.CodesLeft = left
	return out, err
}

// useCode takes a code of the app, each one once: the step is remembered by an
// UPDATE that only one of two at the same moment can make.
func (g *Gate) useCode(ctx context.Context, tx *pg.Tx, user int64, held secrets, code string) (bool, error) {
	code = strings.Join(strings.Fields(code), "") // apps show 123 456
	if held.TOTP == nil || len(code) != totpDigits {
		return false, nil
	}
	secret, err := g.unseal(ctx, tx, user, held.TOTP)
	if err != nil {
		return false, err
	}
	step, right, err := matchStep(secret, code, tx.Now, held.TOTPStep)
	if err != nil || !right {
		return false, err
	}
	n, err := tx.Exec(ctx, `UPDATE user_secrets SET totp_step = $2 WHERE user_id = $1 AND totp_step < $2`, user, step)
	if err != nil {
		return false, fmt.Errorf("access: remember a code: %w", err)
	}
	return n == 1, nil
}

// DropSecondFactor turns the principal's own off, after the password was proved
// again. Conflict where a role makes it a duty.
func (g *Gate) DropSecondFactor(ctx context.Context, tx *pg.Tx, p Principal, proof Proof) (Outcome, error) {
	if err := g.mayChangeFactor(ctx, tx, p, proof); err != nil {
		return Outcome{}, err
	}
	if !g.lenient && mustShowSecond(p.Roles) {
		return Outcome{}, fault.New(fault.Conflict, KeySecondNeeded)
	}
	if err := dropSecond(ctx, tx, p.User); err != nil {
		return Outcome{}, err
	}
	if _, err := endSessions(ctx, tx, p.User, p.SessionID); err != nil {
		return Outcome{}, err
	}
	record(tx, p.Actor, ActionSecondOff, p.User, nil)
	return g.advance(ctx, tx, p, false)
}

// ResetSecondFactor turns a user's off for whoever lost app and codes: by another
// administrator or the operator. The user's sessions end; a role that makes it a
// duty asks for a new one at the next log-in.
func ResetSecondFactor(ctx context.Context, tx *pg.Tx, actor audit.Actor, user int64) error {
	u, err := GetUser(ctx, tx, user)
	switch {
	case err != nil:
		return err
	case u.Actor == actor.ID:
		return fault.New(fault.Forbidden, KeyYourself)
	case !u.SecondFactor:
		return fault.New(fault.Conflict, KeySecondOff)
	}
	if err := dropSecond(ctx, tx, user); err != nil {
		return err
	}
	if _, err := endSessions(ctx, tx, user, 0); err != nil {
		return err
	}
	record(tx, actor, ActionSecondOff, user, nil)
	return nil
}

// mayChangeFactor wants a principal who is all the way in and has proved the
// password again.
func (g *Gate) mayChangeFactor(ctx context.Context, tx *pg.Tx, p Principal, proof Proof) error {
	if p.Stage != StageFull && p.Stage != StageEnrol {
		return fault.New(fault.Forbidden, KeySignIn)
	}
	return g.again(ctx, tx, p, proof)
}

func dropSecond(ctx context.Context, tx *pg.Tx, user int64) error {
	_, err := tx.Exec(ctx, `UPDATE user_secrets SET totp = NULL, totp_confirmed_at = NULL, totp_step = 0 WHERE user_id = $1`, user)
	if err != nil {
		return fmt.Errorf("access: drop a second factor: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM recovery_codes WHERE user_id = $1`, user); err != nil {
		return fmt.Errorf("access: drop recovery codes: %w", err)
	}
	return nil
}
