package i18n

import (
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Collate gives the order of a dictionary of the language, for slices.SortFunc:
// in Lithuanian ą comes after a, č after c, y together with i; capitals do not
// matter. The function may be used by one goroutine at a time.
func Collate(lang string) func(a, b string) int {
	c := collate.New(language.Make(lang))
	return func(a, b string) int {
		if n := c.CompareString(a, b); n != 0 {
			return n
		}
		return strings.Compare(a, b) // no two different names are equal: pages stay stable
	}
}

// Fold makes what people type comparable with what is written: small letters
// without diacritics („Šiauliai“ -> "siauliai").
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
