package casework

import (
	"context"
	"fmt"
	"slices"

	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// Website is the kind of channel of whatever is filed on the town's own pages.
const Website = "website"

// Filing is what a citizen fills in.
type Filing struct {
	Ticket string // of the form
	Kind   string
	Lang   string // of the replies
	Title  string
	Body   string
	// HappenedOn is the day it is about; zero = not said.
	HappenedOn deadline.Date
	// Anonymous leaves Person empty. Danger then states what threatens somebody's
	// health or safety, where the town takes anonymous cases for that only.
	Anonymous bool
	Person    Person
	Danger    string
	// Confidential asks that only whoever handles the case may read it.
	Confidential bool
	Files        []string // ids
	// Unread are the fields that the page could not read, such as a date that is
	// none. They refuse the filing together with whatever else is wrong.
	Unread []fault.Field
}

// Receipt is what whoever filed a case is given.
type Receipt struct {
	Case *Case
	Pin  Pin
	// Code opens the case; it is shown here and nowhere else. Empty where the key
	// that it was made with is gone.
	Code Code
	// Again: this very form had been sent before, and nothing was written now.
	Again bool
}

// Submit files a case from the town's website. A form that comes a second time
// gives the receipt of the first. It refuses, with what to do, what is missing or
// too long, an anonymous case where the town does not take it (with the town's
// ground), and a form older than a day (Gone): its text is then sent once more
// with a new ticket.
func (t *Town) Submit(ctx context.Context, tx *pg.Tx, f Filing) (Receipt, error) {
	return t.file(ctx, tx, audit.Actor{ID: string(Submitter)}, f, Arrival{}, ToSubmit)
}

// file is the way of every new case, however it came.
func (t *Town) file(ctx context.Context, tx *pg.Tx, actor audit.Actor, f Filing, a Arrival, do Action) (Receipt, error) {
	n, fresh, err := t.readTicket(f.Ticket, tx.Now)
	if err != nil {
		return Receipt{}, err
	}
	if !fresh {
		return t.stale(ctx, tx, n)
	}
	if err := t.checkFiling(tx, &f, &a, do); err != nil {
		return Receipt{}, err
	}
	c, pin, err := t.draw(tx, f, a)
	if err != nil {
		return Receipt{}, err
	}
	key := t.desk.Keys.current
	code := key.newCode(t.realm, n)
	var ids []int64
	// Any conflict, not that of the nonce alone: of two that come together the second
	// may meet the code first, and a conflict that is not named is an error.
	err = tx.Select(ctx, &ids, `INSERT INTO case_receipts (nonce_hash, code_hash, key_id) VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING RETURNING id`, n.hash(t.realm), key.lookupOf(t.realm, code), key.id)
	if err != nil {
		return Receipt{}, fmt.Errorf("casework: open a case: %w", err)
	}
	if len(ids) == 0 {
		return t.known(ctx, tx, n)
	}
	c.ID = ids[0]
	if c.Anonymous {
		t.coarsen(tx) // the dates are computed; no hour is kept from here on
	}
	c.FiledAt = tx.Now
	by := Submitter
	if do == ToRegister {
		by = Staff
	}
	line, _ := find("", do, by)
	s := &step{town: t, tx: tx, actor: actor, by: by, line: line, c: c, today: t.Today(tx), files: f.Files}
	if err := s.open(ctx, f, pin); err != nil {
		return Receipt{}, err
	}
	return Receipt{Case: c, Pin: pin, Code: code}, nil
}

// Expect tells what a case of the kind would be promised if it were filed now: a
// form shows it before anything is sent.
func (t *Town) Expect(tx *pg.Tx, kind string) (Pin, error) {
	day, outside := deadline.Received(tx.Now, t.Zone, t.Hours)
	return t.PinFor(kind, Website, day, outside)
}

// draw makes the case of a filing, with its dates, in memory.
func (t *Town) draw(tx *pg.Tx, f Filing, a Arrival) (*Case, Pin, error) {
	day, outside := deadline.Received(tx.Now, t.Zone, t.Hours)
	channel := Website
	if a.Channel != "" {
		channel = a.Channel
	}
	if !a.ReceivedOn.IsZero() {
		// The officer's word, also about today: the hour of entry is not that of receipt.
		day, outside = a.ReceivedOn, a.Outside
	}
	pin, err := t.PinFor(f.Kind, channel, day, outside)
	if err != nil {
		return nil, Pin{}, err
	}
	c := &Case{
		Kind: f.Kind, State: Received, Channel: channel, Lang: f.Lang, Anonymous: f.Anonymous, Confidential: f.Confidential,
		Sample: a.Sample, Department: a.Department, ReceivedOn: day, Outside: outside, HappenedOn: f.HappenedOn,
	}
	if pin.Own != nil {
		c.OwnDue = pin.Own.Due()
	}
	if pin.Law != nil {
		c.LawDue, c.LawVerified = pin.Law.Due(), pin.Rule.Kind.Law.Verified
	}
	if f.Danger != "" {
		c.Danger = Claimed
	}
	return c, pin, nil
}

// open writes a new case. Its number comes last of all that may wait for another
// filing, and after everything that does not contain it: from there to the commit
// the town's other filings wait.
func (s *step) open(ctx context.Context, f Filing, pin Pin) error {
	if !f.Anonymous {
		if err := insertPerson(ctx, s.tx, s.c.ID, f.Person); err != nil {
			return err
		}
	}
	if err := insertPin(ctx, s.tx, s.c.ID, pin); err != nil {
		return err
	}
	if err := mark(ctx, s.tx, [3]deadline.Date{s.c.ReceivedOn, s.c.Due(), s.today}); err != nil {
		return err
	}
	after := []jobs.Job{figures(s.tx)}
	if !s.c.Sample {
		after = append(after, s.news(NewsFiled))
	}
	if err := jobs.Enqueue(ctx, s.tx, after...); err != nil {
		return err
	}
	facts := Facts{To: s.c.State, OwnDue: s.c.OwnDue, LawDue: s.c.LawDue, Department: s.c.Department}
	texts := []written{{PartFiling, f.Title, f.Body}, {part: PartDanger, body: f.Danger}}
	if err := s.enter(ctx, true, facts, texts); err != nil {
		return err
	}
	n, err := takeNumber(ctx, s.tx, s.today.Year())
	if err != nil {
		return err
	}
	s.c.Number = n.written(s.town.Profile.Prefix())
	s.record(facts)
	return s.c.insert(ctx, s.tx, n)
}

// checkFiling cleans what was typed and refuses what cannot be taken.
func (t *Town) checkFiling(tx *pg.Tx, f *Filing, a *Arrival, do Action) error {
	in := input{fields: slices.Clone(f.Unread)}
	if !slices.Contains(Kinds(), f.Kind) {
		in.refuse("kind", KeyNeedKind, nil)
	}
	if !slices.Contains(t.Profile.Languages, f.Lang) {
		in.refuse("lang", KeyNeedLanguage, nil)
	}
	in.line("title", &f.Title, maxTitle, KeyNeedTitle)
	in.text("body", &f.Body, maxBody, KeyNeedBody)
	in.text("danger", &f.Danger, maxDanger, "")
	today := t.Today(tx)
	switch {
	case f.HappenedOn > today:
		in.refuse("happened_on", KeyDateAhead, nil)
	case do == ToRegister && !a.ReceivedOn.IsZero() && f.HappenedOn > a.ReceivedOn:
		in.refuse("happened_on", KeyHappenedLater, map[string]any{"Received": a.ReceivedOn})
	}
	switch {
	case !f.Anonymous:
		f.Danger = "" // only an anonymous case needs it
		f.Person.check(&in)
	case !f.Person.blank() && do == ToRegister:
		in.refuse("anonymous", KeyNamedAnonymous, nil)
	case !f.Person.blank():
		in.refuse("name", KeyNameOrNothing, nil)
	case do == ToSubmit:
		t.checkAnonymous(&in, f)
	}
	if do == ToRegister {
		t.checkArrival(&in, a, today)
	}
	return in.err()
}

// checkAnonymous applies the town's policy, in the town's own words.
func (t *Town) checkAnonymous(in *input, f *Filing) {
	policy := t.Rules.Anonymous
	if policy == nil || f.Kind == Praise { // nothing of praise is examined
		f.Danger = ""
		return
	}
	args := map[string]any{"Notice": policy.Notice}
	switch policy.Policy {
	case Refuse:
		in.refuse("name", KeyAnonymousRefused, args)
	case DangerOnly:
		if f.Danger == "" && !in.refused("danger") {
			in.refuse("danger", KeyAnonymousDangerOnly, args)
		}
	default:
		f.Danger = "" // taken without it
	}
}

// known gives the receipt of a form that was sent before.
func (t *Town) known(ctx context.Context, tx *pg.Tx, n nonce) (Receipt, error) {
	r, ok, err := t.byNonce(ctx, tx, n)
	if err == nil && !ok {
		// The one who was first has rolled back after we had waited for them.
		err = fault.New(fault.Conflict, KeyChangedMeanwhile)
	}
	return r, err
}

func (t *Town) stale(ctx context.Context, tx *pg.Tx, n nonce) (Receipt, error) {
	r, ok, err := t.byNonce(ctx, tx, n)
	if err == nil && !ok {
		err = fault.New(fault.Gone, KeyTicketOld)
	}
	return r, err
}

// Filed looks up what became of a form, in a transaction of its own: whoever lost
// the connection during the commit asks it before answering. False when nothing
// was filed with the ticket.
func (t *Town) Filed(ctx context.Context, tx *pg.Tx, ticket string) (Receipt, bool, error) {
	n, _, err := t.readTicket(ticket, tx.Now)
	if err != nil {
		return Receipt{}, false, err
	}
	return t.byNonce(ctx, tx, n)
}

func (t *Town) byNonce(ctx context.Context, tx *pg.Tx, n nonce) (Receipt, bool, error) {
	var rows []struct {
		ID  int64
		Key string `db:"key_id"`
	}
	err := tx.Select(ctx, &rows, `SELECT id, key_id FROM case_receipts WHERE nonce_hash = $1`, n.hash(t.realm))
	if err != nil || len(rows) == 0 {
		return Receipt{}, false, err
	}
	r := Receipt{Again: true}
	if r.Case, err = byID(ctx, tx, rows[0].ID); err != nil {
		return Receipt{}, false, err
	}
	if r.Pin, err = PinOf(ctx, tx, r.Case); err != nil {
		return Receipt{}, false, err
	}
	if key := t.desk.Keys.named(rows[0].Key); key != nil {
		r.Code = key.newCode(t.realm, n)
	}
	return r, true, nil
}
