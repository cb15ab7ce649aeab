package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/throttled/throttled/v2"
	"github.com/throttled/throttled/v2/store/memstore"

	"charterhouse/internal/fault"
)

// Pace names what is counted of one visitor in one town.
type Pace string

// The paces.
const (
	Filing Pace = "filing" // what was filed
	// Sending counts every form with another nonce on the routes of Filing, the refused
	// ones too: their files lie on the disk for a day.
	Sending Pace = "sending"
	Lookup  Pace = "lookup"  // a code that opened nothing
	SignIn  Pace = "sign_in" // every try; package access counts them by account
	// Adding counts every form with another nonce that may bring files, on the routes
	// of the public where Filing does not count it already.
	Adding Pace = "adding"
)

// Rate is how often something may be done: Burst at once, and then again one
// after each Every. A zero Rate sets no limit.
type Rate struct {
	Burst int
	Every time.Duration
	// Refusals counts only what was refused, Done only what was not.
	Refusals, Done bool
	// Each is the field of the form that names what is looked up. Refusals are then
	// counted for each such thing, too: who has guessed at none of it is let in,
	// slowly, whatever others at the same address have done.
	Each string
}

// Rates are those that hold where Options.Rates says nothing. A library or a town
// hall shares one address, so they leave room; who needs more is slowed and told
// of another way.
func Rates() map[Pace]Rate {
	return map[Pace]Rate{
		Filing:  {Burst: 20, Every: 3 * time.Minute, Done: true},
		Sending: {Burst: 100, Every: 2 * time.Minute},
		Lookup:  {Burst: 10, Every: 90 * time.Second, Refusals: true, Each: "number"},
		SignIn:  {Burst: 30, Every: 10 * time.Second},
		Adding:  {Burst: 20, Every: 3 * time.Minute},
	}
}

const (
	// pacedVisitors is how many visitors are remembered of each pace.
	pacedVisitors = 1 << 16
	// slowFor: whoever is over a limit by no more than this waits instead.
	slowFor = 3 * time.Second
	// slowed is how many may wait so at a time, slowedEach how many of one visitor:
	// nobody takes all the places.
	slowed     = 64
	slowedEach = 8
	// alarmAt is how many refusals of a pace in one town within an hour are worth a
	// line in the log.
	alarmAt = 1000
)

// paces count in memory, for this instance: nothing about a visitor is written
// anywhere.
type paces struct {
	limits map[Pace]limit
	seats  chan struct{}
	mu     sync.Mutex
	seated map[string]int // by visitor
	alarms *throttled.GCRARateLimiterCtx
	known  recent // forms that were counted already
	day    dayKey
}

type limit struct {
	*throttled.GCRARateLimiterCtx
	refusals, done bool
	each           string
	things         *throttled.GCRARateLimiterCtx // counts by visitor and thing; nil = not counted
}

// newPaces measures time by ticks, which never go back.
func newPaces(rates map[Pace]Rate, ticks func() time.Duration) (*paces, error) {
	p := &paces{limits: map[Pace]limit{}, seats: make(chan struct{}, slowed), seated: map[string]int{}}
	clock := func() time.Time { return time.Unix(0, 0).Add(time.Hour + ticks()) }
	limiter := func(burst int, every time.Duration) (*throttled.GCRARateLimiterCtx, error) {
		store, err := memstore.New(pacedVisitors)
		if err != nil {
			return nil, fmt.Errorf("web: rate limits: %w", err)
		}
		store.SetTimeNow(clock)
		quota := throttled.RateQuota{MaxRate: throttled.PerDuration(1, every), MaxBurst: burst - 1}
		l, err := throttled.NewGCRARateLimiterCtx(throttled.WrapStoreWithContext(store), quota)
		if err != nil {
			return nil, fmt.Errorf("web: rate limits: %w", err)
		}
		return l, nil
	}
	for name, rate := range rates {
		if rate.Burst == 0 {
			continue
		}
		l, err := limiter(rate.Burst, rate.Every)
		if err != nil {
			return nil, err
		}
		one := limit{GCRARateLimiterCtx: l, refusals: rate.Refusals, done: rate.Done, each: rate.Each}
		if rate.Each != "" {
			if one.things, err = limiter(rate.Burst, rate.Every); err != nil {
				return nil, err
			}
		}
		p.limits[name] = one
	}
	var err error
	p.alarms, err = limiter(alarmAt, time.Hour/alarmAt)
	return p, err
}

// tooOften is the refusal of one who is over a limit, with how long to wait.
type tooOften struct {
	refusal *fault.Error
	after   time.Duration
}

func (e *tooOften) Error() string { return e.refusal.Error() }
func (e *tooOften) Unwrap() error { return e.refusal }

// admit counts a try; it slows one who is a little over the limit and refuses one
// who is far over. nonce names a form that is counted once, however often it comes.
func (p *paces) admit(ctx context.Context, pace Pace, who, nonce string, form url.Values) error {
	l, limited := p.limits[pace]
	if l.refusals {
		nonce = "" // each guess counts
	}
	if !limited || nonce != "" && p.known.has(string(pace)+who+nonce) {
		return nil
	}
	n := 1
	if l.refusals || l.done {
		n = 0 // counted by refused and done
	}
	over, state, err := l.RateLimitCtx(ctx, who, n)
	if err != nil || !over && (n == 1 || state.RetryAfter <= 0) {
		// A counter that fails under a storm lets through: the storm is met elsewhere.
		p.remember(n, pace, who, nonce)
		return nil
	}
	if state.RetryAfter <= slowFor && p.wait(ctx, who, state.RetryAfter) {
		_, _, _ = l.RateLimitCtx(ctx, who, n) // the place that was waited for
		p.remember(n, pace, who, nonce)
		return nil
	}
	if thing := l.thing(who, form); thing != "" {
		if over, own, err := l.things.RateLimitCtx(ctx, thing, 0); err == nil && !over && own.RetryAfter <= 0 && p.wait(ctx, who, slowFor) {
			return nil
		}
	}
	return &tooOften{fault.New(fault.TooMany, KeyTooOften).With("Count", minutes(state.RetryAfter)), state.RetryAfter}
}

// thing is what a form looks up, as it is counted for one visitor; "" = nothing.
func (l limit) thing(who string, form url.Values) string {
	if l.things == nil || form.Get(l.each) == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(who + "/" + strings.TrimSpace(form.Get(l.each))))
	return string(sum[:])
}

// remember keeps which forms were counted.
func (p *paces) remember(n int, pace Pace, who, nonce string) {
	if nonce != "" && n > 0 {
		p.known.add(string(pace) + who + nonce)
	}
}

// wait slows a visitor down; false when too many wait already.
func (p *paces) wait(ctx context.Context, who string, d time.Duration) bool {
	if !p.sit(who) {
		return false
	}
	defer p.rise(who)
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (p *paces) sit(who string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seated[who] >= slowedEach {
		return false
	}
	select {
	case p.seats <- struct{}{}:
		p.seated[who]++
		return true
	default:
		return false
	}
}

func (p *paces) rise(who string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	<-p.seats
	if p.seated[who]--; p.seated[who] == 0 {
		delete(p.seated, who)
	}
}

// refused counts a refusal where only these count. It tells whether the town has
// seen so many that somebody may be trying codes.
func (p *paces) refused(ctx context.Context, pace Pace, who, town string, form url.Values) (alarm bool) {
	l, limited := p.limits[pace]
	if !limited || !l.refusals {
		return false
	}
	_, _, _ = l.RateLimitCtx(ctx, who, 1)
	if thing := l.thing(who, form); thing != "" {
		_, _, _ = l.things.RateLimitCtx(ctx, thing, 1)
	}
	over, _, err := p.alarms.RateLimitCtx(ctx, string(pace)+town, 1)
	return over && err == nil
}

// done counts what was not refused where only that counts, once for each form.
func (p *paces) done(ctx context.Context, pace Pace, who, nonce string) {
	l, limited := p.limits[pace]
	if !limited || !l.done || nonce != "" && p.known.has(string(pace)+who+nonce) {
		return
	}
	_, _, _ = l.RateLimitCtx(ctx, who, 1)
	p.remember(1, pace, who, nonce)
}

func minutes(d time.Duration) int { return max(1, int((d+time.Minute-1)/time.Minute)) }

// recent remembers some thousands of forms, the latest for certain.
type recent struct {
	mu       sync.Mutex
	now, old map[string]struct{}
}

func (q *recent) has(key string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	_, a := q.now[key]
	_, b := q.old[key]
	return a || b
}

func (q *recent) add(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.now == nil || len(q.now) >= pacedVisitors {
		q.now, q.old = map[string]struct{}{}, q.now
	}
	q.now[key] = struct{}{}
}

// dayKey is a random key that is thrown away at midnight: what was hashed under
// it yesterday stands for nothing today.
type dayKey struct {
	mu  sync.Mutex
	day int64
	key []byte
}

func (k *dayKey) of(now time.Time) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	if day := now.Unix() / (24 * 60 * 60); k.key == nil || day != k.day {
		k.day, k.key = day, make([]byte, sha256.Size)
		_, _ = rand.Read(k.key) // never fails: it stops the program instead
	}
	return k.key
}

// visitorKey stands for where a request comes from, in one town.
func (p *paces) visitorKey(network string, town int64, now time.Time) string {
	m := hmac.New(sha256.New, p.day.of(now))
	m.Write([]byte(strconv.FormatInt(town, 10) + "/" + network))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:16])
}

// network is where a request comes from: the address, of which IPv6 gives every
// household 2^64, is cut to /64.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	a = a.Unmap()
	if a.Is6() {
		if net, err := a.WithZone("").Prefix(64); err == nil {
			a = net.Addr()
		}
	}
	return a.String()
}
