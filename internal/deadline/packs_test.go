package deadline_test

import (
	"os"
	"path/filepath"
	"testing"

	"charterhouse/internal/deadline"

	"go.yaml.in/yaml/v3"
)

// packs are the calendars as the countries' packs write them; the tables of these
// tests are about them and not about a copy.
func pack(t testing.TB, country string) *deadline.Calendar {
	t.Helper()
	c, err := deadline.Compile(packSpec(t, country))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func packSpec(t testing.TB, country string) deadline.CalendarSpec {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "tenants", "packs", country, "calendar.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Version  string           `yaml:"version"`
		Weekly   []string         `yaml:"weekly"`
		Holidays []deadline.Rule  `yaml:"holidays"`
		Extra    []deadline.Extra `yaml:"extra_days"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for i := range file.Extra {
		file.Extra[i].Scope = deadline.Country
	}
	return deadline.CalendarSpec{
		Key: country, Version: file.Version, Weekly: file.Weekly, Rules: file.Holidays, Extra: file.Extra,
	}
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
