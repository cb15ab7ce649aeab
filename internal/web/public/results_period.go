package public

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
)

// periodOption is a period with its name in an address.
type periodOption struct {
	Key string
	results.Period
}

// periodOptions are those of one length.
type periodOptions struct {
	Label   i18n.Key
	Options []periodOption
}

// yearsBack bounds which periods can be asked for: cases are not older here.
const yearsBack = 10

// Names of periods in an address: 2026-10, 2026-Q3, 2026, and 12-2026-10 for the
// twelve months that end with October.
const rollingPrefix = "12-"

func optionOf(p results.Period) periodOption {
	year, month, _ := p.To.Civil()
	key := p.To.String()[:len("2026-10")]
	switch p.Kind {
	case results.ByQuarter:
		key = fmt.Sprintf("%d-Q%d", year, (int(month)+2)/3)
	case results.ByYear:
		key = strconv.Itoa(year)
	case results.Rolling, results.Running:
		key = rollingPrefix + key
	}
	return periodOption{key, p}
}

// periodOf reads a period of an address; none is the twelve months up to now.
// False for what is no period, has not begun, or is too long ago.
func periodOf(key string, today deadline.Date) (p results.Period, ok bool) {
	if key == "" {
		return results.RunningTo(today), true
	}
	day := func(s string) (d deadline.Date) {
		if d, ok = deadline.Date(0), false; len(s) == len("2026-10-01") {
			var err error
			d, err = deadline.ParseDate(s)
			ok = err == nil
		}
		return d
	}
	year, quarter, quarterly := strings.Cut(key, "-Q")
	month, rolling := strings.CutPrefix(key, rollingPrefix)
	var d deadline.Date
	switch {
	case quarterly:
		first, known := map[string]string{"1": "01", "2": "04", "3": "07", "4": "10"}[quarter]
		if d = day(year + "-" + first + "-01"); !ok || !known {
			return p, false
		}
		p = results.QuarterOf(d)
	case len(key) == len("2026"):
		if d = day(key + "-01-01"); !ok {
			return p, false
		}
		p = results.YearOf(d)
	default:
		if d = day(month + "-01"); !ok {
			return p, false
		}
		if p = results.MonthOf(d); rolling {
			p = twelveTo(d, today)
		}
	}
	begun := results.MonthOf(d).From
	return p, begun <= today && d.Year() >= today.Year()-yearsBack
}

func twelveTo(d, today deadline.Date) results.Period {
	if p := results.RollingTo(d); p.Over(today) {
		return p
	}
	return results.RunningTo(d)
}

// periodChoices are those that the page offers, and the chosen one where it is
// another.
func periodChoices(chosen results.Period, today deadline.Date) []periodOptions {
	last := results.MonthOf(today).From.AddDays(-1)
	all := []periodOptions{
		{Label: KeyFiguresTwelve, Options: []periodOption{optionOf(results.RunningTo(today)), optionOf(results.RollingTo(last))}},
		{Label: KeyFiguresMonths}, {Label: KeyFiguresQuarters}, {Label: KeyFiguresYears},
	}
	for i, next := range []struct {
		of    func(deadline.Date) results.Period
		count int
	}{{results.MonthOf, 13}, {results.QuarterOf, 5}, {results.YearOf, 2}} {
		for p := next.of(today); len(all[i+1].Options) < next.count; p = next.of(p.From.AddDays(-1)) {
			all[i+1].Options = append(all[i+1].Options, optionOf(p))
		}
	}
	group := map[results.PeriodKind]int{results.ByMonth: 1, results.ByQuarter: 2, results.ByYear: 3}[chosen.Kind]
	if o := optionOf(chosen); !slices.Contains(all[group].Options, o) {
		all[group].Options = append(all[group].Options, o)
	}
	return all
}
