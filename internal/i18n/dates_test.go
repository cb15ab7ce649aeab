package i18n_test

import (
	"strings"
	"testing"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// shown makes no-break spaces visible in a comparison.
func shown(s string) string { return strings.ReplaceAll(s, "\u00a0", "~") }

func TestDates(t *testing.T) {
	c := catalog(t)
	forms := map[string]func(string, deadline.Date) string{
		"long": c.DateLong, "full": c.DateFull, "sentence": c.DateSentence, "short": c.DateShort, "label": c.DateLabel,
		"day": c.DateDay, "month": c.MonthYear, "in month": c.InMonthYear, "quarter": c.Quarter, "year": c.Year,
	}
	for _, x := range []struct{ lang, form, date, want string }{
		{"lt", "long", "2026-11-20", "2026~m. lapkričio 20~d."},
		{"lt", "full", "2026-12-18", "2026~m. gruodžio 18~d., penktadienis"},
		{"lt", "sentence", "2026-12-18", "2026~m. gruodžio 18~d., penktadienį"},
		{"lt", "short", "2026-01-05", "2026-01-05"},
		{"lt", "label", "2026-11-24", "lapkričio 24~d., antradienis"},
		{"lt", "day", "2026-11-24", "lapkričio 24~d."},
		{"lt", "month", "2026-10-01", "2026~m. spalis"},
		{"lt", "in month", "2026-10-01", "2026~m. spalį"},
		{"lt", "quarter", "2026-09-30", "2026~m. III~ketvirtis"},
		{"lt", "year", "2026-09-30", "2026~m."},
		{"bg", "long", "2026-11-20", "20 ноември 2026~г."},
		{"bg", "full", "2026-12-21", "21 декември 2026~г., понеделник"},
		{"bg", "sentence", "2026-12-21", "21 декември 2026~г., понеделник"},
		{"bg", "short", "2026-01-05", "05.01.2026~г."},
		{"bg", "label", "2026-11-24", "24 ноември, вторник"},
		{"bg", "day", "2026-11-24", "24 ноември"},
		{"bg", "month", "2026-10-01", "октомври 2026~г."},
		{"bg", "quarter", "2026-10-01", "IV~тримесечие на 2026~г."},
		{"bg", "year", "2026-09-30", "2026~г."},
		{"en", "long", "2026-11-20", "20 November 2026"},
		{"en", "full", "2026-12-21", "Monday 21 December 2026"},
		{"en", "sentence", "2026-12-21", "Monday 21 December 2026"},
		{"en", "short", "2026-01-05", "5 Jan 2026"},
		{"en", "label", "2026-11-24", "Tuesday 24 November"},
		{"en", "month", "2026-10-01", "October 2026"},
		{"en", "quarter", "2026-03-31", "Q1 2026"},
		{"en", "year", "1990-01-01", "1990"},
	} {
		if got := shown(forms[x.form](x.lang, date(t, x.date))); got != x.want {
			t.Errorf("%s %s of %s: %s, want %s", x.lang, x.form, x.date, got, x.want)
		}
	}
	for name, form := range forms {
		if got := form("lt", 0); got != "" {
			t.Errorf("%s of no date: %q", name, got)
		}
	}
}

// TestEveryMonthAndWeekdayHasItsForms walks a year in the cases that Lithuanian
// dates take.
func TestEveryMonthAndWeekdayHasItsForms(t *testing.T) {
	c := catalog(t)
	of := strings.Fields("sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio")
	in := strings.Fields("sausį vasarį kovą balandį gegužę birželį liepą rugpjūtį rugsėjį spalį lapkritį gruodį")
	bare := strings.Fields("sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis")
	for m := range 12 {
		d, err := deadline.NewDate(2026, time.Month(m+1), 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := shown(c.DateDay("lt", d)), of[m]+" 1~d."; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got, want := shown(c.InMonthYear("lt", d)), "2026~m. "+in[m]; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got := c.Month("lt", d.Month()); got != bare[m] {
			t.Errorf("%s, want %s", got, bare[m])
		}
	}
	week := map[string]string{
		"lt": "pirmadienis/pirmadienį/Pr antradienis/antradienį/An trečiadienis/trečiadienį/Tr ketvirtadienis/ketvirtadienį/Kt penktadienis/penktadienį/Pn šeštadienis/šeštadienį/Št sekmadienis/sekmadienį/Sk",
		"bg": "понеделник/понеделник/Пн вторник/вторник/Вт сряда/сряда/Ср четвъртък/четвъртък/Чт петък/петък/Пт събота/събота/Сб неделя/неделя/Нд",
	}
	for lang, want := range week {
		var got []string
		for i := range 7 {
			d := date(t, "2026-11-16").AddDays(i) // a Monday
			sentence := c.DateSentence(lang, d)
			got = append(got, c.Weekday(lang, d.Weekday())+"/"+sentence[strings.LastIndex(sentence, " ")+1:]+"/"+c.WeekdayShort(lang, d.Weekday()))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s\nwant %s", lang, s, want)
		}
	}
}

func TestMoments(t *testing.T) {
	c := catalog(t)
	zone := time.FixedZone("EET", 2*3600)
	at := time.Date(2026, 10, 26, 9, 24, 59, 0, time.UTC).In(zone)
	for _, x := range []struct{ got, want string }{
		{c.DateTime("lt", at), "2026-10-26 11:24"},
		{c.DateTime("bg", at), "26.10.2026~г., 11:24~ч."},
		{c.DateTime("en", at), "26 Oct 2026, 11:24"},
		{c.Clock("lt", at), "11:24~val."},
		{c.Clock("bg", at), "11:24~ч."},
		{c.Clock("en", at), "11:24"},
		{c.DateTime("lt", time.Time{}), ""},
	} {
		if shown(x.got) != x.want {
			t.Errorf("%s, want %s", shown(x.got), x.want)
		}
	}
}

func TestReadDate(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-11-16": "2026-11-16", " 2026-11-16 ": "2026-11-16",
		"16.11.2026": "2026-11-16", "6.1.2026": "2026-01-06", "16.11.2026 г.": "2026-11-16", "16.11.2026\u00a0г.": "2026-11-16",
	} {
		if d, err := i18n.ReadDate(typed); err != nil || d.String() != want {
			t.Errorf("%q: %s, %v", typed, d, err)
		}
	}
	for _, typed := range []string{"", "г.", "16.11.26", "16/11/2026", "31.2.2026", "1.1.1989", "..2026", "16.11.2026.", "2026-1-1", "2026.11.16", "\x00", strings.Repeat("9.", 1000)} {
		if d, err := i18n.ReadDate(typed); err == nil {
			t.Errorf("%q was read as %s", typed, d)
		}
	}
}
