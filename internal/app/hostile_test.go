package app

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestOddAddresses asks the four towns' pages for what no link of ours says: each
// is answered with a page or refused, and none is a defect.
func TestOddAddresses(t *testing.T) {
	client, logged := fourTowns(t)
	const huge = "9223372036854775807"
	for path, want := range map[string]int{
		"/lt/charter/versions":                           http.StatusOK,
		"/lt/charter/versions?before=-1":                 http.StatusOK,
		"/lt/charter/versions?before=1e9":                http.StatusOK,
		"/lt/charter/versions?before=2147483648":         http.StatusOK,
		"/lt/charter/versions?before=" + huge:            http.StatusOK,
		"/lt/charter/versions?before=9" + huge:           http.StatusOK,
		"/lt/charter/versions/1":                         http.StatusOK,
		"/lt/charter/versions/1/text":                    http.StatusOK,
		"/lt/charter/versions/01":                        http.StatusNotFound,
		"/lt/charter/versions/+1":                        http.StatusNotFound,
		"/lt/charter/versions/01/text":                   http.StatusNotFound,
		"/lt/charter/versions/-1":                        http.StatusNotFound,
		"/lt/charter/versions/0/diff":                    http.StatusNotFound,
		"/lt/charter/versions/" + huge:                   http.StatusNotFound,
		"/lt/charter/versions/9" + huge:                  http.StatusNotFound,
		"/lt/search?q=a&page=-1":                         http.StatusOK,
		"/lt/search?q=a&page=" + huge:                    http.StatusOK,
		"/lt/search?q=%27%3b+drop+table+x%3b--":          http.StatusOK,
		"/lt/search?q=" + strings.Repeat("-", 100) + "a": http.StatusOK,
		"/lt/search?q=a+%26+b+%7C+%21c%3A*+%3C-%3E+%28":  http.StatusOK,
		"/lt/due?received=0000-00-00&number=" + huge:     http.StatusUnprocessableEntity,
	} {
		res, err := client.Get("http://klaipeda.localhost:8080" + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
	}
	if logged.Len() > 0 {
		t.Errorf("the service complained:\n%s", logged.String())
	}
}

// TestALongQuestionIsCut: what goes beyond the letters that the form takes is not
// looked for. A phrase that fills an address kept the database busy for half a
// second.
func TestALongQuestionIsCut(t *testing.T) {
	client, _ := fourTowns(t)
	hits := func(question string) string {
		res, err := client.Get("http://klaipeda.localhost:8080/lt/search?q=" + url.QueryEscape(question))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatal(res.StatusCode, err)
		}
		_, list, _ := strings.Cut(string(body), `<ol class="hits">`)
		list, _, _ = strings.Cut(list, "</ol>")
		return list
	}
	// No charter has the first word, and each the last.
	if hits("zqxwv or savivaldybė") == "" || hits("zqxwv") != "" {
		t.Fatal("the question proves nothing")
	}
	if found := hits(strings.Repeat("zqxwv ", 20) + "or savivaldybė"); found != "" {
		t.Errorf("words beyond the bound are looked for:\n%s", found)
	}
}
