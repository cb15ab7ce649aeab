package casework

import (
	"context"

	"charterhouse/internal/pg"
)

// groundAnonymous is the key of the ground for which every country leaves an
// anonymous case unexamined.
const groundAnonymous = "anonymous"

// ConfirmDanger accepts an anonymous submitter's statement that somebody's health
// or safety is in danger: the case is examined like any other.
func (t *Town) ConfirmDanger(ctx context.Context, tx *pg.Tx, who Officer, ref Ref) error {
	s, err := t.begin(ctx, tx, who, ref, ToConfirmDanger)
	if err != nil {
		return err
	}
	s.c.Danger = Confirmed
	return s.finish(ctx, true, Facts{})
}

// RefuseDanger does not accept it: the case is left unexamined on the ground of
// the town's policy, with the desk's reason, which must be given.
func (t *Town) RefuseDanger(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, reason string) error {
	s, err := t.begin(ctx, tx, who, ref, ToRefuseDanger)
	if err != nil {
		return err
	}
	var in input
	in.text("reason", &reason, maxReason, KeyNeedReasons)
	if err := in.err(); err != nil {
		return err
	}
	s.c.Danger = Refuted
	return s.decline(ctx, Declining{Ground: groundAnonymous, Explained: reason})
}
