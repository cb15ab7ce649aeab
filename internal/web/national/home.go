package national

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// townsShown bounds one page of the list.
const townsShown = 120

type homePage struct {
	web.Frame
	Query     string
	Country   string
	Countries []countryLink
	Groups    []countryGroup
	Total     int
	Previous  string
	Next      string
	Email     string
}

// countryLink is one choice of the filter by country.
type countryLink struct {
	Code    string
	Count   int
	Current bool
}

type countryGroup struct {
	Code    string
	Regions []region
}

type region struct {
	Name  properName
	Towns []townRow
}

type townRow struct {
	Name       properName
	Origin     string
	Population int
	Sample     bool // what its site tells of cases and results is made up
}

// properName is a name in the reader's language, else as the town itself writes
// it: a name needs no translation, only its language for whoever hears it.
type properName struct{ Text, Lang string }

func nameOf(r *web.Request, t tenant.Town, name i18n.Text) properName {
	text, lang := name.In(r.Lang, t.Languages...)
	return properName{text, lang}
}

// home lists the municipalities by country and region; ?q= and ?country= narrow
// it down.
func (p *Portal) home(r *web.Request) (web.Reply, error) {
	page := &homePage{
		Frame:   web.Frame{Description: r.Say(KeyPortalDescription, nil), Menu: "/"},
		Query:   strings.TrimSpace(r.Query.Get("q")),
		Country: r.Query.Get("country"),
		Email:   p.email,
	}
	page.NoIndex = len(r.Query) > 0
	count := map[string]int{}
	var found []tenant.Town
	for _, t := range r.Towns.Towns() {
		count[t.Country]++
		if (page.Country == "" || t.Country == page.Country) && named(t, page.Query) {
			found = append(found, t)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(count)) {
		page.Countries = append(page.Countries, countryLink{code, count[code], code == page.Country})
	}
	page.Total = len(found)
	page.Groups = group(r, page.cut(r, found))
	return web.HTML("home", page), nil
}

// named finds a town by any of its names, in whichever language and with or
// without its diacritics.
func named(t tenant.Town, query string) bool {
	if query == "" {
		return true
	}
	q := i18n.Fold(query)
	for _, text := range []i18n.Text{t.Name, t.ShortName, t.Region} {
		for _, s := range text {
			if strings.Contains(i18n.Fold(s), q) {
				return true
			}
		}
	}
	return strings.Contains(t.Slug, q)
}

// cut takes one page of the list and links to its neighbours.
func (h *homePage) cut(r *web.Request, all []tenant.Town) []tenant.Town {
	n, err := strconv.Atoi(r.Query.Get("page"))
	if err != nil || n < 1 {
		n = 1
	}
	link := func(n int) string {
		return fmt.Sprintf("?q=%s&country=%s&page=%d", url.QueryEscape(h.Query), url.QueryEscape(h.Country), n)
	}
	from := min((n-1)*townsShown, len(all))
	to := min(from+townsShown, len(all))
	if from > 0 {
		h.Previous = link(n - 1)
	}
	if to < len(all) {
		h.Next = link(n + 1)
	}
	return all[from:to]
}

// group puts towns under their country and region, in the order in which they
// come; Directory.Towns is by country, and regions follow each other by name.
func group(r *web.Request, towns []tenant.Town) []countryGroup {
	byCountry := map[string]map[properName][]townRow{}
	for _, t := range towns {
		if byCountry[t.Country] == nil {
			byCountry[t.Country] = map[properName][]townRow{}
		}
		name := nameOf(r, t, t.Region)
		row := townRow{nameOf(r, t, t.Name), t.Origin, t.Population, t.Sample}
		byCountry[t.Country][name] = append(byCountry[t.Country][name], row)
	}
	order := i18n.Collate(r.Lang)
	var out []countryGroup
	for _, code := range slices.Sorted(maps.Keys(byCountry)) {
		g := countryGroup{Code: code}
		for _, name := range slices.SortedFunc(maps.Keys(byCountry[code]), func(a, b properName) int { return order(a.Text, b.Text) }) {
			list := byCountry[code][name]
			slices.SortFunc(list, func(a, b townRow) int { return order(a.Name.Text, b.Name.Text) })
			g.Regions = append(g.Regions, region{name, list})
		}
		out = append(out, g)
	}
	return out
}
