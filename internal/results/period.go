package results

import "charterhouse/internal/deadline"

// PeriodKind is how long a period is.
type PeriodKind string

// The kinds. Rolling are twelve months, Running those of them that end with a
// month that is not over.
const (
	ByMonth   PeriodKind = "month"
	ByQuarter PeriodKind = "quarter"
	ByYear    PeriodKind = "year"
	Rolling   PeriodKind = "rolling"
	Running   PeriodKind = "running"
)

// Period is a run of whole months, from the first day of one to the last of another.
type Period struct {
	Kind     PeriodKind
	From, To deadline.Date
}

// MonthOf, QuarterOf and YearOf give the period that a day is in.
func MonthOf(d deadline.Date) Period { return Period{ByMonth, firstOf(d), lastOf(d)} }

// QuarterOf gives the quarter of the calendar.
func QuarterOf(d deadline.Date) Period {
	from := firstOf(d).AddMonths(-(int(d.Month()) - 1) % 3)
	return Period{ByQuarter, from, lastOf(from.AddMonths(2))}
}

// YearOf gives the year of the calendar.
func YearOf(d deadline.Date) Period {
	from := firstOf(d).AddMonths(1 - int(d.Month()))
	return Period{ByYear, from, lastOf(from.AddMonths(11))}
}

// RollingTo gives the twelve months up to the end of the month that d is in.
func RollingTo(d deadline.Date) Period {
	return Period{Rolling, firstOf(d).AddMonths(-11), lastOf(d)}
}

// RunningTo is RollingTo for a month that is not over.
func RunningTo(d deadline.Date) Period {
	return Period{Running, firstOf(d).AddMonths(-11), lastOf(d)}
}

// PeriodOf gives the period of a kind that a day is in; false for another kind.
func PeriodOf(kind PeriodKind, d deadline.Date) (Period, bool) {
	switch kind {
	case ByMonth:
		return MonthOf(d), true
	case ByQuarter:
		return QuarterOf(d), true
	case ByYear:
		return YearOf(d), true
	case Rolling:
		return RollingTo(d), true
	case Running:
		return RunningTo(d), true
	}
	return Period{}, false
}

// Over tells whether the period has ended before today.
func (p Period) Over(today deadline.Date) bool { return p.To < today }

// holds tells whether the month (its first day) is in the period.
func (p Period) holds(month deadline.Date) bool { return p.From <= month && month <= p.To }

// Months lists the first days of its months.
func (p Period) Months() []deadline.Date {
	var all []deadline.Date
	for m := p.From; m <= p.To; m = m.AddMonths(1) {
		all = append(all, m)
	}
	return all
}

// lastFull is a day in the last month that is over.
func lastFull(today deadline.Date) deadline.Date { return firstOf(today).AddDays(-1) }

// enough is how many cases a month or a quarter has at least for a badge to rest
// on it: with fewer, one case more or less would turn the badge.
const enough = 30

// tried are the periods that a badge may rest on, with the least number of cases
// of each: the latest first, and the shortest that says enough.
func tried(today deadline.Date) []struct {
	Period
	least int64
} {
	last := lastFull(today)
	quarter := QuarterOf(last)
	if !quarter.Over(today) {
		quarter = QuarterOf(quarter.From.AddDays(-1))
	}
	return []struct {
		Period
		least int64
	}{
		{MonthOf(last), enough}, {quarter, enough}, {RollingTo(last), Least}, {RunningTo(today), Least},
	}
}
