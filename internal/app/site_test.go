package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/config"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// fourTowns is a service over the four towns of the demonstration, on the
// loopback; client dials it whatever the host of the address is.
func fourTowns(t *testing.T) (client *http.Client, logged *strings.Builder) {
	t.Helper()
	db := pgtest.Prepared(t, "four-towns", func(db *pgtest.Database) error {
		return Prepare(context.Background(), testSettings(db), config.Secret(db.SuperURL), io.Discard)
	})
	s := testSettings(db)
	s.DataDir = t.TempDir()
	h, err := newHouse(s)
	if err != nil {
		t.Fatal(err)
	}
	door, err := pg.Open(t.Context(), h.options(s.DatabaseURL, s.DatabasePool))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { door.Close() })
	logged = &strings.Builder{}
	r, err := h.rooms()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.openFiles(r); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.files.Close() })
	server, err := h.web(door, r, slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelWarn})), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.towns = server.Towns
	if err := server.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(server)
	t.Cleanup(ts.Close)
	address := ts.Listener.Addr().String()
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial}, Timeout: 30 * time.Second}, logged
}

func testSettings(db *pgtest.Database) *config.Settings {
	loaded, err := config.Load(config.Source{Environ: os.Environ(), Forced: map[string]any{
		"environment": config.Development, "http_addr": "127.0.0.1:8080", "clock": "2026-11-20T10:00:00Z",
		"secret_key":   strings.Repeat("k", 32),
		"database_url": db.ServiceURL, "admin_database_url": db.AdminURL,
	}})
	if err != nil {
		panic(err)
	}
	return &loaded.Settings
}

// TestEveryLinkLeadsToAPage follows every link of every town and of the portal, in
// every language: each leads to a page, and no town's page shows another town.
func TestEveryLinkLeadsToAPage(t *testing.T) {
	client, logged := fourTowns(t)
	names := map[string][]string{
		"klaipeda": {"Klaipėda", "Klaipėdos"}, "varena": {"Varėna", "Varėnos"},
		"chuprene": {"Чупрене"}, "peshtera": {"Пещера"},
	}
	for _, host := range []string{"localhost", "klaipeda.localhost", "varena.localhost", "chuprene.localhost", "peshtera.localhost"} {
		t.Run(host, func(t *testing.T) {
			seen := crawl(t, client, host)
			if len(seen) < 9 {
				t.Fatalf("only %d pages were found", len(seen))
			}
			for path, text := range seen {
				for slug, forms := range names {
					if host == "localhost" || strings.HasPrefix(host, slug) {
						continue
					}
					for _, form := range forms {
						if strings.Contains(text, form) {
							t.Errorf("%s%s names %s", host, path, form)
						}
					}
				}
			}
			t.Logf("%d pages", len(seen))
		})
	}
	if logged.Len() > 0 {
		t.Errorf("the service complained:\n%s", logged.String())
	}
}

// crawl reads every page of a host that a link leads to, at most once.
func crawl(t *testing.T, client *http.Client, host string) map[string]string {
	t.Helper()
	origin := "http://" + host + ":8080"
	seen := map[string]string{}
	alike := map[string]int{}
	queue := []string{"/"}
	for len(queue) > 0 && len(seen) < 1000 {
		path := queue[0]
		queue = queue[1:]
		if _, done := seen[path]; done {
			continue
		}
		page, body := fetch(t, client, origin+path)
		seen[path] = body
		if page == nil {
			continue
		}
		if title := page.Find("title").Text(); strings.TrimSpace(title) == "" || page.Find("h1").Length() != 1 {
			t.Errorf("%s%s has title %q and %d h1", host, path, title, page.Find("h1").Length())
		}
		page.Find("a[href], link[href]").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			u, err := url.Parse(href)
			if err != nil {
				t.Errorf("%s%s links to %q: %v", host, path, href, err)
				return
			}
			if u = must(url.Parse(origin + path)).ResolveReference(u); u.Host == host+":8080" {
				u.Fragment = ""
				// Of many choices of the same questions a few are enough here.
				asked := strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
				if alike[u.Path+asked]++; len(u.Query()) < 3 || alike[u.Path+asked] <= 3 {
					queue = append(queue, u.RequestURI())
				}
			}
		})
	}
	return seen
}

func must(u *url.URL, err error) *url.URL {
	if err != nil {
		panic(err)
	}
	return u
}

func fetch(t *testing.T, client *http.Client, address string) (*goquery.Document, string) {
	t.Helper()
	res, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s answers %d", address, res.StatusCode)
		return nil, ""
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return nil, string(body)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", address, err))
	}
	return doc, doc.Text()
}
