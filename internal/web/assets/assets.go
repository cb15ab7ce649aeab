// Package assets holds what the browser loads beside the pages: the style sheets,
// the small scripts and the fonts, built by the command in build/ and embedded
// here. Nothing is fetched from anybody else's server, so nobody else learns who
// reads a charter (GDPR, Art. 25).
//
// Every file is named by its content and may be kept for ever: a new release
// names new files. The package has no tables and no state but the files.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Prefix is where the files are served.
const Prefix = "/assets/"

// dist is filled by go run ./internal/web/assets/build and not committed.
//
//go:embed all:dist
var dist embed.FS

// ErrNotBuilt is returned when the binary was compiled before the assets were made.
var ErrNotBuilt = errors.New("the style sheets and fonts are not built: run npm ci and go run ./internal/web/assets/build, then compile again")

// Set is the built files of one release; it is safe for use by many requests.
type Set struct {
	paths map[string]string // site.css -> /assets/site-3f2a….css
	files map[string]file   // by path
}

type file struct {
	kind       string // media type
	etag       string // without quotes
	body, gzip []byte // gzip is nil where compressing gains nothing
}

// kind is the media type of the few kinds of file we serve, else empty. The tables
// of the machines we run on differ, so they are not asked.
func kind(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return ""
}

// Load reads the files embedded in this binary. It returns ErrNotBuilt when there
// are none.
func Load() (*Set, error) {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	return From(sub)
}

// From reads a folder as the build command writes it. A manifest that names a file
// which is missing, cut short or of an unknown type is refused.
func From(dir fs.FS) (*Set, error) {
	list, err := fs.ReadFile(dir, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	var manifest map[string]struct {
		Path string `json:"path"`
		Size int    `json:"size"`
		Gzip int    `json:"gzip"`
	}
	if err := json.Unmarshal(list, &manifest); err != nil {
		return nil, fmt.Errorf("assets: manifest.json: %w", err)
	}
	s := &Set{paths: make(map[string]string, len(manifest)), files: make(map[string]file, len(manifest))}
	for name, e := range manifest {
		f := file{kind: kind(e.Path), etag: strings.TrimSuffix(e.Path, path.Ext(e.Path))}
		if f.kind == "" {
			return nil, fmt.Errorf("assets: %s has no type we serve", e.Path)
		}
		if f.body, err = whole(dir, e.Path, e.Size); err != nil {
			return nil, err
		}
		if e.Gzip > 0 {
			if f.gzip, err = whole(dir, e.Path+".gz", e.Gzip); err != nil {
				return nil, err
			}
		}
		s.paths[name], s.files[Prefix+e.Path] = Prefix+e.Path, f
	}
	return s, nil
}

func whole(dir fs.FS, name string, size int) ([]byte, error) {
	body, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	if len(body) != size {
		return nil, fmt.Errorf("assets: %s has %d bytes, the manifest says %d", name, len(body), size)
	}
	return body, nil
}

// Path is the address of a built file, such as "site.css". A name that was not
// built is a mistake in a template; it panics, which html/template reports as an
// error of that page.
func (s *Set) Path(name string) string {
	p, ok := s.paths[name]
	if !ok {
		panic(fmt.Sprintf("assets: nothing is built under the name %q", name))
	}
	return p
}

// Fonts are the two files to preload for a page in lang: the letters its first
// lines are written in. The others come when the page needs them.
func (s *Set) Fonts(lang string) []string {
	script := "latin"
	if lang == "bg" {
		script = "cyrillic"
	}
	return []string{
		s.Path("source-serif-4-" + script + "-wght-normal.woff2"),
		s.Path("inter-" + script + "-wght-normal.woff2"),
	}
}
