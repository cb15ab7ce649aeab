package browser

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/tenants"
)

// noon is what the clock of the service says: a Friday in November, so that a
// term of twenty working days meets weekends and the holidays of December.
const noon = "2026-11-20T10:00:00Z"

// service is the whole service over the four towns.
type service struct {
	port   string
	client *http.Client
}

// open starts the service; it ends with the test, which fails if the service
// complained of anything.
func open(t *testing.T) *service {
	t.Helper()
	needChromium(t)
	db := pgtest.Prepared(t, "four-towns-and-a-second-version", publishTwice)
	return serve(t, settings(db, freePort(t)))
}

// serve runs the service over a prepared database until the test ends.
func serve(t *testing.T, s *config.Settings) *service {
	t.Helper()
	s.DataDir = t.TempDir()
	log := &logged{}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- app.Serve(ctx, s, log, func(net.Addr) { log.forget(); close(ready) })
	}()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatalf("the service did not start: %v\n%s", err, log)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the service ended: %v", err)
		}
		if said := log.String(); said != "" {
			t.Errorf("the service complained:\n%s", said)
		}
	})
	// Browsers resolve *.localhost by themselves, Go does not.
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, s.HTTPAddr)
	}
	client := &http.Client{Transport: &http.Transport{DialContext: dial, DisableCompression: true}, Timeout: 30 * time.Second}
	return &service{s.Port(), client}
}

// address is where a path of a town stands; the portal's slug is empty.
func (s *service) address(slug, path string) string {
	host := "localhost"
	if slug != "" {
		host = slug + ".localhost"
	}
	return "http://" + host + ":" + s.port + path
}

func settings(db *pgtest.Database, port string) *config.Settings {
	loaded, err := config.Load(config.Source{Forced: map[string]any{
		"environment": config.Development, "http_addr": net.JoinHostPort("127.0.0.1", port), "clock": noon, "log_level": "warn",
		"database_url": db.ServiceURL, "admin_database_url": db.AdminURL,
		// With an address to write to the portal shows all it can show.
		"portal_email": "chartijos.ir.harti@savivaldybiu-portalas.example.org",
	}})
	if err != nil {
		panic(err) // the values above are ours
	}
	return &loaded.Settings
}

// freePort is one that nobody listens on; links on a page carry it, so it must be
// known before the service starts.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// publishTwice makes the four towns; two of them, one in each alphabet, then
// publish a second version, so that there is a former one and a difference.
func publishTwice(db *pgtest.Database) error {
	ctx, s := context.Background(), settings(db, "8080")
	if err := app.Prepare(ctx, s, config.Secret(db.SuperURL), io.Discard); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "charterhouse-browser-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var dirs []string
	for slug, edits := range map[string][]string{
		"klaipeda": {"Bendradarbiaujame, kad", "Dirbame kartu, kad", "We work together so that", "We act together so that", "key: shared-vision", "key: one-vision"},
		"peshtera": {"Отнасяме се към всеки човек с внимание и уважение", "Посрещаме всеки човек с внимание и уважение"},
	} {
		if err := copyTown(slug, filepath.Join(dir, slug), edits); err != nil {
			return err
		}
		dirs = append(dirs, filepath.Join(dir, slug))
	}
	_, err = app.TenantApply(ctx, s, dirs, "en", false, io.Discard)
	return err
}

// copyTown writes a town's package with edits, given as pairs of old and new.
func copyTown(slug, dir string, edits []string) error {
	town, err := fs.Sub(tenants.Files, slug)
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, town); err != nil {
		return err
	}
	file := filepath.Join(dir, "charter.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for i := 0; i < len(edits); i += 2 {
		if !bytes.Contains(text, []byte(edits[i])) {
			return fmt.Errorf("the charter of %s does not say %q", slug, edits[i])
		}
	}
	return os.WriteFile(file, []byte(strings.NewReplacer(edits...).Replace(string(text))), 0o600)
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

// forget drops what was said at the start: remarks on the database of the tests.
func (l *logged) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Reset()
}
