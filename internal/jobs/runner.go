package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"charterhouse/internal/pg"
)

// Place is a realm to visit, with the zone its days are counted in.
type Place struct {
	Realm pg.Realm
	Zone  *time.Location
}

// Options of a runner. DB, Realms, Kinds, Ticks and Log are required.
type Options struct {
	DB *pg.DB // its class Jobs is used
	// Realms tells at every sweep which realms there are.
	Realms    func(context.Context) ([]Place, error)
	Kinds     []Kind
	Timetable []Recurring
	Bell      *Bell // nil = only the sweep finds work
	// Ticks is a clock that never stands still: sweeps are measured with it.
	Ticks func() time.Duration
	Log   *slog.Logger

	Workers int           // jobs at the same time; 0 = 8
	Lease   time.Duration // 0 = 3 minutes
	Sweep   time.Duration // 0 = 15 s, above 400 realms 60 s
	Grace   time.Duration // for running jobs when the runner stops; 0 = 20 s
}

const (
	defaultWorkers = 8
	defaultLease   = 3 * time.Minute
	defaultGrace   = 20 * time.Second
	sweepOften     = 15 * time.Second
	sweepSeldom    = time.Minute
	manyRealms     = 400
	// awayPause is how soon a database that was away is looked for again.
	awayPause = 5 * time.Second
)

// Runner does the jobs of all realms. Any number of runners, in any number of
// processes, share the work.
type Runner struct {
	o     Options
	db    *pg.DB
	kinds map[string]Kind
	names []string
	// seats are the connections of the class: who works waits here, as long as it
	// takes, and not at the door, which soon refuses.
	seats chan struct{}
	stats struct{ done, failed, dead, lost atomic.Int64 }
}

// New checks the kinds: each has one handler, none takes longer than its lease,
// and the timetable names only kinds that are there.
func New(o Options) (*Runner, error) {
	if o.DB == nil || o.Realms == nil || o.Ticks == nil || o.Log == nil {
		return nil, errors.New("jobs: Options without DB, Realms, Ticks or Log")
	}
	if o.Workers == 0 {
		o.Workers = defaultWorkers
	}
	if o.Lease == 0 {
		o.Lease = defaultLease
	}
	if o.Grace == 0 {
		o.Grace = defaultGrace
	}
	if o.Bell == nil {
		o.Bell = NewBell()
	}
	db := o.DB.Class(pg.Jobs)
	r := &Runner{o: o, db: db, kinds: map[string]Kind{}, seats: make(chan struct{}, db.Stats().Share[pg.Jobs])}
	for _, k := range o.Kinds {
		k, err := k.complete(o.Workers, o.Lease)
		if err != nil {
			return nil, err
		}
		if _, twice := r.kinds[k.Name]; twice {
			return nil, fmt.Errorf("jobs: kind %s is there twice", k.Name)
		}
		r.kinds[k.Name] = k
		r.names = append(r.names, k.Name)
	}
	seen := map[string]bool{}
	for _, t := range o.Timetable {
		id := t.Kind + " " + t.subject()
		if _, known := r.kinds[t.Kind]; !known || t.Hour < 0 || t.Hour > 23 || seen[id] {
			return nil, fmt.Errorf("jobs: timetable: kind %q at hour %d is unknown, there twice or no hour", t.Kind, t.Hour)
		}
		seen[id] = true
	}
	return r, nil
}

// Stats counts what this runner has done since it began.
type Stats struct {
	Done   int64
	Failed int64 // attempts that will be repeated
	Dead   int64 // jobs given up
	Lost   int64 // attempts whose job was somebody else's by the time they ended
}

// Stats is for the metrics.
func (r *Runner) Stats() Stats {
	return Stats{r.stats.done.Load(), r.stats.failed.Load(), r.stats.dead.Load(), r.stats.lost.Load()}
}

// Run works until ctx ends. Then it takes nothing new, lets what runs finish
// within Options.Grace, and returns; what did not finish is done by whoever comes
// when the lease is over.
func (r *Runner) Run(ctx context.Context) error {
	work, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	round := newRounds(r, work)
	for ctx.Err() == nil {
		round.feed()
		round.visitAll(ctx)
		round.wait(ctx)
	}
	return round.finish(abandon)
}

// read and write wait for a connection of the class before they ask the door.
func (r *Runner) read(ctx context.Context, realm pg.Realm, fn func(*pg.Tx) error) error {
	return r.seated(ctx, func() error { return r.db.Read(ctx, realm, fn) })
}

func (r *Runner) write(ctx context.Context, realm pg.Realm, fn func(*pg.Tx) error) error {
	return r.seated(ctx, func() error { return r.db.Write(ctx, realm, fn) })
}

func (r *Runner) seated(ctx context.Context, fn func() error) error {
	select {
	case r.seats <- struct{}{}:
		defer func() { <-r.seats }()
		return fn()
	case <-ctx.Done():
		return ctx.Err()
	}
}
