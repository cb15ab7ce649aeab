package access

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"log/slog"
)

// Token is a secret in somebody's hand: the value of a session cookie, the last
// part of a mailed link. It masks itself wherever it is printed; only Reveal
// gives it away.
type Token string

// tokenBytes gives 256 bits: nobody guesses one in the time the sun has left.
const tokenBytes = 32

func newToken() Token {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // never fails: it stops the program instead
	return Token(base64.RawURLEncoding.EncodeToString(b))
}

// plausible spares the database what cannot be a token.
func (t Token) plausible() bool {
	b, err := base64.RawURLEncoding.DecodeString(string(t))
	return err == nil && len(b) == tokenBytes
}

// Reveal gives the secret itself.
func (t Token) Reveal() string { return string(t) }

// String masks it.
func (t Token) String() string {
	if t == "" {
		return ""
	}
	return "********"
}

// GoString masks it.
func (t Token) GoString() string { return t.String() }

// MarshalJSON masks it.
func (t Token) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }

// MarshalText masks it.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// LogValue masks it.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }
