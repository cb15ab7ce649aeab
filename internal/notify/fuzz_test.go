package notify

import (
	"bytes"
	"io/fs"
	"net/mail"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"charterhouse/internal/i18n"
	"charterhouse/locales"
)

// FuzzALetter writes letters from whatever people type: each has the headers of
// any other letter and goes to one address, or is refused.
func FuzzALetter(f *testing.F) {
	raw, err := fs.ReadFile(locales.Files, "active.en.toml")
	if err != nil {
		f.Fatal(err)
	}
	catalog, err := i18n.Load(fstest.MapFS{"active.en.toml": {Data: append(raw, "x.subject = \"About {{.What}}\"\nx.open = \"Open\"\n"...)}})
	if err != nil {
		f.Fatal(err)
	}
	p := &Post{o: Options{Catalog: catalog}}
	f.Add("jonas@example.com", "a case", "text", "/en/track?t=1", "Town")
	f.Add("a@b.c\r\nBcc: x@y.z", "x\r\nBcc: x@y.z", "\r\n.\r\n", "//evil.example", "T\"<a@b.c>\r\n")
	f.Add("a@example.com", "=?utf-8?q?=0D=0A?=", "\uE000\u202E\x00\xff", "/?a=\uE000", "=?utf-8?q?x?=")
	f.Fuzz(func(t *testing.T, to, what, text, path, name string) {
		head := Head{Name: i18n.Text{"en": name}, Brand: "#095785", Origin: "https://a.example"}
		l, err := p.word(head, Message{
			To: to, Lang: "en", Subject: Words{"x.subject", i18n.Args{"What": what}}, Lead: Words{"x.open", nil},
			Body: []Paragraph{Quote(text)}, Link: Link{"x.open", path}, Signature: []string{name},
		})
		if err != nil {
			return
		}
		m := Mail{
			From: "noreply@a.example", FromName: l.sender, To: l.to, Lang: "en", Subject: l.subject, Plain: l.plain, HTML: l.html,
			MessageID: "1@a.example", QueuedAt: time.Unix(0, 0),
		}
		msg, err := compose(m.with(l.link))
		if err != nil {
			t.Fatalf("a letter that was queued cannot be written: %v", err)
		}
		var out bytes.Buffer
		if _, err := msg.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		got, err := mail.ReadMessage(&out)
		if err != nil {
			t.Fatal(err)
		}
		list, err := got.Header.AddressList("To")
		if err != nil || len(list) != 1 || len(got.Header) != 10 || got.Header.Get("Bcc") != "" {
			t.Errorf("to %v, %v, headers %v", list, err, got.Header)
		}
		if strings.ContainsAny(got.Header.Get("Subject"), "\r\n\x00") {
			t.Errorf("subject %q", got.Header.Get("Subject"))
		}
	})
}
