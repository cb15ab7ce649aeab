package web_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"charterhouse/internal/web"
)

// TestNoTwoReadersShareANonce: a page is made once for all who ask at the same
// moment, but not one that holds a nonce, whatever its handler said about caching.
func TestNoTwoReadersShareANonce(t *testing.T) {
	d := openDesk(t, func(o *web.Options) {
		o.Town = append(o.Town, web.Face{
			Name: "tickets", Templates: fstest.MapFS{"ticket.html": {Data: []byte(`{{template "_top" .}}<h1>{{.Title}}</h1><input type="hidden" name="nonce" value="{{.ID}}">{{template "_bottom" .}}`)}},
			Routes: web.Routes{web.Page("/ticket", func(r *web.Request) (web.Reply, error) {
				time.Sleep(20 * time.Millisecond)
				return web.HTML("ticket", &testPage{Frame: web.Frame{Title: "Ticket"}, ID: fmt.Sprintf("%022d", time.Now().UnixNano())}), nil
			})},
		})
	})
	for _, path := range []string{"/lt/send", "/lt/ticket"} {
		var mu sync.Mutex
		nonces := map[string]int{}
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				got := d.get(t, "alpha.localhost", path)
				m := nonceOf.FindStringSubmatch(got.body)
				if m == nil || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Etag") != "" {
					t.Errorf("%s: %d %v", path, got.StatusCode, got.Header)
					return
				}
				mu.Lock()
				nonces[m[1]]++
				mu.Unlock()
			})
		}
		all.Wait()
		if len(nonces) != 20 {
			t.Errorf("%s: twenty readers have %d nonces", path, len(nonces))
		}
	}
}

// TestPublicPagesSetNoCookie, whatever cookie they are shown.
func TestPublicPagesSetNoCookie(t *testing.T) {
	d := openDesk(t)
	for _, route := range d.Routes() {
		if route.Staff || route.Method != "GET" || strings.Contains(route.Pattern, "slow") {
			continue
		}
		path := strings.NewReplacer(":lang", "lt", ":key", "x", ":kind", "invalid").Replace(route.Pattern)
		for _, cookie := range []string{"", "sid=" + strings.Repeat("A", 43)} {
			if got := d.get(t, "alpha.localhost", path, "Cookie", cookie); len(got.Header["Set-Cookie"]) > 0 {
				t.Errorf("%s: %v", path, got.Header)
			}
		}
	}
}
