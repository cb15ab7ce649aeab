package i18n_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/locales"
)

// catalog is the real one; whatever cannot be said fails the test.
func catalog(t testing.TB) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c.Reporting(func(err error) { t.Error(err) })
}

// small is a catalog with the words of English and some more.
func small(t testing.TB, more string) (*i18n.Catalog, error) {
	t.Helper()
	raw, err := locales.Files.ReadFile("active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	return i18n.Load(fstest.MapFS{"active.en.toml": {Data: []byte(string(raw) + "\n" + more)}})
}

func date(t testing.TB, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func term(t testing.TB, s string) deadline.Term {
	t.Helper()
	v, err := deadline.ParseTerm(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLanguages(t *testing.T) {
	c := catalog(t)
	if got := strings.Join(c.Languages(), " "); got != "bg en lt" {
		t.Errorf("languages: %s", got)
	}
	if !c.Has("lt") || c.Has("de") || c.Has("") {
		t.Error("Has does not tell the languages there are")
	}
}

// TestArgumentsAreWorded passes each sort of value a message can take.
func TestArgumentsAreWorded(t *testing.T) {
	c, err := small(t, `
x.plain = "{{.V}}"
x.quoted = "{{.V.quoted}}"
x.or = "{{.V.or}}"
x.full = "{{.V.full}}"
x.percent = "{{.V.percent}}"
x.two = "<{{.A}}|{{.B}}>"
`)
	if err != nil {
		t.Fatal(err)
	}
	c = c.Reporting(func(err error) { t.Error(err) })
	tenth := 4.2
	for _, x := range []struct {
		key   i18n.Key
		value any
		want  string
	}{
		{"x.plain", "as it is", "as it is"},
		{"x.plain", 12345, "12\u00a0345"},
		{"x.plain", int64(-7), "−7"},
		{"x.plain", 1234.5, "1\u00a0234.5"},
		{"x.plain", &tenth, "4.2"},
		{"x.plain", date(t, "2026-11-20"), "20 November 2026"},
		{"x.full", date(t, "2026-11-20"), "Friday 20 November 2026"},
		{"x.plain", deadline.Date(0), ""},
		{"x.plain", term(t, "less than 3 working days"), "in less than 3 working days"},
		{"x.plain", []string{"a", "b", "c"}, "a, b and c"},
		{"x.or", []string{"a", "b"}, "a or b"},
		{"x.plain", i18n.Key("language.lt"), "Lietuvių"},
		{"x.plain", i18n.Text{"lt": "Klaipėda"}, "Klaipėda"},
		{"x.plain", i18n.Text{"lt": "Klaipėda", "en": "Memel"}, "Memel"},
		{"x.quoted", "a", "“a”"},
		{"x.percent", 87.3, "87.3%"},
	} {
		if got := c.Say("en", x.key, i18n.Args{"V": x.value}); got != x.want {
			t.Errorf("%s with %v: %q, want %q", x.key, x.value, got, x.want)
		}
	}
	if got := c.Say("en", "x.two", i18n.Args{"A": "{{.B}}", "B": "%!d"}); got != "<{{.B}}|%!d>" {
		t.Errorf("an argument was read as a placeholder: %s", got)
	}
}

// TestWhatCannotBeSaidIsReported also tells what the reader sees: the key.
func TestWhatCannotBeSaidIsReported(t *testing.T) {
	c, err := small(t, `
x.name = "{{.Name}}"
x.form = "{{.Name.upside}}"
x.count.one = "{{.Count}} a"
x.count.other = "{{.Count}} b"
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		lang, key string
		args      i18n.Args
		want      string
	}{
		{"en", "no.such.key", nil, "no.such.key"},
		{"de", "language.lt", nil, `no language "de"`},
		{"en", "x.name", nil, "argument Name is missing"},
		{"en", "x.name", i18n.Args{"Name": struct{}{}}, "cannot put"},
		{"en", "x.name", i18n.Args{"Name": i18n.Key("no.such.key")}, "no.such.key"},
		{"en", "x.form", i18n.Args{"Name": "a"}, `no form "upside"`},
		{"en", "x.form", i18n.Args{"Name": date(t, "2026-01-01")}, `no form "upside"`},
		{"en", "x.count", i18n.Args{"Count": "many"}, "Count"},
		{"en", "x.count", nil, "Count"},
	} {
		var reported error
		heard := c.Reporting(func(err error) { reported = err })
		if got := heard.Say(x.lang, i18n.Key(x.key), x.args); got != x.key {
			t.Errorf("%s: the reader sees %q, want the key", x.key, got)
		}
		if reported == nil || !strings.Contains(reported.Error(), x.want) {
			t.Errorf("%s: reported %v, want something about %q", x.key, reported, x.want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, x := range map[string]struct{ more, want string }{
		"logic":       {`x = "{{if .A}}a{{end}}"`, "write {{.Name}}"},
		"call":        {`x = "{{.A.B.C}}"`, "write {{.Name}}"},
		"open":        {`x = "{{.A"`, "write {{.Name}}"},
		"space":       {`x = "{{ .A }}"`, "write {{.Name}}"},
		"number":      {`x = 5`, "no text"},
		"twice":       {`language.lt = "a"`, "language"},
		"twice apart": {`"language.lt" = "a"`, "stands twice"},
		"no toml":     {`x`, "toml"},
	} {
		if _, err := small(t, x.more); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want something about %q", name, err, x.want)
		}
	}
	if _, err := i18n.Load(fstest.MapFS{}); err == nil {
		t.Error("a catalog of no language was accepted")
	}
	english, err := locales.Files.ReadFile("active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ old, new, want string }{
		{`date.months = "January `, `date.months = "`, "11 names"},
		{`date.weekdays = "Monday `, `date.weekdays = "`, "6 names"},
		{`date.long = "{{.Day}}`, `date.long = "{{.Dag}}`, "no Dag"},
		{`date.long = "`, `date.longish = "`, "date.long"},
		{`number.group_from = "4"`, `number.group_from = "four"`, "group_from"},
		{`number.decimal = "."`, `number.decimal = ""`, "missing"},
		{`number.percent = "{{.Number}}%"`, `number.percent = "%"`, "{{.Number}}"},
	} {
		changed := strings.Replace(string(english), x.old, x.new, 1)
		_, err := i18n.Load(fstest.MapFS{"active.en.toml": {Data: []byte(changed)}})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want something about %q", x.new, err, x.want)
		}
	}
	if _, err := i18n.Load(fstest.MapFS{"active.!.toml": {Data: english}}); err == nil {
		t.Error("a file of no language was accepted")
	}
}

// TestManyAtOnce says things from many goroutines, for the race detector; what
// cannot be said goes to the log as it does in service.
func TestManyAtOnce(t *testing.T) {
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for n := range 50 {
				for _, lang := range c.Languages() {
					c.Say(lang, i18n.KeyWorkingDays, i18n.Args{"Count": n})
					c.DateSentence(lang, deadline.First+deadline.Date(n))
					c.TermWithin(lang, deadline.Term{})
					c.Say(lang, "no.such.key", nil)
					i18n.Match("bg;q=0.8, lt", c.Languages())
				}
			}
		})
	}
	all.Wait()
}

func TestTryGivesTheError(t *testing.T) {
	if _, err := catalog(t).Try("lt", "no.such.key", nil); err == nil || errors.Unwrap(err) == nil {
		t.Errorf("Try: %v", err)
	}
}

func BenchmarkSayFixed(b *testing.B) {
	c := catalog(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Say("lt", i18n.KeyLanguageLT, nil)
	}
}

func BenchmarkSayPlural(b *testing.B) {
	c := catalog(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Say("lt", i18n.KeyWorkingDays, i18n.Args{"Count": 21})
	}
}

func BenchmarkDateSentence(b *testing.B) {
	c := catalog(b)
	d := date(b, "2026-12-18")
	b.ReportAllocs()
	for b.Loop() {
		c.DateSentence("lt", d)
	}
}

func BenchmarkMatch(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		i18n.Match("bg-BG,bg;q=0.9,en;q=0.8", []string{"lt", "en"})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := i18n.Load(locales.Files); err != nil {
			b.Fatal(err)
		}
	}
}
