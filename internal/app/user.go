package app

import (
	"context"
	"fmt"
	"time"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web/admin"
)

// UserEntry is an account as the command line prints it.
type UserEntry struct {
	Email        string       `json:"email"`
	Name         string       `json:"name"`
	Roles        access.Roles `json:"roles"`
	State        access.State `json:"state"`
	HasPassword  bool         `json:"has_password"`
	SecondFactor bool         `json:"second_factor"`
}

// Given is a password that works once. It is printed and stored nowhere.
type Given struct {
	Email    string    `json:"email"`
	Password string    `json:"password"`
	Until    time.Time `json:"until"`
}

// desk is an operator's work on the accounts of one realm; slug "" = the portal's.
type desk struct {
	admin *pg.Admin
	gate  *access.Gate
	post  *notify.Post
	realm pg.Realm
	// towns is the registry, and zone the clock of the realm.
	towns *tenant.Directory
	zone  *time.Location
	// lang is the realm's own language.
	lang string
}

// atDesk opens the realm, works and closes it again. It refuses a town that the
// registry does not have.
func atDesk(ctx context.Context, s *config.Settings, slug string, work func(*desk) error) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	d := &desk{realm: pg.Portal(), lang: "en", zone: time.UTC}
	if slug != "" {
		if d.realm, err = pg.Town(slug); err != nil {
			return err
		}
	}
	r, err := h.rooms()
	if err != nil {
		return err
	}
	r.towns = func() *tenant.Directory { return d.towns }
	d.gate, d.post = r.gate, r.post
	if d.admin, err = h.admin(ctx); err != nil {
		return err
	}
	defer d.admin.Close()
	err = d.admin.Read(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		d.towns, err = tenant.Read(ctx, tx, h.base())
		return err
	})
	if err != nil {
		return err
	}
	if slug != "" {
		if err := d.readTown(ctx, slug); err != nil {
			return err
		}
	}
	return work(d)
}

func (d *desk) readTown(ctx context.Context, slug string) error {
	err := d.admin.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
		_, err := tenant.StateOf(ctx, tx, slug)
		return err
	})
	if err != nil {
		return err
	}
	return d.admin.Read(ctx, d.realm, func(tx *pg.Tx) error {
		profile, err := tenant.Export(ctx, tx)
		if err == nil && len(profile.Languages) > 0 {
			d.lang = profile.Languages[0]
		}
		return err
	})
}

// UserAdd makes an account and gives it a password that must be changed at the
// first log-in. Lang "" = the town's own.
func UserAdd(ctx context.Context, s *config.Settings, slug string, in access.NewUser) (g Given, err error) {
	err = atDesk(ctx, s, slug, func(d *desk) error {
		if in.Lang == "" {
			in.Lang = d.lang
		}
		// One transaction: an account that nobody can enter is not left behind.
		return d.admin.Write(ctx, d.realm, func(tx *pg.Tx) error {
			u, err := access.AddUser(ctx, tx, audit.Operator(), in)
			if err != nil {
				return err
			}
			g, err = d.give(ctx, tx, u)
			return err
		})
	})
	return g, err
}

// UserResetPassword gives an account a new password that must be changed at the
// next log-in; every session of it ends.
func UserResetPassword(ctx context.Context, s *config.Settings, slug, email string) (g Given, err error) {
	err = atDesk(ctx, s, slug, func(d *desk) error {
		return d.admin.Write(ctx, d.realm, func(tx *pg.Tx) error {
			u, err := access.FindUser(ctx, tx, email)
			if err != nil {
				return err
			}
			if g, err = d.give(ctx, tx, u); err != nil {
				return err
			}
			return d.tell(ctx, tx, u, admin.TellPassword)
		})
	})
	return g, err
}

// tell writes to the owner of an account that it was changed; not for a town that
// is not served, whose letters have no head.
func (d *desk) tell(ctx context.Context, tx *pg.Tx, u access.User,
	letter func(context.Context, *pg.Tx, *notify.Post, *time.Location, int64, access.Profile) error,
) error {
	if d.realm.IsTown() {
		town, served := d.towns.ByRealm(d.realm)
		if !served {
			return nil
		}
		d.zone = town.Zone
	}
	return letter(ctx, tx, d.post, d.zone, u.ID, u.Profile)
}

// give hashes inside the transaction: at the command line nobody waits for it.
func (d *desk) give(ctx context.Context, tx *pg.Tx, u access.User) (Given, error) {
	for {
		password := access.OneTimePassword()
		prepared, err := d.gate.Prepare(ctx, access.HolderOfUser(u), password)
		if fault.Is(err, fault.Invalid) {
			continue // by chance like the name of its owner
		}
		if err != nil {
			return Given{}, err
		}
		until, err := d.gate.GivePassword(ctx, tx, audit.Operator(), u.ID, prepared)
		return Given{Email: u.Email, Password: password, Until: until}, err
	}
}

// UserDisable2FA takes the second factor off an account whose owner lost it.
func UserDisable2FA(ctx context.Context, s *config.Settings, slug, email string) error {
	return atDesk(ctx, s, slug, func(d *desk) error {
		return d.admin.Write(ctx, d.realm, func(tx *pg.Tx) error {
			u, err := access.FindUser(ctx, tx, email)
			if err != nil {
				return err
			}
			if err := access.ResetSecondFactor(ctx, tx, audit.Operator(), u.ID); err != nil {
				return err
			}
			return d.tell(ctx, tx, u, admin.TellSecondOff)
		})
	})
}

// mostUsers bounds the list; a town has dozens.
const mostUsers = 10_000

// UserList gives the accounts of a realm, by name.
func UserList(ctx context.Context, s *config.Settings, slug string) ([]UserEntry, error) {
	list := []UserEntry{}
	err := atDesk(ctx, s, slug, func(d *desk) error {
		return d.admin.Read(ctx, d.realm, func(tx *pg.Tx) error {
			page := access.Page{Limit: 100}
			for len(list) < mostUsers {
				users, more, err := access.ListUsers(ctx, tx, page)
				if err != nil {
					return err
				}
				for _, u := range users {
					list = append(list, UserEntry{u.Email, u.Name, u.Roles, u.State, u.HasPassword, u.SecondFactor})
					page.AfterName, page.AfterID = u.Name, u.ID
				}
				if !more {
					return nil
				}
			}
			return fmt.Errorf("more than %d users", mostUsers)
		})
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}
