package i18n_test

import (
	"testing"

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

func date(t testing.TB, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateSmoke(t *testing.T) {
	c := catalog(t)
	for _, l := range c.Languages() {
		d := date(t, "2026-12-18")
		t.Log(c.DateLong(l, d), "|", c.DateFull(l, d), "|", c.DateSentence(l, d), "|", c.DateShort(l, d), "|", c.Number(l, -12345.678, 1), "|", c.Percent(l, 87.25, 1))
		for _, s := range []string{"less than 3 working days", "1 month"} {
			tm, _ := deadline.ParseTerm(s)
			t.Log(c.TermWithin(l, tm))
		}
	}
}
