package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"charterhouse/internal/pg/embedded"
)

// Place is the environment variable that names the shared server's directory.
const Place = "CHARTER_TEST_CLUSTER"

// join runs once per process, because the lock it takes is held until the
// process ends: that is what keeps the server.
var join = sync.OnceValues(func() (*Cluster, error) {
	dir, err := sharedDir()
	if err != nil {
		return nil, err
	}
	c, users, err := joinAt(context.Background(), dir)
	if err != nil {
		return nil, err
	}
	c.users = users
	return c, nil
})

func shared(t testing.TB) *Cluster {
	t.Helper()
	c, err := join()
	if err != nil {
		missing(t, err)
	}
	return c
}

// Hold starts the shared server in dir, or joins it, and keeps it until release
// is called, which waits for its end and removes dir. The runner of a whole
// test run uses it, so that the server does not end between two packages.
func Hold(dir string) (release func() error, err error) {
	c, users, err := joinAt(context.Background(), dir)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.super.Close()
		if err := os.WriteFile(filepath.Join(dir, endFile), nil, 0o600); err != nil {
			return err
		}
		// The supervisor takes this lock when nobody is left and gives it back
		// with its last breath.
		if err := syscall.Flock(int(users.Fd()), syscall.LOCK_UN); err != nil {
			return err
		}
		for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
			if _, err := os.Stat(filepath.Join(dir, accessFile)); errors.Is(err, os.ErrNotExist) {
				break
			}
		}
		if err := syscall.Flock(int(users.Fd()), syscall.LOCK_EX); err != nil {
			return err
		}
		users.Close()
		return os.RemoveAll(dir)
	}, nil
}

const (
	usersLock  = "users.lock"
	startLock  = "start-shared.lock"
	accessFile = "access.json"
	endFile    = "over" // no need to linger
)

func joinAt(ctx context.Context, dir string) (*Cluster, *os.File, error) {
	if err := embedded.Claim(dir); err != nil {
		return nil, nil, err
	}
	users, err := locked(filepath.Join(dir, usersLock), syscall.LOCK_SH)
	if err != nil {
		return nil, nil, err
	}
	start, err := locked(filepath.Join(dir, startLock), syscall.LOCK_EX)
	if err != nil {
		return nil, nil, err
	}
	defer start.Close()
	if a, err := readAccess(dir); err == nil {
		if c, err := connect(ctx, a.access); err == nil {
			return c, users, nil
		}
	}
	a, err := spawn(dir)
	if err != nil {
		return nil, nil, err
	}
	c, err := connect(ctx, a)
	return c, users, err
}

// sharedDir is one place per user and clone.
func sharedDir() (string, error) {
	if dir := os.Getenv(Place); dir != "" {
		return dir, nil
	}
	clone, err := cloneDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(clone))
	return filepath.Join(os.TempDir(), "charterhouse-test-"+strconv.Itoa(os.Getuid())+"-"+hex.EncodeToString(sum[:4])), nil
}

// result is what the supervisor writes: the addresses, or why there are none.
type result struct {
	access
	Failure  string `json:"failure,omitempty"`
	NoServer bool   `json:"no_server,omitempty"`
}

func readAccess(dir string) (result, error) {
	text, err := os.ReadFile(filepath.Join(dir, accessFile))
	if err != nil {
		return result{}, err
	}
	var r result
	return r, json.Unmarshal(text, &r)
}

// spawn starts this very program again as the supervisor (see init) and waits
// for what it writes.
func spawn(dir string) (access, error) {
	clone, err := cloneDir()
	if err != nil {
		return access{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return access{}, err
	}
	if err := os.Remove(filepath.Join(dir, accessFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return access{}, err
	}
	log, err := os.OpenFile(filepath.Join(dir, "supervisor.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return access{}, err
	}
	defer log.Close()
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), superviseDir+"="+dir, superviseClone+"="+clone)
	// `go test` waits until everything that holds its output has ended, so the
	// supervisor holds none of it; and Ctrl-C is for the tests, not for it.
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return access{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		if r, err := readAccess(dir); err == nil {
			switch {
			case r.NoServer:
				return access{}, embedded.ErrNoServer
			case r.Failure != "":
				return access{}, errors.New(r.Failure)
			}
			return r.access, nil
		}
		select {
		case err := <-ended:
			text, _ := os.ReadFile(log.Name())
			return access{}, fmt.Errorf("the supervisor of the test server ended: %w: %s", err, text)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func locked(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), how)
		if err != syscall.EINTR { // the runtime's own signals
			break
		}
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return f, nil
}
