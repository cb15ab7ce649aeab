package casework

import (
	"context"

	"charterhouse/internal/pg"
)

// Reply answers a case. The answer stands on the tracking page and goes out as
// the submitter has asked; where to turn who does not accept it is added by the
// rule of the case.
func (t *Town) Reply(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, answer Message) error {
	s, err := t.begin(ctx, tx, who, ref, ToReply)
	if err != nil {
		return err
	}
	var in input
	in.text("answer", &answer.Text, maxReply, KeyNeedReply)
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
	person, err := personOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	s.c.AnsweredOn, s.files = s.today, answer.Files
	facts := Facts{OwnDue: s.c.OwnDue, LawDue: s.c.LawDue, Notice: person.notice()}
	if err := s.finish(ctx, true, facts, written{part: PartReply, body: answer.Text}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterAnswered(s.c, pin, answer.Text))
}

// endWaiting ends the pause of a case that is finished while it waits, so that
// its dates are those it was handled by.
func (s *step) endWaiting(ctx context.Context) error {
	if s.c.State != Waiting {
		return nil
	}
	return s.resume(ctx)
}
