package comparison

import (
	"math"

	"charterhouse/internal/results"
)

// Score is a town's value of an indicator with its 95 % interval, in the unit of
// the indicator. N is how many cases (ratings) it rests on.
type Score struct {
	Value, Low, High float64
	N                int64
}

// z is the 97.5th percentile of the normal distribution.
const z = 1.959963984540054

// score computes it; false where nothing is shown, or where inhabitants are not
// known for a volume. months is what the figure covers.
func (i Indicator) score(v results.Value, inhabitants, months int) (Score, bool) {
	if v.State != results.Shown {
		return Score{}, false
	}
	s := Score{N: v.Den}
	switch i.Measure {
	case Share:
		s.Value, _ = v.Share()
		s.Low, s.High, _ = v.Interval()
	case Median:
		s.Value, _ = v.Median()
		s.Low, s.High = medianInterval(v.Spread)
	case Mean:
		s.Value, _ = v.Mean()
		s.Low, s.High = results.WilsonMean(s.Value, v.Den, results.BestRating)
	case Volume:
		if inhabitants <= 0 || months <= 0 {
			return Score{}, false
		}
		s.Value = float64(v.Den) / float64(inhabitants) * 1000 * 12 / float64(months)
		s.Low, s.High = s.Value, s.Value
	}
	return s, true
}

// covered is how many months a figure of a period tells of: also those before the
// period whose cases waited to be shown with it.
func covered(v results.Value, p results.Period) int {
	if !v.Since.IsZero() && v.Since < p.From {
		p.From = v.Since
	}
	return len(p.Months())
}

// medianInterval gives the 95 % interval of a median by the ranks of the values
// (M. J. Campbell, M. J. Gardner 1988).
func medianInterval(s results.Spread) (low, high float64) {
	n := float64(s.Count())
	half := z * math.Sqrt(n) / 2
	r := max(int64(math.Round(n/2-half)), 1)
	t := min(int64(math.Round(1+n/2+half)), int64(n))
	return float64(s.Nth(r)), float64(s.Nth(t))
}
