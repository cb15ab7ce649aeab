package pgtest_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"charterhouse/internal/pg/pgtest"
)

func open(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func one(t testing.TB, url, q string) string {
	t.Helper()
	var out string
	if err := open(t, url).QueryRowContext(context.Background(), q).Scan(&out); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return out
}

func TestEachDatabaseIsFresh(t *testing.T) {
	a, b := pgtest.New(t), pgtest.New(t)
	one(t, a.AdminURL, "CREATE SCHEMA only_here; SELECT 'x'")
	if got := one(t, b.SuperURL, "SELECT count(*)::text FROM pg_namespace WHERE nspname = 'only_here'"); got != "0" {
		t.Errorf("the schema of another test is here: %s", got)
	}
	if got := one(t, b.ServiceURL, "SELECT current_user || rolsuper::text || rolinherit::text FROM pg_roles WHERE rolname = current_user"); got != "charter_servicefalsefalse" {
		t.Errorf("service = %s", got)
	}
}

func TestPreparedIsBuiltOnceAndCopiedWithItsRights(t *testing.T) {
	built := 0
	build := func(db *pgtest.Database) error {
		built++
		c, err := sql.Open("postgres", db.AdminURL)
		if err != nil {
			return err
		}
		defer c.Close()
		_, err = c.Exec("REVOKE TEMPORARY ON DATABASE " + db.Name + " FROM PUBLIC; " +
			"ALTER DATABASE " + db.Name + " SET work_mem = '5MB'; CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 7 AS n")
		return err
	}
	key := t.Name() + time.Now().String()
	for range 3 {
		started := time.Now()
		db := pgtest.Prepared(t, key, build)
		t.Logf("a copy in %v", time.Since(started))
		if got := one(t, db.AdminURL, "SELECT n::text || current_setting('work_mem') FROM s.t"); got != "75MB" {
			t.Errorf("copy = %s", got)
		}
		if got := one(t, db.ServiceURL, "SELECT has_database_privilege(current_database(), 'TEMP')::text"); got != "false" {
			t.Errorf("the copy lost the template's rights: TEMP = %s", got)
		}
	}
	if built != 1 {
		t.Errorf("built %d times", built)
	}
}

func TestPrivateServerSurvivesACrash(t *testing.T) {
	s := pgtest.Private(t)
	db := s.New(t)
	one(t, db.AdminURL, "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 7 AS n; SELECT 'x'")
	s.Crashed(t)
	if got := one(t, db.AdminURL, "SELECT n::text FROM s.t"); got != "7" {
		t.Errorf("after the crash: %s", got)
	}
}
