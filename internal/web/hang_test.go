package web_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/pg"
)

// TestNobodyWaitsForADatabaseThatHangs: when nothing comes back from the database
// and the registry could not be read for a while, every page is answered from
// memory, at once, and what somebody wrote is kept; a second later all is well.
func TestNobodyWaitsForADatabaseThatHangs(t *testing.T) {
	d, proxy := behindProxy(t)
	d.get(t, "alpha.localhost", "/lt/things")
	nonce := d.nonce(t)
	proxy.Frozen.Store(true)
	d.skip.Store(int64(20 * time.Second))
	// The driver takes a quarter of a minute to give up; the readers must not.
	polled := make(chan error, 1)
	go func() { polled <- d.Refresh(context.WithoutCancel(t.Context())) }()
	gone := make(chan struct{}, 100)
	for noticed := false; !noticed; {
		// One that began too early hangs like the poll.
		go func() {
			err := d.db.Read(context.WithoutCancel(t.Context()), pg.Portal(), func(*pg.Tx) error { return nil })
			if errors.Is(err, pg.ErrGone) {
				gone <- struct{}{}
			}
		}()
		select {
		case <-gone:
			noticed = true
		case err := <-polled:
			t.Fatalf("nobody noticed until the driver gave up: %v", err)
		case <-time.After(300 * time.Millisecond):
		}
	}
	began := time.Now()
	for path, status := range map[string]int{"/lt/charter": 503, "/en/charter?q=a": 503, "/lt/nothing-here": 404, "/lt/desk": 503} {
		got := d.get(t, "alpha.localhost", path)
		if got.StatusCode != status || !strings.Contains(got.body, "<h1") {
			t.Errorf("%s: %d\n%s", path, got.StatusCode, got.body)
		}
		if status == 503 && got.Header.Get("Retry-After") == "" {
			t.Errorf("%s says nothing of when to come again", path)
		}
	}
	got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"a text that took me an hour"}})
	if got.StatusCode != 503 || !strings.Contains(got.body, "a text that took me an hour") {
		t.Errorf("a form: %d\n%s", got.StatusCode, got.body)
	}
	// Each of them would wait for five seconds by itself.
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("five answers took %s", took)
	}
	if err := <-polled; err == nil {
		t.Error("the registry was read")
	}
	proxy.Frozen.Store(false)
	for until := time.Now().Add(time.Minute); d.Refresh(t.Context()) != nil; {
		if time.Now().After(until) {
			t.Fatal("the registry is not read again")
		}
	}
	if got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"a text that took me an hour"}}); got.StatusCode != 200 {
		t.Errorf("healed: %d\n%s", got.StatusCode, got.body)
	}
}
