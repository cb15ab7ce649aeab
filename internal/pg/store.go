package pg

import (
	"context"
	"time"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3/database"

	"errors"
)

// store keeps goose's versions in the one shared table: a table in each schema
// would take a query in each to find what is stale.
type store struct {
	schema string
	set    set
	clock  func() time.Time
}

var _ database.StoreExtender = store{}

func (s store) Tablename() string { return "platform.schema_versions" }

// TableExists is always true: the first file of the platform set makes the table.
func (s store) TableExists(context.Context, database.DBTxConn) (bool, error) { return true, nil }

func (s store) CreateVersionTable(context.Context, database.DBTxConn) error {
	return database.ErrNotImplemented
}

// Insert is called in the transaction of the file, after its last statement.
func (s store) Insert(ctx context.Context, tx database.DBTxConn, req database.InsertRequest) error {
	for _, r := range s.set.restrictions[req.Version] {
		if err := r.impose(ctx, tx, s.schema); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO platform.schema_versions (tenant, set, version, applied_at) VALUES ($1, $2, $3, $4)`,
		s.schema, s.set.name, req.Version, s.clock().UTC())
	return err
}

// Delete is for going back, which we never do.
func (s store) Delete(context.Context, database.DBTxConn, int64) error {
	return database.ErrNotImplemented
}

func (s store) GetMigration(ctx context.Context, tx database.DBTxConn, version int64) (*database.GetMigrationResult, error) {
	all, err := s.list(ctx, tx)
	if err != nil {
		return nil, err
	}
	if at, ok := all[version]; ok {
		return &database.GetMigrationResult{Timestamp: at, IsApplied: true}, nil
	}
	return nil, database.ErrVersionNotFound
}

func (s store) GetLatestVersion(ctx context.Context, tx database.DBTxConn) (int64, error) {
	all, err := s.list(ctx, tx)
	latest := int64(0)
	for v := range all {
		latest = max(latest, v)
	}
	return latest, err
}

// ListMigrations adds a version 0, which goose expects of a table it made itself.
func (s store) ListMigrations(ctx context.Context, tx database.DBTxConn) ([]*database.ListMigrationsResult, error) {
	all, err := s.list(ctx, tx)
	if err != nil {
		return nil, err
	}
	results := []*database.ListMigrationsResult{{Version: 0, IsApplied: true}}
	for v := range all {
		results = append(results, &database.ListMigrationsResult{Version: v, IsApplied: true})
	}
	return results, nil
}

func (s store) list(ctx context.Context, tx database.DBTxConn) (map[int64]time.Time, error) {
	all := map[int64]time.Time{}
	rows, err := tx.QueryContext(ctx, `SELECT version, applied_at FROM platform.schema_versions WHERE tenant = $1 AND set = $2`, s.schema, s.set.name)
	if isUndefinedTable(err) {
		return all, nil // the very first run
	}
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v int64
		var at time.Time
		if err := rows.Scan(&v, &at); err != nil {
			return nil, err
		}
		all[v] = at
	}
	return all, rows.Err()
}

func isUndefinedTable(err error) bool {
	e, ok := errors.AsType[*pq.Error](err)
	return ok && e.Code == "42P01"
}
