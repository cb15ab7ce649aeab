package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// RulePart is one part of a town's rules that has versions of its own.
type RulePart string

// The parts beside the kinds of case.
const (
	PartAnonymous    RulePart = "anonymous"
	PartAsking       RulePart = "asking"
	PartOutsideHours RulePart = "outside_hours"
)

// PartOf is the rule for one kind of case.
func PartOf(kind string) RulePart { return RulePart(kindPrefix + kind) }

// Standing is one part of the rules as it stands: whether the town has a rule of
// its own, and who wrote the last version when.
type Standing struct {
	Version int64 // 0 = the town has never had one
	Own     bool  // else it inherits from its country
	Origin  tenant.Origin
	Since   time.Time
	By      string // actor of the audit chain; "" = the town's package
}

// Standings tells of every part that the town has, or had, a rule of its own for.
func Standings(ctx context.Context, tx *pg.Tx) (map[RulePart]Standing, error) {
	rows, err := current(ctx, tx)
	if err != nil {
		return nil, err
	}
	m := make(map[RulePart]Standing, len(rows))
	for key, r := range rows {
		m[RulePart(key)] = r.standing()
	}
	return m, nil
}

// Past lists the versions of a part, the newest first, at most a hundred.
func Past(ctx context.Context, tx *pg.Tx, part RulePart) ([]Standing, error) {
	var rows []ruleRow
	err := tx.Select(ctx, &rows, `SELECT key, version, value, origin, since, changed_by FROM rules
		WHERE key = $1 ORDER BY version DESC LIMIT $2`, string(part), 100)
	if err != nil {
		return nil, fmt.Errorf("casework: read the versions of %s: %w", part, err)
	}
	list := make([]Standing, len(rows))
	for i, r := range rows {
		list[i] = r.standing()
	}
	return list, nil
}

func (r ruleRow) standing() Standing {
	return Standing{Version: r.Version, Own: r.Value != absent, Origin: r.Origin, Since: r.Since, By: r.By}
}

// amended is what the audit chain keeps of a change.
type amended struct {
	Version int64           `json:"version"`
	Before  json.RawMessage `json:"before,omitempty"`
	After   json.RawMessage `json:"after"`
}

// Amend makes a new version of one part of the town's rules: the part as it
// stands in next, where everything else is ignored; what next leaves out is
// inherited from the country again. Cases that are filed already keep the version
// they were filed under. version is the one the form was made from.
//
// It refuses (Invalid) what the check of a package refuses, by the same check, and
// (Conflict) a part that was changed since. What already stands is not written
// again.
func (t *Town) Amend(ctx context.Context, tx *pg.Tx, actor audit.Actor, part RulePart, version int64, next Rules) error {
	if err := t.checkPart(part, next); err != nil {
		return err
	}
	rows, err := next.rows()
	if err != nil {
		return err
	}
	value, ok := rows[string(part)]
	if !ok {
		value = absent
	}
	have, err := current(ctx, tx)
	if err != nil {
		return err
	}
	old, stands := have[string(part)]
	// A form that was sent twice changes nothing the second time.
	if stands && tenant.SameJSON([]byte(old.Value), []byte(value)) || !stands && value == absent {
		return nil
	}
	if old.Version != version {
		return fault.New(fault.Conflict, KeyRuleChanged)
	}
	n, err := tx.Exec(ctx, `INSERT INTO rules (key, version, value, origin, since, changed_by) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (key, version) DO NOTHING`, string(part), version+1, value, tenant.FromTown, tx.Now, actor.ID)
	if err != nil {
		return fmt.Errorf("casework: change rule %s: %w", part, err)
	}
	if n == 0 {
		// Its copy may have been faster: a button that was pressed twice.
		if have, err = current(ctx, tx); err == nil && tenant.SameJSON([]byte(have[string(part)].Value), []byte(value)) {
			return nil
		}
		return errors.Join(err, fault.New(fault.Conflict, KeyRuleChanged))
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "rules.set", Object: "rules/" + string(part),
		Detail: amended{Version: version + 1, Before: json.RawMessage(old.Value), After: json.RawMessage(value)}})
	return tenant.Touch(ctx, tx)
}

// checkPart runs the check of a package over one part, and over what would be in
// force with it.
func (t *Town) checkPart(part RulePart, next Rules) error {
	c := &tenant.Checker{Langs: t.Profile.Languages}
	next.Check(c)
	for name, k := range next.Kinds {
		own := t.own.Kinds[name]
		if whole := k.over(t.country.Kinds[name]); whole.NoTerm && own.Own == nil && own.Law == nil && (whole.Own != nil || whole.Law != nil) {
			c.Fault("casework.kinds."+name+".no_term", KeyCheckNoTerm, nil)
		} else if k.Own != nil && k.Own.Usual != "" && k.Law == nil && k.Own.Term == ByLaw {
			whole.checkUsual(c, "casework.kinds."+name) // the law's term is inherited
		}
	}
	if len(c.Fields) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, KeyRuleFaults)
	f.Fields = c.Fields
	return f
}

// OwnRules are those the town has set itself, CountryRules those it inherits.
func (t *Town) OwnRules() Rules     { return t.own.clone() }
func (t *Town) CountryRules() Rules { return t.country.clone() }

func (r Rules) clone() Rules {
	r.Kinds = maps.Clone(r.Kinds)
	if r.Kinds == nil {
		r.Kinds = map[string]Kind{}
	}
	return r
}

// Trying is the town as it would be with other rules of its own and another
// profile: what a form shows before anything is saved. It writes nothing, and
// must not be filed with.
func (t *Town) Trying(own Rules, profile tenant.Profile) (*Town, error) {
	out := *t
	out.own, out.Profile, out.pins = own, profile, &pins{}
	out.Rules = own.Over(t.country)
	var err error
	if out.Calendar, err = profile.CalendarOf(t.desk.Countries[profile.Country].Calendar); err != nil {
		return nil, err
	}
	out.Hours, err = profile.OfficeHours()
	return &out, err
}
