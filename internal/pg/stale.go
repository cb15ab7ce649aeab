package pg

import (
	"context"
	"fmt"
	"time"
)

// SchemaStatus tells how far one schema is.
type SchemaStatus struct {
	Schema   string
	Applied  int // of the files this program knows
	Expected int
	// Fenced, File and Reason tell of the last migration that failed.
	Fenced time.Time
	File   string
	Reason string
}

// Stale tells that files are missing.
func (s SchemaStatus) Stale() bool { return s.Applied < s.Expected }

// inventory are all schemas of ours, as one query finds them.
type inventory []SchemaStatus

// Status lists every schema with what is applied in it.
func (m *Migrator) Status(ctx context.Context) ([]SchemaStatus, error) {
	if !m.admin.server.IsSetUp {
		return nil, ErrNotSetUp
	}
	found, err := m.find(ctx)
	if err != nil {
		return nil, fmt.Errorf("pg: status: %w", err)
	}
	return found, nil
}

// find asks one query about all schemas. Versions that this program does not
// know are not counted: an older program may run on a newer schema.
func (m *Migrator) find(ctx context.Context) (inventory, error) {
	return findSchemas(ctx, m.admin.DB, m.sets)
}

func findSchemas(ctx context.Context, db *DB, sets []set) (inventory, error) {
	var rows []struct {
		Schema  string     `db:"schema"`
		Applied int        `db:"applied"`
		File    string     `db:"file"`
		Reason  string     `db:"reason"`
		Since   *time.Time `db:"since"`
	}
	expected := map[string]int{setPlatform: len(sets[0].versions), portalName: len(sets[1].versions)}
	err := db.Read(ctx, Portal(), func(tx *Tx) error {
		return tx.Select(ctx, &rows, `
			WITH applied AS (
				SELECT tenant, count(*)::int AS n FROM platform.schema_versions
				WHERE set = 'platform' AND version = ANY ($1) OR set = 'realm' AND version = ANY ($2)
					OR set = 'tenant' AND version = ANY ($3)
				GROUP BY tenant
			)
			SELECT n.nspname::text AS schema, coalesce(a.n, 0) AS applied,
				coalesce(f.file, '') AS file, coalesce(f.reason, '') AS reason, f.since
			FROM pg_namespace n LEFT JOIN applied a ON a.tenant = n.nspname::text
			LEFT JOIN platform.fences f ON f.realm = n.nspname::text
			WHERE n.nspname IN ('platform', 'portal') OR n.nspname LIKE $4
			ORDER BY n.nspname`, sets[0].versions, sets[1].versions, sets[2].versions, townPattern)
	})
	if isUndefinedTable(err) {
		return inventory{{Schema: setPlatform, Expected: expected[setPlatform]}}, nil // the very first run
	}
	if err != nil {
		return nil, err
	}
	var found inventory
	for _, r := range rows {
		s := SchemaStatus{Schema: r.Schema, Applied: r.Applied, File: r.File, Reason: r.Reason}
		if r.Since != nil {
			s.Fenced = *r.Since
		}
		var known bool
		if s.Expected, known = expected[r.Schema]; !known {
			if !isTown(r.Schema) {
				continue // somebody else's
			}
			s.Expected = len(sets[1].versions) + len(sets[2].versions)
		}
		found = append(found, s)
	}
	return found, nil
}

func (all inventory) platformStale() bool {
	for _, s := range all {
		if s.Schema == setPlatform {
			return s.Stale()
		}
	}
	return false
}

func (all inventory) stale() []string {
	var names []string
	for _, s := range all {
		if s.Stale() && s.Schema != setPlatform {
			names = append(names, s.Schema)
		}
	}
	return names
}
