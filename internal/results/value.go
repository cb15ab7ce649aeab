package results

import (
	"math"

	"charterhouse/internal/deadline"
)

// ValueState tells whether there is a figure to be seen.
type ValueState string

// The states of a value.
const (
	Shown      ValueState = "shown"
	Suppressed ValueState = "suppressed" // fewer than five cases
	NoData     ValueState = "no_data"    // nothing was counted
)

// Value is a figure as anybody may see it. Only a Shown one has numbers.
type Value struct {
	State  ValueState
	Num    int64
	Den    int64
	Spread Spread
	// Since is where the earliest cases are from that waited to be shown; Later: some
	// wait still, and are shown with a following month.
	Since  deadline.Date
	Later  bool
	Sample bool
	// Waits: of a Suppressed one there are enough, and it would give away another that
	// has too few.
	Waits bool
}

// Share is Num of Den in per cent; false where nothing is shown.
func (v Value) Share() (float64, bool) {
	if v.State != Shown || v.Den == 0 {
		return 0, false
	}
	return 100 * float64(v.Num) / float64(v.Den), true
}

// Mean is Num by Den: of ratings, of days.
func (v Value) Mean() (float64, bool) {
	if v.State != Shown || v.Den == 0 {
		return 0, false
	}
	return float64(v.Num) / float64(v.Den), true
}

// Median of the spread; false where nothing is shown.
func (v Value) Median() (float64, bool) { return v.quantile(0.5) }

// Ninetieth is the value that nine of ten do not exceed.
func (v Value) Ninetieth() (float64, bool) { return v.quantile(0.9) }

func (v Value) quantile(q float64) (float64, bool) {
	if v.State != Shown {
		return 0, false
	}
	return v.Spread.Quantile(q)
}

// Interval is the 95 % confidence interval of the share, in per cent.
func (v Value) Interval() (low, high float64, ok bool) {
	if v.State != Shown || v.Den == 0 {
		return 0, 0, false
	}
	low, high = Wilson(v.Num, v.Den)
	return 100 * low, 100 * high, true
}

// z is the 97.5th percentile of the normal distribution.
const z = 1.959963984540054

// Wilson gives the 95 % score interval of num of den (E. B. Wilson 1927), from 0
// to 1. Unlike the usual one it stays within bounds and is right for small
// numbers; of none of nothing it is everything.
func Wilson(num, den int64) (low, high float64) {
	if den == 0 {
		return 0, 1
	}
	return wilson(float64(num)/float64(den), float64(den))
}

// WilsonMean gives an interval of the mean of n ratings, each from 1 to top, on
// their scale: Wilson's for the mean's place between both ends. Among values
// between two ends those that are at the ends vary most about their mean, as a
// share does (R. Bhatia, C. Davis, American Mathematical Monthly 107 (2000), 353),
// so it is rather too wide. And it stays wide where a few ratings are all alike:
// their own deviation, which is then none, would make them certain.
func WilsonMean(mean float64, n, top int64) (low, high float64) {
	width := float64(top - 1)
	if n == 0 {
		return 1, float64(top)
	}
	low, high = wilson((mean-1)/width, float64(n))
	return 1 + width*low, 1 + width*high
}

func wilson(p, n float64) (low, high float64) {
	mid := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	low, high = max((mid-half)/scale, 0), min((mid+half)/scale, 1)
	// The ends are exact, whatever the last bit of a float says.
	if p == 0 {
		low = 0
	}
	if p == 1 {
		high = 1
	}
	return low, high
}

// sum is the value of a series over a period: what is shown of its months, in
// their order.
func sum(rows []row, p Period) Value {
	var f Figure
	v := Value{State: NoData}
	var held int64
	for _, r := range rows {
		if !p.holds(r.Month) || r.Den == 0 {
			continue
		}
		if r.ShownDen == 0 {
			held += r.Den
			if v.Later = true; v.State == NoData {
				v.State = Suppressed
			}
			continue
		}
		if v.State != Shown {
			v.State, v.Since = Shown, r.Since
		}
		v.Later = false
		v.Sample = v.Sample || r.ShownSample
		f.add(Figure{Num: r.ShownNum, Den: r.ShownDen, Spread: r.ShownSpread})
	}
	v.Num, v.Den, v.Spread = f.Num, f.Den, f.Spread
	v.Waits = v.State == Suppressed && held >= Least
	return v
}

// sumStock is the value at the end of the period: a stock is not added up.
func sumStock(rows []row, p Period) Value {
	for i := len(rows) - 1; i >= 0; i-- {
		if p.holds(rows[i].Month) {
			return sum(rows[i:i+1], p)
		}
	}
	return Value{State: NoData}
}

// Add puts another value to it that is counted alike; what is not shown adds
// nothing.
func (v *Value) Add(o Value) {
	if o.State != Shown {
		if v.State == NoData {
			v.State = o.State
		}
		return
	}
	v.State = Shown
	v.Num, v.Den, v.Sample = v.Num+o.Num, v.Den+o.Den, v.Sample || o.Sample
	v.Spread.merge(o.Spread)
}
