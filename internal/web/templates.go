package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

//go:embed templates/*.html
var kitTemplates embed.FS

// kitDir is the kit's own folder in the source tree.
const kitDir = "internal/web"

// templates are one face's pages with the kit's partials under them. A face may
// replace a partial of the kit by a file of the same name.
type templates struct {
	face  Face
	live  bool
	words wording

	mu    sync.RWMutex
	base  *template.Template
	views map[string]*template.Template // per language and its fallbacks
}

func loadTemplates(face Face, words wording, live bool) (*templates, error) {
	t := &templates{face: face, words: words, live: live}
	if err := t.parse(); err != nil {
		return nil, err
	}
	return t, nil
}

// parse reads the files once; while somebody works on the looks, it reads them
// from the source tree again on every page.
func (t *templates) parse() error {
	kit, face := fs.FS(kitTemplates), t.face.Templates
	if t.live {
		kit = os.DirFS(kitDir)
		if t.face.Dir != "" {
			face = os.DirFS(t.face.Dir)
		}
	}
	// No file is named so: a face and one of its pages may share a name.
	base := template.New("/" + t.face.Name).Option("missingkey=error").Funcs(t.words.in("", nil).funcs())
	for _, src := range []fs.FS{kit, face} {
		if src == nil {
			continue
		}
		if err := parseAll(base, src); err != nil {
			return fmt.Errorf("web: templates of %s: %w", t.face.Name, err)
		}
	}
	t.mu.Lock()
	t.base, t.views = base, map[string]*template.Template{}
	t.mu.Unlock()
	return nil
}

// parseAll walks a folder. A template is named by its file without the ending:
// charter.html is "charter", the partial _head.html is "_head".
func parseAll(set *template.Template, src fs.FS) error {
	return fs.WalkDir(src, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".html" {
			return err
		}
		text, err := fs.ReadFile(src, file)
		if err != nil {
			return err
		}
		_, err = set.New(strings.TrimSuffix(path.Base(file), ".html")).Parse(string(text))
		return err
	})
}

// view gives the set whose functions speak lang. The functions are bound once
// for each language and not for each page: html/template escapes a set once.
func (t *templates) view(lang string, langs []string) (*template.Template, error) {
	key := lang + "|" + strings.Join(langs, ",")
	t.mu.RLock()
	v := t.views[key]
	t.mu.RUnlock()
	if v != nil {
		return v, nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if v := t.views[key]; v != nil {
		return v, nil
	}
	v, err := t.base.Clone()
	if err != nil {
		return nil, fmt.Errorf("web: templates of %s: %w", t.face.Name, err)
	}
	v.Funcs(t.words.in(lang, langs).funcs())
	t.views[key] = v
	return v, nil
}

// render fills a template into a buffer: not one byte of a page is sent before
// the whole page stands.
func (t *templates) render(lang string, langs []string, name string, data any) ([]byte, error) {
	if t.live {
		if err := t.parse(); err != nil {
			return nil, err
		}
	}
	v, err := t.view(lang, langs)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	buf.Grow(32 << 10)
	if err := v.ExecuteTemplate(&buf, name, data); err != nil {
		return nil, fmt.Errorf("web: template %s/%s: %w", t.face.Name, name, err)
	}
	return buf.Bytes(), nil
}
