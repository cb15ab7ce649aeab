package casework

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Case is what one citizen sent, as the desk handles it. Who it was stands in
// Person, what was written in the timeline.
type Case struct {
	ID      int64  `db:"id"`
	Number  string `db:"number"`
	Version int64  `db:"version"`
	Kind    string `db:"kind"`
	State   State  `db:"state"`
	// Channel is the kind of channel it came by: website, phone, post, …
	Channel      string `db:"channel"`
	Lang         string `db:"lang"` // of the replies
	Anonymous    bool   `db:"anonymous"`
	Danger       Danger `db:"danger"`
	Confidential bool   `db:"confidential"`
	Sample       bool   `db:"sample"`

	Department string `db:"department"` // key; empty = none
	Assignee   int64  `db:"assignee"`   // user; 0 = nobody

	ReceivedOn deadline.Date `db:"received_on"`
	Outside    bool          `db:"outside"`     // of office hours
	FiledAt    time.Time     `db:"filed_at"`    // when it was entered; anonymous: the day only
	HappenedOn deadline.Date `db:"happened_on"` // what it is about; zero = not said

	// OwnDue and LawDue are the dates in force, after extensions and pauses; zero =
	// there is none. The legal one is lawful only where LawVerified.
	OwnDue      deadline.Date `db:"own_due"`
	LawDue      deadline.Date `db:"law_due"`
	LawVerified bool          `db:"law_verified"`
	ExtendedTo  deadline.Date `db:"extended_to"` // final date; zero = not extended
	AskedOn     deadline.Date `db:"asked_on"`    // waiting since; zero = not waiting
	Stopped     bool          `db:"stopped"`     // the terms stand still meanwhile
	AnsweredOn  deadline.Date `db:"answered_on"`
	DoneOn      deadline.Date `db:"done_on"` // no longer open since
	Ground      string        `db:"ground"`  // key, of a declined case
	Score       int           `db:"score"`   // 1 to 5; 0 = not rated
}

// Danger says what became of an anonymous submitter's statement that somebody's
// health or safety is in danger.
type Danger string

// The states of such a statement; empty where none was made.
const (
	NoDanger  Danger = ""
	Claimed   Danger = "claimed"
	Confirmed Danger = "confirmed"
	Refuted   Danger = "refused"
)

// Due is the nearest date in force, the town's or the law's; zero = none.
func (c *Case) Due() deadline.Date {
	if c.OwnDue.IsZero() || !c.LawDue.IsZero() && c.LawDue < c.OwnDue {
		return c.LawDue
	}
	return c.OwnDue
}

// Late tells whether the case is open, its terms run, and a date has passed.
func (c *Case) Late(today deadline.Date) bool {
	return c.State.Open() && !c.Stopped && !c.Due().IsZero() && c.Due() < today
}

// Cases that need nothing now come last in the inbox, but have a place in it.
const (
	sortStopped = "9999-12-30"
	sortNone    = "9999-12-31"
)

// sortKey is where the inbox puts the case.
func (c *Case) sortKey() string {
	switch {
	case c.Stopped:
		return sortStopped
	case c.Due().IsZero():
		return sortNone
	}
	return c.Due().String()
}

// Ref names a case as a form does: its number, and the version that the reader
// had seen. Version 0 is for what cannot contradict anything: a citizen's
// addition is taken whatever the desk has done meanwhile.
type Ref struct {
	Number  string
	Version int64
	// Form names what was sent: it acts once, however often it comes. Empty = each time.
	Form string
}

const selectCase = `SELECT id, number, version, kind, state, channel, lang, anonymous, danger, confidential, sample,
		department, assignee, received_on, outside, filed_at, happened_on, own_due, law_due, law_verified, extended_to,
		asked_on, stopped, answered_on, done_on, ground, score
	FROM cases`

// Find gives a case by its number; NotFound when there is none.
func Find(ctx context.Context, tx *pg.Tx, number string) (*Case, error) {
	n, ok := ParseNumber(number)
	if !ok {
		return nil, fault.New(fault.NotFound, KeyNoSuchCase)
	}
	var rows []*Case
	err := tx.Select(ctx, &rows, selectCase+` WHERE year = $1 AND seq = $2`, n.Year, n.Seq)
	return oneCase(rows, err)
}

func byID(ctx context.Context, tx *pg.Tx, id int64) (*Case, error) {
	var rows []*Case
	err := tx.Select(ctx, &rows, selectCase+` WHERE id = $1`, id)
	return oneCase(rows, err)
}

func oneCase(rows []*Case, err error) (*Case, error) {
	if err != nil {
		return nil, fmt.Errorf("casework: read a case: %w", err)
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, KeyNoSuchCase)
	}
	return rows[0], nil
}

// Look is Find for an officer's eyes. It refuses (Forbidden) a confidential case
// that is not theirs; of one that is read, the audit chain keeps the reading, so
// the transaction is one that writes.
func Look(ctx context.Context, tx *pg.Tx, who Officer, number string) (*Case, error) {
	c, err := Find(ctx, tx, number)
	if err != nil {
		return nil, err
	}
	if !who.sees(c.Confidential, c.Assignee) {
		return nil, fault.New(fault.Forbidden, KeyConfidential)
	}
	if c.Confidential {
		tx.Record(pg.Entry{Actor: who.ID, Action: "case.read", Object: c.object()})
	}
	return c, nil
}

// Peek is Look for a form that is shown again after a refusal, in a transaction
// that reads: whoever sent the form has opened the case before, and that reading
// is kept. It refuses as Look does.
func Peek(ctx context.Context, tx *pg.Tx, who Officer, number string) (*Case, error) {
	c, err := Find(ctx, tx, number)
	if err == nil && !who.sees(c.Confidential, c.Assignee) {
		return nil, fault.New(fault.Forbidden, KeyConfidential)
	}
	return c, err
}

// object names the case in the audit chain: the public number, nothing else.
func (c *Case) object() string { return "case/" + c.Number }

// insert writes a new case, version 1.
func (c *Case) insert(ctx context.Context, tx *pg.Tx, n Number) error {
	c.Version = 1
	_, err := tx.Exec(ctx, `INSERT INTO cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger,
			confidential, sample, department, assignee, received_on, outside, filed_at, happened_on, own_due, law_due,
			law_verified, due_sort, stopped, ground, score)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, false, '', 0)`,
		c.ID, n.Year, n.Seq, c.Number, c.Kind, c.State, c.Channel, c.Lang, c.Anonymous, c.Danger, c.Confidential, c.Sample,
		c.Department, c.Assignee, c.ReceivedOn, c.Outside, c.FiledAt, c.HappenedOn, c.OwnDue, c.LawDue, c.LawVerified, c.sortKey())
	if err != nil {
		return fmt.Errorf("casework: write case %s: %w", c.Number, err)
	}
	return nil
}

// save writes what actions change. Whoever has changed the case since it was read
// wins: Conflict.
func (c *Case) save(ctx context.Context, tx *pg.Tx) error {
	n, err := tx.Exec(ctx, `UPDATE cases SET version = version + 1, state = $3, danger = $4, confidential = $5, department = $6,
			assignee = $7, own_due = $8, law_due = $9, due_sort = $10, extended_to = $11, asked_on = $12, stopped = $13,
			answered_on = $14, done_on = $15, ground = $16, score = $17
		WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.State, c.Danger, c.Confidential, c.Department, c.Assignee, c.OwnDue, c.LawDue, c.sortKey(),
		c.ExtendedTo, c.AskedOn, c.Stopped, c.AnsweredOn, c.DoneOn, c.Ground, c.Score)
	if err != nil {
		return fmt.Errorf("casework: change case %s: %w", c.Number, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, KeyChangedMeanwhile)
	}
	c.Version++
	return nil
}
