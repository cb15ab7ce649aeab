package national

import (
	"charterhouse/internal/comparison"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

type indicatorPage struct {
	web.Frame
	Choice   choice
	Filters  filters
	Spread   comparison.Distribution
	Bars     []bar
	Ends     []end
	Address  string
	Trend    comparison.Trend
	Line     curve
	Download download
}

// bar is one range of the distribution as it is drawn.
type bar struct {
	comparison.Bin
	X, Y, Width, Height string
}

// curve is a series of months as it is drawn: the middle municipality and all of
// them together. A month without a figure is a gap.
type curve struct {
	Axis   axis
	Middle []dot
	Total  []dot
	Paths  []string // of Middle, cut at the gaps
	Labels []label
	Grid   []label
}

type dot struct{ X, Y string }

// label is a month below the drawing, or a value at its left.
type label struct {
	X, Y  string
	Month string // 2026-03
	Value float64
}

// end is a value below the distribution.
type end struct {
	X, Anchor string
	Value     float64
}

// The drawings are this large, and this much of it is for the axes.
const (
	chartWidth, chartHeight                         = 720.0, 240.0
	chartLeft, chartRight, chartTop, chartBottom    = 52.0, 12.0, 12.0, 30.0
	chartInnerWidth, chartInnerHeight               = chartWidth - chartLeft - chartRight, chartHeight - chartTop - chartBottom
	distributionWidth, distributionInner, barsInset = 720.0, 150.0, 2.0
)

// indicator tells of one indicator what is counted, how the municipalities are
// spread, and how it went month by month.
func (p *Portal) indicator(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, r.Param("indicator"))
	if err != nil {
		return web.Reply{}, err
	}
	towns := r.Towns.Towns()
	data, err := comparison.Read(r.Ctx, r.Tx, towns, c.Period, readFor(c)...)
	if err != nil {
		return web.Reply{}, err
	}
	page := &indicatorPage{Choice: c, Filters: offered(r, data, c)}
	page.Title, page.Menu = r.Say(c.Indicator.Name, nil), "/compare"
	page.Crumbs = []web.Crumb{{Label: r.Say(KeyCompareMenu, nil), Path: "/compare"}, {Label: page.Title}}
	page.Description, page.NoIndex = r.Say(c.Indicator.Definition, nil), len(r.Query) > 0
	page.Sample = data.Sample(c.filter())
	table := data.Table(c.Indicator, c.filter(), comparison.ByScore, r.Lang)
	page.Spread = table.Distribution()
	page.Bars, page.Ends = bars(page.Spread), ends(page.Spread)
	page.Side, page.Address = withTables, c.query("indicator", string(c.Indicator.Key))
	if page.Trend, err = comparison.ReadTrend(r.Ctx, r.Tx, towns, c.Indicator, c.filter(), trendOf(c.Period)); err != nil {
		return web.Reply{}, err
	}
	page.Line = curveOf(page.Trend)
	page.Download = downloads(r, "/compare/"+string(c.Indicator.Key)+"/download", c.query())
	return web.HTML("indicator", page), nil
}

// trendOf is longer than most periods: two years up to the end of the chosen one.
func trendOf(p results.Period) results.Period {
	span := results.RollingTo(p.To)
	span.From = span.From.AddMonths(-12)
	return span
}

func bars(d comparison.Distribution) []bar {
	most := 0
	for _, b := range d.Bins {
		most = max(most, b.Towns)
	}
	var all []bar
	for n, b := range d.Bins {
		width := distributionWidth / float64(len(d.Bins))
		height := distributionInner * float64(b.Towns) / float64(max(most, 1))
		all = append(all, bar{b, coordinate(float64(n)*width + barsInset/2), coordinate(distributionInner - height), coordinate(width - barsInset), coordinate(height)})
	}
	return all
}

func ends(d comparison.Distribution) []end {
	if len(d.Bins) == 0 {
		return nil
	}
	from, to := d.Bins[0].From, d.Bins[len(d.Bins)-1].To
	return []end{{"0", "start", from}, {coordinate(distributionWidth / 2), "middle", (from + to) / 2}, {coordinate(distributionWidth), "end", to}}
}

func curveOf(t comparison.Trend) curve {
	var scores []comparison.Score
	for _, p := range t.Points {
		if p.Has {
			scores = append(scores, comparison.Score{Low: p.Score.Value, High: p.Score.Value})
		}
		if p.HasMedian {
			scores = append(scores, comparison.Score{Low: p.Median, High: p.Median})
		}
	}
	c := curve{Axis: axisOf(t.Indicator.Measure, scores)}
	step := chartInnerWidth / float64(max(len(t.Points)-1, 1))
	path := ""
	for n, p := range t.Points {
		x := coordinate(chartLeft + float64(n)*step)
		if n%3 == 0 {
			c.Labels = append(c.Labels, label{X: x, Y: coordinate(chartHeight - 8), Month: p.Month.String()[:len("2026-03")]})
		}
		if p.Has {
			c.Total = append(c.Total, dot{x, c.y(p.Score.Value)})
		}
		if !p.HasMedian {
			if path != "" {
				c.Paths = append(c.Paths, path)
			}
			path = ""
			continue
		}
		at := dot{x, c.y(p.Median)}
		c.Middle = append(c.Middle, at)
		if path == "" {
			path = "M" + at.X + " " + at.Y
		} else {
			path += "L" + at.X + " " + at.Y
		}
	}
	if path != "" {
		c.Paths = append(c.Paths, path)
	}
	for _, v := range []float64{c.Axis.From, c.Axis.Middle(), c.Axis.To} {
		c.Grid = append(c.Grid, label{X: coordinate(chartLeft - 8), Y: c.y(v), Value: v})
	}
	return c
}

func (c curve) y(v float64) string {
	share := (min(max(v, c.Axis.From), c.Axis.To) - c.Axis.From) / (c.Axis.To - c.Axis.From)
	return coordinate(chartTop + (1-share)*chartInnerHeight)
}
