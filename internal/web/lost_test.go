package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/web"
)

// behindProxy opens a desk whose way to the database can lose replies.
func behindProxy(t *testing.T) (*desk, *pgtest.Proxy) {
	t.Helper()
	database := pgtest.Prepared(t, "desk", buildDesk)
	copied := *database
	var proxy *pgtest.Proxy
	proxy, copied.ServiceURL = pgtest.NewProxy(t, database.ServiceURL)
	return openDeskOn(t, &copied, t.TempDir()), proxy
}

// TestALostCommitIsAnsweredOnce is K2: the row stands, the reply to COMMIT is
// lost; the citizen is answered as if nothing had happened, and only once written.
func TestALostCommitIsAnsweredOnce(t *testing.T) {
	d, proxy := behindProxy(t)
	for i := range 5 {
		nonce := d.nonce(t)
		proxy.LoseReplyTo("COMMIT\x00")
		got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"lost"}})
		if got.StatusCode != 200 || !strings.Contains(got.body, "reference ") || got.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("try %d: %d\n%s", i, got.StatusCode, got.body)
		}
		if n := d.count(t, `SELECT count(*) FROM t_alpha.things WHERE nonce = $1`, nonce); n != 1 {
			t.Errorf("try %d: %d rows, want 1", i, n)
		}
	}
	// What was not written is not answered with a reference, and may be sent again.
	nonce := d.nonce(t)
	proxy.LoseReplyTo("INSERT INTO things")
	got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"lost before"}})
	if got.StatusCode != 503 || !strings.Contains(got.body, "lost before") || !strings.Contains(got.body, nonce) || strings.Contains(got.body, "reference ") {
		t.Errorf("a reply lost before the commit: %d\n%s", got.StatusCode, got.body)
	}
	if got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"lost before"}}); got.StatusCode != 200 {
		t.Errorf("sent again: %d", got.StatusCode)
	}
	if proxy.Lost.Load() != 6 {
		t.Errorf("%d replies were lost, want 6", proxy.Lost.Load())
	}
}

// TestNobodyIsToldBeforeTheCommit: what the handler has answered is worth nothing
// until the commit has come through.
func TestNobodyIsToldBeforeTheCommit(t *testing.T) {
	d := openDesk(t)
	_, err := d.raw.Exec(`ALTER TABLE t_alpha.things ADD CONSTRAINT things_said_uq UNIQUE (said) DEFERRABLE INITIALLY DEFERRED`)
	must(t, err)
	for i, want := range []int{200, 500} {
		got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {d.nonce(t)}, "said": {"the same"}})
		if got.StatusCode != want || strings.Contains(got.body, "reference ") != (want == 200) {
			t.Errorf("form %d: %d, want %d\n%s", i, got.StatusCode, want, got.body)
		}
	}
}

// TestALostCommitThatNobodyCanLookUp: a form without a nonce says that it does not
// know, and keeps the text.
func TestALostCommitThatNobodyCanLookUp(t *testing.T) {
	d, proxy := behindProxy(t)
	nonce := d.nonce(t)
	proxy.LoseReplyTo("COMMIT\x00")
	long := strings.Repeat("ilgas tekstas ", 10)
	got := d.post(t, "alpha.localhost", "/lt/bare", url.Values{"nonce": {nonce}, "said": {long}})
	if got.StatusCode != 503 || !strings.Contains(got.body, "antrą kartą tas pats nebus užregistruota") || strings.Count(got.body, long) != 2 {
		t.Errorf("%d\n%s", got.StatusCode, got.body)
	}
}

// TestAFullClassKeepsTheForm takes all connections of the filers: 503, a moment's
// patience, another way to the town, the text; and everybody else is served.
func TestAFullClassKeepsTheForm(t *testing.T) {
	d := openDesk(t)
	nonce := d.nonce(t)
	realm, err := pg.Town("alpha")
	must(t, err)
	release, taken := make(chan struct{}), make(chan struct{}, 100)
	share := d.db.Stats().Share[pg.Filing]
	done := make(chan error, share)
	for range share {
		go func() {
			done <- d.db.Class(pg.Filing).Read(t.Context(), realm, func(*pg.Tx) error { taken <- struct{}{}; <-release; return nil })
		}()
	}
	for range share {
		<-taken
	}
	began := time.Now()
	got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"busy text"}})
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("refused after %v", took)
	}
	if got.StatusCode != 503 || got.Header.Get("Retry-After") != "2" || !strings.Contains(got.body, ">\nbusy text</textarea>") ||
		!strings.Contains(got.body, nonce) || !strings.Contains(got.body, "8 600 00000") || !strings.Contains(got.body, "labai daug žmonių") {
		t.Errorf("%d %v\n%s", got.StatusCode, got.Header, got.body)
	}
	if got := d.get(t, "alpha.localhost", "/lt/charter"); got.StatusCode != 200 {
		t.Errorf("a reader: %d", got.StatusCode)
	}
	close(release)
	for range share {
		must(t, <-done)
	}
	if got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"busy text"}}); got.StatusCode != 200 {
		t.Errorf("a moment later: %d", got.StatusCode)
	}
}

// TestADatabaseThatIsAwayKeepsTheText: no page of the form can be made, and what
// was typed is there all the same, with how else the town is reached.
func TestADatabaseThatIsAwayKeepsTheText(t *testing.T) {
	server := pgtest.Private(t)
	database := server.New(t)
	must(t, buildDesk(database))
	d := openDeskOn(t, database, t.TempDir())
	nonce := d.nonce(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	cookie := d.session(t, "alpha.localhost", "ona@alpha.lt")
	must(t, server.Stop())
	long := strings.Repeat("<i>ilgas</i> tekstas ", 10)
	for path, cookie := range map[string]string{"/lt/send": "", "/lt/desk/cases/1": cookie} {
		got := d.post(t, "alpha.localhost", path, url.Values{"nonce": {nonce}, "said": {long}, "password": {"CNRY-password"}}, "Cookie", cookie)
		if got.StatusCode != 503 || got.Header.Get("Retry-After") == "" || !strings.Contains(got.body, "&lt;i&gt;ilgas&lt;/i&gt; tekstas") ||
			strings.Contains(got.body, "CNRY-password") || strings.Contains(got.body, `class="other-way"`) != (cookie == "") {
			t.Errorf("%s: %d\n%s", path, got.StatusCode, got.body)
		}
	}
	got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"again"}})
	if !strings.Contains(got.body, `name="said" value="again"`) || !strings.Contains(got.body, nonce) {
		t.Errorf("it cannot be sent again:\n%s", got.body)
	}
	must(t, server.Restart(t.Context()))
	if got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"again"}}); got.StatusCode != 200 {
		t.Errorf("when it is back: %d", got.StatusCode)
	}
}

// TestAFormSurvivesItsHandlersFault holds that a refusal without a page of the
// form falls back to the error page and never to a blank one.
func TestAFormSurvivesItsHandlersFault(t *testing.T) {
	d := openDesk(t, func(o *web.Options) {
		face := o.Town[len(o.Town)-1]
		face.Name, face.Routes = "broken", web.Routes{
			web.Post("/broken", func(*web.Request) (web.Reply, error) { return web.Reply{}, fault.New(fault.Invalid, web.KeyInputText) }, web.Limits{},
				web.Refused(func(*web.Request, *fault.Error) (web.Reply, error) { panic("secret panic") })),
		}
		o.Town = append(o.Town, face)
	})
	got := d.post(t, "alpha.localhost", "/lt/broken", url.Values{"said": {"x"}})
	if got.StatusCode != 500 || strings.Contains(got.body, "secret panic") || !strings.Contains(got.body, "<h1>") {
		t.Errorf("%d\n%s", got.StatusCode, got.body)
	}
}
