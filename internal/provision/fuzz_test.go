package provision

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"charterhouse/internal/fuzztest"
)

// bomb is a short text that aliases would unfold into a billion words.
const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
slug: *g
`

func hardYAML() []string {
	return []string{
		bomb, tenantYAML + bomb, "a: &a [*a]\n", "slug: &x testas\nname: {lt: *x}\n", "<<: *a\n", "base: &base {slug: a}\n<<: *base\n",
		tenantYAML + "colour: red\n", strings.Replace(tenantYAML, "slug: testas", "slug: testas\nslug: kitas", 1), strings.Replace(tenantYAML, "key: post", "key: post\n    key: pasta", 1),
		tenantYAML + "---\n" + tenantYAML, "\ufeff" + tenantYAML, "%YAML 1.1\n---\n" + tenantYAML, "%TAG ! tag:x,2000:\n---\n!a b\n", "!!binary aGVsbG8=", "!!python/object:os.system x",
		strings.Repeat("[", 12_000), strings.Repeat("{a: ", 5000), strings.Repeat("- ", 5000), "? " + strings.Repeat("? ", 3000), "a: |\n" + strings.Repeat(" x\n", 10_000), "format: 1e400", "format: 0x7fffffffffffffffffff",
		"format: ~", "slug: [1]", "languages: lt", "hours: {}", "name: {lt: 1, en: 2012-01-01}", "null", "", "\t", "- a", "'", "\"\\x", "a: b: c", "key: !!set {a, b}",
		"population: {value: 99999999999999999999}", "brand: \"#zzz\"", "contact: {dial: \"+\"}", "contact: {email: \"@\"}", "channels:\n  - links: [{url: \"javascript:alert(1)\", label: {lt: a}}]\n",
	}
}

// FuzzPackage reads the file of a town. None is taken that has an anchor or an
// alias, a field that is not there, or one field twice; and none costs much.
func FuzzPackage(f *testing.F) {
	for _, text := range fuzztest.Texts() {
		f.Add(strings.Replace(tenantYAML, "Testas", text, 1), charterYAML)
		f.Add(tenantYAML, strings.Replace(charterYAML, "Atsakome.", text, 1))
	}
	for _, text := range hardYAML() {
		f.Add(text, charterYAML)
		f.Add(tenantYAML, text)
	}
	packs := testPacks()
	f.Fuzz(func(t *testing.T, town, charter string) {
		dir := folder(map[string]string{"tenant.yaml": town, "charter.yaml": charter})
		var problems []Problem
		fuzztest.Bounded(t, func() { _, problems = Load(dir, packs, say) })
		if len(problems) > 0 {
			for _, p := range problems {
				if p.Text == "" || p.File == "" {
					t.Errorf("a problem says nothing: %+v", p)
				}
			}
			return
		}
		for name, text := range map[string]string{"tenant.yaml": town, "charter.yaml": charter} {
			var root yaml.Node
			if err := yaml.Unmarshal([]byte(text), &root); err != nil {
				t.Fatalf("%s was taken and is none: %v", name, err)
			}
			if firstAlias(&root) != nil {
				t.Errorf("%s was taken with an alias", name)
			}
			// Whatever was taken has the fields of ours alone.
			for _, word := range []string{"colour", "__proto__"} {
				if has(&root, word) {
					t.Errorf("%s was taken with the field %s", name, word)
				}
			}
		}
	})
}

// has tells whether a mapping right under the root has the key.
func has(root *yaml.Node, key string) bool {
	if len(root.Content) == 0 {
		return false
	}
	found, _ := child(root.Content[0], key)
	return found != nil
}

// TestPackagesThatAreRefused: what the fuzz target begins with is refused for what
// is wrong with it.
func TestPackagesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, why string }{
		"bomb":        {bomb, "anchors and aliases"},
		"alias":       {strings.Replace(tenantYAML, "slug: testas", "slug: &s testas\ncode: *s", 1), "anchors and aliases"},
		"anchor":      {strings.Replace(tenantYAML, "slug: testas", "slug: &s testas", 1), "anchors and aliases"},
		"unknown":     {tenantYAML + "colour: red\n", "no such field"},
		"unknown two": {strings.Replace(tenantYAML, "kind: post", "kind: post\n    colour: red", 1), "no such field"},
		"twice":       {strings.Replace(tenantYAML, "slug: testas", "slug: testas\nslug: kitas", 1), "already defined"},
		"documents":   {tenantYAML + "---\na: 1\n", "more than one document"},
		"large":       {tenantYAML + "#" + strings.Repeat("x", limit), "1 MB"},
		"deep":        {strings.Repeat("[", 12_000), "depth"},
	} {
		_, problems := Load(folder(map[string]string{"tenant.yaml": c.text}), testPacks(), say)
		if len(problems) == 0 || !strings.Contains(problems[0].Text, c.why) {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
