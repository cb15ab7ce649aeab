package web

import (
	"container/list"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"charterhouse/internal/address"
	"charterhouse/internal/deadline"
)

// pageKey names a page. The language is part of the path; revision and date
// stand in the entry, so that a newer page takes the place of an older one and
// the older one can still be shown when the database is away.
type pageKey struct {
	town int64 // 0 = the portal
	path string
}

// kept is a page in the cache with what it was made from.
type kept struct {
	key      pageKey
	revision int64
	date     deadline.Date
	answer   *answer
	route    string
	counter  *hits
	stale    atomic.Pointer[answer] // the same page with the notice; made when first needed
}

// cost is what an entry takes, with an allowance for headers and bookkeeping.
func (k *kept) cost() int { return len(k.answer.gz) + len(k.answer.raw) + len(k.key.path) + 1024 }

// pageCache keeps the pages read most recently.
type pageCache struct {
	mu    sync.Mutex
	max   int
	used  int
	order *list.List // front = most recent; values are *kept
	byKey map[pageKey]*list.Element
}

func newPageCache(limit int) *pageCache {
	return &pageCache{max: limit, order: list.New(), byKey: map[pageKey]*list.Element{}}
}

func (c *pageCache) get(key pageKey) *kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	el, ok := c.byKey[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(el)
	return el.Value.(*kept)
}

func (c *pageCache) put(k *kept) {
	if k.cost() > c.max/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if el, ok := c.byKey[k.key]; ok {
		c.used += k.cost() - el.Value.(*kept).cost()
		el.Value = k
		c.order.MoveToFront(el)
	} else {
		c.byKey[k.key] = c.order.PushFront(k)
		c.used += k.cost()
	}
	for c.used > c.max {
		last := c.order.Back()
		old := c.order.Remove(last).(*kept)
		delete(c.byKey, old.key)
		c.used -= old.cost()
	}
}

func (c *pageCache) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used
}

// cacheable tells whether nothing in the request but its address can change the
// page: no query, no session.
func cacheable(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if r.URL.RawQuery != "" || r.URL.ForceQuery || r.URL.RawPath != "" {
		return false
	}
	_, cookie := r.Header["Cookie"]
	_, auth := r.Header["Authorization"]
	return !cookie && !auth
}

// fromCache answers a plain request for a page that stands, in front of the
// router. It tells whether it did.
func (s *Server) fromCache(w http.ResponseWriter, r *http.Request, snap *snapshot, began time.Duration) bool {
	if !cacheable(r) || r.URL.Host != "" || began-snap.readAt > freshFor {
		return false
	}
	host, ok := address.Host(r.Host)
	if !ok {
		return false
	}
	site := snap.siteOf(host, s.opt.Base.Domain)
	if site == nil {
		return false
	}
	k := s.pages.get(pageKey{site.town.ID, r.URL.Path})
	if k == nil || k.revision != site.revision || k.date != site.today(s.opt.Clock()) {
		return false
	}
	setSecurity(w.Header(), site.secure)
	status, n, err := s.press.write(k.answer, w, r)
	if err != nil && status == 0 {
		return false
	}
	took := s.opt.Ticks() - began
	k.counter.count(status, took)
	s.log(line{id: s.ids.next(), method: r.Method, route: k.route, tenant: site.slug, status: status, bytes: n, took: took})
	return true
}
