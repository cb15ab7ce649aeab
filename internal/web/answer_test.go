package web

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"charterhouse/internal/files"
)

const html = "text/html; charset=utf-8"

func ask(t *testing.T, a *answer, method string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "/lt/charter", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	if _, _, err := newPress().write(a, w, r); err != nil {
		t.Fatal(err)
	}
	return w.Result()
}

func TestAnswerForms(t *testing.T) {
	page := []byte(strings.Repeat("<p>Kas buvo pažadėta</p>", 100))
	a := newPress().answer(http.StatusOK, html, page, revalidate)

	packed := ask(t, a, "GET", "Accept-Encoding", "br, gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("a browser gets %v", packed.Header)
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, page) {
		t.Errorf("unpacked %d bytes, want %d (%v)", len(got), len(page), err)
	}

	bare := ask(t, a, "GET")
	if got, _ := io.ReadAll(bare.Body); !bytes.Equal(got, page) || bare.Header.Get("Content-Encoding") != "" {
		t.Errorf("a client without gzip gets %d bytes and %v", len(got), bare.Header)
	}
	if bare.ContentLength != int64(len(page)) {
		t.Errorf("Content-Length %d, want %d", bare.ContentLength, len(page))
	}
	if one, other := packed.Header.Get("ETag"), bare.Header.Get("ETag"); one == other || one == "" || strings.HasPrefix(one, "W/") {
		t.Errorf("two forms of one page need two strong tags, got %s and %s", one, other)
	}
	for _, r := range []*http.Response{packed, bare} {
		if r.Header.Get("Vary") != "Accept-Encoding" || r.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("Vary %q, Cache-Control %q", r.Header.Get("Vary"), r.Header.Get("Cache-Control"))
		}
	}
	head := ask(t, a, "HEAD", "Accept-Encoding", "gzip")
	if body, _ := io.ReadAll(head.Body); len(body) != 0 || head.Header.Get("Content-Length") != packed.Header.Get("Content-Length") {
		t.Errorf("HEAD: %d bytes, Content-Length %s, GET says %s", len(body), head.Header.Get("Content-Length"), packed.Header.Get("Content-Length"))
	}
}

func TestAnswerUnchanged(t *testing.T) {
	a := newPress().answer(http.StatusOK, html, bytes.Repeat([]byte("x"), 2000), revalidate)
	etag := ask(t, a, "GET", "Accept-Encoding", "gzip").Header.Get("ETag")
	for given, want := range map[string]int{
		etag:                    http.StatusNotModified,
		"W/" + etag:             http.StatusNotModified,
		`"other", ` + etag:      http.StatusNotModified,
		"*":                     http.StatusNotModified,
		`"other"`:               http.StatusOK,
		strings.Trim(etag, `"`): http.StatusOK,
		"":                      http.StatusOK,
	} {
		got := ask(t, a, "GET", "Accept-Encoding", "gzip", "If-None-Match", given)
		if got.StatusCode != want {
			t.Errorf("If-None-Match %q: %d, want %d", given, got.StatusCode, want)
		}
		if body, _ := io.ReadAll(got.Body); want == http.StatusNotModified && (len(body) > 0 || got.Header.Get("ETag") != etag) {
			t.Errorf("304 with %d bytes and tag %s", len(body), got.Header.Get("ETag"))
		}
	}
	// The tag of the compressed form says nothing about the other.
	if got := ask(t, a, "GET", "If-None-Match", etag); got.StatusCode != http.StatusOK {
		t.Errorf("the plain form with the tag of the compressed one: %d", got.StatusCode)
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"gzip": true, "gzip, deflate, br, zstd": true, "GZIP": true, "x-gzip": true, "br;q=1.0, gzip;q=0.8": true, "*": true,
		"": false, "identity": false, "br": false, "gzip;q=0": false, "gzip;q=0.0": false, "gzip; q=0.000": false,
		"*;q=0": false, "gzip;q=0, *": false, "*;q=0, gzip": true, "gzip;q=0.001": true, "gzipped": false,
	} {
		if got := acceptsGzip([]string{header}); got != want {
			t.Errorf("acceptsGzip(%q) = %v", header, got)
		}
	}
}

func TestSecretsAreNotTagged(t *testing.T) {
	got := ask(t, newPress().answer(http.StatusOK, html, []byte("nonce"), noStore), "GET")
	if got.Header.Get("ETag") != "" || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a page with a nonce has %v", got.Header)
	}
}

func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"charter.csv": `attachment; filename="charter.csv"; filename*=UTF-8''charter.csv`,
		"Хартата на \"Пещера\".csv": `attachment; filename="_______ __ ________.csv"; filename*=UTF-8''%D0%A5%D0%B0%D1%80%D1%82%D0%B0%D1%82%D0%B0%20%D0%BD%D0%B0%20%22%D0%9F%D0%B5%D1%89%D0%B5%D1%80%D0%B0%22.csv`,
		"a\r\nX: y;../b": `attachment; filename="a__X: y_.._b"; filename*=UTF-8''a%0D%0AX%3A%20y%3B..%2Fb`,
	} {
		if got := Bytes("text/csv", nil).As(name).disposition(); got != want {
			t.Errorf("%q\n got %s\nwant %s", name, got, want)
		}
	}
}

// Whoever sends a file names it: a document that is a program by its name would
// run when the officer opens what was saved.
func TestDownloadIsNamedAsWhatItIs(t *testing.T) {
	cases := []struct{ name, kind, want string }{
		{"signal.hta", files.PDF, "signal.hta.pdf"},
		{"foto.html", files.PNG, "foto.html.png"},
		{"skundas.pdf.bat", files.PDF, "skundas.pdf.bat.pdf"},
		{"foto.png", files.JPEG, "foto.png.jpg"},
		{"file", files.DOCX, "file.docx"},
		{"planas.PDF", files.PDF, "planas.PDF"},
		{"foto.JPEG", files.JPEG, "foto.JPEG"},
		{"снимка.jpg", files.JPEG, "снимка.jpg"},
		{"raštas.docx", files.DOCX, "raštas.docx"},
		{"skundas.pdf", "text/html", "skundas.pdf.bin"}, // a kind that is not taken
	}
	for _, c := range cases {
		if got := Download(files.File{Name: c.name, Kind: c.kind}, nil).filename; got != c.want {
			t.Errorf("%s, which is %s, is saved as %s, want %s", c.name, c.kind, got, c.want)
		}
	}
}
