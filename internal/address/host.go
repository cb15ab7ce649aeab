// Package address is where a page stands on the web: the exact host that names
// a municipality, and the path that begins with the reader's language.
//
// A citizen sees it in the address bar; nothing else in a request, and no
// header of a proxy, ever decides whose charter is shown. The package is pure:
// it knows no town and no database. How an address for mail is written stands here
// too.
package address

import "strings"

// The limits of a name in the DNS, RFC 1035 section 2.3.4.
const (
	maxHost  = 253
	maxLabel = 63
)

// Host gives the one form under which a Host header is looked up: lower case,
// without the port. It answers false for anything that is not a plain DNS name
// in ASCII: empty, an address literal, a trailing dot, an underscore, raw
// Cyrillic (browsers send punycode), user information, a port out of range.
//
// It does not repair: two spellings that a proxy and we might read differently
// must not both open a town.
func Host(header string) (string, bool) {
	name, ok := cutPort(header)
	if !ok || name == "" || len(name) > maxHost {
		return "", false
	}
	upper := false
	label, digits := 0, true
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c == '.':
			if label == 0 || name[i-1] == '-' {
				return "", false
			}
			label, digits = 0, true
			continue
		case c == '-':
			if label == 0 {
				return "", false
			}
			digits = false
		case 'A' <= c && c <= 'Z':
			upper, digits = true, false
		case 'a' <= c && c <= 'z':
			digits = false
		case c < '0' || c > '9':
			return "", false
		}
		if label++; label > maxLabel {
			return "", false
		}
	}
	// A last label of digits only is an IPv4 address or a trick with one.
	if label == 0 || digits || name[len(name)-1] == '-' {
		return "", false
	}
	if upper {
		name = strings.ToLower(name)
	}
	return name, true
}

// cutPort takes :port off; the port is one to five digits up to 65535.
func cutPort(header string) (string, bool) {
	i := strings.IndexByte(header, ':')
	if i < 0 {
		return header, true
	}
	digits := header[i+1:]
	if len(digits) == 0 || len(digits) > 5 {
		return "", false
	}
	port := 0
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return "", false
		}
		port = port*10 + int(c-'0')
	}
	return header[:i], port > 0 && port <= 65535
}
