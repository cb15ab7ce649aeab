package access

import (
	"context"
	"fmt"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// AskEmail begins the change of the principal's own address, after the password
// was proved again: the mail goes to the new address, and nothing changes until
// its link is followed. An address that a colleague has is answered like any
// other. Refuses with Invalid on "email".
func (g *Gate) AskEmail(ctx context.Context, tx *pg.Tx, p Principal, proof Proof, email string) (Mail, error) {
	if p.Stage != StageFull {
		return Mail{}, fault.New(fault.Forbidden, KeySignIn)
	}
	if err := g.again(ctx, tx, p, proof); err != nil {
		return Mail{}, err
	}
	email = Profile{Email: email}.clean().Email
	if !isEmail(email) {
		return Mail{}, fault.New(fault.Invalid, KeyEmail).On("email", string(KeyEmail))
	}
	_, err := tx.Exec(ctx, `UPDATE user_profiles SET email_wanted = $2 WHERE user_id = $1`, p.User, email)
	if err != nil {
		return Mail{}, fmt.Errorf("access: note the new address: %w", err)
	}
	u, err := GetUser(ctx, tx, p.User)
	if err != nil {
		return Mail{}, err
	}
	u.Email = email
	m, err := g.link(ctx, tx, u, ForEmail, linkLife)
	if err == nil {
		record(tx, p.Actor, ActionEmailAsk, p.User, nil)
	}
	return m, err
}

// ConfirmEmail takes the new address into use. before is the old one, so that its
// owner can be told. Gone when the link is over, and also when a colleague has
// the address: whoever holds a link learns no more.
func (g *Gate) ConfirmEmail(ctx context.Context, tx *pg.Tx, t Token) (before Profile, err error) {
	u, err := g.redeem(ctx, tx, t, ForEmail)
	if err != nil {
		return Profile{}, err
	}
	var wanted string
	err = tx.Get(ctx, &wanted, `SELECT email_wanted FROM user_profiles WHERE user_id = $1 FOR UPDATE`, u.ID)
	if err != nil {
		return Profile{}, fmt.Errorf("access: read the new address: %w", err)
	}
	if wanted == "" {
		return Profile{}, fault.New(fault.Gone, KeyLinkOver)
	}
	_, err = tx.Exec(ctx, `UPDATE user_profiles SET email = $2, email_folded = $3, email_wanted = '' WHERE user_id = $1`,
		u.ID, wanted, fold(wanted))
	if err != nil {
		return Profile{}, pg.Refused(fmt.Errorf("access: change the address: %w", err), map[string]*fault.Error{
			"user_profiles_email_uq": fault.New(fault.Gone, KeyLinkOver),
		})
	}
	if err := voidLinks(ctx, tx, u.ID); err != nil {
		return Profile{}, err
	}
	record(tx, u.Person(), ActionEmailChange, u.ID, nil)
	return u.Profile, nil
}
