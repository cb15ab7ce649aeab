package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	scriptBody = regexp.MustCompile(`(?is)<script[^>]*>(.*?)</script>`)
	styleBody  = regexp.MustCompile(`(?is)<style[^>]*>(.*?)</style>`)
	tagText    = regexp.MustCompile(`(?s)<[a-zA-Z][^<]*?>`)
	handler    = regexp.MustCompile(`(?i)\son[a-z]+\s*=`)
	styleAttr  = regexp.MustCompile(`(?i)\sstyle\s*=`)
	action     = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	foreign    = regexp.MustCompile(`(?i)<(?:script|link|img|iframe|object|embed|source|video|audio)[^>]+(?:src|href|srcset)\s*=\s*["']?\s*(?:https?:)?//`)
)

// templateFaults finds what our policy for pages forbids: code or style inside a
// page, and anything fetched from another host.
func templateFaults(text string) []string {
	var faults []string
	for _, m := range scriptBody.FindAllStringSubmatch(text, -1) {
		if strings.TrimSpace(m[1]) != "" {
			faults = append(faults, "code inside <script>: "+m[1])
		}
	}
	for _, m := range styleBody.FindAllStringSubmatch(text, -1) {
		faults = append(faults, "a <style> element: "+m[1])
	}
	if foreign.MatchString(text) {
		faults = append(faults, "a file from another host: "+foreign.FindString(text))
	}
	for _, tag := range tagText.FindAllString(action.ReplaceAllString(text, ""), -1) {
		if handler.MatchString(tag) {
			faults = append(faults, "an event handler: "+tag)
		}
		if styleAttr.MatchString(tag) {
			faults = append(faults, "an inline style: "+tag)
		}
	}
	return faults
}

func TestTemplatesHoldNoCode(t *testing.T) {
	n := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		for _, f := range templateFaults(string(text)) {
			t.Errorf("%s: %s", path, f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 5 {
		t.Fatalf("read only %d templates", n)
	}
}

func TestTemplateFaultsAreSeen(t *testing.T) {
	for _, bad := range []string{
		`<script>var x = {{.}}</script>`, `<script src="a.js">{{.}}</script>`, `<style>a{}</style>`,
		`<button onclick="go()">`, `<p  style="color:red">`, `<a {{if .}}x{{end}} onfocus=1>`,
		`<script src="https://cdn.example/x.js"></script>`, `<img src="//cdn.example/x.png">`,
	} {
		if len(templateFaults(bad)) == 0 {
			t.Errorf("not seen: %s", bad)
		}
	}
	if f := templateFaults(`<p class="on"><a href="https://example.lt">one = two</a><script src="{{.Script}}" defer></script>`); len(f) > 0 {
		t.Errorf("a good template is refused: %v", f)
	}
}

// TestOnePlaceTrustsText holds that text becomes unescaped HTML in one function
// only, in the kit and in every face, and that no other file trusts anything.
func TestOnePlaceTrustsText(t *testing.T) {
	cast := regexp.MustCompile(`template\.(?:HTML|HTMLAttr|JS|JSStr|CSS|URL|Srcset)\(`)
	found := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if cast.Match(text) && path != "wording.go" {
			t.Errorf("%s turns text into something html/template does not escape; only wording.go may", path)
		}
		found += strings.Count(string(text), "template.HTML(")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found != 1 {
		t.Errorf("%d places turn text into trusted HTML, want 1", found)
	}
}
