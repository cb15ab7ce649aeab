package notify

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

// Limits of RFC 5321, 4.5.3.1.
const (
	maxAddress = 254
	maxLocal   = 64
)

// Address checks an address as somebody typed it and gives it as it is written to
// a mail server: one address without a name, the domain in lower case and ASCII.
// It refuses (Invalid, KeyAddress) anything else. Letters outside ASCII before
// the @ are refused: few servers take them.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	refused := invalid(KeyAddress, "email")
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Name != "" || strings.ContainsAny(typed, "<>\"(),:;\\ \t\r\n") {
		return "", refused
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	local, domain := parsed.Address[:at], parsed.Address[at+1:]
	domain, err = idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(domain, ".") && domain != "localhost" {
		return "", refused
	}
	if strings.IndexFunc(local, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
		return "", refused
	}
	address := local + "@" + strings.ToLower(domain)
	if len(local) > maxLocal || len(address) > maxAddress {
		return "", refused
	}
	return address, nil
}
