package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"
)

// requestIDs numbers the requests of one run of the service: a random beginning
// and a counter. An id from outside is never taken over.
type requestIDs struct {
	prefix string
	n      atomic.Uint64
}

func newRequestIDs() (*requestIDs, error) {
	var b [5]byte
	if _, err := rand.Read(b[:]); err != nil {
		return nil, fmt.Errorf("web: request ids: %w", err)
	}
	return &requestIDs{prefix: hex.EncodeToString(b[:]) + "-"}, nil
}

func (g *requestIDs) next() string { return g.prefix + strconv.FormatUint(g.n.Add(1), 36) }

// logRequest writes one line for a request. It names the pattern of the route
// and never the path or the query, no address and no browser: whoever reads the
// log learns what was asked of the service and not who asked.
func (s *Server) logRequest(level slog.Level, id, method, route string, status int, slug string, bytes int, took time.Duration) {
	s.opt.Log.LogAttrs(context.Background(), level, "request",
		slog.String("id", id), slog.String("method", methodLabel(method)), slog.String("route", route), slog.Int("status", status),
		slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("tenant", slug), slog.Int("bytes", bytes))
}

// logHit writes the line of a page that came from the cache.
func (s *Server) logHit(method, route string, status int, slug string, bytes int, took time.Duration) {
	s.logRequest(slog.LevelInfo, s.ids.next(), method, route, status, slug, bytes, took)
}
