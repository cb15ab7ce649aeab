package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// TestTheEntrance signs in and out.
func TestTheEntrance(t *testing.T) {
	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	got := d.get(t, "alpha.localhost", "/lt/desk?view=late")
	if got.StatusCode != 303 || got.Header.Get("Location") != "/lt/desk/log-in?next=%2Flt%2Fdesk%3Fview%3Dlate" || got.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("without a session: %d %v", got.StatusCode, got.Header)
	}
	if got := d.get(t, "alpha.localhost", got.Header.Get("Location")); got.StatusCode != 200 || got.Header.Get("Set-Cookie") != "" || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page to sign in on: %d %v", got.StatusCode, got.Header)
	}
	right := url.Values{"email": {"ona@alpha.lt"}, "password": {deskPassword}, "next": {"/lt/desk?view=late"}}
	wrong := url.Values{"email": {"ona@alpha.lt"}, "password": {"CNRY-wrong"}, "next": {"/lt/desk"}}
	if got := d.post(t, "alpha.localhost", "/lt/desk/log-in", wrong); got.StatusCode != 422 || got.Header.Get("Set-Cookie") != "" || strings.Contains(got.body, "CNRY-wrong") {
		t.Errorf("a wrong password: %d %v\n%s", got.StatusCode, got.Header, got.body)
	}
	got = d.post(t, "alpha.localhost", "/lt/desk/log-in", right)
	if got.StatusCode != 303 || got.Header.Get("Location") != "/lt/desk?view=late" {
		t.Fatalf("the right one: %d %v", got.StatusCode, got.Header)
	}
	c := got.Cookies()[0]
	if c.Name != "sid" || c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 0 {
		t.Errorf("the cookie: %s", got.Header.Get("Set-Cookie"))
	}
	cookie := c.Name + "=" + c.Value
	got = d.get(t, "alpha.localhost", "/lt/desk", "Cookie", cookie)
	if got.StatusCode != 200 || !strings.Contains(got.body, "Ona Onaitė reads") || !strings.Contains(got.body, "user=Ona Onaitė") || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Set-Cookie") != "" {
		t.Errorf("the desk: %d %v\n%s", got.StatusCode, got.Header, got.body)
	}
	// Signing in once more makes another session, and the first is void.
	again := d.post(t, "alpha.localhost", "/lt/desk/log-in", right, "Cookie", cookie).Cookies()[0]
	if again.Value == c.Value {
		t.Error("the session kept its name when signing in")
	}
	if got := d.get(t, "alpha.localhost", "/lt/desk", "Cookie", cookie); got.StatusCode != 303 {
		t.Errorf("the session before: %d", got.StatusCode)
	}
	cookie = "sid=" + again.Value
	got = d.post(t, "alpha.localhost", "/lt/desk/log-out", url.Values{}, "Cookie", cookie)
	if got.StatusCode != 303 || got.Cookies()[0].MaxAge != -1 || got.Cookies()[0].Value != "" {
		t.Errorf("signing out: %d %v", got.StatusCode, got.Header)
	}
	if got := d.get(t, "alpha.localhost", "/lt/desk", "Cookie", cookie); got.StatusCode != 303 {
		t.Errorf("signed out: %d", got.StatusCode)
	}
}

// TestACookieOfAnEncryptedSite: one function decides by the stored origin.
func TestACookieOfAnEncryptedSite(t *testing.T) {
	d := openDesk(t, func(o *web.Options) { o.Base = tenant.Base{Scheme: "https", Domain: "localhost"} })
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	got := d.post(t, "alpha.localhost", "/lt/desk/log-in", url.Values{"email": {"ona@alpha.lt"}, "password": {deskPassword}})
	if got.StatusCode != 303 || len(got.Cookies()) != 1 {
		t.Fatalf("%d\n%s", got.StatusCode, got.body)
	}
	c := got.Cookies()[0]
	if c.Name != "__Host-sid" || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie: %s", got.Header.Get("Set-Cookie"))
	}
	if got := d.get(t, "alpha.localhost", "/lt/desk", "Cookie", "sid="+c.Value); got.StatusCode != 303 {
		t.Errorf("by the name of an open site: %d", got.StatusCode)
	}
	if got := d.get(t, "alpha.localhost", "/lt/desk", "Cookie", "__Host-sid="+c.Value); got.StatusCode != 200 {
		t.Errorf("by its own name: %d", got.StatusCode)
	}
}

// TestNobodyMayByDefault: roles against routes, with what is written of refusals.
func TestNobodyMayByDefault(t *testing.T) {
	d := openDesk(t)
	cookies := map[string]string{}
	for name, role := range map[string]access.Role{"admin": access.Administrator, "officer": access.Officer, "auditor": access.Auditor, "viewer": access.Viewer} {
		d.hire(t, "alpha", name+"@alpha.lt", role)
		cookies[name] = d.session(t, "alpha.localhost", name+"@alpha.lt")
	}
	d.hire(t, "beta", "admin@beta.bg", access.Administrator)
	foreign := d.post(t, "beta.localhost", "/bg/desk/log-in", url.Values{"email": {"admin@beta.bg"}, "password": {deskPassword}}).Cookies()[0]
	cookies["foreign"], cookies["invented"] = "sid="+foreign.Value, "sid="+strings.Repeat("A", 43)
	refusals := func() int {
		return d.count(t, `SELECT count(*) FROM t_alpha.audit_entries WHERE action = 'access.refused'`)
	}
	for path, allowed := range map[string]string{
		"/lt/desk": "admin officer auditor viewer", "/lt/desk/users": "admin", "/lt/desk/cases/7": "admin officer auditor viewer", "/lt/desk/secret": "",
		"POST /lt/desk/cases/7": "admin officer", "POST /lt/desk/settings": "admin",
	} {
		for name, cookie := range cookies {
			method, at, isPost := strings.Cut(path, " ")
			before := refusals()
			var got reply
			if isPost {
				got = d.post(t, "alpha.localhost", at, url.Values{"said": {"x"}, "nonce": {d.nonce(t)}}, "Cookie", cookie)
			} else {
				method = "GET"
				got = d.get(t, "alpha.localhost", path, "Cookie", cookie)
			}
			want, written := 403, 1
			switch {
			case strings.Contains(allowed, name) && method == "GET":
				want, written = 200, 0
			case strings.Contains(allowed, name):
				want, written = 0, 0 // a redirect, or a page
			case name == "foreign" || name == "invented":
				want, written = 303, 0
				if isPost {
					want = 403 // what was typed is kept
				}
			}
			if want != 0 && got.StatusCode != want || want == 0 && got.StatusCode >= 400 {
				t.Errorf("%s by %s: %d, want %d\n%.600s", path, name, got.StatusCode, want, got.body)
			}
			if n := refusals() - before; n != written {
				t.Errorf("%s by %s: %d refusals are written, want %d", path, name, n, written)
			}
		}
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.audit_entries WHERE action = 'case.read' AND object = 'case/7'`); n != 4 {
		t.Errorf("%d readings were recorded, want 4", n)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.audit_entries WHERE action = 'access.refused' AND actor = 'visitor'`); n != 0 {
		t.Errorf("%d refusals have no name", n)
	}
}

// TestRoutesOfTheStaffNameAPermission: one that nobody knows, or none, keeps the
// service from starting.
func TestRoutesOfTheStaffNameAPermission(t *testing.T) {
	d := openDesk(t)
	page := func(*web.Request) (web.Reply, error) { return web.Reply{}, nil }
	for name, c := range map[string]struct {
		route  web.Route
		change func(*web.Options, *web.Face)
		want   string
	}{
		"none":        {web.Staff("", "/x", page), nil, "permission"},
		"unknown":     {web.Action("everything", "/x", page), nil, "permission"},
		"no gate":     {web.Recorded(access.CaseRead, "/x", page), func(o *web.Options, _ *web.Face) { o.Gate = nil }, "entrance"},
		"no log-in":   {web.Staff(access.CaseRead, "/x", page), func(_ *web.Options, f *web.Face) { f.LogIn = "" }, "entrance"},
		"known":       {web.Page("/x", page, web.Known()), func(_ *web.Options, f *web.Face) { f.LogIn = "" }, "entrance"},
		"no handler":  {web.Post("/x", nil, web.Limits{}), nil, "handler"},
		"many files":  {web.Post("/x", page, web.Limits{Files: 11}), nil, "files"},
		"no place":    {web.Post("/x", page, web.Limits{Files: 1}), func(o *web.Options, _ *web.Face) { o.Files = nil }, "files"},
		"a good one":  {web.Staff(access.CaseRead, "/x", page), nil, ""},
		"two of them": {web.Post("/send", page, web.Limits{}), func(o *web.Options, f *web.Face) { o.Town = append(o.Town, d.forms()) }, "routes"},
	} {
		opt, face := d.options, web.Face{Name: "x", LogIn: "/x/log-in", Routes: web.Routes{c.route}}
		opt.Town = nil
		if c.change != nil {
			c.change(&opt, &face)
		}
		opt.Town, opt.Portal = append(opt.Town, face), []web.Face{{Name: "portal"}}
		_, err := web.New(opt)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhatIsTakenAwayIsGoneAtOnce is Z3.
func TestWhatIsTakenAwayIsGoneAtOnce(t *testing.T) {
	d := openDesk(t)
	for name, c := range map[string]struct {
		take   string
		status int
	}{
		"role":     {`UPDATE t_alpha.users SET roles = '["viewer"]' WHERE id = $1`, 403},
		"account":  {`UPDATE t_alpha.users SET state = 'disabled' WHERE id = $1`, 303},
		"session":  {`DELETE FROM t_alpha.sessions WHERE user_id = $1`, 303},
		"password": {`UPDATE t_alpha.user_secrets SET one_time_until = now() + interval '1 day' WHERE user_id = $1`, 303},
	} {
		u := d.hire(t, "alpha", name+"@alpha.lt", access.Administrator)
		cookie := d.session(t, "alpha.localhost", name+"@alpha.lt")
		if got := d.get(t, "alpha.localhost", "/lt/desk/users", "Cookie", cookie); got.StatusCode != 200 {
			t.Fatalf("%s: %d before", name, got.StatusCode)
		}
		_, err := d.raw.Exec(c.take, u.ID)
		must(t, err)
		if got := d.get(t, "alpha.localhost", "/lt/desk/users", "Cookie", cookie); got.StatusCode != c.status {
			t.Errorf("%s taken away: %d, want %d", name, got.StatusCode, c.status)
		}
	}
}

// TestAFormOfSomebodySignedOut shows the text and where to sign in.
func TestAFormOfSomebodySignedOut(t *testing.T) {
	d := openDesk(t)
	nonce := d.nonce(t)
	long := strings.Repeat("ilgas atsakymas ", 20)
	got := d.post(t, "alpha.localhost", "/lt/desk/cases/7", url.Values{"said": {long}, "nonce": {nonce}}, "Cookie", "sid="+strings.Repeat("A", 43))
	if got.StatusCode != 403 || strings.Count(got.body, long) != 2 || !strings.Contains(got.body, nonce) || !strings.Contains(got.body, `href="/lt/desk/log-in"`) || !strings.Contains(got.body, `action="/lt/desk/cases/7"`) {
		t.Errorf("%d\n%s", got.StatusCode, got.body)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.things`); n != 0 {
		t.Error("it was written all the same")
	}
}

// TestWhereAFormComesFrom: a form of another site, or one that says nothing about
// where it comes from, does nothing in the name of a session.
func TestWhereAFormComesFrom(t *testing.T) {
	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	cookie := d.session(t, "alpha.localhost", "ona@alpha.lt")
	for name, c := range map[string]struct {
		path, cookie, site, origin string
		refused                    bool
	}{
		"own":                           {"/lt/desk/cases/7", cookie, "same-origin", "", false},
		"own, old browser":              {"/lt/desk/cases/7", cookie, "", "http://alpha.localhost", false},
		"another site":                  {"/lt/desk/cases/7", cookie, "cross-site", "http://evil.example", true},
		"another town":                  {"/lt/desk/cases/7", cookie, "same-site", "http://beta.localhost", true},
		"another town, old browser":     {"/lt/desk/cases/7", cookie, "", "http://beta.localhost", true},
		"a frame without origin":        {"/lt/desk/cases/7", cookie, "", "null", true},
		"says nothing":                  {"/lt/desk/cases/7", cookie, "", "", true},
		"says nothing, no session":      {"/lt/desk/cases/7", "", "", "", true},
		"says nothing, public, session": {"/lt/send", cookie, "", "", true},
		"says nothing, public":          {"/lt/send", "", "", "", false},
		"another site, public":          {"/lt/send", "", "cross-site", "http://evil.example", true},
	} {
		before := d.count(t, `SELECT count(*) FROM t_alpha.things`)
		got := d.post(t, "alpha.localhost", c.path, url.Values{"said": {"x"}, "nonce": {d.nonce(t)}}, "Cookie", c.cookie, "Sec-Fetch-Site", c.site, "Origin", c.origin)
		written := d.count(t, `SELECT count(*) FROM t_alpha.things`) - before
		if c.refused != (got.StatusCode == 403) || c.refused != (written == 0) {
			t.Errorf("%s: %d, %d rows", name, got.StatusCode, written)
		}
	}
}

// TestAWayBackStaysHere: where one goes after signing in is a page of this host.
func TestAWayBackStaysHere(t *testing.T) {
	d := openDesk(t)
	for next, want := range map[string]string{
		"/lt/desk/cases/7?a=1": "/lt/desk/cases/7?a=1", "/en/desk": "/en/desk",
		"": "/lt/desk", "//evil.example/lt/": "/lt/desk", "https://evil.example/lt/desk": "/lt/desk", "/\\evil.example": "/lt/desk", "/lt//evil.example": "/lt/desk",
		"/lt/\\evil.example": "/lt/desk", "javascript:alert(1)": "/lt/desk", "/bg/desk": "/lt/desk", "/lt": "/lt/desk", "lt/desk": "/lt/desk", "/lt/%zz": "/lt/desk",
		"http:/lt/desk": "/lt/desk", "/lt/desk\nX-Evil: 1": "/lt/desk", "/lt/" + strings.Repeat("a", 3000): "/lt/desk",
	} {
		got := d.get(t, "alpha.localhost", "/lt/desk/log-in?next="+url.QueryEscape(next))
		if got.StatusCode != 200 || !strings.Contains(got.body, " then "+want+" ends") {
			t.Errorf("%.40q: %d, want %s", next, got.StatusCode, want)
		}
	}
}

// TestASessionIsTouchedNowAndThen: every few minutes, and not by each page.
func TestASessionIsTouchedNowAndThen(t *testing.T) {
	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	cookie := d.session(t, "alpha.localhost", "ona@alpha.lt")
	seen := func() (at time.Time) {
		must(t, d.raw.QueryRow(`SELECT seen_at FROM t_alpha.sessions`).Scan(&at))
		return at
	}
	first := seen()
	pass := func(by time.Duration) time.Time {
		now := d.now.Load().Add(by)
		d.now.Store(&now)
		if got := d.get(t, "alpha.localhost", "/lt/desk", "Cookie", cookie); got.StatusCode != 200 {
			t.Fatalf("%d", got.StatusCode)
		}
		return seen()
	}
	if at := pass(4 * time.Minute); !at.Equal(first) {
		t.Errorf("after four minutes it was written: %v", at)
	}
	at := pass(2 * time.Minute)
	for until := time.Now().Add(time.Minute); at.Equal(first) && time.Now().Before(until); at = seen() {
		time.Sleep(5 * time.Millisecond) // it is written after the reply
	}
	if at.Equal(first) {
		t.Error("after six minutes it was not written")
	}
}
