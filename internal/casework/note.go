package casework

import (
	"context"

	"charterhouse/internal/pg"
)

// Note writes something down that only the desk sees. A case of any state takes
// one.
func (t *Town) Note(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, m Message) error {
	s, err := t.begin(ctx, tx, who, ref, ToNote)
	if err != nil {
		return err
	}
	var in input
	in.text("note", &m.Text, maxBody, KeyNeedNote)
	if err := in.err(); err != nil {
		return err
	}
	s.files = m.Files
	return s.finish(ctx, false, Facts{}, written{part: PartNote, body: m.Text})
}

// Add is what a submitter sends after the filing.
func (t *Town) Add(ctx context.Context, tx *pg.Tx, pass Pass, m Message) error {
	s, err := t.beginFor(ctx, tx, pass, ToAdd)
	if err != nil {
		return err
	}
	if err := s.add(ctx, m); err != nil {
		return err
	}
	return s.announce(ctx, NewsAdded)
}

// AddFor enters what a submitter has sent by telephone or letter.
func (t *Town) AddFor(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, m Message) error {
	s, err := t.begin(ctx, tx, who, ref, ToAdd)
	if err != nil {
		return err
	}
	return s.add(ctx, m)
}

func (s *step) add(ctx context.Context, m Message) error {
	var in input
	in.text("text", &m.Text, maxBody, KeyNeedAddition)
	if err := in.err(); err != nil {
		return err
	}
	s.files = m.Files
	return s.finish(ctx, true, Facts{}, written{part: PartAddition, body: m.Text})
}

// Protect makes a case confidential, or no longer: then only whoever handles it,
// and those who are permitted, may read it, and each reading is kept.
func (t *Town) Protect(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, confidential bool) error {
	s, err := t.begin(ctx, tx, who, ref, ToProtect)
	if err != nil {
		return err
	}
	s.c.Confidential = confidential
	return s.finish(ctx, false, Facts{Protected: confidential})
}
