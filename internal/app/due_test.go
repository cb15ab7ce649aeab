package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"charterhouse/internal/app"
	"charterhouse/locales"
	"charterhouse/tenants"
)

func dueFiles() app.DueFiles { return app.DueFiles{Packs: tenants.Files, Locales: locales.Files} }

func TestDuePrintsTheDateAndWhy(t *testing.T) {
	cases := map[string]struct {
		o    app.DueOptions
		want string
	}{
		"in English": {
			app.DueOptions{Calendar: "bg", Received: "2025-12-30", Term: "2 working days", Lang: "en"}, `2026-01-06
Answer by Tuesday 6 January 2026 at the latest.

  2025-12-30  Tuesday    Day of receipt. It is not counted.
  2025-12-31  Wednesday  Declared day off: Day before New Year’s Day. Basis: Решение № 808 на Министерския съвет от 19.11.2025 г., КТ чл. 154, ал. 3.
  2026-01-01  Thursday   New Year’s Day, a public holiday.
  2026-01-02  Friday     Declared day off: Day after New Year’s Day. Basis: Решение № 808 на Министерския съвет от 19.11.2025 г., КТ чл. 154, ал. 3.
  2026-01-03  Saturday   Weekend.
  2026-01-04  Sunday     Weekend.
  2026-01-05  Monday     The first day that counts.
  2026-01-06  Tuesday    Working day 2, the last day.

Calendar bg, version 2026-01-`},
		"in Lithuanian, after hours": {
			app.DueOptions{Calendar: "lt", Received: "2026-11-20", Term: "less than 2 working days", OutsideHours: "next_working_day", Lang: "lt"}, `2026-11-24
Atsakymas – ne vėliau kaip 2026 m. lapkričio 24 d., antradienį.
Terminą „greičiau nei per 2 darbo dienas“ suprantame pažodžiui: skaičiuojama tik 1 darbo diena.

  2026-11-20  penktadienis  Gauta ne darbo laiku, todėl laikoma, kad gauta kitą darbo dieną – 2026 m. lapkričio 23 d., pirmadienį.
  2026-11-21  šeštadienis   Poilsio diena.
  2026-11-22  sekmadienis   Poilsio diena.
  2026-11-23  pirmadienis   Laikoma, kad gauta šią dieną. Ji neskaičiuojama.
  2026-11-24  antradienis   Sueina 1 darbo diena. Termino pabaiga.

Kalendorius lt, versija 2026-01-`},
	}
	for name, c := range cases {
		var out bytes.Buffer
		if err := app.Due(c.o, dueFiles(), &out); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := strings.ReplaceAll(out.String(), "\u00a0", " "); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestDueAsJSON(t *testing.T) {
	var out bytes.Buffer
	o := app.DueOptions{Calendar: "bg", Received: "2026-11-20", Term: "1 month", Lang: "bg", JSON: true}
	if err := app.Due(o, dueFiles(), &out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Due, Received, Term, Calendar, Version string
		Steps                                  []struct{ Date, Role, Kind, Text string }
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Due != "2026-12-21" || got.Received != "2026-11-20" || got.Term != "1 month" || got.Calendar != "bg" || got.Version == "" {
		t.Errorf("%+v", got)
	}
	last := got.Steps[len(got.Steps)-1]
	if last.Date != "2026-12-21" || last.Role != "moved" || last.Text == "" {
		t.Errorf("%+v", last)
	}
}

func TestDueRefuses(t *testing.T) {
	good := app.DueOptions{Calendar: "lt", Received: "2026-11-20", Term: "1 month", Lang: "en"}
	cases := map[string]func(*app.DueOptions){
		`no calendar "xx"; there are bg, lt`:           func(o *app.DueOptions) { o.Calendar = "xx" },
		`no calendar "../lt"`:                          func(o *app.DueOptions) { o.Calendar = "../lt" },
		`received: "20.11.2026": write the date as`:    func(o *app.DueOptions) { o.Received = "20.11.2026" },
		`term: "soon": write a term such as`:           func(o *app.DueOptions) { o.Term = "soon" },
		`outside hours: "later": same_day or`:          func(o *app.DueOptions) { o.OutsideHours = "later" },
		`no language "fr"; there are bg, en, lt`:       func(o *app.DueOptions) { o.Lang = "fr" },
		`ends after 2100-12-31, where the calendar en`: func(o *app.DueOptions) { o.Received = "2100-12-20" },
	}
	for want, spoil := range cases {
		o := good
		spoil(&o)
		var out bytes.Buffer
		if err := app.Due(o, dueFiles(), &out); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("want %q, got %v and %q", want, err, out.String())
		}
	}
}

func TestDueCSV(t *testing.T) {
	cases := map[string]struct{ in, out string }{
		"plain":            {"lt,2026-11-20,20 working days,\n", "lt,2026-11-20,20 working days,,2026-12-18\n"},
		"with a heading":   {"calendar,received,term,outside_hours\nbg,2026-11-20,1 month,next_working_day\n", "calendar,received,term,outside_hours,due\nbg,2026-11-20,1 month,next_working_day,2026-12-23\n"},
		"mark and CRLF":    {"\xef\xbb\xbfcalendar,received,term,outside_hours\r\nlt,2026-11-20,same working day,same_day\r\n", "calendar,received,term,outside_hours,due\nlt,2026-11-20,same working day,same_day,2026-11-20\n"},
		"mark, no head":    {"\xef\xbb\xbflt,2026-11-20,14 days,", "lt,2026-11-20,14 days,,2026-12-04\n"},
		"three columns":    {"lt,2026-11-20,14 days\n", "lt,2026-11-20,14 days,,2026-12-04\n"},
		"quotes, blanks":   {"\n\"lt\", 2026-11-20 ,\"less than 3 working days\",\n\n", "\"lt\", 2026-11-20 ,\"less than 3 working days\",,2026-11-24\n"},
		"nothing":          {"", ""},
		"only a heading":   {"calendar,received,term,outside_hours", "calendar,received,term,outside_hours,due\n"},
		"both countries":   {"lt,2026-12-23,1 working day,\nbg,2026-12-23,1 working day,\n", "lt,2026-12-23,1 working day,,2026-12-28\nbg,2026-12-23,1 working day,,2026-12-29\n"},
		"the design's own": {"bg,2026-04-02,20 working days,\n", "bg,2026-04-02,20 working days,,2026-05-05\n"},
	}
	for name, c := range cases {
		var out bytes.Buffer
		if err := app.DueCSV(tenants.Files, strings.NewReader(c.in), &out); err != nil || out.String() != c.out {
			t.Errorf("%s: %q, %v", name, out.String(), err)
		}
	}
}

func TestDueCSVStopsAtABadRow(t *testing.T) {
	good := "lt,2026-11-20,1 month,\n"
	cases := map[string]string{
		"lt,2026-02-30,1 month,":                             `line 2: received: "2026-02-30": no such day`,
		"lt,2026-11-20,1 fortnight,":                         `line 2: term: "1 fortnight"`,
		"lt,2026-11-20,1 month,perhaps":                      `line 2: outside hours: "perhaps"`,
		"ee,2026-11-20,1 month,":                             `line 2: no calendar "ee"`,
		"lt;2026-11-20;1 month;":                             "line 2: 1 columns; write calendar,received,term,outside_hours",
		"lt,2026-11-20,1 month,,2026-12-21":                  "line 2: 5 columns",
		"calendar,received,term,outside_hours":               `line 2: no calendar "calendar"`,
		`lt,"2026-11-20,1 month,`:                            "line 2: not a row of CSV",
		"lt,2026-11-20\x00,1 month,":                         "line 2: the row holds a NUL byte",
		"lt,2100-12-31,1 month,":                             "line 2: the term ends after 2100",
		"lt,2026-11-20,1 month," + strings.Repeat(" ", 5000): "line 2: the row is longer than 4096 bytes",
		"\n\nlt,2026-11-20,0 days,":                          `line 4: term: "0 days": at least 1`,
	}
	for bad, want := range cases {
		var out bytes.Buffer
		err := app.DueCSV(tenants.Files, strings.NewReader(good+bad+"\n"+good), &out)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", bad, err, want)
		}
		if out.String() != "lt,2026-11-20,1 month,,2026-12-21\n" {
			t.Errorf("%q: wrote %q", bad, out.String())
		}
	}
}

func TestDueCSVTellsOfABrokenPipe(t *testing.T) {
	broken := errors.New("disk full")
	in := strings.NewReader("lt,2026-11-20,1 month,\n")
	if err := app.DueCSV(tenants.Files, iotest.ErrReader(broken), io.Discard); !errors.Is(err, broken) {
		t.Errorf("reading: %v", err)
	}
	if err := app.DueCSV(tenants.Files, in, failing{broken}); !errors.Is(err, broken) {
		t.Errorf("writing: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// The table that the counting is held to goes through the command as well.
func TestDueCSVGivesTheHandMadeDates(t *testing.T) {
	f, err := os.Open("../deadline/testdata/due.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var in, want bytes.Buffer
	for _, row := range rows {
		in.WriteString(strings.Join(row[:4], ",") + "\n")
		want.WriteString(strings.Join(row[:5], ",") + "\n")
	}
	var out bytes.Buffer
	if err := app.DueCSV(tenants.Files, &in, &out); err != nil || out.String() != want.String() {
		t.Errorf("%v\n%s", err, out.String())
	}
	if len(rows) < 150 {
		t.Errorf("%d rows", len(rows))
	}
}
