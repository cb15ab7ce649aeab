package public

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"charterhouse/internal/charter"
	"charterhouse/internal/web"
)

const (
	hitsShown = 20
	// hitsReach bounds how far a reader can page: nobody reads the fiftieth page,
	// and every further one costs the whole search again.
	hitsReach = 50
	// excerpt is how much of a passage stands below its heading, in letters.
	excerpt = 220
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
	Path, Title, Excerpt string
	Commitment           bool // a promise and not a part of the text
}

// search finds passages and promises of the charter in force.
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
	for _, h := range found {
		page.Total = h.Total
		page.Hits = append(page.Hits, hit{
			Path: r.URL(h.Path), Title: h.Title, Excerpt: shorten(h.Body, excerpt),
			Commitment: strings.HasPrefix(h.Path, "/commitments/"),
		})
	}
	link := func(n int) string { return fmt.Sprintf("?q=%s&page=%d", url.QueryEscape(page.Query), n) }
	if page.Page > 1 {
		page.Previous = link(page.Page - 1)
	}
	if page.Page*hitsShown < page.Total && page.Page < hitsReach {
		page.Next = link(page.Page + 1)
	}
	return web.HTML("search", page), nil
}

func pageNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, hitsReach)
}

// shorten cuts at a word and marks the cut; Markdown's marks are left out.
func shorten(s string, letters int) string {
	s = strings.Join(strings.Fields(strings.NewReplacer("*", "", "#", "", "_", "").Replace(s)), " ")
	runes := []rune(s)
	if len(runes) <= letters {
		return s
	}
	cut := string(runes[:letters])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}
