package i18n

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"charterhouse/locales"
)

func TestWordsAreSetAsTheLanguagesSetThem(t *testing.T) {
	for lang, file := range read(t) {
		for key, forms := range file {
			for form, text := range forms {
				for _, fault := range typography(lang, key, text) {
					t.Errorf("%s: %s (%s): %s: %s", lang, key, form, fault, text)
				}
			}
		}
	}
}

// TestNoBreakSpacesCanBeSeen: an editor shows U+00A0 as a plain space, and the
// next one who touches the line loses it.
func TestNoBreakSpacesCanBeSeen(t *testing.T) {
	paths, err := fs.Glob(locales.Files, "active.*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		raw, err := fs.ReadFile(locales.Files, path)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(raw), "\n") {
			if strings.Contains(line, "\u00a0") {
				t.Errorf("%s:%d: write the no-break space as \\u00a0", path, n+1)
			}
		}
	}
}

func TestTheTypographyGuardSeesFaults(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"lt", `Skyrius "Vertybės"`, "straight"},
		{"en", "the town's", "straight"},
		{"lt", "Palaukite...", "ellipsis"},
		{"lt", "Palaukite !", "exclamation"},
		{"lt", "du  tarpai", "double space"},
		{"lt", "galas ", "begins or ends"},
		{"lt", "nuo - iki", "hyphen"},
		{"lt", "2026 m. spalis", "no-break"},
		{"lt", "{{.Day}} d.", "no-break"},
		{"lt", "90 %", "no-break"},
		{"lt", "90%", "no-break"},
		{"lt", "Nr. {{.Number}}", "no-break"},
		{"lt", "16:07 val.", "no-break"},
		{"bg", "2026 г.", "no-break"},
		{"bg", "№ 28", "no-break"},
		{"bg", "17:30 ч.", "no-break"},
		{"bg", "90 %", "without a space"},
		{"en", "90 %", "without a space"},
		{"lt", "“Vertybės”", "„…“"},
		{"lt", "„Vertybės", "„…“"},
		{"bg", "„Ценности”", "„…“"},
		{"en", "„Values“", "“…”"},
		{"bg", "Xарта", "two alphabets"},
		{"lt", "Įrašykite. Klaida: neteisingas laukas", "tone"},
		{"bg", "Моля, опитайте отново", "tone"},
		{"en", "Sorry, try again", "tone"},
	} {
		if faults := typography(c.lang, "x", c.text); !strings.Contains(strings.Join(faults, "; "), c.want) {
			t.Errorf("%s: %q: found %q, want something about %q", c.lang, c.text, faults, c.want)
		}
	}
	for lang, text := range map[string]string{
		"lt": "„Vertybės“: 2026\u00a0m. spalio 5\u00a0d., 87\u00a0%, Nr.\u00a05 – pvz., el. paštu d.",
		"bg": "„Ценности“: 5 януари 2026\u00a0г., 17:30\u00a0ч., 87%, №\u00a028, PDF",
		"en": "“Values” – the town’s 87%, 20\u00a0MB",
	} {
		if faults := typography(lang, "x", text); len(faults) > 0 {
			t.Errorf("%s: %q is right, found %q", lang, text, faults)
		}
	}
}

// spaced are messages that are nothing but a joint, so they begin with a space.
func spaced() []string { return []string{string(keyAnd), string(keyOr), string(keyGroup)} }

// typography finds what a proof-reader would.
func typography(lang, key, text string) (faults []string) {
	add := func(wrong bool, fault string) {
		if wrong {
			faults = append(faults, fault)
		}
	}
	add(strings.ContainsAny(text, `"'`), "straight quotation mark or apostrophe")
	add(strings.Contains(text, "..."), "three dots for an ellipsis")
	add(strings.Contains(text, "!"), "exclamation mark")
	add(strings.Contains(text, "  "), "double space")
	add(strings.Contains(text, " - ") || strings.Contains(text, "--"), "hyphen for a dash")
	add(strings.TrimSpace(text) != text && !slices.Contains(spaced(), key), "begins or ends with a space")
	add(mixed(text), "a word in two alphabets")
	for _, rule := range houseRules(lang) {
		if at := rule.wrong.FindString(text); at != "" {
			faults = append(faults, fmt.Sprintf("%s in %q", rule.fault, at))
		}
	}
	// The message that makes quotations is a pair of marks itself.
	open, closing := "„", "“"
	if lang == "en" {
		open, closing = "“", "”"
		add(strings.Contains(text, "„"), "quotation marks are “…”")
	} else {
		add(strings.Contains(text, "”"), "quotation marks are „…“")
	}
	add(strings.Count(text, open) != strings.Count(text, closing), "quotation marks are "+open+"…"+closing)
	return faults
}

type houseRule struct {
	wrong *regexp.Regexp
	fault string
}

// houseRules are the spaces that must not break and the words that the house
// does not use (no blame, no apology, no official noise).
func houseRules(lang string) []houseRule {
	rule := func(pattern, fault string) houseRule { return houseRule{regexp.MustCompile(pattern), fault} }
	switch lang {
	case "lt":
		return []houseRule{
			rule(`[0-9}] (m\.|d\.|val\.|%|€|[KM]B)`, "no no-break space"),
			rule(`[0-9}]%`, "no no-break space before %"),
			rule(`Nr\. [0-9{]`, "no no-break space"),
			rule(`(?i)neteising|privalomas|atsipraš|deja|sekant|pilnai|žemiau|virš [0-9{]`, "tone"),
		}
	case "bg":
		return []houseRule{
			rule(`[0-9}] (г\.|ч\.|€|[KM]B)`, "no no-break space"),
			rule(`№ `, "no no-break space"),
			rule(`[0-9}][ \x{00a0}]%`, "% stands without a space"),
			rule(`(?i)невалид|задължително поле|за съжаление|моля|осъществява|извършва се|съгласен`, "tone"),
		}
	}
	return []houseRule{
		rule(`[0-9}][ \x{00a0}]%`, "% stands without a space"),
		rule(`(?i)\b(invalid|sorry|unfortunately|please|commune)\b`, "tone"),
	}
}

// mixed tells whether a word has letters of both alphabets: a Latin a in a
// Bulgarian word looks right and is never found by a search.
func mixed(text string) bool {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		var latin, cyrillic bool
		for _, r := range word {
			latin = latin || unicode.Is(unicode.Latin, r)
			cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
		}
		if latin && cyrillic {
			return true
		}
	}
	return false
}
