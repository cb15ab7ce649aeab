package pg

import (
	"context"
	"sync/atomic"
	"time"
)

// Class is a share of the connections. A flood of one kind of work then cannot
// take the connections of another: a scandal that fills the filing form leaves
// the officers theirs.
type Class int

// The classes. A door opened by Open is of class Reading: the public pages.
const (
	Reading Class = iota
	Filing
	Staff
	Jobs
	classes // how many there are
)

// String names the class in logs and metrics.
func (c Class) String() string { return [...]string{"reading", "filing", "staff", "jobs"}[c] }

// patience is how long a transaction waits for a connection before it is refused.
const patience = 2 * time.Second

// shares divides the pool: 40 % for reading, a quarter each for filing and for
// staff, the rest for jobs. Together they never ask for more than there is.
func shares(pool int) [classes]int {
	s := [classes]int{Reading: pool * 2 / 5, Filing: pool / 4, Staff: pool / 4}
	s[Jobs] = pool - s[Reading] - s[Filing] - s[Staff]
	for c := range s {
		s[c] = max(s[c], 1) // a pool under four connections is shared by all
	}
	return s
}

// Class gives the same door with the connections of another class.
func (db *DB) Class(c Class) *DB { return &DB{pool: db.pool, class: c} }

// admit waits for a connection of the class and then for one of the pool, in
// this order, so that whoever waits holds nothing another class could use.
func (db *DB) admit(ctx context.Context) (leave func(), err error) {
	seats := [...]chan struct{}{db.classes[db.class], db.total}
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for i, seat := range seats {
		select {
		case seat <- struct{}{}:
			continue
		case <-ctx.Done():
			err = ctx.Err()
		case <-limit.C:
			err = ErrBusy
		}
		for _, taken := range seats[:i] {
			<-taken
		}
		return nil, err
	}
	return func() {
		for _, taken := range seats {
			<-taken
		}
	}, nil
}

type laneKey struct{}

// OneAtATime gives a context under which only one transaction may be open at a
// time; a second one is refused with ErrNested. The kit puts every request under
// it: a request that waits for a second connection while it holds the first
// stops the whole service as soon as all of them do so.
func OneAtATime(ctx context.Context) context.Context {
	return context.WithValue(ctx, laneKey{}, new(atomic.Bool))
}

// takeLane is a no-op without OneAtATime.
func takeLane(ctx context.Context) (leave func(), err error) {
	lane, ok := ctx.Value(laneKey{}).(*atomic.Bool)
	if !ok {
		return func() {}, nil
	}
	if !lane.CompareAndSwap(false, true) {
		return nil, ErrNested
	}
	return func() { lane.Store(false) }, nil
}

// Stats is what the metrics show of the connections.
type Stats struct {
	Open  int // connections to the server
	InUse [classes]int
	Share [classes]int // what each class may use at most
}

// Stats counts the connections now.
func (db *DB) Stats() Stats {
	s := Stats{Open: db.sql.Stats().OpenConnections}
	for c, seats := range db.classes {
		s.InUse[c], s.Share[c] = len(seats), cap(seats)
	}
	return s
}
