package browser

import (
	_ "embed"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/faulty.html
var faultyHTML string

// TestTheChecksSeeFaults gives the checks a page that has every fault they look
// for, under the security policy of the service: a check that finds nothing there
// finds nothing anywhere.
func TestTheChecksSeeFaults(t *testing.T) {
	needChromium(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; img-src *; style-src 'unsafe-inline'")
		w.Header().Set("Set-Cookie", "visitor=1")
		w.Write([]byte(faultyHTML))
	}))
	defer server.Close()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	// In a profile of its own: what it sets must not reach the other tests.
	b := watchedTab(t, at.Port(), chromedp.WithNewBrowserContext())
	b.screen(320, 640)
	b.visit("http://localhost:" + at.Port() + "/")

	var found []string
	for _, f := range b.inspect("lt") {
		found = append(found, f.Check)
	}
	for _, f := range b.axe() {
		found = append(found, "axe "+f.Check)
	}
	for _, f := range b.wrongs() {
		kind, _, _ := strings.Cut(f, ":")
		found = append(found, kind)
		if strings.Contains(f, "Content Security Policy") {
			found = append(found, "policy")
		}
	}
	for _, want := range []string{
		"overflow", "cut", "choice", "target", "keyboard", "headings", "lang", "title", "id",
		"axe color-contrast", "axe label", "axe document-title", "axe target-size", "axe heading-order",
		"console", "policy", "foreign", "cookie",
	} {
		if !slices.Contains(found, want) {
			t.Errorf("nobody saw the fault %q among %v", want, found)
		}
	}
	b.press("\t")
	if at := eval[stop](b, focused); at.Ring {
		t.Error("a ring was seen where there is none")
	}
}
