// Command addstring puts a message into every file of locales/, beside the keys
// it belongs to:
//
//	go run ./internal/i18n/addstring home.greeting lt="Laba diena" bg="Здравейте" en="Hello"
//
// A message that counts is given form by form: lt.one="…" lt.few="…". The
// constant in the owner's keys.go is still to be written; the tests ask for it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, `usage: addstring KEY lt="…" bg="…" en="…"`)
		os.Exit(2)
	}
	for _, arg := range os.Args[2:] {
		lang, text, _ := strings.Cut(arg, "=")
		lang, form, _ := strings.Cut(lang, ".")
		key := os.Args[1]
		if form != "" {
			key += "." + form
		}
		if err := add(filepath.Join("locales", "active."+lang+".toml"), key, text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func add(path, key, text string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("no such language: %w", err)
	}
	file, err := insert(string(raw), key, text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, []byte(file), 0o644)
}

// insert puts the line after the last one whose key shares the most steps.
func insert(file, key, text string) (string, error) {
	lines := strings.Split(strings.TrimRight(file, "\n"), "\n")
	if strings.Contains("\n"+file, "\n"+key+" = ") {
		return "", fmt.Errorf("%s is there already", key)
	}
	at := len(lines)
	for stem := key; at == len(lines) && strings.Contains(stem, "."); {
		stem = stem[:strings.LastIndex(stem, ".")]
		for i, line := range lines {
			if strings.HasPrefix(line, stem+".") {
				at = i + 1
			}
		}
	}
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\u00a0", `\u00a0`, "\n", `\n`).Replace(text)
	lines = append(lines[:at], append([]string{key + ` = "` + quoted + `"`}, lines[at:]...)...)
	return strings.Join(lines, "\n") + "\n", nil
}
