package jobs

import (
	"sync"

	"charterhouse/internal/pg"
)

// Bell tells a runner in the same process which realms were written to. Its Ring
// is given to the door as pg.Options.Wake; as the door is open before there is a
// runner, the bell is a thing of its own. It is a courtesy only: what it does not
// tell, the sweep finds.
type Bell struct {
	mu    sync.Mutex
	rung  map[pg.Realm]bool
	sound chan struct{}
}

// NewBell gives a silent bell.
func NewBell() *Bell { return &Bell{rung: map[pg.Realm]bool{}, sound: make(chan struct{}, 1)} }

// Ring never waits: it is called at the end of every request that wrote.
func (b *Bell) Ring(r pg.Realm) {
	b.mu.Lock()
	b.rung[r] = true
	b.mu.Unlock()
	select {
	case b.sound <- struct{}{}:
	default: // it sounds already
	}
}

// heard gives the realms since the last time.
func (b *Bell) heard() map[pg.Realm]bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	rung := b.rung
	b.rung = map[pg.Realm]bool{}
	return rung
}
