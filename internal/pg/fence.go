package pg

import (
	"context"
	"fmt"
)

// fence writes down which towns failed, and forgets those that are well again.
func (m *Migrator) fence(ctx context.Context, found inventory, failed []Failure) error {
	broken := map[string]Failure{}
	for _, f := range failed {
		if f.Fenced {
			broken[f.Realm] = f
		}
	}
	var well []string
	for _, s := range found {
		if _, still := broken[s.Schema]; !still && !s.Fenced.IsZero() {
			well = append(well, s.Schema)
		}
	}
	for _, f := range failed {
		if !f.Fenced { // busy or unreachable: it keeps the fence it had
			well = without(well, f.Realm)
		}
	}
	if len(broken) == 0 && len(well) == 0 {
		return nil
	}
	err := m.admin.Write(ctx, Portal(), func(tx *Tx) error {
		for _, f := range broken {
			if err := put(ctx, tx, f); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `DELETE FROM platform.fences WHERE realm = ANY ($1)`, well)
		return err
	})
	if err != nil {
		return fmt.Errorf("pg: fence: %w", err)
	}
	return nil
}

func put(ctx context.Context, tx *Tx, f Failure) error {
	_, err := tx.Exec(ctx, `INSERT INTO platform.fences (realm, file, reason, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (realm) DO UPDATE SET file = excluded.file, reason = excluded.reason`,
		f.Realm, f.File, f.Err.Error(), tx.Now)
	return err
}

func without(names []string, name string) []string {
	var rest []string
	for _, n := range names {
		if n != name {
			rest = append(rest, n)
		}
	}
	return rest
}

func (p *pool) isFenced(r Realm) bool {
	fenced := p.fenced.Load()
	return fenced != nil && p.owner == "" && (*fenced)[r.name]
}

// LoadFences reads which towns wait for the operator; Read and Write refuse
// these with ErrFenced. The service calls it whenever it reads the registry.
func (db *DB) LoadFences(ctx context.Context) error {
	var names []string
	err := db.Read(ctx, Portal(), func(tx *Tx) error {
		return tx.Select(ctx, &names, `SELECT realm FROM platform.fences WHERE realm <> $1`, portalName)
	})
	if err != nil {
		return err
	}
	fenced := make(map[string]bool, len(names))
	for _, n := range names {
		fenced[n] = true
	}
	db.fenced.Store(&fenced)
	return nil
}
