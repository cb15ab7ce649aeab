package config

import (
	"encoding/json"
	"log/slog"
	"net/url"
	"strconv"
)

// Secret is a text that no log, page or print shows. Only Reveal gives it away,
// so that a search for Reveal finds every use.
type Secret string

// Reveal gives the text itself.
func (s Secret) Reveal() string { return string(s) }

// String masks the text. Of an address the host, user and database stay
// readable: an operator who mixed up two databases must see it.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(string(s))
	if err != nil || u.Scheme == "" || u.Host == "" {
		return "********"
	}
	// A password may also stand in the query.
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if u.User != nil {
		shown.User = url.UserPassword(u.User.Username(), "********")
	}
	text, err := url.PathUnescape(shown.String())
	if err != nil {
		return "********"
	}
	return text
}

// GoString, MarshalJSON, MarshalText and LogValue mask it too.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// MarshalJSON gives the masked form.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// MarshalText gives the masked form.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue gives the masked form.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
