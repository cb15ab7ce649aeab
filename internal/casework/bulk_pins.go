package casework

import (
	"encoding/json"
	"slices"
	"sync"

	"charterhouse/internal/deadline"
)

// BulkPins remembers dates with their explanations, for all towns that count
// alike: most towns of a country have no rule of their own.
type BulkPins struct {
	mu  sync.Mutex
	all map[string]*townPins
}

// NewBulkPins gives an empty memory. It may be used by several towns at once.
func NewBulkPins() *BulkPins { return &BulkPins{all: map[string]*townPins{}} }

// of gives the memory of the towns that count like this one.
func (b *BulkPins) of(t *Town) *townPins {
	rules, _ := json.Marshal(t.own) // a struct of texts and numbers always can be
	key := t.Profile.Country + "/" + t.Calendar.Version() + "/" + string(rules)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all[key] == nil {
		b.all[key] = &townPins{known: map[bulkKey]Pin{}}
	}
	return b.all[key]
}

type townPins struct {
	mu    sync.Mutex
	known map[bulkKey]Pin
}

type bulkKey struct {
	kind    string
	day     deadline.Date
	outside bool
	own     bool // the channel is one that the own promise is given for
}

// pin gives what PinFor would. Charter and RuleVersion are each town's own and are
// not to be taken from it.
func (p *townPins) pin(t *Town, kind, channel string, day deadline.Date, outside bool) (Pin, error) {
	promise := t.Rules.Kinds[kind].Own
	key := bulkKey{kind, day, outside, promise == nil || len(promise.Channels) == 0 || slices.Contains(promise.Channels, channel)}
	p.mu.Lock()
	defer p.mu.Unlock()
	if pin, known := p.known[key]; known {
		return pin, nil
	}
	pin, err := t.PinFor(kind, channel, day, outside)
	if err == nil {
		p.known[key] = pin
	}
	return pin, err
}
