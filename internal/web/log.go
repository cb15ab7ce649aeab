package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"sync"
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

// line is what the log says of a request: what was asked of the service and not
// who asked. It has the pattern of the route and never the path or the query, no
// address and no browser.
type line struct {
	id, method, route, tenant string
	status, bytes             int
	took                      time.Duration
}

// log writes one line for a request.
func (s *Server) log(l line) {
	l.method = methodLabel(l.method)
	if s.requests != nil {
		s.requests.add(s.opt.Clock(), l)
		return
	}
	s.opt.Log.LogAttrs(context.Background(), slog.LevelInfo, "request",
		slog.String("id", l.id), slog.String("method", l.method), slog.String("route", l.route), slog.Int("status", l.status),
		slog.Float64("ms", milliseconds(l.took)), slog.String("tenant", l.tenant), slog.Int("bytes", l.bytes))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// How long a line waits for others, and how many bytes of lines wait.
const (
	linePatience = 100 * time.Millisecond
	linesWait    = 32 << 10
)

// requestLog collects lines and writes many at once: a system call for each line
// would cost a page from the cache a fifth of its time.
type requestLog struct {
	out io.Writer

	mu      sync.Mutex
	waiting []byte
	timer   *time.Timer
}

func newRequestLog(out io.Writer) *requestLog {
	l := &requestLog{out: out, waiting: make([]byte, 0, linesWait+1024)}
	l.timer = time.AfterFunc(time.Hour, l.flush)
	return l
}

// add formats a line as JSON. Nothing in it needs escaping: methods are bounded,
// routes are our patterns, tenants are slugs.
func (q *requestLog) add(now time.Time, l line) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		q.timer.Reset(linePatience)
	}
	b := append(q.waiting, `{"time":"`...)
	b = now.UTC().AppendFormat(b, time.RFC3339Nano)
	b = append(append(b, `","level":"INFO","msg":"request","id":"`...), l.id...)
	b = append(append(b, `","method":"`...), l.method...)
	b = append(append(b, `","route":"`...), l.route...)
	b = strconv.AppendInt(append(b, `","status":`...), int64(l.status), 10)
	b = strconv.AppendFloat(append(b, `,"ms":`...), milliseconds(l.took), 'f', -1, 64)
	b = append(append(b, `,"tenant":"`...), l.tenant...)
	b = strconv.AppendInt(append(b, `","bytes":`...), int64(l.bytes), 10)
	q.waiting = append(b, "}\n"...)
	if len(q.waiting) >= linesWait {
		q.write()
	}
}

func (q *requestLog) flush() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.write()
}

func (q *requestLog) write() {
	if len(q.waiting) > 0 {
		_, _ = q.out.Write(q.waiting) // a log that cannot be written is no reason to stop serving
		q.waiting = q.waiting[:0]
	}
}

// Flush writes the lines of the request log that still wait; called when the
// service stops.
func (s *Server) Flush() {
	if s.requests != nil {
		s.requests.flush()
	}
}
