package web

import (
	"context"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"charterhouse/internal/pg"
)

// readyTimeout is how long /readyz waits for the database.
const readyTimeout = 2 * time.Second

// machine answers the addresses for machines: they are the same on every host
// and name no municipality. It tells whether it did.
func (s *Server) machine(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case "/healthz":
		state(w, http.StatusOK, "alive")
	case "/readyz":
		if err := s.ready(r.Context()); err != nil {
			s.opt.Log.Warn("not ready", "error", err)
			state(w, http.StatusServiceUnavailable, "not ready")
			return true
		}
		state(w, http.StatusOK, "ready")
	case "/metrics":
		if !s.mayReadMetrics(r) {
			state(w, http.StatusNotFound, "not found")
			return true
		}
		promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	default:
		return false
	}
	return true
}

func state(w http.ResponseWriter, status int, word string) {
	h := w.Header()
	h["Content-Type"] = []string{"text/plain; charset=utf-8"}
	h["Cache-Control"] = headerNoStore
	h["X-Content-Type-Options"] = headerNosniff
	w.WriteHeader(status)
	_, _ = w.Write([]byte(word + "\n")) // the client may be gone
}

// ready tells why the service should get no requests: the database does not
// answer, its schema is another build's, or the registry was never read. One
// broken town is no reason: the others are served.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if s.state.Load() == nil {
		return errStarting
	}
	if err := s.opt.DB.Class(pg.Jobs).Read(ctx, pg.Portal(), func(*pg.Tx) error { return nil }); err != nil {
		return err
	}
	if s.opt.Migrated != nil {
		return s.opt.Migrated(ctx)
	}
	return nil
}

// mayReadMetrics asks for the token, or where none is set for a direct
// connection from this machine. A proxy beside us also connects from here, so
// what it forwards does not count.
func (s *Server) mayReadMetrics(r *http.Request) bool {
	if s.opt.MetricsToken != "" {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		return ok && subtle.ConstantTimeCompare([]byte(given), []byte(s.opt.MetricsToken)) == 1
	}
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via"} {
		if r.Header[name] != nil {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
