package pg_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// as changes the user and password of an address.
func as(t testing.TB, address, user, password string) string {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	u.User = url.UserPassword(user, password)
	return u.String()
}

// rights is everything that decides who may do what in this database, as text.
const rights = `SELECT md5(string_agg(line, E'\n' ORDER BY line)) FROM (
	SELECT 'schema ' || nspname || ' ' || nspowner::regrole || ' ' || coalesce(nspacl::text, '') FROM pg_namespace WHERE nspname !~ '^pg_'
	UNION ALL SELECT 'table ' || c.oid::regclass || ' ' || coalesce(relacl::text, '') FROM pg_class c WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^pg_'
	UNION ALL SELECT 'default ' || defaclnamespace::regnamespace || ' ' || defaclobjtype::text || defaclacl::text FROM pg_default_acl
	UNION ALL SELECT 'function ' || proname || coalesce(proacl::text, '') FROM pg_proc WHERE proname ~ '^(set_config|query_to_xml|pg_(try_)?advisory_|lo_|loread|lowrite)'
	UNION ALL SELECT 'database ' || coalesce(datacl::text, '') FROM pg_database WHERE datname = current_database()
	UNION ALL SELECT 'extension ' || extname || extnamespace::regnamespace FROM pg_extension) AS x (line)`

func TestSetupMayBeRunAgain(t *testing.T) {
	for name, address := range map[string]func(*pgtest.Database) string{
		"as the owner":     func(d *pgtest.Database) string { return d.AdminURL },
		"as the superuser": func(d *pgtest.Database) string { return d.SuperURL },
	} {
		t.Run(name, func(t *testing.T) {
			d := pgtest.New(t)
			behind := raw(t, d.SuperURL)
			a := admin(t, address(d))
			if _, err := a.Migrator(sets(), pg.MigratorOptions{}); err != nil {
				t.Fatal(err)
			}
			if err := a.CreateRealm(t.Context(), town(t, "alpha")); !errors.Is(err, pg.ErrNotSetUp) {
				t.Errorf("a town in an empty database: %v", err)
			}
			must(t, a.Setup(t.Context(), d.ServiceURL))
			must(t, a.CreateRealm(t.Context(), town(t, "alpha")))
			first := query[string](t, behind, rights)
			must(t, a.Setup(t.Context(), d.ServiceURL))
			must(t, a.CreateRealm(t.Context(), town(t, "alpha")))
			if again := query[string](t, behind, rights); again != first {
				t.Error("a second run changed the rights")
			}
			if owner := query[string](t, behind, `SELECT string_agg(DISTINCT nspowner::regrole::text, ' ') FROM pg_namespace WHERE nspname IN ('platform', 'ext', 'portal', 't_alpha')`); owner != "charter_owner" {
				t.Errorf("the schemas belong to %s", owner)
			}
		})
	}
}

// TestOwnerAndSuperuserMayTakeTurns: set up by one, provisioned by the other.
func TestOwnerAndSuperuserMayTakeTurns(t *testing.T) {
	d := pgtest.New(t)
	owner := admin(t, d.AdminURL)
	must(t, owner.Setup(t.Context(), d.ServiceURL))
	super := admin(t, d.SuperURL)
	must(t, super.Setup(t.Context(), d.ServiceURL))
	for i, a := range []*pg.Admin{super, owner, super, owner} {
		must(t, a.CreateRealm(t.Context(), town(t, fmt.Sprintf("turn%d", i))))
		m, err := a.Migrator(sets(), pg.MigratorOptions{})
		must(t, err)
		report, err := m.Run(t.Context())
		must(t, errors.Join(err, report.Err()))
	}
	db := door(t, options(d.ServiceURL))
	for i := range 4 {
		must(t, db.Write(t.Context(), town(t, fmt.Sprintf("turn%d", i)), func(tx *pg.Tx) error { return put(t.Context(), tx, "x") }))
	}
	if found, _, err := db.Breaches(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("breaches: %v, %v", found, err)
	}
}

// TestSetupMakesTheServicesUser and takes from it what it must not have.
func TestSetupMakesTheServicesUser(t *testing.T) {
	t.Parallel() // it mostly waits
	s := pgtest.Private(t)
	d := s.New(t)
	behind := raw(t, d.SuperURL)
	a := admin(t, d.SuperURL)
	password := `it's "quoted" \ and $ long`
	service := as(t, d.ServiceURL, "fresh", password)
	must(t, a.Setup(t.Context(), service))
	if leaked := query[bool](t, behind, `SELECT rolpassword NOT LIKE 'SCRAM-SHA-256$4096:%' FROM pg_authid WHERE rolname = 'fresh'`); leaked {
		t.Error("the password is not kept as a verifier")
	}
	db := door(t, options(service))
	must(t, db.Read(t.Context(), pg.Portal(), func(*pg.Tx) error { return nil }))

	_, err := behind.Exec(`CREATE ROLE greedy LOGIN INHERIT SUPERUSER CREATEROLE CREATEDB BYPASSRLS PASSWORD 'x'`)
	must(t, err)
	must(t, a.Setup(t.Context(), as(t, d.ServiceURL, "greedy", "x")))
	if query[bool](t, behind, `SELECT rolsuper OR rolinherit OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles WHERE rolname = 'greedy'`) {
		t.Error("the service's user kept a right")
	}
	// The new user may open the towns that were there before it.
	must(t, a.CreateRealm(t.Context(), town(t, "alpha")))
	must(t, a.Setup(t.Context(), as(t, d.ServiceURL, "third", "x")))
	third := door(t, options(as(t, d.ServiceURL, "third", "x")))
	must(t, third.Read(t.Context(), town(t, "alpha"), func(*pg.Tx) error { return nil }))
}

func TestSetupSaysWhatIsWrong(t *testing.T) {
	d := pgtest.New(t)
	a := admin(t, d.AdminURL)
	for name, c := range map[string]struct{ service, want string }{
		"the same user":       {d.AdminURL, "user of its own"},
		"another database":    {strings.Replace(d.ServiceURL, "/"+d.Name, "/postgres", 1), "must be the same"},
		"no password to give": {as(t, d.ServiceURL, "nobody_yet", ""), "no password"},
		"letters":             {as(t, d.ServiceURL, "nobody_yet", "žąsis"), "ASCII"},
		"no sslmode":          {strings.Split(d.ServiceURL, "?")[0], "sslmode"},
	} {
		if err := a.Setup(t.Context(), c.service); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want something about %q", name, err, c.want)
		}
	}
	if n := query[int](t, raw(t, d.SuperURL), `SELECT count(*) FROM pg_namespace WHERE nspname IN ('platform', 'ext', 'portal')`); n != 0 {
		t.Errorf("a refused set-up left %d schemas", n)
	}
}

// fresh is a town's name that no earlier run has used: roles stay.
func fresh() string { return "f" + strings.ToLower(rand.Text()[:12]) }

// TestTownsAreMadeAtOnce makes different and equal towns in parallel, over two
// databases of one server, which share the roles.
func TestTownsAreMadeAtOnce(t *testing.T) {
	names := make([]string, 12)
	for i := range names {
		names[i] = fresh()
	}
	var services []string
	var admins []*pg.Admin
	for range 2 {
		d := pgtest.New(t)
		a := admin(t, d.AdminURL)
		must(t, a.Setup(t.Context(), d.ServiceURL))
		admins, services = append(admins, a), append(services, d.ServiceURL)
	}
	var all sync.WaitGroup
	for _, a := range admins {
		for worker := range 3 {
			all.Go(func() {
				for i := range names {
					if err := a.CreateRealm(t.Context(), town(t, names[(i+worker)%len(names)])); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	all.Wait()
	for _, address := range services {
		db := door(t, options(address))
		for _, name := range names {
			must(t, db.Read(t.Context(), town(t, name), func(*pg.Tx) error { return nil }))
		}
	}
}

// TestADropWaitsForTheMigrator: dropped between two files, the town's other
// tables would land in the next schema of the path.
func TestADropWaitsForTheMigrator(t *testing.T) {
	d := pgtest.New(t)
	a := admin(t, d.AdminURL)
	must(t, a.Setup(t.Context(), d.ServiceURL))
	alone := fstest.MapFS{} // files of which none needs the one before
	for n := 1; n <= 9; n++ {
		alone[fmt.Sprintf("%05d_alone.sql", n)] = &fstest.MapFile{Data: fmt.Appendf(nil, "-- +goose Up\nCREATE TABLE alone_%d (id bigint);\nSELECT pg_sleep(0.005);\n", n)}
	}
	m, err := a.Migrator(pg.Sets{Platform: sets().Platform, Realm: alone, Tenant: sets().Tenant}, pg.MigratorOptions{})
	must(t, err)
	_, err = m.Run(t.Context())
	must(t, err)
	behind := raw(t, d.SuperURL)
	for range 3 {
		r := town(t, fresh())
		must(t, a.CreateRealm(t.Context(), r))
		done := make(chan error)
		go func() { done <- m.Realm(t.Context(), r) }()
		for query[int](t, behind, `SELECT count(*) FROM platform.schema_versions WHERE tenant = $1`, r.Name()) == 0 {
			time.Sleep(time.Millisecond)
		}
		must(t, a.DropRealm(t.Context(), r))
		<-done // the second set may find no schema any more
		left := query[int](t, behind, `SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'ext'::regnamespace AND relkind = 'r')
			+ (SELECT count(*) FROM platform.schema_versions WHERE tenant = $1)`, r.Name())
		if left != 0 {
			t.Fatalf("%d tables and versions outlived their town", left)
		}
	}
}

func TestDropRealmLeavesNothing(t *testing.T) {
	t.Parallel() // it mostly waits
	s := pgtest.Private(t)
	d := s.New(t)
	must(t, build(d))
	behind := raw(t, d.SuperURL)
	a := admin(t, d.AdminURL)
	beta := town(t, "beta")
	before := query[string](t, behind, `SELECT md5(string_agg(c.oid::regclass || c.reltuples::text, ' ' ORDER BY c.oid)) FROM pg_class c WHERE relnamespace::regnamespace::text IN ('t_alpha', 't_gamma')`)
	must(t, a.DropRealm(t.Context(), beta))
	must(t, a.DropRealm(t.Context(), beta))
	left := query[int](t, behind, `SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 't_beta') + (SELECT count(*) FROM pg_roles WHERE rolname = 't_beta')
		+ (SELECT count(*) FROM platform.schema_versions WHERE tenant = 't_beta') + (SELECT count(*) FROM pg_default_acl WHERE defaclacl::text LIKE '%t_beta%')`)
	if left != 0 {
		t.Errorf("%d things left", left)
	}
	if after := query[string](t, behind, `SELECT md5(string_agg(c.oid::regclass || c.reltuples::text, ' ' ORDER BY c.oid)) FROM pg_class c WHERE relnamespace::regnamespace::text IN ('t_alpha', 't_gamma')`); after != before {
		t.Error("the other towns changed")
	}
	if err := a.DropRealm(t.Context(), pg.Portal()); err == nil {
		t.Error("the portal was dropped")
	}
	// A role that another database needs stays; the schema goes.
	other := s.New(t)
	must(t, build(other))
	must(t, a.DropRealm(t.Context(), town(t, "alpha")))
	if query[int](t, behind, `SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 't_alpha') * 10 + (SELECT count(*) FROM pg_roles WHERE rolname = 't_alpha')`) != 1 {
		t.Error("want the schema gone and the role kept")
	}
}
