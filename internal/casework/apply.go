package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// kindPrefix marks the rows that hold one kind of case each.
const kindPrefix = "kind/"

// absent is the value of a rule that a town had and has given up: the row
// stays, because cases may be pinned to the version before it.
const absent = "null"

type ruleRow struct {
	Key     string        `db:"key"`
	Version int64         `db:"version"`
	Value   string        `db:"value"`
	Origin  tenant.Origin `db:"origin"`
	Since   time.Time     `db:"since"`
	By      string        `db:"changed_by"`
}

// Apply writes the rules of a package into the town, each as a new version
// where it differs. What the town changed itself is left and listed.
func Apply(ctx context.Context, tx *pg.Tx, actor audit.Actor, r Rules, overwrite bool) (tenant.Applied, error) {
	want, err := r.rows()
	if err != nil {
		return tenant.Applied{}, err
	}
	have, err := current(ctx, tx)
	if err != nil {
		return tenant.Applied{}, err
	}
	for key := range have {
		if _, ok := want[key]; !ok {
			want[key] = absent
		}
	}
	var done tenant.Applied
	for _, key := range slices.Sorted(maps.Keys(want)) {
		old, stands := have[key]
		if stands && tenant.SameJSON([]byte(old.Value), []byte(want[key])) {
			continue
		}
		if stands && old.Origin == tenant.FromTown && !overwrite {
			done.Left = append(done.Left, "casework."+strings.ReplaceAll(key, kindPrefix, "kinds."))
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO rules (key, version, value, origin, since) VALUES ($1, $2, $3, $4, $5)`,
			key, old.Version+1, want[key], tenant.FromPackage, tx.Now)
		if err != nil {
			return tenant.Applied{}, fmt.Errorf("casework: write rule %s: %w", key, err)
		}
		done.Wrote = append(done.Wrote, "casework."+strings.ReplaceAll(key, kindPrefix, "kinds."))
	}
	if !done.Changed() {
		return done, nil
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "rules.apply", Object: "rules", Detail: done})
	return done, tenant.Touch(ctx, tx)
}

// Own gives the town's own rules in force, as its package would state them. What
// holds in the town is Own over the rules of its country: see Rules.Over.
func Own(ctx context.Context, tx *pg.Tx) (Rules, error) {
	have, err := current(ctx, tx)
	if err != nil {
		return Rules{}, err
	}
	return own(have)
}

func own(have map[string]ruleRow) (Rules, error) {
	r := Rules{Kinds: map[string]Kind{}}
	for key, row := range have {
		if row.Value == absent {
			continue
		}
		if err := r.take(key, row.Value); err != nil {
			return Rules{}, fmt.Errorf("casework: read rule %s version %d: %w", key, row.Version, err)
		}
	}
	return r, nil
}

func (r *Rules) take(key, value string) error {
	if name, ok := strings.CutPrefix(key, kindPrefix); ok {
		var k Kind
		if err := json.Unmarshal([]byte(value), &k); err != nil {
			return err
		}
		r.Kinds[name] = k
		return nil
	}
	return json.Unmarshal([]byte(`{"`+key+`":`+value+`}`), r)
}

// rows splits the rules into one value for each row of the table.
func (r Rules) rows() (map[string]string, error) {
	kinds := r.Kinds
	r.Kinds = nil
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("casework: write the rules: %w", err)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, fmt.Errorf("casework: split the rules: %w", err)
	}
	delete(parts, "kinds")
	rows := make(map[string]string, len(parts)+len(kinds))
	for key, value := range parts {
		rows[key] = string(value)
	}
	for name, k := range kinds {
		value, err := json.Marshal(k)
		if err != nil {
			return nil, fmt.Errorf("casework: write the rule of %s: %w", name, err)
		}
		rows[kindPrefix+name] = string(value)
	}
	return rows, nil
}

func current(ctx context.Context, tx *pg.Tx) (map[string]ruleRow, error) {
	var rows []ruleRow
	err := tx.Select(ctx, &rows, `SELECT DISTINCT ON (key) key, version, value, origin, since, changed_by FROM rules
		ORDER BY key, version DESC LIMIT $1`, 1000)
	if err != nil {
		return nil, fmt.Errorf("casework: read the rules: %w", err)
	}
	m := make(map[string]ruleRow, len(rows))
	for _, r := range rows {
		m[r.Key] = r
	}
	return m, nil
}
