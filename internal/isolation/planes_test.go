package isolation

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestThePageCacheKeepsTownsApart asks the same address on both hosts, before and
// after it is kept, and with the other's ETag.
func TestThePageCacheKeepsTownsApart(t *testing.T) {
	w := open(t)
	// The same revision in both, so that nothing but the town tells two pages apart.
	_, err := w.raw.Exec(`UPDATE platform.revisions SET revision = 777`)
	must(t, err)
	must(t, w.Server.Refresh(t.Context()))
	kept := 0
	for _, path := range []string{"/en/", "/en/charter", "/en/commitments", "/en/due", "/en/privacy", "/robots.txt", "/sitemap.xml", "/emblem.svg"} {
		var tags [2]string
		for range 3 {
			for i, slug := range []string{slugA, slugB} {
				other := []string{slugB, slugA}[i]
				got := w.ask(question{Slug: slug, Path: path})
				if got.Status != http.StatusOK || betrays(got.all(), other) || strings.Contains(got.Body, "//"+other+".") {
					t.Errorf("%s%s: %d, the other town in it: %t", slug, path, got.Status, betrays(got.all(), other))
				}
				tags[i] = got.Header.Get("Etag")
				kept++
			}
		}
		for i, slug := range []string{slugA, slugB} {
			got := w.ask(question{Slug: slug, Path: path, Header: map[string]string{"If-None-Match": tags[1-i]}})
			if tags[0] != tags[1] && got.Status != http.StatusOK {
				t.Errorf("%s%s: the other town's ETag is answered %d", slug, path, got.Status)
			}
		}
	}
	t.Logf("page cache: %d readings of pages that both towns have", kept)
}

// TestLanguageFollowsTheHost crosses what a browser prefers with whose host it is.
func TestLanguageFollowsTheHost(t *testing.T) {
	w := open(t)
	for _, prefers := range []string{"lt", "bg", "en", "ru, bg;q=0.9, lt;q=0.8", ""} {
		for slug, langs := range map[string][]string{slugA: {"lt", "en"}, slugB: {"bg", "en"}, "": {"en", "lt", "bg"}} {
			got := w.ask(question{Slug: slug, Path: "/", Header: map[string]string{"Accept-Language": prefers}})
			to := strings.Trim(got.Header.Get("Location"), "/")
			if got.Status != http.StatusFound || !slices.Contains(langs, to) || got.Header.Get("Vary") != "Accept-Language" || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%q at %q: %d to %q, %v", prefers, slug, got.Status, to, got.Header)
			}
		}
	}
}

// TestOneTownsStormIsNotAnothers uses up what one address may guess in A; in B, and
// for another address, nothing is slower.
func TestOneTownsStormIsNotAnothers(t *testing.T) {
	w := open(t)
	guess := func(slug, from string) (reply, time.Duration) {
		began := time.Now()
		lang := map[string]string{slugA: "lt", slugB: "bg"}[slug]
		got := w.ask(question{Slug: slug, Method: http.MethodPost, Path: "/" + lang + "/track", From: from,
			Form: url.Values{"number": {w.towns[slug].Cases[opened].Number}, "code": {neverCode()}}})
		return got, time.Since(began)
	}
	const here = "192.0.2.7:1234"
	storm := 0
	for ; storm < 40; storm++ {
		if got, _ := guess(slugA, here); got.Status == http.StatusTooManyRequests {
			break
		}
	}
	if storm == 40 {
		t.Fatal("nothing bounds the guesses of one address")
	}
	for name, c := range map[string]struct{ slug, from string }{"the other town": {slugB, here}, "another address": {slugA, "192.0.2.8:1234"}} {
		if got, took := guess(c.slug, c.from); got.Status != http.StatusNotFound || took > 2*time.Second {
			t.Errorf("%s: answered %d after %s", name, got.Status, took)
		}
	}
	t.Logf("limits: A is shut to an address after %d guesses, B is not", storm)
}

// TestFilesKeepToTheirTown asks for B's files in A's folder, by their ids and by
// paths.
func TestFilesKeepToTheirTown(t *testing.T) {
	w := open(t)
	var ids []string
	for id := range w.b().Files {
		ids = append(ids, id, "../../"+w.b().Realm+"/kept/"+id[:2]+"/"+id, "/"+id, id+"\x00", strings.ToUpper(id))
	}
	for _, id := range ids {
		if f, err := w.Files.Read(realm(slugA), id); err == nil {
			f.Close()
			t.Errorf("A reads %q", id)
		}
	}
	_, err := w.Files.Stage(t.Context(), realm(slugB), w.b().Tickets[0], "a.pdf", false, strings.NewReader("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"))
	must(t, err)
	if waits, err := w.Files.Waiting(realm(slugA), w.b().Tickets[0]); err != nil || len(waits) > 0 {
		t.Errorf("a file that waits in B waits in A: %v %v", waits, err)
	}
	spool, err := w.Files.Spool()
	must(t, err)
	defer spool.Close()
	if name := spool.Name(); strings.Contains(name, slugA) || strings.Contains(name, slugB) {
		t.Errorf("the spool is a town's: %s", name)
	}
	t.Logf("files: %d ways to a file of the other town, none open", len(ids))
}

var tenantLabel = regexp.MustCompile(`tenant="([^"]*)"`)

// TestMetricsNameOnlyTowns asks for what is not there, on hosts that are not there;
// no label shows it.
func TestMetricsNameOnlyTowns(t *testing.T) {
	w := open(t)
	for _, q := range []question{
		{Slug: slugA, Path: "/lt/" + w.a().Canary}, {Slug: w.a().Canary, Path: "/"}, {Slug: slugA, Path: "/lt/admin/cases/" + url.PathEscape(w.b().Cases[opened].Number)},
		{Slug: slugA, Method: "CNRY", Path: "/lt/"}, {Slug: slugB, Path: "/bg/track/x/" + w.b().Cases[opened].Link},
	} {
		w.ask(q)
	}
	got := w.ask(question{Slug: slugA, Path: "/metrics", From: "127.0.0.1:1234"})
	// The jobs are counted of every town that there is.
	labels, known := map[string]bool{}, []string{"-", slugA, slugB, "portal"}
	for _, town := range w.Server.Towns().Towns() {
		known = append(known, town.Slug)
	}
	for _, m := range tenantLabel.FindAllStringSubmatch(got.Body, -1) {
		labels[m[1]] = true
		if !slices.Contains(known, m[1]) {
			t.Errorf("a label names the tenant %q", m[1])
		}
	}
	if got.Status != http.StatusOK || len(labels) < 2 || strings.Contains(strings.ToLower(got.Body), "cnry") || strings.Contains(got.Body, w.b().Cases[opened].Link) {
		t.Errorf("metrics: %d, tenants %v", got.Status, labels)
	}
}

// TestTownsWithTheSameNumbers fills a third town whose numbers are those of A: the
// same address shows each its own.
func TestTownsWithTheSameNumbers(t *testing.T) {
	w := open(t)
	const third = "varena"
	g := &sower{ctx: context.WithoutCancel(t.Context()), Service: w.Service, raw: w.raw, dir: w.settings.Files(), seeds: newSeeds(third)}
	must(t, g.hire("administrator", "administrator"))
	must(t, g.hire("officer", "officer"))
	must(t, g.hire("colleague", "officer"))
	a := w.a().Cases[fresh]
	var c filed
	for c.ID < a.ID {
		var err error
		c, err = g.bring(fresh)
		must(t, err)
	}
	if c.ID != a.ID || c.Number == "" {
		t.Fatalf("a case of the third town is %d, of A %d", c.ID, a.ID)
	}
	pages := 0
	for _, path := range []string{"/lt/admin/cases/" + a.Number, "/lt/admin/cases/" + c.Number, "/lt/admin/users/user/1", "/lt/admin/mails/mail/1", "/lt/admin/cases", "/lt/admin/audit"} {
		for slug, s := range map[string]*seeds{slugA: w.a(), third: g.seeds} {
			other := map[string]string{slugA: third, third: slugA}[slug]
			got := w.ask(question{Slug: slug, Path: path, Token: s.Users[string(Administrator)].Token})
			if got.Status != http.StatusOK && got.Status != http.StatusNotFound || holds(got.all(), canaryOf(other)) {
				t.Errorf("%s%s: %d, the other town in it: %t", slug, path, got.Status, holds(got.all(), canaryOf(other)))
			}
			pages++
		}
	}
	for slug, with := range map[string]filed{slugA: c, third: a} {
		got := w.ask(question{Slug: slug, Method: http.MethodPost, Path: "/lt/track", Form: url.Values{"number": {a.Number}, "code": {with.Code}}})
		if got.Status != http.StatusNotFound {
			t.Errorf("%s: a code of the other town's case of the same number is answered %d", slug, got.Status)
		}
	}
	t.Logf("same numbers: %d pages, each town its own", pages)
}
