package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// Replay enters the cases of a plan by the verbs, one after another.
func (p *BulkPlan) Replay(ctx context.Context, tx *pg.Tx, staff Officer) error {
	now := tx.Now
	defer func() { tx.Now = now }()
	for _, d := range p.drafts {
		tx.Now = d.at
		f := d.filing
		f.Ticket = p.town.ticketOf(p.town.sampleNonce(fmt.Sprintf("bulk/%d", d.index)), tx.Now)
		var r Receipt
		var err error
		if d.do == ToSubmit {
			r, err = p.town.file(ctx, tx, audit.Actor{ID: string(Submitter)}, f, Arrival{Sample: true}, ToSubmit)
		} else {
			r, err = p.town.Register(ctx, tx, staff, f, Arrival{Channel: d.c.Channel, ReceivedOn: d.c.ReceivedOn, Outside: d.c.Outside, Sample: true})
		}
		if err != nil {
			return fmt.Errorf("case %d: %w", d.index, err)
		}
		for _, e := range d.events[1:] {
			tx.Now = e.at
			if err := p.town.step(ctx, tx, staff, r, e.replay); err != nil {
				return fmt.Errorf("case %d (%s %s), %s at %s: %w", d.index, d.c.Kind, d.c.Channel, e.line.Do, e.at, err)
			}
		}
	}
	return nil
}
