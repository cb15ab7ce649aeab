package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// file is one file to be served: the name templates ask for, and its bytes.
type file struct {
	name string // site.css
	path string // site-3f2a….css
	body []byte
}

// entry is a file's line in the manifest.
type entry struct {
	Path string `json:"path"`
	Size int    `json:"size"`
	Gzip int    `json:"gzip,omitempty"` // size of path + ".gz"; 0 = there is none
}

var bundlerHash = regexp.MustCompile(`-[A-Z0-9]{8}(\.woff2)$`)

// licences of what is handed out with the service: both licences ask for it.
var licences = []string{"@digdir/designsystemet-css", "@digdir/designsystemet-theme", "@fontsource-variable/inter", "@fontsource-variable/source-serif-4"}

func collect(dir string) ([]file, error) {
	names, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []file
	sheets := map[string]string{}
	for _, n := range names {
		body, err := os.ReadFile(filepath.Join(dir, n.Name()))
		if err != nil {
			return nil, err
		}
		switch filepath.Ext(n.Name()) {
		case ".css":
			sheets[n.Name()] = string(body)
		case ".woff2":
			// The style sheets name the fonts already, so the bundler's hash stays.
			files = append(files, file{bundlerHash.ReplaceAllString(n.Name(), "$1"), n.Name(), body})
		default:
			files = append(files, hashed(n.Name(), body))
		}
	}
	if sheets, err = shake(sheets); err != nil {
		return nil, err
	}
	for name, css := range sheets {
		files = append(files, hashed(name, []byte(css)))
	}
	var text bytes.Buffer
	for _, name := range licences {
		body, err := os.ReadFile(filepath.Join("node_modules", name, "LICENSE"))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&text, "%s\n\n%s\n\n", name, bytes.TrimSpace(body))
	}
	return append(files, hashed("licences.txt", text.Bytes())), nil
}

func hashed(name string, body []byte) file {
	sum := sha256.Sum256(body)
	ext := filepath.Ext(name)
	return file{name, strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext, body}
}

// publish writes what is new, then the manifest, and only then removes what is
// old: somebody may be compiling meanwhile.
func publish(files []file, dir string) error {
	manifest := map[string]entry{}
	keep := map[string]bool{".gitkeep": true, "manifest.json": true}
	put := func(name string, body []byte) error {
		keep[name] = true
		path := filepath.Join(dir, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, body) {
			return nil
		}
		return os.WriteFile(path, body, 0o644)
	}
	for _, f := range files {
		e := entry{Path: f.path, Size: len(f.body)}
		if err := put(f.path, f.body); err != nil {
			return err
		}
		if packed := squeeze(f.body); len(packed) < len(f.body)*9/10 {
			e.Gzip = len(packed)
			if err := put(f.path+".gz", packed); err != nil {
				return err
			}
		}
		manifest[f.name] = e
	}
	list, err := json.MarshalIndent(manifest, "", "\t")
	if err != nil {
		return err
	}
	if err := put("manifest.json", append(list, '\n')); err != nil {
		return err
	}
	return tidy(dir, keep)
}

func tidy(dir string, keep map[string]bool) error {
	old, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, n := range old {
		if keep[n.Name()] {
			continue
		}
		if err := os.Remove(filepath.Join(dir, n.Name())); err != nil {
			return err
		}
	}
	return nil
}

// squeeze compresses as far as gzip goes: it is done once and served for ever.
func squeeze(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	w.Write(body) // into memory: cannot fail
	w.Close()
	return out.Bytes()
}
