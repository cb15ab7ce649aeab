package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"charterhouse/config"
)

// process is a server that we started and that ends with us.
type process struct {
	cmd   *exec.Cmd
	addr  string
	ended chan struct{} // closed when it has
}

// launch starts a command from a goroutine that keeps its thread: the kernel
// tells the child of our death when the thread that started it ends.
func launch(cmd *exec.Cmd) (*process, error) {
	followUs(cmd)
	p := &process{cmd: cmd, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended stands in its log
			close(p.ended)
		}
	}()
	return p, <-started
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// stop ends the process and waits for it.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(10 * time.Second):
	}
	err := p.cmd.Process.Kill()
	<-p.ended
	return err
}

// freePort gives a port of the loopback that nobody listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}

// service is `charter serve`, as an operator starts it.
type service struct {
	*process
	port  string
	ready time.Duration // from the start until /readyz says so
}

func (s *service) host(slug string) string { return slug + ".localhost:" + s.port }

// serve starts the service on a database, with further settings. Its log goes to a
// file, as under an init system.
func (b *bench) serve(ctx context.Context, database string, cacheMB int, more ...string) (*service, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(b.dir, "serve-"+port+".log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(b.program, "serve")
	cmd.Env = append(b.environment(database), "CHARTER_HTTP_ADDR=127.0.0.1:"+port, "CHARTER_PAGE_CACHE_MB="+strconv.Itoa(cacheMB))
	cmd.Env = append(cmd.Env, more...)
	cmd.Stdout, cmd.Stderr = log, log
	began := time.Now()
	p, err := launch(cmd)
	if err != nil {
		return nil, err
	}
	s := &service{process: p, port: port}
	s.addr = "127.0.0.1:" + port
	if err := s.await(ctx, "/readyz"); err != nil {
		text, _ := os.ReadFile(log.Name())
		return nil, errors.Join(fmt.Errorf("charter serve: %w: %s", err, text), s.stop())
	}
	s.ready = time.Since(began)
	return s, nil
}

// environment are the settings of a program of ours, and none of whoever called.
func (b *bench) environment(database string) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, config.Prefix) })
	return append(env, "CHARTER_ENVIRONMENT=development",
		"CHARTER_DATABASE_URL="+b.server.ServiceURL(database), "CHARTER_ADMIN_DATABASE_URL="+b.server.OwnerURL(database))
}

// await asks until the answer is 200.
func (p *process) await(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		if v, err := visit(p.addr); err == nil {
			page, err := v.get("localhost", path)
			v.close()
			if err == nil && page.status == http.StatusOK {
				return nil
			}
		}
		select {
		case <-p.ended:
			return errors.New("it ended")
		case <-ctx.Done():
			return fmt.Errorf("it did not get ready: %w", ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
}
