package comparison

import (
	"context"
	"slices"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// Trend is an indicator month by month.
type Trend struct {
	Indicator Indicator
	Points    []Point
}

// Point is one month: of all municipalities that the filter keeps together, and of
// the middle one of those with a figure.
type Point struct {
	Month     deadline.Date
	Total     results.Value
	Score     Score // of the total
	Has       bool
	Median    float64
	HasMedian bool
	Reporting int
}

// ReadTrend reads an indicator month by month, in a transaction of the portal.
func ReadTrend(ctx context.Context, tx *pg.Tx, towns []tenant.Town, i Indicator, f Filter, p results.Period) (Trend, error) {
	facts, err := results.Monthly(ctx, tx, i.Key, p)
	if err != nil {
		return Trend{}, err
	}
	var kept []*tenant.Town
	for n := range towns {
		if f.keeps(&towns[n]) {
			kept = append(kept, &towns[n])
		}
	}
	return trend(kept, i, p, facts), nil
}

// ReadTownTrend reads the months of one town.
func ReadTownTrend(ctx context.Context, tx *pg.Tx, town *tenant.Town, i Indicator, p results.Period) (Trend, error) {
	facts, err := results.Monthly(ctx, tx, i.Key, p)
	if err != nil {
		return Trend{}, err
	}
	return trend([]*tenant.Town{town}, i, p, facts), nil
}

func trend(towns []*tenant.Town, i Indicator, p results.Period, facts []results.Fact) Trend {
	kept := map[string]*tenant.Town{}
	for _, t := range towns {
		kept[t.Realm.Name()] = t
	}
	months := p.Months()
	out := Trend{Indicator: i, Points: make([]Point, len(months))}
	scores := make([][]float64, len(months))
	inhabitants := make([]int, len(months))
	for n, m := range months {
		out.Points[n] = Point{Month: m, Total: results.Value{State: results.NoData}}
	}
	for _, fact := range facts {
		t := kept[fact.Tenant]
		n, known := slices.BinarySearch(months, fact.Month)
		if t == nil || !known {
			continue
		}
		point := &out.Points[n]
		value := fact.Value()
		point.Total.Add(value)
		// Of the total the inhabitants are counted once for each month that a town's
		// figure covers: one that shows three months together is not thrice as busy.
		over := covered(value, results.MonthOf(fact.Month))
		inhabitants[n] += t.Population * over
		if s, ok := i.score(value, t.Population, over); ok {
			point.Reporting++
			scores[n] = append(scores[n], s.Value)
		}
	}
	for n := range out.Points {
		point := &out.Points[n]
		point.Score, point.Has = i.score(point.Total, inhabitants[n], 1)
		point.Median, point.HasMedian = Middle(scores[n])
	}
	return out
}
