package casework

import (
	"context"

	"charterhouse/internal/pg"
)

// Rating is how a submitter found the answer: 1 (did not help at all) to 5.
type Rating struct {
	Score   int
	Comment string
}

// Rate keeps a rating of the answer, once. The case has it, and not the surveys:
// whether it may be given depends on the state of the case, and it goes with the
// case when that is erased.
func (t *Town) Rate(ctx context.Context, tx *pg.Tx, pass Pass, r Rating) error {
	s, err := t.beginFor(ctx, tx, pass, ToRate)
	if err != nil {
		return err
	}
	var in input
	if r.Score < 1 || r.Score > 5 {
		in.refuse("score", KeyNeedScore, nil)
	}
	in.text("comment", &r.Comment, maxComment, "")
	if err := in.err(); err != nil {
		return err
	}
	s.c.Score = r.Score
	return s.finish(ctx, true, Facts{Score: r.Score}, written{part: PartComment, body: r.Comment})
}
