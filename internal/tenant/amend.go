package tenant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Standing is one part of the profile as it stands: who wrote it last, and when.
type Standing struct {
	Key       string    `db:"key"`
	Version   int64     `db:"version"`
	Origin    Origin    `db:"origin"`
	ChangedAt time.Time `db:"changed_at"`
	// ChangedBy is an actor of the audit chain; "" = the town's package.
	ChangedBy string `db:"changed_by"`
}

// Standings tells of every part of the profile that is set, by its field in
// tenant.yaml.
func Standings(ctx context.Context, tx *pg.Tx) (map[string]Standing, error) {
	var rows []Standing
	err := tx.Select(ctx, &rows, `SELECT key, version, origin, changed_at, changed_by FROM settings ORDER BY key LIMIT $1`, 1000)
	if err != nil {
		return nil, fmt.Errorf("tenant: read who changed the settings: %w", err)
	}
	m := make(map[string]Standing, len(rows))
	for _, r := range rows {
		m[r.Key] = r
	}
	return m, nil
}

// Hold lets nobody else change a part of the profile until the transaction ends,
// and gives its version, 0 where it is not set: for a list of which two people may
// change different lines.
func Hold(ctx context.Context, tx *pg.Tx, key string) (int64, error) {
	var rows []int64
	if err := tx.Select(ctx, &rows, `SELECT version FROM settings WHERE key = $1 FOR UPDATE`, key); err != nil {
		return 0, fmt.Errorf("tenant: hold setting %s: %w", key, err)
	}
	if len(rows) == 0 {
		return 0, nil
	}
	return rows[0], nil
}

// changed is what the audit chain keeps of a change.
type changed struct {
	Version int64           `json:"version"`
	Before  json.RawMessage `json:"before,omitempty"`
	After   json.RawMessage `json:"after"`
}

// Amend is Set for a form: version is the one the form was made from, 0 where
// the part was not set. It refuses (Conflict) when somebody has changed the part
// since, and writes nothing when the value is the one that stands. The value has
// been checked, see Profile.Check.
func Amend(ctx context.Context, tx *pg.Tx, actor audit.Actor, key string, version int64, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("tenant: setting %s: %w", key, err)
	}
	have, err := readSettings(ctx, tx)
	if err != nil {
		return err
	}
	old, stands := have[key]
	if stands && SameJSON(old.Value, raw) {
		return nil
	}
	n, err := tx.Exec(ctx, `INSERT INTO settings AS s (key, value, origin, version, changed_at, changed_by) VALUES ($1, $2, $3, 1, $4, $5)
		ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, origin = EXCLUDED.origin, version = s.version + 1,
			changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by WHERE s.version = $6`,
		key, string(raw), FromTown, tx.Now, actor.ID, version)
	if err != nil {
		return fmt.Errorf("tenant: change setting %s: %w", key, err)
	}
	if n == 0 {
		// Its copy may have been faster: a button that was pressed twice.
		if have, err = readSettings(ctx, tx); err == nil && SameJSON(have[key].Value, raw) {
			return nil
		}
		return errors.Join(err, fault.New(fault.Conflict, KeySettingChanged))
	}
	if !stands && version != 0 {
		return fault.New(fault.Conflict, KeySettingChanged)
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "settings.set", Object: "settings/" + key,
		Detail: changed{Version: version + 1, Before: old.Value, After: raw}})
	now, err := Export(ctx, tx)
	if err != nil {
		return err
	}
	if err := show(ctx, tx, now); err != nil {
		return err
	}
	return Touch(ctx, tx)
}
