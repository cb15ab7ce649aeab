package results

import (
	"maps"

	"charterhouse/internal/deadline"
)

// Figure is what was counted: Num of Den. Of indicators with a Spread, Den is the
// number of values and Num their sum; of plain counts both are the count.
type Figure struct {
	Num, Den int64
	Spread   Spread
	LeftOut  map[Reason]int64
	Samples  int64 // of Den: made up for a demonstration
}

// add puts another figure of the same indicator to it.
func (f *Figure) add(o Figure) {
	f.Num += o.Num
	f.Den += o.Den
	f.Samples += o.Samples
	f.Spread.merge(o.Spread)
	for reason, n := range o.LeftOut {
		f.leave(reason, n)
	}
}

func (f *Figure) leave(reason Reason, n int64) {
	if f.LeftOut == nil {
		f.LeftOut = map[Reason]int64{}
	}
	f.LeftOut[reason] += n
}

// clone shares nothing with f.
func (f Figure) clone() Figure {
	f.Spread = append(Spread(nil), f.Spread...)
	f.LeftOut = maps.Clone(f.LeftOut)
	return f
}

// series is one indicator of one kind of case; the empty kind is all of them.
type series struct {
	Indicator Indicator
	Kind      string
}

// total is the series that all parts like this one add up to; false where it is
// none: grounds have no other total than what is shown of them, and a stock is not
// told by kind.
func (s series) total() (series, bool) {
	switch {
	case s.Kind == "" || s.Indicator == ByGround || s.Indicator.stock():
		return series{}, false
	case s.Indicator == ByChannel:
		return series{Received, ""}, true
	}
	return series{s.Indicator, ""}, true
}

// counts are the figures of some months, by the first day of each.
type counts map[deadline.Date]map[series]*Figure

// firstOf is the first day of the month that the day is in.
func firstOf(d deadline.Date) deadline.Date {
	if d.IsZero() {
		return 0
	}
	return d.AddDays(1 - d.Day())
}

// lastOf is the last day of that month.
func lastOf(d deadline.Date) deadline.Date { return firstOf(d).AddMonths(1).AddDays(-1) }
