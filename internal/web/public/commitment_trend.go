package public

import (
	"math"
	"strings"

	"charterhouse/internal/results"
)

// trend draws the results of a promise in time, with its target: twice, because
// labels cannot shrink with a narrow screen.
type trend struct {
	Wide, Narrow trendSheet
	From, To     float64 // of the axis
	First, Last  results.Period
	Lowest       float64
	Highest      float64
	Band         bool
	Goal         bool // a target is drawn
}

// Drawn tells whether there is a line to be seen: one point makes none.
func (t trend) Drawn() bool { return len(t.Wide.Points) > 1 }

type trendSheet struct {
	Width, Height, Left, Right, Base string
	Grid                             []mark
	Lines, Bands                     []string // broken where a period has no result
	Points                           []trendPoint
	Ticks                            []tick
	Goal                             string // height of the target; "" = none
}

type trendPoint struct {
	X, Y  string
	Miss  bool // short of the target of its time
	Last  bool
	Value float64
}

type tick struct{ X, Label string }

// trendOf takes the rows with the newest first.
func trendOf(rows []publishedRow, g results.Gauge) trend {
	t := trend{Lowest: math.Inf(1), Highest: math.Inf(-1)}
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		if !r.drawn() {
			continue
		}
		t.First = r.Period
		if t.Last.Kind == "" {
			t.Last = r.Period
		}
		t.Lowest, t.Highest = min(t.Lowest, r.Value), max(t.Highest, r.Value)
		low, high = min(low, r.Value), max(high, r.Value)
		if r.Interval {
			t.Band, low = true, min(low, r.Low)
		}
	}
	if math.IsInf(low, 1) {
		return trend{}
	}
	if t.Goal = g.Aimed; g.Aimed {
		low, high = min(low, g.Target), max(high, g.Target)
	}
	t.From, t.To = trendAxis(g.Scale, low, high)
	t.Wide, t.Narrow = t.in(wideSheet, rows, g), t.in(narrowSheet, rows, g)
	return t
}

func (r publishedRow) drawn() bool { return r.Why == "" && !r.Other }

// trendAxis begins where nothing is cut off. That of a share may begin above zero,
// and says so.
func trendAxis(scale results.Scale, low, high float64) (from, to float64) {
	switch scale {
	case results.Share:
		return max(0, math.Floor(low/10)*10), 100
	case results.Points:
		return 1, 5
	}
	return min(0, math.Floor(low)), roundUp(high)
}

// roundUp gives the next number that reads well at the end of an axis.
func roundUp(v float64) float64 {
	if v <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, n := range []float64{1, 2, 4, 5, 10} {
		if n*unit >= v {
			return n * unit
		}
	}
	return 10 * unit
}

func (t trend) in(size sheetSize, rows []publishedRow, g results.Gauge) trendSheet {
	base := size.height - sheetBottom
	y := func(v float64) string {
		return coordinate(base - (base-sheetTop)*(min(max(v, t.From), t.To)-t.From)/(t.To-t.From))
	}
	out := trendSheet{
		Width: coordinate(size.width), Height: coordinate(size.height), Left: coordinate(size.left), Right: coordinate(size.width - size.right),
		Base: coordinate(base),
	}
	for _, v := range []float64{t.From, (t.From + t.To) / 2, t.To} {
		out.Grid = append(out.Grid, mark{y(v), v})
	}
	if g.Aimed {
		out.Goal = y(g.Target)
	}
	step := (size.width - size.left - size.right - 28) / float64(max(len(rows)-1, 1))
	var run []publishedRow
	from := 0
	for i := range rows {
		row := rows[len(rows)-1-i]
		x := coordinate(size.left + 14 + float64(i)*step)
		if i%size.every == 0 || len(rows) <= size.every+1 {
			out.Ticks = append(out.Ticks, tick{x, tickOf(row.Period)})
		}
		if !row.drawn() {
			out.stretch(run, from, size.left+14, step, y)
			run, from = nil, i+1
			continue
		}
		run = append(run, row)
		short := row.Aimed && row.State != results.Kept
		out.Points = append(out.Points, trendPoint{X: x, Y: y(row.Value), Miss: short, Value: row.Value})
	}
	out.stretch(run, from, size.left+14, step, y)
	if n := len(out.Points); n > 0 {
		out.Points[n-1].Last = true
	}
	return out
}

// stretch draws periods that follow one another without a gap.
func (s *trendSheet) stretch(run []publishedRow, first int, left, step float64, y func(float64) string) {
	if len(run) < 2 {
		return
	}
	var line, above, below []string
	for i, row := range run {
		x := coordinate(left + float64(first+i)*step)
		line = append(line, x+" "+y(row.Value))
		if row.Interval {
			above = append(above, x+" "+y(row.High))
			below = append([]string{x + " " + y(row.Low)}, below...)
		}
	}
	s.Lines = append(s.Lines, "M"+strings.Join(line, "L"))
	if len(above) == len(run) {
		s.Bands = append(s.Bands, "M"+strings.Join(append(above, below...), "L")+"Z")
	}
}

// tickOf writes a period the same in every language: 2026-10, 2026-07–09, 2026.
func tickOf(p results.Period) string {
	from, to := p.From.String(), p.To.String()
	switch p.Kind {
	case results.ByYear:
		return to[:len("2026")]
	case results.ByQuarter:
		return from[:len("2026-07")] + "–" + to[len("2026-"):len("2026-09")]
	}
	return to[:len("2026-10")]
}
