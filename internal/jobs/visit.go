package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// visitLimit bounds one visit, so that a realm that hangs does not stop the walk.
const visitLimit = 20 * time.Second

// look is what a visit sees without touching anything.
type look struct {
	work    []waiting
	missing map[int][]deadline.Date
	// timetable is that of the moment at which missing was found.
	timetable []Recurring
	next      time.Duration // until something else can be done; 0 = nothing is known
}

// waiting is how many jobs of a kind could run now.
type waiting struct {
	Kind string
	N    int
}

// visit looks at a realm and starts what there are hands for.
func (s *rounds) visit(place Place, sweep bool) error {
	ctx, cancel := context.WithTimeout(s.work, visitLimit)
	defer cancel()
	seen, err := s.look(ctx, place, sweep)
	if err != nil {
		return err
	}
	if len(seen.missing) > 0 {
		err := s.write(ctx, place.Realm, func(tx *pg.Tx) error { return plan(ctx, tx, seen.timetable, seen.missing) })
		if err != nil {
			return err
		}
		if seen, err = s.look(ctx, place, false); err != nil {
			return err
		}
	}
	take := s.share(place.Realm, seen.work)
	if len(take) > 0 {
		claims, err := s.claim(ctx, place, take)
		if err != nil {
			return err
		}
		for _, c := range claims {
			s.start(c)
		}
	}
	if seen.next > 0 {
		s.soon(place.Realm, s.o.Ticks()+max(seen.next, shortest))
	}
	return nil
}

func (s *rounds) look(ctx context.Context, place Place, sweep bool) (seen look, err error) {
	err = s.read(ctx, place.Realm, func(tx *pg.Tx) error {
		server, err := tx.ServerTime(ctx)
		if err != nil {
			return err
		}
		if sweep && len(s.o.Timetable) > 0 {
			seen.timetable = standing(s.o.Timetable, tx.Now)
			if seen.missing, err = due(ctx, tx, s.o.Timetable, place.Zone); err != nil {
				return err
			}
		}
		// A kind this program does not know is left for one that does.
		err = tx.Select(ctx, &seen.work, `SELECT kind, count(*) AS n FROM jobs
			WHERE state = 'pending' AND run_at <= $1 AND (hold_until IS NULL OR hold_until <= $2) AND kind = ANY ($3)
			GROUP BY kind ORDER BY min(run_at), kind`, tx.Now, server, s.names)
		if err != nil {
			return fmt.Errorf("jobs: look for work: %w", err)
		}
		seen.next, err = next(ctx, tx, server)
		return err
	})
	return seen, err
}

// next tells when a job becomes due by the service's clock, or loses its lease or
// ends its pause by the server's.
func next(ctx context.Context, tx *pg.Tx, server time.Time) (time.Duration, error) {
	var at struct{ Run, Hold *time.Time }
	err := tx.Get(ctx, &at, `SELECT (SELECT min(run_at) FROM jobs WHERE state = 'pending' AND run_at > $1) AS run,
		(SELECT min(hold_until) FROM jobs WHERE state = 'pending' AND run_at <= $1 AND hold_until > $2) AS hold`, tx.Now, server)
	if err != nil {
		return 0, fmt.Errorf("jobs: look ahead: %w", err)
	}
	var soonest time.Duration
	if at.Run != nil {
		soonest = at.Run.Sub(tx.Now)
	}
	if at.Hold != nil {
		if d := at.Hold.Sub(server); soonest == 0 || d < soonest {
			soonest = d
		}
	}
	return soonest, nil
}

// share decides how many of each kind are taken, and remembers what is left.
func (s *rounds) share(realm pg.Realm, work []waiting) []waiting {
	var take []waiting
	hands := s.hands
	for _, w := range work {
		n := min(w.N, s.free[w.Kind], hands)
		if n > 0 {
			take = append(take, waiting{w.Kind, n})
			hands -= n
		}
		if n < w.N {
			s.leave(w.Kind, realm)
		}
	}
	return take
}

// claimed is one attempt at a job.
type claimed struct {
	ID      int64
	Attempt int64 // the fencing token
	Tries   int
	Receipt string
	Args    json.RawMessage

	kind  Kind
	place Place
}

// claim begins an attempt at each job it takes: the attempt counts from here, so
// that a job that kills the whole process also ends as dead one day.
func (s *rounds) claim(ctx context.Context, place Place, take []waiting) (claims []claimed, err error) {
	err = s.write(ctx, place.Realm, func(tx *pg.Tx) error {
		claims = nil
		server, err := tx.ServerTime(ctx)
		if err != nil {
			return err
		}
		for _, w := range take {
			var rows []claimed
			err := tx.Select(ctx, &rows, `WITH ready AS MATERIALIZED (
				SELECT id FROM jobs
				WHERE state = 'pending' AND run_at <= $1 AND (hold_until IS NULL OR hold_until <= $2) AND kind = $3
				ORDER BY run_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
				UPDATE jobs SET attempt = jobs.attempt + 1, tries = jobs.tries + 1, hold_until = $5
				FROM ready WHERE jobs.id = ready.id
				RETURNING jobs.id, jobs.attempt, jobs.tries, jobs.receipt, jobs.args`,
				tx.Now, server, w.Kind, w.N, server.Add(s.o.Lease))
			if err != nil {
				return fmt.Errorf("jobs: claim %s: %w", w.Kind, err)
			}
			slices.SortFunc(rows, func(a, b claimed) int { return cmp.Compare(a.ID, b.ID) })
			for _, row := range rows {
				row.kind, row.place = s.kinds[w.Kind], place
				claims = append(claims, row)
			}
		}
		return nil
	})
	return claims, err
}

// start gives a claimed job to a hand.
func (s *rounds) start(c claimed) {
	s.free[c.kind.Name]--
	s.hands--
	go func() {
		defer func() { s.freed <- c.kind.Name }()
		s.attempt(s.work, c)
	}()
}
