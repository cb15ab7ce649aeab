package casework

import (
	"context"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Close ends a case: one that was answered or sent on and needs nothing more, or
// praise that was passed on. What is owed an answer cannot be closed without one.
func (t *Town) Close(ctx context.Context, tx *pg.Tx, who Officer, ref Ref) error {
	s, err := t.begin(ctx, tx, who, ref, ToClose)
	if err != nil {
		return err
	}
	if !s.from.Open() {
		return s.finish(ctx, true, Facts{})
	}
	person, err := personOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	if err := s.finish(ctx, true, Facts{Notice: person.notice()}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterPassedOn(s.c))
}

// Reopen takes a finished case up again. Its dates stay those it had: an answer
// that had to be given twice was not given in time the first time.
func (t *Town) Reopen(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, reason string) error {
	s, err := t.begin(ctx, tx, who, ref, ToReopen)
	if err != nil {
		return err
	}
	var in input
	in.text("reason", &reason, maxReason, KeyNeedReasons)
	if err := in.err(); err != nil {
		return err
	}
	// The month of the answer that no longer counts is computed again, too.
	if err := mark(ctx, tx, [3]deadline.Date{s.c.DoneOn, s.c.AnsweredOn, s.today}); err != nil {
		return err
	}
	s.c.AnsweredOn, s.c.Ground = 0, ""
	if s.c.Danger == Refuted {
		s.c.Danger = Claimed
	}
	person, err := personOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	if err := s.finish(ctx, true, Facts{Notice: person.notice()}, written{part: PartReasons, body: reason}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterReopened(s.c, reason))
}
