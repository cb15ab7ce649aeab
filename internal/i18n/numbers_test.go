package i18n_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/i18n"
)

func TestNumbers(t *testing.T) {
	c := catalog(t)
	for _, x := range []struct {
		lang     string
		n        float64
		decimals int
		want     string
	}{
		{"lt", 1234.5, -1, "1~234,5"}, {"lt", 999, 0, "999"}, {"lt", 1000, 0, "1~000"}, {"lt", 1234567.891, 2, "1~234~567,89"},
		{"lt", -5, 0, "−5"}, {"lt", -1234.5, 1, "−1~234,5"}, {"lt", 0, 1, "0,0"}, {"lt", -0.04, 1, "0,0"},
		{"bg", 1234.5, -1, "1234,5"}, {"bg", 12345.67, 2, "12~345,67"}, {"bg", 9999, 0, "9999"}, {"bg", 10000, 0, "10~000"}, {"bg", -5, 0, "-5"},
		{"en", 1234.5, -1, "1~234.5"}, {"en", -5, 0, "−5"},
		// Half is rounded away from zero, also where the stored number is a little less.
		{"lt", 2.675, 2, "2,68"}, {"lt", 0.5, 0, "1"}, {"lt", 1.5, 0, "2"}, {"lt", 2.5, 0, "3"}, {"lt", -2.5, 0, "−3"}, {"lt", 1.005, 2, "1,01"},
		{"lt", 93.84955, 1, "93,8"}, {"lt", 99.95, 1, "100,0"}, {"lt", 1e15, 0, "1~000~000~000~000~000"},
		{"lt", math.NaN(), 1, "–"}, {"bg", math.Inf(1), 0, "–"},
	} {
		if got := shown(c.Number(x.lang, x.n, x.decimals)); got != x.want {
			t.Errorf("%s %v with %d decimals: %s, want %s", x.lang, x.n, x.decimals, got, x.want)
		}
	}
	if got := shown(c.Int("lt", -12345)); got != "−12~345" {
		t.Error(got)
	}
}

func TestPercent(t *testing.T) {
	c := catalog(t)
	for lang, want := range map[string]string{"lt": "87,3~%", "bg": "87,3%", "en": "87.3%"} {
		if got := shown(c.Percent(lang, 87.3, 1)); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

func TestListsAndQuotes(t *testing.T) {
	c := catalog(t)
	for _, x := range []struct{ got, want string }{
		{c.List("lt", nil), ""},
		{c.List("lt", []string{"a"}), "a"},
		{c.List("lt", []string{"a", "b"}), "a ir b"},
		{c.List("lt", []string{"a", "b", "c"}), "a, b ir c"},
		{c.List("bg", []string{"а", "б", "в"}), "а, б и в"},
		{c.List("en", []string{"a", "b", "c"}), "a, b and c"},
		{c.Choice("lt", []string{"a", "b"}), "a arba b"},
		{c.Choice("bg", []string{"а", "б"}), "а или б"},
		{c.Choice("en", []string{"a", "b"}), "a or b"},
		{c.Quote("lt", "x"), "„x“"}, {c.Quote("bg", "х"), "„х“"}, {c.Quote("en", "x"), "“x”"},
	} {
		if x.got != x.want {
			t.Errorf("%s, want %s", x.got, x.want)
		}
	}
}

func TestCollate(t *testing.T) {
	for lang, want := range map[string]string{
		"lt": "Akmenė Alytus Ąžuolynas Birštonas Cibulis Čekiškė Ignalina ylakiai Ylakiai Izba Jonava Skuodas Šakiai Zarasai Žagarė",
		"bg": "Банско Велико Гоце Дупница Елена Ямбол",
		"en": "apple Banana Éclair Zebra",
	} {
		sorted := strings.Fields(want)
		names := slices.Clone(sorted)
		slices.Reverse(names)
		slices.SortFunc(names, i18n.Collate(lang))
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s\nwant %s", lang, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"Šiauliai": "siauliai", "PANEVĖŽYS": "panevezys", "Ąžuolų": "azuolu", "Пещера": "пещера", "Троян ЙОРДАН": "троян иордан", "": "",
	} {
		if got := i18n.Fold(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}
