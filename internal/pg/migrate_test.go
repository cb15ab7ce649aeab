package pg_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/migrations"
)

// migrateEnv makes this test binary a migrator that can be killed.
const migrateEnv = "CHARTER_TEST_MIGRATE"

func TestMain(m *testing.M) {
	if address := os.Getenv(migrateEnv); address != "" {
		if _, err := runSteps(context.Background(), address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const stepsOfASet = 4

// steps are sets with files that take a little time, each leaving a table and a
// row by which one counts how often it ran.
func steps() pg.Sets {
	file := func(set string, n int) *fstest.MapFile {
		text := fmt.Sprintf(`-- +goose Up
CREATE TABLE %[1]s_%[2]d (id bigint GENERATED ALWAYS AS IDENTITY, note text, CONSTRAINT %[1]s_%[2]d_pk PRIMARY KEY (id));
CREATE INDEX %[1]s_%[2]d_idx ON %[1]s_%[2]d (note);
SELECT pg_sleep(0.01);
COMMENT ON TABLE %[1]s_%[2]d IS 'rights: SELECT, INSERT';
INSERT INTO steps (file) VALUES ('%[1]s/%[2]d');
`, set, n)
		if n == 1 && set == "realm" {
			text = strings.Replace(text, "-- +goose Up\n", "-- +goose Up\nCREATE TABLE steps (file text);\n", 1)
		}
		return &fstest.MapFile{Data: []byte(text)}
	}
	realm, tenant := fstest.MapFS{}, fstest.MapFS{}
	for n := 1; n <= stepsOfASet; n++ {
		realm[fmt.Sprintf("%05d_step.sql", n)] = file("realm", n)
		tenant[fmt.Sprintf("%05d_step.sql", n)] = file("tenant", n)
	}
	return pg.Sets{Platform: migrations.Platform(), Realm: realm, Tenant: tenant}
}

func platformFiles(t testing.TB) int {
	t.Helper()
	names, err := fs.Glob(migrations.Platform(), "*.sql")
	must(t, err)
	return len(names)
}

func runSteps(ctx context.Context, address string) (pg.Report, error) {
	a, err := pg.OpenAdmin(ctx, options(address))
	if err != nil {
		return pg.Report{}, err
	}
	defer a.Close()
	m, err := a.Migrator(steps(), pg.MigratorOptions{})
	if err != nil {
		return pg.Report{}, err
	}
	return m.Run(ctx)
}

// fingerprints is one line for each realm: everything the catalogue knows of its
// schema, with its own name taken out.
func fingerprints(t testing.TB, db *sql.DB) map[string]string {
	t.Helper()
	rows, err := db.Query(`
		WITH facts AS (
			SELECT n.nspname, 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull || a.attidentity::text AS fact
			FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r' JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
			UNION ALL
			SELECT n.nspname, 'relation ' || c.relkind::text || c.relname || ' ' || coalesce(replace(c.relacl::text, n.nspname, 'SELF'), '') || coalesce(obj_description(c.oid, 'pg_class'), '')
			FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
			UNION ALL
			SELECT n.nspname, 'constraint ' || k.conname || pg_get_constraintdef(k.oid) FROM pg_namespace n JOIN pg_constraint k ON k.connamespace = n.oid
			UNION ALL
			SELECT n.nspname, 'schema ' || replace(n.nspacl::text, n.nspname, 'SELF') FROM pg_namespace n
			UNION ALL
			SELECT v.tenant, 'version ' || v.set || v.version FROM platform.schema_versions v
		)
		SELECT nspname, count(*) || ' ' || md5(string_agg(fact, E'\n' ORDER BY fact)) FROM facts WHERE nspname LIKE 't\_%' GROUP BY nspname`)
	must(t, err)
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, print string
		must(t, rows.Scan(&name, &print))
		all[name] = print
	}
	must(t, rows.Err())
	return all
}

// towns sets a database up with n towns without tables.
func towns(t testing.TB, d *pgtest.Database, n int) *pg.Admin {
	t.Helper()
	a := admin(t, d.AdminURL)
	must(t, a.Setup(t.Context(), d.ServiceURL))
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := worker; i < n; i += 4 {
				if err := a.CreateRealm(t.Context(), town(t, fmt.Sprintf("m%03d", i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	return a
}

// whole checks that all towns are equal, and each file ran once in each.
func whole(t testing.TB, behind *sql.DB, n int, except ...string) {
	t.Helper()
	prints := fingerprints(t, behind)
	for _, name := range except {
		delete(prints, name)
	}
	if len(prints) != n-len(except) {
		t.Errorf("%d towns, want %d", len(prints), n-len(except))
	}
	var want string
	for name, print := range prints {
		if want == "" {
			want = print
		}
		if print != want {
			t.Errorf("%s differs: %s, not %s", name, print, want)
		}
		if got := query[string](t, behind, `SELECT count(*) || ' of ' || count(DISTINCT file) FROM `+name+`.steps`); got != "8 of 8" {
			t.Errorf("%s: %s steps ran, want 8 of 8", name, got)
		}
	}
}

// TestAKilledMigratorIsResumed kills the program, then its connections, and
// lets two run at once; a town that cannot be migrated is fenced.
func TestAKilledMigratorIsResumed(t *testing.T) {
	const n = 24
	d := pgtest.New(t)
	towns(t, d, n)
	behind := raw(t, d.SuperURL)
	_, err := behind.Exec(`CREATE TABLE t_m003.tenant_2 (in_the_way int)`)
	must(t, err)
	applied := func() int {
		if !query[bool](t, behind, `SELECT to_regclass('platform.schema_versions') IS NOT NULL`) {
			return 0
		}
		return query[int](t, behind, `SELECT count(*) FROM platform.schema_versions`)
	}
	kills, backends := 0, 0
	for range 10 {
		killed := exec.Command(os.Args[0])
		killed.Env = append(os.Environ(), migrateEnv+"="+d.AdminURL)
		must(t, killed.Start())
		time.Sleep(time.Duration(40+rand.IntN(120)) * time.Millisecond)
		must(t, killed.Process.Kill())
		if err := killed.Wait(); err != nil {
			kills++
		}
	}
	afterKills := applied()
	var all sync.WaitGroup
	stop := make(chan struct{})
	var reports [2]pg.Report
	for i := range reports { // two at once
		all.Go(func() {
			var err error
			if reports[i], err = runSteps(t.Context(), d.AdminURL); err != nil {
				t.Log("a run whose connections are killed:", err)
			}
		})
	}
	go func() { all.Wait(); close(stop) }()
	for done := false; !done; {
		select {
		case <-stop:
			done = true
		case <-time.After(time.Duration(10+rand.IntN(40)) * time.Millisecond):
			if backends < 10 {
				backends += query[int](t, behind, `SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
					WHERE datname = current_database() AND usename = 'charter_owner' ORDER BY random() LIMIT 1) AS x`)
			}
		}
	}
	t.Logf("%d programs and %d connections killed; %d files were applied after the first, %d in the end", kills, backends, afterKills, applied())
	if kills < 5 || backends < 3 {
		t.Error("too few kills to mean anything")
	}
	// Whatever the kills left over, one quiet run completes.
	report, err := runSteps(t.Context(), d.AdminURL)
	must(t, err)
	if len(report.Failed) != 1 || report.Failed[0].Realm != "t_m003" || report.Failed[0].File != "tenant/00002_step.sql" || !report.Failed[0].Fenced {
		t.Fatalf("failed: %v; want t_m003 at tenant/00002", report.Failed)
	}
	whole(t, behind, n, "t_m003")

	db := door(t, options(d.ServiceURL))
	must(t, db.LoadFences(t.Context()))
	if err := db.Read(t.Context(), town(t, "m003"), func(*pg.Tx) error { return nil }); !errors.Is(err, pg.ErrFenced) {
		t.Errorf("the broken town: %v", err)
	}
	must(t, db.Read(t.Context(), town(t, "m004"), func(*pg.Tx) error { return nil }))

	_, err = behind.Exec(`DROP TABLE t_m003.tenant_2`)
	must(t, err)
	report, err = runSteps(t.Context(), d.AdminURL)
	must(t, errors.Join(err, report.Err()))
	whole(t, behind, n)
	must(t, db.LoadFences(t.Context()))
	must(t, db.Read(t.Context(), town(t, "m003"), func(*pg.Tx) error { return nil }))
	if report, err = runSteps(t.Context(), d.AdminURL); err != nil || report.Applied != 0 {
		t.Errorf("a run with nothing to do: %+v, %v", report, err)
	}
}

// TestAnUpgradeWaitsForLiveTraffic: somebody holds the table for longer than the
// migrator waits at once; it steps back, lets others through and comes again.
func TestAnUpgradeWaitsForLiveTraffic(t *testing.T) {
	t.Parallel() // it mostly waits
	d := pgtest.New(t)
	towns(t, d, 2)
	behind := raw(t, d.SuperURL)
	s := steps()
	late := s.Tenant.(fstest.MapFS)["00004_step.sql"]
	late.Data = append(late.Data, []byte("ALTER TABLE tenant_1 ADD COLUMN more text;\n")...)
	early := fstest.MapFS{}
	for name, f := range s.Tenant.(fstest.MapFS) {
		if name < "00004" {
			early[name] = f
		}
	}
	run := func(s pg.Sets) {
		m, err := admin(t, d.AdminURL).Migrator(s, pg.MigratorOptions{})
		must(t, err)
		report, err := m.Run(t.Context())
		must(t, errors.Join(err, report.Err()))
	}
	run(pg.Sets{Platform: s.Platform, Realm: s.Realm, Tenant: early})
	tx, err := behind.Begin()
	must(t, err)
	_, err = tx.Exec(`LOCK TABLE t_m000.tenant_1`)
	must(t, err)
	time.AfterFunc(2500*time.Millisecond, func() { _ = tx.Rollback() })
	run(s)
	whole(t, behind, 2)
}

func TestNoTransactionIsRefused(t *testing.T) {
	a := admin(t, house(t).AdminURL)
	s := steps()
	s.Tenant.(fstest.MapFS)["00009_index.sql"] = &fstest.MapFile{Data: []byte("--  +goose no transaction\n-- +goose Up\nSELECT 1;\n")}
	if _, err := a.Migrator(s, pg.MigratorOptions{}); err == nil || !strings.Contains(err.Error(), "00009_index.sql") {
		t.Errorf("a file outside a transaction: %v", err)
	}
}

// TestTwoMigratorsShareTheWork: neither fails, and each file runs once.
func TestTwoMigratorsShareTheWork(t *testing.T) {
	const n = 12
	d := pgtest.New(t)
	towns(t, d, n)
	var reports [2]pg.Report
	var errs [2]error
	var all sync.WaitGroup
	for i := range reports {
		all.Go(func() { reports[i], errs[i] = runSteps(t.Context(), d.AdminURL) })
	}
	all.Wait()
	must(t, errors.Join(errs[0], errs[1], reports[0].Err(), reports[1].Err()))
	if sum, want := reports[0].Applied+reports[1].Applied, platformFiles(t)+stepsOfASet+n*2*stepsOfASet; sum != want {
		t.Errorf("%d and %d files applied, want %d together", reports[0].Applied, reports[1].Applied, want)
	}
	whole(t, raw(t, d.SuperURL), n)
}

// TestATownThatIsGoneIsNotMigratedElsewhere: without its schema, the first
// schema of the path that exists would take the tables.
func TestATownThatIsGoneIsNotMigratedElsewhere(t *testing.T) {
	h := house(t)
	s := sets()
	s.Realm = fstest.MapFS{"00001_x.sql": &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE landed (id bigint);\n")}}
	m, err := admin(t, h.AdminURL).Migrator(s, pg.MigratorOptions{})
	must(t, err)
	if err := m.Realm(t.Context(), town(t, "nowhere")); err == nil {
		t.Error("a town without a schema was migrated")
	}
	if n := query[int](t, raw(t, h.SuperURL), `SELECT count(*) FROM pg_class WHERE relnamespace = 'ext'::regnamespace AND relkind = 'r'`); n != 0 {
		t.Errorf("%d tables landed in ext", n)
	}
}

func TestStatusAndProgress(t *testing.T) {
	d := pgtest.New(t)
	a := towns(t, d, 3)
	var told []pg.Progress
	m, err := a.Migrator(steps(), pg.MigratorOptions{Progress: func(p pg.Progress) { told = append(told, p) }})
	must(t, err)
	report, err := m.Run(t.Context())
	must(t, errors.Join(err, report.Err()))
	if report.Schemas != 5 || report.Applied != platformFiles(t)+stepsOfASet+3*2*stepsOfASet {
		t.Errorf("report = %+v", report)
	}
	if len(told) != 4 || told[3].Done != 4 || told[3].Of != 4 {
		t.Errorf("told = %+v", told)
	}
	states, err := m.Status(t.Context())
	must(t, err)
	for _, s := range states {
		if s.Stale() || s.Expected == 0 || !s.Fenced.IsZero() {
			t.Errorf("status = %+v", s)
		}
	}
}

// TestAnOlderProgramRunsOnANewerSchema: versions it does not know are no reason
// to refuse, or to do anything.
func TestAnOlderProgramRunsOnANewerSchema(t *testing.T) {
	d := pgtest.New(t)
	a := towns(t, d, 2)
	s := steps()
	m, err := a.Migrator(s, pg.MigratorOptions{})
	must(t, err)
	_, err = m.Run(t.Context())
	must(t, err)
	delete(s.Tenant.(fstest.MapFS), "00004_step.sql")
	older, err := a.Migrator(s, pg.MigratorOptions{})
	must(t, err)
	report, err := older.Run(t.Context())
	must(t, errors.Join(err, report.Err()))
	states, err := older.Status(t.Context())
	must(t, err)
	for _, s := range states {
		if report.Applied != 0 || s.Applied != s.Expected {
			t.Errorf("%d applied; status = %+v", report.Applied, s)
		}
	}
}

func TestARightThatIsNoneIsRefused(t *testing.T) {
	a := admin(t, house(t).AdminURL)
	s := steps()
	s.Tenant.(fstest.MapFS)["00009_rights.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCOMMENT ON TABLE tenant_1 IS 'rights: SELECT, everything';\n")}
	if _, err := a.Migrator(s, pg.MigratorOptions{}); err == nil || !strings.Contains(err.Error(), "everything") {
		t.Errorf("an unknown right: %v", err)
	}
}
