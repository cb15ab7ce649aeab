package national

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/comparison"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// choice is what a reader of the comparison has chosen: every state of the page
// has an address.
type choice struct {
	Country   string // "" = all
	Size      comparison.Size
	Region    string
	Indicator comparison.Indicator
	Period    results.Period
	Order     comparison.Order
	Mark      string // slug of a town to be found at a glance
	All       bool   // every row of each class
}

// everywhere is the value of the filter that keeps all countries.
const everywhere = "all"

func (c choice) filter() comparison.Filter {
	return comparison.Filter{Country: c.Country, Region: c.Region, Size: c.Size}
}

// chosen reads the query. What nobody offers is refused, so that a mistyped
// address is not answered with other figures than it asks for.
func chosen(r *web.Request, key string) (choice, error) {
	c := choice{Order: comparison.ByScore, Mark: r.Query.Get("mark"), All: r.Query.Get("rows") == everywhere}
	if key == "" {
		key = string(results.OnTimeLaw)
	}
	var known bool
	if c.Indicator, known = comparison.Find(key); !known {
		return c, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	if c.Period, known = periodOf(r.Query.Get("period"), r.Today); !known {
		return c, fault.New(fault.NotFound, KeyCompareNoPeriod)
	}
	if v := comparison.Order(r.Query.Get("sort")); v != "" {
		if c.Order = v; !slices.Contains(comparison.Orders(), v) {
			return c, fault.New(fault.NotFound, web.KeyNotFoundText)
		}
	}
	if v := comparison.Size(r.Query.Get("size")); v != "" {
		if c.Size = v; !slices.Contains(comparison.Sizes(), v) {
			return c, fault.New(fault.NotFound, web.KeyNotFoundText)
		}
	}
	switch v := r.Query.Get("country"); {
	case v == everywhere:
	case v != "":
		if c.Country = v; !slices.Contains(countriesOf(r), v) {
			return c, fault.New(fault.NotFound, web.KeyNotFoundText)
		}
	default:
		c.Country = homeCountry(r)
	}
	if c.Country != "" {
		c.Region = r.Query.Get("region")
	}
	return c, nil
}

// countriesOf lists the countries that have towns, in their order.
func countriesOf(r *web.Request) []string {
	var all []string
	for _, t := range r.Towns.Towns() {
		if !slices.Contains(all, t.Country) {
			all = append(all, t.Country)
		}
	}
	slices.Sort(all)
	return all
}

// homeCountry is where a reader of this language will look first.
func homeCountry(r *web.Request) string {
	all := countriesOf(r)
	switch {
	case slices.Contains(all, r.Lang):
		return r.Lang
	case len(all) > 0:
		return all[len(all)-1]
	}
	return ""
}

// periods are those that the page offers: the twelve months up to the last that
// is over, those with the month that is not, the last four quarters, and the last
// two years.
func periods(today deadline.Date) []results.Period {
	last := results.MonthOf(today).From.AddDays(-1)
	all := []results.Period{results.RollingTo(last), results.RunningTo(today)}
	for q := lastOver(results.QuarterOf, today); len(all) < 6; q = results.QuarterOf(q.From.AddDays(-1)) {
		all = append(all, q)
	}
	year := lastOver(results.YearOf, today)
	return append(all, year, results.YearOf(year.From.AddDays(-1)))
}

func lastOver(of func(deadline.Date) results.Period, today deadline.Date) results.Period {
	p := of(today)
	if !p.Over(today) {
		p = of(p.From.AddDays(-1))
	}
	return p
}

// periodKey is a period in an address: "2026-10", the first day of a quarter as
// "2026-Q3", a year as "2025".
func periodKey(p results.Period) string {
	year, month, _ := p.To.Civil()
	switch p.Kind {
	case results.Running:
		return "now"
	case results.ByYear:
		return strconv.Itoa(year)
	case results.ByQuarter:
		return strconv.Itoa(year) + "-Q" + strconv.Itoa((int(month)+2)/3)
	}
	return p.To.String()[:7]
}

func periodOf(key string, today deadline.Date) (results.Period, bool) {
	for _, p := range periods(today) {
		if key == "" || periodKey(p) == key {
			return p, true
		}
	}
	return results.Period{}, false
}

// query writes the choice as an address; changes are pairs of name and value.
func (c choice) query(changes ...string) string {
	country := c.Country
	if country == "" {
		country = everywhere
	}
	v := url.Values{
		"country": {country}, "size": {string(c.Size)}, "region": {c.Region}, "period": {periodKey(c.Period)},
		"sort": {string(c.Order)}, "mark": {c.Mark},
	}
	if c.All {
		v.Set("rows", everywhere)
	}
	for i := 0; i+1 < len(changes); i += 2 {
		v.Set(changes[i], changes[i+1])
	}
	for name, values := range v {
		if values[0] == "" || name == "sort" && values[0] == string(comparison.ByScore) {
			delete(v, name)
		}
	}
	return "?" + strings.ReplaceAll(v.Encode(), "%20", "+")
}
