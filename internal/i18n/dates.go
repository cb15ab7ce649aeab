package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"charterhouse/internal/deadline"
)

// dateWords are the names of months and weekdays in the forms that dates take,
// and the patterns of dates. Months are indexed by time.Month, weekdays by
// time.Weekday.
type dateWords struct {
	months, monthsOf, monthsIn, monthsShort [13]string
	weekdays, weekdaysOn, weekdaysShort     [7]string
	patterns                                map[Key]*pattern
}

// DateLong writes „2026 m. lapkričio 20 d.“; nothing for the zero Date, as do
// the other forms.
func (c *Catalog) DateLong(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyDateLong, d)
}

// DateFull adds the weekday, as a label: „2026 m. gruodžio 18 d., penktadienis“.
func (c *Catalog) DateFull(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyDateFull, d)
}

// DateSentence is DateFull as it stands after „ne vėliau kaip“: „…, penktadienį“.
func (c *Catalog) DateSentence(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyDateSentence, d)
}

// DateShort writes 2026-01-05, „05.01.2026 г.“, "5 Jan 2026".
func (c *Catalog) DateShort(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyDateShort, d)
}

// DateLabel leaves the year out: „lapkričio 24 d., antradienis“.
func (c *Catalog) DateLabel(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyDateLabel, d)
}

// DateDay is day and month: „lapkričio 24 d.“.
func (c *Catalog) DateDay(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyDateDay, d)
}

// MonthYear names a month: „2026 m. spalis“.
func (c *Catalog) MonthYear(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyMonthYear, d)
}

// InMonthYear tells when: „2026 m. spalį“.
func (c *Catalog) InMonthYear(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyInMonthYear, d)
}

// Quarter names the quarter in which d lies: „2026 m. III ketvirtis“.
func (c *Catalog) Quarter(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyQuarter, d)
}

// Year names the year of d: „2026 m.“.
func (c *Catalog) Year(lang string, d deadline.Date) string {
	return c.voice(lang).date(keyYear, d)
}

// Month gives the bare name of a month: „spalis“.
func (c *Catalog) Month(lang string, m time.Month) string {
	return c.voice(lang).dates.months[m%13]
}

// Weekday gives the name of a day: „penktadienis“.
func (c *Catalog) Weekday(lang string, d time.Weekday) string {
	return c.voice(lang).dates.weekdays[d%7]
}

// WeekdayShort gives the head of a calendar's column: „Pn“.
func (c *Catalog) WeekdayShort(lang string, d time.Weekday) string {
	return c.voice(lang).dates.weekdaysShort[d%7]
}

// DateTime writes a moment for a list: „2026-11-19 14:32“. The moment must
// already be in the town's zone.
func (c *Catalog) DateTime(lang string, t time.Time) string {
	return c.voice(lang).moment(keyDateTime, t)
}

// Clock writes the time of day in a sentence: „16:07 val.“.
func (c *Catalog) Clock(lang string, t time.Time) string {
	return c.voice(lang).moment(keyClock, t)
}

func (v *voice) date(key Key, d deadline.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Civil()
	return v.fillDate(key, y, m, day, d.Weekday(), "")
}

func (v *voice) moment(key Key, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	y, m, day := t.Date()
	return v.fillDate(key, y, m, day, t.Weekday(), t.Format("15:04"))
}

func (v *voice) dateForm(d deadline.Date, form string) (string, error) {
	if form == "" {
		form = "long"
	}
	key := Key("date." + form)
	if v.dates.patterns[key] == nil {
		return "", fmt.Errorf("a date has no form %q", form)
	}
	return v.date(key, d), nil
}

func (v *voice) fillDate(key Key, y int, m time.Month, day int, w time.Weekday, clock string) string {
	s, _ := v.dates.patterns[key].Execute(filler(func(name, _ string) (string, error) {
		return v.dates.part(name, y, m, day, w, clock)
	}))
	return s
}

// part gives one placeholder of a date's pattern.
func (words *dateWords) part(name string, y int, m time.Month, day int, w time.Weekday, clock string) (string, error) {
	switch name {
	case "Year":
		return strconv.Itoa(y), nil
	case "Month":
		return words.months[m], nil
	case "MonthOf":
		return words.monthsOf[m], nil
	case "MonthIn":
		return words.monthsIn[m], nil
	case "MonthShort":
		return words.monthsShort[m], nil
	case "MonthDigits":
		return twoDigits(int(m)), nil
	case "Quarter":
		return strings.Fields("I II III IV")[(m-1)/3], nil
	case "QuarterDigit":
		return strconv.Itoa(int(m-1)/3 + 1), nil
	case "Day":
		return strconv.Itoa(day), nil
	case "DayDigits":
		return twoDigits(day), nil
	case "Weekday":
		return words.weekdays[w], nil
	case "WeekdayOn":
		return words.weekdaysOn[w], nil
	case "Clock":
		return clock, nil
	}
	return "", fmt.Errorf("a date has no %s", name)
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// readDates takes the names and the patterns from the messages of one file.
func (v *voice) readDates(messages map[Key]string) (w dateWords, err error) {
	for key, into := range map[Key]*[13]string{
		keyMonths: &w.months, keyMonthsOf: &w.monthsOf, keyMonthsIn: &w.monthsIn, keyMonthsShort: &w.monthsShort,
	} {
		names := strings.Fields(v.fixed[key])
		if len(names) != 12 {
			return w, fmt.Errorf("%s: %d names, a year has 12 months", key, len(names))
		}
		copy(into[1:], names)
	}
	for key, into := range map[Key]*[7]string{
		keyWeekdays: &w.weekdays, keyWeekdaysOn: &w.weekdaysOn, keyWeekdaysShort: &w.weekdaysShort,
	} {
		names := strings.Fields(v.fixed[key])
		if len(names) != 7 {
			return w, fmt.Errorf("%s: %d names, a week has 7 days", key, len(names))
		}
		for i, name := range names {
			into[(i+1)%7] = name // the file begins with Monday, time.Weekday with Sunday
		}
	}
	w.patterns = map[Key]*pattern{}
	for _, key := range []Key{
		keyDateLong, keyDateFull, keyDateSentence, keyDateShort, keyDateTyped, keyDateLabel, keyDateDay,
		keyMonthYear, keyInMonthYear, keyQuarter, keyYear, keyDateTime, keyClock,
	} {
		parsed, err := patterns{}.Parse(messages[key], "", "")
		p, ok := parsed.(*pattern)
		if err != nil || !ok || len(p.holes) == 0 {
			return w, fmt.Errorf("%s: not a pattern of a date", key)
		}
		for _, h := range p.holes {
			if _, err := w.part(h.name, 2000, time.January, 1, time.Saturday, ""); err != nil {
				return w, fmt.Errorf("%s: %w", key, err)
			}
		}
		w.patterns[key] = p
	}
	return w, nil
}
