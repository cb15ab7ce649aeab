package casework

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Pin is what a case keeps from the day it came, whatever the town changes
// later: the rule it is handled by, both dates, and why they are these.
type Pin struct {
	Charter int64 // version of the charter in force; 0 = none was published
	// RuleVersion is that of the town's own rule; 0 = inherited from the country.
	RuleVersion int64
	Rule        Pinned
	// Own is the town's promise, Law the legal term, as they were told on the day of
	// receipt; nil where there is none. Law is lawful only if Rule.Kind.Law.Verified.
	Own, Law *Dated
	// ForwardBy is the last day for sending the case on; zero = no term is known.
	ForwardBy deadline.Date

	kept *keptPin // nil = not worked out by PinFor
}

// Pinned is the rule for one kind of case, with what its country adds.
type Pinned struct {
	Kind Kind `json:"kind"`
	// OwnExtension tells that the town itself has said how far it may extend; then
	// its own date moves too. LawExtension is what the country's law allows.
	OwnExtension bool       `json:"own_extension,omitempty"`
	LawExtension *Extension `json:"law_extension,omitempty"`
	Asking       string     `json:"asking,omitempty"`
	OutsideHours string     `json:"outside_hours,omitempty"`
	OutsideLaw   *LawRule   `json:"outside_hours_law,omitempty"`
	Forward      *LegalTerm `json:"forward,omitempty"`
	Anonymous    *Anonymous `json:"anonymous,omitempty"`
	Review       *Body      `json:"review,omitempty"`
	// Grounds are those for which a case of this kind may be declined.
	Grounds []Ground `json:"grounds,omitempty"`
}

// ShiftUnconfirmed is as Rules.ShiftUnconfirmed, by the rules that hold for the case.
func (p Pinned) ShiftUnconfirmed(day deadline.Date, outside bool, cal *deadline.Calendar) bool {
	return Rules{OutsideHours: p.OutsideHours, OutsideLaw: p.OutsideLaw}.ShiftUnconfirmed(day, outside, cal)
}

// Stops tells whether the terms stop while the submitter is asked something.
func (p Pinned) Stops() bool { return p.Asking != Runs }

// PinFor gives what a case of the kind would keep if it were received on the day,
// by the kind of channel (website, phone, …). It is what a form shows before
// anything is sent. Of two equal questions to a Town the second is given the very
// dates of the first.
func (t *Town) PinFor(kind, channel string, day deadline.Date, outside bool) (Pin, error) {
	asked := pinKey{kind, channel, day, outside}
	if p, known := t.pins.get(asked); known {
		return p, nil
	}
	p, err := t.workOut(asked)
	if err != nil {
		return Pin{}, err
	}
	if p.kept, err = keepPin(p); err != nil {
		return Pin{}, err
	}
	t.pins.put(asked, p)
	return p, nil
}

func (t *Town) workOut(asked pinKey) (Pin, error) {
	kind, channel, day, outside := asked.kind, asked.channel, asked.day, asked.outside
	terms, err := t.Rules.TermsFor(kind, day, outside, t.Calendar)
	if err != nil {
		return Pin{}, err
	}
	own := terms.Rule.Own
	if own != nil && len(own.Channels) > 0 && !slices.Contains(own.Channels, channel) {
		// The town has not promised it for what comes this way.
		terms.Rule.Own, terms.Own = nil, nil
	}
	p := Pin{Charter: t.Charter, RuleVersion: t.versions[kindPrefix+kind], Own: terms.Own, Law: terms.Law}
	p.Rule = Pinned{
		Kind: terms.Rule, OwnExtension: t.own.Kinds[kind].Extension != nil, LawExtension: t.country.Kinds[kind].Extension,
		Asking: t.Rules.Asking, OutsideHours: t.Rules.OutsideHours, OutsideLaw: t.Rules.OutsideLaw, Forward: t.Rules.Forward,
		Anonymous: t.Rules.Anonymous, Review: t.Rules.Review,
	}
	if x := t.own.Kinds[kind].Extension; x != nil && x.None {
		p.Rule.OwnExtension, p.Rule.LawExtension = false, nil
	} else if t.own.Kinds[kind].Law != nil {
		// A town that has set its own legal term has also said how far it extends.
		p.Rule.LawExtension = terms.Rule.Extension
	}
	for _, g := range t.Rules.Refusals {
		if len(g.Kinds) == 0 || slices.Contains(g.Kinds, kind) {
			p.Rule.Grounds = append(p.Rule.Grounds, g)
		}
	}
	if f := t.Rules.Forward; f != nil {
		term, err := deadline.ParseTerm(f.Term)
		if err != nil {
			return Pin{}, fmt.Errorf("casework: term for sending on: %w", err)
		}
		p.ForwardBy = t.Calendar.Due(day, outside, t.Rules.Policy(), term)
	}
	return p, nil
}

// pinRow is case_pins with the rule it refers to.
type pinRow struct {
	Charter     int64         `db:"charter_version"`
	RuleVersion int64         `db:"rule_version"`
	Own         string        `db:"own_explained"`
	Law         string        `db:"law_explained"`
	ForwardBy   deadline.Date `db:"forward_by"`
	Rule        string        `db:"value"`
}

// keptPin is a pin as its tables keep it.
type keptPin struct {
	rule     string
	hash     [sha256.Size]byte // of the rule
	own, law string            // explained; empty = there is no such date
}

func keepPin(p Pin) (*keptPin, error) {
	rule, err := json.Marshal(p.Rule)
	if err != nil {
		return nil, fmt.Errorf("casework: write a rule: %w", err)
	}
	k := &keptPin{rule: string(rule), hash: sha256.Sum256(rule)}
	for d, explained := range map[*Dated]*string{p.Own: &k.own, p.Law: &k.law} {
		if d == nil {
			continue
		}
		if *explained, err = keep(d.Explain); err != nil {
			return nil, fmt.Errorf("casework: write an explanation: %w", err)
		}
	}
	return k, nil
}

// insertRule keeps the rule; equal rules of many cases are one row.
func (k *keptPin) insertRule(ctx context.Context, tx *pg.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_rules (hash, value) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`, k.hash[:], k.rule)
	if err != nil {
		return fmt.Errorf("casework: keep a rule: %w", err)
	}
	return nil
}

// insertPin writes a pin of PinFor's.
func insertPin(ctx context.Context, tx *pg.Tx, id int64, p Pin) error {
	k := p.kept
	if err := k.insertRule(ctx, tx); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO case_pins
			(case_id, charter_version, rule_version, rule_hash, own_explained, law_explained, forward_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, p.Charter, p.RuleVersion, k.hash[:], k.own, k.law, p.ForwardBy)
	if err != nil {
		return fmt.Errorf("casework: pin a case: %w", err)
	}
	return nil
}

// PinOf reads what a case keeps.
func PinOf(ctx context.Context, tx *pg.Tx, c *Case) (Pin, error) {
	var row pinRow
	err := tx.Get(ctx, &row, `SELECT p.charter_version, p.rule_version, p.own_explained, p.law_explained, p.forward_by, r.value
		FROM case_pins p JOIN case_rules r ON r.hash = p.rule_hash WHERE p.case_id = $1`, c.ID)
	if err != nil {
		return Pin{}, fmt.Errorf("casework: read the pin of %s: %w", c.Number, err)
	}
	p := Pin{Charter: row.Charter, RuleVersion: row.RuleVersion, ForwardBy: row.ForwardBy}
	if err := json.Unmarshal([]byte(row.Rule), &p.Rule); err != nil {
		return Pin{}, fmt.Errorf("casework: read the rule of %s: %w", c.Number, err)
	}
	if p.Own, err = datedOf(row.Own); err != nil {
		return Pin{}, err
	}
	p.Law, err = datedOf(row.Law)
	return p, err
}

func datedOf(raw string) (*Dated, error) {
	if raw == "" {
		return nil, nil
	}
	e, err := told(raw)
	return &Dated{Term: e.Term, Explain: e}, err
}
