package i18n

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// What people type comes through; what only costs the database time, or more
// negations than its parser counts, does not.
func TestSought(t *testing.T) {
	for typed, want := range map[string]string{
		"duobė kelyje":                       "duobė kelyje",
		` „KL-2026-0007“,  ! `:               "KL-2026-0007",
		`"kelio duobė" -šviesa`:              `"kelio duobė" -šviesa`,
		`-"kelio duobė"`:                     `-"kelio duobė"`,
		"дупка OR улица":                     "дупка OR улица",
		"ona@x.lt http://a.b/c-d":            "ona@x.lt http://a.b/c-d",
		"№ 12/3":                             "12/3",
		strings.Repeat("-", 100):             "",
		strings.Repeat("-", 99) + "a":        "-a",
		strings.Repeat(`"-`, 50) + "a":       `-"a`,
		"a" + strings.Repeat(`"-`, 50) + "b": "a" + strings.Repeat("-", 50) + "b",
		"- - - \" \" ( ) | & ! :*":           "",
		strings.Repeat("a ", 3900):           strings.TrimSpace(strings.Repeat("a ", 16)),
		strings.Repeat("ė", 3900):            strings.Repeat("ė", 60),
	} {
		if got := Sought(typed); got != want {
			t.Errorf("%.40q is sought as %q, want %q", typed, got, want)
		}
	}
}

func FuzzSought(f *testing.F) {
	f.Add(`"kelio duobė" -šviesa OR a-"-b`)
	f.Fuzz(func(t *testing.T, typed string) {
		got := Sought(typed)
		if utf8.ValidString(typed) && !utf8.ValidString(got) {
			t.Errorf("%q becomes %q", typed, got)
		}
		if words := strings.Fields(got); len(words) > soughtWords || Sought(got) != got {
			t.Errorf("%q becomes %q, then %q", typed, got, Sought(got))
		}
	})
}
