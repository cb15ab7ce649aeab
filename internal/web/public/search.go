package public

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

const (
	hitsShown = 20
	// hitsReach bounds how far a reader can page: nobody reads the fiftieth page,
	// and every further one costs the whole search again.
	hitsReach = 50
)

type searchPage struct {
	web.Frame
	Query    string
	Hits     []hit
	Total    int
	Page     int
	Previous string
	Next     string
}

type hit struct {
	Path, Title string
	Excerpt     []run
	Kind        i18n.Key // what it is, in words
}

// run is a piece of an excerpt; Found is what the reader looked for.
type run struct {
	Text  string
	Found bool
}

// search finds passages and promises of the charter in force, and before them how
// the town is reached and by when it answers.
func (s *Site) search(r *web.Request) (web.Reply, error) {
	page := &searchPage{
		Frame: web.Frame{Title: r.Say(KeySearchTitle, nil), Description: r.Say(KeySearchDescription, nil), Menu: "/search", NoIndex: true,
			Crumbs: []web.Crumb{{Label: r.Say(KeySearchTitle, nil)}}},
		Query: strings.TrimSpace(r.Query.Get("q")),
		Page:  pageNumber(r.Query.Get("page")),
	}
	found, err := charter.Search(r.Ctx, r.Tx, r.Lang, page.Query, (page.Page-1)*hitsShown, hitsShown)
	if err != nil {
		return web.Reply{}, err
	}
	var paths []string
	var hits []hit
	passages := 0
	for _, h := range found {
		passages = h.Total
		paths = append(paths, h.Path)
		hits = append(hits, hit{Path: r.URL(h.Path), Title: h.Title, Excerpt: runs(h.Excerpt)})
	}
	if err := named(r.Ctx, r.Tx, hits, paths); err != nil {
		return web.Reply{}, err
	}
	beside, err := s.beside(r, i18n.Sought(page.Query))
	if err != nil {
		return web.Reply{}, err
	}
	page.Total = passages + len(beside)
	if page.Page == 1 {
		page.Hits = beside
	}
	page.Hits = append(page.Hits, hits...)
	link := func(n int) string { return fmt.Sprintf("?q=%s&page=%d", url.QueryEscape(page.Query), n) }
	if page.Page > 1 {
		page.Previous = link(page.Page - 1)
	}
	if page.Page*hitsShown < passages && page.Page < hitsReach {
		page.Next = link(page.Page + 1)
	}
	return web.HTML("search", page), nil
}

// beside looks through what does not stand in the charter.
func (s *Site) beside(r *web.Request, query string) ([]hit, error) {
	if query == "" {
		return nil, nil
	}
	t, err := s.office(r)
	if err != nil {
		return nil, err
	}
	sources, err := byWhen(r, t)
	if err != nil {
		return nil, err
	}
	return look(r, append(sources, reachable(r, t)...), query), nil
}

func pageNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, hitsReach)
}

// runs splits an excerpt at its marks; Markdown's own are left out.
func runs(excerpt string) []run {
	excerpt = strings.NewReplacer("*", "", "#", "", "_", "", "\n", " ").Replace(excerpt)
	var out []run
	for i, part := range strings.Split(excerpt, charter.MarkOn) {
		found, rest, marked := strings.Cut(part, charter.MarkOff)
		if i == 0 || !marked {
			out = append(out, run{Text: part})
			continue
		}
		out = append(out, run{Text: found, Found: true}, run{Text: rest})
	}
	return out
}
