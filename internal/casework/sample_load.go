package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// LoadSamples enters made-up cases through the verbs, the oldest first, with the
// clock of the transaction set to each step; what was entered before is left as it
// is. staff are those who handle them, at least one. The audit chain says when
// they were really entered: now. It tells how many are new, and refuses the whole
// where one step is against the lifecycle or the rules of the town.
func (t *Town) LoadSamples(ctx context.Context, tx *pg.Tx, staff []Officer, all Samples) (loaded int, err error) {
	now := tx.Now
	defer func() { tx.Now = now }()
	plans := make([]samplePlan, len(all.Cases))
	for i, s := range all.Cases {
		if plans[i], err = t.plan(s, now); err != nil {
			return 0, err
		}
	}
	staff = slices.Clone(staff)
	for i := range staff {
		staff[i].Confidential = true // nothing of a sample is anybody's secret
	}
	slices.SortStableFunc(plans, func(a, b samplePlan) int { return a.entered.Compare(b.entered) })
	for _, p := range plans {
		fresh, err := t.loadSample(ctx, tx, staff, p)
		if err != nil {
			return 0, fmt.Errorf("casework: sample %s: %w", p.Key, err)
		}
		if fresh {
			loaded++
		}
	}
	return loaded, nil
}

// SampleReceipt finds what became of a sample of the town, with its code; false
// when it was not loaded.
func (t *Town) SampleReceipt(ctx context.Context, tx *pg.Tx, key string) (Receipt, bool, error) {
	return t.byNonce(ctx, tx, t.sampleNonce("case/"+key))
}

// sampleNonce is what a sample has instead of the random nonce of a form: the same
// sample is never entered twice, and its code can be shown again. Nobody files
// with it from outside, as that takes the seal of a ticket.
func (t *Town) sampleNonce(name string) (n nonce) {
	sum := sha256.Sum256([]byte("charterhouse/sample/1\x00" + t.realm + "\x00" + name))
	copy(n[:], sum[:])
	return n
}

// samplePlan is a sample with its days.
type samplePlan struct {
	Sample
	received deadline.Date
	outside  bool
	entered  time.Time
	until    time.Time // nothing happens later
}

// plan puts a sample into the days before now.
func (t *Town) plan(s Sample, now time.Time) (samplePlan, error) {
	p := samplePlan{Sample: s, until: now}
	today := deadline.Of(now, t.Zone)
	day, err := t.sampleDay(s, today)
	for ; err == nil; day = t.before(day, 1) {
		at := t.clock(day, s.At)
		p.received, p.outside = deadline.Received(at, t.Zone, t.Hours)
		p.entered = at
		if s.Entered > 0 {
			p.entered = t.clock(t.after(day, s.Entered), s.At)
		}
		if p.entered.Before(now) {
			return p, nil
		}
	}
	return p, err
}

// sampleDay is the day on which a sample came: so many working days ago, or as its
// nearest date is to fall.
func (t *Town) sampleDay(s Sample, today deadline.Date) (deadline.Date, error) {
	last := today
	if !t.Calendar.IsWorking(last) {
		last = t.before(last, 1)
	}
	if s.Due == nil {
		return t.before(last, s.Received), nil
	}
	due := t.after(today.AddDays(-1), 1+max(*s.Due, 0))
	if *s.Due < 0 {
		due = t.before(today, -*s.Due)
	}
	// A term in months does not end on every day: the next one before is taken.
	for day := last; day > today.AddDays(-farBack); day = t.before(day, 1) {
		_, outside := deadline.Received(t.clock(day, s.At), t.Zone, t.Hours)
		pin, err := t.PinFor(s.Kind, cmp.Or(s.Channel, Website), day, outside)
		if err != nil {
			return 0, err
		}
		if end := pin.nearest(); !end.IsZero() && end <= due {
			return day, nil
		}
	}
	return 0, fmt.Errorf("casework: sample %s: no day makes it due on %s", s.Key, due)
}

// nearest is the first date of the pin; zero = none.
func (p Pin) nearest() deadline.Date {
	var c Case
	if p.Own != nil {
		c.OwnDue = p.Own.Due()
	}
	if p.Law != nil {
		c.LawDue = p.Law.Due()
	}
	return c.Due()
}

// before and after count working days, none of them being the day itself.
func (t *Town) before(d deadline.Date, n int) deadline.Date {
	for ; n > 0; n-- {
		for d = d.AddDays(-1); !t.Calendar.IsWorking(d); d = d.AddDays(-1) {
		}
	}
	return d
}

func (t *Town) after(d deadline.Date, n int) deadline.Date {
	for ; n > 0; n-- {
		d = t.Calendar.Next(d)
	}
	return d
}

// clock is a time of day, written as 10:24.
func (t *Town) clock(d deadline.Date, at string) time.Time {
	y, m, day := d.Civil()
	hm, _ := time.Parse("15:04", at)
	return time.Date(y, m, day, hm.Hour(), hm.Minute(), 0, 0, t.Zone).UTC()
}

// loadSample enters one, unless it was.
func (t *Town) loadSample(ctx context.Context, tx *pg.Tx, staff []Officer, p samplePlan) (fresh bool, err error) {
	tx.Now = p.entered
	f := Filing{
		Ticket: t.ticketOf(t.sampleNonce("case/"+p.Key), tx.Now), Kind: p.Kind, Lang: cmp.Or(p.Lang, t.Profile.Languages[0]),
		Title: p.Title, Body: p.Body, Danger: p.Danger, Anonymous: p.Anonymous, Confidential: p.Confidential,
	}
	if p.Happened > 0 {
		f.HappenedOn = p.received.AddDays(-p.Happened)
	}
	if p.Person != nil {
		f.Person = Person{p.Person.Name, p.Person.Email, p.Person.Phone, p.Person.Address, p.Person.ReplyBy}
	}
	a := Arrival{Sample: true}
	if t.department(p.Department) {
		a.Department = p.Department
	}
	var r Receipt
	if p.Channel == "" {
		r, err = t.file(ctx, tx, audit.Actor{ID: string(Submitter)}, f, a, ToSubmit)
	} else {
		a.Channel, a.ReceivedOn, a.Outside = p.Channel, p.received, p.outside
		r, err = t.Register(ctx, tx, staff[0], f, a)
	}
	if err != nil || r.Again {
		return false, err
	}
	day, last := deadline.Of(p.entered, t.Zone), p.entered
	for i, s := range p.Steps {
		day = t.after(day, s.After)
		at := t.clock(day, s.At)
		if !at.After(last) || at.After(p.until) {
			return false, fmt.Errorf("step %d (%s) at %s is out of order, or lies ahead", i+1, s.Do, at.In(t.Zone))
		}
		tx.Now, last = at, at
		if err := t.step(ctx, tx, staff[(max(s.By, 1)-1)%len(staff)], r, s); err != nil {
			return false, fmt.Errorf("step %d (%s): %w", i+1, s.Do, err)
		}
	}
	return true, nil
}

// step does one thing with a sample, as whoever does such things.
func (t *Town) step(ctx context.Context, tx *pg.Tx, who Officer, r Receipt, s SampleStep) error {
	if line, ok := anyLine(s.Do); ok && slices.Contains(line.By, Submitter) && !s.Desk {
		_, pass, err := t.Track(ctx, tx, r.Case.Number, r.Code.String())
		if err != nil {
			return err
		}
		return t.stepOfSubmitter(ctx, tx, pass, s)
	}
	ref := Ref{Number: r.Case.Number}
	switch s.Do {
	case ToTake:
		return t.Take(ctx, tx, who, ref)
	case ToAssign:
		return t.Assign(ctx, tx, who, ref, Assignment{Assignee: who.User})
	case ToAsk:
		return t.Ask(ctx, tx, who, ref, s.Text)
	case ToResume:
		return t.Resume(ctx, tx, who, ref, s.Text)
	case ToAdd:
		return t.AddFor(ctx, tx, who, ref, Message{Text: s.Text})
	case ToExtend:
		return t.extendSample(ctx, tx, who, ref, s)
	case ToReply:
		return t.Reply(ctx, tx, who, ref, Message{Text: s.Text})
	case ToForward:
		return t.Refer(ctx, tx, who, ref, Referring{Institution: s.Institution, Reason: s.Text})
	case ToDecline:
		return t.Decline(ctx, tx, who, ref, Declining{Ground: s.Ground, Explained: s.Text})
	case ToConfirmDanger:
		return t.ConfirmDanger(ctx, tx, who, ref)
	case ToRefuseDanger:
		return t.RefuseDanger(ctx, tx, who, ref, s.Text)
	case ToProtect:
		return t.Protect(ctx, tx, who, ref, true)
	case ToNote:
		return t.Note(ctx, tx, who, ref, Message{Text: s.Text})
	case ToWithdraw:
		return t.WithdrawFor(ctx, tx, who, ref, s.Text)
	case ToClose:
		return t.Close(ctx, tx, who, ref)
	case ToReopen:
		return t.Reopen(ctx, tx, who, ref, s.Text)
	}
	return errors.New("no such step")
}

func (t *Town) stepOfSubmitter(ctx context.Context, tx *pg.Tx, pass Pass, s SampleStep) error {
	switch s.Do {
	case ToRespond:
		return t.Respond(ctx, tx, pass, Message{Text: s.Text})
	case ToAdd:
		return t.Add(ctx, tx, pass, Message{Text: s.Text})
	case ToWithdraw:
		return t.Withdraw(ctx, tx, pass, s.Text)
	case ToRate:
		return t.Rate(ctx, tx, pass, Rating{s.Score, s.Text})
	}
	return errors.New("no such step")
}

// anyLine gives the first line of an action in the table.
func anyLine(do Action) (Transition, bool) {
	for _, line := range lifecycle {
		if line.Do == do {
			return line, true
		}
	}
	return Transition{}, false
}

// extendSample extends by so many working days beyond the date in force.
func (t *Town) extendSample(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, s SampleStep) error {
	c, err := Find(ctx, tx, ref.Number)
	if err != nil {
		return err
	}
	pin, err := PinOf(ctx, tx, c)
	if err != nil {
		return err
	}
	past, err := Extensions(ctx, tx, c)
	if err != nil {
		return err
	}
	// An extension that is refused is refused by the verb, with its reason.
	r, _ := t.room(c, pin, past, t.Today(tx))
	return t.Extend(ctx, tx, who, ref, Extending{Reasons: s.Text, Steps: s.Steps, Final: t.after(r.inForce(), s.Final)})
}
