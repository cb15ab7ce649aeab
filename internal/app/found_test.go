package app

import (
	"net/url"
	"strings"
	"testing"
)

// TestSearchFindsHowAndWhen finds, beside the charter, how a town is reached and by
// when it answers; each result says what it is and leads to the place.
func TestSearchFindsHowAndWhen(t *testing.T) {
	client, _ := fourTowns(t)
	for _, c := range []struct{ slug, lang, query, kind, path string }{
		{"klaipeda", "lt", "skundo terminas", "Atsakymo terminas", "/lt/due?kind=complaint"},
		{"klaipeda", "lt", "telefonu", "Kaip susisiekti", "/lt/#reach-phone"},
		{"klaipeda", "en", "question", "When you get an answer", "/en/due?kind=question"},
		{"peshtera", "bg", "работно време", "Начин за връзка", "/bg/#reach-hours"},
		{"peshtera", "bg", "жалбите", "Срок за отговор", "/bg/due?kind=complaint"},
		{"chuprene", "bg", "деловодството", "Начин за връзка", "/bg/#reach-"},
		{"chuprene", "bg", "обективни мнения", "Очакване", "/bg/commitments/clients-3"},
		{"peshtera", "bg", "достойнство", "Ангажимент", "/bg/commitments/"},
	} {
		origin := "http://" + c.slug + ".localhost:8080"
		page, _ := fetch(t, client, origin+"/"+c.lang+"/search?q="+url.QueryEscape(c.query))
		there := ""
		for _, hit := range page.Find(".hits > li").EachIter() {
			if href := hit.Find("a").AttrOr("href", ""); hit.Find(".kicker").Text() == c.kind && strings.HasPrefix(href, c.path) {
				there = href
			}
		}
		if there == "" {
			t.Errorf("%s: %q finds no %q at %s: %s", c.slug, c.query, c.kind, c.path, page.Find(".hits").Text())
			continue
		}
		if target, anchored := strings.CutPrefix(there, "/"+c.lang+"/#"); anchored {
			if home, _ := fetch(t, client, origin+"/"+c.lang+"/"); home.Find("#"+target).Length() != 1 {
				t.Errorf("%s: nothing on the first page is called %s", c.slug, target)
			}
		}
	}
}

// TestWhatPagesSayOfThemselves: the portal marks towns with sample data in words, a
// page names its language as Open Graph does, and the way to a promise leads over
// its section.
func TestWhatPagesSayOfThemselves(t *testing.T) {
	client, _ := fourTowns(t)
	for lang, c := range map[string]struct{ locale, mark string }{
		"lt": {"lt_LT", "pavyzdiniai duomenys"}, "bg": {"bg_BG", "примерни данни"}, "en": {"en_GB", "sample data"},
	} {
		page, _ := fetch(t, client, "http://localhost:8080/"+lang+"/")
		if got := page.Find(`meta[property="og:locale"]`).AttrOr("content", ""); got != c.locale {
			t.Errorf("the locale of %s is %q", lang, got)
		}
		towns := page.Find(".regions li")
		if marked := strings.Count(towns.Text(), c.mark); marked != 4 || towns.Length() != 4 {
			t.Errorf("in %s %d of %d towns are marked %q", lang, marked, towns.Length(), c.mark)
		}
	}
	const origin = "http://klaipeda.localhost:8080"
	page, _ := fetch(t, client, origin+"/lt/commitments/answer-questions")
	last := page.Find(".crumbs li").Last()
	href := last.Find("a").AttrOr("href", "")
	list, _ := fetch(t, client, origin+"/lt/commitments")
	_, section, _ := strings.Cut(href, "#")
	if section == "" || strings.TrimSpace(last.Text()) != strings.TrimSpace(list.Find("#"+section).Text()) {
		t.Errorf("the last step to a promise is %q and leads to %s", last.Text(), href)
	}
	if page.Find(".crumbs [aria-current]").Length() > 0 {
		t.Error("a section is called the page itself")
	}
}
