package web_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/web"
)

func TestSecurityHeaders(t *testing.T) {
	h := start(t)
	want := map[string]string{
		"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security":    "",
		"Server":                       "",
		"Set-Cookie":                   "",
	}
	for range 2 {
		for _, c := range []struct{ host, path string }{
			{"alpha.localhost", "/lt/charter"}, {"alpha.localhost", "/lt/charter?q=1"}, {"alpha.localhost", "/lt/nowhere"}, {"alpha.localhost", "/"},
			{"alpha.localhost", "/lt/panic"}, {"alpha.localhost", "/robots.txt"}, {"alpha.localhost", "/assets/site.css"}, {"alpha.localhost", "/lt/secret"},
			{"evil.example", "/lt/"}, {"localhost", "/en/"}, {"alpha.localhost", "/lt/%00"}, {"alpha.localhost", "/api/x"},
		} {
			got := h.get(t, c.host, c.path)
			for name, value := range want {
				if got.Header.Get(name) != value {
					t.Errorf("%s%s: %s: %q, want %q", c.host, c.path, name, got.Header.Get(name), value)
				}
			}
			if !strings.Contains(got.Header.Get("Permissions-Policy"), "camera=()") || got.Header.Get("Cache-Control") == "" {
				t.Errorf("%s%s: %v", c.host, c.path, got.Header)
			}
		}
	}
	h.options.Base.Scheme, h.options.Base.Port = "https", ""
	var err error
	h.Server, err = web.New(h.options)
	must(t, err)
	must(t, h.Refresh(t.Context()))
	h.serve(t)
	for range 2 {
		if got := h.get(t, "beta.localhost", "/bg/"); got.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("a site with an https origin: %v", got.Header)
		}
	}
}

// TestLogNamesNobody: whoever reads the log learns what was asked of the service
// and not who asked. Line by line and many at a time it says the same.
func TestLogNamesNobody(t *testing.T) {
	t.Run("line by line", func(t *testing.T) { logNamesNobody(t, start(t)) })
	t.Run("collected", func(t *testing.T) {
		log := &lines{}
		h := start(t, func(o *web.Options) { o.Log, o.Requests = slog.New(slog.NewJSONHandler(log, nil)), log })
		h.log = log
		logNamesNobody(t, h)
		h.get(t, "beta.localhost", "/en/")
		h.Flush()
		if !strings.Contains(log.String(), `"route":"/:lang/","status":200`) {
			t.Error("Flush left a line behind")
		}
	})
}

func logNamesNobody(t *testing.T, h *house) {
	private := []string{"superfluous", "secretquery", "secretkey", "Secretagent", "203.0.113.7", "secretcookie", "secretreferer", "127.0.0.1", "secretid", "secretmethod"}
	headers := []string{"User-Agent", "Secretagent/1", "X-Forwarded-For", "203.0.113.7", "Referer", "http://secretreferer.example/", "X-Request-Id", "secretid"}
	for range 2 {
		h.get(t, "alpha.localhost", "/lt/charter/versions/secretkey", headers...)
	}
	h.get(t, "alpha.localhost", "/lt/charter?q=secretquery", append(headers, "Cookie", "secretcookie=1")...)
	h.get(t, "alpha.localhost", "/lt/secretkey/x", headers...)
	h.get(t, "alpha.localhost", "/lt/defect", headers...)
	h.get(t, "secretkey.example", "/lt/secretkey", headers...)
	h.get(t, "alpha.localhost", "/assets/site.css?secretquery", headers...)
	h.do(t, "SECRETMETHOD", "alpha.localhost", "/lt/charter", headers...)
	h.get(t, "beta.localhost", "/bg/", headers...)
	line := h.logged(t, `"tenant":"beta"`)[0]
	for _, word := range private {
		if strings.Contains(strings.ToLower(h.log.String()), strings.ToLower(word)) {
			t.Errorf("%s is in the log:\n%s", word, h.log.String())
		}
	}
	if when, ok := line["time"].(string); !ok || len(when) < 20 {
		t.Errorf("time is %v", line["time"])
	}
	for name, want := range map[string]any{"msg": "request", "level": "INFO", "method": "GET", "route": "/:lang/", "status": 200.0, "tenant": "beta"} {
		if line[name] != want {
			t.Errorf("%s is %v, want %v", name, line[name], want)
		}
	}
	for _, name := range []string{"id", "ms", "bytes"} {
		if line[name] == nil || line[name] == "" {
			t.Errorf("no %s in %v", name, line)
		}
	}
	if n := len(h.logged(t, "/:lang/charter/versions/:key")); n != 2 {
		t.Errorf("%d lines for two readers of a page, one from the cache", n)
	}
	seen := map[any]bool{}
	for _, l := range h.logged(t, `"msg":"request"`) {
		if seen[l["id"]] {
			t.Errorf("two requests with id %v", l["id"])
		}
		seen[l["id"]] = true
	}
}

func TestHealth(t *testing.T) {
	broken := errors.New("migration 7 is missing")
	var state error
	h := start(t, func(o *web.Options) { o.Migrated = func(context.Context) error { return state } })
	for _, host := range []string{"alpha.localhost", "evil.example", "10.0.0.1:8080", "[::1]"} {
		for path, want := range map[string]string{"/healthz": "alive\n", "/readyz": "ready\n"} {
			got := h.get(t, host, path)
			if got.StatusCode != 200 || got.body != want || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s%s: %d %q", host, path, got.StatusCode, got.body)
			}
		}
	}
	state = broken
	if got := h.get(t, "x", "/readyz"); got.StatusCode != 503 || strings.Contains(got.body, "migration") {
		t.Errorf("/readyz: %d %s", got.StatusCode, got.body)
	}
	h.logged(t, "not ready", "migration 7")
}

// TestLastResort: a panic before any page is known shows no address either.
func TestLastResort(t *testing.T) {
	h := start(t, func(o *web.Options) { o.Migrated = func(context.Context) error { panic("secret") } })
	got := h.get(t, "x", "/readyz")
	if got.StatusCode != 500 || strings.Contains(got.body, "secret") {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	line := h.logged(t, "panic: secret")[0]
	if !strings.Contains(line["stack"].(string), "machine_test.go") || !strings.Contains(got.body, line["id"].(string)) {
		t.Errorf("logged %v, told %q", line, got.body)
	}
	if strings.Contains(h.log.String(), "127.0.0.1") {
		t.Errorf("the visitor's address is in the log:\n%s", h.log.String())
	}
}

// Work that was given up is counted for whoever watches, whichever instance did it.
func TestMetricsOfJobs(t *testing.T) {
	h := start(t)
	for _, want := range []string{`charter_jobs_dead{tenant="alpha"} 0`, `charter_jobs_late{tenant="portal"} 0`} {
		if text := h.get(t, "x", "/metrics").body; !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	_, err := h.raw.Exec(`INSERT INTO t_alpha.jobs (kind, args, receipt, state, run_at, attempt, tries, last_error, created_at, died_at)
		SELECT 'x', '{}', 'r' || n, CASE WHEN n < 3 THEN 'dead' ELSE 'pending' END, '2026-11-20', 1, 1, '', now(), now() FROM generate_series(1, 3) n`)
	must(t, err)
	if text := h.get(t, "x", "/metrics").body; !strings.Contains(text, `charter_jobs_dead{tenant="alpha"} 0`) {
		t.Error("the realms are asked at every reading")
	}
	h.skip.Add(int64(20 * time.Second))
	must(t, h.Refresh(t.Context()))
	text := h.get(t, "x", "/metrics").body
	for _, want := range []string{`charter_jobs_dead{tenant="alpha"} 2`, `charter_jobs_late{tenant="alpha"} 1`, `charter_jobs_dead{tenant="beta"} 0`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	h.skip.Add(int64(20 * time.Second)) // and the database was not heard of since
	if text := h.get(t, "x", "/metrics").body; strings.Contains(text, "charter_jobs_dead{") {
		t.Error("with the database away its jobs are counted")
	}
}

func TestMetrics(t *testing.T) {
	h := start(t)
	for range 3 {
		h.get(t, "alpha.localhost", "/lt/charter")
	}
	h.get(t, "alpha.localhost", "/lt/secret/path")
	h.get(t, "evil.example", "/evil")
	h.do(t, "EVIL", "alpha.localhost", "/lt/charter")
	h.logged(t, `"method":"other"`)
	text := h.get(t, "x", "/metrics").body
	for _, want := range []string{
		`charter_requests_total{cache="miss",method="GET",route="/:lang/charter",status="2xx",tenant="alpha"} 1`,
		`charter_requests_total{cache="hit",method="GET",route="/:lang/charter",status="2xx",tenant="alpha"} 2`,
		`charter_requests_total{cache="miss",method="GET",route="-",status="4xx",tenant="-"} 1`,
		`charter_requests_total{cache="miss",method="other",route="-",status="4xx",tenant="alpha"} 1`,
		"charter_request_seconds_bucket", "charter_page_cache_bytes 2", "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(strings.ToLower(text), "evil") || strings.Contains(text, "secret/path") {
		t.Error("what was asked is in a label")
	}
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"} {
		if got := h.get(t, "x", "/metrics", header, "127.0.0.1"); got.StatusCode != 404 {
			t.Errorf("through a proxy (%s): %d", header, got.StatusCode)
		}
	}
}

func TestMetricsToken(t *testing.T) {
	h := start(t, func(o *web.Options) { o.MetricsToken = "token" })
	for given, want := range map[string]int{"Bearer token": 200, "Bearer tokem": 404, "token": 404, "Basic token": 404, "": 404} {
		if got := h.get(t, "x", "/metrics", "Authorization", given); got.StatusCode != want {
			t.Errorf("%q: %d, want %d", given, got.StatusCode, want)
		}
	}
}
