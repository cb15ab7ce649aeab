package charter

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Since tells of each promise in force from which local day on it has stood, with
// the measure it has now: that of the first version which had both, and no later
// one was without. A version counts from its publication, or from the day it took
// effect where that is later. The first one also where that is earlier: a charter
// is often older than its publication here.
func Since(ctx context.Context, tx *pg.Tx, zone *time.Location) (map[string]deadline.Date, error) {
	var rows []versionRow
	err := tx.Select(ctx, &rows, `SELECT number, document, hash, origin, published_at FROM charter_versions ORDER BY number LIMIT $1`, mostVersions)
	if err != nil {
		return nil, fmt.Errorf("charter: since when promises stand: %w", err)
	}
	days := map[string]deadline.Date{}
	measures := map[string]string{}
	for n, r := range rows {
		v, err := r.version()
		if err != nil {
			return nil, err
		}
		day := deadline.Of(v.PublishedAt, zone)
		// Check has read the date before; without one it is the zero Date.
		if effective, _ := deadline.ParseDate(v.Document.Effective); !effective.IsZero() && (n == 0 || effective > day) {
			day = effective
		}
		before, were := days, measures
		days, measures = map[string]deadline.Date{}, map[string]string{}
		for _, p := range v.Document.Places() {
			key, m := p.Commitment.Key, p.Commitment.Measure
			measures[key] = m.Kind + "/" + m.Rule + "/" + m.Rate
			if days[key] = day; were[key] == measures[key] {
				days[key] = before[key]
			}
		}
	}
	return days, nil
}

// mostVersions bounds how many versions are read; no town has published as many.
const mostVersions = 10_000
