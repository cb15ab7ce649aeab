package pg

import "context"

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
