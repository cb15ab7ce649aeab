package web

import (
	"mime"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"charterhouse/internal/address"
	"charterhouse/internal/files"
	"charterhouse/internal/fuzztest"
)

// FuzzDisposition holds the header that names a file: whatever the name, it is one
// line of ASCII that says attachment, and both names in it are the one that was
// meant or a plainer one.
func FuzzDisposition(f *testing.F) {
	for _, name := range fuzztest.Texts() {
		f.Add(name, files.PDF)
		f.Add(name+".pdf", files.PDF)
	}
	for _, name := range []string{`a".html`, `a\".html`, "a;filename=b.exe", "a%22.html", "con", strings.Repeat("ą", 4096), "a.pdf.", "a.PDF ", "x.pdf\x00.hta", "a'b''c.pdf"} {
		f.Add(name, files.PDF)
		f.Add(name, "text/html")
	}
	f.Fuzz(func(t *testing.T, name, kind string) {
		saved := files.Named(name, kind)
		var got string
		fuzztest.Bounded(t, func() { got = Bytes(kind, nil).As(saved).disposition() })
		if strings.ContainsFunc(got, func(c rune) bool { return c < ' ' || c > '~' }) || !strings.HasPrefix(got, `attachment; filename="`) {
			t.Fatalf("%q: %q", name, got)
		}
		plain, extended, two := strings.Cut(got, `"; filename*=UTF-8''`)
		plain = strings.TrimPrefix(plain, `attachment; filename="`)
		if !two || strings.ContainsAny(plain, `"\/;%`) || strings.ContainsAny(extended, `"; /\`) {
			t.Fatalf("%q: %q", name, got)
		}
		if back, err := url.PathUnescape(extended); err != nil || back != saved {
			t.Errorf("%q comes back as %q, %v", saved, back, err)
		}
		disposition, _, err := mime.ParseMediaType(got)
		if err != nil || disposition != "attachment" {
			t.Errorf("%q reads as %q, %v", got, disposition, err)
		}
		for _, ending := range []string{".pdf", ".jpg", ".jpeg", ".png", ".docx", ".bin"} {
			if strings.HasSuffix(strings.ToLower(plain), ending) {
				return
			}
		}
		t.Errorf("%q is saved as %q", name, plain)
	})
}

// FuzzNext holds where one is led after signing in: however a browser reads the
// address, it stays on the host it came from.
func FuzzNext(f *testing.F) {
	for _, text := range fuzztest.Texts() {
		f.Add("/lt/" + text)
		f.Add(text)
	}
	for _, next := range []string{
		"/lt/admin/cases", "/lt/admin/cases?q=a#b", "//evil.example/lt/", `/\evil.example/lt/`, "/lt/..//evil.example", `/lt/\..\..\evil.example`, "https://evil.example/lt/",
		"https:/lt/", "https:evil.example", "javascript:alert(1)", "/\tlt/", "\t//evil.example", " //evil.example", "/lt/%2f%2fevil.example", "/%6ct/", "/lt/%5c%5cevil", "/lt", "/lt/../../..//x",
		"/lt/x?next=//evil.example", "/LT/", "/ru/x", "/lt/\u2028", "@evil.example/lt/", ":80/lt/", "/lt/:@x", "/lt/#//evil.example", "/lt/;/..//x",
	} {
		f.Add(next)
	}
	base, err := url.Parse("https://town.example/lt/admin/log-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		r := &Request{Langs: []string{"lt", "en"}, Query: url.Values{"next": {next}}}
		var got string
		fuzztest.Bounded(t, func() { got = r.Next("/lt/fallback") })
		if got != next && got != "/lt/fallback" {
			t.Fatalf("%q leads to %q, which nobody named", next, got)
		}
		if strings.ContainsFunc(got, func(c rune) bool { return c < ' ' || c == 0x7f }) || !utf8.ValidString(got) {
			t.Fatalf("%q stands in a header", got)
		}
		// Browsers take \ for / and leave tabs and line ends out.
		for _, read := range []string{got, strings.NewReplacer(`\`, "/", "\t", "", "\n", "", "\r", "").Replace(strings.TrimSpace(got))} {
			to, err := base.Parse(read)
			if err != nil || to.Scheme != base.Scheme || to.Host != base.Host || to.User != nil || strings.HasPrefix(to.Path, "//") {
				t.Fatalf("%q leads to %v, %v", next, to, err)
			}
		}
		at, err := url.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		if lang, _ := address.Split(at.Path); lang != "lt" && lang != "en" {
			t.Errorf("%q leads to no page: %q", next, got)
		}
	})
}
