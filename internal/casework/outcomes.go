package casework

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// KindFigures is the job that counts the marked months again. Package results does
// it; whatever changes a case asks for it.
const KindFigures = "results.figures"

// figuresAfter lets the changes of a moment be counted together.
const figuresAfter = time.Second

// figures is the job that counts the marked months.
func figures(tx *pg.Tx) jobs.Job {
	return jobs.Job{Kind: KindFigures, Args: struct{}{}, RunAt: tx.Now.Add(figuresAfter)}
}

// Outcome is what became of a case, as far as figures need it: no number, no
// name, no text.
type Outcome struct {
	Kind       string        `db:"kind"`
	Channel    string        `db:"channel"`
	State      State         `db:"state"`
	ReceivedOn deadline.Date `db:"received_on"`
	// RegisteredOn is the local day on which it was entered and so confirmed.
	RegisteredOn deadline.Date `db:"registered_on"`
	OwnDue       deadline.Date `db:"own_due"`
	LawDue       deadline.Date `db:"law_due"`
	LawVerified  bool          `db:"law_verified"`
	// LawFirst is the legal date as it stood before the first extension; zero = never
	// extended. First tells where it would stand by now.
	LawFirst deadline.Date `db:"law_first"`
	Extended bool          `db:"extended"`
	// Notified: each extension was decided, and told, before the date it moved.
	Notified   bool          `db:"notified"`
	AskedOn    deadline.Date `db:"asked_on"`
	Stopped    bool          `db:"stopped"`
	SentOn     bool          `db:"sent_on"` // to another institution, at any time
	AnsweredOn deadline.Date `db:"answered_on"`
	DoneOn     deadline.Date `db:"done_on"`
	Ground     string        `db:"ground"`
	Sample     bool          `db:"sample"`

	// later are the pauses after the first extension that moved the legal date, whose
	// term is counted in unit.
	later []Pause
	unit  deadline.Unit
}

// First is the legal date without any extension, in the town's calendar: the one
// before the first, moved by the pauses that came later, as they would have moved
// it; zero = never extended.
func (o Outcome) First(calendar *deadline.Calendar) deadline.Date {
	first := o.LawFirst
	for _, p := range o.later {
		if !first.IsZero() {
			first = p.moves(first, o.unit, calendar)
		}
	}
	return first
}

// Fate is how a case ended, also where it was closed afterwards.
func (o Outcome) Fate() State {
	switch {
	case o.State.Open():
		return o.State
	case o.State == Closed && !o.AnsweredOn.IsZero():
		return Answered
	case o.State == Closed && o.SentOn:
		return Forwarded
	}
	return o.State
}

// Outcomes gives the cases that were received, open or finished between two days.
func Outcomes(ctx context.Context, tx *pg.Tx, from, to deadline.Date, zone *time.Location) ([]Outcome, error) {
	var rows []outcomeRow
	// Two halves, because each has an index of its own.
	err := tx.Select(ctx, &rows, `WITH c AS (
			SELECT id, kind, channel, state, received_on, filed_at, own_due, law_due, law_verified, asked_on, stopped,
				answered_on, done_on, ground, sample, extended_to
			FROM cases WHERE done_on IS NULL AND received_on <= $2
			UNION ALL
			SELECT id, kind, channel, state, received_on, filed_at, own_due, law_due, law_verified, asked_on, stopped,
				answered_on, done_on, ground, sample, extended_to
			FROM cases WHERE done_on >= $1 AND received_on <= $2)
		SELECT c.id, c.kind, c.channel, c.state, c.received_on, (c.filed_at AT TIME ZONE $3)::date AS registered_on,
			c.own_due, c.law_due, c.law_verified, x.law_first, c.extended_to IS NOT NULL AS extended,
			COALESCE(x.notified, false) AS notified, c.asked_on, c.stopped, r.case_id IS NOT NULL AS sent_on,
			c.answered_on, c.done_on, c.ground, c.sample
		FROM c LEFT JOIN (SELECT case_id, (array_agg(law_from ORDER BY id) FILTER (WHERE law_from IS NOT NULL))[1] AS law_first,
				bool_and(decided_on <= COALESCE(LEAST(own_from, law_from), decided_on)) AS notified
			FROM case_extensions GROUP BY case_id) x ON x.case_id = c.id
		LEFT JOIN (SELECT DISTINCT case_id FROM case_referrals) r ON r.case_id = c.id`, from, to, zone.String())
	if err != nil {
		return nil, fmt.Errorf("casework: outcomes from %s to %s: %w", from, to, err)
	}
	held, err := heldLater(ctx, tx, from, to)
	if err != nil {
		return nil, err
	}
	all := make([]Outcome, len(rows))
	for i, r := range rows {
		all[i] = r.Outcome
		for _, h := range held[r.ID] {
			all[i].later, all[i].unit = append(all[i].later, h.Pause), h.Term.Unit()
		}
	}
	return all, nil
}

type outcomeRow struct {
	ID int64 `db:"id"`
	Outcome
}

// heldRow is a pause that moved the legal date of a case after it was extended.
type heldRow struct {
	Case int64 `db:"case_id"`
	Pause
	Term deadline.Term `db:"term"` // of the law
}

// heldLater finds them, by case; there are few.
func heldLater(ctx context.Context, tx *pg.Tx, from, to deadline.Date) (map[int64][]heldRow, error) {
	var rows []heldRow
	err := tx.Select(ctx, &rows, `SELECT p.case_id, p.asked_on, p.resumed_on, k.law_explained::jsonb ->> 'term' AS term
		FROM case_pauses p JOIN cases c ON c.id = p.case_id JOIN case_pins k ON k.case_id = p.case_id
		JOIN (SELECT case_id, min(law_to) AS law_to FROM case_extensions GROUP BY case_id) x ON x.case_id = p.case_id
		WHERE p.law_from >= x.law_to AND c.received_on <= $2 AND (c.done_on IS NULL OR c.done_on >= $1) ORDER BY p.id`, from, to)
	if err != nil {
		return nil, fmt.Errorf("casework: pauses after extensions from %s to %s: %w", from, to, err)
	}
	held := map[int64][]heldRow{}
	for _, r := range rows {
		held[r.Case] = append(held[r.Case], r)
	}
	return held, nil
}

// Sending is one case sent on to whoever is competent.
type Sending struct {
	Kind       string        `db:"kind"`
	ReferredOn deadline.Date `db:"referred_on"`
	DueOn      deadline.Date `db:"due_on"` // zero = no term is known
	// Verified: the term is read from the law, and not only from knowledge.
	Verified bool `db:"verified"`
	Sample   bool `db:"sample"`
}

// Sendings gives what was sent on between two days.
func Sendings(ctx context.Context, tx *pg.Tx, from, to deadline.Date) ([]Sending, error) {
	var rows []Sending
	err := tx.Select(ctx, &rows, `SELECT c.kind, r.referred_on, r.due_on, c.sample,
			COALESCE((w.value::jsonb #>> '{forward,verified}')::boolean, false) AS verified
		FROM case_referrals r JOIN cases c ON c.id = r.case_id JOIN case_pins p ON p.case_id = c.id
		JOIN case_rules w ON w.hash = p.rule_hash
		WHERE r.referred_on BETWEEN $1 AND $2`, from, to)
	if err != nil {
		return nil, fmt.Errorf("casework: what was sent on from %s to %s: %w", from, to, err)
	}
	return rows, nil
}

// Rated is one rating of an answer, 1 to 5.
type Rated struct {
	Kind   string        `db:"kind"`
	On     deadline.Date `db:"given_on"`
	Score  int           `db:"score"`
	Sample bool          `db:"sample"`
}

// Ratings gives what was rated between two days.
func Ratings(ctx context.Context, tx *pg.Tx, from, to deadline.Date, zone *time.Location) ([]Rated, error) {
	var rows []Rated
	err := tx.Select(ctx, &rows, `SELECT c.kind, (e.at AT TIME ZONE $3)::date AS given_on, c.score, c.sample
		FROM case_events e JOIN cases c ON c.id = e.case_id
		WHERE e.action = 'rate' AND e.at >= $1 AND e.at < $2 AND c.score > 0`,
		from.In(zone), to.AddDays(1).In(zone), zone.String())
	if err != nil {
		return nil, fmt.Errorf("casework: ratings from %s to %s: %w", from, to, err)
	}
	return rows, nil
}

// FirstDay is the day of the oldest case; zero when there is none.
func FirstDay(ctx context.Context, tx *pg.Tx) (deadline.Date, error) {
	var d deadline.Date
	if err := tx.Get(ctx, &d, `SELECT min(received_on) FROM cases WHERE received_on IS NOT NULL`); err != nil {
		return 0, fmt.Errorf("casework: the oldest case: %w", err)
	}
	return d, nil
}

// TakeMarks gives the months whose figures must be computed again, and takes the
// marks away: whoever asks must compute them in the same transaction. A mark that
// comes while they do stays for the next.
func TakeMarks(ctx context.Context, tx *pg.Tx) ([]deadline.Date, error) {
	var months []deadline.Date
	if err := tx.Select(ctx, &months, `DELETE FROM marks RETURNING month`); err != nil {
		return nil, fmt.Errorf("casework: take the marks: %w", err)
	}
	return months, nil
}
