package browser

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// heads looks at what search engines, bookmarks and screen readers go by: titles
// that tell pages apart, the address of the page itself and of its translations.
func (s *service) heads(t *testing.T, slug string, pages []page) {
	titles := map[string]string{}
	canonical := map[string]map[string]string{} // address: language -> address
	for _, p := range pages {
		if p.header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", p.path)
		}
		title := p.doc.Find("head title").Text()
		if other := titles[title]; p.status == http.StatusOK && !strings.Contains(p.path, "?") {
			if title == "" || other != "" {
				t.Errorf("%s has the title %q, as %q has", p.path, title, other)
			}
			titles[title] = p.path
		}
		if p.doc.Find(`meta[name="robots"][content~="noindex"]`).Length() > 0 || p.status != http.StatusOK {
			if link := p.doc.Find(`link[rel="canonical"], link[rel="alternate"]`); link.Length() > 0 {
				t.Errorf("%s is not for search engines and names %d addresses to them", p.path, link.Length())
			}
			continue
		}
		own, _ := p.doc.Find(`link[rel="canonical"]`).Attr("href")
		if own != s.address(slug, strings.SplitN(p.path, "?", 2)[0]) {
			t.Errorf("%s says its address is %q", p.path, own)
		}
		canonical[own] = translations(p.doc)
	}
	for own, others := range canonical {
		if got := slices.Sorted(maps.Keys(others)); !slices.Equal(got, slices.Sorted(slices.Values(languages(slug)))) {
			t.Errorf("%s names its languages as %v", own, got)
		}
		for lang, address := range others {
			if !maps.Equal(canonical[address], others) {
				t.Errorf("%s names %s in %s, which does not name the same back", own, address, lang)
			}
		}
	}
	counted(t, "titles and addresses", len(canonical), 1, languages(slug)...)
}

func translations(doc *goquery.Document) map[string]string {
	found := map[string]string{}
	doc.Find(`link[rel="alternate"][hreflang]`).Each(func(_ int, l *goquery.Selection) {
		found[l.AttrOr("hreflang", "")] = l.AttrOr("href", "")
	})
	return found
}
