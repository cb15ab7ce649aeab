package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/pg"
)

// A wrong password, an address that nobody has and a disabled account are
// answered alike, to the last letter.
func TestWhoIsKnownIsNotTold(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	gone := o.hire("buvusi@klaipeda.lt", access.Officer)
	o.hire("admin@klaipeda.lt", access.Administrator)
	o.write(func(tx *pg.Tx) error {
		return access.Disable(t.Context(), tx, boss(), gone.ID, gone.Version)
	})
	pages := map[string]string{}
	for _, email := range []string{ona, "niekas@klaipeda.lt", "buvusi@klaipeda.lt"} {
		password := "ne tas slaptažodis"
		if email == "buvusi@klaipeda.lt" {
			password = officePassword
		}
		g := o.signIn(email, password).wants(t, http.StatusUnprocessableEntity, "netinka")
		if len(g.Cookies()) > 0 {
			t.Errorf("%s gets a cookie", email)
		}
		if strings.Contains(g.body, password) {
			t.Errorf("the password of %s is sent back", email)
		}
		pages[strings.ReplaceAll(g.bare(), email, "X")] += email + " "
	}
	if len(pages) != 1 {
		t.Errorf("%d different answers: %v", len(pages), pages)
	}
	o.signIn(ona, officePassword).leads(t, "/lt/admin/cases")
}

// Signing in gives a session that nobody can have had before, and ends the one
// that the browser came with.
func TestTheSessionChangesAtTheEntrance(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	first := o.signIn(ona, officePassword)
	o.takes(first)
	before := o.cookie
	form := url.Values{"email": {ona}, "password": {officePassword}}
	o.takes(o.post(logInPage, form))
	if before == "" || o.cookie == before {
		t.Fatalf("the session stayed %q", before)
	}
	o.page("/lt/admin/cases")
	old := *o
	old.cookie = before
	old.get("/lt/admin/cases").leads(t, logInPage+"?next=%2Flt%2Fadmin%2Fcases")

	// A planted cookie is worth nothing after the log-in either.
	planted := *o
	planted.cookie = "sid=" + strings.Repeat("A", 43)
	g := planted.post(logInPage, form)
	if planted.takes(g); planted.cookie == "sid="+strings.Repeat("A", 43) {
		t.Error("a planted session was taken over")
	}
}

// Whoever wanted a page is led there, to a page of this site only.
func TestSigningInLeadsWhereOneWanted(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	o.get("/lt/admin/register").leads(t, logInPage+"?next=%2Flt%2Fadmin%2Fregister")
	for next, want := range map[string]string{
		"/lt/admin/register": "/lt/admin/register", "//evil.example/": "/lt/admin/cases", "https://evil.example/": "/lt/admin/cases",
		"/lt/admin/cases?view=mine": "/lt/admin/cases?view=mine",
	} {
		form := o.fill(logInPage+"?next="+url.QueryEscape(next), "/log-in", "email", ona, "password", officePassword)
		o.post(logInPage, form).leads(t, want)
	}
}

// Signing out is a form, never a link: an address in a letter must not end a
// session. It ends on the server.
func TestSigningOut(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Viewer)
	o.takes(o.signIn(ona, officePassword))
	if g := o.get("/lt/admin/log-out"); g.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET signs out: %d", g.StatusCode)
	}
	before := o.cookie
	o.takes(o.post("/lt/admin/log-out", url.Values{}).leads(t, logInPage+"?done=log_out"))
	o.cookie = before
	o.get("/lt/admin/cases").leads(t, logInPage+"?next=%2Flt%2Fadmin%2Fcases")
	o.page(logInPage+"?done=log_out").wants(t, http.StatusOK, "Atsijungta")
}

// Many tries are slowed for one account and said so; what was typed is kept.
func TestTriesAreCounted(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	form := o.fill(logInPage, "/log-in", "email", ona, "password", "ne tas slaptažodis")
	for i := range 40 {
		g := o.post(logInPage, form)
		if g.StatusCode == http.StatusTooManyRequests {
			if g.Header.Get("Retry-After") == "" || !strings.Contains(g.body, `value="`+ona+`"`) {
				t.Errorf("after %d tries: %v", i, g.Header)
			}
			return
		}
		g.wants(t, http.StatusUnprocessableEntity)
	}
	t.Error("40 wrong passwords were let through")
}

// What was taken away is gone with the next request (ASVS 8.3.2).
func TestRevocationHoldsAtTheNextRequest(t *testing.T) {
	for name, take := range map[string]func(o *office, tx *pg.Tx, u access.User) error{
		"role": func(o *office, tx *pg.Tx, u access.User) error {
			return access.SetRoles(t.Context(), tx, boss(), u.ID, u.Version, []access.Role{access.Viewer})
		},
		"account": func(o *office, tx *pg.Tx, u access.User) error {
			return access.Disable(t.Context(), tx, boss(), u.ID, u.Version)
		},
		"sessions": func(o *office, tx *pg.Tx, u access.User) error {
			return access.EndSessionsOf(t.Context(), tx, boss(), u.ID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := openOffice(t, demoMail)
			o.hire("admin@klaipeda.lt", access.Administrator)
			u := o.hire(ona, access.Officer)
			o.takes(o.signIn(ona, officePassword))
			o.page("/lt/admin/register")
			o.write(func(tx *pg.Tx) error { return take(o, tx, u) })
			want := http.StatusSeeOther
			if name == "role" {
				want = http.StatusForbidden
			}
			if g := o.get("/lt/admin/register"); g.StatusCode != want {
				t.Errorf("the register answers %d", g.StatusCode)
			}
			if g := o.post("/lt/admin/register", url.Values{"kind": {"question"}}); g.StatusCode != http.StatusForbidden {
				t.Errorf("a form is answered %d", g.StatusCode)
			}
		})
	}
}

// After a wrong password the page says what is true: the address is there again and
// the password is not. Elsewhere what was typed is kept, and said so.
func TestAPasswordIsNotSaidToBeKept(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	g := o.signIn(ona, "ne tas slaptažodis").wants(t, http.StatusUnprocessableEntity, "Slaptažodį įveskite iš naujo")
	if said := g.Find(".errors").Text(); strings.Contains(said, "išsaugota") {
		t.Errorf("the page says: %s", said)
	}
	if email, _ := g.Find("#email").Attr("value"); email != ona || g.Find("#password").AttrOr("value", "") != "" {
		t.Errorf("the address comes back as %q", email)
	}
	at := o.path("/admin/forgotten")
	o.post(at, o.fill(at, "/forgotten", "email", "")).wants(t, http.StatusUnprocessableEntity, "Tai, ką įrašėte, išsaugota")
}
