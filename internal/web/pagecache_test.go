package web_test

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestPageIsMadeOnce(t *testing.T) {
	h := start(t)
	first := h.get(t, "alpha.localhost", "/lt/charter")
	again := h.get(t, "alpha.localhost", "/lt/charter")
	if h.made.Load() != 1 {
		t.Errorf("made %d times", h.made.Load())
	}
	if again.body != first.body || again.Header.Get("ETag") != first.Header.Get("ETag") || first.Header.Get("ETag") == "" {
		t.Errorf("the second answer differs: %v and %v", first.Header, again.Header)
	}
	for name, value := range first.Header {
		if got := strings.Join(again.Header[name], ","); name != "Date" && got != strings.Join(value, ",") {
			t.Errorf("%s: first %q, from the cache %q", name, value, got)
		}
	}
	head := h.do(t, "HEAD", "alpha.localhost", "/lt/charter")
	if head.body != "" || head.Header.Get("Content-Length") != first.Header.Get("Content-Length") || h.made.Load() != 1 {
		t.Errorf("HEAD: %v, made %d times", head.Header, h.made.Load())
	}
	same := h.get(t, "alpha.localhost", "/lt/charter", "If-None-Match", first.Header.Get("ETag"))
	if same.StatusCode != 304 || same.body != "" {
		t.Errorf("If-None-Match: %d", same.StatusCode)
	}
	packed := h.get(t, "alpha.localhost", "/lt/charter", "Accept-Encoding", "gzip, br")
	if packed.Header.Get("Content-Encoding") != "gzip" || len(packed.body)*3 > len(first.body) {
		t.Errorf("gzip: %v, %d bytes of %d", packed.Header, len(packed.body), len(first.body))
	}
	// The town's other host shows the same page, another language another one.
	h.get(t, "charter.alpha.example", "/lt/charter")
	if h.made.Load() != 1 {
		t.Errorf("made %d times", h.made.Load())
	}
	if other := h.get(t, "alpha.localhost", "/en/charter"); other.body == first.body || h.made.Load() != 2 {
		t.Errorf("another language, made %d times", h.made.Load())
	}
}

func TestTwoTownsOnePath(t *testing.T) {
	h := start(t)
	for range 3 {
		a, b := h.get(t, "alpha.localhost", "/en/charter"), h.get(t, "beta.localhost", "/en/charter")
		if !strings.Contains(a.body, canaryA) || strings.Contains(a.body, canaryB) {
			t.Fatal("the first town shows the second")
		}
		if !strings.Contains(b.body, canaryB) || strings.Contains(b.body, canaryA) {
			t.Fatal("the second town shows the first")
		}
		if a.Header.Get("ETag") == b.Header.Get("ETag") {
			t.Error("two towns, one tag")
		}
		if cross := h.get(t, "beta.localhost", "/en/charter", "If-None-Match", a.Header.Get("ETag")); cross.StatusCode != 200 {
			t.Errorf("the tag of one town at the other: %d", cross.StatusCode)
		}
	}
	if h.made.Load() != 2 {
		t.Errorf("made %d times", h.made.Load())
	}
}

func TestRevisionEndsAPage(t *testing.T) {
	h := start(t)
	old := h.get(t, "alpha.localhost", "/lt/charter")
	h.get(t, "beta.localhost", "/bg/charter")
	h.change(t, `UPDATE platform.revisions SET revision = revision + 1 WHERE realm = 't_alpha'`)
	h.get(t, "alpha.localhost", "/lt/charter")
	h.get(t, "beta.localhost", "/bg/charter")
	if h.made.Load() != 3 {
		t.Errorf("one town changed: %d pages made, want 3", h.made.Load())
	}
	h.change(t, `UPDATE platform.tenants SET name = '{"lt": "CNRY-alpha pervadinta"}' WHERE slug = 'alpha'`)
	h.change(t, `UPDATE platform.revisions SET revision = revision + 1 WHERE realm = 't_alpha'`)
	renamed := h.get(t, "alpha.localhost", "/lt/charter", "If-None-Match", old.Header.Get("ETag"))
	if renamed.StatusCode != 200 || !strings.Contains(renamed.body, "pervadinta") {
		t.Errorf("after the change: %d\n%s", renamed.StatusCode, renamed.body)
	}
	h.change(t, `UPDATE platform.tenants SET state = 'suspended' WHERE slug = 'alpha'`)
	if gone := h.get(t, "alpha.localhost", "/lt/charter"); gone.StatusCode != 404 || strings.Contains(gone.body, canaryA) {
		t.Errorf("a suspended town answers %d\n%s", gone.StatusCode, gone.body)
	}
}

// TestMidnightEndsAPage: a page that says "if you file today" is another page
// tomorrow, and tomorrow begins at the town's midnight.
func TestMidnightEndsAPage(t *testing.T) {
	h := start(t)
	for _, c := range []struct{ utc, want string }{
		{"2026-11-20T21:59:59Z", "2026-11-20"}, {"2026-11-20T22:00:00Z", "2026-11-21"}, {"2026-11-21T12:00:00Z", "2026-11-21"},
	} {
		now, err := time.Parse(time.RFC3339, c.utc)
		must(t, err)
		h.now.Store(&now)
		if got := h.get(t, "alpha.localhost", "/lt/charter"); !strings.Contains(got.body, c.want) {
			t.Errorf("%s in Vilnius: want %s\n%s", c.utc, c.want, got.body)
		}
	}
	if h.made.Load() != 2 {
		t.Errorf("made %d times, want 2", h.made.Load())
	}
}

func TestWhatIsNeverKept(t *testing.T) {
	h := start(t)
	for name, ask := range map[string]func() reply{
		"query":         func() reply { return h.get(t, "alpha.localhost", "/lt/charter?q=a") },
		"session":       func() reply { return h.get(t, "alpha.localhost", "/lt/charter", "Cookie", "sid=x") },
		"authorization": func() reply { return h.get(t, "alpha.localhost", "/lt/charter", "Authorization", "Bearer x") },
		"nonce":         func() reply { return h.get(t, "alpha.localhost", "/lt/secret") },
	} {
		before := h.made.Load()
		ask()
		ask()
		if n := h.made.Load() - before; n != 2 {
			t.Errorf("%s: made %d times for two readers", name, n)
		}
	}
	if got := h.get(t, "alpha.localhost", "/lt/secret"); got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("ETag") != "" {
		t.Errorf("a page with a nonce: %v", got.Header)
	}
	if got := h.get(t, "alpha.localhost", "/list.csv"); got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
		!strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment;") {
		t.Errorf("a file: %v", got.Header)
	}
	if got := h.get(t, "alpha.localhost", "/lt/charter"); got.Header["Set-Cookie"] != nil {
		t.Error("a public page sets a cookie")
	}
}

// TestOneFlight: fifty readers of a page that takes long cost one transaction.
func TestOneFlight(t *testing.T) {
	h := start(t)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if got := h.get(t, "alpha.localhost", "/lt/slow"); got.StatusCode != 200 {
				t.Errorf("status %d", got.StatusCode)
			}
		})
	}
	for h.made.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond) // let the others arrive
	close(h.slow)
	wg.Wait()
	// A reader who arrives between the end of the flight and the keeping of its
	// page is not possible: it is kept before the flight ends.
	if n := h.made.Load(); n != 1 {
		t.Errorf("made %d times for fifty readers", n)
	}
}

// TestManyReadersAndChanges runs readers against changes; the race detector
// watches, and no reader may see a town other than the one asked for.
func TestManyReadersAndChanges(t *testing.T) {
	h := start(t)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for i := range 8 {
		host, canary, foreign := "alpha.localhost", canaryA, canaryB
		if i%2 == 1 {
			host, canary, foreign = "beta.localhost", canaryB, canaryA
		}
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				got := h.get(t, host, "/en/charter", "Accept-Encoding", []string{"gzip", "identity"}[i/2%2])
				if got.StatusCode != 200 {
					t.Errorf("status %d", got.StatusCode)
					return
				}
				if i/2%2 == 1 && (!strings.Contains(got.body, canary) || strings.Contains(got.body, foreign)) {
					t.Errorf("%s shows another town", host)
					return
				}
			}
		})
	}
	for range 20 {
		h.change(t, `UPDATE platform.revisions SET revision = revision + 1`)
		time.Sleep(10 * time.Millisecond)
	}
	close(stop)
	wg.Wait()
	if h.made.Load() < 20 {
		t.Errorf("only %d pages made: the changes were not seen", h.made.Load())
	}
}
