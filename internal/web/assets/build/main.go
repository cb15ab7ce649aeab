// Command build makes what the browser loads beside the pages: it bundles
// Designsystemet, the house's style sheets and the small scripts, takes out what
// no page uses, copies the fonts, names every file by its content, compresses it,
// and writes all to internal/web/assets/dist, from where it is embedded.
//
// It is run from the top of the source tree, after npm ci:
//
//	go run ./internal/web/assets/build
//
// The bundler is a tool of tools/go.mod and no part of the service.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	home = "internal/web/assets"
	dist = home + "/dist"
)

// entries are what a page can ask for by name: site for every page, the others in
// addition where the screen needs them.
var entries = []string{
	"css/site.css",
	"css/case.css",
	"css/desk.css",
	"css/compare.css",
	"js/site.js",
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run() error {
	if err := prepared(); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "charter-assets-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := bundle(tmp); err != nil {
		return err
	}
	files, err := collect(tmp)
	if err != nil {
		return err
	}
	return publish(files, dist)
}

// prepared says what is missing in one sentence, before the bundler says it in
// thirty lines.
func prepared() error {
	if _, err := os.Stat(home); err != nil {
		return errors.New("run it from the top of the source tree")
	}
	for _, dir := range []string{"@digdir/designsystemet-css", "@digdir/designsystemet-theme", "@fontsource-variable/inter", "@fontsource-variable/source-serif-4"} {
		if _, err := os.Stat(filepath.Join("node_modules", dir)); err != nil {
			return fmt.Errorf("%s is not installed: run npm ci", dir)
		}
	}
	return nil
}

func bundle(out string) error {
	args := []string{
		"tool", "-modfile=tools/go.mod", "esbuild",
		"--bundle", "--minify", "--log-level=warning", "--legal-comments=none",
		// Three years of browsers: layers, :has and nesting are there already.
		"--target=chrome111,edge111,firefox115,safari16.4",
		"--loader:.woff2=file", "--entry-names=[name]", "--asset-names=[name]-[hash]",
		"--outdir=" + out,
	}
	for _, entry := range entries {
		args = append(args, home+"/"+entry)
	}
	cmd := exec.Command("go", args...)
	said, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(said), "WARNING") {
		return fmt.Errorf("esbuild: %v\n%s", err, said)
	}
	return nil
}
