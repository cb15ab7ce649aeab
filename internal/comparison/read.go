package comparison

import (
	"context"
	"slices"
	"time"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// Data is what was read for one period: everything else comes from it. It does
// not change.
type Data struct {
	Period results.Period
	towns  []tenant.Town
	facts  map[string]map[results.Indicator]results.Value // by realm
	heads  map[string]results.Head
}

// Read reads the facts of some indicators over a period, of all active towns, in
// a transaction of the portal. No indicators means all.
func Read(ctx context.Context, tx *pg.Tx, towns []tenant.Town, p results.Period, which ...results.Indicator) (*Data, error) {
	if len(which) == 0 {
		which = everything()
	}
	return read(ctx, tx, towns, p, which)
}

// ReadPeers reads all indicators of the towns that one is compared with in its
// profile: those of its country and size, and itself. Of a town that is not there
// it reads nothing.
func ReadPeers(ctx context.Context, tx *pg.Tx, towns []tenant.Town, p results.Period, slug string) (*Data, error) {
	at := slices.IndexFunc(towns, func(t tenant.Town) bool { return t.Slug == slug })
	if at < 0 {
		return newData(nil, p, nil, nil), nil
	}
	class := Filter{Country: towns[at].Country, Size: SizeOf(towns[at].Population)}
	var peers []tenant.Town
	var realms []string
	for i := range towns {
		if class.keeps(&towns[i]) {
			peers, realms = append(peers, towns[i]), append(realms, towns[i].Realm.Name())
		}
	}
	return read(ctx, tx, peers, p, everything(), realms...)
}

// everything names all indicators.
func everything() (all []results.Indicator) {
	for _, i := range Indicators() {
		all = append(all, i.Key)
	}
	return all
}

// read reads the facts of some indicators, of some realms or of all, and beside
// them the one that tells why there is no data.
func read(ctx context.Context, tx *pg.Tx, towns []tenant.Town, p results.Period, which []results.Indicator, realms ...string) (*Data, error) {
	if !slices.Contains(which, results.Finished) {
		which = append(slices.Clone(which), results.Finished)
	}
	facts, err := results.Sums(ctx, tx, which, p, realms...)
	if err != nil {
		return nil, err
	}
	heads, err := results.Heads(ctx, tx)
	if err != nil {
		return nil, err
	}
	return newData(towns, p, facts, heads), nil
}

func newData(towns []tenant.Town, p results.Period, facts []results.Fact, heads []results.Head) *Data {
	d := &Data{
		Period: p, towns: towns, heads: make(map[string]results.Head, len(heads)),
		facts: make(map[string]map[results.Indicator]results.Value, len(towns)),
	}
	for _, h := range heads {
		d.heads[h.Tenant] = h
	}
	for _, f := range facts {
		of := d.facts[f.Tenant]
		if of == nil {
			of = map[results.Indicator]results.Value{}
			d.facts[f.Tenant] = of
		}
		of[f.Indicator] = f.Value()
	}
	return d
}

// value is a figure of a town; NoData or Suppressed where none is shown.
func (d *Data) value(t *tenant.Town, i results.Indicator) results.Value {
	if v, ok := d.facts[t.Realm.Name()][i]; ok {
		return v
	}
	if _, joined := d.heads[t.Realm.Name()]; joined {
		return results.Value{State: results.Suppressed}
	}
	return results.Value{State: results.NoData}
}

// why says why a town has no figure of an indicator.
func (d *Data) why(t *tenant.Town, i Indicator) i18n.Key {
	switch {
	case d.value(t, i.Key).State == results.NoData:
		return KeyWhyNotJoined
	case i.Measure == Volume && t.Population <= 0:
		return KeyWhyInhabitants
	case i.lawful() && d.value(t, results.Finished).State == results.Shown:
		return KeyWhyLaw
	}
	return KeyWhyFew
}

// Computed is when the oldest of the figures were computed; zero when there are
// none.
func (d *Data) Computed() (oldest time.Time) {
	for _, h := range d.heads {
		if oldest.IsZero() || h.ComputedAt.Before(oldest) {
			oldest = h.ComputedAt
		}
	}
	return oldest
}

// Sample tells whether any figure of a town the filter keeps was made up.
func (d *Data) Sample(f Filter) bool {
	for i := range d.towns {
		t := &d.towns[i]
		if !f.keeps(t) {
			continue
		}
		for _, v := range d.facts[t.Realm.Name()] {
			if v.Sample {
				return true
			}
		}
	}
	return false
}
