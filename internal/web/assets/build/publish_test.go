package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func listing(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestPublishNamesByContentAndTidies(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".gitkeep"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("p{color:red}", 50)
	first := hashed("site.css", []byte(text))
	font := file{"f.woff2", "f-ABCDEFGH.woff2", []byte("wOF2")}
	if err := publish([]file{first, font}, dir); err != nil {
		t.Fatal(err)
	}
	if got, want := listing(t, dir), []string{".gitkeep", "f-ABCDEFGH.woff2", "manifest.json", first.path, first.path + ".gz"}; !slices.Equal(got, want) {
		t.Fatalf("got %v\nwanted %v", got, want)
	}
	var manifest map[string]entry
	list, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(list, &manifest); err != nil {
		t.Fatal(err)
	}
	if e := manifest["site.css"]; e.Path != first.path || e.Size != len(text) || e.Gzip == 0 || e.Gzip >= e.Size {
		t.Errorf("site.css is listed as %+v", e)
	}
	if e := manifest["f.woff2"]; e.Gzip != 0 {
		t.Errorf("four bytes were compressed: %+v", e)
	}

	second := hashed("site.css", []byte(text+"a{color:red}"))
	if second.path == first.path {
		t.Fatal("another content has the same name")
	}
	if err := publish([]file{second, font}, dir); err != nil {
		t.Fatal(err)
	}
	if names := listing(t, dir); slices.Contains(names, first.path) || !slices.Contains(names, second.path) || !slices.Contains(names, ".gitkeep") {
		t.Errorf("after a change: %v", names)
	}
}

func TestAnUnchangedBuildTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	files := []file{hashed("site.css", []byte(strings.Repeat("p{color:red}", 50)))}
	if err := publish(files, dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, files[0].path)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := publish(files, dir); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !after.ModTime().Equal(before.ModTime()) {
		t.Error("the same content was written again")
	}
}
