package access

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Purpose is what a mailed link is for; one for a purpose opens no other.
type Purpose string

// The purposes.
const (
	ForInvite Purpose = "invite"
	ForReset  Purpose = "reset"
	ForEmail  Purpose = "email"
)

// How long a mailed link works. An invitation may wait for the end of a holiday;
// who asked for a new password sits before the screen.
const (
	inviteLife = 7 * 24 * time.Hour
	linkLife   = time.Hour
)

// Mail is what the caller must have mailed, in the same transaction: to whom, in
// which language, and the secret that belongs into the link.
type Mail struct {
	Purpose   Purpose
	User      int64
	To        string
	Name      string
	Lang      string
	Token     Token
	ExpiresAt time.Time
}

// link makes a token that replaces earlier ones of the same purpose.
func (g *Gate) link(ctx context.Context, tx *pg.Tx, u User, purpose Purpose, life time.Duration) (Mail, error) {
	_, err := tx.Exec(ctx, `DELETE FROM user_tokens WHERE user_id = $1 AND purpose = $2`, u.ID, purpose)
	if err != nil {
		return Mail{}, fmt.Errorf("access: replace a link: %w", err)
	}
	m := Mail{Purpose: purpose, User: u.ID, To: u.Email, Name: u.Name, Lang: u.Lang, Token: newToken(), ExpiresAt: tx.Now.Add(life)}
	hash, err := g.mark(ctx, tx, useLink+string(purpose), m.Token.Reveal())
	if err != nil {
		return Mail{}, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO user_tokens (purpose, user_id, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		purpose, u.ID, hash, tx.Now, m.ExpiresAt)
	if err != nil {
		return Mail{}, fmt.Errorf("access: make a link: %w", err)
	}
	return m, nil
}

// Look tells whose link it is, without using it up: for the page that asks for
// the new password. Gone when it was used, is too old or never was, all alike.
func (g *Gate) Look(ctx context.Context, tx *pg.Tx, t Token, purpose Purpose) (User, error) {
	hash, err := g.linkHash(ctx, tx, t, purpose)
	if err != nil {
		return User{}, err
	}
	var ids []int64
	err = tx.Select(ctx, &ids, `SELECT user_id FROM user_tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $3`,
		hash, purpose, tx.Now)
	return linked(ctx, tx, ids, err)
}

// LookHolder is Look for whoever goes on to Prepare a password.
func (g *Gate) LookHolder(ctx context.Context, tx *pg.Tx, t Token, purpose Purpose) (Holder, error) {
	u, err := g.Look(ctx, tx, t, purpose)
	return holderOf(u), err
}

// redeem uses a link up; of two at once only one finds it.
func (g *Gate) redeem(ctx context.Context, tx *pg.Tx, t Token, purpose Purpose) (User, error) {
	hash, err := g.linkHash(ctx, tx, t, purpose)
	if err != nil {
		return User{}, err
	}
	var ids []int64
	err = tx.Select(ctx, &ids, `DELETE FROM user_tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING user_id`,
		hash, purpose, tx.Now)
	return linked(ctx, tx, ids, err)
}

func (g *Gate) linkHash(ctx context.Context, tx *pg.Tx, t Token, purpose Purpose) ([]byte, error) {
	if !t.plausible() {
		return nil, fault.New(fault.Gone, KeyLinkOver)
	}
	return g.mark(ctx, tx, useLink+string(purpose), t.Reveal())
}

func linked(ctx context.Context, tx *pg.Tx, ids []int64, err error) (User, error) {
	if err != nil {
		return User{}, fmt.Errorf("access: look for a link: %w", err)
	}
	if len(ids) == 0 {
		return User{}, fault.New(fault.Gone, KeyLinkOver)
	}
	u, err := GetUser(ctx, tx, ids[0])
	if err == nil && u.State != Active {
		err = fault.New(fault.Gone, KeyLinkOver)
	}
	return u, err
}

// voidLinks makes every link of a user worthless.
func voidLinks(ctx context.Context, tx *pg.Tx, user int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM user_tokens WHERE user_id = $1`, user); err != nil {
		return fmt.Errorf("access: void links: %w", err)
	}
	return nil
}
