package pg_test

import (
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/pg"
)

// canary is what no other town may ever see.
func canary(t testing.TB, db *pg.DB, slug string) string {
	t.Helper()
	text := "CNRY-" + slug
	must(t, db.Write(t.Context(), town(t, slug), func(tx *pg.Tx) error { return put(t.Context(), tx, text) }))
	return text
}

// TestCatalogueProof looks at all pairs of a role and a schema in one query, and
// then opens one hole of each kind to see that the query finds it.
func TestCatalogueProof(t *testing.T) {
	h := house(t)
	db, behind := door(t, options(h.ServiceURL)), raw(t, h.SuperURL)
	found, pairs, err := db.Breaches(t.Context())
	must(t, err)
	if len(found) > 0 || pairs < 16 {
		t.Fatalf("%d pairs looked at, breaches: %v", pairs, found)
	}
	t.Logf("%d pairs looked at", pairs)
	for _, hole := range []struct{ open, shut, want string }{
		{`GRANT USAGE ON SCHEMA t_beta TO t_alpha`, `REVOKE USAGE ON SCHEMA t_beta FROM t_alpha`, "t_alpha may enter t_beta"},
		{`GRANT USAGE ON SCHEMA t_beta TO charter_tenant`, `REVOKE USAGE ON SCHEMA t_beta FROM charter_tenant`, "t_gamma may enter t_beta"},
		{`GRANT USAGE ON SCHEMA t_beta TO PUBLIC`, `REVOKE USAGE ON SCHEMA t_beta FROM PUBLIC`, "anybody may enter t_beta"},
		{`GRANT USAGE ON SCHEMA portal TO t_alpha`, `REVOKE USAGE ON SCHEMA portal FROM t_alpha`, "t_alpha may enter portal"},
		{`GRANT CREATE ON SCHEMA t_alpha TO t_alpha`, `REVOKE CREATE ON SCHEMA t_alpha FROM t_alpha`, "t_alpha may create in t_alpha"},
		{`GRANT TEMPORARY ON DATABASE ` + h.Name + ` TO PUBLIC`, `REVOKE TEMPORARY ON DATABASE ` + h.Name + ` FROM PUBLIC`, "t_alpha may make temporary tables in " + h.Name},
		{`ALTER TABLE t_alpha.settings OWNER TO t_alpha`, `ALTER TABLE t_alpha.settings OWNER TO charter_owner`, "t_alpha owns settings"},
		{`GRANT USAGE ON SCHEMA public TO PUBLIC; CREATE TABLE public.open AS SELECT 1 AS n; GRANT SELECT ON public.open TO PUBLIC`,
			`DROP TABLE public.open; REVOKE ALL ON SCHEMA public FROM PUBLIC`, "anybody may read in public open"},
		{`CREATE FUNCTION t_alpha.peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`, `DROP FUNCTION t_alpha.peek`, "anybody runs as its owner peek"},
		{`GRANT UPDATE ON t_alpha.audit_entries TO t_alpha`, `REVOKE UPDATE ON t_alpha.audit_entries FROM t_alpha`,
			"t_alpha may change the append-only table t_alpha.audit_entries"},
	} {
		_, err := behind.Exec(hole.open)
		must(t, err)
		found, _, err := db.Breaches(t.Context())
		must(t, err)
		names := make([]string, len(found))
		for i, b := range found {
			names[i] = b.String()
		}
		if !slices.Contains(names, hole.want) {
			t.Errorf("after %s: %v, want %q", hole.open, names, hole.want)
		}
		_, err = behind.Exec(hole.shut)
		must(t, err)
	}
	if found, _, err := db.Breaches(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("with all holes shut: %v, %v", found, err)
	}
}

// TestNoWayAcross tries what an injected statement would. Each attempt runs in a
// town's transaction and must fail with the given code, and show nothing.
func TestNoWayAcross(t *testing.T) {
	h := house(t)
	db := door(t, options(h.ServiceURL))
	secret := canary(t, db, "beta")
	ctx, alpha := t.Context(), town(t, "alpha")
	attempts := map[string]struct {
		want string
		run  func(*pg.Tx, *[]string) error
	}{
		"qualified name": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT key FROM t_beta.settings WHERE key <> $1`, "")
		}},
		"temporary table": {"42501", func(tx *pg.Tx, out *[]string) error {
			_, err := tx.Exec(ctx, `CREATE TEMPORARY TABLE settings AS SELECT 'shadow' AS key`)
			return err
		}},
		"temporary view": {"42501", func(tx *pg.Tx, out *[]string) error {
			_, err := tx.Exec(ctx, `CREATE TEMPORARY VIEW settings AS SELECT 'shadow' AS key`)
			return err
		}},
		"table of its own": {"42501", func(tx *pg.Tx, out *[]string) error {
			_, err := tx.Exec(ctx, `CREATE TABLE shadow (key text)`)
			return err
		}},
		"stacked without arguments": {"42601", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT 'x'; SET LOCAL ROLE t_beta; SELECT key FROM t_beta.settings`)
		}},
		"stacked with arguments": {"42601", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT $1::text; SET LOCAL ROLE t_beta; SELECT key FROM t_beta.settings`, "x")
		}},
		"stacked in Exec": {"42601", func(tx *pg.Tx, out *[]string) error {
			_, err := tx.Exec(ctx, `SELECT 1; SET ROLE t_beta`)
			return err
		}},
		"set_config": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT set_config('role', 't_beta', true) || $1`, "")
		}},
		"set_config and query_to_xml": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT query_to_xml('SELECT key FROM t_beta.settings', true, false, set_config('role', $1, true))::text`, "t_beta")
		}},
		"query_to_xml": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT query_to_xml('SELECT key FROM t_beta.settings', true, false, $1)::text`, "")
		}},
		"table_to_xml": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT table_to_xml('t_beta.settings', true, false, $1)::text`, "")
		}},
		"update of pg_settings": {"42501", func(tx *pg.Tx, out *[]string) error {
			_, err := tx.Exec(ctx, `UPDATE pg_settings SET setting = $1 WHERE name = 'role'`, "t_beta")
			return err
		}},
		"large object": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT lo_from_bytea($1, 'left for the next town')::text`, 0)
		}},
		"large object of another": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT lo_get($1)::text`, 1)
		}},
		"lock of a migration": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT pg_advisory_lock($1, 1)::text`, 1)
		}},
		"lock tried": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT pg_try_advisory_xact_lock_shared($1)::text`, 1)
		}},
		"file of the server": {"42501", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT pg_read_file($1)`, "PG_VERSION")
		}},
		"other sessions": {"", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT query FROM pg_stat_activity WHERE usename <> current_user AND query NOT LIKE $1`, "<insufficient privilege>")
		}},
		"statistics of values": {"", func(tx *pg.Tx, out *[]string) error {
			return tx.Select(ctx, out, `SELECT most_common_vals::text FROM pg_stats WHERE schemaname = $1`, "t_beta")
		}},
	}
	for name, a := range attempts {
		t.Run(name, func(t *testing.T) {
			var out []string
			err := db.Write(ctx, alpha, func(tx *pg.Tx) error { return a.run(tx, &out) })
			if code(err) != a.want || strings.Contains(strings.Join(out, " "), secret) {
				t.Errorf("err = %v, saw %q; want code %q and nothing seen", err, out, a.want)
			}
			// The next town on the connection meets its own table.
			var keys []string
			must(t, db.Read(ctx, town(t, "beta"), func(tx *pg.Tx) error { return tx.Select(ctx, &keys, `SELECT key FROM settings`) }))
			if !slices.Equal(keys, []string{secret}) {
				t.Errorf("beta then sees %q", keys)
			}
		})
	}
}

// TestARoleTakenInATransactionEndsWithIt: a whole statement SET ROLE cannot be
// injected into a constant, but if one of ours ever did it, it would not outlive
// its transaction, nor reach the next.
func TestARoleTakenInATransactionEndsWithIt(t *testing.T) {
	o := options(house(t).ServiceURL)
	o.Pool = 1
	db := door(t, o)
	secret := canary(t, db, "beta")
	ctx := t.Context()
	for name, change := range map[string]func(*pg.Tx) error{
		"role":        func(tx *pg.Tx) error { _, err := tx.Exec(ctx, `SET ROLE t_beta`); return err },
		"path":        func(tx *pg.Tx) error { _, err := tx.Exec(ctx, `SET search_path = t_beta`); return err },
		"timeout":     func(tx *pg.Tx) error { _, err := tx.Exec(ctx, `SET statement_timeout = 0`); return err },
		"transaction": func(tx *pg.Tx) error { _, err := tx.Exec(ctx, `COMMIT`); return err },
	} {
		t.Run(name, func(t *testing.T) {
			_ = db.Write(ctx, town(t, "alpha"), change)
			var now struct{ Who, Where, Limit string }
			var keys []string
			must(t, db.Read(ctx, town(t, "alpha"), func(tx *pg.Tx) error {
				must(t, tx.Get(ctx, &now, `SELECT current_user AS who, current_schema() AS where, current_setting('statement_timeout') AS limit`))
				return tx.Select(ctx, &keys, `SELECT key FROM settings`)
			}))
			if now.Who != "t_alpha" || now.Where != "t_alpha" || now.Limit != "10s" || slices.Contains(keys, secret) {
				t.Errorf("the next transaction is %+v and sees %q", now, keys)
			}
		})
	}
}

// TestAStatementAfterCommitIsRefused: whoever keeps a Tx beyond its end would
// run without role and transaction.
func TestAStatementAfterTheEndIsRefused(t *testing.T) {
	db := door(t, options(house(t).ServiceURL))
	var kept *pg.Tx
	must(t, db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error { kept = tx; return nil }))
	var n int
	if err := kept.Get(t.Context(), &n, `SELECT 1`); err == nil {
		t.Error("a statement ran after the end of its transaction")
	}
}
