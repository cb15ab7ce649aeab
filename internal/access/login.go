package access

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Attempt is one try at a password that has been let through and counted. It is
// the same for an address that nobody has.
type Attempt struct {
	realm   pg.Realm
	user    int64
	hash    string // "" = nobody can match
	delay   time.Duration
	account []byte
	client  []byte
}

// Begin counts a try to sign in, before the password is looked at. client says
// where it comes from (an address, or the first 64 bits of one); only a keyed
// hash is kept. Refuses with TooMany and the minutes to wait. It wants a short
// Write of its own: what it counted must stand whatever comes after.
func (g *Gate) Begin(ctx context.Context, tx *pg.Tx, email, client string) (Attempt, error) {
	if len(email) > 4*maxEmail || !typed(email) {
		email = "" // an address of nobody
	}
	account, delay, err := g.count(ctx, tx, accountPace(), fold(email))
	if err != nil {
		return Attempt{}, err
	}
	fromClient, clientDelay, err := g.count(ctx, tx, clientPace(), client)
	if err != nil {
		return Attempt{}, err
	}
	a := Attempt{realm: tx.Realm, delay: max(delay, clientDelay), account: account, client: fromClient}
	var rows []struct {
		ID       int64
		Password string
	}
	// A one-time password that ran out opens as little as none.
	err = tx.Select(ctx, &rows, `SELECT u.id, s.password
		FROM user_profiles p JOIN users u ON u.id = p.user_id JOIN user_secrets s ON s.user_id = p.user_id
		WHERE p.email_folded = $1 AND u.state = $2 AND (s.one_time_until IS NULL OR s.one_time_until > $3)`,
		fold(email), Active, tx.Now)
	if err != nil {
		return Attempt{}, fmt.Errorf("access: look for an account: %w", err)
	}
	if len(rows) > 0 {
		a.user, a.hash = rows[0].ID, rows[0].Password
	}
	return a, nil
}

// BeginAgain is Begin for somebody who is signed in and confirms something with
// the password once more.
func (g *Gate) BeginAgain(ctx context.Context, tx *pg.Tx, p Principal, client string) (Attempt, error) {
	a, err := g.Begin(ctx, tx, p.Email, client)
	if err == nil && a.user != p.User {
		err = fault.New(fault.Forbidden, KeySignIn)
	}
	return a, err
}

// Proof is the outcome of comparing a password: an account has been proved, or
// not. The zero Proof proves nothing.
type Proof struct {
	Attempt
	right bool
	newer string // a hash by today's figures, where the stored one is older
	echo  echo
}

// Verify compares the password while no transaction is open, because that takes
// a twentieth of a second and memory, and a slowed attempt waits. The error is
// never about the password: what was found is in the Proof.
func (g *Gate) Verify(ctx context.Context, a Attempt, password string) (Proof, error) {
	if a.delay > 0 {
		wait := time.NewTimer(a.delay)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-ctx.Done():
			return Proof{}, ctx.Err()
		}
	}
	password = comparablePassword(password)
	right, newer, err := g.hasher.matches(ctx, password, a.hash)
	return Proof{Attempt: a, right: right && password != "", newer: newer, echo: g.echo(password)}, err
}

// Outcome of a step of signing in. Where Refusal is set, nobody was let in and
// the transaction still commits, because the refusal stands in the audit.
type Outcome struct {
	Token   Token // the new value of the cookie; the one before is void
	Stage   Stage // what is still to be done
	Refusal *fault.Error
	// CodesLeft counts the recovery codes after one was used, else -1.
	CodesLeft int
}

// LogIn makes a session for a proved account, with a new token. previous is the
// session that the browser showed, if any: it ends. device is what the owner
// will know the session by. A wrong password and an unknown address give the
// same Refusal after the same work.
func (g *Gate) LogIn(ctx context.Context, tx *pg.Tx, proof Proof, device string, previous Token) (Outcome, error) {
	if err := proof.belongs(tx); err != nil {
		return Outcome{}, err
	}
	if !proof.right {
		return refused(tx, ActionLogInRefused, Visitor(), proof.user, KeyWrongLogIn, "password"), nil
	}
	u, held, err := g.accept(ctx, tx, proof)
	if err != nil {
		return Outcome{}, err
	}
	if !held {
		return refused(tx, ActionLogInRefused, Visitor(), proof.user, KeyWrongLogIn, "password"), nil
	}
	if err := g.endByToken(ctx, tx, previous); err != nil {
		return Outcome{}, err
	}
	token, err := g.start(ctx, tx, u, device)
	if err != nil {
		return Outcome{}, err
	}
	p, err := g.Session(ctx, tx, token)
	if err != nil {
		return Outcome{}, err
	}
	record(tx, u.Person(), ActionLogIn, u.ID, map[string]any{"session": p.SessionID, "stage": p.Stage})
	return Outcome{Token: token, Stage: p.Stage, CodesLeft: -1}, nil
}

// accept looks again at what the proof was made from: since then the account may
// have been disabled or its password changed. It locks the secrets, so that a
// change of password and a log-in with the old one have an order.
func (g *Gate) accept(ctx context.Context, tx *pg.Tx, proof Proof) (u User, held bool, err error) {
	var now []string
	err = tx.Select(ctx, &now, `SELECT password FROM user_secrets WHERE user_id = $1 FOR UPDATE`, proof.user)
	if err != nil {
		return User{}, false, fmt.Errorf("access: look at the password again: %w", err)
	}
	if len(now) == 0 || now[0] != proof.hash {
		return User{}, false, nil
	}
	if u, err = GetUser(ctx, tx, proof.user); err != nil || u.State != Active {
		return User{}, false, err
	}
	if proof.newer != "" {
		if _, err := tx.Exec(ctx, `UPDATE user_secrets SET password = $2 WHERE user_id = $1`, u.ID, proof.newer); err != nil {
			return User{}, false, fmt.Errorf("access: renew a hash: %w", err)
		}
	}
	if err := forgive(ctx, tx, accountPace(), proof.account); err != nil {
		return User{}, false, err
	}
	return u, true, takeBack(ctx, tx, clientPace(), proof.client)
}

// belongs refuses what was made in another realm: the defect of a caller.
func (p Proof) belongs(tx *pg.Tx) error {
	if p.realm != tx.Realm {
		return fmt.Errorf("access: a proof of %s was shown in %s", p.realm, tx.Realm)
	}
	return nil
}

// again wants the proof of the very person, for what only they may change.
func (g *Gate) again(ctx context.Context, tx *pg.Tx, p Principal, proof Proof) error {
	if err := proof.belongs(tx); err != nil {
		return err
	}
	if proof.right && proof.user == p.User {
		_, held, err := g.accept(ctx, tx, proof)
		if err != nil || held {
			return err
		}
	}
	return fault.New(fault.Invalid, KeyWrong).On("password", string(KeyWrong))
}
