package deadline_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/deadline"
)

func named(s string) map[string]string { return map[string]string{"en": s} }

// small is a country with one holiday, for tests that spoil one field at a time.
func small() deadline.CalendarSpec {
	return deadline.CalendarSpec{
		Key: "xx", Version: "2026-01", Weekly: []string{"mon", "tue", "wed", "thu", "fri"},
		Rules: []deadline.Rule{{Key: "day", Rule: "fixed", Month: 5, Day: 6, Name: named("Day"), Substitute: 2017}},
	}
}

func TestCompileNamesEveryWrongField(t *testing.T) {
	rule := func(r deadline.Rule) func(*deadline.CalendarSpec) {
		return func(s *deadline.CalendarSpec) {
			if r.Key == "" {
				r.Key = "wrong"
			}
			if r.Name == nil {
				r.Name = named("Wrong")
			}
			s.Rules = append(s.Rules, r)
		}
	}
	extra := func(e ...deadline.Extra) func(*deadline.CalendarSpec) {
		return func(s *deadline.CalendarSpec) { s.Extra = e }
	}
	friday, saturday, holiday := date(t, "2026-11-20"), date(t, "2026-11-21"), date(t, "2023-05-06")
	day := deadline.Extra{Date: friday, Name: named("Day off"), Scope: deadline.Country}
	worked := func(d deadline.Date) deadline.Extra {
		return deadline.Extra{Date: d, Name: named("Worked"), Working: true, Scope: deadline.Country}
	}
	cases := []struct {
		spoil func(*deadline.CalendarSpec)
		path  string
		code  deadline.Code
	}{
		{func(s *deadline.CalendarSpec) { s.Key = "" }, "key", deadline.SpecMissing},
		{func(s *deadline.CalendarSpec) { s.Key = "X/.." }, "key", deadline.SpecMissing},
		{func(s *deadline.CalendarSpec) { s.Weekly = nil }, "weekly", deadline.SpecMissing},
		{func(s *deadline.CalendarSpec) { s.Weekly[2] = "wednes" }, "weekly[2]", deadline.SpecUnknown},
		{func(s *deadline.CalendarSpec) { s.Weekly[1] = "monday" }, "weekly[1]", deadline.SpecRepeated},
		{func(s *deadline.CalendarSpec) { s.Rules = make([]deadline.Rule, 101) }, "holidays", deadline.SpecRange},
		{func(s *deadline.CalendarSpec) { s.Rules[0].Key = "Day!" }, "holidays[0].key", deadline.SpecMissing},
		{func(s *deadline.CalendarSpec) { s.Rules[0].Name = nil }, "holidays[0].name", deadline.SpecMissing},
		{func(s *deadline.CalendarSpec) { s.Rules[0].Name = map[string]string{"lt": " "} }, "holidays[0].name.lt", deadline.SpecMissing},
		{rule(deadline.Rule{Rule: "sometimes"}), "holidays[1].rule", deadline.SpecUnknown},
		{rule(deadline.Rule{}), "holidays[1].rule", deadline.SpecUnknown},
		{rule(deadline.Rule{Rule: "fixed", Month: 13, Day: 1}), "holidays[1].month", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "fixed", Month: 2, Day: 30}), "holidays[1].day", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "fixed", Month: 2}), "holidays[1].day", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "fixed", Month: 2, Day: 3, Offset: 1}), "holidays[1].offset", deadline.SpecForeign},
		{rule(deadline.Rule{Rule: "fixed", Month: 2, Day: 3, Nth: 1}), "holidays[1].nth", deadline.SpecForeign},
		{rule(deadline.Rule{Rule: "fixed", Month: 2, Day: 3, Weekday: "sunday"}), "holidays[1].weekday", deadline.SpecForeign},
		{rule(deadline.Rule{Rule: "nth", Month: 2, Weekday: "sun", Nth: 5}), "holidays[1].nth", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "nth", Month: 2, Weekday: "Sun", Nth: 1}), "holidays[1].weekday", deadline.SpecUnknown},
		{rule(deadline.Rule{Rule: "nth", Month: 0, Weekday: "sun", Nth: 1}), "holidays[1].month", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "nth", Month: 2, Weekday: "sun", Nth: 1, Day: 3}), "holidays[1].day", deadline.SpecForeign},
		{rule(deadline.Rule{Rule: "western_easter", Offset: 101}), "holidays[1].offset", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "eastern_easter", Month: 4}), "holidays[1].month", deadline.SpecForeign},
		{rule(deadline.Rule{Rule: "western_easter", From: 20}), "holidays[1].from", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "western_easter", Until: 22222}), "holidays[1].until", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "western_easter", Substitute: 1}), "holidays[1].substitute", deadline.SpecRange},
		{rule(deadline.Rule{Rule: "western_easter", From: 2020, Until: 2019}), "holidays[1].until", deadline.SpecConflict},
		{rule(deadline.Rule{Key: "day", Rule: "western_easter"}), "holidays[1].key", deadline.SpecRepeated},
		{rule(deadline.Rule{Rule: "fixed", Month: 5, Day: 6, From: 2020}), "holidays[1].rule", deadline.SpecRepeated},
		{extra(deadline.Extra{Name: named("No date"), Scope: deadline.Country}), "extra_days[0].date", deadline.SpecMissing},
		{extra(deadline.Extra{Date: friday, Scope: deadline.Country}), "extra_days[0].name", deadline.SpecMissing},
		{extra(deadline.Extra{Date: friday, Name: named("x"), Scope: "street"}), "extra_days[0].scope", deadline.SpecUnknown},
		{extra(day, day), "extra_days[1].date", deadline.SpecRepeated},
		{extra(worked(friday)), "extra_days[0].working", deadline.SpecConflict},
		{extra(worked(holiday)), "extra_days[0].working", deadline.SpecConflict},
		{extra(day, worked(saturday), worked(saturday)), "extra_days[2].date", deadline.SpecRepeated},
		{extra(make([]deadline.Extra, 2001)...), "extra_days", deadline.SpecRange},
	}
	if _, err := deadline.Compile(small()); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		spec := small()
		c.spoil(&spec)
		_, err := deadline.Compile(spec)
		var faults deadline.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%s: accepted, %v", c.path, err)
			continue
		}
		found := slices.ContainsFunc(faults, func(e *deadline.Error) bool { return e.Path == c.path && e.Code == c.code })
		if !found || len(faults) > 2 || !strings.Contains(err.Error(), c.path) {
			t.Errorf("want %s at %s, got %v", c.code, c.path, err)
		}
	}
}

func TestAHolidayMayChangeItsDayOverTheYears(t *testing.T) {
	spec := small()
	spec.Rules = []deadline.Rule{
		{Key: "day", Rule: "fixed", Month: 5, Day: 6, Until: 2019, Name: named("Day")},
		{Key: "day", Rule: "nth", Month: 5, Weekday: "monday", Nth: -1, From: 2020, Name: named("Day")},
		{Key: "leap", Rule: "fixed", Month: 2, Day: 29, Name: named("Leap day")},
	}
	c, err := deadline.Compile(spec)
	if err != nil {
		t.Fatal(err)
	}
	for day, working := range map[string]bool{
		"2019-05-06": false, "2020-05-06": true, "2019-05-27": true, "2020-05-25": false, "2021-05-31": false,
		"2024-02-29": false, "2023-03-01": true,
	} {
		if c.IsWorking(date(t, day)) != working {
			t.Errorf("%s: working %v", day, !working)
		}
	}
}

func TestTheVersionTellsTheContent(t *testing.T) {
	base := pack(t, "bg")
	if again := pack(t, "bg"); again.Version() != base.Version() || base.Key() != "bg" {
		t.Errorf("%s, then %s", base.Version(), again.Version())
	}
	if !strings.HasPrefix(base.Version(), "2026-01-") {
		t.Errorf("%s does not begin with the pack's label", base.Version())
	}
	spec := packSpec(t, "bg")
	spec.Extra = spec.Extra[:1]
	fewer, err := deadline.Compile(spec)
	if err != nil {
		t.Fatal(err)
	}
	if fewer.Version() == base.Version() {
		t.Error("a declared day less and the version stays")
	}
}

func TestATownAddsItsOwnDays(t *testing.T) {
	country := pack(t, "bg")
	festival, saturday := date(t, "2026-11-20"), date(t, "2026-11-21")
	town, err := country.With([]deadline.Extra{
		{Date: saturday, Name: named("Worked for 20 November"), Working: true, Source: "Order 7"},
		{Date: festival, Name: named("Town festival"), Source: "Order 7"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if town.IsWorking(festival) || !town.IsWorking(saturday) || !country.IsWorking(festival) || country.IsWorking(saturday) {
		t.Error("the town's days are not the town's alone")
	}
	if town.IsWorking(date(t, "2026-01-02")) {
		t.Error("the day that the country declared is lost")
	}
	if town.Version() == country.Version() {
		t.Error("the version does not tell the town's days")
	}
	if same, err := country.With(nil); err != nil || same != country {
		t.Error("a town without days of its own has a calendar of its own")
	}
	if _, err := country.With([]deadline.Extra{{Date: date(t, "2026-12-28"), Name: named("x"), Working: true}}); code(err) != deadline.SpecConflict {
		t.Errorf("a town works on the day off for 26 December: %v", err)
	}
	e := town.Explain(date(t, "2026-11-19"), false, deadline.SameDay, term(t, "2 working days"))
	var story []string
	for _, d := range e.Days {
		for _, r := range d.Reasons {
			story = append(story, fmt.Sprintf("%v %s %s %s %s", d.Date, d.Role, r.Kind, r.Scope, r.Basis))
		}
	}
	want := []string{
		"2026-11-20 skipped declared town Order 7",
		"2026-11-21 counted declared_working town Order 7",
		"2026-11-22 skipped weekend country ",
	}
	if !slices.Equal(story, want) || e.Due.String() != "2026-11-23" {
		t.Errorf("due %v\n%s", e.Due, strings.Join(story, "\n"))
	}
}

// Where country and town contradict each other over a Saturday, nobody is there,
// whoever of them declared it off.
func TestADayOffWinsOverAWorkingDay(t *testing.T) {
	saturday := date(t, "2026-11-21")
	for _, countryWorks := range []bool{true, false} {
		spec := small()
		spec.Extra = []deadline.Extra{{Date: saturday, Name: named("Country's"), Working: countryWorks, Scope: deadline.Country}}
		country, err := deadline.Compile(spec)
		if err != nil {
			t.Fatal(err)
		}
		town, err := country.With([]deadline.Extra{{Date: saturday, Name: named("Town's"), Working: !countryWorks}})
		if err != nil {
			t.Fatal(err)
		}
		if country.IsWorking(saturday) != countryWorks || town.IsWorking(saturday) {
			t.Errorf("country works: %v; the country's calendar says %v, the town's %v", countryWorks, country.IsWorking(saturday), town.IsWorking(saturday))
		}
	}
}

func TestHolidaysOfAYear(t *testing.T) {
	var list []string
	for _, h := range pack(t, "bg").Holidays(2026) {
		line := h.Date.String() + " " + string(h.Kind) + " " + h.Name["en"]
		if h.For != 0 {
			line += " of " + h.For.String()
		}
		list = append(list, line)
	}
	want := strings.Split(strings.TrimSpace(`
2026-01-01 holiday New Year’s Day
2026-01-02 declared Day after New Year’s Day
2026-03-03 holiday Day of Liberation of Bulgaria from Ottoman Rule
2026-04-10 holiday Orthodox Good Friday
2026-04-11 holiday Orthodox Holy Saturday
2026-04-12 holiday Orthodox Easter Sunday
2026-04-13 holiday Orthodox Easter Monday
2026-05-01 holiday Labour Day and Day of International Workers’ Solidarity
2026-05-06 holiday St George’s Day, Day of Valour and the Bulgarian Army
2026-05-24 holiday Day of the Holy Brothers Cyril and Methodius, of the Bulgarian Alphabet, Education and Culture and of Slavonic Letters
2026-05-25 substitute Day of the Holy Brothers Cyril and Methodius, of the Bulgarian Alphabet, Education and Culture and of Slavonic Letters of 2026-05-24
2026-09-06 holiday Unification Day
2026-09-07 substitute Unification Day of 2026-09-06
2026-09-22 holiday Independence Day of Bulgaria
2026-12-24 holiday Christmas Eve
2026-12-25 holiday Christmas Day
2026-12-26 holiday Second Day of Christmas
2026-12-28 substitute Second Day of Christmas of 2026-12-26`), "\n")
	if !slices.Equal(list, want) {
		t.Errorf("got\n%s", strings.Join(list, "\n"))
	}
	if got := len(pack(t, "lt").Holidays(2026)); got != 16 {
		t.Errorf("Lithuania has %d holidays in 2026, want 16", got)
	}
	if got := pack(t, "lt").Holidays(1989); got != nil {
		t.Errorf("1989: %v", got)
	}
}
