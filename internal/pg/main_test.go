package pg_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/migrations"
)

func options(address string) pg.Options { return pg.Options{URL: address, Clock: time.Now} }

func sets() pg.Sets {
	return pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}
}

// must is for what is not under test.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func town(t testing.TB, slug string) pg.Realm {
	t.Helper()
	r, err := pg.Town(slug)
	must(t, err)
	return r
}

func admin(t testing.TB, address string) *pg.Admin {
	t.Helper()
	a, err := pg.OpenAdmin(t.Context(), options(address))
	must(t, err)
	t.Cleanup(func() { a.Close() })
	return a
}

func door(t testing.TB, o pg.Options) *pg.DB {
	t.Helper()
	db, err := pg.Open(t.Context(), o)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func raw(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", address)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func query[T any](t testing.TB, db *sql.DB, q string, args ...any) T {
	t.Helper()
	var out T
	if err := db.QueryRowContext(context.WithoutCancel(t.Context()), q, args...).Scan(&out); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return out
}

// house is a database with the portal and three towns, set up by a superuser as
// a private server is; each test has a copy of its own.
func house(t testing.TB) *pgtest.Database {
	t.Helper()
	return pgtest.Prepared(t, "pg", build)
}

func build(db *pgtest.Database) error {
	ctx := context.Background()
	a, err := pg.OpenAdmin(ctx, options(db.SuperURL))
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Setup(ctx, db.ServiceURL); err != nil {
		return err
	}
	for _, slug := range []string{"alpha", "beta", "gamma"} {
		r, err := pg.Town(slug)
		if err != nil {
			return err
		}
		if err := a.CreateRealm(ctx, r); err != nil {
			return err
		}
	}
	m, err := a.Migrator(sets(), pg.MigratorOptions{})
	if err != nil {
		return err
	}
	report, err := m.Run(ctx)
	if err != nil {
		return err
	}
	return report.Err()
}
