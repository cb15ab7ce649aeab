package web

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCheckInput(t *testing.T) {
	many := "?" + strings.Repeat("a=b&", maxParams) + "a=b"
	for target, want := range map[string]error{
		"/lt/charter":                          nil,
		"/lt/search?q=%C5%A1iauliai":           nil,
		"/lt/search?q=a%0Ab":                   nil,
		"/lt/%D0%BF":                           nil,
		"/lt/a%0d%0aX:b":                       errUnreadable,
		"/lt/charter%00":                       errUnreadable,
		"/lt/%ff":                              errUnreadable,
		"/lt/%1b[31m":                          errUnreadable,
		"/lt/search?q=%00":                     errUnreadable,
		"/lt/search?q=%ff":                     errUnreadable,
		"/lt/search?%00=a":                     errUnreadable,
		"/lt/search?q=%zz":                     errUnreadable,
		"/lt/search?a;b":                       errUnreadable,
		"/lt%2Fcharter":                        errNoPage,
		"/lt/" + strings.Repeat("a", maxPath):  errTooLong,
		"/lt/?q=" + strings.Repeat("a", 1<<20): errTooLong,
		"/lt/" + many:                          errTooLong,
	} {
		if got := checkInput(httptest.NewRequest("GET", target, nil)); got != want {
			t.Errorf("%.40s: %v, want %v", target, got, want)
		}
	}
}

// A mark that turns the direction of letters reaches beyond the word it came with:
// with one in a name or a title, what stands beside it on a page reads backwards.
func TestTidyLeavesOutWhatTurnsLetters(t *testing.T) {
	turns := "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
	for typed, want := range map[string]string{
		"Ona" + turns + " Kazlauskienė":     "Ona Kazlauskienė",
		"gpj.\u202eexe":                     "gpj.exe",
		"шеф\u00adготвач 👩\u200d🔧 a\u200eb": "шеф\u00adготвач 👩\u200d🔧 a\u200eb", // these turn nothing
	} {
		if got := tidy(typed); got != want {
			t.Errorf("%+q became %+q, want %+q", typed, got, want)
		}
	}
}
