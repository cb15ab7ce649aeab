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
			b.onPaper(path, "h1", ".brand__town", "main section h2", ".article, .answer")
			counted(t, "print", 1, 1, languages(slug)[0])
		})
	}
}

// receiptOnPaper files a complaint, goes through its receipt by keyboard and prints
// it: with the paper alone somebody can follow the case and say by when.
func (s *service) receiptOnPaper(t *testing.T) {
	for slug, c := range stories() {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			b := s.newTab(t)
			number, code := b.sends(s, slug, c)
			b.stepsThrough("the receipt")
			b.onPaper("the receipt", "h1", ".brand__town", "dl.receipt", ".bigdate", "main .ruler", `section[aria-labelledby="next"] p`)
			b.promised(c)
			if n, secret := b.slip(); n != number || secret != code {
				t.Errorf("on paper it is %s with %s", n, secret)
			}
			b.opens(s, slug, c.lang, number, code)
			b.stepsThrough("a case that is followed")
			b.onPaper("a case that is followed", "h1", ".bigdate", "main .ruler", ".timeline")
			counted(t, "print", 2, 1, c.lang)
			counted(t, "keyboard", 2, 1, c.lang)
		})
	}
}

// onPaper puts the page in the tab on paper: what it is about is there, each by its
// selector, and nothing that only a screen can use.
func (b *tab) onPaper(what string, about ...string) {
	b.t.Helper()
	b.media("print", "dark")
	b.screen(680, 960) // what A4 leaves between its margins
	defer func() { b.theme("light"); b.screen(1280, 900) }()
	stays := eval[[]string](b, `["nav", "form", "footer", ".skip", ".horizon", ".langs", ".toc", ".noprint"].flatMap(s =>
		[...document.querySelectorAll(s)].filter(el => el.checkVisibility()).map(() => s))`)
	if len(stays) > 0 {
		b.t.Errorf("%s: on paper there are %v", what, stays)
	}
	lost := eval[[]string](b, `args[0].filter(s => ![...document.querySelectorAll(s)].some(el => el.checkVisibility()))`, about)
	if len(lost) > 0 {
		b.t.Errorf("%s: on paper there is no %v", what, lost)
	}
	colours := eval[[]string](b, `[document.documentElement, document.body, document.querySelector("main")]
		.map(el => getComputedStyle(el).backgroundColor).filter(c => c !== "rgba(0, 0, 0, 0)" && c !== "rgb(255, 255, 255)")`)
	if len(colours) > 0 {
		b.t.Errorf("%s: the paper is %v", what, colours)
	}
	if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 680 {
		b.t.Errorf("%s: the text is %d px wide", what, wide)
	}
	if pdf := do(b, chromedp.PrintToPDF()); !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 10_000 {
		b.t.Errorf("%s: the print has %d bytes", what, len(pdf))
	}
}
