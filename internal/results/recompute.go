package results

import (
	"context"
	"fmt"
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Keeper keeps the figures of towns up to date.
type Keeper struct {
	Desk *casework.Desk
}

// Done tells what a computation did.
type Done struct {
	From   deadline.Date // first month that was counted; zero = nothing was to be done
	Months int
	Cases  int
	// Revision of the facts afterwards.
	Revision int64
}

// Marked computes the months again that cases have marked, and takes the marks
// away, in the caller's transaction: it commits or none of it has happened.
//
// Every month from the first marked one up to today is counted, because a case
// that is entered late or taken up again was open in all of them; and every month
// since the day of the last computation, because the service, or the town, may
// have stood still since.
func (k *Keeper) Marked(ctx context.Context, tx *pg.Tx) (Done, error) {
	return k.compute(ctx, tx, func(months []deadline.Date, _ deadline.Date) deadline.Date {
		if len(months) == 0 {
			return 0
		}
		return slices.Min(months)
	})
}

// Daily does the same at the turn of a day, also where no case has changed: what
// was open yesterday is late today, and a month that is over is published.
func (k *Keeper) Daily(ctx context.Context, tx *pg.Tx) (Done, error) {
	return k.compute(ctx, tx, func(months []deadline.Date, today deadline.Date) deadline.Date {
		return slices.Min(append(months, firstOf(lastFull(today))))
	})
}

// Everything computes all months of the town anew.
func (k *Keeper) Everything(ctx context.Context, tx *pg.Tx) (Done, error) {
	done, err := k.compute(ctx, tx, func([]deadline.Date, deadline.Date) deadline.Date { return deadline.First })
	if err != nil {
		return done, err
	}
	return done, whole(ctx, tx)
}

// compute locks the head of the town's facts, so that two never count at once,
// takes the marks and counts from the month that since chooses, or from that of
// the last computation where it is earlier; zero = nothing.
func (k *Keeper) compute(ctx context.Context, tx *pg.Tx, since func(marked []deadline.Date, today deadline.Date) deadline.Date) (Done, error) {
	town, err := k.Desk.Read(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	today := town.Today(tx)
	stands, err := head(ctx, tx, today)
	if err != nil {
		return Done{}, err
	}
	// The jobs that ask for the same go first: their marks are taken below.
	if err := jobs.Forget(ctx, tx, casework.KindFigures); err != nil {
		return Done{}, err
	}
	months, err := casework.TakeMarks(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	from := since(months, today)
	if from.IsZero() {
		return Done{Revision: stands.Revision}, nil
	}
	// After a stop of weeks the month in which it began was not counted to its end.
	from = min(from, stands.Through)
	done, err := k.from(ctx, tx, town, firstOf(from), today)
	done.Revision = stands.Revision + 1
	return done, err
}

// from counts the months from a first one to today's and writes all that follows
// from them.
func (k *Keeper) from(ctx context.Context, tx *pg.Tx, town *casework.Town, from, today deadline.Date) (Done, error) {
	to := firstOf(today)
	from = min(from, to)
	start := from
	if from == firstOf(deadline.First) { // everything: there is nothing before
		first, err := earliest(ctx, tx)
		if err != nil {
			return Done{}, err
		}
		if start = to; !first.IsZero() {
			start = min(firstOf(first), to)
		}
	}
	s, err := read(ctx, tx, town, start, lastOf(to))
	if err != nil {
		return Done{}, err
	}
	before, err := waiting(ctx, tx, from)
	if err != nil {
		return Done{}, err
	}
	shown, err := shownBefore(ctx, tx, from)
	if err != nil {
		return Done{}, err
	}
	rows := lay(count(s, start, to, today), before, shown)
	if err := replace(ctx, tx, from, rows); err != nil {
		return Done{}, err
	}
	if err := publish(ctx, tx, from, today, rows); err != nil {
		return Done{}, err
	}
	if err := k.judge(ctx, tx, town, start, today); err != nil {
		return Done{}, err
	}
	months := 0
	for m := start; m <= to; m = m.AddMonths(1) {
		months++
	}
	return Done{From: start, Months: months, Cases: len(s.cases)}, tenant.Touch(ctx, tx)
}

// earliest is the day of the first case, or of the first verdict where the case
// that it told of is no more; zero where there is neither.
func earliest(ctx context.Context, tx *pg.Tx) (deadline.Date, error) {
	first, err := casework.FirstDay(ctx, tx)
	if err != nil {
		return 0, err
	}
	published, err := firstPublished(ctx, tx)
	if err != nil || published.IsZero() || !first.IsZero() && first < published {
		return first, err
	}
	return published, nil
}

func read(ctx context.Context, tx *pg.Tx, town *casework.Town, from, to deadline.Date) (s source, err error) {
	s.calendar = town.Calendar
	if s.cases, err = casework.Outcomes(ctx, tx, from, to, town.Zone); err != nil {
		return s, err
	}
	if s.sent, err = casework.Sendings(ctx, tx, from, to); err != nil {
		return s, err
	}
	s.rated, err = casework.Ratings(ctx, tx, from, to, town.Zone)
	return s, err
}

// judge publishes the verdicts on the periods that touch the counted months, are
// over, and began when the promise stood already.
func (k *Keeper) judge(ctx context.Context, tx *pg.Tx, town *casework.Town, from, today deadline.Date) error {
	v, err := charter.Current(ctx, tx)
	if fault.Is(err, fault.NotFound) {
		return nil // nothing is promised
	}
	if err != nil {
		return err
	}
	// The twelve months up to a counted one begin before its year does.
	t, err := readFigures(ctx, tx, RollingTo(from).From, today, all())
	if err != nil {
		return fmt.Errorf("results: for the verdicts: %w", err)
	}
	var found []verdict
	for _, place := range v.Document.Places() {
		m := &place.Commitment.Measure
		gauge, why := gaugeOf(m, town.Rules)
		if why != "" || gauge.Indicator == "" {
			continue
		}
		for _, p := range ended(from, today) {
			found = append(found, verdictOn(place.Commitment.Key, v.Number, gauge, p, t.value(gauge.Indicator, gauge.Kind, p)))
		}
	}
	return record(ctx, tx, found, func() (map[string]deadline.Date, error) { return charter.Since(ctx, tx, town.Zone) })
}

// ended lists the months, quarters and years that are over and have a month from
// the given one on, and the twelve months up to the end of each such month.
func ended(from, today deadline.Date) []Period {
	var periods []Period
	for _, of := range []func(deadline.Date) Period{MonthOf, QuarterOf, YearOf, RollingTo} {
		for p := of(from); p.Over(today); p = of(p.To.AddDays(1)) {
			periods = append(periods, p)
		}
	}
	return periods
}

// all are the indicators that a promise can be measured by.
func all() []Indicator {
	return []Indicator{OnTimeOwn, OnTimeLaw, SentInTime, Notified, Answered, Decided, Satisfaction}
}
