package comparison

import (
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
)

// Say words a key in the language of whoever takes a download.
type Say func(i18n.Key) string

// columns of a municipality in a download.
func columns() []string {
	return append([]string{
		"slug", "code", "country", "name", "region", "inhabitants", "size", "indicator", "indicator_name",
		"state", "part", "cases", "value", "low", "high", "place_from", "place_to", "place_of", "band", "sample",
	}, results.ShareColumns("own")...)
}

// Sheet lays a table out for the downloads, a row for each municipality, with the
// indicator by its code and by its name. What is not shown has its state and no
// number.
func (t Table) Sheet(say Say) results.Sheet {
	s := results.Sheet{Name: string(t.Indicator.Key), Columns: columns()}
	for _, c := range t.Classes {
		for _, r := range c.Rows {
			s.Rows = append(s.Rows, r.cells(t.Indicator, say))
		}
	}
	return s
}

func (r Row) cells(i Indicator, say Say) []any {
	cells := []any{
		r.Town.Slug, r.Town.Code, r.Town.Country, r.Town.Name, r.Town.Region, int64(r.Town.Population), string(r.Size), i.Code, say(i.Name),
		string(r.Value.State), nil, nil, nil, nil, nil, nil, nil, nil, nil, r.Value.Sample,
	}
	if r.Has {
		if i.Measure == Share {
			cells[10] = r.Value.Num
		}
		cells[11], cells[12], cells[13], cells[14] = r.Value.Den, r.Score.Value, r.Score.Low, r.Score.High
	}
	if r.Place.Of > 0 {
		cells[15], cells[16], cells[17], cells[18] = int64(r.Place.From), int64(r.Place.To), int64(r.Place.Of), int64(r.Band)
	}
	return append(cells, results.ShareCells(r.Own)...)
}

// Sheet lays a profile out for the downloads, a row for each indicator.
func (p Profile) Sheet(say Say) results.Sheet {
	s := results.Sheet{Name: p.Town.Slug, Columns: append(columns(), "class_median", "class_reporting")}
	for _, l := range p.Lines {
		var median any
		if l.HasMedian {
			median = l.Median
		}
		s.Rows = append(s.Rows, append(l.cells(l.Indicator, say), median, int64(l.Reporting)))
	}
	return s
}

// Sheet lays a trend out for the downloads, a row for each month.
func (t Trend) Sheet() results.Sheet {
	s := results.Sheet{Name: "trend", Columns: []string{"month", "state", "cases", "value", "low", "high", "median", "reporting"}}
	for _, p := range t.Points {
		row := []any{p.Month, string(p.Total.State), nil, nil, nil, nil, nil, int64(p.Reporting)}
		if p.Has {
			row[2], row[3], row[4], row[5] = p.Total.Den, p.Score.Value, p.Score.Low, p.Score.High
		}
		if p.HasMedian {
			row[6] = p.Median
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
