package results

import (
	"context"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

const kindDaily = "results.daily"

// dailyHour is when the figures of a day that is over are counted, local time:
// after midnight, and not at the very first minute of a month.
const dailyHour = 1

// Jobs are the kinds of job of this package.
func (k *Keeper) Jobs() []jobs.Kind {
	marked := jobs.InTx(casework.KindFigures, func(ctx context.Context, tx *pg.Tx, _ struct{}) error {
		_, err := k.Marked(ctx, tx)
		return err
	})
	daily := jobs.InTx(kindDaily, func(ctx context.Context, tx *pg.Tx, _ jobs.Occurrence) error {
		_, err := k.Daily(ctx, tx)
		return err
	})
	// Whoever finds the head locked comes back soon: the other one may have taken
	// the marks before this one's were there.
	marked.Pause = jobs.Doubling(time.Second, time.Minute)
	marked.AtOnce, daily.AtOnce = 1, 1
	return []jobs.Kind{marked, daily}
}

// Timetable is what is done every day.
func (k *Keeper) Timetable() []jobs.Recurring {
	return []jobs.Recurring{{Kind: kindDaily, Hour: dailyHour, Towns: true}}
}
