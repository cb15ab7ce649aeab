package isolation

import (
	"context"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/files"
	"charterhouse/internal/jobs"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// story walks through A as its people do: every page, every way of a case, every
// change of an account. What it sends to the database is what the service sends.
func (w *world) story(t *testing.T) {
	t.Helper()
	for _, r := range w.routes(t) {
		for _, role := range r.roles() {
			w.revive(t, r, w.ask(w.doing(t, r, role, w.a().Cases[opened])))
		}
	}
	g := &sower{ctx: context.WithoutCancel(t.Context()), Service: w.Service, raw: w.raw, dir: w.settings.Files(), seeds: newSeeds(slugA)}
	for name, p := range w.a().Users {
		g.Users[name] = p
	}
	must(t, g.cases())
	must(t, g.links())
	must(t, g.submitters())
	must(t, g.deskwork())
	must(t, g.accounts())
	must(t, g.lists())
	g.rarities(t, w)
	w.workOff(t)
}

// workOff lets the jobs run until nothing waits.
func (w *world) workOff(t *testing.T) {
	t.Helper()
	runner, err := w.Runner()
	must(t, err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 5*time.Second)
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	for left := 1; left > 0 && ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		must(t, w.raw.QueryRow(`SELECT count(*) FROM t_`+slugA+`.jobs WHERE state = 'pending' AND kind = 'casework.announce'`).Scan(&left))
	}
	cancel()
	must(t, <-ended)
}

// submitters do what a citizen does with code and link.
func (g *sower) submitters() error {
	act := func(state string, do func(*casework.Town, *pg.Tx, casework.Pass) error) error {
		return g.write(func(tx *pg.Tx) error {
			t, err := g.Desk.Read(g.ctx, tx)
			if err != nil {
				return err
			}
			c := g.Cases[state]
			found, pass, err := t.Track(g.ctx, tx, c.Number, c.Code)
			if err != nil {
				return err
			}
			if err := casework.Attached(g.ctx, tx, found, c.File, casework.Submitter); err != nil {
				return err
			}
			if _, err := t.Acted(g.ctx, tx, pass.Once(c.Ticket), casework.ToAdd); err != nil {
				return err
			}
			if _, _, err := t.Filed(g.ctx, tx, c.Ticket); err != nil {
				return err
			}
			return do(t, tx, pass)
		})
	}
	said := casework.Message{Text: g.Canary}
	for _, step := range []error{
		act(opened, func(t *casework.Town, tx *pg.Tx, p casework.Pass) error { return t.Add(g.ctx, tx, p, said) }),
		act(waiting, func(t *casework.Town, tx *pg.Tx, p casework.Pass) error { return t.Respond(g.ctx, tx, p, said) }),
		act(answered, func(t *casework.Town, tx *pg.Tx, p casework.Pass) error {
			return t.Rate(g.ctx, tx, p, casework.Rating{Score: 5, Comment: g.Canary})
		}),
		act(fresh, func(t *casework.Town, tx *pg.Tx, p casework.Pass) error { return t.Withdraw(g.ctx, tx, p, g.Canary) }),
	} {
		if step != nil {
			return step
		}
	}
	return nil
}

// deskwork is the rest of what officers do with cases.
func (g *sower) deskwork() error {
	officer := officerOf(g.Users["officer"])
	ref := func(state string) casework.Ref { return casework.Ref{Number: g.Cases[state].Number} }
	return g.write(func(tx *pg.Tx) error {
		t, err := g.Desk.Read(g.ctx, tx)
		if err != nil {
			return err
		}
		c, err := casework.Look(g.ctx, tx, officer, g.Cases[own].Number)
		if err != nil {
			return err
		}
		if _, err := casework.PersonOf(g.ctx, tx, officer, c); err != nil {
			return err
		}
		final := c.LawDue
		if final < c.OwnDue {
			final = c.OwnDue
		}
		for _, err := range []error{
			t.Extend(g.ctx, tx, officer, ref(own), casework.Extending{Reasons: g.Canary, Steps: g.Canary, Final: final.AddDays(3)}),
			t.ConfirmDanger(g.ctx, tx, officer, ref(danger)),
			t.Assign(g.ctx, tx, officer, ref(danger), casework.Assignment{Assignee: g.Users["colleague"].ID}),
			t.Reopen(g.ctx, tx, officer, ref(answered), g.Canary),
			t.AddFor(g.ctx, tx, officer, ref(opened), casework.Message{Text: g.Canary}),
			t.WithdrawFor(g.ctx, tx, officer, ref(opened), g.Canary),
		} {
			if err != nil {
				return err
			}
		}
		for _, read := range []func() error{
			func() error { _, err := casework.PinOf(g.ctx, tx, c); return err },
			func() error { _, err := casework.Timeline(g.ctx, tx, c, casework.Staff); return err },
			func() error { _, err := casework.Extensions(g.ctx, tx, c); return err },
			func() error { _, err := casework.Pauses(g.ctx, tx, c); return err },
			func() error { _, err := casework.Referrals(g.ctx, tx, c); return err },
			func() error {
				_, _, err := t.Inbox(g.ctx, tx, officer, casework.Filter{}, casework.Cursor{})
				return err
			},
			func() error {
				_, _, err := t.Done(g.ctx, tx, officer, casework.Filter{}, casework.Cursor{})
				return err
			},
			func() error { _, _, err := t.Search(g.ctx, tx, officer, g.Canary); return err },
			func() error { _, err := t.Counters(g.ctx, tx, officer); return err },
			func() error { _, err := t.GroupCounts(g.ctx, tx, casework.Filter{}); return err },
			func() error { _, _, err := t.Remind(g.ctx, tx); return err },
			func() error { _, err := casework.Hidden(g.ctx, tx, officer, []string{c.Number}); return err },
			func() error { _, err := casework.CountSamples(g.ctx, tx); return err },
			func() error { _, _, err := casework.RemoveSamples(g.ctx, tx, audit.Operator()); return err },
			func() error { _, err := casework.Standings(g.ctx, tx); return err },
		} {
			if err := read(); err != nil {
				return err
			}
		}
		return nil
	})
}

// accounts changes one account in every way.
func (g *sower) accounts() error {
	if err := g.hire("passing", access.Officer); err != nil {
		return err
	}
	p := g.Users["passing"]
	proof, err := g.prove(p)
	if err != nil {
		return err
	}
	if p, err = g.enrol(p, proof); err != nil {
		return err
	}
	return g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		u, err := access.GetUser(g.ctx, tx, p.ID)
		if err != nil {
			return err
		}
		operator := audit.Operator()
		for _, step := range []func() error{
			func() error { return access.TouchSession(g.ctx, tx, who) },
			func() error { _, err := access.OwnSessions(g.ctx, tx, who); return err },
			func() error { _, err := g.Gate.RenewRecoveryCodes(g.ctx, tx, who, proof); return err },
			func() error { _, err := access.EndOtherSessions(g.ctx, tx, who); return err },
			func() error {
				in := u.Profile
				in.Name = g.Canary + " changed"
				return access.Edit(g.ctx, tx, operator, u.ID, u.Version, in)
			},
			func() error {
				return access.SetRoles(g.ctx, tx, operator, u.ID, u.Version+1, []access.Role{access.Viewer})
			},
			func() error { return access.ResetSecondFactor(g.ctx, tx, operator, u.ID) },
			func() error { return access.EndSessionsOf(g.ctx, tx, operator, u.ID) },
			func() error { return access.Disable(g.ctx, tx, operator, u.ID, u.Version+2) },
			func() error { return access.Enable(g.ctx, tx, operator, u.ID, u.Version+3) },
			func() error { return access.Disable(g.ctx, tx, operator, u.ID, u.Version+4) },
			func() error { return access.Forget(g.ctx, tx, operator, u.ID) },
			func() error { _, err := access.Sweep(g.ctx, tx); return err },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// lists reads what an administrator and an auditor look through.
func (g *sower) lists() error {
	return g.write(func(tx *pg.Tx) error {
		for _, read := range []func() error{
			func() error { _, _, err := access.ListUsers(g.ctx, tx, access.Page{Limit: 10}); return err },
			func() error { _, err := access.FindUser(g.ctx, tx, g.Users["officer"].Email); return err },
			func() error { _, _, err := notify.List(g.ctx, tx, notify.Filter{}, 0); return err },
			func() error { _, err := notify.Reveal(g.ctx, tx, 1); return err },
			func() error { _, err := notify.Count(g.ctx, tx); return err },
			func() error { _, err := notify.Forget(g.ctx, tx, "nothing"); return err },
			func() error { _, _, err := jobs.List(g.ctx, tx, jobs.Dead, 0); return err },
			func() error { _, err := jobs.Count(g.ctx, tx); return err },
			func() error { _, err := jobs.Rerun(g.ctx, tx, "operator", 1); return err },
			func() error { _, err := audit.Verify(g.ctx, tx); return err },
			func() error { _, err := audit.Stands(g.ctx, tx, 1, nil); return err },
			func() error { _, err := files.Get(g.ctx, tx, g.Cases[fresh].File); return err },
			func() error { _, err := g.Service.Files.Sweep(g.ctx, tx); return err },
		} {
			if err := read(); err != nil {
				return err
			}
		}
		return nil
	})
}
