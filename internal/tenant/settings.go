package tenant

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// Origin tells who wrote a value last.
type Origin string

// A value comes from the town's package, or the town changed it since.
const (
	FromPackage Origin = "package"
	FromTown    Origin = "town"
)

// Applied is what applying a package did: the keys it wrote, and those it left
// because the town has changed them since.
type Applied struct {
	Wrote []string
	Left  []string
}

// Changed tells whether anything was written.
func (a Applied) Changed() bool { return len(a.Wrote) > 0 }

// Add joins the outcome of another part of the package.
func (a *Applied) Add(b Applied) {
	a.Wrote = append(a.Wrote, b.Wrote...)
	a.Left = append(a.Left, b.Left...)
}

// setting is one row of the settings table.
type setting struct {
	Key    string          `db:"key"`
	Value  json.RawMessage `db:"value"`
	Origin Origin          `db:"origin"`
}

// Apply writes a profile into the town's settings. What the town changed itself
// is left alone and listed, unless overwrite is set.
func Apply(ctx context.Context, tx *pg.Tx, actor audit.Actor, p Profile, overwrite bool) (Applied, error) {
	want, err := parts(p)
	if err != nil {
		return Applied{}, err
	}
	have, err := readSettings(ctx, tx)
	if err != nil {
		return Applied{}, err
	}
	var done Applied
	for _, key := range slices.Sorted(maps.Keys(want)) {
		old, stands := have[key]
		if stands && SameJSON(old.Value, want[key]) {
			continue
		}
		if stands && old.Origin == FromTown && !overwrite {
			done.Left = append(done.Left, key)
			continue
		}
		if err := put(ctx, tx, audit.Actor{}, key, want[key], FromPackage); err != nil {
			return Applied{}, err
		}
		done.Wrote = append(done.Wrote, key)
	}
	for _, key := range slices.Sorted(maps.Keys(have)) {
		if _, wanted := want[key]; wanted || have[key].Origin == FromTown && !overwrite {
			continue
		}
		if _, err := tx.Exec(ctx, `DELETE FROM settings WHERE key = $1`, key); err != nil {
			return Applied{}, fmt.Errorf("tenant: remove setting %s: %w", key, err)
		}
		done.Wrote = append(done.Wrote, key)
	}
	return done, finish(ctx, tx, actor, done)
}

// finish shows the profile as it now stands, where anything was written.
func finish(ctx context.Context, tx *pg.Tx, actor audit.Actor, done Applied) error {
	if !done.Changed() {
		return nil
	}
	now, err := Export(ctx, tx)
	if err != nil {
		return err
	}
	if err := show(ctx, tx, now); err != nil {
		return err
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "settings.apply", Object: "settings", Detail: done})
	return Touch(ctx, tx)
}

// Set changes one part of the profile on behalf of the town itself, so that a
// later apply of the package leaves it alone.
func Set(ctx context.Context, tx *pg.Tx, actor audit.Actor, key string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("tenant: setting %s: %w", key, err)
	}
	if err := put(ctx, tx, actor, key, raw, FromTown); err != nil {
		return err
	}
	return finish(ctx, tx, actor, Applied{Wrote: []string{key}})
}

// Export gives the profile as it stands.
func Export(ctx context.Context, tx *pg.Tx) (Profile, error) {
	have, err := readSettings(ctx, tx)
	if err != nil {
		return Profile{}, err
	}
	whole := make(map[string]json.RawMessage, len(have))
	for key, s := range have {
		whole[key] = s.Value
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		return Profile{}, fmt.Errorf("tenant: join the settings: %w", err)
	}
	var p Profile
	if err := json.Unmarshal(raw, &p); err != nil {
		return Profile{}, fmt.Errorf("tenant: read the settings: %w", err)
	}
	return p, nil
}

// parts splits a profile into one value for each top-level field of tenant.yaml.
func parts(p Profile) (map[string]json.RawMessage, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("tenant: write the profile: %w", err)
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("tenant: split the profile: %w", err)
	}
	return m, nil
}

func readSettings(ctx context.Context, tx *pg.Tx) (map[string]setting, error) {
	var rows []setting
	if err := tx.Select(ctx, &rows, `SELECT key, value, origin FROM settings ORDER BY key LIMIT $1`, 1000); err != nil {
		return nil, fmt.Errorf("tenant: read the settings: %w", err)
	}
	m := make(map[string]setting, len(rows))
	for _, r := range rows {
		m[r.Key] = r
	}
	return m, nil
}

func put(ctx context.Context, tx *pg.Tx, actor audit.Actor, key string, value json.RawMessage, origin Origin) error {
	_, err := tx.Exec(ctx, `INSERT INTO settings AS s (key, value, origin, version, changed_at, changed_by) VALUES ($1, $2, $3, 1, $4, $5)
		ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, origin = EXCLUDED.origin,
			version = s.version + 1, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by`,
		key, string(value), origin, tx.Now, actor.ID)
	if err != nil {
		return fmt.Errorf("tenant: write setting %s: %w", key, err)
	}
	return nil
}

// SameJSON compares two JSON texts by content: jsonb comes back with its keys
// in another order than they were written.
func SameJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
