// Package webtest holds the templates of a face to their page structs. It is for
// tests only.
package webtest

import (
	"encoding/json"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
	"charterhouse/internal/web/assets"
	"charterhouse/locales"
)

// Templates shows every template of a face in every language, with each page
// struct as it is given (as empty as a handler can leave it) and filled to the
// last field: a field that is not there, a function of another type, a partial
// that is missing fail the test. So does a template that no struct stands for.
func Templates(t *testing.T, face web.Face, pages map[string][]web.Framed) {
	t.Helper()
	words, set := Words(t), Assets(t)
	for _, name := range names(t, face.Templates) {
		if len(pages[name]) == 0 {
			t.Errorf("%s: no page struct is held against the template %s", face.Name, name)
		}
	}
	for name, structs := range pages {
		for _, page := range structs {
			full := reflect.New(reflect.TypeOf(page).Elem())
			fill(full.Elem(), 0)
			for _, lang := range words.Languages() {
				for _, p := range []any{page, full.Interface()} {
					body, err := web.Preview(face, words, set, lang, name, p.(web.Framed))
					if err != nil {
						t.Errorf("%s in %s: %v", name, lang, err)
					} else if s := strings.TrimSpace(string(body)); !strings.HasPrefix(s, "<!doctype html>") || !strings.HasSuffix(s, "</html>") {
						t.Errorf("%s in %s is no whole page", name, lang)
					}
				}
			}
		}
	}
}

// names lists the templates that are pages.
func names(t *testing.T, files fs.FS) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
		if name, ok := strings.CutSuffix(path.Base(file), ".html"); ok && !strings.HasPrefix(name, "_") {
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("the face has no templates")
	}
	return slices.Sorted(slices.Values(all))
}

// Words are the interface words as they are shipped. What cannot be said with
// made-up values is no fault here.
func Words(t testing.TB) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c.Reporting(func(error) {})
}

// Assets are files as small as they can be under the names that are built, since
// the real ones take a bundler.
func Assets(t testing.TB) *assets.Set {
	t.Helper()
	dir, manifest := fstest.MapFS{}, map[string]map[string]any{}
	for _, name := range []string{
		"site.css", "case.css", "compare.css", "desk.css", "site.js", "inter-latin-wght-normal.woff2", "inter-cyrillic-wght-normal.woff2",
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

// deepest is how far fill goes into structs that hold themselves.
const deepest = 8

// fill sets every field that can be set. Strings are a date, which is the one
// form that some of them must have; numbers are a day of 2026.
func fill(v reflect.Value, depth int) {
	if depth > deepest {
		return
	}
	if !v.CanSet() {
		// An embedded struct of the package's own has fields that templates see.
		if v.Kind() == reflect.Struct {
			fillFields(v, depth)
		}
		return
	}
	switch known := v.Addr().Interface().(type) {
	case *i18n.Text:
		*known = i18n.Text{"en": "words"} // a fallback in the other languages
		return
	case *web.Drawing:
		*known = web.Drawing("<svg></svg>")
		return
	case *time.Time:
		*known = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("2026-11-20")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(13473)
	case reflect.Uint, reflect.Uint32, reflect.Uint64:
		v.SetUint(3)
	case reflect.Float64:
		v.SetFloat(87.5)
	case reflect.Struct:
		fillFields(v, depth)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, depth+1)
		fill(value, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	}
}

func fillFields(v reflect.Value, depth int) {
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() || f.Anonymous {
			fill(v.Field(i), depth+1)
		}
	}
}
