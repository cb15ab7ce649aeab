package deadline

import "time"

// westernEaster gives Easter Sunday of the Gregorian calendar (Butcher's
// algorithm, as Meeus prints it) as days from 1970-01-01.
func westernEaster(year int) int {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return daysFromCivil(year, n/31, n%31+1)
}

// easternEaster gives Easter Sunday of the Orthodox churches (Meeus's Julian
// algorithm) as days from 1970-01-01. The Julian date goes through its own day
// count: the usual "+ 13 days" is a day short from March 2100 on.
func easternEaster(year int) int {
	a, b, c := year%4, year%7, year%19
	d := (19*c + 15) % 30
	e := (2*a + 4*b - d + 34) % 7
	n := d + e + 114
	return daysFromJulian(year, n/31, n%31+1)
}

// daysFromJulian counts days from 1970-01-01 for a date from March on of the
// Julian calendar, in which every fourth year is a leap year.
func daysFromJulian(y, m, d int) int {
	doy := (153*(m-3)+2)/5 + d - 1
	return y*365 + y/4 + doy - 719470
}

// nthWeekday gives the nth such weekday of the month, or the last for -1, as
// days from 1970-01-01.
func nthWeekday(year int, month time.Month, weekday time.Weekday, nth int) int {
	if nth < 0 {
		last := daysFromCivil(year, int(month), daysIn(year, month))
		return last - (dayOfWeek(last)-int(weekday)+7)%7
	}
	first := daysFromCivil(year, int(month), 1)
	return first + (int(weekday)-dayOfWeek(first)+7)%7 + 7*(nth-1)
}

// dayOfWeek gives 0 for Sunday; 1970-01-01 was a Thursday.
func dayOfWeek(days int) int { return (days%7 + 4 + 7) % 7 }
