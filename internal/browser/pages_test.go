package browser

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// sites are the towns, and the portal, whose slug is empty.
func sites() []string { return []string{"", "klaipeda", "varena", "chuprene", "peshtera"} }

// languages are those of a site, its own first.
func languages(slug string) []string {
	switch slug {
	case "":
		return []string{"en", "lt", "bg"}
	case "klaipeda", "varena":
		return []string{"lt", "en"}
	}
	return []string{"bg", "en"}
}

func siteName(slug string) string {
	if slug == "" {
		return "portal"
	}
	return slug
}

// page is one page as the service gives it.
type page struct {
	path, lang string
	status     int
	header     http.Header
	doc        *goquery.Document
	gzip       int // bytes of HTML on the wire
}

// crawl gives every page of a site that a link leads to, and those that only a
// form leads to, in every language.
func (s *service) crawl(t *testing.T, slug string) []page {
	t.Helper()
	origin := s.address(slug, "")
	queue := []string{"/"}
	for _, lang := range languages(slug) {
		for _, path := range formPages(slug) {
			queue = append(queue, "/"+lang+path)
		}
	}
	var pages []page
	seen := map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		p, isPage := s.fetch(t, origin, path)
		if !isPage {
			continue
		}
		pages = append(pages, p)
		p.doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			if to, ours := local(origin+p.path, a.AttrOr("href", "")); ours {
				queue = append(queue, to)
			}
		})
	}
	return pages
}

// formPages are the pages that forms lead to, and one that is not there. What is
// typed includes the longest words.
func formPages(slug string) []string {
	if slug == "" {
		return []string{"/?q=klaipeda", "/?q=" + url.QueryEscape("Nebeprisikiškiakopūsteliaujantiesiems"), "/nothing-here"}
	}
	return []string{
		"/commitments?state=kept", "/commitments?state=nodata",
		"/due?kind=complaint&received=2026-11-20", "/due?number=20&received=2026-12-11&unit=working_days",
		"/due?number=3&outside=1&received=2026-12-11&unit=months",
		"/due?number=0&received=31.02.2026&unit=working_days", "/due?number=x&received=" + strings.Repeat("9", 60),
		"/search?q=" + url.QueryEscape("savivaldybė"), "/search?q=" + url.QueryEscape("община"), "/search?q=municipality",
		"/search?q=" + url.QueryEscape(strings.Repeat("непротивоконституционствувателствувайте", 3)),
		"/nothing-here",
	}
}

// local gives the path and query of a link that stays on the site.
func local(base, href string) (string, bool) {
	from, err := url.Parse(base)
	if err != nil {
		return "", false
	}
	to, err := from.Parse(href)
	if err != nil || to.Host != from.Host || to.Scheme != from.Scheme {
		return "", false
	}
	// One order of the same questions is enough.
	to.Fragment, to.RawQuery = "", to.Query().Encode()
	return to.RequestURI(), true
}

// fetch reads one page over HTTP as a browser would, compressed.
func (s *service) fetch(t *testing.T, origin, path string) (p page, isPage bool) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, origin+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return page{}, false
	}
	html := raw
	if res.Header.Get("Content-Encoding") == "gzip" {
		html = unzip(t, raw)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	// After a redirect the page stands elsewhere.
	path = res.Request.URL.RequestURI()
	return page{path: path, lang: strings.Split(path, "/")[1], status: res.StatusCode, header: res.Header, doc: doc, gzip: len(raw)}, true
}

// everyPage looks at every page of every site, in each of its languages.
func (s *service) everyPage(t *testing.T) {
	for _, slug := range sites() {
		t.Run(siteName(slug), func(t *testing.T) {
			t.Parallel()
			pages := s.crawl(t, slug)
			slices.SortFunc(pages, func(a, b page) int { return strings.Compare(a.path, b.path) })
			pages = slices.CompactFunc(pages, func(a, b page) bool { return a.path == b.path })
			t.Run("head", func(t *testing.T) { s.heads(t, slug, pages) })
			t.Run("weight", func(t *testing.T) { s.weights(t, slug, pages) })
			t.Run("narrow", func(t *testing.T) { s.narrow(t, slug, pages) })
		})
	}
}

// unlike leaves out what differs from another page by its answers to the same
// questions alone, such as one more choice of period and region.
func unlike(pages []page) []page {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(pages), func(p page) bool {
		path, query, _ := strings.Cut(p.path, "?")
		asked, err := url.ParseQuery(query)
		if err != nil || len(asked) < 2 || p.status != http.StatusOK {
			return false
		}
		name := path + strings.Join(slices.Sorted(maps.Keys(asked)), "&")
		again := seen[name]
		seen[name] = true
		return again
	})
}

// narrow reads each page on the narrowest phone: 320 px hold everything, targets
// are large enough, and what inspect.js looks at is right.
func (s *service) narrow(t *testing.T, slug string, pages []page) {
	b := s.newTab(t)
	b.screen(320, 640)
	pages = unlike(pages)
	for _, p := range pages {
		if status := b.visit(s.address(slug, p.path)); status != p.status {
			t.Errorf("%s answers %d, and %d to the browser", p.path, p.status, status)
		}
		for _, f := range b.inspect(p.lang) {
			t.Errorf("%s: %s: %s", p.path, f.Check, f.Text)
		}
	}
	counted(t, "320 px and what every page holds", len(pages), 1, languages(slug)...)
}
