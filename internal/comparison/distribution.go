package comparison

import (
	"math"
	"slices"
)

// Bin is a range of scores with how many municipalities have one in it; From is in
// it, To is not, but for the last.
type Bin struct {
	From, To float64
	Towns    int
}

// Distribution tells how the scores of a table are spread.
type Distribution struct {
	Bins []Bin
	// Quartiles are the lower, the middle and the upper one.
	Quartiles [3]float64
	Towns     int
}

// bins is into how many ranges scores are put.
const bins = 20

// Distribution counts the scores of a table in ranges of equal width: of a share
// always 5 points from 0 to 100, so that two pictures can be laid side by side.
func (t Table) Distribution() Distribution {
	var all []float64
	for _, c := range t.Classes {
		for _, r := range c.Rows {
			if r.Has {
				all = append(all, r.Score.Value)
			}
		}
	}
	d := Distribution{Towns: len(all)}
	if len(all) == 0 {
		return d
	}
	slices.Sort(all)
	from, width := t.Indicator.ranges(all[len(all)-1])
	for n := range bins {
		d.Bins = append(d.Bins, Bin{From: from + float64(n)*width, To: from + float64(n+1)*width})
	}
	for _, v := range all {
		d.Bins[min(max(int((v-from)/width), 0), bins-1)].Towns++
	}
	for n, q := range []float64{0.25, 0.5, 0.75} {
		d.Quartiles[n] = quantile(all, q)
	}
	return d
}

// ranges gives where the ranges begin and how wide each is.
func (i Indicator) ranges(most float64) (from, width float64) {
	switch i.Measure {
	case Share:
		return 0, 100.0 / bins
	case Mean:
		return 1, 4.0 / bins
	}
	return 0, max(math.Ceil(most/bins), 1)
}

// quantile of sorted numbers, linear between two.
func quantile(all []float64, q float64) float64 {
	at := q * float64(len(all)-1)
	low := int(at)
	if low+1 >= len(all) {
		return all[len(all)-1]
	}
	return all[low] + (at-float64(low))*(all[low+1]-all[low])
}
