package provision

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
)

const tenantYAML = `format: 1
slug: testas
country: lt
name: {lt: Testo savivaldybė, en: Test municipality}
short_name: {lt: Testas, en: Test}
languages: [lt, en]
brand: "#095785"
contact:
  organisation: {lt: Administracija, en: Administration}
channels:
  - key: post
    kind: post
    title: {lt: Paštas, en: Post}
hours:
  - {days: [mon, tue], from: "08:00", to: "17:00"}
casework:
  kinds:
    question:
      own: {term: "less than 3 working days"}
`

const charterYAML = `format: 1
title: {lt: Chartija, en: Charter}
nature: declaration
sections:
  - key: promises
    title: {lt: Pažadai, en: Promises}
    groups:
      - key: staff
        promisor: administration
        commitments:
          - key: replies
            text: {lt: Atsakome., en: We answer.}
            measure: {kind: case_time, rule: question}
`

const svg = `<svg viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>`

// say answers with the key, so that a test names what it expects.
func say(key string, args map[string]any) string { return fmt.Sprint(key, " ", args) }

func testPacks() Packs {
	newYear := deadline.Rule{Key: "new_year", Rule: "fixed", Month: 1, Day: 1, Name: map[string]string{"lt": "Naujieji", "en": "New Year"}}
	return Packs{"lt": Pack{
		PackFile: PackFile{Country: "lt", Casework: casework.Rules{}},
		Calendar: deadline.CalendarSpec{Key: "lt", Weekly: []string{"mon", "tue", "wed", "thu", "fri"}, Rules: []deadline.Rule{newYear}},
	}}
}

func folder(files map[string]string) fs.FS {
	all := map[string]string{"tenant.yaml": tenantYAML, "charter.yaml": charterYAML, "emblem.svg": svg, "horizon.svg": svg}
	maps.Copy(all, files)
	dir := fstest.MapFS{}
	for name, text := range all {
		if text != "" {
			dir[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return dir
}

func TestAGoodPackageHasNoProblems(t *testing.T) {
	town, problems := Load(folder(nil), testPacks(), say)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	if town.Slug != "testas" || town.Emblem != svg || len(town.Charter.Places()) != 1 {
		t.Errorf("the package was not read whole: %+v", town)
	}
}

// Each fault is found with its file, its line and its field.
func TestCheckNamesFileLineAndField(t *testing.T) {
	tenantWith := func(old, fresh string) map[string]string {
		return map[string]string{"tenant.yaml": strings.Replace(tenantYAML, old, fresh, 1)}
	}
	charterWith := func(old, fresh string) map[string]string {
		return map[string]string{"charter.yaml": strings.Replace(charterYAML, old, fresh, 1)}
	}
	cases := map[string]struct {
		files map[string]string
		want  string // file:line: field
		about string
	}{
		"unknown key":            {tenantWith("brand:", "colour:"), "tenant.yaml:7: colour", "no such field"},
		"unknown key deep":       {charterWith("rule: question", "rul: question"), "charter.yaml:13: rul", "no such field"},
		"missing language":       {tenantWith("{lt: Paštas, en: Post}", "{lt: Paštas}"), "tenant.yaml:13: channels.0.title", "check.language_missing"},
		"foreign language":       {tenantWith("{lt: Paštas, en: Post}", "{lt: Paštas, en: Post, bg: Поща}"), "tenant.yaml:13: channels.0.title.bg", "check.language_unknown"},
		"no colour":              {tenantWith(`"#095785"`, `"blue"`), "tenant.yaml:7: brand", "check.colour"},
		"no term":                {tenantWith("less than 3 working days", "soon"), "tenant.yaml:19: casework.kinds.question.own.term", "check.term"},
		"rule twice":             {tenantWith("    question:\n", "    question: {own: {term: 1 month}}\n    question:\n"), "tenant.yaml:19", "already defined"},
		"overlapping hours":      {tenantWith("casework:", "  - {days: [tue], from: \"10:00\", to: \"12:00\"}\ncasework:"), "tenant.yaml:16: hours.1.days.0", "check.twice"},
		"hours backwards":        {tenantWith(`to: "17:00"`, `to: "07:00"`), "tenant.yaml:15: hours.0", "check.hours"},
		"unknown country":        {tenantWith("country: lt", "country: xx"), "tenant.yaml:3: country", "check.country"},
		"reserved slug":          {tenantWith("slug: testas", "slug: Testas"), "tenant.yaml:2: slug", "check.key"},
		"unknown format":         {tenantWith("format: 1", "format: 9"), "tenant.yaml:1: format", "check.format"},
		"script address":         {tenantWith("title: {lt: Paštas, en: Post}", "title: {lt: Paštas, en: Post}\n    links: [{url: \"javascript:alert(1)\", label: {lt: a, en: b}}]"), "tenant.yaml:14: channels.0.links.0.url", "check.url"},
		"alias bomb":             {tenantWith("languages: [lt, en]", "languages: &a [lt, en]\ndomains: [*a, *a]"), "tenant.yaml:6", "anchors and aliases"},
		"holiday as work day":    {tenantWith("casework:", "calendar: {extra_days: [{date: \"2027-01-01\", working: true, name: {lt: a, en: b}}]}\ncasework:"), "tenant.yaml:16: calendar.extra_days", "check.calendar"},
		"two documents":          {map[string]string{"tenant.yaml": tenantYAML + "---\nformat: 1\n"}, "tenant.yaml", "more than one document"},
		"not YAML":               {map[string]string{"charter.yaml": "a: [b\n"}, "charter.yaml:1", ""},
		"file missing":           {map[string]string{"charter.yaml": ""}, "charter.yaml", "missing"},
		"file too large":         {map[string]string{"charter.yaml": "a: " + strings.Repeat("x", limit)}, "charter.yaml", "larger than 1 MB"},
		"key twice":              {charterWith("  - key: promises", "  - key: promises\n    title: {lt: a, en: b}\n  - key: promises"), "charter.yaml:7: sections.1.key", "check.twice"},
		"unknown measure":        {charterWith("kind: case_time", "kind: wish"), "charter.yaml:13: sections.0.groups.0.commitments.0.measure.kind", "check.one_of"},
		"field of another":       {charterWith("rule: question", "rule: question, score: 4"), "charter.yaml:13: sections.0.groups.0.commitments.0.measure.score", "check.foreign_field"},
		"no reason":              {charterWith("{kind: case_time, rule: question}", "{kind: none}"), "charter.yaml:13: sections.0.groups.0.commitments.0.measure", "check.required"},
		"rule without a term":    {charterWith("rule: question", "rule: praise"), "charter.yaml:13: sections.0.groups.0.commitments.0.measure.rule", "check.no_rule"},
		"no promise in group":    {charterWith("        commitments:\n          - key: replies\n            text: {lt: Atsakome., en: We answer.}\n            measure: {kind: case_time, rule: question}\n", ""), "charter.yaml:8: sections.0.groups.0.commitments", "check.required"},
		"town expects of itself": {charterWith("        commitments:\n", "        expectation: true\n        commitments:\n"), "charter.yaml:10: sections.0.groups.0.expectation", "check.expectation_of"},
		"expectation measured":   {charterWith("        promisor: administration\n", "        promisor: residents\n        expectation: true\n"), "charter.yaml:14: sections.0.groups.0.commitments.0.measure.kind", "check.expectation_measured"},
		"drawing with script":    {map[string]string{"emblem.svg": `<svg><script>alert(1)</script></svg>`}, "emblem.svg", "<script>"},
		"drawing with handler":   {map[string]string{"emblem.svg": `<svg onload="x()"/>`}, "emblem.svg", "onload"},
		"drawing with entity":    {map[string]string{"emblem.svg": `<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`}, "emblem.svg", "document type"},
		"drawing cut off":        {map[string]string{"horizon.svg": `<svg><path/>`}, "horizon.svg", "well-formed"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, problems := Load(folder(c.files), testPacks(), say)
			if len(problems) == 0 {
				t.Fatal("no problem was found")
			}
			for _, p := range problems {
				if strings.HasPrefix(p.String(), c.want) && strings.Contains(p.Text, c.about) {
					return
				}
			}
			t.Errorf("want %s … %s, got %v", c.want, c.about, problems)
		})
	}
}
