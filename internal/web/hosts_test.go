package web_test

import (
	"strings"
	"testing"
)

// hostile requests are written byte by byte; the Host line is part of each. Not
// one may show a town, and not one may be repeated to whoever sent it.
func hostile() map[string]string {
	get := func(host string) string { return "GET /lt/ HTTP/1.1\r\nHost: " + host + "\r\n" }
	return map[string]string{
		"missing":                     "GET /lt/ HTTP/1.1\r\n",
		"missing, HTTP/1.0":           "GET /lt/ HTTP/1.0\r\n",
		"empty":                       get(""),
		"blank":                       get("   "),
		"only a port":                 get(":8080"),
		"only a dot":                  get("."),
		"two":                         get("alpha.localhost") + "Host: evil.example\r\n",
		"two, the same":               get("alpha.localhost") + "Host: alpha.localhost\r\n",
		"two, first unknown":          get("evil.example") + "Host: alpha.localhost\r\n",
		"absolute":                    "GET http://evil.example/lt/ HTTP/1.1\r\nHost: alpha.localhost\r\n",
		"absolute, other way":         "GET http://alpha.localhost:8080/lt/ HTTP/1.1\r\nHost: evil.example\r\n",
		"absolute, the same":          "GET http://alpha.localhost:8080/lt/ HTTP/1.1\r\nHost: alpha.localhost:8080\r\n",
		"absolute, https":             "GET https://alpha.localhost/lt/ HTTP/1.1\r\nHost: alpha.localhost\r\n",
		"absolute, no host":           "GET http:///lt/ HTTP/1.1\r\nHost: evil.example\r\n",
		"connect":                     "CONNECT alpha.localhost:443 HTTP/1.1\r\nHost: alpha.localhost\r\n",
		"user information":            get("alpha.localhost:443@evil.example"),
		"user information, other way": get("evil.example@alpha.localhost"),
		"port too large":              get("alpha.localhost:99999"),
		"port zero":                   get("alpha.localhost:0"),
		"port empty":                  get("alpha.localhost:"),
		"port with a sign":            get("alpha.localhost:+80"),
		"port with letters":           get("alpha.localhost:evil"),
		"two ports":                   get("alpha.localhost:80:8080"),
		"trailing dot":                get("alpha.localhost."),
		"trailing dot and port":       get("alpha.localhost.:8080"),
		"leading dot":                 get(".alpha.localhost"),
		"double dot":                  get("alpha..localhost"),
		"IDNA":                        get("алфа.localhost"),
		"homoglyph":                   get("\u0430lpha.localhost"), // Cyrillic а
		"homoglyph in punycode":       get("xn--lpha-43d.localhost"),
		"full width":                  get("ａlpha.localhost"),
		"dotless":                     get("alpha\u3002localhost"),
		"IPv4":                        get("127.0.0.1"),
		"IPv4 with port":              get("127.0.0.1:8080"),
		"IPv4 as a number":            get("2130706433"),
		"IPv6":                        get("[::1]:8080"),
		"another town's prefix":       get("alpha.localhost.evil.example"),
		"another suffix":              get("evil-alpha.localhost"),
		"below a town":                get("evil.alpha.localhost"),
		"the schema's name":           get("t_alpha.localhost"),
		"underscore":                  get("al_pha.localhost"),
		"portal by another name":      get("www.localhost"),
		"suspended town":              get("gamma.localhost"),
		"unknown town":                get("evil.localhost"),
		"bare slug":                   get("alpha"),
		"NUL":                         get("alpha.localhost\x00.evil.example"),
		"CR":                          get("alpha.localhost\rX-Evil: evil"),
		"folded":                      get("alpha.localhost\r\n evil.example"),
		"space":                       get("alpha.localhost evil.example"),
		"tab":                         get("alpha.localhost\tevil.example"),
		"space before the colon":      "GET /lt/ HTTP/1.1\r\nHost : alpha.localhost\r\n",
		"comma":                       get("alpha.localhost,evil.example"),
		"slash":                       get("alpha.localhost/evil"),
		"backslash":                   get(`alpha.localhost\evil`),
		"query":                       get("alpha.localhost?evil"),
		"fragment":                    get("alpha.localhost#evil"),
		"percent":                     get("alpha%2elocalhost"),
		"wildcard":                    get("*.localhost"),
		"markup":                      get("<script>evil</script>.localhost"),
		"300-byte label":              get(strings.Repeat("a", 300) + ".localhost"),
		"a thousand labels":           get(strings.Repeat("a.", 1000) + "localhost"),
		"X-Forwarded-Host":            get("evil.example") + "X-Forwarded-Host: alpha.localhost\r\n",
		"X-Host":                      get("evil.example") + "X-Host: alpha.localhost\r\n",
		"X-Original-Host":             get("evil.example") + "X-Original-Host: alpha.localhost\r\n",
		"X-Forwarded-Server":          get("evil.example") + "X-Forwarded-Server: alpha.localhost\r\n",
		"X-HTTP-Host-Override":        get("evil.example") + "X-HTTP-Host-Override: alpha.localhost\r\n",
		"Forwarded":                   get("evil.example") + "Forwarded: host=alpha.localhost;proto=https\r\n",
		"X-Original-URL":              get("evil.example") + "X-Original-URL: http://alpha.localhost/lt/\r\n",
		"X-Rewrite-URL":               get("evil.example") + "X-Rewrite-URL: http://alpha.localhost/lt/\r\n",
		"Origin":                      get("evil.example") + "Origin: http://alpha.localhost\r\nReferer: http://alpha.localhost/lt/\r\n",
	}
}

// TestHostileHosts is promise I6: a town is found by its exact host only.
func TestHostileHosts(t *testing.T) {
	h := start(t)
	if body := h.get(t, "alpha.localhost", "/lt/").body; !strings.Contains(body, canaryA) {
		t.Fatalf("the town itself is not found:\n%s", body)
	}
	variants, asked := hostile(), 0
	if len(variants) < 40 {
		t.Fatalf("only %d variants", len(variants))
	}
	for name, head := range variants {
		for _, path := range []string{"/lt/", "/en/charter", "/", "/lt/nowhere", "/robots.txt", "/en/?q=1"} {
			request := strings.Replace(head, "/lt/ HTTP", path+" HTTP", 1) + "Connection: close\r\n\r\n"
			asked++
			got := h.raws(t, "GET", request)
			if got.StatusCode != 400 && got.StatusCode != 404 && got.StatusCode != 421 {
				t.Errorf("%s %s: status %d", name, path, got.StatusCode)
			}
			var all strings.Builder
			must(t, got.Header.Write(&all))
			all.WriteString(got.body)
			text := strings.ToLower(all.String())
			for _, leak := range []string{"cnry", "evil", "alpha", "beta", "gamma"} {
				if strings.Contains(text, leak) {
					t.Errorf("%s %s: %q is in the answer:\n%s", name, path, leak, text)
				}
			}
		}
	}
	t.Logf("%d variants, %d requests", len(variants), asked)
}

// TestHostileHeaders: what a proxy may or may not have written changes nothing on
// a town's own host, and every absolute link has the stored origin.
func TestHostileHeaders(t *testing.T) {
	h := start(t)
	headers := []string{
		"X-Forwarded-Host", "beta.localhost", "X-Host", "beta.localhost", "X-Forwarded-Server", "beta.localhost",
		"Forwarded", "host=beta.localhost;proto=https", "X-Original-URL", "/bg/", "X-Rewrite-URL", "/bg/",
		"X-Forwarded-Prefix", "/evil", "X-Forwarded-Proto", "https", "X-Forwarded-Port", "444", "X-Forwarded-For", "203.0.113.7",
		"X-HTTP-Method-Override", "DELETE",
	}
	for _, host := range []string{"beta.localhost", "beta.localhost:8080", "BETA.LocalHost:1"} {
		for _, path := range []string{"/bg/charter", "/bg/charter?q=1", "/bg/nowhere", "/bg/charter/", "/"} {
			got := h.get(t, host, path, headers...)
			all := got.body + got.Header.Get("Location")
			if strings.Contains(all, "evil") || strings.Contains(all, canaryA) || strings.Contains(all, "444") || strings.Contains(all, "https://") {
				t.Errorf("%s%s: %d %s\n%s", host, path, got.StatusCode, got.Header.Get("Location"), got.body)
			}
			if got.StatusCode == 200 && !strings.Contains(got.body, `<link rel="canonical" href="http://beta.localhost:8080/bg/charter">`) {
				t.Errorf("%s%s: no canonical link of the stored origin:\n%s", host, path, got.body)
			}
		}
	}
	// A town with a domain of its own has that as its origin, whichever host was asked.
	for _, host := range []string{"alpha.localhost:8080", "charter.alpha.example"} {
		if got := h.get(t, host, "/lt/charter"); !strings.Contains(got.body, `href="http://charter.alpha.example:8080/lt/charter"`) {
			t.Errorf("%s: %d\n%s", host, got.StatusCode, got.body)
		}
	}
}

// TestEachHostHasItsOwnRealm: the page is read as the town's own role.
func TestEachHostHasItsOwnRealm(t *testing.T) {
	h := start(t)
	for range 2 { // the second time from the cache
		for host, want := range map[string][2]string{
			"alpha.localhost": {"/en/charter", "t_alpha"}, "beta.localhost": {"/en/charter", "t_beta"}, "localhost": {"/en/charter", "portal"},
		} {
			got := h.get(t, host, want[0])
			if got.StatusCode != 200 || !strings.Contains(got.body, " "+want[1]+" 2026-11-20") {
				t.Errorf("%s: %d\n%s", host, got.StatusCode, got.body)
			}
			for other, canary := range map[string]string{"alpha.localhost": canaryA, "beta.localhost": canaryB} {
				if strings.Contains(got.body, canary) != (other == host) {
					t.Errorf("%s and %s", host, canary)
				}
			}
		}
	}
}
