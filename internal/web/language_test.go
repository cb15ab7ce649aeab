package web_test

import (
	"strings"
	"testing"
)

func TestBareAddressFindsTheLanguage(t *testing.T) {
	h := start(t)
	for _, c := range []struct{ host, accept, want string }{
		{"alpha.localhost", "", "/lt/"},
		{"alpha.localhost", "en-GB,en;q=0.9", "/en/"},
		{"alpha.localhost", "lt", "/lt/"},
		{"alpha.localhost", "bg,en;q=0.5", "/en/"},
		{"alpha.localhost", "zh", "/lt/"},
		{"alpha.localhost", strings.Repeat("en,", 1000), "/lt/"},
		{"alpha.localhost", "\"><script>", "/lt/"},
		{"beta.localhost", "", "/bg/"},
		{"beta.localhost", "lt,en;q=0.1", "/en/"},
		{"localhost", "", "/en/"},
		{"localhost", "bg-BG", "/bg/"},
	} {
		got := h.get(t, c.host, "/", "Accept-Language", c.accept)
		if got.StatusCode != 302 || got.Header.Get("Location") != c.want || got.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("%s for %.20q: %d %s, Vary %q; want %s", c.host, c.accept, got.StatusCode, got.Header.Get("Location"), got.Header.Get("Vary"), c.want)
		}
	}
}

func TestSlashAtTheEnd(t *testing.T) {
	h := start(t)
	for path, want := range map[string]string{
		"/lt":                           "/lt/",
		"/lt/charter/":                  "/lt/charter",
		"/lt/charter/?q=a%20b":          "/lt/charter?q=a%20b",
		"/lt/charter/versions/3/":       "/lt/charter/versions/3",
		"/lt/charter/versions/%D0%B0/":  "/lt/charter/versions/%D0%B0",
		"/lt/charter/versions/%3Cb%3E/": "/lt/charter/versions/%3Cb%3E",
		"/en":                           "/en/",
		"/fr":                           "",
		"/fr/charter/":                  "",
		"/lt/nowhere/":                  "",
		"/lt/charter//":                 "",
		"//evil.example/":               "",
		"/%2fevil.example/charter/":     "",
		"/robots.txt/":                  "",
	} {
		got := h.get(t, "alpha.localhost", path)
		if want == "" {
			if got.StatusCode != 404 || got.Header.Get("Location") != "" {
				t.Errorf("%s: %d %s", path, got.StatusCode, got.Header.Get("Location"))
			}
			continue
		}
		if got.StatusCode != 308 || got.Header.Get("Location") != want {
			t.Errorf("%s: %d %q, want %s", path, got.StatusCode, got.Header.Get("Location"), want)
		}
	}
}

// TestFrame: what every page has round its content.
func TestFrame(t *testing.T) {
	h := start(t)
	got := h.get(t, "beta.localhost", "/en/charter/versions/3")
	for _, want := range []string{
		`<html lang="en"`, `<title>version – CNRY-beta община</title>`,
		`<link rel="canonical" href="http://beta.localhost:8080/en/charter/versions/3">`,
		`<link rel="alternate" hreflang="bg" href="http://beta.localhost:8080/bg/charter/versions/3">`,
		`<link rel="alternate" hreflang="en" href="http://beta.localhost:8080/en/charter/versions/3">`,
		`<link rel="stylesheet" href="/assets/site.css">`, `<script src="/assets/site.js" defer></script>`,
		`<a href="/bg/charter/versions/3" lang="bg" hreflang="bg">Български</a>`, `hreflang="en" aria-current="true">English</a>`,
		`<a class="skip" href="#content">Skip to content</a>`, `<a href="/en/charter" aria-current="page">`, "key=3",
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if t.Failed() {
		t.Log(got.body)
	}
	if missing := h.get(t, "beta.localhost", "/en/nowhere"); strings.Contains(missing.body, "canonical") || !strings.Contains(missing.body, `content="noindex"`) {
		t.Errorf("an error page invites search engines:\n%s", missing.body)
	}
}

// TestTheme: a town's colours have an address that changes with them, on its own
// hosts only.
func TestTheme(t *testing.T) {
	h := start(t)
	address := func() string {
		_, after, _ := strings.Cut(h.get(t, "alpha.localhost", "/lt/").body, `href="/assets/theme/`)
		hash, _, _ := strings.Cut(after, `"`)
		return "/assets/theme/" + hash
	}
	first := address()
	got := h.get(t, "alpha.localhost", first)
	if got.StatusCode != 200 || got.Header.Get("Content-Type") != "text/css; charset=utf-8" ||
		got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || !strings.Contains(got.body, "--ds-color") {
		t.Errorf("%s: %d %v", first, got.StatusCode, got.Header)
	}
	if got := h.get(t, "evil.example", first); got.StatusCode != 404 || strings.Contains(got.body, "--ds-color") {
		t.Errorf("on another host: %d", got.StatusCode)
	}
	h.change(t, `UPDATE platform.tenants SET brand = '#773b7b' WHERE slug = 'alpha'`)
	h.change(t, `UPDATE platform.revisions SET revision = revision + 1 WHERE realm = 't_alpha'`)
	if again := address(); again == first {
		t.Error("another colour at the same address")
	}
	if got := h.get(t, "alpha.localhost", "/assets/site.css"); got.StatusCode != 200 || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the house's sheet: %d %v", got.StatusCode, got.Header)
	}
}

// TestNowhere: whoever mistypes a host is told so on a legible page that leads to
// the portal.
func TestNowhere(t *testing.T) {
	h := start(t)
	got := h.get(t, "127.0.0.1:8080", "/", "Accept-Language", "lt")
	if got.StatusCode != 404 || !strings.Contains(got.body, `<a href="http://localhost:8080/lt/">`) || strings.Contains(got.body, "CNRY") {
		t.Errorf("%d\n%s", got.StatusCode, got.body)
	}
	_, rest, _ := strings.Cut(got.body, `<link rel="stylesheet" href="/assets/theme/`)
	theme, _, _ := strings.Cut(rest, `"`)
	for _, path := range []string{"/assets/site.css", "/assets/theme/" + theme} {
		if got := h.get(t, "127.0.0.1:8080", path); got.StatusCode != 200 || got.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %v", path, got.StatusCode, got.Header)
		}
	}
}
