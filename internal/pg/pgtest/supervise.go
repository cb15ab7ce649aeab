package pgtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"charterhouse/internal/pg/embedded"
)

const (
	superviseDir   = "CHARTER_TEST_SUPERVISE"
	superviseClone = "CHARTER_TEST_SUPERVISE_CLONE"
	lingerFor      = "CHARTER_TEST_LINGER"
)

// linger bridges the gap between two packages of one `go test ./...`.
func linger() time.Duration {
	if d, err := time.ParseDuration(os.Getenv(lingerFor)); err == nil {
		return d
	}
	return 3 * time.Second
}

// A test binary that was started with the variable is not a test run but the
// supervisor of the shared server. Nothing else can be: `go test` has no other
// program at hand, and the server must outlive the binary that starts it.
func init() {
	dir, clone := os.Getenv(superviseDir), os.Getenv(superviseClone)
	if dir == "" {
		return
	}
	os.Unsetenv(superviseDir)
	fmt.Fprintln(os.Stderr, "supervising", dir)
	if err := supervise(dir, clone); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// supervise runs the server until nobody has used it for a while. Killed, it
// takes the server along (see embedded.Start).
func supervise(dir, clone string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	server, err := embedded.Start(ctx, embedded.Options{Dir: dir, Clone: clone, Settings: fast})
	if err != nil {
		return errors.Join(err, publish(dir, result{Failure: err.Error(), NoServer: errors.Is(err, embedded.ErrNoServer)}))
	}
	if err := publish(dir, result{access: accessTo(server)}); err != nil {
		return errors.Join(err, server.Stop())
	}
	last, err := waitUnused(ctx, dir, server.Done())
	if last != nil {
		defer last.Close() // whoever comes now waits for the end, then starts anew
	}
	return errors.Join(err,
		os.Remove(filepath.Join(dir, accessFile)),
		server.Crash(), // nothing is worth a checkpoint
		os.RemoveAll(filepath.Join(dir, "postgres")))
}

// fast are settings that no crash survives: the data is thrown away anyway.
var fast = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
	"max_connections=300", "max_locks_per_transaction=256", "shared_buffers=256MB", "max_wal_size=4GB",
	"autovacuum=off", // a worker in a template would hold up its copies
}

func publish(dir string, r result) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	half := filepath.Join(dir, accessFile+".new")
	if err := os.WriteFile(half, text, 0o600); err != nil {
		return err
	}
	return os.Rename(half, filepath.Join(dir, accessFile))
}

// waitUnused returns, holding the users' lock alone, when nobody has held it
// for the linger time, or without it when told to end.
func waitUnused(ctx context.Context, dir string, died <-chan struct{}) (*os.File, error) {
	const tick = 200 * time.Millisecond
	for idle := time.Duration(0); ; {
		select {
		case <-ctx.Done():
			return nil, nil
		case <-died:
			return nil, errors.New("the server ended by itself")
		case <-time.After(tick):
		}
		f, err := locked(filepath.Join(dir, usersLock), syscall.LOCK_EX|syscall.LOCK_NB)
		if err != nil {
			idle = 0
			continue
		}
		_, over := os.Stat(filepath.Join(dir, endFile))
		if idle += tick; idle >= linger() || over == nil {
			return f, nil
		}
		f.Close()
	}
}
