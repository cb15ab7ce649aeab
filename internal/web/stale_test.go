package web_test

import (
	"strings"
	"testing"
	"time"

	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/web"
)

const notice = `class="sample stale"`

// TestDatabaseAway: pages that were read before are shown for ten minutes, and
// say that they are old; nothing else pretends to work.
func TestDatabaseAway(t *testing.T) {
	server := pgtest.Private(t)
	h := startOn(t, server.Prepared(t, "web", build))
	h.get(t, "alpha.localhost", "/en/")
	h.change(t, `UPDATE platform.revisions SET revision = revision + 1 WHERE realm = 't_alpha'`)
	fresh := h.get(t, "alpha.localhost", "/lt/charter")
	h.get(t, "alpha.localhost", "/robots.txt")
	if strings.Contains(fresh.body, notice) {
		t.Fatal("a fresh page says that it is old")
	}
	must(t, server.Crash())

	// Within seconds nothing is noticed: the page is as it was a moment ago.
	if got := h.get(t, "alpha.localhost", "/lt/charter"); got.body != fresh.body {
		t.Errorf("right after: %d", got.StatusCode)
	}
	// A page that has changed meanwhile cannot be made again.
	if got := h.get(t, "alpha.localhost", "/en/"); got.StatusCode != 200 || strings.Count(got.body, notice) != 1 {
		t.Errorf("an outdated page: %d\n%s", got.StatusCode, got.body)
	}
	if err := h.Refresh(t.Context()); err == nil {
		t.Fatal("the registry was read without a database")
	}
	h.skip.Store(int64(20 * time.Second))
	for range 2 {
		got := h.get(t, "alpha.localhost", "/lt/charter")
		if got.StatusCode != 200 || strings.Count(got.body, notice) != 1 || !strings.Contains(got.body, "kopija") {
			t.Errorf("later: %d\n%s", got.StatusCode, got.body)
		}
		if got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("ETag") != "" {
			t.Errorf("an old page may be kept: %v", got.Header)
		}
		if rest := strings.Replace(got.body, got.body[strings.Index(got.body, "<aside class=\"sample stale\""):strings.Index(got.body, "</aside>")+len("</aside>\n")], "", 1); rest != fresh.body {
			t.Error("more than the notice differs")
		}
	}
	if got := h.get(t, "alpha.localhost", "/robots.txt"); got.StatusCode != 200 || strings.Contains(got.body, "aside") {
		t.Errorf("robots.txt: %d %s", got.StatusCode, got.body)
	}
	// A page nobody has read yet, and one that depends on its question.
	for _, path := range []string{"/en/charter", "/lt/charter?q=a"} {
		got := h.get(t, "alpha.localhost", path)
		if got.StatusCode != 503 || got.Header.Get("Retry-After") == "" || strings.Contains(got.body, "pq:") || strings.Contains(got.body, "dial") {
			t.Errorf("%s: %d %v\n%s", path, got.StatusCode, got.Header, got.body)
		}
	}
	if got := h.get(t, "evil.localhost", "/lt/"); got.StatusCode != 404 {
		t.Errorf("an unknown host: %d", got.StatusCode)
	}
	if got := h.get(t, "127.0.0.1", "/readyz"); got.StatusCode != 503 {
		t.Errorf("/readyz: %d", got.StatusCode)
	}
	if got := h.get(t, "127.0.0.1", "/healthz"); got.StatusCode != 200 {
		t.Errorf("/healthz: %d", got.StatusCode)
	}

	h.skip.Store(int64(11 * time.Minute))
	if got := h.get(t, "alpha.localhost", "/lt/charter"); got.StatusCode != 503 || strings.Contains(got.body, canaryA) {
		t.Errorf("after ten minutes: %d\n%s", got.StatusCode, got.body)
	}

	// It heals without a restart.
	must(t, server.Restart(t.Context()))
	must(t, h.Refresh(t.Context()))
	if got := h.get(t, "alpha.localhost", "/lt/charter"); got.StatusCode != 200 || strings.Contains(got.body, notice) {
		t.Errorf("healed: %d\n%s", got.StatusCode, got.body)
	}
	if got := h.get(t, "127.0.0.1", "/readyz"); got.StatusCode != 200 {
		t.Errorf("/readyz healed: %d", got.StatusCode)
	}
}

// TestBeforeTheRegistryIsRead: a service that knows no town yet says so and
// guesses nothing.
func TestBeforeTheRegistryIsRead(t *testing.T) {
	h := start(t)
	cold, err := web.New(h.options)
	must(t, err)
	h.Server = cold
	h.serve(t)
	got := h.get(t, "alpha.localhost", "/lt/", "Accept-Language", "lt")
	if got.StatusCode != 503 || got.Header.Get("Retry-After") == "" || !strings.Contains(got.body, `lang="lt"`) {
		t.Errorf("%d %v\n%s", got.StatusCode, got.Header, got.body)
	}
	if got := h.get(t, "x", "/readyz"); got.StatusCode != 503 {
		t.Errorf("/readyz: %d", got.StatusCode)
	}
}
