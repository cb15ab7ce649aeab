package internal_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// These tests hold what is written to what is there: links, commands, records of
// decisions, the fields of a town's package.

var (
	mdLink    = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	mdFence   = regexp.MustCompile("(?ms)^```.*?^```")
	mdHeading = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	makeWord  = regexp.MustCompile("(?m)(?:`|^)make ([a-z]+)")
	notAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// documents are the Markdown files of the source tree by path.
func documents(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "bin" || strings.HasPrefix(d.Name(), ".") && p != ".") {
			return fs.SkipDir
		}
		if strings.HasSuffix(p, ".md") {
			all[p] = top(t, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("read only %d documents", len(all))
	}
	return all
}

// linkFaults finds relative links that lead to no file, or to no heading in it.
func linkFaults(docs map[string]string, exists func(string) bool) []string {
	var faults []string
	for from, text := range docs {
		for _, m := range mdLink.FindAllStringSubmatch(mdFence.ReplaceAllString(text, ""), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			file, anchor, _ := strings.Cut(m[1], "#")
			target := path.Join(path.Dir(from), file)
			if file == "" {
				target = from
			}
			if !exists(target) {
				faults = append(faults, fmt.Sprintf("%s: the link %s leads to no file", from, m[1]))
			} else if anchor != "" && !slices.Contains(anchors(docs[target]), anchor) {
				faults = append(faults, fmt.Sprintf("%s: %s has no heading #%s", from, target, anchor))
			}
		}
	}
	return faults
}

func anchors(text string) []string {
	var all []string
	for _, m := range mdHeading.FindAllStringSubmatch(mdFence.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.ReplaceAll(notAnchor.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return all
}

func TestLinksInDocumentsLeadSomewhere(t *testing.T) {
	exists := func(p string) bool {
		_, err := os.Stat("../" + p)
		return err == nil
	}
	report(t, linkFaults(documents(t), exists))
	broken := map[string]string{"docs/a.md": "[x](b.md) [y](#none) [z](https://example.org)\n# Some heading\n[w](#some-heading)"}
	found := linkFaults(broken, func(p string) bool { return p == "docs/a.md" })
	if len(found) != 2 {
		t.Errorf("the guard should see two broken links; it found %q", found)
	}
}

// commandFaults finds targets of make that a document names and the Makefile lacks.
func commandFaults(docs map[string]string, makefile string) []string {
	var faults []string
	for from, text := range docs {
		for _, m := range makeWord.FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`(?m)^` + m[1] + `:`).MatchString(makefile) {
				faults = append(faults, fmt.Sprintf("%s: the Makefile has no target %s", from, m[1]))
			}
		}
	}
	return faults
}

func TestCommandsInDocumentsAreThere(t *testing.T) {
	docs := documents(t)
	report(t, commandFaults(docs, top(t, "Makefile")))
	for _, command := range []string{"`make run`", "`make test`"} {
		if !strings.Contains(docs["README.md"], command) {
			t.Errorf("README.md does not name %s", command)
		}
	}
	if lines := strings.Count(docs["README.md"], "\n"); lines >= 120 {
		t.Errorf("README.md has %d lines; a newcomer reads fewer than 120", lines)
	}
	if found := commandFaults(map[string]string{"a.md": "`make coffee`\nmake tea"}, "run: build"); len(found) != 2 {
		t.Errorf("the guard should see two unknown targets; it found %q", found)
	}
}

// recordFaults finds what a record of a decision lacks.
func recordFaults(name, text, index string) []string {
	var faults []string
	for _, heading := range []string{"# " + name[:4] + " ", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n"} {
		if !strings.Contains(text, heading) {
			faults = append(faults, fmt.Sprintf("%s has no heading %q", name, strings.TrimSpace(heading)))
		}
	}
	if !strings.Contains(index, "("+name+")") {
		faults = append(faults, name+" is not in docs/decisions/README.md")
	}
	if n := strings.Count(text, "\n"); n >= 40 {
		faults = append(faults, fmt.Sprintf("%s has %d lines; a record has fewer than 40", name, n))
	}
	return faults
}

func TestDecisionsAreRecordsInTheIndex(t *testing.T) {
	entries, err := os.ReadDir("../docs/decisions")
	if err != nil {
		t.Fatal(err)
	}
	index, n := top(t, "docs/decisions/README.md"), 0
	for _, e := range entries {
		if e.Name() == "README.md" {
			continue
		}
		n++
		if want := fmt.Sprintf("%04d-", n); !strings.HasPrefix(e.Name(), want) {
			t.Errorf("docs/decisions/%s: the next number is %s", e.Name(), want)
			continue
		}
		report(t, recordFaults(e.Name(), top(t, "docs/decisions/"+e.Name()), index))
	}
	if found := recordFaults("0001-x.md", strings.Repeat("\n", 40), ""); len(found) != 6 {
		t.Errorf("the guard should see six faults; it found %q", found)
	}
}

// undescribed finds fields of a package's files that a document does not name.
func undescribed(files []source, document string) []string {
	var faults []string
	for _, f := range files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok || field.Tag == nil {
				return true
			}
			tag, _ := strconv.Unquote(field.Tag.Value)
			name, _, _ := strings.Cut(reflect.StructTag(tag).Get("yaml"), ",")
			if name != "" && name != "-" && !regexp.MustCompile("`(?:[a-z_.]+ )*"+name+"\\b[^`]*`").MatchString(document) {
				faults = append(faults, fmt.Sprintf("%s/%s: docs/packages.md does not describe the field %s", f.dir, f.name, name))
			}
			return true
		})
	}
	return faults
}

func TestEveryFieldOfAPackageIsDescribed(t *testing.T) {
	rooms := []string{"internal/tenant", "internal/casework", "internal/charter", "internal/provision", "internal/deadline"}
	var files []source
	for _, f := range house(t) {
		if slices.Contains(rooms, f.dir) && !f.test {
			files = append(files, f)
		}
	}
	document := top(t, "docs/packages.md")
	report(t, undescribed(files, document))
	coined := parse(t, "internal/charter", "x.go", []byte("package x\ntype t struct { A int `yaml:\"coined_here,omitempty\"` }"))
	if found := undescribed([]source{coined}, document); len(found) != 1 {
		t.Errorf("the guard should see one undescribed field; it found %q", found)
	}
}
