package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/web"
)

// TestAFormIsSentOnce goes the whole way: an empty form, refused with what was
// typed kept, then accepted; sent once more it gives the same answer.
func TestAFormIsSentOnce(t *testing.T) {
	d := openDesk(t)
	nonce := d.nonce(t)
	got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {""}, "tag": {"a", "b"}})
	if got.StatusCode != 422 || !strings.Contains(got.body, "<title>Klaida: Form – ") || !strings.Contains(got.body, `<a href="#said">`) ||
		!strings.Contains(got.body, `aria-describedby="said-h said-e"`) || !strings.Contains(got.body, nonce) {
		t.Errorf("an empty form: %d\n%s", got.StatusCode, got.body)
	}
	typed := "Žmogus <b>rašo</b>\r\ndvi eilutes\x0b ir e\u0301"
	got = d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {typed}, "password": {"secret"}})
	if got.StatusCode != 200 || !strings.Contains(got.body, "reference 1 ") || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Fatalf("a form: %d %v\n%s", got.StatusCode, got.Header, got.body)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.things WHERE said = $1`, "Žmogus <b>rašo</b>\ndvi eilutes ir \u00e9"); n != 1 {
		t.Errorf("the text was not tidied: %d", n)
	}
	again := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"other"}})
	if again.StatusCode != 200 || !strings.Contains(again.body, "reference 1 ") || strings.Contains(again.body, "other") {
		t.Errorf("sent again: %d\n%s", again.StatusCode, again.body)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.audit_entries WHERE action = 'thing.send'`); n != 1 {
		t.Errorf("%d audit entries, want 1", n)
	}
}

// TestRefusalsKeepWhatWasTyped: each kind of refusal of a form.
func TestRefusalsKeepWhatWasTyped(t *testing.T) {
	d := openDesk(t)
	nonce := d.nonce(t)
	got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"nonce": {nonce}, "said": {"conflict"}, "password": {"CNRY-password"}})
	if got.StatusCode != 409 || !strings.Contains(got.body, ">\nconflict</textarea>") || strings.Contains(got.body, "CNRY-password") {
		t.Errorf("a conflict: %d\n%s", got.StatusCode, got.body)
	}
	if got := d.post(t, "alpha.localhost", "/lt/send", url.Values{"said": {"panic"}, "nonce": {nonce}}); got.StatusCode != 500 || strings.Contains(got.body, "secret panic") {
		t.Errorf("a panic: %d\n%s", got.StatusCode, got.body)
	}
	if got := d.post(t, "alpha.localhost", "/lt/bare", url.Values{}); got.StatusCode != 422 || !strings.Contains(got.body, "<h1>Kai ką reikia pataisyti</h1>") {
		t.Errorf("a form that cannot be shown again: %d\n%s", got.StatusCode, got.body)
	}
	got = d.post(t, "alpha.localhost", "/lt/send", url.Values{"said": {""}}, "Accept", "application/json")
	if got.StatusCode != 422 || got.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(got.body, `"field":"said"`) {
		t.Errorf("to a program: %d %s", got.StatusCode, got.body)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.things`); n != 0 {
		t.Errorf("%d refused forms were written", n)
	}
}

// TestOneFormAHundredTimes is K6: two instances, one form, a hundred copies.
func TestOneFormAHundredTimes(t *testing.T) {
	database, dir := pgtest.Prepared(t, "desk", buildDesk), t.TempDir()
	d := []*desk{openDeskOn(t, database, dir), openDeskOn(t, database, dir)}
	nonce := d[0].nonce(t)
	answers := make([]reply, 100)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			kind, body := upload(t, []string{"nonce", nonce, "said", "once"}, "a.pdf", pdf, "b.pdf", pdf+"b\n%%EOF")
			answers[i] = d[i%2].body(t, "alpha.localhost", "/lt/send", kind, body)
		})
	}
	all.Wait()
	for i, a := range answers {
		if a.StatusCode != 200 || !strings.Contains(a.body, "reference "+reference(answers[0].body)+" once") {
			t.Errorf("copy %d: %d %.300s", i, a.StatusCode, a.body)
		}
	}
	if n := d[0].count(t, `SELECT count(*) FROM t_alpha.things`); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
	if n := d[0].count(t, `SELECT max(files) FROM t_alpha.things`); n != 2 {
		t.Errorf("the form has %d files, want 2", n)
	}
}

func reference(body string) string {
	_, rest, _ := strings.Cut(body, "reference ")
	number, _, _ := strings.Cut(rest, " ")
	return number
}

// TestBadForms is F2 and F3 without the files: a 4xx that explains, never more.
func TestBadForms(t *testing.T) {
	d := openDesk(t)
	d.seen = func(*web.Request) { t.Error("a bad form reached its handler") }
	const form = "application/x-www-form-urlencoded"
	many := func(n int) string { return strings.TrimSuffix(strings.Repeat("a=1&", n), "&") }
	parts := func(n int) (string, string) {
		var fields []string
		for i := range n {
			fields = append(fields, fmt.Sprint("f", i), "x")
		}
		kind, body := upload(t, fields)
		return kind, body.String()
	}
	kind1001, body1001 := parts(1001)
	for name, c := range map[string]struct {
		kind, body string
		status     int
	}{
		"NUL":               {form, "said=a%00b", 400},
		"bad UTF-8":         {form, "said=%c3%28", 400},
		"NUL in a name":     {form, "sa%00id=a", 400},
		"long name":         {form, strings.Repeat("n", 101) + "=1", 400},
		"no name":           {form, "=1", 400},
		"twice":             {form, "said=a&said=b", 400},
		"bad escape":        {form, "said=%", 400},
		"semicolon":         {form, "a=1;b=2", 400},
		"1,001 fields":      {form, many(1001), 413},
		"huge":              {form, "said=" + strings.Repeat("a", 300<<10), 413},
		"no nonce":          {form, "nonce=short&said=a", 400},
		"nonce of 1 KB":     {form, "nonce=" + strings.Repeat("A", 1024) + "&said=a", 400},
		"JSON":              {"application/json", `{"said":"a"}`, 415},
		"XML":               {"text/xml", `<said>a</said>`, 415},
		"no type":           {"", "said=a", 415},
		"no boundary":       {"multipart/form-data", "said=a", 415},
		"wrong boundary":    {"multipart/form-data; boundary=x", "--y\r\n\r\n", 400},
		"half a part":       {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"said\"\r\n\r\nabc", 400},
		"no disposition":    {"multipart/form-data; boundary=x", "--x\r\n\r\nabc\r\n--x--", 400},
		"1,001 parts":       {kind1001, body1001, 413},
		"file, no nonce":    {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\nabc\r\n--x--", 400},
		"NUL in multipart":  {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"said\"\r\n\r\na\x00b\r\n--x--", 400},
		"much in multipart": {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"said\"\r\n\r\n" + strings.Repeat("a", 300<<10) + "\r\n--x--", 413},
	} {
		got := d.body(t, "alpha.localhost", "/lt/send", c.kind, strings.NewReader(c.body))
		if got.StatusCode != c.status || strings.Count(got.body, "<h1>") != 1 || !strings.Contains(got.body, `<html lang="lt"`) {
			t.Errorf("%s: %d, want %d\n%.1500s", name, got.StatusCode, c.status, got.body)
		}
	}
	d.seen = nil
	if got := d.body(t, "alpha.localhost", "/lt/send", form, strings.NewReader("said=a&tag=1&tag=2&"+many(1)+"&nonce="+d.nonce(t))); got.StatusCode != 200 {
		t.Errorf("a list that may be one: %d", got.StatusCode)
	}
	if got := d.body(t, "alpha.localhost", "/lt/bare", "", strings.NewReader("")); got.StatusCode != 422 {
		t.Errorf("an empty body: %d", got.StatusCode)
	}
}
