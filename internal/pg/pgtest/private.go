package pgtest

import (
	"context"
	"os"
	"testing"

	"charterhouse/internal/pg/embedded"
)

// Server is a server of one test, which may crash it, stop it, and change its
// roles.
type Server struct {
	Cluster
	*embedded.Server
}

// Private starts a server for this test alone; it ends with the test. It is as
// safe against crashes as a real one. About a second and a half.
func Private(t testing.TB, settings ...string) *Server {
	t.Helper()
	clone, err := cloneDir()
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir: the user that the server runs as must reach it.
	dir, err := os.MkdirTemp("", "charterhouse-private-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	server, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Clone: clone, Settings: settings})
	if err != nil {
		missing(t, err)
	}
	t.Cleanup(func() {
		if err := server.Crash(); err != nil {
			t.Errorf("pgtest: end the private server: %v", err)
		}
	})
	c, err := connect(t.Context(), accessTo(server))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.super.Close() })
	return &Server{Cluster: *c, Server: server}
}

// Crashed ends the server as a power cut would and starts it again on the same
// port; it returns when the server has recovered.
func (s *Server) Crashed(t testing.TB) {
	t.Helper()
	if err := s.Crash(); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
}
