// Command guards is `make guards`: it takes each guard of the service away, one at
// a time, and wants the test that stands for it to fail. A test of safety that
// stays green without its guard proves nothing.
//
// No file is changed: the compiler is given another text of the one in its place
// (go test -overlay). What stands in the list is looked at in every `make test`: a
// guard that was reworded must be found again.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

func main() {
	only := flag.String("only", "", "take away only the guards whose proof or words contain this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, "guards:", err)
		os.Exit(1)
	}
}

// verdict is what became of a test without its guard.
type verdict string

const (
	red    verdict = "red"    // as it should be
	green  verdict = "GREEN"  // the test does not stand for the guard
	broken verdict = "BROKEN" // without the guard nothing can be compiled or begun
)

func run(ctx context.Context, only string) error {
	root, err := filepath.Abs(".")
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer table.Flush()
	fmt.Fprintln(table, "proof\twithout\tthe test\tis\tseconds")
	missed, tried := 0, 0
	for _, g := range guards() {
		if !strings.Contains(g.proof+" "+g.without, only) {
			continue
		}
		began := time.Now()
		v, said, err := g.miss(ctx, root)
		if err != nil {
			return fmt.Errorf("%s: %w", g.proof, err)
		}
		tried++
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%.0f\n", g.proof, g.without, g.test, v, time.Since(began).Seconds())
		fmt.Fprintf(os.Stderr, "%s: %s: %s\n", v, g.proof, g.without)
		if v != red {
			missed++
			fmt.Fprintln(os.Stderr, said)
		}
	}
	fmt.Fprintf(table, "%d guards, %d missed\n", tried, missed)
	if tried == 0 || missed > 0 {
		return errors.New("not every guard is missed by its test")
	}
	return nil
}

// miss runs the test of a guard without the guard.
func (g guard) miss(ctx context.Context, root string) (verdict, string, error) {
	dir, err := os.MkdirTemp("", "guards")
	if err != nil {
		return "", "", err
	}
	defer os.RemoveAll(dir)
	overlay, err := g.overlay(root, dir)
	if err != nil {
		return "", "", err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout=10m", "-overlay="+overlay, "-run=^"+g.test+"$", "./"+g.pkg)
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	said := string(out)
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	switch {
	case strings.Contains(said, "[build failed]") || strings.Contains(said, "[setup failed]"):
		return broken, said, nil
	case strings.Contains(said, "no tests to run"):
		return broken, said, nil
	case err == nil:
		return green, said, nil
	case strings.Contains(said, "--- FAIL: "+g.test):
		return red, said, nil
	}
	return broken, said, nil
}

// overlay writes the files as they are without the guard, and the list of them for
// the compiler.
func (g guard) overlay(root, dir string) (string, error) {
	texts := map[string]string{}
	for _, e := range g.edits {
		text, read := texts[e.file]
		if !read {
			raw, err := os.ReadFile(filepath.Join(root, e.file))
			if err != nil {
				return "", err
			}
			text = string(raw)
		}
		if strings.Count(text, e.guard) != 1 {
			return "", fmt.Errorf("%s: the guard stands there %d times: %s", e.file, strings.Count(text, e.guard), e.guard)
		}
		texts[e.file] = strings.Replace(text, e.guard, e.instead, 1)
	}
	list := struct{ Replace map[string]string }{map[string]string{}}
	for file, text := range texts {
		path := filepath.Join(dir, fmt.Sprint(len(list.Replace))+filepath.Ext(file))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return "", err
		}
		list.Replace[filepath.Join(root, file)] = path
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, raw, 0o600)
}
