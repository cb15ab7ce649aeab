package web

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/files"
	"charterhouse/internal/fuzztest"
	"charterhouse/internal/pg"
)

// fuzzNonce is one that a form could bring.
const fuzzNonce = "AAAAAAAAAAAAAAAAAAAAAA"

// reading is a kit that can read forms and knows no database.
type reading struct {
	*Server
	realm pg.Realm
}

func newReading(t testing.TB) *reading {
	t.Helper()
	store, err := files.Open(t.TempDir(), files.Room{Bytes: 1 << 30, Ticks: func() time.Duration { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	realm, err := pg.Town("testas")
	if err != nil {
		t.Fatal(err)
	}
	pace, err := newPaces(nil, func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	return &reading{&Server{
		opt:   Options{Files: store, Ticks: func() time.Duration { return 0 }, Log: slog.New(slog.DiscardHandler)},
		paces: pace, turns: newTurns(), examiners: make(chan struct{}, 1), bodyPatience: time.Minute,
	}, realm}
}

// read receives a form as a route of the public does that takes three files.
func (k *reading) read(t testing.TB, kind string, body []byte) (*Request, error) {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/lt/submit/complaint", bytes.NewReader(body))
	req.Header.Set("Content-Type", kind)
	v := &visit{ResponseWriter: httptest.NewRecorder()}
	limits := Limits{Files: 3, Text: 64 << 10, Many: []string{"tag"}}
	r := &Request{Ctx: t.Context(), server: k.Server, host: &site{realm: k.realm}, route: &Route{kind: posts, limits: limits}}
	in := &intake{act: &act{Server: k.Server, v: v, http: req, route: r.route, r: r}, limits: limits}
	err := in.receive()
	if in.turn != nil {
		in.turn()
	}
	if v.ended != nil {
		v.ended()
	}
	return r, err
}

// holds is what every handler relies on, whatever was sent.
func (k *reading) holds(t *testing.T, kind string, body []byte) {
	t.Helper()
	var r *Request
	var err error
	fuzztest.Bounded(t, func() { r, err = k.read(t, kind, body) })
	if err != nil {
		var own *refusal
		if !errors.As(err, &own) || own.status < 400 || own.status > 499 {
			t.Errorf("it is refused by %v, which is no answer to a bad form", err)
		}
		return
	}
	total := 0
	for name, values := range r.Form {
		if name == "" || len(name) > maxFieldName || !cleanText(name) {
			t.Errorf("a field is named %q", name)
		}
		if len(values) != 1 && name != "tag" {
			t.Errorf("%q stands %d times", name, len(values))
		}
		for _, v := range values {
			total += len(v)
			if !utf8.ValidString(v) || !norm.NFC.IsNormalString(v) || strings.ContainsFunc(v, func(c rune) bool {
				return c < ' ' && c != '\t' && c != '\n' || 0x7f <= c && c < 0xa0 || Turns(c)
			}) {
				t.Errorf("%q holds %q", name, v)
			}
		}
	}
	if r.Nonce != "" && (!isNonce(r.Nonce) || r.Form.Get(nonceField) != r.Nonce) {
		t.Errorf("the nonce is %q", r.Nonce)
	}
	// Composing makes a text at most three times as long.
	if total > 3*64<<10 {
		t.Errorf("it holds %d bytes", total)
	}
	k.holdsFiles(t, r)
}

func (k *reading) holdsFiles(t *testing.T, r *Request) {
	t.Helper()
	waiting, err := r.Waiting()
	if err != nil || len(waiting) > 3 {
		t.Errorf("%d files wait, %v", len(waiting), err)
	}
	for _, f := range waiting {
		if !utf8.ValidString(f.Name) || f.Name == "" || strings.ContainsAny(f.Name, "/\\\x00\r\n\"<>") {
			t.Errorf("a file is named %q", f.Name)
		}
		if !slices.Contains([]string{files.JPEG, files.PNG, files.PDF, files.DOCX}, f.Kind) {
			t.Errorf("%s is kept as %q", f.Name, f.Kind)
		}
	}
	if r.Nonce != "" {
		if err := k.opt.Files.Forget(k.realm, r.Nonce); err != nil {
			t.Error(err)
		}
	}
}

// FuzzEncodedForm reads forms of text alone.
func FuzzEncodedForm(f *testing.F) {
	for _, text := range fuzztest.Texts() {
		f.Add("title=" + url.QueryEscape(text) + "&nonce=" + fuzzNonce)
		f.Add(url.QueryEscape(text) + "=1")
		f.Add(text)
	}
	for _, body := range []string{
		"a=1&a=2", "tag=1&tag=2", "a=1;b=2", "a=%zz", "a=%", "nonce=x", "drop=../../x&nonce=" + fuzzNonce, "=", "&&&", "nonce=" + strings.Repeat("A", 200),
		strings.Repeat("a=1&", maxParts+1), "a=" + strings.Repeat("%C3%A9", 10_000), "a=" + strings.Repeat("e%CC%81", 10_000), "a=" + strings.Repeat("x", 70<<10),
	} {
		f.Add(body)
	}
	k := newReading(f)
	f.Fuzz(func(t *testing.T, body string) { k.holds(t, "application/x-www-form-urlencoded", []byte(body)) })
}

// FuzzMultipartForm reads forms with files, under any name of their kind.
func FuzzMultipartForm(f *testing.F) {
	const kind = "multipart/form-data; boundary=x"
	part := func(about, content string) string {
		return "--x\r\nContent-Disposition: " + about + "\r\n\r\n" + content + "\r\n"
	}
	nonce := part(`form-data; name="nonce"`, fuzzNonce)
	for _, text := range fuzztest.Texts() {
		f.Add(kind, []byte(nonce+part(`form-data; name="title"`, text)+"--x--\r\n"))
		f.Add(kind, []byte(nonce+part(`form-data; name="files"; filename="`+text+`.pdf"`, "%PDF-1.4\n%%EOF")+"--x--\r\n"))
		f.Add(kind, []byte(nonce+part(`form-data; name="files"; filename*=UTF-8''`+url.PathEscape(text), "%PDF-1.4\n%%EOF")+"--x--\r\n"))
	}
	pdf := part(`form-data; name="files"; filename="a.pdf"`, "%PDF-1.4\n%%EOF")
	for _, body := range []string{
		pdf + nonce + "--x--\r\n", nonce + strings.Repeat(pdf, 5) + "--x--", nonce + pdf, "--x--", "", "--x\r\n\r\na\r\n--x--",
		nonce + part(`form-data; name="files"; filename=""`, "") + "--x--", part(`form-data; name="a"; name="b"`, "1") + "--x--",
		nonce + part(`form-data; name="drop"`, "../../etc/passwd") + "--x--", nonce + part(`form-data; name="files"; filename="../../a.html"`, "<script>alert(1)</script>") + "--x--",
		strings.Repeat(part(`form-data; name="tag"`, "1"), maxParts+1), nonce + nonce + "--x--", part(`attachment`, "1") + "--x--",
		"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=00\r\n--x--",
		"--x\r\n" + strings.Repeat("A: b\r\n", 5000) + "\r\n\r\n--x--",
	} {
		f.Add(kind, []byte(body))
	}
	for _, other := range []string{"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\x00\"", "multipart/mixed; boundary=x", "text/plain", "", "application/json", kind + "; boundary=y", "multipart/form-data; boundary=" + strings.Repeat("x", 5000)} {
		f.Add(other, []byte(nonce+pdf+"--x--"))
	}
	k := newReading(f)
	f.Fuzz(func(t *testing.T, kind string, body []byte) { k.holds(t, kind, body) })
}
