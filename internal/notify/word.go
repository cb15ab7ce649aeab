package notify

import (
	"fmt"
	"html/template"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	_ "embed" // the letter's form

	"charterhouse/internal/i18n"
)

// Limits of a letter.
const (
	maxSubject    = 150
	maxParagraphs = 40
	maxText       = 100_000 // bytes of all its text
)

// mark stands in the text where the link goes: a character for private use, which
// clean takes out of whatever people wrote.
const mark = "\uE000"

// letter is a message in words.
type letter struct {
	to, replyTo, sender, subject, plain, html, link string
}

// form is what mail.html is filled with.
type form struct {
	Lang, Town, Brand, Ink, Greeting string
	Paragraphs                       []shownParagraph
	Link, LinkLabel, LinkElse        string
	Closing                          string
	Signature                        []string
	Footer                           string
}

type shownParagraph struct {
	Text  []string // its lines
	Quote bool
}

//go:embed mail.html
var mailForm string

var layout = template.Must(template.New("mail.html").Parse(mailForm))

// word puts a message into the words of its language.
func (p *Post) word(head Head, m Message) (letter, error) {
	var l letter
	var err error
	if l.to, err = Address(m.To); err != nil {
		return l, err
	}
	if m.ReplyTo != "" {
		if l.replyTo, err = Address(m.ReplyTo); err != nil {
			return l, err
		}
	}
	s := speaker{catalog: p.o.Catalog, lang: m.Lang}
	l.sender = clean(in(head.Name, m.Lang), 100)
	l.subject = clean(s.say(m.Subject.Key, m.Subject.Args), maxSubject)
	f, err := p.form(&s, head, m, l.replyTo)
	if err != nil {
		return l, err
	}
	if m.Link.Path != "" {
		if l.link, err = absolute(head.Origin, m.Link.Path); err != nil {
			return l, err
		}
	}
	if s.err != nil {
		return l, fmt.Errorf("notify: %w", s.err)
	}
	if l.subject == "" || l.sender == "" {
		return l, fmt.Errorf("notify: a letter in %q without a subject or a sender", m.Lang)
	}
	l.plain = f.plain()
	var html strings.Builder
	if err := layout.Execute(&html, f); err != nil {
		return l, fmt.Errorf("notify: fill in the letter: %w", err)
	}
	l.html = html.String()
	if len(l.plain) > maxText || len(m.Body) > maxParagraphs {
		return l, invalid(KeyTooLong, "body")
	}
	return l, nil
}

func (p *Post) form(s *speaker, head Head, m Message, replyTo string) (form, error) {
	f := form{
		Lang: m.Lang, Town: clean(in(head.Name, m.Lang), 100), Brand: head.Brand,
		Greeting: s.say(keyGreeting, nil), Closing: s.say(keyClosing, nil), Footer: s.say(keyFooterNoReply, nil),
	}
	var err error
	if f.Ink, err = ink(head.Brand); err != nil {
		return f, err
	}
	if replyTo != "" {
		f.Footer = s.say(keyFooterReply, i18n.Args{"Address": replyTo})
	}
	for _, part := range append([]Paragraph{{Words: m.Lead}}, m.Body...) {
		text := part.Quote
		if part.Key != "" {
			text = s.say(part.Key, part.Args)
		}
		if lines := lines(text); len(lines) > 0 {
			f.Paragraphs = append(f.Paragraphs, shownParagraph{Text: lines, Quote: part.Key == ""})
		}
	}
	if m.Link.Path != "" {
		f.Link, f.LinkLabel, f.LinkElse = mark, s.say(m.Link.Label, nil), s.say(keyLinkElse, nil)
	}
	for _, line := range m.Signature {
		f.Signature = append(f.Signature, clean(line, 200))
	}
	if len(f.Signature) == 0 {
		f.Signature = []string{clean(in(head.Organisation, m.Lang), 200)}
	}
	return f, nil
}

// plain is the letter for those who read text.
func (f form) plain() string {
	var b strings.Builder
	b.WriteString(f.Greeting + "\n")
	for _, p := range f.Paragraphs {
		b.WriteByte('\n')
		for _, line := range p.Text {
			if p.Quote {
				b.WriteString("> ")
			}
			b.WriteString(line + "\n")
		}
	}
	if f.Link != "" {
		b.WriteString("\n" + f.LinkLabel + ":\n" + f.Link + "\n")
	}
	b.WriteString("\n" + f.Closing + "\n" + strings.Join(f.Signature, "\n") + "\n\n" + f.Footer + "\n")
	return b.String()
}

// speaker says messages and remembers the first that could not be said: a letter
// with a key in it must never leave.
type speaker struct {
	catalog *i18n.Catalog
	lang    string
	err     error
}

func (s *speaker) say(key i18n.Key, args i18n.Args) string {
	text, err := s.catalog.Try(s.lang, key, args)
	if err != nil && s.err == nil {
		s.err = err
	}
	return text
}

func in(t i18n.Text, lang string) string {
	s, _ := t.In(lang, "en")
	return s
}

// clean makes one line of a text: no control characters, nothing that turns the
// direction of writing, at most so many characters. Nothing that a mail program
// would decode either (RFC 2047): behind that, line ends can hide.
func clean(s string, most int) string {
	s = strings.ReplaceAll(strings.Join(strings.Fields(harmless(s)), " "), "=?", "= ?")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:most-1])) + "…"
}

// lines cuts a text at its line ends, without those at its two ends.
func lines(s string) []string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	s = strings.Trim(harmless(s), " \n")
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// absolute puts the town's own origin before a path.
func absolute(origin, path string) (string, error) {
	u, err := url.Parse(path)
	if err != nil || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || u.Host != "" || strings.ContainsAny(path, "\\\"'<> ") {
		return "", fmt.Errorf("notify: a link takes a path of the town, not %q", path)
	}
	return origin + u.String(), nil
}

// linkHTML puts the address where html/template has written the mark: as it is in
// text, and in %-codes in an attribute.
func linkHTML(html, link string) string {
	escaped := template.HTMLEscapeString(link)
	return strings.NewReplacer(url.QueryEscape(mark), escaped, strings.ToLower(url.QueryEscape(mark)), escaped, mark, escaped).Replace(html)
}

var colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// ink is black or white, whichever is read more easily on the colour (WCAG 2.2,
// 1.4.3).
func ink(brand string) (string, error) {
	if !colour.MatchString(brand) {
		return "", fmt.Errorf("notify: %q is no colour", brand)
	}
	n, err := strconv.ParseUint(brand[1:], 16, 32)
	if err != nil {
		return "", fmt.Errorf("notify: %q is no colour: %w", brand, err)
	}
	weight := 0.2126*linear(n>>16&255) + 0.7152*linear(n>>8&255) + 0.0722*linear(n&255)
	if weight > 0.179 { // where both contrasts are equal
		return "#000000", nil
	}
	return "#ffffff", nil
}

// linear is the light of one channel of sRGB.
func linear(channel uint64) float64 {
	c := float64(channel) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}
