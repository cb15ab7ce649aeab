package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Referring sends a case on to whoever is competent.
type Referring struct {
	Institution string
	Reason      string // for the submitter; may be empty
}

// Referral is one sending-on as it stands with the case.
type Referral struct {
	ID          int64         `db:"id"`
	Institution string        `db:"institution"`
	ReferredOn  deadline.Date `db:"referred_on"`
	DueOn       deadline.Date `db:"due_on"` // last day for it; zero = no term is known
}

// InTime tells whether the case was sent on within the term for that.
func (r Referral) InTime() bool { return r.DueOn.IsZero() || r.ReferredOn <= r.DueOn }

// Referrals lists where a case was sent on to.
func Referrals(ctx context.Context, tx *pg.Tx, c *Case) ([]Referral, error) {
	var rows []Referral
	err := tx.Select(ctx, &rows, `SELECT id, institution, referred_on, due_on FROM case_referrals
		WHERE case_id = $1 ORDER BY id`, c.ID)
	if err != nil {
		return nil, fmt.Errorf("casework: referrals of %s: %w", c.Number, err)
	}
	return rows, nil
}

// Refer sends a case on to a named institution. That is possible after the term
// for it, too: better late than kept, but it counts as late.
func (t *Town) Refer(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, r Referring) error {
	s, err := t.begin(ctx, tx, who, ref, ToForward)
	if err != nil {
		return err
	}
	var in input
	in.line("institution", &r.Institution, maxInstitution, KeyNeedInstitution)
	in.text("reason", &r.Reason, maxReason, "")
	if err := in.err(); err != nil {
		return err
	}
	if err := s.endWaiting(ctx); err != nil {
		return err
	}
	pin, err := PinOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	done := Referral{Institution: r.Institution, ReferredOn: s.today, DueOn: pin.ForwardBy}
	err = tx.Get(ctx, &done.ID, `INSERT INTO case_referrals (case_id, institution, referred_on, due_on) VALUES ($1, $2, $3, $4)
		RETURNING id`, s.c.ID, done.Institution, done.ReferredOn, done.DueOn)
	if err != nil {
		return fmt.Errorf("casework: send %s on: %w", s.c.Number, err)
	}
	person, err := personOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	facts := Facts{Referral: done.ID, Late: !done.InTime(), Notice: person.notice()}
	if err := s.finish(ctx, true, facts, written{part: PartReasons, body: r.Reason}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterForwarded(s.c, r.Institution))
}
