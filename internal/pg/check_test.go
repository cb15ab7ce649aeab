package pg_test

import (
	"testing"
	"time"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

func findings(t testing.TB, db *pg.DB) map[string]pg.Finding {
	t.Helper()
	all := map[string]pg.Finding{}
	for _, f := range db.Check(t.Context(), pg.CheckOptions{Sets: sets(), Deep: true}) {
		if f.Text == "" || f.Level != pg.OK && f.Do == "" {
			t.Errorf("a finding that says nothing: %+v", f)
		}
		all[f.Code] = f
	}
	return all
}

func TestCheckFindsNothingInAGoodHouse(t *testing.T) {
	all := findings(t, door(t, options(house(t).ServiceURL)))
	for _, code := range []string{"version", "superuser", "createrole", "noinherit", "ownrights", "temp", "public", "hardening", "shared", "membership",
		"sslmode", "clock", "zone Europe/Vilnius", "zone Europe/Sofia", "setup", "migrations", "walls"} {
		if f, asked := all[code]; !asked || f.Level != pg.OK {
			t.Errorf("%s: %+v", code, f)
		}
	}
}

// TestCheckFindsEachFault breaks the house in every way that Check knows.
func TestCheckFindsEachFault(t *testing.T) {
	t.Parallel() // it mostly waits
	s := pgtest.Private(t)
	d := s.New(t)
	must(t, build(d))
	behind := raw(t, d.SuperURL)
	db := door(t, options(d.ServiceURL))
	for _, c := range []struct {
		code        string
		level       pg.Level
		break_, fix string
	}{
		{"superuser", pg.Fail, `ALTER ROLE charter_service BYPASSRLS`, `ALTER ROLE charter_service NOBYPASSRLS`},
		{"createrole", pg.Fail, `ALTER ROLE charter_service CREATEROLE`, `ALTER ROLE charter_service NOCREATEROLE`},
		{"noinherit", pg.Fail, `ALTER ROLE charter_service INHERIT`, `ALTER ROLE charter_service NOINHERIT`},
		{"ownrights", pg.Fail, `GRANT USAGE ON SCHEMA t_alpha TO charter_service`, `REVOKE USAGE ON SCHEMA t_alpha FROM charter_service`},
		{"temp", pg.Fail, `GRANT TEMPORARY ON DATABASE ` + d.Name + ` TO PUBLIC`, `REVOKE TEMPORARY ON DATABASE ` + d.Name + ` FROM PUBLIC`},
		{"public", pg.Warn, `GRANT CREATE ON SCHEMA public TO PUBLIC`, `REVOKE ALL ON SCHEMA public FROM PUBLIC`},
		{"hardening", pg.Warn, `GRANT EXECUTE ON FUNCTION set_config TO PUBLIC`, `REVOKE EXECUTE ON FUNCTION set_config FROM PUBLIC`},
		{"shared", pg.Warn, `GRANT EXECUTE ON FUNCTION pg_try_advisory_xact_lock_shared(bigint) TO PUBLIC`, `REVOKE EXECUTE ON FUNCTION pg_try_advisory_xact_lock_shared(bigint) FROM PUBLIC`},
		{"shared", pg.Warn, `GRANT EXECUTE ON FUNCTION lowrite(integer, bytea) TO PUBLIC`, `REVOKE EXECUTE ON FUNCTION lowrite(integer, bytea) FROM PUBLIC`},
		{"membership", pg.Warn, `REVOKE t_beta FROM charter_service`, `GRANT t_beta TO charter_service`},
		{"walls", pg.Fail, `GRANT t_beta TO t_alpha`, `REVOKE t_beta FROM t_alpha`},
		{"migrations", pg.Warn, `DELETE FROM platform.schema_versions WHERE tenant = 't_beta' AND set = 'tenant'`,
			`INSERT INTO platform.schema_versions SELECT 't_beta', set, version, applied_at FROM platform.schema_versions WHERE tenant = 't_alpha' AND set = 'tenant'`},
		{"migrations", pg.Warn, `INSERT INTO platform.fences VALUES ('t_beta', 'f', 'r', '2026-01-01')`, `DELETE FROM platform.fences`},
		{"migrations", pg.Fail, `UPDATE platform.schema_versions SET version = -version WHERE tenant = 'platform' AND version > 1`,
			`UPDATE platform.schema_versions SET version = -version WHERE version < 0`},
		{"setup", pg.Fail, `ALTER SCHEMA portal RENAME TO away`, `ALTER SCHEMA away RENAME TO portal`},
	} {
		_, err := behind.Exec(c.break_)
		must(t, err)
		if f := findings(t, db)[c.code]; f.Level != c.level {
			t.Errorf("after %s: %+v, want %s", c.break_, f, c.level)
		}
		_, err = behind.Exec(c.fix)
		must(t, err)
	}
	if worst := db.Check(t.Context(), pg.CheckOptions{Sets: sets(), Deep: true}).Worst(); worst != pg.OK {
		t.Errorf("mended, and still %s", worst)
	}
	early := door(t, pg.Options{URL: d.ServiceURL, Clock: func() time.Time { return time.Now().Add(-time.Minute) }})
	if f := findings(t, early)["clock"]; f.Level != pg.Warn {
		t.Errorf("a clock that is late by a minute: %+v", f)
	}
	super := door(t, options(d.SuperURL))
	if f := findings(t, super)["superuser"]; f.Level != pg.Fail {
		t.Errorf("a superuser: %+v", f)
	}
	empty := door(t, options(s.New(t).ServiceURL))
	if f := findings(t, empty)["setup"]; f.Level != pg.Fail {
		t.Errorf("an empty database: %+v", f)
	}
	must(t, s.Stop())
	if f := findings(t, db)["connection"]; f.Level != pg.Fail {
		t.Errorf("a database that is away: %+v", f)
	}
}
