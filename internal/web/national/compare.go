package national

import (
	"charterhouse/internal/comparison"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// rowsShown bounds the rows of one class until the reader asks for all of it.
const rowsShown = 20

type comparePage struct {
	web.Frame
	Choice  choice
	Filters filters
	Tiles   []tile
	Axis    axis
	Classes []classRows
	Towns   int
	// Reporting are those of them with a figure.
	Reporting int
	Rank      bool // the indicator has a good end
	Own       bool // a second column for the own promise
	Orders    []comparison.Order
	Address   string // of this choice, without the indicator
	Download  download
}

// Columns and Rest are how many columns a row has, and how many behind the first two.
func (p *comparePage) Columns() int {
	n := 4
	if p.Own {
		n++
	}
	if p.Rank {
		n++
	}
	return n
}

// Rest leaves out the name and the inhabitants.
func (p *comparePage) Rest() int { return p.Columns() - 2 }

type classRows struct {
	comparison.Class
	Rows   []line
	Hidden int
	All    string // address of all rows
}

// line is one municipality of the table.
type line struct {
	Name        properName
	Link        string
	Inhabitants int
	Marked      bool
	Sample      bool
	Why         string // there is no figure
	Own, Score  *whisker
	Place       comparison.Place
}

// filters are the choices of the form.
type filters struct {
	Countries  []string
	Sizes      []comparison.Size
	Regions    []regionChoice
	Indicators []comparison.Indicator
	Periods    []periodChoice
}

// regionChoice is a region by its name in the country's own language.
type regionChoice struct {
	properName
	Key string
}

type periodChoice struct {
	Key    string
	Period results.Period
}

// withTables is told to the layout by pages that have tables and drawings.
const withTables = "compare"

// compare sets the municipalities side by side: by law and by their own promise,
// each class of size for itself.
func (p *Portal) compare(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, r.Query.Get("indicator"))
	if err != nil {
		return web.Reply{}, err
	}
	data, err := comparison.Read(r.Ctx, r.Tx, r.Towns.Towns(), c.Period, readFor(c)...)
	if err != nil {
		return web.Reply{}, err
	}
	page := &comparePage{Choice: c, Filters: offered(r, data, c), Own: c.Indicator.Key == results.OnTimeLaw}
	page.Title, page.Menu = r.Say(KeyCompareTitle, nil), "/compare"
	if !page.Own {
		page.Title = r.Say(c.Indicator.Name, nil)
	}
	page.Description = r.Say(KeyCompareDescription, nil)
	page.NoIndex = len(r.Query) > 0
	page.Sample = data.Sample(c.filter())
	page.Side, page.Address, page.Orders = withTables, c.query(), comparison.Orders()
	page.Rank = c.Indicator.Direction != comparison.Context
	page.Download = downloads(r, "/compare/download", c.query("indicator", string(c.Indicator.Key)))
	table := data.Table(c.Indicator, c.filter(), c.Order, r.Lang)
	page.fill(r, table)
	if c.Country != "" && c.Region == "" {
		page.Tiles = tilesOf(r, data, c)
	}
	return web.HTML("compare", page), nil
}

// readFor names the figures that a table needs.
func readFor(c choice) []results.Indicator {
	return []results.Indicator{c.Indicator.Key, results.OnTimeOwn}
}

func (p *comparePage) fill(r *web.Request, t comparison.Table) {
	p.Towns, p.Reporting = t.Towns, t.Reporting
	var all, own []comparison.Score
	for _, class := range t.Classes {
		for _, row := range class.Rows {
			if row.Has {
				all = append(all, row.Score)
			}
			if s, ok := ownScore(row); ok && p.Own {
				own = append(own, s)
			}
		}
	}
	p.Axis = axisOf(t.Indicator.Measure, append(all, own...))
	for _, class := range t.Classes {
		shown := classRows{Class: class}
		ownMedian, hasOwn := middleOwn(class)
		for n, row := range class.Rows {
			if n >= rowsShown && !p.Choice.All && p.Choice.Size == "" && row.Town.Slug != p.Choice.Mark {
				shown.Hidden++
				continue
			}
			l := p.line(r, t.Indicator, class, row)
			if s, ok := ownScore(row); ok && p.Own {
				l.Own = p.Axis.whisker(comparison.Share, s, false, ownMedian, hasOwn)
			}
			shown.Rows = append(shown.Rows, l)
		}
		shown.All = p.Choice.query("size", string(class.Size), "rows", everywhere, "indicator", string(t.Indicator.Key))
		p.Classes = append(p.Classes, shown)
	}
}

func (p *comparePage) line(r *web.Request, i comparison.Indicator, class comparison.Class, row comparison.Row) line {
	l := line{
		Name: shortName(r, *row.Town), Link: r.URL("/municipalities/"+row.Town.Slug) + "?period=" + periodKey(p.Choice.Period),
		Inhabitants: row.Town.Population, Marked: row.Town.Slug == p.Choice.Mark, Sample: row.Value.Sample, Place: row.Place,
	}
	if !row.Has {
		l.Why = r.Say(row.Why, nil)
		return l
	}
	l.Score = p.Axis.whisker(i.Measure, row.Score, true, class.Median, class.HasMedian)
	return l
}

// ownScore is the share by the town's own promise, where it has one that is
// stricter than the law or at least its own.
func ownScore(row comparison.Row) (comparison.Score, bool) {
	low, high, ok := row.Own.Interval()
	if !ok {
		return comparison.Score{}, false
	}
	share, _ := row.Own.Share()
	return comparison.Score{Value: share, Low: low, High: high, N: row.Own.Den}, true
}

func middleOwn(class comparison.Class) (float64, bool) {
	var all []float64
	for _, row := range class.Rows {
		if s, ok := ownScore(row); ok {
			all = append(all, s.Value)
		}
	}
	return comparison.Middle(all)
}

// shortName is how a table calls a town.
func shortName(r *web.Request, t tenant.Town) properName {
	if len(t.ShortName) > 0 {
		return nameOf(r, t, t.ShortName)
	}
	return nameOf(r, t, t.Name)
}

// offered lists what the filters hold.
func offered(r *web.Request, data *comparison.Data, c choice) filters {
	f := filters{Countries: countriesOf(r), Sizes: comparison.Sizes(), Indicators: comparison.Indicators()}
	for _, p := range periods(r.Today) {
		f.Periods = append(f.Periods, periodChoice{periodKey(p), p})
	}
	for _, region := range data.Regions(r.Lang) {
		if region.Country == c.Country && !region.Name.Empty() {
			text, lang := region.Name.In(r.Lang, c.Country)
			own, _ := region.Name.In(c.Country)
			f.Regions = append(f.Regions, regionChoice{properName{text, lang}, own})
		}
	}
	return f
}
