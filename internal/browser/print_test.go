package browser

import (
	"bytes"
	"testing"

	"github.com/chromedp/chromedp"
)

// printACharter puts the charter on paper: the text and its seal stay, what
// only a screen can use goes, and a reader's dark screen makes no dark paper.
func (s *service) printACharter(t *testing.T) {
	for slug, path := range map[string]string{"klaipeda": "/lt/charter", "peshtera": "/bg/charter", "varena": "/en/charter", "chuprene": "/bg/due?received=2026-12-11&number=20"} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			b := s.newTab(t)
			b.visit(s.address(slug, path))
			b.media("print", "dark")
			b.screen(680, 960) // what A4 leaves between its margins
			stays := eval[[]string](b, `["nav", "form", "footer", ".skip", ".horizon", ".langs", ".toc", ".noprint"].flatMap(s =>
				[...document.querySelectorAll(s)].filter(el => el.checkVisibility()).map(() => s))`)
			if len(stays) > 0 {
				t.Errorf("on paper there are %v", stays)
			}
			shown := eval[[]string](b, `["h1", ".brand__town", "main section h2", ".article, .answer"].filter(s => document.querySelector(s)?.checkVisibility())`)
			if len(shown) != 4 {
				t.Errorf("on paper there is only %v", shown)
			}
			colours := eval[[]string](b, `[document.documentElement, document.body, document.querySelector("main")]
				.map(el => getComputedStyle(el).backgroundColor).filter(c => c !== "rgba(0, 0, 0, 0)" && c !== "rgb(255, 255, 255)")`)
			if len(colours) > 0 {
				t.Errorf("the paper is %v", colours)
			}
			if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 680 {
				t.Errorf("the text is %d px wide", wide)
			}
			if pdf := do(b, chromedp.PrintToPDF()); !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 10_000 {
				t.Errorf("the printed charter has %d bytes", len(pdf))
			}
			counted(t, "print", 1, 1, languages(slug)[0])
		})
	}
}
