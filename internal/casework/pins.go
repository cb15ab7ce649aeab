package casework

import (
	"sync"

	"charterhouse/internal/deadline"
)

// pinKey is all that a pin of one Town depends on.
type pinKey struct {
	kind, channel string
	day           deadline.Date
	outside       bool
}

// mostPins bounds what a Town remembers: a day has a few, and only who registers
// what came long ago asks for others.
const mostPins = 64

// pins are those that a Town has worked out: of a day's cases of one kind each
// keeps the same.
type pins struct {
	mu    sync.Mutex
	known map[pinKey]Pin
}

func (p *pins) get(asked pinKey) (Pin, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	pin, known := p.known[asked]
	return pin, known
}

func (p *pins) put(asked pinKey, pin Pin) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || len(p.known) >= mostPins {
		p.known = map[pinKey]Pin{}
	}
	p.known[asked] = pin
}
