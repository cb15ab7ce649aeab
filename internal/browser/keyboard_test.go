package browser

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops are the elements the Tab key should visit, in the order of the page. Of
// radio buttons it visits the chosen one, else the first; what only a password
// manager reads it passes by.
const stops = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
	.filter(el => el.checkVisibility({visibilityProperty: true}) && !el.matches(".sr[tabindex='-1']"))
	.filter(el => el.type !== "radio" || el === (group => group.find(r => r.checked) ?? group[0])(
		[...el.form.elements].filter(r => r.type === "radio" && r.name === el.name)))`

// focused tells which of the stops has the focus (-1 = none of them) and whether
// that is to be seen: a ring of 2 px or more, on the screen, with nothing over it.
const focused = `(() => {
	const el = document.activeElement, style = getComputedStyle(el);
	const at = el.matches("input[type=checkbox], input[type=radio]") ? el.closest("label") : el;
	const rects = [...el.getClientRects()].filter(r => r.width > 0);
	const onScreen = rects.some(r => r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth);
	const first = rects[0] ?? {x: 0, y: 0, width: 0, height: 0};
	const over = document.elementFromPoint(first.x + first.width / 2, first.y + Math.min(first.height / 2, 20));
	return {
		Index: ` + stops + `.indexOf(el),
		Name: "<" + el.localName + "> " + (el.innerText || el.id),
		Ring: el.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
		Shown: onScreen && !!over && (el.contains(over) || over.contains(el) || at.contains(over)),
	};
})()`

type stop struct {
	Index       int
	Name        string
	Ring, Shown bool
}

func (b *tab) press(keys string) {
	b.t.Helper()
	do(b, chromedp.KeyEvent(keys))
}

// keyboard walks through pages by the Tab key: every link, field and button is
// reached once, in the order of the page, and seen when it is.
func (s *service) keyboard(t *testing.T) {
	for name, c := range map[string]struct {
		slug  string
		width int64
		paths []string
	}{
		"town, wide":   {"klaipeda", 1280, []string{"/lt/", "/lt/charter", "/lt/commitments", "/lt/commitments/answer-questions", "/lt/due?received=31.02.2026&number=x", "/lt/search?q=a", "/lt/nothing-here"}},
		"town, narrow": {"peshtera", 320, []string{"/bg/", "/bg/charter", "/bg/due?received=2026-12-11&number=20", "/bg/privacy"}},
		"portal":       {"", 1280, []string{"/en/", "/bg/?q=zzz", "/lt/accessibility"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.newTab(t)
			b.screen(c.width, 700)
			b.walk(s, c.slug, c.paths...)
			counted(t, "keyboard", len(c.paths), 1, languages(c.slug)[0])
		})
	}
}

// walk goes through pages by the Tab key.
func (b *tab) walk(s *service, slug string, paths ...string) {
	b.t.Helper()
	visited := 0
	for _, path := range paths {
		b.visit(s.address(slug, path))
		visited += b.stepsThrough(path)
	}
	if visited < 12*len(paths) {
		b.t.Errorf("only %d stops were visited", visited)
	}
}

// stepsThrough goes by the Tab key from the beginning of the page in the tab to its
// end, or from the place in it that its address names, and gives how many stops
// there were.
func (b *tab) stepsThrough(what string) (visited int) {
	b.t.Helper()
	want := eval[int](b, stops+`.length`)
	for next, first := 0, true; next < want; next, first = next+1, false {
		b.press(kb.Tab)
		at := eval[stop](b, focused)
		if first && strings.Contains(b.path(), "#") && at.Index > 0 {
			next = at.Index
		}
		if at.Index != next {
			b.t.Errorf("%s: stop %d is number %d, %s", what, next, at.Index, at.Name)
			break
		}
		if !at.Ring || !at.Shown {
			b.t.Errorf("%s: %s has a ring: %v, is seen: %v", what, at.Name, at.Ring, at.Shown)
		}
		visited++
	}
	return visited
}

// casesByKeyboard walks through the pages where cases are filed, followed, worked
// on and compared; the first stop of the desk leads to its content.
func (s *service) casesByKeyboard(t *testing.T) {
	for name, c := range map[string]struct {
		slug, role string
		width      int64
		paths      []string
	}{
		"filing":         {"klaipeda", "", 1280, []string{"/lt/submit", "/lt/submit/complaint", "/lt/track", "/lt/results"}},
		"filing, narrow": {"peshtera", "", 320, []string{"/bg/submit/signal", "/bg/track"}},
		"desk":           {"klaipeda", "officer", 1280, []string{"/lt/admin/cases", "/lt/admin/cases/KL-2026-0001", "/lt/admin/register"}},
		"desk, deeper":   {"klaipeda", "administrator", 1280, []string{"/lt/admin/cases/KL-2026-0001/note", "/lt/admin/mails", "/lt/admin/audit", "/lt/admin/account", "/lt/admin/account/password", "/lt/admin/second-factor"}},
		"desk, narrow":   {"peshtera", "administrator", 320, []string{"/bg/admin/cases", "/bg/admin/settings/terms/complaint", "/bg/admin/users"}},
		"comparison":     {"", "", 1280, []string{"/en/compare?country=lt", "/en/compare/first_answer", "/en/municipalities/neringos"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.newDesk(t)
			lang := strings.Split(c.paths[0], "/")[1]
			if c.role != "" {
				b.signIn(s, c.slug, lang, c.role)
				b.skips(s, c.slug, c.paths[0])
			}
			b.screen(c.width, 700)
			b.walk(s, c.slug, c.paths...)
			counted(t, "keyboard", len(c.paths), 1, lang)
		})
	}
}

// skips goes straight to the content of a page: Tab, Enter, and the next stop is in
// it.
func (b *tab) skips(s *service, slug, path string) {
	b.t.Helper()
	if status := b.visit(s.address(slug, path)); status != http.StatusOK {
		b.t.Fatalf("%s answers %d", path, status)
	}
	b.press(kb.Tab)
	if !eval[bool](b, `document.activeElement.matches("a.skip[href='#content']")`) || !eval[stop](b, focused).Shown {
		b.t.Error("the first stop is not a visible link to the content")
	}
	b.press(kb.Enter)
	if b.path() != path+"#content" {
		b.t.Errorf("it leads to %s", b.path())
	}
	b.press(kb.Tab)
	if !eval[bool](b, `document.activeElement.closest("main") !== null`) {
		b.t.Errorf("the next stop is %s", eval[stop](b, focused).Name)
	}
}

// skipToTheContent tries the first link of the towns and of the portal.
func (s *service) skipToTheContent(t *testing.T) {
	for slug, path := range map[string]string{"klaipeda": "/lt/charter", "peshtera": "/bg/commitments", "": "/en/"} {
		t.Run(siteName(slug), func(t *testing.T) {
			s.both(t, func(_ *testing.T, b *tab) { b.skips(s, slug, path) })
		})
	}
}
