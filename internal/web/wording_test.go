package web

import (
	"encoding/json"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web/assets"
	"charterhouse/locales"
)

func words(t testing.TB) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c.Reporting(func(err error) { t.Error(err) })
}

// files are assets as small as they can be: the real ones are built by a command.
func files(t testing.TB) *assets.Set {
	t.Helper()
	dir, manifest := fstest.MapFS{}, map[string]map[string]any{}
	for _, name := range []string{
		"site.css", "site.js", "inter-latin-wght-normal.woff2", "inter-cyrillic-wght-normal.woff2",
		"source-serif-4-latin-wght-normal.woff2", "source-serif-4-cyrillic-wght-normal.woff2",
	} {
		dir[name] = &fstest.MapFile{Data: []byte("/**/")}
		manifest[name] = map[string]any{"path": name, "size": 4}
	}
	list, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	dir["manifest.json"] = &fstest.MapFile{Data: list}
	set, err := assets.From(dir)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func execute(t *testing.T, lang, text string, data any) string {
	t.Helper()
	w := wording{catalog: words(t), assets: files(t)}
	tmpl, err := template.New("x").Funcs(w.in(lang, []string{"lt", "bg", "en"}).funcs()).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTemplateFunctions(t *testing.T) {
	day, err := deadline.NewDate(2026, 12, 18)
	if err != nil {
		t.Fatal(err)
	}
	both := i18n.Text{"lt": "Pažadas <1>", "en": "Promise <1>"}
	data := map[string]any{
		"Day": day, "Both": both, "Lithuanian": i18n.Text{"lt": "Tik <čia>"}, "None": i18n.Text{},
		"Lines": i18n.Text{"lt": "- a\n- <b>x</b>"}, "Drawing": Drawing(`<svg><path d="M0 0"/></svg>`),
	}
	for text, want := range map[string]string{
		`{{say "site.skip"}}`:               "Skip to content",
		`{{url "/charter"}}`:                "/en/charter",
		`{{date "long" .Day}}`:              "18 December 2026",
		`{{date "long" "2026-12-18"}}`:      "18 December 2026",
		`[{{date "long" ""}}]`:              "[]",
		`{{text .Both}}`:                    "Promise &lt;1&gt;",
		`{{text .Lithuanian}}`:              `<span lang="lt">Tik &lt;čia&gt;</span> <small class="fallback">(Lietuvių)</small>`,
		`[{{text .None}}]`:                  "[]",
		`<a title="{{plain .Lithuanian}}">`: `<a title="Tik &lt;čia&gt;">`,
		`{{with pick .Both}}{{.Lang}} {{.Text}}{{.Label}}{{end}}`: "en Promise &lt;1&gt;",
		`{{markdown "*a*"}}`:   "<p><em>a</em></p>\n",
		`{{markdown .Lines}}`:  "<p><small class=\"fallback\">(Lietuvių)</small></p><div lang=\"lt\"><ul>\n<li>a</li>\n<li>x</li>\n</ul>\n</div>",
		`{{drawing .Drawing}}`: `<svg><path d="M0 0"/></svg>`,
		`{{icon "kept"}}`:      `<svg class="shape" aria-hidden="true" focusable="false"><use href="#kept"/></svg>`,
		`{{percent 87.3 1}}`:   "87.3%",
	} {
		if got := execute(t, "en", text, data); got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestKitTemplates shows the kit's own pages in every language: a key without
// words, a field that is not there, a partial that is missing are errors.
func TestKitTemplates(t *testing.T) {
	full := Frame{
		Title: "T", Description: "D", Menu: "/charter", Crumbs: []Crumb{{"Chartija", "/charter"}, {"3", ""}}, Lang: "lt", Name: "N",
		FullTitle: "T – N", Home: "/lt/", Canonical: "https://a.example/lt/", Languages: []Language{{"lt", "Lietuvių", "/lt/", "https://a.example/lt/", true}, {"en", "English", "/en/", "https://a.example/en/", false}},
		Nav: []NavItem{{"Chartija", "/lt/charter", true, false}, {"Paieška", "/lt/search", false, true}}, Stylesheet: "/assets/a.css", Script: "/assets/a.js",
		Theme: "/assets/theme/1.css", Fonts: []string{"/assets/f.woff2"}, Sample: true, Icon: "/emblem.svg", Emblem: Drawing("<svg></svg>"),
	}
	pages := map[string]*ErrorPage{
		"zero": {}, "known": {Frame: full, Known: true, Status: 404, Text: "x", Next: "y"},
		"noted": {Frame: Frame{Note: i18n.Text{"lt": "Pastaba"}, Lang: "lt"}, Known: true, RequestID: "abc-1"},
	}
	for _, lang := range words(t).Languages() {
		for name, page := range pages {
			body, err := Preview(Face{Name: "web"}, words(t), files(t), lang, "error", page)
			if err != nil {
				t.Errorf("%s in %s: %v", name, lang, err)
				continue
			}
			if s := string(body); !strings.HasPrefix(s, "<!doctype html>") || !strings.HasSuffix(strings.TrimSpace(s), "</html>") || strings.Count(s, "<main") != 1 {
				t.Errorf("%s in %s is no whole page:\n%s", name, lang, s)
			}
		}
	}
}

func TestBadTemplatesAreRefused(t *testing.T) {
	for _, text := range []string{`{{say "a" "b"}}`, `{{say "a" 1 2}}`, `{{date "never" .}}`, `{{date "long" 3}}`, `{{markdown 3}}`} {
		w := wording{catalog: words(t), assets: files(t)}
		tmpl := template.Must(template.New("x").Funcs(w.in("lt", nil).funcs()).Parse(text))
		if err := tmpl.Execute(&strings.Builder{}, deadline.Date(1)); err == nil {
			t.Errorf("%s was accepted", text)
		}
	}
}
