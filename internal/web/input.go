package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// What an address may hold. Browsers send far less; a page of ours never needs
// more.
const (
	maxPath   = 2 << 10
	maxQuery  = 8 << 10
	maxParams = 100
)

// checkInput refuses an address that no page could make sense of, before it can
// reach a handler or the database: PostgreSQL has no NUL and takes UTF-8 only.
func checkInput(r *http.Request) error {
	path := r.URL.Path
	if !strings.HasPrefix(path, "/") {
		return errUnreadable
	}
	if len(path) > maxPath || len(r.URL.RawQuery) > maxQuery {
		return errTooLong
	}
	if !cleanText(path) || strings.ContainsAny(path, "\t\r\n") {
		return errUnreadable
	}
	// An encoded slash would be one segment to a proxy and two to us.
	if r.URL.RawPath != "" && strings.Contains(strings.ToLower(r.URL.RawPath), "%2f") {
		return errNoPage
	}
	return checkQuery(r.URL.RawQuery)
}

func checkQuery(raw string) error {
	if raw == "" {
		return nil
	}
	if strings.Count(raw, "&") >= maxParams {
		return errTooLong
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return errUnreadable
	}
	for name, list := range values {
		if !cleanText(name) {
			return errUnreadable
		}
		for _, v := range list {
			if !cleanText(v) {
				return errUnreadable
			}
		}
	}
	return nil
}

// cleanText accepts UTF-8 without NUL and without control characters other than
// tab and line ends.
func cleanText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, c := range []byte(s) {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			return false
		}
	}
	return true
}
