package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/pg"
)

// rounds is the walk from realm to realm: one goroutine that knows who is to be
// visited when, and how many hands are free. All times are ticks.
type rounds struct {
	*Runner
	work   context.Context // of the jobs; outlives the walk
	places map[pg.Realm]Place
	// due is when a realm is visited next, beside the sweep.
	due       map[pg.Realm]time.Duration
	swept     map[pg.Realm]bool // this visit looks at the timetable too
	nextSweep time.Duration
	// quiet keeps visits that only the bell asks for to a fifth of the time: under
	// load one visit then finds the work of many commits.
	quiet time.Duration
	// hungry are the realms with more work of a kind than there were hands.
	hungry map[string][]pg.Realm
	free   map[string]int
	hands  int
	freed  chan string // a worker of this kind has ended
}

// shortest pause between two visits that the bell asks for.
const shortest = 50 * time.Millisecond

func newRounds(r *Runner, work context.Context) *rounds {
	s := &rounds{
		Runner: r, work: work, places: map[pg.Realm]Place{}, due: map[pg.Realm]time.Duration{}, swept: map[pg.Realm]bool{},
		hungry: map[string][]pg.Realm{}, free: map[string]int{}, hands: r.o.Workers, freed: make(chan string, r.o.Workers),
	}
	for name, k := range r.kinds {
		s.free[name] = k.AtOnce
	}
	return s
}

// visitAll visits who is due, the longest due first.
func (s *rounds) visitAll(ctx context.Context) {
	began := s.o.Ticks()
	if began >= s.nextSweep {
		s.sweep()
	}
	var now []pg.Realm
	for realm, at := range s.due {
		if at <= began {
			now = append(now, realm)
		}
	}
	slices.SortFunc(now, func(a, b pg.Realm) int {
		if s.due[a] != s.due[b] {
			return int(s.due[a] - s.due[b])
		}
		return strings.Compare(a.Name(), b.Name())
	})
	for _, realm := range now {
		if ctx.Err() != nil {
			return
		}
		place, sweep := s.places[realm], s.swept[realm]
		delete(s.due, realm)
		delete(s.swept, realm)
		if err := s.visit(place, sweep); s.isAway(realm, err) {
			clear(s.due)
			s.nextSweep = s.o.Ticks() + awayPause
			return
		}
	}
	ended := s.o.Ticks()
	s.quiet = ended + max(shortest, 4*(ended-began))
}

// sweep makes every realm due. A registry that cannot be read leaves the realms
// as they were known.
func (s *rounds) sweep() {
	ctx, cancel := context.WithTimeout(s.work, visitLimit)
	defer cancel()
	now, every := s.o.Ticks(), s.o.Sweep
	places, err := s.o.Realms(ctx)
	if err != nil {
		s.o.Log.Warn("jobs: the realms could not be listed", "error", err)
	} else {
		s.places = make(map[pg.Realm]Place, len(places))
		for _, p := range places {
			s.places[p.Realm] = p
		}
		maps.DeleteFunc(s.due, func(r pg.Realm, _ time.Duration) bool { _, there := s.places[r]; return !there })
	}
	for realm := range s.places {
		s.due[realm], s.swept[realm] = now, true
	}
	if every == 0 {
		every = sweepOften
		if len(s.places) > manyRealms {
			every = sweepSeldom
		}
	}
	s.nextSweep = now + every
}

// isAway tells a database that is gone from a realm with a fault of its own: the
// others are not made to wait for that one.
func (s *rounds) isAway(realm pg.Realm, err error) bool {
	switch {
	case err == nil, errors.Is(err, pg.ErrFenced):
		return false
	case pg.Unavailable(err):
		s.o.Log.Warn("jobs: the database is away", "error", err)
		return true
	}
	s.o.Log.Error("jobs: visit", "realm", realm.Name(), "error", err)
	return false
}

// wait sleeps until somebody is due, a hand is free or the bell sounds.
func (s *rounds) wait(ctx context.Context) {
	next := s.nextSweep
	for _, at := range s.due {
		next = min(next, at)
	}
	timer := time.NewTimer(max(0, next-s.o.Ticks()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case kind := <-s.freed:
		s.release(kind)
	case <-s.o.Bell.sound:
		now := s.o.Ticks()
		for realm := range s.o.Bell.heard() {
			if _, known := s.places[realm]; known { // a new town waits for the sweep
				s.soon(realm, max(now, s.quiet))
			}
		}
	}
}

// soon makes a realm due, unless it is due earlier.
func (s *rounds) soon(realm pg.Realm, at time.Duration) {
	if before, due := s.due[realm]; !due || at < before {
		s.due[realm] = at
	}
}

func (s *rounds) release(kind string) {
	s.free[kind]++
	s.hands++
}

// feed takes back who has ended, and makes a realm due that still has work for a
// free hand; one for each kind, so that the realms take turns.
func (s *rounds) feed() {
	for len(s.freed) > 0 {
		s.release(<-s.freed)
	}
	for kind, waiting := range s.hungry {
		if len(waiting) > 0 && s.free[kind] > 0 && s.hands > 0 {
			s.hungry[kind] = waiting[1:]
			if _, known := s.places[waiting[0]]; known {
				s.soon(waiting[0], s.o.Ticks())
			}
		}
	}
}

// leave notes that a realm has more work of the kind.
func (s *rounds) leave(kind string, realm pg.Realm) {
	if !slices.Contains(s.hungry[kind], realm) {
		s.hungry[kind] = append(s.hungry[kind], realm)
	}
}

// finish waits for the jobs that run; those that do not end within the grace are
// cancelled, and those that do not even mind that are left behind.
func (s *rounds) finish(abandon context.CancelFunc) error {
	limit := time.NewTimer(s.o.Grace)
	defer limit.Stop()
	for patience := 2; s.hands < s.o.Workers; {
		select {
		case kind := <-s.freed:
			s.release(kind)
		case <-limit.C:
			abandon()
			if patience--; patience == 0 {
				return fmt.Errorf("jobs: %d jobs did not end when they were told to", s.o.Workers-s.hands)
			}
			limit.Reset(s.o.Grace)
		}
	}
	return nil
}
