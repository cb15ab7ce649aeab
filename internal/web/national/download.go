package national

import (
	"bytes"
	"net/url"

	"charterhouse/internal/comparison"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// download is where the figures of a page are had in other forms.
type download struct{ CSV, XLSX, JSON string }

func downloads(r *web.Request, path, query string) download {
	v, err := url.ParseQuery(query[1:])
	if err != nil {
		v = url.Values{} // ours: it was written by choice.query
	}
	at := func(format string) string {
		v.Set("format", format)
		return r.URL(path) + "?" + v.Encode()
	}
	return download{CSV: at("csv"), XLSX: at("xlsx"), JSON: at("json")}
}

// handed gives sheets in the form that was asked for. CSV holds the first alone.
func handed(r *web.Request, name string, sheets ...results.Sheet) (web.Reply, error) {
	var b bytes.Buffer
	switch r.Query.Get("format") {
	case "", "csv":
		err := sheets[0].CSV(&b, r.Lang)
		return web.Bytes("text/csv; charset=utf-8", b.Bytes()).As(name + ".csv"), err
	case "json":
		err := results.JSON(&b, sheets, r.Lang)
		return web.Bytes("application/json", b.Bytes()).As(name + ".json"), err
	case "xlsx":
		err := results.XLSX(&b, sheets, r.Lang)
		return web.Bytes("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes()).As(name + ".xlsx"), err
	}
	return web.Reply{}, fault.New(fault.NotFound, KeyDownloadFormat)
}

// said words the names of indicators in the language of the page.
func said(r *web.Request) comparison.Say {
	return func(key i18n.Key) string { return r.Say(key, nil) }
}

// compareDownload hands out the table of the comparison.
func (p *Portal) compareDownload(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, r.Query.Get("indicator"))
	if err != nil {
		return web.Reply{}, err
	}
	data, err := comparison.Read(r.Ctx, r.Tx, r.Towns.Towns(), c.Period, readFor(c)...)
	if err != nil {
		return web.Reply{}, err
	}
	table := data.Table(c.Indicator, c.filter(), c.Order, r.Lang)
	return handed(r, fileName(c), table.Sheet(said(r)))
}

// indicatorDownload hands out the table and the months of one indicator.
func (p *Portal) indicatorDownload(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, r.Param("indicator"))
	if err != nil {
		return web.Reply{}, err
	}
	data, err := comparison.Read(r.Ctx, r.Tx, r.Towns.Towns(), c.Period, readFor(c)...)
	if err != nil {
		return web.Reply{}, err
	}
	trend, err := comparison.ReadTrend(r.Ctx, r.Tx, r.Towns.Towns(), c.Indicator, c.filter(), trendOf(c.Period))
	if err != nil {
		return web.Reply{}, err
	}
	return handed(r, fileName(c), data.Table(c.Indicator, c.filter(), c.Order, r.Lang).Sheet(said(r)), trend.Sheet())
}

// municipalityDownload hands out the profile of a town.
func (p *Portal) municipalityDownload(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, "")
	if err != nil {
		return web.Reply{}, err
	}
	data, err := comparison.ReadPeers(r.Ctx, r.Tx, r.Towns.Towns(), c.Period, r.Param("slug"))
	if err != nil {
		return web.Reply{}, err
	}
	profile, known := data.Profile(r.Param("slug"))
	if !known {
		return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	return handed(r, profile.Town.Slug+"-"+periodKey(c.Period), profile.Sheet(said(r)))
}

func fileName(c choice) string {
	name := string(c.Indicator.Key) + "-" + periodKey(c.Period)
	if c.Country != "" {
		name += "-" + c.Country
	}
	return name
}
