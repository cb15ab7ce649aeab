package i18n_test

import (
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/i18n"
)

func TestMatch(t *testing.T) {
	towns := map[string][]string{"lt": {"lt", "en"}, "bg": {"bg", "en"}, "all": {"en", "lt", "bg"}}
	for _, x := range []struct{ header, town, want string }{
		{"", "lt", "lt"},
		{"lt", "lt", "lt"},
		{"en-US,en;q=0.9", "lt", "en"},
		{"en-GB", "all", "en"},
		{"bg-BG,bg;q=0.9,en;q=0.8", "lt", "en"},
		{"bg-BG,bg;q=0.9", "all", "bg"},
		{"lt;q=0.1, bg;q=0.9", "all", "bg"},
		{"zh, ja", "lt", "lt"},
		{"*", "bg", "bg"},
		{"lt;q=0", "all", "en"},
		{"LT_lt", "all", "lt"},
		{"lt-u-nu-arab", "all", "lt"},
		{"x-klingon", "lt", "lt"},
		{";;;,,,q=", "lt", "lt"},
		{strings.Repeat("en,", 300) + "bg", "lt", "lt"},
		{strings.Repeat("-", 500), "bg", "bg"},
		{"\x00\xff", "bg", "bg"},
	} {
		if got := i18n.Match(x.header, towns[x.town]); got != x.want {
			t.Errorf("%q offered %s: %s, want %s", x.header, x.town, got, x.want)
		}
	}
	if got := i18n.Match("lt", nil); got != "" {
		t.Errorf("nothing offered: %q", got)
	}
}

func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"lt,en;q=0.5", "bg-BG", "*;q=0", "a-b-c-d-e-f-g-h", "en-u-co-phonebk-x-a", "\x80", strings.Repeat("a-", 200)} {
		f.Add(seed)
	}
	offered := []string{"bg", "lt", "en"}
	f.Fuzz(func(t *testing.T, header string) {
		if got := i18n.Match(header, offered); !slices.Contains(offered, got) {
			t.Errorf("%q: %q was not offered", header, got)
		}
	})
}

func FuzzReadDate(f *testing.F) {
	f.Add("16.11.2026 г.")
	f.Add("2026-11-16")
	f.Fuzz(func(t *testing.T, typed string) {
		d, err := i18n.ReadDate(typed)
		if err == nil && d.IsZero() {
			t.Errorf("%q was read as no date", typed)
		}
		again, _ := i18n.ReadDate(d.String())
		if again != d {
			t.Errorf("%q: %s is read as %s", typed, d, again)
		}
	})
}
