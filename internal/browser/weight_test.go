package browser

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// heaviest is what a page with its style sheets may weigh on the wire, in bytes,
// fonts apart.
const heaviest = 30 << 10

// weights holds each page to its weight, measured over HTTP.
func (s *service) weights(t *testing.T, slug string, pages []page) {
	sheets := map[string]int{}
	most, where := 0, ""
	for _, p := range pages {
		sum := p.gzip
		if p.header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", p.path)
		}
		p.doc.Find(`link[rel="stylesheet"]`).Each(func(_ int, l *goquery.Selection) {
			href := l.AttrOr("href", "")
			if _, known := sheets[href]; !known {
				sheets[href] = s.onTheWire(t, s.address(slug, href))
			}
			sum += sheets[href]
		})
		if sum > heaviest {
			t.Errorf("%s weighs %d bytes, %d at most", p.path, sum, heaviest)
		}
		if sum > most {
			most, where = sum, p.path
		}
	}
	t.Logf("the heaviest page is %s with %d bytes", where, most)
	counted(t, "weight", len(pages), 1, languages(slug)...)
}

func (s *service) onTheWire(t *testing.T, address string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("%s answers %d, %q, %v", address, res.StatusCode, res.Header.Get("Content-Encoding"), err)
	}
	return int(n)
}

func unzip(t *testing.T, raw []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
