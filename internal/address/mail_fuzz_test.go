package address_test

import (
	"net/mail"
	"strings"
	"testing"

	"charterhouse/internal/address"
	"charterhouse/internal/fuzztest"
)

// FuzzMail holds what a mail server relies on: what is taken is one address in one
// line of ASCII, written in one way only.
func FuzzMail(f *testing.F) {
	for _, text := range fuzztest.Texts() {
		f.Add(text)
		f.Add(text + "@town.example")
		f.Add("ona@" + text + ".example")
	}
	for _, typed := range []string{
		"ona@town.example", " Ona@TOWN.example\n", "Ona <ona@town.example>", "a@b@c.example", `"a b"@town.example`, "a@town.example,b@town.example", "a@[127.0.0.1]", "a@localhost",
		"a@b..example", "a@-b.example", "a@b.example.", "petras@пример.бг", "įėę@town.example", "a\r\nBcc: b@c.example", "a@town.example\r\nBcc: b@c.example", "a@b.example>\r\nRCPT TO:<x@y.example",
		strings.Repeat("a", 65) + "@town.example", "a@" + strings.Repeat("b.", 130) + "example", "(a)b@c.example", "a@xn--a.example", "a@\u3002example", "a@b\u3002example", "=?utf-8?q?a?=@b.example",
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		var written string
		var ok bool
		fuzztest.Bounded(t, func() { written, ok = address.Mail(typed) })
		if !ok {
			if written != "" {
				t.Fatalf("%q is refused and gives %q", typed, written)
			}
			return
		}
		if len(written) > 254 || strings.Count(written, "@") != 1 || strings.ContainsFunc(written, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(`<>"(),:;\`, c) }) {
			t.Fatalf("%q gives %q", typed, written)
		}
		parsed, err := mail.ParseAddress(written)
		if err != nil || parsed.Address != written || parsed.Name != "" {
			t.Errorf("%q is read as %v, %v", written, parsed, err)
		}
		if again, ok := address.Mail(written); !ok || again != written {
			t.Errorf("%q gives %q, and that gives %q, %v", typed, written, again, ok)
		}
		local, domain, _ := strings.Cut(written, "@")
		if local == "" || len(local) > 64 || domain != strings.ToLower(domain) || !strings.HasPrefix(strings.TrimSpace(typed), local+"@") {
			t.Errorf("%q became %q", typed, written)
		}
	})
}
