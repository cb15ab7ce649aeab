package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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
		b.all[key] = &townPins{known: map[pinKey]*bulkPin{}, rules: map[string][]byte{}}
	}
	return b.all[key]
}

type townPins struct {
	mu    sync.Mutex
	known map[pinKey]*bulkPin
	rules map[string][]byte // written rules by kind and promise
}

type pinKey struct {
	kind    string
	day     deadline.Date
	outside bool
	own     bool // the channel is one that the own promise is given for
}

// bulkPin is a pin with what stands in the table for it. Charter and RuleVersion
// are each town's own and not set.
type bulkPin struct {
	Pin
	hash     string // of the rule, in hexadecimal
	rule     string
	own, law string
}

// pin gives what PinFor and insertPin would.
func (p *townPins) pin(t *Town, kind, channel string, day deadline.Date, outside bool) (*bulkPin, error) {
	promise := t.Rules.Kinds[kind].Own
	key := pinKey{kind, day, outside, promise == nil || len(promise.Channels) == 0 || slices.Contains(promise.Channels, channel)}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.known[key]; known != nil {
		return known, nil
	}
	pin, err := t.PinFor(kind, channel, day, outside)
	if err != nil {
		return nil, err
	}
	b := &bulkPin{Pin: pin}
	name := fmt.Sprint(kind, key.own)
	if p.rules[name] == nil {
		if p.rules[name], err = json.Marshal(pin.Rule); err != nil {
			return nil, err
		}
	}
	sum := sha256.Sum256(p.rules[name])
	b.hash, b.rule = hex.EncodeToString(sum[:]), string(p.rules[name])
	for _, one := range []struct {
		dated *Dated
		to    *string
	}{{pin.Own, &b.own}, {pin.Law, &b.law}} {
		if one.dated == nil {
			continue
		}
		if *one.to, err = keep(one.dated.Explain); err != nil {
			return nil, err
		}
	}
	p.known[key] = b
	return b, nil
}
