package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"charterhouse/internal/web"
)

// TestRefusals: each kind of refusal has its status and a page in the reader's
// language that says what to do next; causes stay with us.
func TestRefusals(t *testing.T) {
	h := start(t)
	for kind, want := range map[string]struct {
		status int
		title  string
	}{
		"invalid":     {422, "Kai ką reikia pataisyti"},
		"not_found":   {404, "Tokio puslapio nėra"},
		"forbidden":   {403, "Šis puslapis jums neprieinamas"},
		"conflict":    {409, "Kol pildėte, duomenys pasikeitė"},
		"too_many":    {429, "Per daug užklausų per trumpą laiką"},
		"gone":        {410, "Šio puslapio nebėra"},
		"unavailable": {503, "Paslauga trumpam neprieinama"},
		"malformed":   {400, "Šios užklausos perskaityti nepavyko"},
		"unheard_of":  {500, "Puslapio parodyti nepavyko"},
	} {
		got := h.get(t, "alpha.localhost", "/lt/refuse/"+kind)
		if got.StatusCode != want.status || !strings.Contains(got.body, "<h1>"+want.title+"</h1>") {
			t.Errorf("%s: %d, want %d %s\n%s", kind, got.StatusCode, want.status, want.title, got.body)
		}
		if strings.Contains(got.body, "secret") || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v\n%s", kind, got.Header, got.body)
		}
		if !strings.Contains(got.body, `<html lang="lt"`) || !strings.Contains(got.body, canaryA) || !strings.Contains(got.body, `href="/en/refuse/`+kind+`"`) {
			t.Errorf("%s: not a whole page of the town:\n%s", kind, got.body)
		}
		if later := got.Header.Get("Retry-After") != ""; later != (want.status == 429 || want.status == 503) {
			t.Errorf("%s: Retry-After %q", kind, got.Header.Get("Retry-After"))
		}
	}
	if got := h.get(t, "alpha.localhost", "/lt/form"); got.StatusCode != 422 || !strings.Contains(got.body, "<title>Klaida: Due – ") {
		t.Errorf("a form shown again: %d\n%s", got.StatusCode, got.body)
	}
	if got := h.get(t, "alpha.localhost", "/lt/moved"); got.StatusCode != 303 || got.Header.Get("Location") != "/lt/charter" {
		t.Errorf("a redirect: %d %v", got.StatusCode, got.Header)
	}
}

// TestDefects: whatever goes wrong in our code, the reader has a number and the
// log has the rest.
func TestDefects(t *testing.T) {
	h := start(t)
	for path, cause := range map[string]string{
		"/lt/panic": "secret panic", "/lt/defect": "secret defect", "/lt/broken": "missing", "/lt/nothing": "neither a reply",
		"/lt/panic?q=1": "secret panic", "/lt/defect?q=1": "secret defect",
	} {
		got := h.get(t, "alpha.localhost", path)
		if got.StatusCode != 500 || strings.Contains(got.body, "secret") || strings.Contains(got.body, ".go:") {
			t.Errorf("%s: %d\n%s", path, got.StatusCode, got.body)
		}
		_, id, found := strings.Cut(got.body, "Užklausos numeris: ")
		if !found {
			t.Errorf("%s: no request number:\n%s", path, got.body)
			continue
		}
		id, _, _ = strings.Cut(id, "<")
		line := h.logged(t, id, "request failed")[0]
		if line["level"] != "ERROR" || !strings.Contains(line["error"].(string), cause) {
			t.Errorf("%s: logged %v", path, line)
		}
		stack, _ := line["stack"].(string)
		if strings.Contains(path, "panic") != strings.Contains(stack, "harness_test.go") {
			t.Errorf("%s: stack %q", path, stack)
		}
	}
	// The connection, and the transaction, are free again.
	if got := h.get(t, "alpha.localhost", "/lt/charter"); got.StatusCode != 200 {
		t.Errorf("afterwards: %d", got.StatusCode)
	}
}

func TestProblemJSON(t *testing.T) {
	h := start(t)
	for _, c := range []struct{ path, accept string }{
		{"/lt/refuse/invalid", "application/problem+json"}, {"/lt/refuse/invalid", "application/json"},
	} {
		got := h.get(t, "alpha.localhost", c.path, "Accept", c.accept)
		var p struct {
			Title, Detail, Request string
			Status                 int
			Errors                 []struct{ Field, Detail string }
		}
		if err := json.Unmarshal([]byte(got.body), &p); err != nil {
			t.Fatalf("%s: %v\n%s", c.accept, err, got.body)
		}
		if got.StatusCode != 422 || got.Header.Get("Content-Type") != "application/problem+json" || p.Status != 422 || p.Request == "" ||
			p.Title != "Kai ką reikia pataisyti" || p.Detail == "" || len(p.Errors) != 1 || p.Errors[0].Field != "date" || p.Errors[0].Detail == "" {
			t.Errorf("%s: %d %v %+v", c.accept, got.StatusCode, got.Header, p)
		}
	}
	for path, want := range map[string]int{"/api/v1/nothing": 404, "/api/v1/%ff": 400} {
		if got := h.get(t, "alpha.localhost", path); got.StatusCode != want || got.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %v", path, got.StatusCode, got.Header)
		}
	}
	if got := h.get(t, "alpha.localhost", "/lt/nowhere", "Accept", "text/html,application/xhtml+xml,application/json;q=0.9"); !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
		t.Errorf("a browser that also takes JSON gets %v", got.Header)
	}
}

// TestBadInput is promise P13: a 4xx that explains, in the reader's language.
func TestBadInput(t *testing.T) {
	h := start(t)
	long := strings.Repeat("a", 1<<20)
	for _, c := range []struct {
		path   string
		status int
		lang   string
	}{
		{"/lt/charter%00", 400, "lt"},
		{"/lt/charter?q=%00", 400, "lt"},
		{"/lt/%ff%fe", 400, "lt"},
		{"/lt/charter?q=%c3%28", 400, "lt"},
		{"/lt/charter?%00=1", 400, "lt"},
		{"/lt/charter?q=%", 400, "lt"},
		{"/lt/charter?q=1;x=2", 400, "lt"},
		{"/lt/charter/versions/%0d%0aX-Evil:1", 400, "lt"},
		{"/lt/charter/versions/%1b", 400, "lt"},
		{"/lt/charter?q=" + long, 414, "lt"},
		{"/en/" + strings.Repeat("b", 4000), 414, "en"},
		{"/lt/charter?" + strings.Repeat("a=1&", 5000), 414, "lt"},
		{"/lt/charter?" + strings.Repeat("a=1&", 150), 414, "lt"},
		{"/fr/charter", 404, "en"},
		{"/bg/charter", 404, "en"},
		{"/LT/charter", 404, "en"},
		{"/lt/nowhere", 404, "lt"},
		{"/nowhere", 404, "en"},
		{"/lt/Charter", 404, "lt"},
		{"//lt/charter", 404, "en"},
		{"/lt//charter", 404, "lt"},
		{"/lt/../lt/charter", 404, "lt"},
		{"/lt/%2e%2e/lt/charter", 404, "lt"},
		{"/lt%2fcharter", 404, "lt"},
		{"/lt/charter%2fversions", 404, "lt"},
		{"/lt/charter/versions/", 404, "lt"},
		{"/lt/charter/versions//", 404, "lt"},
		{"/assets/../secret", 404, ""},
		{"/assets/theme/0000.css", 404, ""},
	} {
		got := h.get(t, "alpha.localhost", c.path, "Accept-Language", "en-GB,en;q=0.9")
		if got.Header.Get("X-Evil") != "" {
			t.Errorf("%s: %v", c.path, got.Header)
		}
		if got.StatusCode != c.status {
			t.Errorf("%.60s: %d, want %d", c.path, got.StatusCode, c.status)
		}
		if c.lang != "" && (!strings.Contains(got.body, `<html lang="`+c.lang+`"`) || strings.Count(got.body, "<h1>") != 1) {
			t.Errorf("%.60s: not explained in %s:\n%.2000s", c.path, c.lang, got.body)
		}
		if len(got.body) > 20_000 {
			t.Errorf("%.60s: %d bytes come back", c.path, len(got.body))
		}
	}
	// What arrives is escaped.
	got := h.get(t, "alpha.localhost", "/lt/charter?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
	if got.StatusCode != 200 || strings.Contains(got.body, "<script>alert") || !strings.Contains(got.body, "&lt;script&gt;") {
		t.Errorf("markup in the query: %d\n%s", got.StatusCode, got.body)
	}
	if got := h.get(t, "alpha.localhost", "/lt/charter?q=Šiauliai"); got.StatusCode != 400 && got.StatusCode != 200 {
		t.Errorf("raw UTF-8 in the query: %d", got.StatusCode)
	}
}

func TestMethods(t *testing.T) {
	h := start(t)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		got := h.do(t, method, "alpha.localhost", "/lt/charter")
		if got.StatusCode != 405 || !strings.Contains(got.Header.Get("Allow"), "GET") || !strings.Contains(got.body, "<h1>") {
			t.Errorf("%s: %d %v", method, got.StatusCode, got.Header)
		}
	}
	got := h.do(t, "POST", "alpha.localhost", "/lt/charter", "Sec-Fetch-Site", "cross-site", "Origin", "http://evil.example")
	if got.StatusCode != 403 || !strings.Contains(got.body, "<h1>") || strings.Contains(got.body, "evil") {
		t.Errorf("a form from another site: %d\n%s", got.StatusCode, got.body)
	}
	if got := h.do(t, "POST", "alpha.localhost", "/lt/charter", "Origin", "http://alpha.localhost"); got.StatusCode != 405 {
		t.Errorf("a form of our own: %d", got.StatusCode)
	}
	if h.made.Load() != 0 {
		t.Errorf("%d pages were made", h.made.Load())
	}
}

func TestRoutesMustNotClash(t *testing.T) {
	h := start(t)
	opt := h.options
	opt.Town = []web.Face{opt.Town[0], opt.Town[0]}
	if _, err := web.New(opt); err == nil || !strings.Contains(err.Error(), "routes") {
		t.Errorf("the same routes twice: %v", err)
	}
}
