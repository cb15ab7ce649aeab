package pg

import (
	"context"
	"errors"
	"time"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
)

// attempts and pause: live traffic may hold a table for a while, and a server
// may restart under us.
const (
	attempts = 6
	pause    = 100 * time.Millisecond // doubled before each further attempt
)

// migrate applies to one schema what is missing of its sets.
func (m *Migrator) migrate(ctx context.Context, schema string) (applied int, failure *Failure) {
	for _, s := range m.setsOf(schema) {
		files, failure := m.applyPatiently(ctx, schema, s)
		applied += files
		if failure != nil {
			return applied, failure
		}
	}
	return applied, nil
}

func (m *Migrator) applyPatiently(ctx context.Context, schema string, s set) (applied int, failure *Failure) {
	for attempt := 1; ; attempt++ {
		var files int
		files, failure = m.apply(ctx, schema, s)
		applied += files
		if failure == nil || attempt == attempts || ctx.Err() != nil || !passes(failure.Err) {
			return applied, failure
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause << attempt):
		}
	}
}

// apply lets goose work. It applies each file in a transaction with its version.
func (m *Migrator) apply(ctx context.Context, schema string, s set) (int, *Failure) {
	clock := m.admin.options.Clock
	provider, err := goose.NewProvider(goose.DialectCustom, m.admin.workshop, s.files,
		goose.WithStore(store{schema: schema, set: s, clock: clock}),
		goose.WithSessionLocker(locker{schema: schema, owner: m.admin.owner}),
		goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return 0, &Failure{Realm: schema, File: s.name, Err: err}
	}
	results, err := provider.Up(ctx)
	if err == nil {
		return len(results), nil
	}
	failure := &Failure{Realm: schema, Err: err, Fenced: ctx.Err() == nil && !passes(err)}
	if partial, ok := errors.AsType[*goose.PartialError](err); ok {
		failure.File = s.name + "/" + partial.Failed.Source.Path
		failure.Err = partial.Err
		return len(partial.Applied), failure
	}
	return 0, failure
}

// passes tells an error that a later attempt may not meet: a lock not given in
// time, a deadlock, a lost connection.
func passes(err error) bool {
	if e, ok := errors.AsType[*pq.Error](err); ok && (e.Code == "55P03" || e.Code == "40P01" || e.Code == "40001") {
		return true
	}
	return Unavailable(err)
}
