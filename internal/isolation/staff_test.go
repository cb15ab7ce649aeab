package isolation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"charterhouse/internal/access"
	"charterhouse/internal/app"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// staff makes the accounts; each signs in, but for those whose way in waits.
func (g *sower) staff() error {
	team := map[string]access.Role{
		"viewer": access.Viewer, "officer": access.Officer, "colleague": access.Officer, "auditor": access.Auditor,
		"administrator": access.Administrator, "deputy": access.Administrator,
	}
	waiting, leading := access.Viewer, access.Administrator
	if g.Slug == "" {
		team = map[string]access.Role{"operator": access.Operator, "coordinator": access.Coordinator}
		waiting, leading = access.Coordinator, access.Operator
	}
	for name, role := range team {
		if err := g.hire(name, role); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := g.outside(waiting); err != nil {
		return err
	}
	return g.halfWay(leading)
}

// halfWay are those who stand between two steps of signing in: a code is asked
// for, a second factor, another password.
func (g *sower) halfWay(role access.Role) error {
	for _, name := range []string{"halfway", "unenrolled"} {
		if err := g.hire(name, role); err != nil {
			return err
		}
	}
	half, err := signIn(g.ctx, g.Service, realm(g.Slug), g.Users["halfway"], password)
	if err != nil {
		return err
	}
	g.Users["halfway"] = half
	if err := g.begin("unenrolled"); err != nil {
		return err
	}
	once, err := signIn(g.ctx, g.Service, realm(g.Slug), g.Users["onetime"], g.OneTime)
	g.Users["onetime"] = once
	return err
}

// begin gives somebody a second factor that is not confirmed yet.
func (g *sower) begin(name string) error {
	p := g.Users[name]
	err := g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		e, err := g.Gate.BeginSecondFactor(g.ctx, tx, who, access.Proof{})
		p.TOTP = e.Secret.Reveal()
		return err
	})
	g.Users[name] = p
	return err
}

// add makes an account and its invitation.
func (g *sower) add(name string, role access.Role) (u access.User, invited access.Token, err error) {
	err = g.write(func(tx *pg.Tx) error {
		u, err = access.AddUser(g.ctx, tx, audit.Operator(), access.NewUser{Roles: []access.Role{role}, Profile: access.Profile{
			Email: name + "@" + strings.ToLower(g.Canary) + ".example.org", Name: g.Canary + " " + name, Department: g.Canary, Lang: g.lang(),
		}})
		if err != nil {
			return err
		}
		m, err := g.Gate.Invite(g.ctx, tx, audit.Operator(), u.ID)
		invited = m.Token
		return err
	})
	g.Users[name] = person{ID: u.ID, Email: u.Email, Actor: u.Actor}
	return u, invited, err
}

// answerFor gives the coordinator a country to answer for.
func (g *sower) answerFor() error {
	return g.write(func(tx *pg.Tx) error {
		u, err := access.GetUser(g.ctx, tx, g.Users["coordinator"].ID)
		if err != nil {
			return err
		}
		return access.SetCountries(g.ctx, tx, audit.Operator(), u.ID, u.Version, []string{"lt"})
	})
}

// hire makes an account, accepts the invitation and signs in.
func (g *sower) hire(name string, role access.Role) error {
	u, invited, err := g.add(name, role)
	if err != nil {
		return err
	}
	secret, err := g.Gate.Prepare(g.ctx, access.HolderOfUser(u), password)
	if err != nil {
		return err
	}
	if err := g.write(func(tx *pg.Tx) error { return g.Gate.Accept(g.ctx, tx, invited, secret) }); err != nil {
		return err
	}
	p, err := signIn(g.ctx, g.Service, realm(g.Slug), g.Users[name], password)
	if err != nil {
		return err
	}
	g.Users[name], err = p, nil
	if role == access.Auditor || role == access.Coordinator {
		// Theirs is one of their own choice.
		proof, err := g.prove(p)
		if err != nil {
			return err
		}
		if g.Users[name], err = g.enrol(p, proof); err != nil {
			return err
		}
	}
	if (role == access.Administrator || role == access.Operator) && name != "unenrolled" {
		g.Users[name], err = g.enrol(p, access.Proof{})
	}
	return err
}

// signIn goes through the gate as the page does.
func signIn(ctx context.Context, v *app.Service, r pg.Realm, p person, password string) (person, error) {
	write := func(fn func(*pg.Tx) error) error { return v.DB.Class(pg.Staff).Write(ctx, r, fn) }
	var attempt access.Attempt
	err := write(func(tx *pg.Tx) (err error) { attempt, err = v.Gate.Begin(ctx, tx, p.Email, p.Email); return err })
	if err != nil {
		return p, err
	}
	proof, err := v.Gate.Verify(ctx, attempt, password)
	if err != nil {
		return p, err
	}
	var out access.Outcome
	if err := write(func(tx *pg.Tx) (err error) { out, err = v.Gate.LogIn(ctx, tx, proof, "Firefox, Linux", ""); return err }); err != nil {
		return p, err
	}
	if out.Refusal != nil {
		return p, out.Refusal
	}
	p.Token = out.Token.Reveal()
	return p, write(func(tx *pg.Tx) error {
		who, err := v.Gate.Session(ctx, tx, out.Token)
		p.Session = who.SessionID
		return err
	})
}

// enrol sets up a second factor; the proof is for whose role does not ask for one.
func (g *sower) enrol(p person, proof access.Proof) (person, error) {
	now, err := time.Parse(time.RFC3339, noon)
	if err != nil {
		return p, err
	}
	return p, g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		e, err := g.Gate.BeginSecondFactor(g.ctx, tx, who, proof)
		if err != nil {
			return err
		}
		p.TOTP = e.Secret.Reveal()
		code, err := totp.GenerateCode(p.TOTP, now)
		if err != nil {
			return err
		}
		out, recovery, err := g.Gate.ConfirmSecondFactor(g.ctx, tx, who, code)
		if err != nil {
			return err
		}
		for _, c := range recovery {
			p.Recovery = append(p.Recovery, c.Reveal())
		}
		p.Token = out.Token.Reveal()
		return nil
	})
}

// outside are the accounts and links whose owners have not come in: an
// invitation, a one-time password, a new password asked for, a new address.
func (g *sower) outside(role access.Role) error {
	_, invited, err := g.add("invited", role)
	if err != nil {
		return err
	}
	g.Invite = invited.Reveal()
	gone, _, err := g.add("disabled", role)
	if err != nil {
		return err
	}
	once, _, err := g.add("onetime", role)
	if err != nil {
		return err
	}
	g.OneTime = access.OneTimePassword()
	secret, err := g.Gate.Prepare(g.ctx, access.HolderOfUser(once), g.OneTime)
	if err != nil {
		return err
	}
	asking, moving := "viewer", "colleague"
	if g.Slug == "" {
		asking, moving = "coordinator", "coordinator"
	}
	proof, err := g.prove(g.Users[moving])
	if err != nil {
		return err
	}
	return g.write(func(tx *pg.Tx) error {
		if err := access.Disable(g.ctx, tx, audit.Operator(), gone.ID, gone.Version); err != nil {
			return err
		}
		if _, err := g.Gate.GivePassword(g.ctx, tx, audit.Operator(), once.ID, secret); err != nil {
			return err
		}
		r, err := g.Gate.AskReset(g.ctx, tx, g.Users[asking].Email, "somewhere")
		if err != nil {
			return err
		}
		reset, _, err := g.Gate.WriteReset(g.ctx, tx, r)
		if err != nil {
			return err
		}
		who, err := g.Gate.Session(g.ctx, tx, access.Token(g.Users[moving].Token))
		if err != nil {
			return err
		}
		moved, err := g.Gate.AskEmail(g.ctx, tx, who, proof, "new@"+strings.ToLower(g.Canary)+".example.org")
		g.Reset, g.Email = reset.Token.Reveal(), moved.Token.Reveal()
		return err
	})
}

func (g *sower) prove(p person) (access.Proof, error) {
	var a access.Attempt
	err := g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		a, err = g.Gate.BeginAgain(g.ctx, tx, who, p.Email)
		return err
	})
	if err != nil {
		return access.Proof{}, err
	}
	return g.Gate.Verify(g.ctx, a, password)
}
