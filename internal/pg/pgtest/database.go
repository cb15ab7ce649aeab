package pgtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"charterhouse/internal/pg/embedded"

	_ "github.com/lib/pq" // the driver
)

// Database is a database of one test, dropped when the test ends.
type Database struct {
	Name       string
	ServiceURL string // what CHARTER_DATABASE_URL would hold
	AdminURL   string // what CHARTER_ADMIN_DATABASE_URL would hold; owns the database
	SuperURL   string // for what only a superuser can, and for looking behind the door
}

// Cluster is a running server with its databases.
type Cluster struct {
	super  *sql.DB
	access access
	// users keeps the lock: an *os.File that nobody refers to is closed by the
	// garbage collector, and the server would end under the tests.
	users *os.File
}

// access are the addresses of the database "postgres" for each log-in.
type access struct {
	Super   string `json:"super"`
	Owner   string `json:"owner"`
	Service string `json:"service"`
}

func accessTo(s *embedded.Server) access {
	return access{Super: s.SuperURL("postgres"), Owner: s.OwnerURL("postgres"), Service: s.ServiceURL("postgres")}
}

func connect(ctx context.Context, a access) (*Cluster, error) {
	db, err := sql.Open("postgres", a.Super)
	if err != nil {
		return nil, err
	}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return &Cluster{super: db, access: a}, nil
}

// New gives an empty database on the shared server, owned by the admin role.
// Without a server the test is skipped, or fails where CI is set.
func New(t testing.TB) *Database {
	t.Helper()
	return shared(t).New(t)
}

// Prepared gives a copy of a database that build filled once per run and key.
// build gets the addresses of the template and must close what it opens. A
// change of any source file makes a new template.
func Prepared(t testing.TB, key string, build func(*Database) error) *Database {
	t.Helper()
	return shared(t).Prepared(t, key, build)
}

// New gives an empty database on this server.
func (c *Cluster) New(t testing.TB) *Database {
	t.Helper()
	return c.copyOf(t, "template0")
}

// Prepared is as the function of that name, on this server.
func (c *Cluster) Prepared(t testing.TB, key string, build func(*Database) error) *Database {
	t.Helper()
	template, err := c.template(t.Context(), key, build)
	if err != nil {
		t.Fatalf("pgtest: prepare %s: %v", key, err)
	}
	return c.copyOf(t, template)
}

var unfit = regexp.MustCompile(`[^a-z0-9]+`)

func (c *Cluster) copyOf(t testing.TB, template string) *Database {
	t.Helper()
	// The test's name is in it for whoever looks at pg_stat_activity.
	name := "x_" + unfit.ReplaceAllString(strings.ToLower(t.Name()), "_")
	name = name[:min(len(name), 40)] + "_" + strings.ToLower(rand.Text()[:10])
	if err := c.create(t.Context(), name, template); err != nil {
		t.Fatalf("pgtest: create a database: %v", err)
	}
	t.Cleanup(func() {
		// FORCE: a test that forgot a connection still leaves nothing behind.
		_, err := c.super.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
		if err != nil {
			t.Logf("pgtest: drop %s: %v", name, err)
		}
	})
	return c.database(name)
}

// create copies a template, and with it what CREATE DATABASE leaves out: the
// rights on the database itself and its settings. Copying its files costs two
// checkpoints, which are cheap without fsync: a tenth of copying it through the log.
func (c *Cluster) create(ctx context.Context, name, template string) error {
	for _, q := range []string{
		"CREATE DATABASE " + name + " OWNER " + embedded.Owner + " TEMPLATE " + template + " STRATEGY file_copy",
		"UPDATE pg_database SET datacl = t.datacl FROM pg_database t" +
			" WHERE pg_database.datname = '" + name + "' AND t.datname = '" + template + "' AND t.datacl IS NOT NULL AND NOT t.datistemplate",
		"INSERT INTO pg_db_role_setting SELECT new.oid, s.setrole, s.setconfig" +
			" FROM pg_db_role_setting s JOIN pg_database t ON t.oid = s.setdatabase, pg_database new" +
			" WHERE new.datname = '" + name + "' AND t.datname = '" + template + "'",
	} {
		if _, err := c.super.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// template gives the name of the database that build filled, building it when
// this run has none yet. Only one process builds; the others wait.
func (c *Cluster) template(ctx context.Context, key string, build func(*Database) error) (string, error) {
	state, err := fingerprint()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(key + "\x00" + state))
	name := "tpl_" + hex.EncodeToString(sum[:8])
	conn, err := c.super.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	h := fnv.New64a()
	h.Write([]byte(name))
	lock := int64(h.Sum64())
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lock); err != nil {
		return "", err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", lock)

	var there bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return name, err
	}
	return name, c.build(ctx, name, build)
}

func (c *Cluster) build(ctx context.Context, name string, build func(*Database) error) error {
	half := name + "_new"
	if _, err := c.super.ExecContext(ctx, "DROP DATABASE IF EXISTS "+half+" WITH (FORCE)"); err != nil {
		return err
	}
	if err := c.create(ctx, half, "template0"); err != nil {
		return err
	}
	if err := build(c.database(half)); err != nil {
		return err
	}
	for _, q := range []string{
		// A forgotten connection would make every copy fail.
		"ALTER DATABASE " + half + " ALLOW_CONNECTIONS false",
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + half + "'",
		"ALTER DATABASE " + half + " RENAME TO " + name,
	} {
		if _, err := c.super.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cluster) database(name string) *Database {
	at := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			panic(err) // we wrote it
		}
		u.Path = "/" + name
		return u.String()
	}
	return &Database{Name: name, ServiceURL: at(c.access.Service), AdminURL: at(c.access.Owner), SuperURL: at(c.access.Super)}
}

// missing skips for want of a server, or fails where CI is set.
func missing(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, embedded.ErrNoServer) && os.Getenv("CI") == "" {
		fmt.Fprintf(os.Stderr, "SKIPPED %s: %v\n", t.Name(), err)
		t.Skipf("SKIPPED: %v", err)
	}
	t.Fatalf("pgtest: %v", err)
}
