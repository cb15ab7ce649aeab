package deadline_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"charterhouse/internal/deadline"

	"go.yaml.in/yaml/v3"
)

func code(err error) deadline.Code {
	var e *deadline.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestEveryDateIsTheOneThatPackageTimeKnows(t *testing.T) {
	want := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := deadline.First; d <= deadline.Last; d++ {
		y, m, day := d.Civil()
		if y != want.Year() || m != want.Month() || day != want.Day() || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %v %v, want %v", d, d, d.Weekday(), want)
		}
		if d.String() != want.Format(time.DateOnly) {
			t.Fatalf("%v is written %q", want, d.String())
		}
		if back, err := deadline.ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%v is read as %v, %v", d, back, err)
		}
		want = want.AddDate(0, 0, 1)
	}
	if want.Format(time.DateOnly) != "2101-01-01" {
		t.Fatalf("the last day is before %v", want)
	}
}

func TestParseDateRefuses(t *testing.T) {
	cases := map[string]deadline.Code{
		"":                 deadline.DateForm,
		"2026-1-5":         deadline.DateForm,
		"05.01.2026":       deadline.DateForm,
		"2026/01/05":       deadline.DateForm,
		"2026-01-05 ":      deadline.DateForm,
		"2026-01-05T10:00": deadline.DateForm,
		"٢٠٢٦-٠١-٠٥":       deadline.DateForm,
		"+026-01-05":       deadline.DateForm,
		"2026-01-\x005":    deadline.DateForm,
		"2026-02-29":       deadline.DateNone,
		"2026-02-30":       deadline.DateNone,
		"2026-04-31":       deadline.DateNone,
		"2026-13-01":       deadline.DateNone,
		"2026-00-10":       deadline.DateNone,
		"2026-01-00":       deadline.DateNone,
		"2100-02-29":       deadline.DateNone,
		"1989-12-31":       deadline.DateRange,
		"2101-01-01":       deadline.DateRange,
		"0000-01-01":       deadline.DateRange,
		"9999-12-31":       deadline.DateRange,
	}
	for in, want := range cases {
		if d, err := deadline.ParseDate(in); code(err) != want || d != 0 {
			t.Errorf("%q: %v, %v; want %s", in, d, err, want)
		}
	}
}

func TestDatesBeyondTheCenturyAreNoDates(t *testing.T) {
	for name, d := range map[string]deadline.Date{
		"day after the last":  deadline.Last.AddDays(1),
		"day before first":    deadline.First.AddDays(-1),
		"month after last":    deadline.Last.AddMonths(1),
		"month before first":  deadline.First.AddMonths(-1),
		"far":                 deadline.First.AddDays(1 << 40),
		"far back":            deadline.Last.AddMonths(-1 << 40),
		"from no date":        deadline.Date(0).AddDays(5),
		"month from no date":  deadline.Date(0).AddMonths(1),
		"a moment before":     deadline.Of(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC),
		"an integer":          deadline.Date(-7).AddDays(8),
		"a zero time":         deadline.Of(time.Time{}, time.UTC),
		"integer past 2100":   deadline.Date(1 << 30).AddDays(-1 << 29),
		"months from integer": deadline.Date(1 << 30).AddMonths(1),
	} {
		if !d.IsZero() {
			t.Errorf("%s: %d", name, d)
		}
	}
	if got := deadline.Date(1 << 30).String(); got != "" {
		t.Errorf("an integer that is no date is written %q", got)
	}
}

func TestTheDayIsTheTownsOwn(t *testing.T) {
	vilnius, sofia := zone(t, "Europe/Vilnius"), zone(t, "Europe/Sofia")
	cases := []struct {
		at   string
		zone *time.Location
		want string
	}{
		{"2026-11-20T21:59:59Z", vilnius, "2026-11-20"},
		{"2026-11-20T22:00:00Z", vilnius, "2026-11-21"}, // midnight in winter is +02
		{"2026-06-20T20:59:59Z", sofia, "2026-06-20"},
		{"2026-06-20T21:00:00Z", sofia, "2026-06-21"}, // and +03 in summer
		{"2026-03-29T00:30:00Z", vilnius, "2026-03-29"},
		{"2026-10-25T21:30:00Z", sofia, "2026-10-25"}, // the day of 25 hours
		{"2026-10-24T21:00:00Z", sofia, "2026-10-25"},
		{"2026-12-31T23:00:00Z", vilnius, "2027-01-01"},
	}
	for _, c := range cases {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := deadline.Of(at, c.zone); got.String() != c.want {
			t.Errorf("%s in %v: %v, want %s", c.at, c.zone, got, c.want)
		}
	}
	if got := date(t, "2026-03-29").In(vilnius); got.Format(time.RFC3339) != "2026-03-29T00:00:00+02:00" {
		t.Errorf("the day begins at %v", got)
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestDatesAndTermsTravel(t *testing.T) {
	type row struct {
		Day  deadline.Date `json:"day" yaml:"day"`
		None deadline.Date `json:"none" yaml:"none"`
		Term deadline.Term `json:"term" yaml:"term"`
	}
	in := row{Day: date(t, "2026-01-02"), Term: term(t, "less than 3 working days")}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"day":"2026-01-02","none":"","term":"less than 3 working days"}` {
		t.Fatalf("%s, %v", text, err)
	}
	var out row
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Fatalf("%v, %v", out, err)
	}
	text, err = yaml.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	out = row{}
	if err := yaml.Unmarshal(text, &out); err != nil || out != in {
		t.Fatalf("%s: %v, %v", text, out, err)
	}
	// A bare date is a timestamp to YAML; people write it so.
	if err := yaml.Unmarshal([]byte("day: 2026-01-03"), &out); err != nil || out.Day.String() != "2026-01-03" {
		t.Fatalf("%v, %v", out.Day, err)
	}
	if err := yaml.Unmarshal([]byte("day: 2026-02-30"), &out); err == nil {
		t.Error("2026-02-30 was accepted")
	}
}

func TestDatesAndTermsAreStored(t *testing.T) {
	d := date(t, "2026-10-25")
	value, err := d.Value()
	if err != nil || value != "2026-10-25" {
		t.Fatalf("%v, %v", value, err)
	}
	if none, err := deadline.Date(0).Value(); none != nil || err != nil {
		t.Fatalf("no date is stored as %v, %v", none, err)
	}
	// A driver gives a date as midnight of some zone; converting it could move it.
	for _, src := range []any{
		"2026-10-25", []byte("2026-10-25"), time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 25, 0, 0, 0, 0, zone(t, "Pacific/Auckland")),
	} {
		var got deadline.Date
		if err := got.Scan(src); err != nil || got != d {
			t.Errorf("%v: %v, %v", src, got, err)
		}
	}
	got := d
	if err := got.Scan(nil); err != nil || got != 0 {
		t.Errorf("NULL: %v, %v", got, err)
	}
	for _, src := range []any{7, "tomorrow", time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if err := got.Scan(src); err == nil {
			t.Errorf("%v was read as %v", src, got)
		}
	}
	v := term(t, "1 month")
	if stored, err := v.Value(); stored != "1 month" || err != nil {
		t.Errorf("%v, %v", stored, err)
	}
	var back deadline.Term
	if err := back.Scan([]byte("1 month")); err != nil || back != v {
		t.Errorf("%v, %v", back, err)
	}
	if err := back.Scan(nil); err != nil || !back.IsZero() {
		t.Errorf("NULL: %v, %v", back, err)
	}
	if err := back.Scan(3); err == nil {
		t.Error("a number was read as a term")
	}
}
