package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestCacheKeepsTheRecentWithinItsSize(t *testing.T) {
	c := newPageCache(100 << 10)
	page := func(i int) *kept {
		return &kept{key: pageKey{1, fmt.Sprint("/lt/", i)}, answer: &answer{raw: bytes.Repeat([]byte("x"), 9<<10)}}
	}
	for i := range 30 {
		c.put(page(i))
		if c.get(pageKey{1, "/lt/0"}) == nil {
			t.Fatalf("the page that is read all the time was dropped after %d others", i)
		}
		if c.used > c.max {
			t.Fatalf("%d bytes of %d", c.used, c.max)
		}
	}
	if c.get(pageKey{1, "/lt/1"}) != nil {
		t.Error("a page nobody reads is kept for ever")
	}
	if c.get(pageKey{2, "/lt/0"}) != nil {
		t.Error("another town has the page of the first")
	}
	if c.order.Len() != len(c.byKey) {
		t.Errorf("%d in the order, %d in the index", c.order.Len(), len(c.byKey))
	}
}

func TestCacheReplacesAPageByItsNewerSelf(t *testing.T) {
	c := newPageCache(1 << 20)
	key := pageKey{1, "/lt/"}
	c.put(&kept{key: key, revision: 1, answer: &answer{raw: make([]byte, 5000)}})
	c.put(&kept{key: key, revision: 2, answer: &answer{raw: make([]byte, 100)}})
	if got := c.get(key); got.revision != 2 || c.order.Len() != 1 || c.used != got.cost() {
		t.Errorf("revision %d, %d entries, %d bytes", got.revision, c.order.Len(), c.used)
	}
	c.put(&kept{key: pageKey{1, "/lt/huge"}, answer: &answer{raw: make([]byte, 1<<20)}})
	if c.get(key) == nil || c.get(pageKey{1, "/lt/huge"}) != nil {
		t.Error("one huge page threw the others out")
	}
}

func TestCacheable(t *testing.T) {
	for name, c := range map[string]struct {
		method, target string
		header         string
		want           bool
	}{
		"plain":         {"GET", "/lt/", "", true},
		"head":          {"HEAD", "/lt/", "", true},
		"language":      {"GET", "/lt/", "Accept-Language", true},
		"post":          {"POST", "/lt/", "", false},
		"query":         {"GET", "/lt/?a=b", "", false},
		"empty query":   {"GET", "/lt/?", "", false},
		"session":       {"GET", "/lt/", "Cookie", false},
		"authorization": {"GET", "/lt/", "Authorization", false},
		"odd encoding":  {"GET", "/lt/%63harter%2f", "", false},
	} {
		r := httptest.NewRequest(c.method, c.target, http.NoBody)
		if c.header != "" {
			r.Header.Set(c.header, "x")
		}
		if got := cacheable(r); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
