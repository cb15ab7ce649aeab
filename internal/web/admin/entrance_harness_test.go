package admin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/web/admin"
)

const (
	logInPage = "/lt/admin/log-in"
	ona       = "ona@klaipeda.lt"
)

// hire makes an account with the password of the tests and nobody signed in.
func (o *office) hire(email string, roles ...access.Role) (u access.User) {
	o.t.Helper()
	ctx := o.t.Context()
	o.write(func(tx *pg.Tx) (err error) {
		u, err = access.AddUser(ctx, tx, audit.Operator(), access.NewUser{Profile: access.Profile{Email: email, Name: "Ona Onaitė", Lang: "lt"}, Roles: roles})
		return err
	})
	// Through the link, which also a gate that wants a second factor allows.
	var mail access.Mail
	o.write(func(tx *pg.Tx) (err error) {
		mail, err = o.gate.Invite(ctx, tx, audit.Operator(), u.ID)
		return err
	})
	password, err := o.gate.Prepare(ctx, access.HolderOfUser(u), officePassword)
	sure(o.t, err)
	o.write(func(tx *pg.Tx) error { return o.gate.Accept(ctx, tx, mail.Token, password) })
	return u
}

// signIn fills in the page of the entrance as a person does.
func (o *office) signIn(email, password string) got {
	o.t.Helper()
	at := o.path("/admin/log-in")
	return o.post(at, o.fill(at, "/log-in", "email", email, "password", password))
}

// path is a page in the town's own language.
func (o *office) path(p string) string {
	if strings.HasPrefix(o.host, "peshtera") {
		return "/bg" + p
	}
	return "/lt" + p
}

// takes keeps the session that an answer has set, as a browser does.
func (o *office) takes(g got) *office {
	o.t.Helper()
	for _, c := range g.Cookies() {
		if o.cookie = ""; c.MaxAge >= 0 && c.Value != "" {
			o.cookie = c.Name + "=" + c.Value
		}
	}
	return o
}

// bare is what a refused page says, without what differs each time.
func (g got) bare() string {
	return regexp.MustCompile(`name="nonce" value="[^"]+"`).ReplaceAllString(g.body, "")
}

// runReset does the job that a request for a new password has left.
func (o *office) runReset() {
	o.t.Helper()
	for _, kind := range admin.Jobs(o.gate, o.mail) {
		o.run(kind)
	}
}

// run does the jobs of a kind that wait.
func (o *office) run(kind jobs.Kind) {
	o.t.Helper()
	rows, err := o.raw.Query(`DELETE FROM `+o.realm().Name()+`.jobs WHERE kind = $1 RETURNING args::text`, kind.Name)
	sure(o.t, err)
	defer rows.Close()
	for rows.Next() {
		var args string
		sure(o.t, rows.Scan(&args))
		o.write(func(tx *pg.Tx) error { return kind.InTx(o.t.Context(), tx, json.RawMessage(args)) })
	}
	sure(o.t, rows.Err())
}

// linkIn is the page that the last letter to an address opens.
func (o *office) linkIn(to string) string {
	o.t.Helper()
	for _, m := range o.letters() {
		if m.To == to && m.Link != "" {
			u, err := url.Parse(m.Link)
			sure(o.t, err)
			return u.RequestURI()
		}
	}
	o.t.Fatalf("no letter with a link to %s", to)
	return ""
}

// codeOf is what an authenticator app shows; before moves it to an earlier step,
// which is still taken, since each one counts once.
func codeOf(t testing.TB, secret string, before time.Duration) string {
	t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), officeNow().Add(-before))
	sure(t, err)
	return code
}

func officeNow() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }

func (g got) leads(t testing.TB, to string) got {
	t.Helper()
	if at := g.Header.Get("Location"); g.StatusCode != http.StatusSeeOther || at != to {
		t.Fatalf("%d to %q, want 303 to %q\n%s", g.StatusCode, at, to, g.text())
	}
	return g
}

// boss is an administrator who is nobody of the test's.
func boss() audit.Actor { return audit.Actor{ID: "boss"} }
