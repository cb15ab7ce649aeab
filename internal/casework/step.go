package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// step is one action on a case under way: begun when the lifecycle allows it,
// finished when case, timeline, audit chain and marks are written.
type step struct {
	town  *Town
	tx    *pg.Tx
	actor audit.Actor
	by    Party
	line  Transition
	c     *Case
	from  State
	today deadline.Date
	files []string // that come with the event
	once  []byte   // the form that acts; nil = none is known
}

// begin reads the case for an officer and holds the action to the lifecycle. It
// refuses (Forbidden) a confidential case of somebody else's, (Conflict) a version
// that is no longer in force, and what the state or something about the case does
// not allow, with what stands in the way.
func (t *Town) begin(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, do Action) (*step, error) {
	c, err := Find(ctx, tx, ref.Number)
	if err != nil {
		return nil, err
	}
	if !who.sees(c.Confidential, c.Assignee) {
		return nil, fault.New(fault.Forbidden, KeyConfidential)
	}
	if ref.Version != 0 && ref.Version != c.Version {
		return nil, fault.New(fault.Conflict, KeyChangedMeanwhile)
	}
	s, err := t.start(tx, who.Actor, c, Staff, do)
	if err == nil {
		s.once = ref.once(t.realm, who, do)
	}
	return s, err
}

// beginFor is begin for whoever holds a pass.
func (t *Town) beginFor(ctx context.Context, tx *pg.Tx, pass Pass, do Action) (*step, error) {
	if pass.realm != t.realm || pass.realm == "" {
		return nil, fault.New(fault.NotFound, KeyNoSuchCode)
	}
	c, err := Find(ctx, tx, pass.number)
	if err != nil {
		return nil, err
	}
	if c.Anonymous {
		t.coarsen(tx)
	}
	s, err := t.start(tx, audit.Actor{ID: string(Submitter)}, c, Submitter, do)
	if err == nil {
		s.once = pass.once(do)
	}
	return s, err
}

func (t *Town) start(tx *pg.Tx, actor audit.Actor, c *Case, by Party, do Action) (*step, error) {
	s := &step{town: t, tx: tx, actor: actor, by: by, c: c, from: c.State, today: t.Today(tx)}
	line, ok := find(c.State, do, by)
	if !ok {
		return nil, fault.New(fault.Conflict, KeyNotInState)
	}
	s.line = line
	for _, need := range line.Needs {
		if key := c.lacks(need); key != "" {
			return nil, fault.New(fault.Conflict, key)
		}
	}
	return s, nil
}

// Facts are the particulars of an event. They hold nothing personal and nothing
// that anybody wrote.
type Facts struct {
	To         State         `json:"to,omitempty"`
	Department string        `json:"department,omitempty"`
	Assignee   int64         `json:"assignee,omitempty"`
	Ground     string        `json:"ground,omitempty"`
	Final      deadline.Date `json:"final,omitzero"` // of an extension
	Referral   int64         `json:"referral,omitempty"`
	Late       bool          `json:"late,omitempty"` // sent on after its term
	OwnDue     deadline.Date `json:"own_due,omitzero"`
	LawDue     deadline.Date `json:"law_due,omitzero"`
	Beyond     bool          `json:"beyond,omitempty"` // an extension further than the law allows, confirmed
	Score      int           `json:"score,omitempty"`
	Protected  bool          `json:"protected,omitempty"`
	Notice     Notice        `json:"notice,omitempty"`
}

// written is one text that belongs to an event.
type written struct {
	part  Part
	title string
	body  string
}

// finish moves the case on and writes what happened. visible: the submitter sees
// the event too.
func (s *step) finish(ctx context.Context, visible bool, f Facts, texts ...written) error {
	if f.To = s.line.to(s.from); f.To == s.from {
		f.To = ""
	}
	s.c.State = s.line.to(s.from)
	switch {
	case s.from.Open() && !s.c.State.Open():
		s.c.DoneOn = s.today
	case s.c.State.Open():
		s.c.DoneOn = 0
	}
	if s.c.State != Waiting {
		s.c.AskedOn, s.c.Stopped = 0, false
	}
	if err := s.c.save(ctx, s.tx); err != nil {
		return err
	}
	if err := s.happened(ctx, visible, f, texts); err != nil {
		return err
	}
	if err := mark(ctx, s.tx, [3]deadline.Date{s.c.ReceivedOn, s.c.Due(), s.today}); err != nil {
		return err
	}
	return jobs.Enqueue(ctx, s.tx, figures(s.tx))
}

// happened writes the event with its texts and the entry of the audit chain.
func (s *step) happened(ctx context.Context, visible bool, f Facts, texts []written) error {
	if err := s.enter(ctx, visible, f, texts); err != nil {
		return err
	}
	s.record(f)
	return nil
}

// record leaves the entry for the audit chain, which names the case by its number.
func (s *step) record(f Facts) {
	s.tx.Record(pg.Entry{Actor: s.actor.ID, Action: "case." + string(s.line.Do), Object: s.c.object(), Detail: f})
}

// enter writes the event with its texts and files.
func (s *step) enter(ctx context.Context, visible bool, f Facts, texts []written) error {
	facts, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("casework: facts of %s: %w", s.line.Do, err)
	}
	var event int64
	err = s.tx.Get(ctx, &event, `INSERT INTO case_events (case_id, at, day_only, action, party, actor, visible, facts, nonce_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		s.c.ID, s.tx.Now, s.c.Anonymous && (s.by == Submitter || s.line.Do == ToRegister), s.line.Do, s.by, s.actor.ID, visible, string(facts), s.once)
	if err != nil {
		return fmt.Errorf("casework: write an event of %s: %w", s.c.Number, err)
	}
	for _, t := range texts {
		if t.body == "" {
			continue
		}
		if err := s.write(ctx, event, t); err != nil {
			return err
		}
	}
	return attach(ctx, s.tx, s.c, event, s.files)
}

// write keeps one text. What was filed is found by search, in the language of
// the case; what the desk writes is not.
func (s *step) write(ctx context.Context, event int64, t written) error {
	_, err := s.tx.Exec(ctx, `INSERT INTO case_texts (case_id, event_id, part, title, body, terms)
		VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN
			setweight(to_tsvector(('ext.charter_' || $7)::regconfig, $4), 'A') || to_tsvector(('ext.charter_' || $7)::regconfig, $5) END)`,
		s.c.ID, event, t.part, t.title, t.body, t.part == PartFiling || t.part == PartAddition, s.c.Lang)
	if err != nil {
		return fmt.Errorf("casework: write a text of %s: %w", s.c.Number, err)
	}
	return nil
}

// mark says that the figures of the months of these days must be computed again;
// a zero day is none. Whoever marks also enqueues the job figures.
func mark(ctx context.Context, tx *pg.Tx, days [3]deadline.Date) error {
	_, err := tx.Exec(ctx, `INSERT INTO marks (month)
		SELECT DISTINCT date_trunc('month', d)::date FROM (VALUES ($1::date), ($2::date), ($3::date)) AS v (d)
		WHERE d IS NOT NULL`, days[0], days[1], days[2])
	if err != nil {
		return fmt.Errorf("casework: mark the months: %w", err)
	}
	return nil
}
