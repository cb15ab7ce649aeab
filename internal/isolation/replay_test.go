package isolation

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"
)

// artefact is one thing of B that is shown at A.
type artefact struct {
	name string
	ask  question
	// refused is how A answers; zero = by leading to where one signs in.
	refused int
	audit   string // what A's chain keeps of it; empty = nothing, for the reason in why
	why     string
}

// Why A cannot tell a thing of another town from a mere wrong guess, and so keeps no
// entry of its own about it. Each is counted all the same, by route, town and class
// of the answer.
const (
	// A keeps of a secret only what it hashes to together with A's own id. One of B
	// hashes to nothing that is there, as one does that nobody was ever given; only B
	// could tell them apart, and asking B is what the door forbids.
	hashed = "only the other town knows it"
	// A form's ticket is signed with A's id in it: one of B fails as a made-up one does.
	signed = "its signature fails like a forged one"
	// Numbers are counted in each town by itself, and files have random names: one that
	// A does not have is a mistyped address, and P9 wants it answered like that.
	unknown = "a number that was never given here"
)

// counted is how often A has answered so far, by what the metric tells apart.
func (w *world) counted(t *testing.T) map[string]float64 {
	t.Helper()
	got := w.ask(question{Slug: slugA, Path: "/metrics", From: "127.0.0.1:40000"})
	all := map[string]float64{}
	for line := range strings.Lines(got.Body) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "} ")
		if !ok || !strings.HasPrefix(name, "charter_requests_total{") || !strings.Contains(name, `tenant="`+slugA+`"`) {
			continue
		}
		n, err := strconv.ParseFloat(value, 64)
		must(t, err)
		all[name] = n
	}
	return all
}

// wasCounted wants exactly one more answer of A, of the class that was given.
func (w *world) wasCounted(t *testing.T, x artefact, before map[string]float64, status int) {
	t.Helper()
	var more []string
	for name, n := range w.counted(t) {
		if n != before[name] && !strings.Contains(name, `route="/metrics"`) {
			more = append(more, name)
			if n != before[name]+1 {
				t.Errorf("%s: counted %v times", x.name, n-before[name])
			}
		}
	}
	if class := fmt.Sprintf(`status="%dxx"`, status/100); len(more) != 1 || !strings.Contains(more[0], class) {
		t.Errorf("%s: answered %d, counted as %q", x.name, status, more)
	}
}

// TestWhatOpensOneTownOpensNoOther shows every secret and every number of B at A.
// Each is refused, A changes nothing but its counts and its chain, and what
// somebody tried to sign in with is kept.
func TestWhatOpensOneTownOpensNoOther(t *testing.T) {
	w := open(t)
	shown, kept := 0, 0
	for _, x := range w.artefacts(t) {
		head, before, count := w.head(t, "t_"+slugA), w.content(t, "t_"+slugA), w.counted(t)
		got := w.ask(x.ask)
		w.wasCounted(t, x, count, got.Status)
		after := w.content(t, "t_"+slugA)
		for _, table := range []string{"audit_entries", "audit_details", "audit_head"} {
			delete(before, table)
			delete(after, table)
		}
		staff := route{}
		staff.Staff = true
		switch {
		case x.refused == 0 && judge(staff, got) != asked_, x.refused != 0 && got.Status != x.refused:
			t.Errorf("%s: answered %d %s", x.name, got.Status, got.Header.Get("Location"))
		case betrays(got.like(formValues(x.ask.Form)...), slugB):
			t.Errorf("%s: shows something of the other town", x.name)
		case !maps.Equal(before, after):
			t.Errorf("%s: something has changed", x.name)
		}
		switch found := w.entries(t, "t_"+slugA, head); {
		case (x.audit == "") != (x.why != ""):
			t.Errorf("%s: either the chain keeps it, or somebody has written why not", x.name)
		case x.audit != "":
			kept++
			if len(found) != 1 || found[0] != x.audit {
				t.Errorf("%s: the chain keeps %v, want %s", x.name, found, x.audit)
			}
		case len(found) != 0:
			t.Errorf("%s: the chain keeps %v", x.name, found)
		}
		shown++
		w.restore(t, "t_"+slugA)
	}
	if shown < 20 {
		t.Fatalf("only %d artefacts", shown)
	}
	t.Logf("artefacts: %d of the other town shown, all refused and counted, %d of them kept in the chain", shown, kept)
}

func formValues(form url.Values) (all []string) {
	for _, values := range form {
		all = append(all, values...)
	}
	return all
}

func (w *world) artefacts(t *testing.T) []artefact {
	t.Helper()
	a, b := w.a(), w.b()
	caseA, caseB := a.Cases[opened], b.Cases[opened]
	boss := a.Users[string(Administrator)].Token
	get := func(path, token string) question {
		return question{Slug: slugA, Path: "/lt" + path, Token: token}
	}
	post := func(path, token string, pairs ...string) question {
		form := url.Values{"nonce": {newNonce()}}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return question{Slug: slugA, Method: http.MethodPost, Path: "/lt" + path, Token: token, Form: form}
	}
	filing := func(ticket string) question {
		q := post("/submit/complaint", "", "title", "Tamsu", "body", "Tamsu.", "name", "Ona", "reply_by", "email", "email", "ona@example.org", "lang", "lt")
		q.Form.Set("nonce", ticket)
		return q
	}
	code, err := totp.GenerateCode(b.Users[string(Administrator)].TOTP, w.clock())
	must(t, err)
	half := a.Users["halfway"].Token
	user := strconv.FormatInt(b.Users[string(Viewer)].ID, 10)
	mail := strconv.FormatInt(b.Mails[0], 10)
	return []artefact{
		{"session", get("/admin/account", b.Users[string(Officer)].Token), 0, "", hashed},
		{"session of an administrator", get("/admin/users", b.Users[string(Administrator)].Token), 0, "", hashed},
		{"session in a form", post("/admin/cases/"+url.PathEscape(caseA.Number)+"/note", b.Users[string(Officer)].Token, "note", "x", "version", "1"), http.StatusForbidden, "", hashed},
		{"ticket of a new form", filing(b.Tickets[0]), http.StatusBadRequest, "", signed},
		{"ticket of a filed case", filing(caseB.Ticket), http.StatusBadRequest, "", signed},
		{"tracking code", post("/track", "", "number", caseB.Number, "code", caseB.Code), http.StatusNotFound, "", hashed},
		{"tracking code with a number of here", post("/track", "", "number", caseA.Number, "code", caseB.Code), http.StatusNotFound, "", hashed},
		{"tracking code in a form", post("/track/add", "", "number", caseA.Number, "code", caseB.Code, "text", "x"), http.StatusNotFound, "", hashed},
		{"case link", get("/track/"+url.PathEscape(caseB.Number)+"/"+caseB.Link, ""), http.StatusNotFound, "", hashed},
		{"case link with a number of here", get("/track/"+caseA.Number+"/"+caseB.Link, ""), http.StatusNotFound, "", hashed},
		{"file with a code of here", post("/track/file", "", "number", caseA.Number, "code", caseA.Code, "file", caseB.File), http.StatusNotFound, "", unknown},
		{"file with a session of here", get("/admin/cases/"+caseA.Number+"/files/"+caseB.File, boss), http.StatusNotFound, "", unknown},
		{"case number at the desk", get("/admin/cases/"+url.PathEscape(caseB.Number), boss), http.StatusNotFound, "", unknown},
		{"user", get("/admin/users/user/"+user, boss), http.StatusNotFound, "", unknown},
		{"user to be disabled", post("/admin/users/user/"+user+"/do", boss, "do", "disable", "version", "1"), http.StatusNotFound, "", unknown},
		{"mail", get("/admin/mails/mail/"+mail, boss), http.StatusNotFound, "", unknown},
		{"mail to be sent again", post("/admin/mails/mail/"+mail, boss), http.StatusNotFound, "", unknown},
		{"session to be ended", post("/admin/account/sessions", boss, "which", strconv.FormatInt(b.Users[string(Officer)].Session, 10)), http.StatusNotFound, "", unknown},
		{"reset link", post("/admin/reset", "", "password_link", b.Reset, "new_password", newPassword), http.StatusGone, "", hashed},
		{"reset link, opened", get("/admin/reset?token="+b.Reset, ""), http.StatusGone, "", hashed},
		{"invitation", post("/admin/invite", "", "password_link", b.Invite, "new_password", newPassword), http.StatusGone, "", hashed},
		{"link for a new address", post("/admin/email", "", "token", b.Email, "password_link", b.Email), http.StatusGone, "", hashed},
		{"recovery code", post("/admin/code", half, "code", b.Users["halfway"].Recovery[0]), http.StatusUnprocessableEntity, "second_factor.refused", ""},
		{"code of an app", post("/admin/code", half, "code", code), http.StatusUnprocessableEntity, "second_factor.refused", ""},
		{"one-time password", post("/admin/log-in", "", "email", b.Users["onetime"].Email, "password", b.OneTime), http.StatusUnprocessableEntity, "session.refused", ""},
		{"one-time password with an address of here", post("/admin/log-in", "", "email", a.Users["onetime"].Email, "password", b.OneTime), http.StatusUnprocessableEntity, "session.refused", ""},
		{"account", post("/admin/log-in", "", "email", b.Users[string(Officer)].Email, "password", password), http.StatusUnprocessableEntity, "session.refused", ""},
	}
}

// TestARowOfOneTownOpensNothingInAnother copies B's rows into A, as a mistaken
// restore would: what they stand for opens nothing there, because every hash has
// the town in it.
func TestARowOfOneTownOpensNothingInAnother(t *testing.T) {
	w := open(t)
	officer := w.a().Users[string(Officer)]
	caseA, caseB := w.a().Cases[opened], w.b().Cases[opened]
	for _, q := range []string{
		`UPDATE t_` + slugA + `.sessions SET hash = (SELECT hash FROM t_` + slugB + `.sessions WHERE id = ` + strconv.FormatInt(w.b().Users[string(Officer)].Session, 10) +
			`) WHERE id = ` + strconv.FormatInt(officer.Session, 10),
		`UPDATE t_` + slugA + `.case_receipts SET code_hash = (SELECT code_hash FROM t_` + slugB + `.case_receipts WHERE id = ` + strconv.FormatInt(caseB.ID, 10) +
			`) WHERE id = ` + strconv.FormatInt(caseA.ID, 10),
		`UPDATE t_` + slugA + `.user_tokens SET hash = (SELECT hash FROM t_` + slugB + `.user_tokens WHERE purpose = 'invite' LIMIT 1) WHERE purpose = 'invite'
			AND id = (SELECT min(id) FROM t_` + slugA + `.user_tokens WHERE purpose = 'invite')`,
		`INSERT INTO t_` + slugA + `.jobs (kind, args, receipt, state, run_at, attempt, tries, last_error, created_at)
			VALUES ('casework.announce', '{"case": ` + strconv.FormatInt(caseB.ID, 10) + `, "news": "filed"}', 'r', 'pending', '2026-01-01', 0, 0, '', '2026-01-01')`,
	} {
		_, err := w.raw.Exec(q)
		must(t, err)
	}
	var before, after int
	must(t, w.raw.QueryRow(`SELECT count(*) FROM t_`+slugA+`.mails`).Scan(&before))
	w.workOff(t)
	must(t, w.raw.QueryRow(`SELECT count(*) FROM t_`+slugA+`.mails`).Scan(&after))
	if before != after {
		t.Errorf("a job about a case of the other town has written %d letters", after-before)
	}
	for name, q := range map[string]question{
		"session":       {Slug: slugA, Path: "/lt/admin/cases", Token: w.b().Users[string(Officer)].Token},
		"tracking code": {Slug: slugA, Method: http.MethodPost, Path: "/lt/track", Form: url.Values{"number": {caseA.Number}, "code": {caseB.Code}}},
		"invitation":    {Slug: slugA, Path: "/lt/admin/invite?token=" + w.b().Invite},
	} {
		if got := w.ask(q); got.Status == http.StatusOK {
			t.Errorf("a copied row lets the other town's %s in", name)
		}
	}
}
