package browser

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops are the elements the Tab key should visit, in the order of the page.
const stops = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
	.filter(el => el.checkVisibility({visibilityProperty: true}))`

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
			visited := 0
			for _, path := range c.paths {
				b.visit(s.address(c.slug, path))
				want := eval[int](b, stops+`.length`)
				for i := range want {
					b.press(kb.Tab)
					at := eval[stop](b, focused)
					if at.Index != i {
						t.Errorf("%s: stop %d is number %d, %s", path, i, at.Index, at.Name)
						break
					}
					if !at.Ring || !at.Shown {
						t.Errorf("%s: %s has a ring: %v, is seen: %v", path, at.Name, at.Ring, at.Shown)
					}
					visited++
				}
			}
			if visited < 12*len(c.paths) {
				t.Errorf("only %d stops were visited", visited)
			}
			counted(t, "keyboard", len(c.paths), 1, languages(c.slug)[0])
		})
	}
}

// skipToTheContent presses Tab once and Enter: the next stop is in the content.
func (s *service) skipToTheContent(t *testing.T) {
	for slug, path := range map[string]string{"klaipeda": "/lt/charter", "peshtera": "/bg/commitments", "": "/en/"} {
		t.Run(siteName(slug), func(t *testing.T) {
			s.both(t, func(t *testing.T, b *tab) {
				if status := b.visit(s.address(slug, path)); status != http.StatusOK {
					t.Fatalf("%s answers %d", path, status)
				}
				b.press(kb.Tab)
				if !eval[bool](b, `document.activeElement.matches("a.skip[href='#content']")`) || !eval[stop](b, focused).Shown {
					t.Error("the first stop is not a visible link to the content")
				}
				b.press(kb.Enter)
				if b.path() != path+"#content" {
					t.Errorf("it leads to %s", b.path())
				}
				b.press(kb.Tab)
				if !eval[bool](b, `document.activeElement.closest("main") !== null`) {
					t.Errorf("the next stop is %s", eval[stop](b, focused).Name)
				}
			})
		})
	}
}
