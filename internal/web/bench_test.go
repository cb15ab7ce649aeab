package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
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

// BenchmarkHit is what the kit adds to a page that comes from the cache, the log
// line included; Bare is the least a handler can do with the same bytes.
func BenchmarkHit(b *testing.B) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	must(b, err)
	for name, w := range map[string]io.Writer{"log to a file": null, "no log": io.Discard} {
		b.Run(name, func(b *testing.B) {
			h := start(b, func(o *web.Options) { o.Log = slog.New(slog.NewJSONHandler(w, nil)) })
			r := httptest.NewRequest("GET", "http://alpha.localhost:8080/lt/charter", nil)
			r.URL.Host, r.URL.Scheme = "", ""
			r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
			h.ServeHTTP(httptest.NewRecorder(), r)
			b.ReportAllocs()
			for b.Loop() {
				s := &sink{header: http.Header{}}
				h.ServeHTTP(s, r)
				if s.status != 200 {
					b.Fatal(s.status)
				}
			}
		})
	}
}

func BenchmarkBare(b *testing.B) {
	body := make([]byte, 2000)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Encoding", "gzip")
		h.Set("Etag", `"0123456789abcdef-g"`)
		h.Set("Cache-Control", "no-cache")
		h.Set("Vary", "Accept-Encoding")
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})
	r := httptest.NewRequest("GET", "/lt/charter", nil)
	b.ReportAllocs()
	for b.Loop() {
		handler.ServeHTTP(&sink{header: http.Header{}}, r)
	}
}
