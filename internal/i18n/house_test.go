package i18n

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"charterhouse/locales"
)

// words is one file of locales/: the forms of each message.
type words map[string]map[string]string

// named is one key as Go source or a template names it.
type named struct {
	key, where string
	prefix     bool // {{say (print "badge." .State)}}: some key begins so
}

func TestEveryKeyIsSaidInEveryLanguage(t *testing.T) { report(t, keyFaults(read(t), constants(t))) }
func TestEveryPluralFormIsThere(t *testing.T)        { report(t, pluralFaults(read(t))) }
func TestLanguagesTakeTheSameArguments(t *testing.T) { report(t, argumentFaults(read(t))) }
func TestTemplatesNameKnownKeys(t *testing.T)        { report(t, unknownKeys(templates(t), constants(t))) }
func TestKeysStandInKeysFiles(t *testing.T)          { report(t, strays(t)) }

// TestTheLanguageGuardsSeeFaults gives each guard words with a fault in them.
func TestTheLanguageGuardsSeeFaults(t *testing.T) {
	one := func(s string) map[string]string { return map[string]string{"other": s} }
	known := []named{{key: "a.b", where: "x/keys.go"}}
	for name, c := range map[string]struct {
		found []string
		want  string
	}{
		"missing":       {keyFaults(map[string]words{"lt": {"a.b": one("x")}, "bg": {}}, known), "bg: a.b is missing"},
		"unnamed":       {keyFaults(map[string]words{"lt": {"a.b": one("x"), "a.c": one("y")}}, known), "no constant names a.c"},
		"nowhere":       {keyFaults(map[string]words{"lt": {}}, known), "lt: a.b is missing"},
		"twice":         {keyFaults(map[string]words{"lt": {"a.b": one("x")}}, append(known, known...)), "named twice"},
		"plural":        {pluralFaults(map[string]words{"lt": {"k": {"one": "{{.Count}} a", "other": "{{.Count}} b"}}}), "lt: k has no form few"},
		"no plural":     {pluralFaults(map[string]words{"bg": {"k": one("{{.Count}} жалби")}}), "bg: k has no form one"},
		"foreign form":  {pluralFaults(map[string]words{"bg": {"k": {"one": "1", "few": "2", "other": "3"}}}), "bg does not have the form few"},
		"lost count":    {pluralFaults(map[string]words{"lt": {"k": {"one": "vienas", "few": "{{.Count}}", "many": "{{.Count}}", "other": "{{.Count}}"}}}), "lt: k.one does not say the number"},
		"argument":      {argumentFaults(map[string]words{"lt": {"k": one("{{.Name}}")}, "en": {"k": one("{{.Title}}")}}), "k takes"},
		"template":      {unknownKeys([]named{{key: "a.x", where: "p.html"}}, known), "p.html: a.x"},
		"template part": {unknownKeys([]named{{key: "z.", prefix: true, where: "p.html"}}, known), "p.html: z."},
	} {
		t.Run(name, func(t *testing.T) {
			if found := strings.Join(c.found, "\n"); !strings.Contains(found, c.want) {
				t.Errorf("the guard found %q, want something about %q", found, c.want)
			}
		})
	}
}

// keyFaults holds the constants of the Go source and the files to each other.
func keyFaults(all map[string]words, known []named) (faults []string) {
	names := map[string]bool{}
	for _, k := range known {
		if names[k.key] {
			faults = append(faults, fmt.Sprintf("%s: %s is named twice", k.where, k.key))
		}
		names[k.key] = true
		for _, lang := range slices.Sorted(maps.Keys(all)) {
			if all[lang][k.key] == nil {
				faults = append(faults, fmt.Sprintf("%s: %s is missing (%s)", lang, k.key, k.where))
			}
		}
	}
	for lang, file := range all {
		for key := range file {
			if !names[key] {
				faults = append(faults, fmt.Sprintf("%s: no constant names %s", lang, key))
			}
		}
	}
	return faults
}

// pluralFaults looks at messages that count: each has exactly the forms that the
// Unicode tables give its language, and says the number in each.
func pluralFaults(all map[string]words) (faults []string) {
	for lang, file := range all {
		want := categories(lang)
		for key, forms := range file {
			counts := len(forms) > 1 || strings.Contains(forms["other"], "{{.Count")
			if !counts {
				continue
			}
			says := strings.Contains(forms["other"], "{{.Count}}")
			for _, form := range want {
				text, there := forms[form]
				// Where "one" is the number 1 alone, it may be a word.
				word := form == "one" && !slices.Contains(want, "few")
				switch {
				case !there:
					faults = append(faults, fmt.Sprintf("%s: %s has no form %s", lang, key, form))
				case says && !word && !strings.Contains(text, "{{.Count}}"):
					faults = append(faults, fmt.Sprintf("%s: %s.%s does not say the number", lang, key, form))
				}
			}
			for form := range forms {
				if !slices.Contains(want, form) {
					faults = append(faults, fmt.Sprintf("%s: %s: %s does not have the form %s", lang, key, lang, form))
				}
			}
		}
	}
	return faults
}

// categories asks go-i18n's tables which plural forms a language has.
func categories(lang string) []string {
	tag := language.Make(lang)
	bundle := goi18n.NewBundle(tag)
	bundle.MustAddMessages(tag, &goi18n.Message{
		ID: "k", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	found := map[string]bool{}
	speaker := goi18n.NewLocalizer(bundle, lang)
	samples := []string{"0.5", "1.5", "10.1"}
	for n := range 1000 {
		samples = append(samples, strconv.Itoa(n))
	}
	for _, n := range samples {
		found[speaker.MustLocalize(&goi18n.LocalizeConfig{MessageID: "k", PluralCount: n})] = true
	}
	return slices.Sorted(maps.Keys(found))
}

var placeholder = regexp.MustCompile(`{{\.([A-Za-z]+)`)

// argumentFaults finds a message that takes other arguments in another language.
func argumentFaults(all map[string]words) (faults []string) {
	takes := map[string]map[string][]string{}
	for lang, file := range all {
		for key, forms := range file {
			// A date's pattern takes the parts that the language wants.
			if strings.HasPrefix(key, "date.") {
				continue
			}
			args := map[string]bool{}
			for _, text := range forms {
				for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
					args[m[1]] = true
				}
			}
			if takes[key] == nil {
				takes[key] = map[string][]string{}
			}
			set := strings.Join(slices.Sorted(maps.Keys(args)), ", ")
			takes[key][set] = append(takes[key][set], lang)
		}
	}
	for key, sets := range takes {
		if len(sets) > 1 {
			faults = append(faults, fmt.Sprintf("%s takes different arguments: %v", key, sets))
		}
	}
	return faults
}

func unknownKeys(used, known []named) (faults []string) {
	for _, u := range used {
		found := slices.ContainsFunc(known, func(k named) bool {
			return k.key == u.key || u.prefix && strings.HasPrefix(k.key, u.key)
		})
		if !found {
			faults = append(faults, fmt.Sprintf("%s: %s is the key of no constant", u.where, u.key))
		}
	}
	return faults
}

func report(t *testing.T, faults []string) {
	t.Helper()
	slices.Sort(faults)
	for _, f := range faults {
		t.Error(f)
	}
}

// read gives the words of every language.
func read(t testing.TB) map[string]words {
	t.Helper()
	paths, err := fs.Glob(locales.Files, "active.*.toml")
	if err != nil || len(paths) < 3 {
		t.Fatalf("the files of locales/: %v %v", paths, err)
	}
	all := map[string]words{}
	for _, path := range paths {
		raw, err := fs.ReadFile(locales.Files, path)
		if err != nil {
			t.Fatal(err)
		}
		messages, err := readMessages(raw)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		file := words{}
		for _, m := range messages {
			forms := map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other}
			maps.DeleteFunc(forms, func(_, text string) bool { return text == "" })
			file[m.ID] = forms
		}
		all[strings.TrimSuffix(strings.TrimPrefix(path, "active."), ".toml")] = file
	}
	return all
}

// sources walks the Go files of the house that are shipped.
func sources(t testing.TB, visit func(path string, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(path), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isKeysFile(path string) bool { return strings.HasPrefix(filepath.Base(path), "keys") }

// constants lists every text constant of the keys*.go files.
func constants(t testing.TB) []named {
	t.Helper()
	var all []named
	sources(t, func(path string, file *ast.File) {
		if isKeysFile(path) {
			for _, c := range textConstants(file) {
				all = append(all, named{key: c.value, where: path})
			}
		}
	})
	if len(all) < 100 {
		t.Fatalf("only %d constants were found", len(all))
	}
	return all
}

type textConstant struct {
	value string
	key   bool // its type is Key or i18n.Key
}

func textConstants(file *ast.File) (all []textConstant) {
	for _, decl := range file.Decls {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.CONST {
			continue
		}
		for _, spec := range block.Specs {
			s := spec.(*ast.ValueSpec)
			for _, v := range s.Values {
				lit, ok := v.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				value, _ := strconv.Unquote(lit.Value)
				all = append(all, textConstant{value, typeName(s.Type) == "Key"})
			}
		}
	}
	return all
}

func typeName(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

// strays finds constants of type Key outside the keys*.go files.
func strays(t testing.TB) (faults []string) {
	t.Helper()
	sources(t, func(path string, file *ast.File) {
		for _, c := range textConstants(file) {
			if c.key && !isKeysFile(path) {
				faults = append(faults, fmt.Sprintf("%s: the key %s belongs into a keys.go", path, c.value))
			}
		}
	})
	return faults
}

var said = regexp.MustCompile(`\bsay \(?(print )?"([^"]+)"`)

// templates lists the keys that the HTML templates name.
func templates(t testing.TB) (all []named) {
	t.Helper()
	err := filepath.WalkDir("../web", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range said.FindAllStringSubmatch(string(raw), -1) {
			all = append(all, named{key: m[2], where: filepath.ToSlash(path), prefix: m[1] != ""})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
