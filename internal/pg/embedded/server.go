package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Options say where the private server lives.
type Options struct {
	Dir      string   // holds the data and the log; made when missing
	Clone    string   // the source tree, for the npm package of server binaries; "" = none
	Port     int      // 0 = a free one
	Settings []string // further settings, as "fsync=off"

	candidates []string // for tests: look for programs only here
}

// Server is a running private PostgreSQL. It ends with this process, however
// that ends (where the system has a parent-death signal, that is: on Linux).
type Server struct {
	*cluster
	options Options
	Port    int
	process *os.Process
	done    chan struct{}
}

// Start makes the cluster in o.Dir when there is none, stops a server that
// still runs on it, and starts one on the loopback. It returns when the server
// takes connections. ErrNoServer when no programs were found.
func Start(ctx context.Context, o Options) (*Server, error) {
	if err := Claim(o.Dir); err != nil {
		return nil, err
	}
	unlock, err := lock(filepath.Join(o.Dir, "start.lock"))
	if err != nil {
		return nil, err
	}
	defer unlock()
	c, err := open(o)
	if err != nil {
		return nil, err
	}
	if err := c.stopPrevious(ctx); err != nil {
		return nil, err
	}
	s := &Server{cluster: c, options: o}
	for range 5 { // somebody may take the free port before the server does
		if err = s.launch(ctx); err == nil || o.Port != 0 || !errors.Is(err, errPortTaken) {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

var errPortTaken = errors.New("the port was taken meanwhile")

func (s *Server) launch(ctx context.Context) error {
	s.Port = s.options.Port
	if s.Port == 0 {
		free, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		s.Port = free.Addr().(*net.TCPAddr).Port
		free.Close()
	}
	logPath := filepath.Join(s.options.Dir, "postgres.log")
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	args := []string{"-D", s.data}
	for _, setting := range append([]string{
		"listen_addresses=127.0.0.1", "unix_socket_directories=", "port=" + strconv.Itoa(s.Port), "timezone=UTC", "log_timezone=UTC",
	}, s.options.Settings...) {
		args = append(args, "-c", setting)
	}
	// SIGINT is PostgreSQL's fast shutdown.
	cmd := s.command(s.data, syscall.SIGINT, "postgres", args...)
	cmd.Stdout, cmd.Stderr = log, log
	exited, err := startHeld(cmd)
	if err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.process, s.done = cmd.Process, make(chan struct{})
	go func() {
		<-exited
		close(s.done)
	}()
	if err := s.waitReady(ctx); err != nil {
		text, _ := os.ReadFile(logPath)
		if strings.Contains(string(text), "Address already in use") {
			return errPortTaken
		}
		return fmt.Errorf("%w: %s", err, lastLines(string(text)))
	}
	return nil
}

// startHeld starts the command from a goroutine that keeps its thread until the
// process is gone and then takes the thread with it: the kernel sends the
// parent-death signal when the starting *thread* ends, and Go ends threads as
// it likes.
func startHeld(cmd *exec.Cmd) (<-chan error, error) {
	started, exited := make(chan error), make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked
		err := cmd.Start()
		started <- err
		if err == nil {
			exited <- cmd.Wait()
		}
	}()
	return exited, <-started
}

// waitReady reads the state that the server writes into its pid file; that
// needs no connection, so nothing fails in its log.
func (s *Server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute) // recovery after a kill takes its time
	defer cancel()
	for {
		if f := s.pidFile(); f.pid == s.process.Pid && f.ready {
			return nil
		}
		select {
		case <-s.done:
			return errors.New("PostgreSQL ended while starting")
		case <-ctx.Done():
			return errors.Join(errors.New("PostgreSQL did not get ready"), s.stop(syscall.SIGQUIT))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Done is closed when the server has ended, whoever ended it.
func (s *Server) Done() <-chan struct{} { return s.done }

// Stop is the fast shutdown: open transactions are rolled back, everything
// committed is on disk.
func (s *Server) Stop() error { return s.stop(syscall.SIGINT) }

// Crash ends the server as a power cut would; the next start recovers.
func (s *Server) Crash() error { return s.stop(syscall.SIGQUIT) }

// Restart starts a stopped or crashed server again on the same port.
func (s *Server) Restart(ctx context.Context) error {
	s.options.Port = s.Port
	return s.launch(ctx)
}

func (s *Server) stop(how syscall.Signal) error {
	if err := s.process.Signal(how); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	select {
	case <-s.done:
		return nil
	case <-time.After(30 * time.Second):
		// Somebody's backend does not answer; nothing may be left behind.
		_ = s.process.Signal(syscall.SIGQUIT)
		<-s.done
		return nil
	}
}

// stopPrevious ends a server that a killed parent left running on our data.
func (c *cluster) stopPrevious(ctx context.Context) error {
	f := c.pidFile()
	if f.pid == 0 || syscall.Kill(f.pid, 0) == syscall.ESRCH {
		return nil
	}
	if !isServerOf(f.pid, c.data) {
		// The number belongs to a stranger now. The server would take it for a
		// living sibling and refuse to start.
		return os.Remove(filepath.Join(c.data, "postmaster.pid"))
	}
	for _, how := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		if err := syscall.Kill(f.pid, how); err != nil && err != syscall.ESRCH {
			return fmt.Errorf("stop the PostgreSQL that runs already (process %d): %w", f.pid, err)
		}
		for until := time.After(15 * time.Second); ; {
			if !isServerOf(f.pid, c.data) {
				return nil
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(20 * time.Millisecond):
				continue
			case <-until:
			}
			break
		}
	}
	return fmt.Errorf("the PostgreSQL that runs already (process %d) does not end", f.pid)
}

type pidFile struct {
	pid, port int
	ready     bool
}

// pidFile reads postmaster.pid: the process on line 1, its port on line 4, its
// state on line 8.
func (c *cluster) pidFile() pidFile {
	text, err := os.ReadFile(filepath.Join(c.data, "postmaster.pid"))
	if err != nil {
		return pidFile{}
	}
	lines := strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(lines[0])
	if err != nil {
		return pidFile{}
	}
	f := pidFile{pid: pid}
	if len(lines) > 7 {
		f.port, _ = strconv.Atoi(strings.TrimSpace(lines[3]))
		f.ready = strings.TrimSpace(lines[7]) == "ready"
	}
	return f
}

// SuperURL, OwnerURL and ServiceURL are the addresses of a database of this
// server for each log-in; they hold the passwords.
func (s *Server) SuperURL(database string) string {
	return s.address(Superuser, s.secrets.Superuser, database)
}

// OwnerURL is what CHARTER_ADMIN_DATABASE_URL holds.
func (s *Server) OwnerURL(database string) string {
	return s.address(Owner, s.secrets.Owner, database)
}

// ServiceURL is what CHARTER_DATABASE_URL holds.
func (s *Server) ServiceURL(database string) string {
	return s.address(Service, s.secrets.Service, database)
}

func (s *Server) address(role, password, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)), Path: "/" + database,
		RawQuery: "sslmode=disable", // the loopback
	}
	return u.String()
}

func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { f.Close() }, nil
}
