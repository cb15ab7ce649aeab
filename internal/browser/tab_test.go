package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds one step: a page that takes longer is broken.
const patience = 60 * time.Second

// tab is one tab of the browser, and keeps what happened in it that should not: an
// error in the console, a refusal by the content security policy, a request to
// somebody else, a cookie. Tabs share one profile, whose cache spares each of them
// the fonts; since no page sets a cookie, none can pass one to another.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	ours   string // the port that only the service has
	pages  map[string]bool
	faults []string
}

// newTab opens a tab that must stay clean.
func (s *service) newTab(t *testing.T) *tab {
	t.Helper()
	b := watchedTab(t, s.port)
	t.Cleanup(func() {
		for _, f := range b.wrongs() {
			t.Error(f)
		}
	})
	return b
}

// newDesk opens a tab in a profile of its own, where somebody can sign in: no
// other tab has its cookie.
func (s *service) newDesk(t *testing.T) *tab {
	t.Helper()
	b := watchedTab(t, s.port, chromedp.WithNewBrowserContext())
	t.Cleanup(func() {
		for _, f := range b.wrongs() {
			if !strings.HasPrefix(f, "cookie: ") {
				t.Error(f)
			}
		}
	})
	return b
}

// watchedTab opens a tab that keeps its faults. It closes with the test.
func watchedTab(t *testing.T, port string, how ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(chromium.ctx, how...)
	t.Cleanup(end)
	b := &tab{t: t, ctx: ctx, ours: port, pages: map[string]bool{}}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.screen(1280, 900)
	b.theme("light")
	return b
}

// lent gives the tab to a subtest until it calls what is returned.
func (b *tab) lent(t *testing.T) (back func()) {
	owner := b.t
	b.t = t
	return func() { b.t = owner }
}

// hear keeps the events that matter; it must be quick and ask nothing.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.asked(e)
	case *network.EventResponseReceivedExtraInfo:
		for name, value := range e.Headers {
			if strings.EqualFold(name, "Set-Cookie") {
				b.faults = append(b.faults, "cookie: an answer sets "+fmt.Sprint(value))
			}
		}
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, "console: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.faults = append(b.faults, "console: the page wrote a "+string(e.Type))
		}
	case *log.EventEntryAdded:
		// A page that answers 404 or 422 is told there too, and is meant to.
		if at, _, _ := strings.Cut(e.Entry.URL, "#"); e.Entry.Source == log.EntrySourceNetwork && b.pages[at] {
			return
		}
		// What password managers would like is no fault of a page.
		if e.Entry.Source == log.EntrySourceRecommendation {
			return
		}
		b.faults = append(b.faults, "console: "+string(e.Entry.Source)+": "+e.Entry.Text+" "+e.Entry.URL)
	}
}

func (b *tab) asked(e *network.EventRequestWillBeSent) {
	if e.Type == network.ResourceTypeDocument {
		b.pages[e.Request.URL] = true
	}
	u, err := url.Parse(e.Request.URL)
	if err != nil || u.Scheme == "data" {
		return
	}
	if u.Port() != b.ours || u.Hostname() != "localhost" && !strings.HasSuffix(u.Hostname(), ".localhost") {
		b.faults = append(b.faults, "foreign: "+e.DocumentURL+" asks "+e.Request.URL)
	}
}

// wrongs are the faults so far, and a cookie if the tab has one.
func (b *tab) wrongs() []string {
	jar := do(b, func(ctx context.Context, t *chromedp.Target) (network.GetCookiesResult, error) {
		return cdp.Call(ctx, t, network.GetCookies, network.GetCookiesParams{})
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range jar.Cookies {
		b.faults = append(b.faults, "cookie: the browser keeps "+c.Name)
	}
	return b.faults
}

// do runs one action with patience, and ends the test when it fails.
func do[T any](b *tab, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// command sends one command of the protocol that answers nothing.
func command[P, R any](b *tab, c cdp.Command[P, R], params P) {
	b.t.Helper()
	do(b, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, c, params) })
}

// eval gives the value of an expression in the page; args stand in it as the
// array args.
func eval[T any](b *tab, js string, args ...any) T {
	b.t.Helper()
	given, err := json.Marshal(args)
	if err != nil {
		b.t.Fatal(err)
	}
	wrapped := "(() => { const args = " + string(given) + "; return (" + js + "); })()"
	return do(b, chromedp.Evaluate[T](wrapped, chromedp.EvalAwaitPromise))
}

// visit opens an address, waits until it has its fonts, and gives the status.
func (b *tab) visit(address string) int {
	b.t.Helper()
	return b.loading(chromedp.Navigate(address))
}

// loading does something that leads to another page and gives its status.
func (b *tab) loading(steps ...chromedp.Action[chromedp.Void]) int {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		b.t.Fatal(err)
	}
	eval[bool](b, `document.fonts.ready.then(() => true)`)
	return int(res.Status)
}

// unfold opens a part of the page by its summary and waits until it can be read.
func (b *tab) unfold(selector string) {
	b.t.Helper()
	b.click(selector + " > summary")
	for began := time.Now(); time.Since(began) < patience; {
		if eval[bool](b, `[...document.querySelector(args[0]).children].every(e => e.checkVisibility())`, selector) {
			return
		}
	}
	b.t.Fatalf("%s does not unfold", selector)
}

// place is where to click on the first element that the selector finds and that
// is to be seen.
func (b *tab) place(selector string) (x, y float64) {
	b.t.Helper()
	spot := eval[[]float64](b, `(() => {
		const el = [...document.querySelectorAll(args[0])].find(e => e.checkVisibility());
		if (!el) return [];
		el.scrollIntoView({block: "center", behavior: "instant"});
		const r = el.getClientRects()[0];
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`, selector)
	if len(spot) == 0 {
		b.t.Fatalf("nothing to click at: %s", selector)
	}
	return spot[0], spot[1]
}

// click stays on the page.
func (b *tab) click(selector string) {
	b.t.Helper()
	x, y := b.place(selector)
	do(b, chromedp.MouseClickXY(x, y))
}

// follow clicks and waits for the page it leads to.
func (b *tab) follow(selector string) int {
	b.t.Helper()
	x, y := b.place(selector)
	return b.loading(chromedp.MouseClickXY(x, y))
}

// fill replaces what stands in a field, as typing does.
func (b *tab) fill(selector, text string) {
	b.t.Helper()
	b.click(selector)
	eval[bool](b, `(document.querySelector(args[0]).select(), true)`, selector)
	command(b, input.InsertText, input.InsertTextParams{Text: text})
}

// screen gives the tab a size in CSS pixels.
func (b *tab) screen(width, height int64) {
	b.t.Helper()
	do(b, chromedp.EmulateViewport(width, height))
}

// theme is what the reader's system prefers: light or dark. Nothing moves.
func (b *tab) theme(scheme string) { b.media("", scheme) }

func (b *tab) media(media, scheme string) {
	b.t.Helper()
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// scripts turns the page's scripts on or off; ours still read the page.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// text is what an element says, without surplus space; empty = there is none.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return eval[string](b, `(document.querySelector(args[0])?.innerText ?? "").replace(/\s+/g, " ").trim()`, selector)
}
