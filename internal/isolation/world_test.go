package isolation

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/lib/pq" // behind the door, to look and to break

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/tenants"
)

// The two towns: A is where everything is asked, B whose things are shown there.
const (
	slugA = "klaipeda"
	slugB = "peshtera"
)

// noon is a Friday; the clock stands still, so that what differs between two
// answers is never the time.
const noon = "2026-11-20T10:00:00Z"

// farIDs is where the numbers of B begin, so that none of them is also one of A.
const farIDs = 900_000

// long tells whether the proofs are wanted in their full length.
func long() bool { return os.Getenv("CHARTER_TORTURE") != "" }

// times is how often something is done: so often in every run, so often at length.
func times(short, full int) int {
	if long() {
		return full
	}
	return short
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is the whole service over the seeded towns.
type world struct {
	*app.Service
	db       *pgtest.Database
	raw      *sql.DB // behind the door
	towns    map[string]*seeds
	log      *logged
	settings *config.Settings
	forms    map[string]where             // where the form of each route stands
	filled   map[string]url.Values        // as it was filled in last
	seeded   map[string]map[string]string // checksums of the tables as they were
	listed   map[string][]string          // tables
	names    map[string]map[string]bool   // of the fields of each form
}

func settings(db *pgtest.Database) *config.Settings {
	loaded, err := config.Load(config.Source{Forced: map[string]any{
		"environment": config.Development, "clock": noon, "log_level": "warn", "http_addr": "127.0.0.1:8080",
		"secret_key": "0123456789abcdef0123456789abcdef", "database_url": db.ServiceURL, "admin_database_url": db.AdminURL,
		"smtp_url": "smtp://127.0.0.1:1", // nobody listens: letters wait
	}})
	if err != nil {
		panic(err) // the values above are ours
	}
	return &loaded.Settings
}

// open gives each test a world of its own, a copy of the one that was seeded.
func open(t testing.TB) *world {
	t.Helper()
	return openOn(t, pgtest.Prepared(t, "isolation", build), "")
}

// openOn opens the service at another address of its database, unless it is empty.
func openOn(t testing.TB, db *pgtest.Database, address string) *world {
	t.Helper()
	w := &world{db: db, log: &logged{}, towns: map[string]*seeds{}}
	var err error
	w.raw, err = sql.Open("postgres", db.SuperURL)
	must(t, err)
	t.Cleanup(func() { w.raw.Close() })
	w.settings = settings(db)
	w.settings.DataDir = t.TempDir()
	if address != "" {
		w.settings.DatabaseURL = config.Secret(address)
	}
	w.Service, err = app.Open(t.Context(), w.settings, w.log)
	must(t, err)
	t.Cleanup(func() { w.Close() })
	must(t, w.Server.Refresh(t.Context()))
	w.log.forget() // remarks on the database of the tests
	var kept string
	must(t, w.raw.QueryRow(`SELECT kept FROM seeded.everything`).Scan(&kept))
	must(t, json.Unmarshal([]byte(kept), &w.towns))
	for _, s := range w.towns {
		must(t, s.putFiles(w.settings.Files()))
	}
	return w
}

// putFiles writes the contents that the rows of the copied database name.
func (s *seeds) putFiles(dir string) error {
	for id, content := range s.Files {
		folder := filepath.Join(dir, s.Realm, "kept", id[:2])
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, id), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) a() *seeds { return w.towns[slugA] }
func (w *world) b() *seeds { return w.towns[slugB] }

// build makes the four towns and fills two of them and the portal.
func build(db *pgtest.Database) error {
	ctx, s := context.Background(), settings(db)
	if err := app.Prepare(ctx, s, config.Secret(db.SuperURL), io.Discard); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "charterhouse-isolation-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.DataDir = dir
	if err := publishCanaries(ctx, s, dir); err != nil {
		return err
	}
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		return err
	}
	defer raw.Close()
	if err := moveAway(raw); err != nil {
		return err
	}
	service, err := app.Open(ctx, s, io.Discard)
	if err != nil {
		return err
	}
	defer service.Close()
	if err := service.Server.Refresh(ctx); err != nil {
		return err
	}
	all := map[string]*seeds{}
	for _, slug := range []string{slugA, slugB, ""} {
		g := &sower{ctx: ctx, Service: service, raw: raw, dir: s.Files(), seeds: newSeeds(slug)}
		if err := g.sow(); err != nil {
			return fmt.Errorf("seed %q: %w", slug, err)
		}
		all[slug] = g.seeds
	}
	kept, err := json.Marshal(all)
	if err != nil {
		return err
	}
	for _, q := range []string{`CREATE SCHEMA seeded`, `CREATE TABLE seeded.everything (kept text)`} {
		if _, err := raw.Exec(q); err != nil {
			return err
		}
	}
	if _, err := raw.Exec(`INSERT INTO seeded.everything VALUES ($1)`, string(kept)); err != nil {
		return err
	}
	return save(raw)
}

// publishCanaries gives A and B a charter in which the town's canary stands.
func publishCanaries(ctx context.Context, s *config.Settings, dir string) error {
	var dirs []string
	for slug, said := range map[string]string{
		slugA: "Bendradarbiaujame, kad", slugB: "Отнасяме се към всеки човек с внимание и уважение",
	} {
		town, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, "packages", slug)
		if err := os.CopyFS(to, town); err != nil {
			return err
		}
		file := filepath.Join(to, "charter.yaml")
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if !bytes.Contains(text, []byte(said)) {
			return fmt.Errorf("the charter of %s does not say %q", slug, said)
		}
		text = bytes.ReplaceAll(text, []byte(said), []byte(openCanary(slug)+" "+said))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return err
		}
		if slug == slugA {
			// A day and departments of the town's own, so that there is something to take away.
			if err := appendTo(filepath.Join(to, "tenant.yaml"), ownDay); err != nil {
				return err
			}
		}
		dirs = append(dirs, to)
	}
	_, err := app.TenantApply(ctx, s, dirs, "en", false, io.Discard)
	return err
}

const ownDay = `
departments:
  - {key: front, title: {lt: Aptarnavimo skyrius, en: Front office}}
  - {key: back, title: {lt: Archyvas, en: Archive}}
calendar:
  extra_days:
    - date: "2026-12-28"
      name: {lt: Miesto diena, en: The town's day}
      source: sprendimas
`

func appendTo(file, text string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// moveAway lets every number of B begin far from those of A.
func moveAway(raw *sql.DB) error {
	rows, err := raw.Query(`SELECT table_name, column_name FROM information_schema.columns
		WHERE table_schema = $1 AND is_identity = 'YES'`, "t_"+slugB)
	if err != nil {
		return err
	}
	defer rows.Close()
	moved := []string{fmt.Sprintf(`UPDATE t_%s.charter_versions SET number = number + %d`, slugB, farIDs), `INSERT INTO t_` + slugB + `.case_counters (year, last) VALUES (2026, ` + fmt.Sprint(farIDs) + `)`}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return err
		}
		moved = append(moved, fmt.Sprintf(`ALTER TABLE t_%s.%s ALTER COLUMN %s RESTART WITH %d`, slugB, table, column, farIDs+1))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, q := range moved {
		if _, err := raw.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

func realm(slug string) pg.Realm {
	if slug == "" {
		return pg.Portal()
	}
	r, err := pg.Town(slug)
	if err != nil {
		panic(err) // the slugs are ours
	}
	return r
}

// logged keeps what the service says.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logged) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Reset()
}

// clock is the service's.
func (w *world) clock() time.Time {
	now, err := time.Parse(time.RFC3339, noon)
	if err != nil {
		panic(err) // it is ours
	}
	return now
}
