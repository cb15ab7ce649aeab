package address

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

// Limits of RFC 5321, 4.5.3.1.
const (
	maxMail  = 254
	maxLocal = 64
)

// Mail gives an address as it is written to a mail server: one address without a
// name, the domain in lower case and ASCII. It answers false for anything else,
// also for letters outside ASCII before the @: few servers take them. Whoever
// keeps an address and whoever writes to it ask here, so that none is kept that
// no letter can go to.
func Mail(typed string) (string, bool) {
	typed = strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Name != "" || strings.ContainsAny(typed, "<>\"(),:;\\ \t\r\n") {
		return "", false
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	local, domain := parsed.Address[:at], parsed.Address[at+1:]
	domain, err = idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(domain, ".") && domain != "localhost" {
		return "", false
	}
	// A full stop of another alphabet is one only now, and may stand at an end.
	if _, ok := Host(domain); !ok {
		return "", false
	}
	if strings.IndexFunc(local, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
		return "", false
	}
	written := local + "@" + strings.ToLower(domain)
	if len(local) > maxLocal || len(written) > maxMail {
		return "", false
	}
	return written, true
}
