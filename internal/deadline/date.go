package deadline

import "time"

// Date is a day of the calendar from 1990-01-01 to 2100-12-31, without a time of
// day or a zone. Dates compare with < and ==. The zero Date is no date: it is
// written as the empty string, stored as NULL, and every operation on it gives
// the zero Date again.
type Date int32

// The first and the last day that can be computed with.
const (
	FirstYear = 1990
	LastYear  = 2100

	First Date = 1
	Last  Date = 40542
)

// epoch is the day before First, counted from 1970-01-01.
const epoch = 7304

// NewDate gives the day, or an *Error: DateNone for a day that the month does
// not have, DateRange outside 1990 to 2100.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, refuse(DateNone, civilString(year, int(month), day), "no such day")
	}
	d := civil(year, month, day)
	if d == 0 {
		return 0, refuse(DateRange, civilString(year, int(month), day), "the year must be 1990 to 2100")
	}
	return d, nil
}

// Of gives the day that t is in the zone; the zero Date outside 1990 to 2100.
func Of(t time.Time, zone *time.Location) Date {
	return civil(t.In(zone).Date())
}

// civil is NewDate for a day that exists; zero when out of range.
func civil(year int, month time.Month, day int) Date {
	if year < FirstYear || year > LastYear {
		return 0
	}
	return Date(daysFromCivil(year, int(month), day) - epoch)
}

// IsZero tells whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// valid tells whether d is a day and not an integer that was converted to one.
func (d Date) valid() bool { return d >= First && d <= Last }

// AddDays gives the day n days later (earlier when n is negative); the zero Date
// when that is out of range.
func (d Date) AddDays(n int) Date {
	if !d.valid() || n > int(Last) || n < -int(Last) {
		return 0
	}
	r := d + Date(n)
	if !r.valid() {
		return 0
	}
	return r
}

// AddMonths gives the day of the same number n months later, or the last day of
// that month when it is shorter: 31 January + 1 month = 28 or 29 February. The
// zero Date when that is out of range.
func (d Date) AddMonths(n int) Date {
	r, _ := d.addMonths(n)
	return r
}

// addMonths also tells whether the month was too short for the day.
func (d Date) addMonths(n int) (r Date, clipped bool) {
	if !d.valid() || n > 12*200 || n < -12*200 {
		return 0, false
	}
	y, m, day := d.Civil()
	months := y*12 + int(m) - 1 + n
	y, m = months/12, time.Month(months%12+1)
	last := daysIn(y, m)
	return civil(y, m, min(day, last)), day > last
}

// Sub gives the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d) - int(e) }

// Civil gives year, month and day; all zero for the zero Date.
func (d Date) Civil() (year int, month time.Month, day int) {
	if !d.valid() {
		return 0, 0, 0
	}
	return civilFromDays(int(d) + epoch)
}

// Year gives the year.
func (d Date) Year() int { y, _, _ := d.Civil(); return y }

// Month gives the month.
func (d Date) Month() time.Month { _, m, _ := d.Civil(); return m }

// Day gives the day of the month.
func (d Date) Day() int { _, _, day := d.Civil(); return day }

// Weekday gives the day of the week. 1990-01-01 was a Monday.
func (d Date) Weekday() time.Weekday { return time.Weekday(d % 7) }

// In gives the first moment of the day in the zone. Where a clock change skips
// midnight it is the moment after the gap.
func (d Date) In(zone *time.Location) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysFromCivil counts days from 1970-01-01 in the Gregorian calendar. Years are
// taken to begin in March, so that the leap day is the last one.
func daysFromCivil(y, m, d int) int {
	if m <= 2 {
		y--
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

func civilFromDays(n int) (year int, month time.Month, day int) {
	n += 719468
	era := n / 146097
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	m := mp + 3
	if m > 12 {
		m -= 12
	}
	year = yoe + era*400
	if m <= 2 {
		year++
	}
	return year, time.Month(m), day
}
