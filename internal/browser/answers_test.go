package browser

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"
)

// Some pages no link leads to: they answer a form. They are looked at here, the
// first reader's in both themes and by keyboard, the others' without scripts.

// answered looks at what a form was answered with; mark is what stands on that
// page alone.
func (l *looks) answered(what string, status, want int, mark string) {
	l.t.Helper()
	if status != want || !eval[bool](l.tab, `document.querySelector(args[0]) !== null`, mark) {
		l.t.Fatalf("%s in %s: it answers %d without %s: %s", what, l.lang, status, mark, l.text("main"))
	}
	l.look(what)
	if l.themes {
		l.stepsThrough(what)
		counted(l.t, "keyboard", 1, 1, l.lang)
	}
}

// answersFor prepares the tab of a reader.
func (s *service) answersFor(b *tab, r reader) *looks {
	b.scripts(r.themes)
	return s.looking(b, r.slug, r.lang, r.themes)
}

// leaves lets the tab go from a page where something was typed, without the
// question whether it may be lost.
func (b *tab) leaves() {
	b.t.Helper()
	eval[bool](b, `(document.querySelectorAll("textarea").forEach(e => e.remove()), true)`)
}

// deskAnswers looks at what the desk answers to forms: refused, tried out, done,
// too late, and sent after the session has ended.
func (s *service) deskAnswers(t *testing.T) {
	for _, c := range []reader{{"klaipeda", "lt", true}, {"klaipeda", "en", false}, {"peshtera", "bg", false}} {
		t.Run(c.slug+" "+c.lang, func(t *testing.T) {
			t.Parallel()
			told := stories()[c.slug]
			officer, other := s.answersFor(s.newDesk(t), c), s.answersFor(s.newDesk(t), c)
			officer.signIn(s, c.slug, c.lang, "officer")
			other.signIn(s, c.slug, c.lang, "administrator")

			officer.registers(told)
			number := officer.text(".facts dd")
			officer.visit(s.address(c.slug, "/"+c.lang+"/admin/cases/"+number+"/extend"))
			officer.fill("#reasons", told.reasons)
			officer.fill("#final", told.final)
			other.visit(s.address(c.slug, "/"+c.lang+"/admin/cases/"+number))
			other.acts("note", "#note", told.body)
			other.acts("take")
			officer.answered("a deed after another's", officer.follow("form.form .actions button"), http.StatusConflict, ".both")
			officer.leaves()
			officer.visit(s.address(c.slug, "/"+c.lang+"/admin/cases/"+number+"/ask"))
			officer.fill("#question", told.body)
			officer.forgets()
			officer.answered("kept after the session", officer.follow("form.form .actions button"), http.StatusForbidden, `form[action$="/ask"] .both__text`)
			officer.told("answers to forms")

			other.changesTerms()
			other.told("answers to forms")
		})
	}
}

// forgets loses the session, as after its time or at another's word.
func (b *tab) forgets() {
	b.t.Helper()
	command(b, network.DeleteCookies, network.DeleteCookiesParams{Name: "sid", URL: eval[string](b, `location.href`)})
}

// registers a case that came by telephone: first nothing, then the dates, then all.
func (l *looks) registers(told told) {
	l.t.Helper()
	const send = `form.form p button:not([formaction])`
	l.visit(l.s.address(l.slug, "/"+l.lang+"/admin/register"))
	l.answered("registering nothing", l.follow(send), http.StatusUnprocessableEntity, "#errors")
	l.pick("#kind", "complaint")
	l.click(`input[name="channel"][value="phone"]`)
	l.answered("the dates of what is registered", l.follow(`button[formaction*="/register/dates"]`), http.StatusOK, "#tried .bigdate")
	l.fill("#title", told.title)
	l.fill("#body", told.body)
	l.fill("#name", told.name)
	l.fill("#email", told.email)
	l.answered("a registered case", l.follow(send), http.StatusOK, ".facts .code")
	l.wants(".panel .bigdate", stories()[l.slug].dueIn(l.lang))
}

// changesTerms tries a rule out, breaks it, and comes too late with another.
func (l *looks) changesTerms() {
	l.t.Helper()
	terms := l.s.address(l.slug, "/"+l.lang+"/admin/settings/terms/praise")
	l.visit(strings.Replace(terms, "praise", "complaint", 1))
	l.fill("#try_date", "2026-12-11")
	l.answered("a rule tried out", l.follow(`button[formaction*="/try"]`), http.StatusOK, "#tried .bigdate")
	l.fill("#try_date", "31.02.2026")
	l.answered("a rule tried on no day", l.follow(`button[formaction*="/try"]`), http.StatusUnprocessableEntity, "#try_date-e")
	l.leaves()
	l.visit(terms)
	// As if somebody had changed the rule since this page was opened.
	eval[bool](l.tab, `(document.querySelector("form.form input[name=version]").value = "999", true)`)
	for _, lang := range languages(l.slug) {
		l.fill("#note_"+lang, "1–2–3")
	}
	l.answered("a rule after another's", l.follow("form.form > p > button:not([formaction])"), http.StatusConflict, "#errors")
	l.leaves()
}

// dueIn is the first date of the story alone, as the desk writes it in a language.
func (c told) dueIn(lang string) string {
	if lang == c.lang {
		return c.dueOn
	}
	return map[string]string{"lt": "18 December", "bg": "21 December"}[c.lang]
}

// secondFactor sets one up for an account that nobody else uses here, signs in by
// it, and by a recovery code.
func (s *service) secondFactor(t *testing.T) {
	at, err := time.Parse(time.RFC3339, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reader
		role string
	}{{reader{"varena", "lt", true}, "auditor"}, {reader{"varena", "en", false}, "viewer"}, {reader{"chuprene", "bg", false}, "auditor"}} {
		t.Run(c.slug+" "+c.lang, func(t *testing.T) {
			t.Parallel()
			l := s.answersFor(s.newDesk(t), c.reader)
			l.signIn(s, c.slug, c.lang, c.role)
			l.at("/admin/second-factor")
			l.fill("#password", password)
			l.answered("the secret", l.follow("form.entrance button"), http.StatusOK, "main svg")
			l.fill("#code", "000000")
			l.answered("a wrong first code", l.follow("form.entrance button"), http.StatusUnprocessableEntity, "#errors")
			code, err := totp.GenerateCode(strings.ReplaceAll(l.text("main .code"), " ", ""), at)
			if err != nil {
				t.Fatal(err)
			}
			l.fill("#code", code)
			l.answered("the recovery codes", l.follow("form.entrance button"), http.StatusOK, "ol.recovery")
			recovery := eval[[]string](l.tab, `[...document.querySelectorAll("ol.recovery code")].map(e => e.innerText)`)
			l.onPaper("the recovery codes", "h1", "ol.recovery", ".print-only")
			l.at("/admin/second-factor", "/admin/account")

			l.forgets()
			l.signIn(s, c.slug, c.lang, c.role)
			l.answered("the second step", http.StatusOK, http.StatusOK, "form.entrance #code")
			l.fill("#code", "000000")
			l.answered("a wrong second step", l.follow("form.entrance button"), http.StatusUnprocessableEntity, "#errors")
			l.fill("#code", recovery[0])
			if status := l.follow("form.entrance button"); status != http.StatusOK || strings.Contains(l.path(), "/admin/code") {
				t.Errorf("a recovery code answers %d at %s", status, l.path())
			}
			l.told("the second factor")
		})
	}
}

// tooOften looks at what is said to whoever asks too often: the form, with what was
// typed, when to come back, and another way to the town.
func (s *service) tooOften(t *testing.T) {
	for _, c := range []reader{{"varena", "lt", true}, {"chavdar", "bg", false}} {
		t.Run(c.slug, func(t *testing.T) {
			t.Parallel()
			said := s.again(t, c.slug, "/"+c.lang+"/track", 40, url.Values{"number": {"AA-2026-0001"}, "code": {"0000-0000-0000-0000-0"}})
			if said[0] != http.StatusNotFound {
				t.Errorf("a wrong code answers %d", said[0])
			}
			l := s.answersFor(s.newTab(t), c)
			l.visit(s.address(c.slug, "/"+c.lang+"/track"))
			l.fill("#number", "AA-2026-0001")
			l.fill("#code", "0000")
			l.answered("too many codes", l.follow("main form button"), http.StatusTooManyRequests, "#errors")
			if kept := eval[string](l.tab, `document.querySelector("#number").value`); kept != "AA-2026-0001" {
				t.Errorf("it keeps %q", kept)
			}
			s.again(t, c.slug, "/"+c.lang+"/submit/complaint", 140, url.Values{"title": {"x"}})
			l.visit(s.address(c.slug, "/"+c.lang+"/submit/complaint"))
			l.fill("#title", "Aš")
			l.answered("too many cases", l.follow(".send button"), http.StatusTooManyRequests, "#errors")
			if kept := eval[string](l.tab, `document.querySelector("#title").value`); kept != "Aš" {
				t.Errorf("it keeps %q", kept)
			}
			l.leaves()
			l.told("too often")
		})
	}
}

// again sends a form as often as it takes until it is too often, and at most so
// many times; it gives the answers.
func (s *service) again(t *testing.T, slug, path string, most int, form url.Values) (said []int) {
	t.Helper()
	for len(said) < most {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address(slug, path), strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if said = append(said, res.StatusCode); res.StatusCode == http.StatusTooManyRequests {
			return said
		}
	}
	t.Fatalf("%d forms to %s were not too many: %v", most, path, said)
	return nil
}

// filesRefused looks at a form that brought one file which is taken, and waits, and
// one that is not.
func (s *service) filesRefused(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "planas.pdf"), filepath.Join(dir, "programa.exe")
	for path, content := range map[string]string{good: "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", bad: "MZ\x90\x00 not for us"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []reader{{"klaipeda", "lt", true}, {"klaipeda", "en", false}, {"peshtera", "bg", false}} {
		t.Run(c.slug+" "+c.lang, func(t *testing.T) {
			t.Parallel()
			told := stories()[c.slug]
			l := s.answersFor(s.newTab(t), c)
			l.visit(s.address(c.slug, "/"+c.lang+"/submit/complaint"))
			l.fill("#title", told.title)
			do(l.tab, chromedp.SetUploadFiles("#files", []string{good, bad}))
			l.answered("a file refused and one kept", l.follow(".send button"), http.StatusUnprocessableEntity, "#files-e")
			l.wants(".waiting__name", "planas.pdf")
			l.wants("#errors", "programa.exe")
			l.leaves()
			l.told("answers to forms")
		})
	}
}
