package national

import (
	"slices"

	"charterhouse/internal/access"
	"charterhouse/internal/comparison"
	"charterhouse/internal/fault"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

type figuresPage struct {
	web.Frame
	Choice  choice
	Periods []periodChoice
	Own     []figuresOf
}

// figuresOf is one country that the reader answers for.
type figuresOf struct {
	Country  string
	Towns    int
	Compare  string
	Download download
}

// figures is a coordinator's page: every indicator of every municipality of the
// countries they answer for, to take away. It holds what the public comparison
// shows and not one figure more: fewer than five cases stay hidden here too.
func (p *Portal) figures(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, "")
	if err != nil {
		return web.Reply{}, err
	}
	page := &figuresPage{Choice: c}
	page.Title, page.Side, page.NoIndex = r.Say(KeyFiguresTitle, nil), withTables, true
	page.Crumbs = []web.Crumb{{Label: page.Title}}
	for _, choice := range periods(r.Today) {
		page.Periods = append(page.Periods, periodChoice{periodKey(choice), choice})
	}
	countries, err := scope(r)
	if err != nil {
		return web.Reply{}, err
	}
	for _, country := range countries {
		of := figuresOf{Country: country, Download: downloads(r, "/admin/figures/"+country, "?period="+periodKey(c.Period))}
		c.Country = country
		of.Compare = r.URL("/compare") + c.query()
		for _, t := range r.Towns.Towns() {
			if t.Country == country {
				of.Towns++
			}
		}
		page.Own = append(page.Own, of)
	}
	return web.HTML("figures", page), nil
}

// scope are the countries whose figures the reader may take away: those a
// coordinator was given, and all for the operator.
func scope(r *web.Request) ([]string, error) {
	if slices.Contains(r.Principal.Roles, access.Operator) {
		return countriesOf(r), nil
	}
	return access.CountriesOf(r.Ctx, r.Tx, r.Principal.User)
}

// figuresDownload hands out a country, a sheet for each indicator.
func (p *Portal) figuresDownload(r *web.Request) (web.Reply, error) {
	countries, err := scope(r)
	if err != nil {
		return web.Reply{}, err
	}
	if !slices.Contains(countries, r.Param("country")) {
		return web.Reply{}, fault.New(fault.Forbidden, KeyFiguresForeign)
	}
	c, err := chosen(r, "")
	if err != nil {
		return web.Reply{}, err
	}
	c.Country, c.Region, c.Size = r.Param("country"), "", ""
	data, err := comparison.Read(r.Ctx, r.Tx, r.Towns.Towns(), c.Period)
	if err != nil {
		return web.Reply{}, err
	}
	var sheets []results.Sheet
	for _, i := range comparison.Indicators() {
		sheets = append(sheets, data.Table(i, c.filter(), comparison.ByName, r.Lang).Sheet(said(r)))
	}
	if format := r.Query.Get("format"); format == "" || format == "csv" {
		// One file has one sheet: they have the same columns, and say which they are.
		all := results.Sheet{Name: "figures", Columns: sheets[0].Columns}
		for _, s := range sheets {
			all.Rows = append(all.Rows, s.Rows...)
		}
		sheets = []results.Sheet{all}
	}
	return handed(r, "figures-"+c.Country+"-"+periodKey(c.Period), sheets...)
}
