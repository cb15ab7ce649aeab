package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// narrowMenu: on a telephone every page of the desk begins at once; its menu tells
// where one is and is opened by a key, without a script, and on a wide screen there
// is the column alone.
func (s *service) narrowMenu(t *testing.T) {
	for name, c := range map[string]struct{ slug, lang, here string }{
		"Lithuanian": {"klaipeda", "lt", "Vėluojantys"}, "Bulgarian": {"peshtera", "bg", "Просрочени"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.newDesk(t)
			b.signIn(s, c.slug, c.lang, "administrator")
			b.scripts(false)
			b.screen(320, 700)
			b.visit(s.address(c.slug, "/"+c.lang+"/admin/cases?view=overdue"))
			if top := eval[float64](b, `document.querySelector("main h1").getBoundingClientRect().top`); top > 140 {
				t.Errorf("the page begins at %v px", top)
			}
			if here := b.text(".bar__here"); here != c.here {
				t.Errorf("the menu says %q, want %q", here, c.here)
			}
			for range 3 { // to the content, the town, the menu
				b.press(kb.Tab)
			}
			b.press(kb.Enter)
			if !eval[bool](b, `document.activeElement.matches(".bar summary") && document.querySelector(".bar__menu").open`) {
				t.Fatalf("the third stop is %s, and opens no menu", eval[stop](b, focused).Name)
			}
			links := eval[[]string](b, `[...document.querySelectorAll("nav a[aria-current=page]")].filter(e => e.checkVisibility()).map(e => e.pathname + e.search)`)
			if len(links) != 1 || links[0] != "/"+c.lang+"/admin/cases?view=overdue" {
				t.Errorf("current is %v", links)
			}
			if n := eval[int](b, `[...document.querySelectorAll("form[action$='/log-out'] button")].filter(e => e.checkVisibility()).length`); n != 1 {
				t.Errorf("%d ways to sign out", n)
			}
			b.screen(1280, 700)
			if eval[bool](b, `document.querySelector(".bar").checkVisibility() || !document.querySelector(".side").checkVisibility()`) {
				t.Error("a wide screen has both menus, or none")
			}
		})
	}
}
