package notify_test

import (
	"context"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// parts gives the text and the HTML of a letter as it arrived.
func parts(t *testing.T, m *mail.Message) (text, html string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	must(t, err)
	if kind != "multipart/alternative" {
		t.Fatalf("the letter is %s", kind)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	for _, into := range []*string{&text, &html} {
		p, err := r.NextRawPart()
		must(t, err)
		if p.Header.Get("Content-Transfer-Encoding") != "quoted-printable" || !strings.Contains(p.Header.Get("Content-Type"), "UTF-8") {
			t.Errorf("part: %v", p.Header)
		}
		raw, err := io.ReadAll(quotedprintable.NewReader(p))
		must(t, err)
		*into = strings.ReplaceAll(string(raw), "\r\n", "\n")
	}
	return text, html
}

func TestALetterInEachLanguage(t *testing.T) {
	box := newMailbox(t, nil)
	h := newHouse(t, box.url())
	want := map[string]struct{ subject, from, text string }{
		"lt": {"Skundas AL-2026-0001 gautas", "Alfos savivaldybė", `Laba diena,

gavome Jūsų skundą.

> Pirma eilutė
> antra & <trečia>

Skundo eiga:
https://alpha.example.org/lt/track/open?t=0123456789abcdef

Pagarbiai
Alfos savivaldybės administracija

Šis laiškas išsiųstas automatiškai. Atsakymai į jį neskaitomi.
`},
		"bg": {"Получихме Вашата жалба AL-2026-0001", "Община Алфа", `Здравейте,

получихме Вашата жалба.

> Pirma eilutė
> antra & <trečia>

Проследи жалбата:
https://alpha.example.org/bg/track/open?t=0123456789abcdef

С уважение,
Общинска администрация Алфа

Това писмо е изпратено автоматично. Отговорите на него не се четат.
`},
		"en": {"We have received your complaint AL-2026-0001", "Alpha Municipality", `Hello,

we have received your complaint.

> Pirma eilutė
> antra & <trečia>

Follow your complaint:
https://alpha.example.org/en/track/open?t=0123456789abcdef

Kind regards,
R. Jankutė
Department of Roads

This message was sent automatically. Your reply will reach us at roads@alpha.example.org.
`},
	}
	h.run(h.Post)
	for lang, w := range want {
		m := message(lang)
		m.Body = []notify.Paragraph{notify.Quote("Pirma eilutė\r\nantra & <trečia>\n\n")}
		if lang == "en" {
			m.Signature, m.ReplyTo = []string{"R. Jankutė", "Department of Roads"}, "roads@alpha.example.org"
		}
		before := len(box.letters())
		h.queue(m)
		h.until("it arrives", func() bool { return len(box.letters()) > before })
		got := parse(t, box.letters()[before].raw)
		subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		must(t, err)
		from, err := got.Header.AddressList("From")
		must(t, err)
		text, html := parts(t, got)
		if subject != w.subject || from[0].Name != w.from || from[0].Address != "noreply@charter.example.org" {
			t.Errorf("%s: %q from %v", lang, subject, from)
		}
		if text != w.text {
			t.Errorf("%s:\n%s\nwant\n%s", lang, text, w.text)
		}
		for _, part := range []string{
			`<html lang="` + lang + `">`, `background-color:#095785;color:#ffffff`, w.from, "antra &amp; &lt;trečia&gt;",
			`<a href="https://alpha.example.org/` + lang + `/track/open?t=0123456789abcdef" style=`,
			`>https://alpha.example.org/` + lang + `/track/open?t=0123456789abcdef</a>`,
		} {
			if !strings.Contains(html, part) {
				t.Errorf("%s: the HTML lacks %s:\n%s", lang, part, html)
			}
		}
		if strings.Contains(html, "ZgotmplZ") || strings.Contains(html, "<trečia>") || strings.ContainsRune(html+text, '\uE000') {
			t.Errorf("%s: the HTML:\n%s", lang, html)
		}
	}
}

func TestTheHeadersOfALetter(t *testing.T) {
	box := newMailbox(t, nil)
	h := newHouse(t, box.url())
	h.run(h.Post)
	m := message("lt")
	m.ReplyTo = "info@alpha.example.org"
	h.queue(m)
	h.until("it arrives", func() bool { return len(box.letters()) == 1 })
	h.until("it is sent", func() bool { return h.inState(notify.Sent) == 1 })
	got, kept := box.letters()[0], h.letters()[0]
	headers := parse(t, got.raw).Header
	var names []string
	for name := range headers {
		names = append(names, name)
	}
	slices.Sort(names)
	want := []string{"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "Message-Id", "Mime-Version",
		"Reply-To", "Subject", "To", "X-Auto-Response-Suppress"}
	if !slices.Equal(names, want) { // no List-…, and no word about the program
		t.Errorf("headers %q, want %q", names, want)
	}
	date, err := headers.Date()
	must(t, err)
	if headers.Get("Message-Id") != "<"+kept.MessageID+">" || !strings.HasSuffix(kept.MessageID, "@charter.example.org") ||
		date.Unix() != kept.QueuedAt.Unix() || headers.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%v\n%+v", headers, kept)
	}
	if got.from != "noreply@charter.example.org" || got.to != "jonas@example.com" {
		t.Errorf("the envelope: %+v", got)
	}
}

// TestNothingTypedBecomesAHeader: whatever people write, there is one letter to one
// address, with the headers of any other.
func TestNothingTypedBecomesAHeader(t *testing.T) {
	box := newMailbox(t, nil)
	h := newHouse(t, box.url())
	h.run(h.Post)
	evil := []string{
		"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\rBcc: evil@example.com", "x\r\n\r\nBody", "x\u2028Bcc: evil@example.com",
		"x\x00\r\n.\r\nMAIL FROM:<evil@example.com>", "=?utf-8?q?x=0D=0ABcc:_evil@example.com?=", "\u202Egnp.exe", strings.Repeat("ž\r\n ", 3000),
		"x\uE000y", "\xff\xfe\r\nX: 1",
	}
	for i, text := range evil {
		m := message("en")
		m.Subject.Args = i18n.Args{"Number": text}
		m.Signature = []string{text}
		m.Body = []notify.Paragraph{notify.Quote(text + "\r\n.\r\nRCPT TO:<evil@example.com>")}
		m.About = text
		h.queue(m)
		h.until("it arrives", func() bool { return len(box.letters()) == i+1 })
		got := box.letters()[i]
		headers := parse(t, got.raw).Header
		if len(headers) != 10 || got.to != "jonas@example.com" {
			t.Errorf("%q: %d headers to %s: %v", text, len(headers), got.to, headers)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(headers.Get("Subject"))
		must(t, err)
		if strings.ContainsAny(subject, "\r\n\x00\u202E\uE000") || len([]rune(subject)) > 150 {
			t.Errorf("%q: subject %q", text, subject)
		}
		for line := range strings.SplitSeq(got.raw, "\r\n") {
			if len(line) > 998 || strings.Contains(line, "\n") {
				t.Errorf("%q: a line of %d bytes", text, len(line))
			}
		}
		if body, _ := parts(t, parse(t, got.raw)); strings.Count(body, "https://alpha.example.org/en/track") != 1 {
			t.Errorf("%q: the link stands elsewhere too:\n%s", text, body)
		}
	}
	for _, to := range append(evil, "a@example.com, b@example.com", "A <a@example.com>", "a@example.com\r\nBcc: x@example.com", "<a@example.com>") {
		m := message("en")
		m.To = to
		err := h.db.Write(t.Context(), alpha(), func(tx *pg.Tx) error { return h.Queue(t.Context(), tx, m) })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("to %q: %v", to, err)
		}
		m = message("en")
		m.ReplyTo = to
		err = h.db.Write(t.Context(), alpha(), func(tx *pg.Tx) error { return h.Queue(t.Context(), tx, m) })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("reply to %q: %v", to, err)
		}
	}
}

func TestAddresses(t *testing.T) {
	for typed, want := range map[string]string{
		"jonas@example.com": "jonas@example.com", " Jonas.P+x@Example.COM ": "Jonas.P+x@example.com", "x@įstaiga.lt": "x@xn--staiga-gbb.lt",
		"o'neil@example.com": "o'neil@example.com",
	} {
		got, err := notify.Address(typed)
		if want == "x@xn--staiga-gbb.lt" { // whichever its code is, it is ASCII
			if err != nil || !strings.HasPrefix(got, "x@xn--") {
				t.Errorf("%q: %q, %v", typed, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{
		"", "jonas", "jonas@", "@example.com", "a b@example.com", "a@b", "a@b@example.com", "a@example..com", "Jonas <a@example.com>",
		"a@example.com;b@example.com", "\"a b\"@example.com", "žygis@example.com", "a@exa_mple.com", "a@-x.com", "a@[127.0.0.1]",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b.", 130) + "com",
	} {
		if got, err := notify.Address(typed); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is taken as %q, %v", typed, got, err)
		}
	}
}

func TestWhatIsNoLetter(t *testing.T) {
	h := newHouse(t, "")
	for name, c := range map[string]struct {
		change func(*notify.Message)
		want   string // the key of a refusal; empty = a defect
	}{
		"unknown key":    {func(m *notify.Message) { m.Lead.Key = "no.such.key" }, ""},
		"argument":       {func(m *notify.Message) { m.Subject.Args = nil }, ""},
		"language":       {func(m *notify.Message) { m.Lang = "xx" }, ""},
		"foreign host":   {func(m *notify.Message) { m.Link.Path = "//evil.example.com/x" }, ""},
		"whole address":  {func(m *notify.Message) { m.Link.Path = "https://evil.example.com/x" }, ""},
		"script":         {func(m *notify.Message) { m.Link.Path = "javascript:alert(1)" }, ""},
		"quotation mark": {func(m *notify.Message) { m.Link.Path = `/x"onclick="` }, ""},
		"too long": {func(m *notify.Message) { m.Body = []notify.Paragraph{notify.Quote(strings.Repeat("ilgas ", 20_000))} },
			string(notify.KeyTooLong)},
		"too many": {func(m *notify.Message) { m.Body = make([]notify.Paragraph, 41) }, string(notify.KeyTooLong)},
	} {
		m := message("lt")
		c.change(&m)
		err := h.db.Write(t.Context(), alpha(), func(tx *pg.Tx) error { return h.Queue(t.Context(), tx, m) })
		f, refused := fault.Of(err)
		if err == nil || refused != (c.want != "") || refused && f.Key != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := one[int](h, `SELECT count(*) FROM t_alpha.mails`); n != 0 {
		t.Errorf("%d letters", n)
	}
}

func TestALetterVanishesWithItsCause(t *testing.T) {
	box := newMailbox(t, nil)
	h := newHouse(t, box.url())
	err := h.db.Write(t.Context(), alpha(), func(tx *pg.Tx) error {
		must(t, h.Queue(t.Context(), tx, message("lt")))
		return context.Canceled
	})
	if err == nil || one[int](h, `SELECT (SELECT count(*) FROM t_alpha.mails) + (SELECT count(*) FROM t_alpha.jobs)`) != 0 {
		t.Errorf("something stayed: %v", err)
	}
}
