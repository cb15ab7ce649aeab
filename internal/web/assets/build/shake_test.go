package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func shaken(t *testing.T, css string) string {
	t.Helper()
	out, err := shake(map[string]string{"a.css": css})
	if err != nil {
		t.Fatal(err)
	}
	return out["a.css"]
}

func TestShake(t *testing.T) {
	for css, want := range map[string]string{
		// Properties that only unused properties refer to go with them.
		":root{--a:1px;--b:var(--a);--c:2px}p{margin:var(--c)}": ":root{--c:2px}p{margin:var(--c)}",
		":root{--a:1px;--b:var(--a)}p{margin:var(--b)}":         ":root{--a:1px;--b:var(--a)}p{margin:var(--b)}",
		"p{--x:1px}":                                   "",
		"p{margin:var(--gone,3px)}":                    "p{margin:var(--gone,3px)}",
		"@layer a,b;@layer a{p{color:red}}":            "@layer a,b;@layer a{p{color:red}}",
		`p::before{content:"};{--x:1"}`:                `p::before{content:"};{--x:1"}`,
		"p{background:url(data:image/svg+xml;utf8,x)}": "p{background:url(data:image/svg+xml;utf8,x)}",
		// Hooks nobody carries, but not their absence, nor one choice of several.
		".ds-input[role=switch],.ds-input{top:0}":                            ".ds-input{top:0}",
		".ds-input[role=switch]{top:0}":                                      "",
		".ds-input:not([role=switch]){top:0}":                                ".ds-input:not([role=switch]){top:0}",
		".ds-input:is(:checked,:indeterminate:where([type=x])):hover{top:0}": ".ds-input:is(:checked,:indeterminate:where([type=x])):hover{top:0}",
		"@media print{.ds-card p{top:0}}":                                    "",
		// The scheme follows the system, and paper is white.
		":root,[data-color-scheme=light]{top:0}":                               ":root{top:0}",
		"@media (prefers-color-scheme:light){p{top:0}}p{top:1px}":              "p{top:1px}",
		"@media (prefers-color-scheme: dark){[data-color-scheme=auto]{top:0}}": "@media screen and (prefers-color-scheme:dark){:root{top:0}}",
	} {
		if got := shaken(t, css); got != want {
			t.Errorf("%s\n gives %s\nwanted %s", css, got, want)
		}
	}
}

func TestSheetsAreShakenTogether(t *testing.T) {
	out, err := shake(map[string]string{"site.css": ":root{--a:1px;--b:1px}", "desk.css": "p{margin:var(--a)}"})
	if err != nil {
		t.Fatal(err)
	}
	if want := (map[string]string{"site.css": ":root{--a:1px}", "desk.css": "p{margin:var(--a)}"}); !maps.Equal(out, want) {
		t.Errorf("got %v", out)
	}
}

func TestShakeRefuses(t *testing.T) {
	for css, want := range map[string]string{
		"p{margin:var(--nobody)}": "--nobody",
		"p{color:red":             "never closed",
		"p{color:red}}":           "closes twice",
		`p{content:"x}`:           "never closed",
		"p{width:calc(1px}":       "never closed",
	} {
		if _, err := shake(map[string]string{"a.css": css}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", css, err)
		}
	}
	if _, err := shake(map[string]string{"a.css": "p{margin:var(--_private)}"}); err != nil {
		t.Errorf("a private property of Designsystemet may be unset: %v", err)
	}
}

// What is written back reads the same, whatever nests in what.
func TestParseWritesBack(t *testing.T) {
	item := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"p{top:0}", "@media print{p{top:0}a{top:1px}}", "@layer a,b;", `p{content:"};{"}`, "p{a:url(x;y);b:c}", "@layer a{@media print{p{top:0;left:0}}}"}).Draw(t, "item")
	})
	rapid.Check(t, func(t *rapid.T) {
		css := strings.Join(rapid.SliceOf(item).Draw(t, "items"), "")
		items, err := parse(css)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		write(&out, items)
		if out.String() != css {
			t.Fatalf("%s\nbecame %s", css, out.String())
		}
	})
}

var (
	colour    = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(`)
	comment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	classAttr = regexp.MustCompile(`class="([^"]*)"`)
	classRule = regexp.MustCompile(`\.([a-z][\w-]*)`)
)

func houseSheets(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../css/*.css")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d sheets, %v", len(names), err)
	}
	sheets := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sheets[filepath.Base(name)] = comment.ReplaceAllString(string(text), "")
	}
	return sheets
}

// A colour written anywhere else would belong to no town and to no dark mode.
func TestOnlyThePaletteNamesColours(t *testing.T) {
	for name, css := range houseSheets(t) {
		found := colour.FindAllString(css, -1)
		if name == "palette.css" {
			if len(found) < 30 {
				t.Errorf("the palette names %d colours only", len(found))
			}
			continue
		}
		if len(found) > 0 {
			t.Errorf("%s names %v", name, found)
		}
	}
}

// A class that no sheet styles is a slip, in the reference as in a template.
func TestTemplatesUseExistingClasses(t *testing.T) {
	known := map[string]bool{"mainnav__list": true} // for scripts and tests only
	for _, css := range houseSheets(t) {
		for _, m := range classRule.FindAllStringSubmatch(css, -1) {
			known[m[1]] = true
		}
	}
	pages, err := filepath.Glob("../../*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, name := range append(pages, "../css/README.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, class := range classes(string(text)) {
			shown++
			if !known[class] && (!strings.HasPrefix(class, "ds-") || slices.Contains(unused, "."+class)) {
				t.Errorf("%s has the class %q, which no sheet styles", name, class)
			}
		}
	}
	if shown < 100 {
		t.Errorf("%d classes seen only", shown)
	}
}

// classes are those written out; one that a template puts together is left out.
func classes(page string) []string {
	const gap = "\x00"
	var all []string
	page = regexp.MustCompile(`(?s)\{\{.*?\}\}`).ReplaceAllString(page, gap)
	for _, m := range classAttr.FindAllStringSubmatch(page, -1) {
		for class := range strings.FieldsSeq(strings.ReplaceAll(m[1], gap+" ", " ")) {
			if !strings.Contains(class, gap) {
				all = append(all, class)
			}
		}
	}
	return all
}
