package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// chromium is the one browser of the run, or why there is none. TestMain sets it
// before any test and ends it after all.
var chromium struct {
	ctx     context.Context
	missing error
}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		stop, err := launch()
		if err != nil {
			chromium.missing = err
		}
		defer stop()
		defer cases.print()
		return m.Run()
	}())
}

// launch starts Chromium with nothing that reaches out by itself.
func launch() (stop func(), err error) {
	path, err := find()
	if err != nil {
		return func() {}, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// What the reader prefers, where the address does not say it.
		chromedp.Flag("accept-lang", "en-US"),
		// A phone's scroll bar takes no width away; 320 px are then 320 px.
		chromedp.Flag("hide-scrollbars", true),
	)
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		end()
		return func() {}, fmt.Errorf("%s does not start: %w", path, err)
	}
	chromium.ctx = ctx
	return end, nil
}

func find() (string, error) {
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium (Debian: apt-get install chromium)")
}

// needChromium skips for want of a browser, or fails where CI is set.
func needChromium(t *testing.T) {
	t.Helper()
	if chromium.missing == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatal(chromium.missing)
	}
	fmt.Fprintf(os.Stderr, "SKIPPED %s: %v\n", t.Name(), chromium.missing)
	t.Skipf("SKIPPED: %v", chromium.missing)
}
