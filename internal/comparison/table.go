package comparison

import (
	"cmp"
	"slices"

	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// Row is one municipality in a table.
type Row struct {
	Town  *tenant.Town
	Size  Size
	Value results.Value
	// Score is the value compared; Has tells whether there is one, Why what else.
	Score Score
	Has   bool
	Why   i18n.Key
	// Own is the figure by the town's own promise, beside one by law; its state says
	// whether there is one.
	Own   results.Value
	Place Place
	// Band is the same number for rows in a run that cannot be told from its first:
	// their intervals overlap with it. 0 = no figure, or no order.
	Band int
}

// Place is a range: nobody knows the order of municipalities whose intervals
// overlap. Of is how many of the class have a figure.
type Place struct{ From, To, Of int }

// Class is the part of a table with one size.
type Class struct {
	Size      Size
	Rows      []Row
	Towns     int // that the filter keeps
	Reporting int // of them with a figure
	// Median of the scores of those; false where nobody reports.
	Median    float64
	HasMedian bool
	// Total is the figure of all of them together.
	Total results.Value
}

// Table compares by one indicator.
type Table struct {
	Indicator Indicator
	Filter    Filter
	Classes   []Class
	Towns     int
	Reporting int
}

// Order is by what the rows of a class are sorted.
type Order string

// The orders. Whoever has no figure comes last, by name.
const (
	ByScore      Order = "score" // the best first
	ByScoreWorst Order = "worst"
	ByOwn        Order = "own"
	ByName       Order = "name"
	BySize       Order = "size"  // the most inhabitants first
	ByCases      Order = "cases" // the most cases first
)

// Orders lists them.
func Orders() []Order { return []Order{ByScore, ByScoreWorst, ByOwn, ByName, BySize, ByCases} }

// Table sets the municipalities side by side that the filter keeps. Places count
// all of a class in the chosen country, whatever the region: a region only hides.
func (d *Data) Table(i Indicator, f Filter, by Order, lang string) Table {
	t := Table{Indicator: i, Filter: f}
	for _, size := range Sizes() {
		if f.Size != "" && f.Size != size {
			continue
		}
		peers := d.rows(i, Filter{Country: f.Country, Size: size})
		place(i, peers)
		c := Class{Size: size, Total: results.Value{State: results.NoData}}
		for _, r := range peers {
			if f.keeps(r.Town) {
				c.Rows = append(c.Rows, r)
			}
		}
		if len(c.Rows) == 0 {
			continue
		}
		c.summary()
		bands(i, c.Rows)
		order(c.Rows, i, by, lang)
		t.Classes = append(t.Classes, c)
		t.Towns += c.Towns
		t.Reporting += c.Reporting
	}
	return t
}

func (d *Data) rows(i Indicator, f Filter) []Row {
	var all []Row
	for n := range d.towns {
		if t := &d.towns[n]; f.keeps(t) {
			all = append(all, d.row(i, t))
		}
	}
	return all
}

func (d *Data) row(i Indicator, t *tenant.Town) Row {
	r := Row{Town: t, Size: SizeOf(t.Population), Value: d.value(t, i.Key), Own: d.value(t, results.OnTimeOwn)}
	if r.Score, r.Has = i.score(r.Value, t.Population, covered(r.Value, d.Period)); !r.Has {
		r.Why = d.why(t, i)
	}
	return r
}

// place gives each row the range of its place: behind those that are certainly
// better, before those that are certainly worse.
func place(i Indicator, rows []Row) {
	if i.Direction == Context {
		return
	}
	var lows, highs []float64 // of those with a figure, sorted
	for _, r := range rows {
		if r.Has {
			lows, highs = append(lows, r.Score.Low), append(highs, r.Score.High)
		}
	}
	slices.Sort(lows)
	slices.Sort(highs)
	of := len(lows)
	for n := range rows {
		r := &rows[n]
		if !r.Has {
			continue
		}
		below, _ := slices.BinarySearch(highs, r.Score.Low)                  // wholly lower
		upTo, _ := slices.BinarySearchFunc(lows, r.Score.High, afterOrEqual) // not wholly higher
		better, worse := of-upTo, below
		if i.Direction == Down {
			better, worse = worse, better
		}
		r.Place = Place{From: 1 + better, To: of - worse, Of: of}
	}
}

// afterOrEqual puts equals before what is searched, so that the first greater one
// is found.
func afterOrEqual(e, target float64) int {
	if e <= target {
		return -1
	}
	return 1
}

// surely tells whether the whole interval of a is better than that of b.
func (i Indicator) surely(a, b Score) bool {
	if i.Direction == Down {
		return a.High < b.Low
	}
	return a.Low > b.High
}

// bands numbers the runs of rows, the best first, whose intervals overlap with
// that of the first of the run.
func bands(i Indicator, rows []Row) {
	if i.Direction == Context {
		return
	}
	ranked := make([]*Row, 0, len(rows))
	for n := range rows {
		if rows[n].Has {
			ranked = append(ranked, &rows[n])
		}
	}
	slices.SortStableFunc(ranked, func(a, b *Row) int { return i.first(a.Score, b.Score) })
	band := 0
	var head Score
	for _, r := range ranked {
		if band == 0 || i.surely(head, r.Score) {
			band++
			head = r.Score
		}
		r.Band = band
	}
}

// first orders two scores, the better first; of equals the one that says more.
func (i Indicator) first(a, b Score) int {
	switch {
	case i.better(a.Value, b.Value):
		return -1
	case i.better(b.Value, a.Value):
		return 1
	}
	return cmp.Compare(b.N, a.N)
}

// summary counts the rows and adds them up.
func (c *Class) summary() {
	var scores []float64
	c.Towns = len(c.Rows)
	for _, r := range c.Rows {
		if r.Has {
			c.Reporting++
			scores = append(scores, r.Score.Value)
		}
		c.Total.Add(r.Value)
	}
	c.Median, c.HasMedian = Middle(scores)
}

// Middle is the median of numbers, which it sorts; false where there are none.
func Middle(all []float64) (float64, bool) {
	if len(all) == 0 {
		return 0, false
	}
	slices.Sort(all)
	n := len(all) / 2
	if len(all)%2 == 1 {
		return all[n], true
	}
	return (all[n-1] + all[n]) / 2, true
}
