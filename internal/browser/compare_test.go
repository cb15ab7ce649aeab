package browser

import (
	"encoding/csv"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// threeDays: a citizen who wonders whether Klaipėda answers questions within three
// days finds the promise among the results, with a badge, and the figure with the
// numbers it was made from.
func (s *service) threeDays(t *testing.T) {
	s.both(t, func(t *testing.T, b *tab) {
		b.visit(s.address("klaipeda", "/lt/"))
		b.follow(`a[href$="/lt/results"]`)
		if status := b.follow(`.promise__text a[href$="/commitments/answer-questions"]`); status != http.StatusOK {
			t.Fatalf("the promise answers %d", status)
		}
		b.wants("h1", "greičiau nei per 3 darbo dienas")
		if b.text(".state .badge") == "" {
			t.Error("there is no badge")
		}
		parts := eval[[]string](b, `[...document.querySelectorAll(".fraction > p b, .fraction div b")].map(e => e.innerText.replace(/[^0-9,]/g, "").replace(",", "."))`)
		if len(parts) != 3 {
			t.Fatalf("the fraction says %v: %s", parts, b.text(".state"))
		}
		var n [3]float64
		for i, part := range parts {
			n[i], _ = strconv.ParseFloat(part, 64)
		}
		if n[1] < 5 || math.Abs(100*n[0]/n[1]-n[2]) > 0.06 {
			t.Errorf("%v of %v are said to be %v %%", n[0], n[1], n[2])
		}
	})
}

// pick chooses in a list by the arrow keys.
func (b *tab) pick(selector, value string) {
	b.t.Helper()
	steps := eval[int](b, `(() => {
		const list = document.querySelector(args[0]);
		list.focus();
		return [...list.options].findIndex(o => o.value === args[1]) - list.selectedIndex;
	})()`, selector, value)
	key := kb.ArrowDown
	if steps < 0 {
		key, steps = kb.ArrowUp, -steps
	}
	for range steps {
		b.press(key)
	}
	if got := eval[string](b, `document.querySelector(args[0]).value`, selector); got != value {
		b.t.Fatalf("%s says %q, not %q", selector, got, value)
	}
}

// takeAway clicks at a download and gives the file.
func (b *tab) takeAway(selector string) []byte {
	b.t.Helper()
	dir := b.t.TempDir()
	command(b, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID,
	})
	b.click(selector)
	for began := time.Now(); time.Since(began) < patience; {
		files, _ := filepath.Glob(filepath.Join(dir, "*"))
		if len(files) == 1 && !strings.HasSuffix(files[0], ".crdownload") {
			raw, err := os.ReadFile(files[0])
			if err != nil {
				b.t.Fatal(err)
			}
			if len(raw) > 0 {
				return raw
			}
		}
		eval[bool](b, `true`) // as long as the browser needs to answer
	}
	b.t.Fatalf("%s brings nothing", selector)
	return nil
}

// threeSlowest: a coordinator signs in, finds the three of the small municipalities
// where people wait longest for an answer, and takes the table away.
func (s *service) threeSlowest(t *testing.T) {
	for _, mode := range []string{"with scripts", "without scripts"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			b := s.newDesk(t)
			b.scripts(mode == "with scripts")
			b.signIn(s, "", "en", "coordinator")
			b.visit(s.address("", "/en/admin/figures"))
			b.follow(`section[aria-labelledby="c-lt"] a[href*="/compare"]`)
			b.pick("#size", "small")
			b.pick("#indicator", "first_answer")
			b.pick("#sort", "worst")
			if status := b.follow("form.filters button"); status != http.StatusOK {
				t.Fatalf("the comparison answers %d", status)
			}
			shown := eval[[]string](b, `[...document.querySelectorAll("tbody th[scope=row]")].map(e => e.innerText.trim())`)
			if len(shown) < 4 {
				t.Fatalf("the class has %v", shown)
			}
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b.takeAway(`a[download][href*="format=csv"]`)), "\ufeff"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			name, value := slices.Index(rows[0], "name"), slices.Index(rows[0], "value")
			if name < 0 || value < 0 || len(rows)-1 != len(shown) {
				t.Fatalf("%d rows under %v for %d municipalities", len(rows)-1, rows[0], len(shown))
			}
			// The file is sorted anew here: the page must agree with it.
			days := func(row []string) float64 { d, _ := strconv.ParseFloat(row[value], 64); return d }
			slices.SortStableFunc(rows[1:], func(a, b []string) int {
				return int(math.Copysign(math.Ceil(math.Abs(days(b)-days(a))), days(b)-days(a)))
			})
			for i, row := range rows[1:4] {
				// The page has the short name, which begins alike.
				if town, _, _ := strings.Cut(shown[i], " sav."); !strings.HasPrefix(row[name], town+" ") {
					t.Errorf("number %d of the slowest is %s on the page and %s in the file", i+1, shown[i], row[name])
				}
			}
		})
	}
}
