package web_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/web"
)

// from sends a form as if from an address; no proxy is trusted unless options say.
func (d *desk) from(t testing.TB, ip, path string, form url.Values, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "http://alpha.localhost"+path, strings.NewReader(form.Encode()))
	r.URL.Host, r.URL.Scheme, r.RemoteAddr = "", "", ip
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result()
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	var b bytes.Buffer
	_, err := b.ReadFrom(r.Body)
	must(t, err)
	return b.String()
}

func few(o *web.Options) {
	o.Rates = map[web.Pace]web.Rate{
		web.Filing: {Burst: 3, Every: 10 * time.Minute, Done: true}, web.Sending: {Burst: 5, Every: 10 * time.Minute}, web.Adding: {Burst: 3, Every: 10 * time.Minute}, web.Lookup: {Burst: 3, Every: 10 * time.Minute, Refusals: true}, web.SignIn: {Burst: 2, Every: time.Second},
	}
}

// TestFilingHasALimit: who is over it keeps the text and is told how else to reach
// the town; the same form again, another visitor and another town are not.
func TestFilingHasALimit(t *testing.T) {
	d := openDesk(t, few)
	const here, neighbour = "[2001:db8:1:2::1]:4000", "[2001:db8:1:2:ffff::9]:4000"
	nonces := make([]string, 6)
	for i := range nonces {
		nonces[i] = d.nonce(t)
	}
	form := func(i int) url.Values {
		return url.Values{"nonce": {nonces[i]}, "said": {"tekstas nr. " + strconv.Itoa(i)}}
	}
	for i := range 3 {
		if got := d.from(t, here, "/lt/send", form(i)); got.StatusCode != 200 {
			t.Fatalf("form %d: %d", i, got.StatusCode)
		}
	}
	// One household has 2^64 addresses, and a header of its own making is not believed.
	for _, ip := range []string{here, neighbour} {
		got := d.from(t, ip, "/lt/send", form(3), "X-Forwarded-For", "198.51.100."+strconv.Itoa(len(ip)))
		page := body(t, got)
		after, err := strconv.Atoi(got.Header.Get("Retry-After"))
		if got.StatusCode != 429 || err != nil || after < 500 || after > 600 || !strings.Contains(page, ">\ntekstas nr. 3</textarea>") || !strings.Contains(page, "8 600 00000") ||
			!strings.Contains(page, nonces[3]) || !strings.Contains(page, "po 10 minučių") {
			t.Errorf("%s: %d %v\n%s", ip, got.StatusCode, got.Header, page)
		}
	}
	if got := d.from(t, here, "/lt/send", form(0)); got.StatusCode != 200 {
		t.Errorf("a form that was counted already: %d", got.StatusCode)
	}
	if got := d.from(t, "[2001:db8:1:3::1]:4000", "/lt/send", form(4)); got.StatusCode != 200 {
		t.Errorf("another household: %d", got.StatusCode)
	}
	d.skip.Add(int64(10 * time.Minute))
	must(t, d.Refresh(t.Context()))
	if got := d.from(t, here, "/lt/send", form(3)); got.StatusCode != 200 {
		t.Errorf("ten minutes later: %d", got.StatusCode)
	}
}

// TestAFormOverTheLimitLeavesNoFile: what is not taken is not stored either.
func TestAFormOverTheLimitLeavesNoFile(t *testing.T) {
	d := openDesk(t, few)
	for i, want := range []int{422, 422, 422, 422, 422, 429} {
		kind, body := upload(t, []string{"nonce", d.nonce(t), "said", ""}, "a.pdf", pdf)
		got := d.body(t, "alpha.localhost", "/lt/send", kind, body)
		if got.StatusCode != want {
			t.Errorf("form %d: %d, want %d", i, got.StatusCode, want)
		}
		if strings.Contains(got.body, "pridėkite juos dar kartą") != (want == 429) {
			t.Errorf("form %d, %d, tells of its file\n%s", i, want, got.body)
		}
	}
	if n := len(filesBelow(t, filepath.Join(d.dir, "t_alpha", "staged"))); n != 2*5 {
		t.Errorf("%d files lie on the disk, want five with their descriptions", n)
	}
}

// TestOnlyWhatWasFiledCounts: forms that were only to be mended use nothing up, and
// whoever has filed too much keeps the files with the text.
func TestOnlyWhatWasFiledCounts(t *testing.T) {
	d := openDesk(t, few)
	send := func(nonce, said string) reply {
		kind, body := upload(t, []string{"nonce", nonce, "said", said}, "nuotrauka.pdf", pdf)
		return d.body(t, "alpha.localhost", "/lt/send", kind, body)
	}
	refused := d.nonce(t)
	for range 4 {
		if got := send(refused, ""); got.StatusCode != 422 {
			t.Errorf("a form to be mended: %d", got.StatusCode)
		}
	}
	for i := range 3 {
		if got := send(d.nonce(t), "tekstas"); got.StatusCode != 200 {
			t.Errorf("form %d: %d", i, got.StatusCode)
		}
	}
	over := d.nonce(t)
	got := send(over, "tekstas lieka")
	if got.StatusCode != 429 || !strings.Contains(got.body, "tekstas lieka") || !strings.Contains(got.body, "nuotrauka.pdf") || strings.Contains(got.body, "pridėkite juos dar kartą") {
		t.Errorf("the fourth: %d\n%s", got.StatusCode, got.body)
	}
	d.skip.Add(int64(10 * time.Minute))
	must(t, d.Refresh(t.Context()))
	if got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {over}, "said": {"tekstas lieka"}}); got.StatusCode != 200 {
		t.Errorf("ten minutes later: %d\n%s", got.StatusCode, got.body)
	}
	if n := d.count(t, `SELECT files FROM t_alpha.things WHERE nonce = $1`, over); n != 1 {
		t.Errorf("%d files were kept, want the one that waited", n)
	}
}

// TestAddingHasALimitWhereOnlyGuessesCount: whoever may open one case could else
// fill the disk, with a new form for every few files and each of them refused, or
// the case, with a mail to its officer each time.
func TestAddingHasALimitWhereOnlyGuessesCount(t *testing.T) {
	d := openDesk(t, few)
	send := func(nonce, said, file string) reply {
		fields := []string{"nonce", nonce, "said", said}
		kind, body := upload(t, fields, file, pdf)
		return d.body(t, "alpha.localhost", "/lt/add", kind, body)
	}
	first := d.nonce(t)
	for i, want := range []int{422, 422, 422, 429} {
		nonce := first
		if i > 0 {
			nonce = d.nonce(t)
		}
		if got := send(nonce, "", "a.pdf"); got.StatusCode != want {
			t.Errorf("form %d: %d, want %d", i, got.StatusCode, want)
		}
	}
	if n := len(filesBelow(t, filepath.Join(d.dir, "t_alpha", "staged"))); n != 2*3 {
		t.Errorf("%d files lie on the disk, want three with their descriptions", n)
	}
	if got := send(d.nonce(t), "tekstas lieka", "a.pdf"); got.StatusCode != 429 || !strings.Contains(got.body, "tekstas lieka") || got.Header.Get("Retry-After") == "" {
		t.Errorf("over the limit: %d %v\n%s", got.StatusCode, got.Header, got.body)
	}
	if got := send(first, "again", "a.pdf"); got.StatusCode != 200 {
		t.Errorf("a form that was counted already: %d", got.StatusCode)
	}
	if got := d.post(t, "alpha.localhost", "/lt/add", url.Values{"nonce": {d.nonce(t)}, "said": {"without a file"}}); got.StatusCode != 429 || !strings.Contains(got.body, "without a file") {
		t.Errorf("a form that brings none: %d", got.StatusCode)
	}
	if got := d.post(t, "alpha.localhost", "/lt/look", url.Values{"nonce": {d.nonce(t)}, "code": {"open"}}); got.StatusCode != 200 {
		t.Errorf("looking at the case meanwhile: %d", got.StatusCode)
	}
}

// TestOnlyWrongCodesCount: whoever has a code may look as often as they like.
func TestOnlyWrongCodesCount(t *testing.T) {
	d := openDesk(t, few)
	nonce := d.nonce(t)
	look := func(code string) int {
		return d.from(t, "192.0.2.1:4000", "/lt/look", url.Values{"code": {code}, "nonce": {nonce}}).StatusCode
	}
	for range 10 {
		if got := look("open"); got != 200 {
			t.Fatalf("the right code: %d", got)
		}
	}
	for i, want := range []int{404, 404, 404, 429, 429} {
		if got := look("guess " + strconv.Itoa(i)); got != want {
			t.Errorf("guess %d: %d, want %d", i, got, want)
		}
	}
	if got := look("open"); got != 429 {
		t.Errorf("the right code after too many guesses: %d", got)
	}
	d.skip.Add(int64(10 * time.Minute))
	must(t, d.Refresh(t.Context()))
	if got := look("open"); got != 200 {
		t.Errorf("ten minutes later: %d", got)
	}
}

// TestASharedAddressLocksNobodyOut: in a library, or at a school, somebody else has
// used up the guesses. Who has the number and the code of a case is let in, a little
// later; who goes on guessing at one case is not, and at many only as slowly.
func TestASharedAddressLocksNobodyOut(t *testing.T) {
	d := openDesk(t, func(o *web.Options) {
		o.Rates = map[web.Pace]web.Rate{web.Lookup: {Burst: 3, Every: 10 * time.Minute, Refusals: true, Each: "number"}}
	})
	nonce := d.nonce(t)
	look := func(number, code string) (status int, took time.Duration) {
		began := time.Now()
		got := d.from(t, "192.0.2.1:4000", "/lt/look", url.Values{"number": {number}, "code": {code}, "nonce": {nonce}})
		return got.StatusCode, time.Since(began)
	}
	for i, want := range []int{404, 404, 404, 429, 429} {
		if got, _ := look("KL-2026-0001", "guess "+strconv.Itoa(i)); got != want {
			t.Errorf("guess %d: %d, want %d", i, got, want)
		}
	}
	if got, took := look("KL-2026-0002", "open"); got != 200 || took < 2*time.Second {
		t.Errorf("the right code of somebody else: %d after %v", got, took)
	}
	if got, _ := look("KL-2026-0001", "open"); got != 429 {
		t.Errorf("the case that was guessed at: %d", got)
	}
	if got, took := look("KL-2026-0003", "guess"); got != 404 || took < 2*time.Second {
		t.Errorf("a guess at another case: %d after %v", got, took)
	}
	if got, _ := look("", "open"); got != 429 {
		t.Errorf("without a number: %d", got)
	}
	// Many at once from one address do not take the places of all others.
	var wait sync.WaitGroup
	var slow, refused atomic.Int32
	for i := range 20 {
		wait.Go(func() {
			form := url.Values{"number": {"KL-2026-1" + strconv.Itoa(i)}, "code": {"guess"}}
			if d.from(t, "192.0.2.1:4000", "/lt/look", form).StatusCode == 404 {
				slow.Add(1)
			} else {
				refused.Add(1)
			}
		})
	}
	wait.Wait()
	if slow.Load() != 8 || refused.Load() != 12 {
		t.Errorf("of twenty at once %d were slowed and %d refused, want 8 and 12", slow.Load(), refused.Load())
	}
}

// TestALittleOverTheLimitIsSlow and nothing worse.
func TestALittleOverTheLimitIsSlow(t *testing.T) {
	d := openDesk(t, few)
	began := time.Now()
	for i := range 4 {
		got := d.from(t, "192.0.2.1:4000", "/lt/desk/log-in", url.Values{"email": {"nobody@alpha.lt"}, "password": {"x"}})
		if got.StatusCode != 422 {
			t.Errorf("try %d: %d", i, got.StatusCode)
		}
	}
	if took := time.Since(began); took < 1500*time.Millisecond {
		t.Errorf("four tries took %v", took)
	}
}

// TestTrustedProxies: behind a proxy that the operator names, its word counts.
func TestTrustedProxies(t *testing.T) {
	d := openDesk(t, few, func(o *web.Options) { o.TrustedProxies = []string{"10.0.0.1"} })
	for i := range 5 {
		got := d.from(t, "10.0.0.1:4000", "/lt/look", url.Values{"code": {"guess"}}, "X-Forwarded-For", "198.51.100."+strconv.Itoa(i))
		if got.StatusCode != 404 {
			t.Errorf("visitor %d behind the proxy: %d", i, got.StatusCode)
		}
	}
}

// TestTheKeyOfAVisitorLastsADay and differs between towns.
func TestTheKeyOfAVisitorLastsADay(t *testing.T) {
	d := openDesk(t)
	var mu sync.Mutex
	var keys []string
	d.seen = func(r *web.Request) { mu.Lock(); keys = append(keys, r.Key()); mu.Unlock() }
	send := func(ip string) { d.from(t, ip, "/lt/bare", url.Values{"said": {""}}) }
	send("192.0.2.1:1")
	send("192.0.2.1:2")
	send("192.0.2.2:1")
	send("[::ffff:192.0.2.1]:1")
	now := d.now.Load().Add(24 * time.Hour)
	d.now.Store(&now)
	send("192.0.2.1:1")
	if len(keys) != 5 || keys[0] != keys[1] || keys[0] == keys[2] || keys[0] != keys[3] || keys[0] == keys[4] {
		t.Errorf("keys: %v", keys)
	}
	for _, k := range keys {
		if strings.Contains(k, "192") || len(k) != 22 {
			t.Errorf("key %q", k)
		}
	}
}

// TestManyGuessesAreTold: the operator reads it in the log, without an address.
func TestManyGuessesAreTold(t *testing.T) {
	d := openDesk(t, func(o *web.Options) {
		o.Rates = map[web.Pace]web.Rate{web.Lookup: {Burst: 1 << 20, Every: time.Second, Refusals: true}}
		// On a busy machine the guesses would take so long that some are forgiven.
		o.Ticks = func() time.Duration { return 0 }
	})
	for i := range 1002 {
		d.from(t, "192.0.2.1:4000", "/lt/look", url.Values{"code": {"guess " + strconv.Itoa(i)}}, "Accept", "application/json")
	}
	line := d.logged(t, "somebody may be trying codes")[0]
	if line["tenant"] != "alpha" || strings.Contains(d.log.String(), "192.0.2.1") || strings.Contains(d.log.String(), "guess") {
		t.Errorf("logged: %v", line)
	}
}
