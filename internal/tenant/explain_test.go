package tenant_test

import (
	"io/fs"
	"strings"
	"testing"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/locales"
	"charterhouse/tenants"
)

// speaker fails the test on whatever the catalog cannot say.
func speaker(t *testing.T, lang string) tenant.Say {
	t.Helper()
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	catalog = catalog.Reporting(func(err error) { t.Error(err) })
	return func(key i18n.Key, args map[string]any) string { return catalog.Say(lang, key, args) }
}

func calendar(t *testing.T, country string) *deadline.Calendar {
	t.Helper()
	raw, err := fs.ReadFile(tenants.Files, "packs/"+country+"/calendar.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := tenant.DecodeCountryCalendar(raw)
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile()
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func explained(t *testing.T, c *deadline.Calendar, received, term string, next bool) deadline.Explanation {
	t.Helper()
	d, err := deadline.ParseDate(received)
	if err != nil {
		t.Fatal(err)
	}
	v, err := deadline.ParseTerm(term)
	if err != nil {
		t.Fatal(err)
	}
	policy := deadline.SameDay
	if next {
		policy = deadline.NextWorkingDay
	}
	return c.Explain(d, next, policy, v)
}

// The whole text a reader sees, in each language. Weekdays and holidays in it
// were checked against a printed calendar.
func TestExplanationsInTheReadersLanguage(t *testing.T) {
	cases := []struct {
		name, country, lang, received, term string
		next                                bool
		want                                string
	}{
		{"the charter of Klaipėda over All Souls' Day", "lt", "lt", "2026-10-30", "less than 3 working days", false, `
Atsakymas – ne vėliau kaip 2026 m. lapkričio 4 d., trečiadienį.
- Terminą „greičiau nei per 3 darbo dienas“ suprantame pažodžiui: skaičiuojamos tik 2 darbo dienos.
2026-10-30 Gavimo diena. Ji neskaičiuojama.
2026-10-31 Poilsio diena.
2026-11-01 Visų šventųjų diena, nedarbo diena.
2026-11-02 Mirusiųjų atminimo (Vėlinių) diena, nedarbo diena.
2026-11-03 Pirmoji skaičiuojama diena.
2026-11-04 Sueina 2 darbo dienos. Termino pabaiga.`},
		{"twenty-one working days", "lt", "lt", "2026-11-20", "21 working days", false, `
Atsakymas – ne vėliau kaip 2026 m. gruodžio 21 d., pirmadienį.
2026-11-20 Gavimo diena. Ji neskaičiuojama.
2026-11-21 Poilsio diena.
2026-11-22 Poilsio diena.
2026-11-23 Pirmoji skaičiuojama diena.
2026-11-28 Poilsio diena.
2026-11-29 Poilsio diena.
2026-12-05 Poilsio diena.
2026-12-06 Poilsio diena.
2026-12-12 Poilsio diena.
2026-12-13 Poilsio diena.
2026-12-19 Poilsio diena.
2026-12-20 Poilsio diena.
2026-12-21 Sueina 21 darbo diena. Termino pabaiga.`},
		{"after hours, in Lithuanian", "lt", "lt", "2026-11-20", "same working day", true, `
Atsakymas – ne vėliau kaip 2026 m. lapkričio 23 d., pirmadienį.
2026-11-20 Gauta ne darbo laiku, todėl laikoma, kad gauta kitą darbo dieną – 2026 m. lapkričio 23 d., pirmadienį.
2026-11-21 Poilsio diena.
2026-11-22 Poilsio diena.
2026-11-23 Laikoma, kad gauta šią dieną. Atsakymo laukiama iki jos pabaigos.`},
		{"a Bulgarian substitute, told in Lithuanian", "bg", "lt", "2022-12-23", "1 working day", false, `
Atsakymas – ne vėliau kaip 2022 m. gruodžio 29 d., ketvirtadienį.
2022-12-23 Gavimo diena. Ji neskaičiuojama.
2022-12-24 Kūčios, nedarbo diena.
2022-12-25 Kalėdos, nedarbo diena.
2022-12-26 Antroji Kalėdų diena, nedarbo diena.
2022-12-27 Nedarbo diena už šventę, sutapusią su poilsio diena: Kūčios, gruodžio 24 d., šeštadienis.
2022-12-28 Nedarbo diena už šventę, sutapusią su poilsio diena: Kalėdos, gruodžio 25 d., sekmadienis.
2022-12-29 Sueina 1 darbo diena. Termino pabaiga.`},
		{"the month of Пещера that ends on a Sunday", "bg", "bg", "2026-11-20", "1 month", false, `
Отговор най-късно на 21 декември 2026 г., понеделник.
2026-11-20 Ден на получаването. Не се брои.
2026-11-21 Първият ден, който се брои.
2026-12-20 Срокът би изтекъл тук, но денят е почивен. Затова се премества на следващия работен ден. Почивен ден.
2026-12-21 Следващият работен ден. Срокът изтича в този ден.`},
		{"a short month over Easter", "bg", "bg", "2021-03-31", "1 month", false, `
Отговор най-късно на 5 май 2021 г., сряда.
2021-03-31 Ден на получаването. Не се брои.
2021-04-01 Първият ден, който се брои.
2021-04-30 Този месец е по-къс, затова се взема последният му ден. Срокът би изтекъл тук, но денят е почивен. Затова се премества на следващия работен ден. Велики петък – официален празник.
2021-05-01 Велика събота и Ден на труда и на международната работническа солидарност – официален празник.
2021-05-02 Великден – официален празник.
2021-05-03 Великденски понеделник – официален празник.
2021-05-04 Почивен ден вместо 1 май, събота (Ден на труда и на международната работническа солидарност).
2021-05-05 Следващият работен ден. Срокът изтича в този ден.`},
		{"declared days", "bg", "bg", "2025-12-30", "3 working days", false, `
Отговор най-късно на 7 януари 2026 г., сряда.
2025-12-30 Ден на получаването. Не се брои.
2025-12-31 Обявен почивен ден: Денят преди Нова година. Основание: Решение № 808 на Министерския съвет от 19.11.2025 г., КТ чл. 154, ал. 3.
2026-01-01 Нова година – официален празник.
2026-01-02 Обявен почивен ден: Денят след Нова година. Основание: Решение № 808 на Министерския съвет от 19.11.2025 г., КТ чл. 154, ал. 3.
2026-01-03 Почивен ден.
2026-01-04 Почивен ден.
2026-01-05 Първият ден, който се брои.
2026-01-07 Изтичат 3 работни дни. Край на срока.`},
		{"on a Saturday that counts as Monday", "lt", "en", "2026-11-21", "14 days", true, `
Answer by Monday 7 December 2026 at the latest.
2026-11-21 Weekend. Received on a day that is not worked, so it counts as received on the next working day, Monday 23 November 2026.
2026-11-22 Weekend.
2026-11-23 Counts as the day of receipt. It is not counted.
2026-11-24 The first day that counts.
2026-12-07 Day 14, the last day.`},
		{"the same working day, to what came on a holiday", "lt", "en", "2026-11-02", "same working day", false, `
Answer by Tuesday 3 November 2026 at the latest.
2026-11-02 All Souls’ Day, a public holiday. Received on a day that is not worked, so it counts as received on the next working day, Tuesday 3 November 2026.
2026-11-03 The next working day, and so the last day.`},
		{"less than one day", "lt", "en", "2026-11-20", "less than 1 working day", false, `
Answer by Friday 20 November 2026 at the latest.
- We take “in less than 1 working day” at its word: the answer is due on the day of receipt.
2026-11-20 Day of receipt. The answer is due by the end of it.`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e, say := explained(t, calendar(t, c.country), c.received, c.term, c.next), speaker(t, c.lang)
			lines := []string{tenant.AnswerBy(e, say)}
			for _, s := range tenant.Explain(e, c.lang, say) {
				at := s.Date.String()
				if s.Date.IsZero() {
					at = "-"
				}
				lines = append(lines, at+" "+s.Text)
			}
			// A no-break space is a space to whoever reads this file.
			got := strings.ReplaceAll(strings.Join(lines, "\n"), "\u00a0", " ")
			if got != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

func TestATownsOwnDaysAreTold(t *testing.T) {
	c, err := calendar(t, "lt").With([]deadline.Extra{
		{Date: day(t, "2026-11-20"), Name: map[string]string{"lt": "miesto gimtadienis"}, Source: "tarybos sprendimas T2-1"},
		{Date: day(t, "2026-11-21"), Name: map[string]string{"lt": "darbas už lapkričio 20 d."}, Working: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	say := speaker(t, "lt")
	var lines []string
	for _, s := range tenant.Explain(explained(t, c, "2026-11-18", "3 working days", false), "lt", say) {
		lines = append(lines, s.Date.String()+" "+string(s.Kind)+" "+s.Text)
	}
	want := `2026-11-18  Gavimo diena. Ji neskaičiuojama.
2026-11-19  Pirmoji skaičiuojama diena.
2026-11-20 declared Savivaldybės paskelbta nedarbo diena: miesto gimtadienis. Pagrindas: tarybos sprendimas T2-1.
2026-11-21  Paskelbta darbo diena: darbas už lapkričio 20 d.
2026-11-22 weekend Poilsio diena.
2026-11-23  Sueina 3 darbo dienos. Termino pabaiga.`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s", got)
	}
}

// Whatever the term and the day, the reader finds words, and each skipped day has
// a reason.
func TestNoExplanationIsWithoutWords(t *testing.T) {
	for _, country := range []string{"lt", "bg"} {
		c := calendar(t, country)
		for _, lang := range []string{"lt", "bg", "en"} {
			say := speaker(t, lang)
			for d := day(t, "2025-12-01"); d < day(t, "2027-01-10"); d += 3 {
				for _, term := range []string{"1 working day", "less than 3 working days", "same working day", "5 days", "1 month"} {
					for _, next := range []bool{false, true} {
						e := explained(t, c, d.String(), term, next)
						told := map[deadline.Date]string{}
						for _, s := range tenant.Explain(e, lang, say) {
							told[s.Date] = s.Text
						}
						for _, x := range e.Days {
							if x.Role != deadline.Counted && told[x.Date] == "" {
								t.Fatalf("%s %s from %v, %v: nothing is said of %v", country, term, d, next, x.Date)
							}
						}
						if told[e.Due] == "" {
							t.Fatalf("%s %s from %v, %v: nothing is said of the due date", country, term, d, next)
						}
					}
				}
			}
		}
	}
}

func TestNoAnswerIsSaidToo(t *testing.T) {
	steps := tenant.Explain(explained(t, calendar(t, "lt"), "2100-12-31", "1 month", false), "en", speaker(t, "en"))
	if len(steps) != 1 || !strings.Contains(steps[0].Text, "1990 to 2100") {
		t.Errorf("%v", steps)
	}
}

func day(t *testing.T, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
