package casework

import (
	"context"

	"charterhouse/internal/pg"
)

// Withdraw ends a case because whoever filed it no longer wants it examined.
func (t *Town) Withdraw(ctx context.Context, tx *pg.Tx, pass Pass, reason string) error {
	s, err := t.beginFor(ctx, tx, pass, ToWithdraw)
	if err != nil {
		return err
	}
	if err := s.withdraw(ctx, reason); err != nil {
		return err
	}
	return s.announce(ctx, NewsWithdrawn)
}

// WithdrawFor does it for a submitter who has said so by telephone or letter;
// reason says how, and must be given.
func (t *Town) WithdrawFor(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, reason string) error {
	s, err := t.begin(ctx, tx, who, ref, ToWithdraw)
	if err != nil {
		return err
	}
	return s.withdraw(ctx, reason)
}

func (s *step) withdraw(ctx context.Context, reason string) error {
	var in input
	needed := KeyNeedReasons
	if s.by == Submitter {
		needed = "" // nobody has to say why
	}
	in.text("reason", &reason, maxReason, needed)
	if err := in.err(); err != nil {
		return err
	}
	if err := s.endWaiting(ctx); err != nil {
		return err
	}
	person, err := personOf(ctx, s.tx, s.c)
	if err != nil {
		return err
	}
	var facts Facts
	if s.by == Staff {
		facts.Notice = person.notice() // who did it on the page has seen it done
	}
	if err := s.finish(ctx, true, facts, written{part: PartReasons, body: reason}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterWithdrawn(s.c))
}
