package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"charterhouse/internal/web"
)

// sink takes an answer and keeps nothing of it.
type sink struct {
	header http.Header
	status int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(code int)        { s.status = code }

// BenchmarkHit is a page from the cache with its line of the log; BenchmarkBare
// is the least a handler can do with the same headers and as many bytes.
func BenchmarkHit(b *testing.B) {
	h := start(b, func(o *web.Options) { o.Requests = io.Discard })
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	go h.Poll(ctx)
	r := httptest.NewRequest("GET", "/lt/charter", nil)
	r.Host = "alpha.localhost:8080"
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	h.ServeHTTP(httptest.NewRecorder(), r)
	b.ReportAllocs()
	for b.Loop() {
		s := &sink{header: http.Header{}}
		h.ServeHTTP(s, r)
		if s.status != http.StatusOK {
			b.Fatal(s.status)
		}
	}
}

func BenchmarkBare(b *testing.B) {
	h := start(b)
	page := h.get(b, "alpha.localhost", "/lt/charter", "Accept-Encoding", "gzip")
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		header := w.Header()
		for name, value := range page.Header {
			header[name] = value
		}
		w.Write([]byte(page.body))
	})
	r := httptest.NewRequest("GET", "/lt/charter", nil)
	b.ReportAllocs()
	for b.Loop() {
		handler.ServeHTTP(&sink{header: http.Header{}}, r)
	}
}
