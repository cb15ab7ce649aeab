package web_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
)

// shown is a page of the test's own, made from one line of a template.
type shown struct {
	web.Frame
	Day                           deadline.Date
	Both, Lithuanian, None, Lines i18n.Text
	Picture                       web.Drawing
}

func show(t *testing.T, lang, text string) (string, error) {
	t.Helper()
	day, err := deadline.NewDate(2026, 12, 18)
	must(t, err)
	face := web.Face{Name: "test", Templates: fstest.MapFS{"shown.html": &fstest.MapFile{Data: []byte(text)}}}
	body, err := web.Preview(face, webtest.Words(t), webtest.Assets(t), lang, "shown", &shown{
		Day: day, Both: i18n.Text{"lt": "Pažadas <1>", "en": "Promise <1>"}, Lithuanian: i18n.Text{"lt": "Tik <čia>"},
		Lines: i18n.Text{"lt": "- a\n- <b>x</b>"}, Picture: web.Drawing(`<svg><path d="M0 0"/></svg>`),
	})
	return string(body), err
}

func TestTemplateFunctions(t *testing.T) {
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
		`{{markdown "*a*"}}`:                         "<p><em>a</em></p>\n",
		`{{markdown .Lines}}`:                        "<p><small class=\"fallback\">(Lietuvių)</small></p><div lang=\"lt\"><ul>\n<li>a</li>\n<li>x</li>\n</ul>\n</div>",
		`{{drawing .Picture}}`:                       `<svg><path d="M0 0"/></svg>`,
		`{{icon "kept"}}`:                            `<svg class="shape" aria-hidden="true" focusable="false"><use href="#kept"/></svg>`,
		`<a href="tel:{{dial "tel:+37046396066"}}">`: `<a href="tel:&#43;37046396066">`,
		`[{{dial "https://varena.lt/"}}]`:            "[]",
		`{{percent 87.3 1}}`:                         "87.3%",
	} {
		if got, err := show(t, "en", text); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", text, got, err, want)
		}
	}
}

// TestKitTemplates shows the kit's own page in every language, on a host that is
// known and on one that is not.
func TestKitTemplates(t *testing.T) {
	full := web.Frame{
		Title: "T", Description: "D", Menu: "/charter", Crumbs: []web.Crumb{{Label: "Chartija", Path: "/charter"}, {Label: "3"}}, Lang: "lt", Name: "N",
		FullTitle: "T – N", Home: "/lt/", Canonical: "https://a.example/lt/", Languages: []web.Language{{"lt", "Lietuvių", "/lt/", "https://a.example/lt/", true}, {"en", "English", "/en/", "https://a.example/en/", false}},
		Nav: []web.NavItem{{"Chartija", "/lt/charter", true, false}, {"Paieška", "/lt/search", false, true}}, Stylesheet: "/assets/a.css", Script: "/assets/a.js",
		Theme: "/assets/theme/1.css", Fonts: []string{"/assets/f.woff2"}, Sample: true, Icon: "/emblem.svg", Emblem: web.Drawing("<svg></svg>"),
	}
	pages := map[string]*web.ErrorPage{
		"zero": {}, "known": {Frame: full, Known: true, Status: 404, Text: "x", Next: "y"},
		"noted": {Frame: web.Frame{Note: i18n.Text{"lt": "Pastaba"}, Lang: "lt"}, Known: true, RequestID: "abc-1"},
	}
	for _, lang := range webtest.Words(t).Languages() {
		for name, page := range pages {
			body, err := web.Preview(web.Face{Name: "web"}, webtest.Words(t), webtest.Assets(t), lang, "error", page)
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
	for _, text := range []string{`{{say "a" "b"}}`, `{{say "a" 1 2}}`, `{{date "never" .Day}}`, `{{date "long" 3}}`, `{{markdown 3}}`} {
		if _, err := show(t, "lt", text); err == nil {
			t.Errorf("%s was accepted", text)
		}
	}
}
