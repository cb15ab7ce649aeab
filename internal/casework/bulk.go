package casework

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Bulk asks for many made-up cases in one town: enough for its figures, and for
// the comparison of towns. The same seed gives the same cases on the same day.
type Bulk struct {
	Cases int
	Seed  uint64
	Words BulkWords
	// Actor is whose work the desk's steps are, in timeline and chain.
	Actor audit.Actor
	// Pins remembers dates of towns that count alike; nil = nothing is shared.
	Pins *BulkPins
}

// bulkDays is how far back made-up cases reach: two years, so that a month can be
// held against the same one of the year before.
const bulkDays = 730

// bulkChunk is how many cases one transaction writes.
const bulkChunk = 1000

// BulkPlan is what is to be written into one town, in the order in which it came.
type BulkPlan struct {
	town   *Town
	bulk   Bulk
	drafts []*draft
}

// PlanBulk makes up the cases of a town, up to now. It reads and writes nothing:
// the town's habits come from the seed, its dates from its rules.
func (t *Town) PlanBulk(b Bulk, now time.Time) (*BulkPlan, error) {
	if b.Pins == nil {
		b.Pins = NewBulkPins()
	}
	h := fnv.New64a()
	h.Write([]byte(t.Profile.Country + "/" + cmp.Or(t.Profile.Code, t.Profile.Slug)))
	rng := rand.New(rand.NewPCG(b.Seed, h.Sum64()))
	g := &generator{
		town: t, words: b.Words, actor: b.Actor, pins: b.Pins.of(t), until: now.UTC().Truncate(time.Microsecond),
		today: deadline.Of(now, t.Zone), rng: rng, habits: newHabits(rng),
	}
	p := &BulkPlan{town: t, bulk: b, drafts: make([]*draft, b.Cases)}
	at := make([]time.Time, b.Cases)
	for i := range at {
		at[i] = g.arrival()
	}
	slices.SortFunc(at, time.Time.Compare)
	for i := range p.drafts {
		d, err := g.draft(i, at[i])
		if err != nil {
			return nil, err
		}
		p.drafts[i] = d
	}
	// Numbers follow the day of entry, which for a letter is after its receipt.
	slices.SortStableFunc(p.drafts, func(a, b *draft) int { return a.at.Compare(b.at) })
	return p, nil
}

// Chunks is how many transactions the plan takes.
func (p *BulkPlan) Chunks() int { return (len(p.drafts) + bulkChunk - 1) / bulkChunk }

// Load writes one chunk, unless it was written before, and tells how many cases
// are new. Everything that the verbs would have written is there, except for the
// entries of the audit chain: one says how many cases were made up.
func (p *BulkPlan) Load(ctx context.Context, tx *pg.Tx, chunk int) (int, error) {
	drafts := p.drafts[chunk*bulkChunk : min((chunk+1)*bulkChunk, len(p.drafts))]
	if len(drafts) == 0 {
		return 0, nil
	}
	mark := p.town.sampleNonce(fmt.Sprintf("bulk/%d", drafts[0].index))
	var known int
	err := tx.Get(ctx, &known, `SELECT count(*) FROM case_receipts WHERE nonce_hash = $1`, mark.hash(p.town.realm))
	if err != nil {
		return 0, fmt.Errorf("casework: look for made-up cases: %w", err)
	}
	if known > 0 {
		return 0, nil
	}
	w := &bulkWriter{town: p.town, tx: tx, drafts: drafts}
	if err := w.write(ctx); err != nil {
		return 0, fmt.Errorf("casework: make up cases: %w", err)
	}
	tx.Record(pg.Entry{Actor: p.bulk.Actor.ID, Action: "case.bulk_samples", Object: "cases", Detail: map[string]any{"cases": len(drafts), "seed": p.bulk.Seed}})
	return len(drafts), nil
}
