package torture

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/lib/pq" // behind the door, to count

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/pg/pgtest"
)

const secret = "0123456789abcdef0123456789abcdef"

// house is a database with the four towns, and where its services keep files.
type house struct {
	*pgtest.Database
	dir  string
	more []string // settings of every instance
	raw  *sql.DB
}

func build(t *testing.T) *house {
	t.Helper()
	db := pgtest.Prepared(t, "four-towns-to-torture", func(db *pgtest.Database) error {
		loaded, err := config.Load(config.Source{Forced: map[string]any{
			"environment": config.Development, "secret_key": secret,
			"database_url": db.ServiceURL, "admin_database_url": db.AdminURL,
		}})
		if err != nil {
			return err
		}
		return app.Prepare(context.Background(), &loaded.Settings, config.Secret(db.SuperURL), io.Discard)
	})
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return &house{Database: db, dir: t.TempDir(), raw: raw}
}

// count gives the number that a query behind the door finds.
func (h *house) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := h.raw.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// instance is one process of the service.
type instance struct {
	cmd  *exec.Cmd
	addr string
	log  *logged
}

// start starts an instance and waits until it is ready; it is killed when the
// test ends, if it still runs.
func (h *house) start(t *testing.T, more ...string) *instance {
	t.Helper()
	i, err := h.tryStart(more...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.kill() })
	return i
}

func (h *house) tryStart(more ...string) (*instance, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	i := &instance{cmd: exec.Command(exe), log: &logged{}}
	i.cmd.Env = append(os.Environ(),
		asService+"=1", "CHARTER_ENVIRONMENT=development", "CHARTER_HTTP_ADDR=127.0.0.1:0", "CHARTER_DATABASE_URL="+h.ServiceURL,
		"CHARTER_SECRET_KEY="+secret, "CHARTER_FILES_DIR="+h.dir, "CHARTER_CHECKPOINT_DIR="+filepath.Join(h.dir, "checkpoints"), "CHARTER_LOG_LEVEL=warn", "CHARTER_TRUSTED_PROXIES=127.0.0.1")
	i.cmd.Env = append(append(i.cmd.Env, h.more...), more...)
	i.cmd.Stderr = i.log
	// It ends with this program: its standard input is then closed.
	if _, err := i.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := i.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := i.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		i.kill()
		return nil, &notStarted{i.log.String()}
	}
	i.addr = strings.TrimSpace(line)
	return i, nil
}

type notStarted struct{ log string }

func (e *notStarted) Error() string { return "the service did not start:\n" + e.log }

// kill ends the process as a power cut would.
func (i *instance) kill() {
	_ = i.cmd.Process.Kill() // it may be gone already
	_ = i.cmd.Wait()
}

// logged keeps what an instance says.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// eventually waits for what the jobs bring about.
func eventually(t *testing.T, what string, within time.Duration, is func() bool) {
	t.Helper()
	for end := time.Now().Add(within); !is(); {
		if time.Now().After(end) {
			t.Fatalf("not within %s: %s", within, what)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
