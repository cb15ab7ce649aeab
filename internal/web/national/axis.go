package national

import (
	"math"
	"strconv"

	"charterhouse/internal/comparison"
)

// The drawing of one figure with its interval is this wide; a dot at either end
// still has room.
const (
	drawnFrom, drawnTo = 6.0, 210.0
)

// axis puts values of one indicator on a line; every row of a table has the same.
type axis struct{ From, To float64 }

// axisOf finds one on which all scores have room. That of a share begins at half
// where nobody is below, and says so.
func axisOf(m comparison.Measure, scores []comparison.Score) axis {
	low, high := math.Inf(1), 0.0
	for _, s := range scores {
		low, high = min(low, s.Low), max(high, s.High)
	}
	switch m {
	case comparison.Share:
		if low >= 50 && len(scores) > 0 {
			return axis{50, 100}
		}
		return axis{0, 100}
	case comparison.Mean:
		return axis{1, 5}
	}
	return axis{0, roundUp(high)}
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

// Middle is the value in the middle of the axis.
func (a axis) Middle() float64 { return (a.From + a.To) / 2 }

func (a axis) x(v float64) string {
	share := (min(max(v, a.From), a.To) - a.From) / (a.To - a.From)
	return coordinate(drawnFrom + share*(drawnTo-drawnFrom))
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// whisker is a figure with its interval, as a row draws it.
type whisker struct {
	Score        comparison.Score
	Measure      comparison.Measure
	Law          bool // filled, as against the ring of the own promise
	X, Low, High string
	Median       string // "" = the class has none
}

func (a axis) whisker(m comparison.Measure, s comparison.Score, law bool, median float64, has bool) *whisker {
	w := &whisker{Score: s, Measure: m, Law: law, X: a.x(s.Value), Low: a.x(s.Low), High: a.x(s.High)}
	if has {
		w.Median = a.x(median)
	}
	return w
}
