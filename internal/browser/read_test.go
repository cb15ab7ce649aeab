package browser

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// both runs a story as it is for most readers and for one without scripts.
func (s *service) both(t *testing.T, story func(*testing.T, *tab)) {
	b := s.newTab(t)
	for _, mode := range []string{"with scripts", "without scripts"} {
		t.Run(mode, func(t *testing.T) {
			defer b.lent(t)()
			b.scripts(mode == "with scripts")
			story(t, b)
		})
	}
}

// wants fails unless the element says each of the texts.
func (b *tab) wants(selector string, texts ...string) {
	b.t.Helper()
	said := strings.ReplaceAll(b.text(selector), "\u00a0", " ")
	for _, text := range texts {
		if !strings.Contains(said, text) {
			b.t.Errorf("%s says %q, not %q", selector, said, text)
		}
	}
}

// path is where the tab is: path, query and fragment.
func (b *tab) path() string {
	b.t.Helper()
	return eval[string](b, `location.pathname + location.search + location.hash`)
}

// readACharter goes from a town's first page into its charter, sees who
// adopted it and when, and jumps to a chapter by the contents.
func (s *service) readACharter(t *testing.T) {
	for slug, c := range map[string]struct {
		lang, title, chapter string
		act                  []string
	}{
		"klaipeda": {"lt", "Klaipėdos miesto savivaldybės piliečių chartija", "thanks", []string{"Redakcija 2, galiojanti", "Deklaracija: viešas pažadas gyventojams"}},
		"varena":   {"lt", "piliečių (paslaugų) chartija", "cooperation", []string{"Patvirtino Varėnos rajono savivaldybės taryba"}},
		"peshtera": {"bg", "Харта на клиента", "important", []string{"Одобрена от И. д. кмет на община Пещера", "Заповед № 28, 20 януари 2006"}},
		"chuprene": {"bg", "Харта на клиента на община Чупрене", "closing", []string{"Характер на документа"}},
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			s.both(t, func(t *testing.T, b *tab) {
				b.visit(s.address(slug, "/"+c.lang+"/"))
				if status := b.follow(`main a[href="/` + c.lang + `/charter"]`); status != http.StatusOK {
					t.Fatalf("the charter answers %d", status)
				}
				b.wants("h1", c.title)
				b.wants(".act", c.act...)
				b.click(`.toc a[href="#` + c.chapter + `"]`)
				if !strings.HasSuffix(b.path(), "/charter#"+c.chapter) {
					t.Errorf("the contents lead to %s", b.path())
				}
				top := eval[float64](b, `document.getElementById(args[0]).getBoundingClientRect().top`, c.chapter)
				height := eval[float64](b, `innerHeight`)
				if top < 0 || top > height {
					t.Errorf("the chapter stands at %.0f of %.0f px", top, height)
				}
			})
		})
	}
}

// contentsFollowTheReader holds the one comfort that scripts bring.
func (s *service) contentsFollowTheReader(t *testing.T) {
	b := s.newTab(t)
	b.visit(s.address("peshtera", "/bg/charter"))
	eval[bool](b, `(document.getElementById("goals").scrollIntoView({behavior: "instant"}), true)`)
	do(b, chromedp.Poll[bool](`document.querySelector(".toc [aria-current]")?.hash === "#goals"`, chromedp.WithPollingTimeout(patience)))
}

// switchLanguage changes the language in the middle of a site and stays where
// it was, with what was asked.
func (s *service) switchLanguage(t *testing.T) {
	for _, c := range []struct{ slug, from, to, path string }{
		{"klaipeda", "lt", "en", "/commitments/answer-questions"},
		{"peshtera", "bg", "en", "/commitments/respect"},
		{"varena", "lt", "en", "/due?number=20&received=2026-12-11&unit=working_days"},
		{"", "en", "bg", "/?country=lt"},
	} {
		t.Run(siteName(c.slug), func(t *testing.T) {
			s.both(t, func(t *testing.T, b *tab) {
				b.visit(s.address(c.slug, "/"+c.from+c.path))
				before := b.text("h1")
				if status := b.follow(`.langs a[hreflang="` + c.to + `"]`); status != http.StatusOK {
					t.Errorf("the other language answers %d", status)
				}
				if b.path() != "/"+c.to+c.path {
					t.Errorf("the switch leads to %s", b.path())
				}
				if after := b.text("h1"); after == before || after == "" {
					t.Errorf("the heading is still %q", after)
				}
				if lang := eval[string](b, `document.documentElement.lang`); lang != c.to {
					t.Errorf("the page says it is in %q", lang)
				}
				if b.follow(`.langs a[hreflang="` + c.from + `"]`); b.text("h1") != before {
					t.Errorf("the way back leads to %q", b.text("h1"))
				}
			})
		})
	}
}

// noSuchPage explains itself in the reader's language and leads home.
func (s *service) noSuchPage(t *testing.T) {
	for slug, heading := range map[string]string{"klaipeda": "Tokio puslapio nėra", "peshtera": "Няма такава страница", "": "There is no such page"} {
		t.Run(siteName(slug), func(t *testing.T) {
			b := s.newTab(t)
			lang := languages(slug)[0]
			if status := b.visit(s.address(slug, "/"+lang+"/nothing/here")); status != http.StatusNotFound {
				t.Errorf("it answers %d", status)
			}
			b.wants("h1", heading)
			if status := b.follow(`main a`); status != http.StatusOK || b.path() != "/"+lang+"/" {
				t.Errorf("the way home answers %d at %s", status, b.path())
			}
		})
	}
}
