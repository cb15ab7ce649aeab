package access

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Invite makes the link by which a new user sets the first password. A second
// one voids the first. Conflict when the user is disabled or has a password.
func (g *Gate) Invite(ctx context.Context, tx *pg.Tx, actor audit.Actor, user int64) (Mail, error) {
	u, err := GetUser(ctx, tx, user)
	switch {
	case err != nil:
		return Mail{}, err
	case u.State != Active:
		return Mail{}, fault.New(fault.Conflict, KeyDisabled)
	case u.HasPassword:
		return Mail{}, fault.New(fault.Conflict, KeyAccepted)
	}
	m, err := g.link(ctx, tx, u, ForInvite, inviteLife)
	if err == nil {
		record(tx, actor, ActionUserInvite, user, map[string]any{"until": m.ExpiresAt})
	}
	return m, err
}

// Accept sets the first password of an invited user. They then sign in with it.
// Gone when the link is over.
func (g *Gate) Accept(ctx context.Context, tx *pg.Tx, t Token, np NewPassword) error {
	u, err := g.redeem(ctx, tx, t, ForInvite)
	if err != nil {
		return err
	}
	if u.HasPassword {
		return fault.New(fault.Gone, KeyLinkOver)
	}
	if err := setPassword(ctx, tx, u.ID, np, nil); err != nil {
		return err
	}
	record(tx, u.Person(), ActionUserAccept, u.ID, nil)
	return nil
}

// Request is one for a new password, with nobody's name on it.
type Request struct{ ID int64 }

// AskReset notes that somebody wants a new password. The same is done for an
// address that nobody has, that was never invited in time, or that is disabled:
// only Reset, later and elsewhere, tells them apart. The caller enqueues a job
// for the request's number, in any case. Refuses with TooMany.
func (g *Gate) AskReset(ctx context.Context, tx *pg.Tx, email, client string) (Request, error) {
	if len(email) > 4*maxEmail || !typed(email) {
		email = ""
	}
	if _, _, err := g.count(ctx, tx, resetPace(), fold(email)); err != nil {
		return Request{}, err
	}
	if _, _, err := g.count(ctx, tx, resetClientPace(), client); err != nil {
		return Request{}, err
	}
	var r Request
	// A password must have been set: an invitation that ran out is not revived by
	// a reset.
	err := tx.Get(ctx, &r.ID, `INSERT INTO user_tokens (purpose, user_id, created_at, expires_at)
		VALUES ($1, (SELECT u.id FROM user_profiles p JOIN users u ON u.id = p.user_id JOIN user_secrets s ON s.user_id = u.id
			WHERE p.email_folded = $2 AND u.state = $3 AND s.password <> ''), $4, $5) RETURNING id`,
		ForReset, fold(email), Active, tx.Now, tx.Now.Add(linkLife))
	if err != nil {
		return Request{}, fmt.Errorf("access: note a request: %w", err)
	}
	tx.Record(pg.Entry{Actor: Visitor().ID, Action: string(ActionPasswordAsk), Object: fmt.Sprintf("request/%d", r.ID)})
	return r, nil
}

// WriteReset makes the link of a request, for the job that mails it. send is
// false when there is nobody to mail to, or the request is over.
func (g *Gate) WriteReset(ctx context.Context, tx *pg.Tx, r Request) (m Mail, send bool, err error) {
	var rows []struct {
		UserID *int64 `db:"user_id"`
	}
	err = tx.Select(ctx, &rows, `DELETE FROM user_tokens WHERE id = $1 AND purpose = $2 AND hash IS NULL AND expires_at > $3
		RETURNING user_id`, r.ID, ForReset, tx.Now)
	if err != nil {
		return Mail{}, false, fmt.Errorf("access: take up a request: %w", err)
	}
	if len(rows) == 0 || rows[0].UserID == nil {
		return Mail{}, false, nil
	}
	u, err := GetUser(ctx, tx, *rows[0].UserID)
	if err != nil || u.State != Active || !u.HasPassword {
		return Mail{}, false, err
	}
	m, err = g.link(ctx, tx, u, ForReset, linkLife)
	return m, err == nil, err
}

// Reset sets a new password by a mailed link. Every session ends; the second
// factor stays, and signing in comes next. Gone when the link is over.
func (g *Gate) Reset(ctx context.Context, tx *pg.Tx, t Token, np NewPassword) error {
	u, err := g.redeem(ctx, tx, t, ForReset)
	if err != nil {
		return err
	}
	if !u.HasPassword {
		return fault.New(fault.Gone, KeyLinkOver)
	}
	if err := g.replace(ctx, tx, u, np, nil); err != nil {
		return err
	}
	record(tx, u.Person(), ActionPasswordReset, u.ID, nil)
	return nil
}

// oneTimeLife is how long a password that an operator gave waits to be changed.
const oneTimeLife = 72 * time.Hour

// OneTimePassword makes one for GivePassword: 100 random bits in groups that can
// be read out over the telephone.
func OneTimePassword() string {
	b := make([]byte, 20)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = readable[int(b[i])%len(readable)]
	}
	return fmt.Sprintf("%s-%s-%s-%s", b[:5], b[5:10], b[10:15], b[15:])
}

// GivePassword sets a password that works once and until then: whoever signs in
// with it must set another. For the command line, where no mail can go out.
func (g *Gate) GivePassword(ctx context.Context, tx *pg.Tx, actor audit.Actor, user int64, np NewPassword) (until time.Time, err error) {
	u, err := GetUser(ctx, tx, user)
	if err != nil {
		return time.Time{}, err
	}
	if u.State != Active {
		return time.Time{}, fault.New(fault.Conflict, KeyDisabled)
	}
	until = tx.Now.Add(oneTimeLife)
	if err := g.replace(ctx, tx, u, np, &until); err != nil {
		return time.Time{}, err
	}
	record(tx, actor, ActionPasswordGive, user, map[string]any{"until": until})
	return until, nil
}

// SetLastingPassword sets a password that stays: sample accounts of a
// demonstration. Refused by a gate that asks administrators for a second factor.
func (g *Gate) SetLastingPassword(ctx context.Context, tx *pg.Tx, actor audit.Actor, user int64, np NewPassword) error {
	if !g.lenient {
		return errors.New("access: passwords are set by their owners")
	}
	u, err := GetUser(ctx, tx, user)
	if err != nil {
		return err
	}
	if err := g.replace(ctx, tx, u, np, nil); err != nil {
		return err
	}
	record(tx, actor, ActionPasswordGive, user, nil)
	return nil
}

// ChangePassword sets a new password for a principal who has just proved the old
// one. Every other session ends; this one goes on with a new token. Refuses with
// Invalid when the old password was wrong or is the new one.
func (g *Gate) ChangePassword(ctx context.Context, tx *pg.Tx, p Principal, proof Proof, np NewPassword) (Outcome, error) {
	if p.Stage == StageCode {
		return Outcome{}, fault.New(fault.Forbidden, KeySignIn)
	}
	if err := g.again(ctx, tx, p, proof); err != nil {
		return Outcome{}, err
	}
	if np.echo == proof.echo {
		return Outcome{}, fault.New(fault.Invalid, KeyPasswordSame).On("new_password", string(KeyPasswordSame))
	}
	if err := setPassword(ctx, tx, p.User, np, nil); err != nil {
		return Outcome{}, err
	}
	if err := voidLinks(ctx, tx, p.User); err != nil {
		return Outcome{}, err
	}
	if _, err := endSessions(ctx, tx, p.User, p.SessionID); err != nil {
		return Outcome{}, err
	}
	record(tx, p.Actor, ActionPasswordChange, p.User, nil)
	return g.advance(ctx, tx, p, false)
}

// HolderOf is for whoever changes their own password and goes on to Prepare it.
func HolderOf(p Principal) Holder { return holderOf(User{ID: p.User, Profile: p.Profile}) }

// HolderOfUser is HolderOf for an account that somebody else sets up.
func HolderOfUser(u User) Holder { return holderOf(u) }

// replace sets a password from outside a session: nothing from before holds.
func (g *Gate) replace(ctx context.Context, tx *pg.Tx, u User, np NewPassword, oneTime *time.Time) error {
	if err := setPassword(ctx, tx, u.ID, np, oneTime); err != nil {
		return err
	}
	if _, err := endSessions(ctx, tx, u.ID, 0); err != nil {
		return err
	}
	if err := voidLinks(ctx, tx, u.ID); err != nil {
		return err
	}
	key, err := g.mark(ctx, tx, useAttempt+accountPace().kind, fold(u.Email))
	if err != nil {
		return err
	}
	return forgive(ctx, tx, accountPace(), key)
}

func setPassword(ctx context.Context, tx *pg.Tx, user int64, np NewPassword, oneTime *time.Time) error {
	if np.user != user || np.hash == "" {
		return errors.New("access: the password was prepared for another user")
	}
	n, err := tx.Exec(ctx, `UPDATE user_secrets SET password = $2, one_time_until = $3 WHERE user_id = $1`, user, np.hash, oneTime)
	if err != nil || n != 1 {
		return errors.Join(fmt.Errorf("access: set a password: %d rows", n), err)
	}
	return nil
}
