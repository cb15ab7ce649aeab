package address_test

import (
	"testing"

	"charterhouse/internal/address"
)

func TestPathAndSplit(t *testing.T) {
	for _, c := range []struct{ whole, lang, rest string }{
		{"/lt/", "lt", "/"},
		{"/lt/charter", "lt", "/charter"},
		{"/bg/charter/versions/2", "bg", "/charter/versions/2"},
	} {
		if got := address.Path(c.lang, c.rest); got != c.whole {
			t.Errorf("Path(%q, %q) = %q, want %q", c.lang, c.rest, got, c.whole)
		}
		if lang, rest := address.Split(c.whole); lang != c.lang || rest != c.rest {
			t.Errorf("Split(%q) = %q, %q", c.whole, lang, rest)
		}
	}
	for path, want := range map[string][2]string{
		"/": {"", ""}, "": {"", ""}, "/lt": {"lt", ""}, "//evil.example/": {"", "/evil.example/"},
	} {
		if lang, rest := address.Split(path); lang != want[0] || rest != want[1] {
			t.Errorf("Split(%q) = %q, %q; want %q", path, lang, rest, want)
		}
	}
}

func TestCanonical(t *testing.T) {
	for path, want := range map[string]string{
		"/lt":                "/lt/",
		"/lt/charter/":       "/lt/charter",
		"/lt/commitments/x/": "/lt/commitments/x",
		"/lt/":               "",
		"/lt/charter":        "",
		"/":                  "",
		"":                   "",
		"//":                 "",
		"//evil.example/":    "",
		"/lt/charter//":      "",
		"/lt//":              "",
	} {
		got, ok := address.Canonical(path)
		if got != want || ok != (want != "") {
			t.Errorf("Canonical(%q) = %q, %v; want %q", path, got, ok, want)
		}
	}
}
