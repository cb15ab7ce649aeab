package config

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite docs/configuration.md and .env.example")

// entry is one setting as defaults.yaml documents it.
type entry struct {
	section, key, value string
	meaning             []string
}

var keyLine = regexp.MustCompile(`^([a-z_]+): ?(.*)$`)

// documented reads defaults.yaml as its reader does: comment, key, value.
func documented(t *testing.T) []entry {
	t.Helper()
	_, body, found := strings.Cut(string(defaultsYAML), "\n\n") // after the file's own comment
	if !found {
		t.Fatal("defaults.yaml does not begin with a comment and an empty line")
	}
	var all []entry
	var meaning []string
	section := "General"
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		switch m := keyLine.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "# --- "):
			name := strings.TrimPrefix(line, "# --- ")
			section = strings.ToUpper(name[:1]) + name[1:]
		case strings.HasPrefix(line, "# "):
			meaning = append(meaning, strings.TrimPrefix(line, "# "))
		case m != nil:
			all = append(all, entry{section: section, key: m[1], value: strings.Trim(m[2], `"`), meaning: meaning})
			meaning = nil
		case line != "":
			t.Fatalf("defaults.yaml: what is %q?", line)
		}
	}
	return all
}

func TestEveryFieldIsDocumented(t *testing.T) {
	entries := documented(t)
	if len(entries) != len(fields()) {
		t.Errorf("%d keys in defaults.yaml, %d fields", len(entries), len(fields()))
	}
	for i, f := range fields() {
		if i >= len(entries) {
			break
		}
		e := entries[i]
		if e.key != f.key {
			t.Fatalf("field %d is %s in the struct and %s in defaults.yaml: keep one order", i, f.key, e.key)
		}
		if len(e.meaning) == 0 {
			t.Errorf("%s has no comment in defaults.yaml", e.key)
		}
	}
}

func TestGeneratedFilesAreFresh(t *testing.T) {
	for path, want := range map[string][]byte{
		"../docs/configuration.md": configurationPage(t),
		"../.env.example":          envExample(t),
	} {
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run make generate", path)
		}
	}
}

func configurationPage(t *testing.T) []byte {
	var b bytes.Buffer
	b.WriteString(`# Settings

<!-- Generated from config/ by make generate; a test keeps it true. -->

Every setting is a key of ` + "`config/defaults.yaml`" + `. A file of the same form given by
` + "`--config`" + ` overrides the defaults, and the environment overrides both. A secret may
stand in a file of its own: set the variable with ` + "`_FILE`" + ` at its end to the path.
` + "`charter config print`" + ` shows what is in force and where each value comes from, with
secrets masked. An unknown ` + "`CHARTER_`" + ` variable is warned of, an unknown key of a file
refused.
`)
	section := ""
	for i, e := range documented(t) {
		if e.section != section {
			section = e.section
			fmt.Fprintf(&b, "\n## %s\n\n| variable | default | meaning |\n|---|---|---|\n", section)
		}
		f := fields()[i]
		name := "`" + f.variable() + "`"
		if f.secret() {
			name += "<br>secret, also `" + f.variable() + "_FILE`"
		}
		value := "empty"
		if e.value != "" && e.value != "[]" {
			value = "`" + e.value + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, value, strings.ReplaceAll(strings.Join(e.meaning, " "), "|", `\|`))
	}
	return b.Bytes()
}

// envExample holds every variable; those a first installation must set are not
// commented out.
func envExample(t *testing.T) []byte {
	var b bytes.Buffer
	b.WriteString(`# Copy to .env and fill in; docker compose and the systemd unit read it.
# Generated from config/ by make generate; docs/configuration.md has the same list.

# --- docker compose only

# Passwords of the database's superuser and of the service: openssl rand -hex 24
POSTGRES_PASSWORD=
SERVICE_PASSWORD=
`)
	needed := []string{"secret_key", "base_domain", "public_scheme"}
	section := ""
	for i, e := range documented(t) {
		if e.section != section {
			section = e.section
			fmt.Fprintf(&b, "\n# --- %s\n", strings.ToLower(section))
		}
		b.WriteString("\n")
		for _, line := range e.meaning {
			fmt.Fprintf(&b, "# %s\n", line)
		}
		mark := "#"
		if slices.Contains(needed, e.key) {
			mark = ""
		}
		fmt.Fprintf(&b, "%s%s=%s\n", mark, fields()[i].variable(), strings.Trim(e.value, "[]"))
	}
	return b.Bytes()
}
