package isolation

import (
	"errors"
	"fmt"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/files"
	"charterhouse/internal/pg"
)

func (g *sower) cases() error {
	// First what is taken away again: no other sample stands yet.
	for _, state := range append([]string{erased}, states()...) {
		c, err := g.bring(state)
		if err != nil {
			return fmt.Errorf("a case that is %s: %w", state, err)
		}
		g.Cases[state] = c
	}
	return nil
}

// bring files a case and leads it into a state.
func (g *sower) bring(state string) (c filed, err error) {
	err = g.write(func(tx *pg.Tx) error {
		t, err := g.Desk.Read(g.ctx, tx)
		if err != nil {
			return err
		}
		if c.Ticket, err = t.Ticket(tx.Now); err != nil {
			return err
		}
		if c.File, err = g.attached(tx, c.Ticket); err != nil {
			return err
		}
		f := casework.Filing{
			Ticket: c.Ticket, Kind: casework.Complaint, Lang: g.lang(), Title: g.Canary + " title", Body: g.Canary + " body", Files: []string{c.File},
			Person: casework.Person{
				Name: g.Canary + " Ona", Email: "ona@" + canaryOf(g.Slug) + ".example.org", Phone: g.Canary, Address: g.Canary, ReplyBy: casework.ByEmail,
			},
		}
		a := casework.Arrival{Channel: "phone", ReceivedOn: deadline.Of(tx.Now, t.Zone)}
		var r casework.Receipt
		switch state {
		case sample, erased:
			a.Sample = true
			r, err = t.Register(g.ctx, tx, officerOf(g.Users["officer"]), f, a)
		case danger:
			f.Anonymous, f.Person, f.Danger = true, casework.Person{}, g.Canary+" danger"
			r, err = t.Register(g.ctx, tx, officerOf(g.Users["officer"]), f, a)
		default:
			r, err = t.Submit(g.ctx, tx, f)
		}
		if err != nil {
			return err
		}
		c.ID, c.Number, c.Code = r.Case.ID, r.Case.Number, r.Code.String()
		return nil
	})
	if err != nil {
		return c, err
	}
	if state == erased {
		c.Link = random(16) // a sample gets no letter
		return c, g.erase()
	}
	return c, g.write(func(tx *pg.Tx) error { return g.lead(tx, c, state) })
}

// erase takes the samples away, files and all.
func (g *sower) erase() error {
	var ids []string
	err := g.write(func(tx *pg.Tx) (err error) {
		var n int
		if n, ids, err = casework.RemoveSamples(g.ctx, tx, audit.Operator()); err != nil {
			return err
		}
		if n == 0 || len(ids) == 0 {
			return fmt.Errorf("%d cases with %d files were taken away", n, len(ids))
		}
		return files.Discard(g.ctx, tx, ids)
	})
	for _, id := range ids {
		delete(g.seeds.Files, id)
	}
	return errors.Join(err, g.Service.Files.Remove(realm(g.Slug), ids))
}

// lead takes a new case to its state, as desk and submitter would.
func (g *sower) lead(tx *pg.Tx, c filed, state string) error {
	t, err := g.Desk.Read(g.ctx, tx)
	if err != nil {
		return err
	}
	officer, colleague, ref := officerOf(g.Users["officer"]), officerOf(g.Users["colleague"]), casework.Ref{Number: c.Number}
	said := casework.Message{Text: g.Canary + " said"}
	take := func() error { return t.Take(g.ctx, tx, officer, ref) }
	reply := func() error { return t.Reply(g.ctx, tx, officer, ref, said) }
	steps := map[string][]func() error{
		opened:    {take, func() error { return t.Note(g.ctx, tx, officer, ref, said) }},
		waiting:   {take, func() error { return t.Ask(g.ctx, tx, officer, ref, said.Text) }},
		answered:  {take, reply},
		closed:    {take, reply, func() error { return t.Close(g.ctx, tx, officer, ref) }},
		withdrawn: {take, func() error { return t.WithdrawFor(g.ctx, tx, officer, ref, said.Text) }},
		declined: {take, func() error {
			return t.Decline(g.ctx, tx, officer, ref, casework.Declining{Ground: "repeated", Explained: said.Text})
		}},
		forwarded: {take, func() error {
			return t.Refer(g.ctx, tx, officer, ref, casework.Referring{Institution: g.Canary + " ministry", Reason: said.Text})
		}},
		own: {take, func() error { return t.Protect(g.ctx, tx, officer, ref, true) }},
		foreign: {
			func() error { return t.Take(g.ctx, tx, colleague, ref) },
			func() error { return t.Protect(g.ctx, tx, colleague, ref, true) },
		},
	}[state]
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
