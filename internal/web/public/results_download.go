package public

import (
	"bytes"
	"net/url"

	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// formats are the forms in which figures are handed out.
func formats() []string { return []string{"csv", "xlsx", "json"} }

// sheetLinks are the addresses of one table in each form; a Sheet of "" is all of
// them in one file.
type sheetLinks struct {
	Label i18n.Key
	Links []formatLink
}

type formatLink struct{ Format, URL string }

// sheetName names a table for its reader.
func sheetName(name string) i18n.Key {
	return map[string]i18n.Key{
		"promises": KeyFiguresPromises, "timeliness": KeyFiguresTimely, "months": KeyFiguresByMonth, "counts": KeyFiguresVolumes, "others": KeyFiguresOthers,
	}[name]
}

func sheetsOf(r *web.Request, report *results.Report) []sheetLinks {
	period := optionOf(report.Period).Key
	at := func(format, sheet string) formatLink {
		q := url.Values{"format": {format}, "period": {period}}
		if sheet != "" {
			q.Set("sheet", sheet)
		}
		return formatLink{format, r.URL("/results/download") + "?" + q.Encode()}
	}
	// One CSV file holds one table.
	all := []sheetLinks{{Label: KeyFiguresEverything, Links: []formatLink{at("xlsx", ""), at("json", "")}}}
	for _, sheet := range report.Sheets() {
		links := sheetLinks{Label: sheetName(sheet.Name)}
		for _, format := range formats() {
			links.Links = append(links.Links, at(format, sheet.Name))
		}
		all = append(all, links)
	}
	return all
}

// resultsDownload hands out what the page shows: one table, or all of them.
func (s *Site) resultsDownload(r *web.Request) (web.Reply, error) {
	report, _, _, err := s.resultsOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	sheets, name := report.Sheets(), r.Town.Slug+"-"+optionOf(report.Period).Key
	if wanted := r.Query.Get("sheet"); wanted != "" {
		var found []results.Sheet
		for _, sheet := range sheets {
			if sheet.Name == wanted {
				found, name = []results.Sheet{sheet}, name+"-"+sheet.Name
			}
		}
		if found == nil {
			return web.Reply{}, fault.New(fault.NotFound, KeyFiguresNoSheet)
		}
		sheets = found
	}
	return handed(r, name, sheets)
}

// handed gives sheets in the form that was asked for. CSV holds the first alone.
func handed(r *web.Request, name string, sheets []results.Sheet) (web.Reply, error) {
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
	return web.Reply{}, fault.New(fault.NotFound, KeyFiguresNoFormat)
}
