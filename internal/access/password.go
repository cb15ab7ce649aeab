package access

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/fault"
)

// What a password must be. Length is what counts (NIST SP 800-63B, ASVS 6.2):
// no rule about digits and signs, no change every few months.
const (
	passwordMin = 12
	// passwordMax bounds what is hashed; a sentence fits easily.
	passwordMax = 128
	// leftover: so many characters must remain when the words that an attacker
	// tries first are taken out.
	leftover = 8
	// variety is how many different characters there must be.
	variety = 5
)

// Holder is whose password is to be set, and what it must not be made of.
type Holder struct {
	User  int64
	words []string
}

func holderOf(u User) Holder {
	local, domain, _ := strings.Cut(u.Email, "@")
	words := append([]string{local, strings.SplitN(domain, ".", 2)[0]}, strings.Fields(u.Name)...)
	return Holder{User: u.ID, words: words}
}

// NewPassword is one that was found good and hashed, for one user.
type NewPassword struct {
	user int64
	hash string
	echo echo
}

// echo tells, while a request lasts, whether the new password is the old one.
type echo [sha256.Size]byte

func (g *Gate) echo(password string) (e echo) {
	m := hmac.New(sha256.New, g.key)
	m.Write([]byte(comparablePassword(password)))
	m.Sum(e[:0])
	return e
}

// Prepare checks and hashes a password while no transaction is open. around are
// words of the town (its name, its domain). Refuses with Invalid on the field
// "new_password"; with TooMany when the hash is busy for too long.
func (g *Gate) Prepare(ctx context.Context, h Holder, password string, around ...string) (NewPassword, error) {
	if err := h.check(password, around); err != nil {
		return NewPassword{}, err
	}
	hash, err := g.hasher.hash(ctx, norm.NFC.String(password))
	return NewPassword{user: h.User, hash: hash, echo: g.echo(password)}, err
}

func (h Holder) check(password string, around []string) error {
	refuse := func(e *fault.Error) error {
		e.Fields = []fault.Field{{Name: "new_password", Key: e.Key, Args: e.Args}}
		return e
	}
	if !typed(password) {
		return refuse(fault.New(fault.Invalid, KeyPasswordUnusable))
	}
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < passwordMin:
		return refuse(fault.New(fault.Invalid, KeyPasswordShort).With("Count", passwordMin))
	case n > passwordMax:
		return refuse(fault.New(fault.Invalid, KeyPasswordLong).With("Count", passwordMax))
	}
	folded := fold(password)
	different := map[rune]bool{}
	for _, r := range folded {
		different[r] = true
	}
	own := slices.Concat(around, h.words)
	switch {
	case len(different) < variety || period(folded) < leftover:
		return refuse(fault.New(fault.Invalid, KeyPasswordRepeats))
	case leftOf(bare(folded), own) < leftover:
		return refuse(fault.New(fault.Invalid, KeyPasswordGuessed))
	case unguessed(password, append(own, commonWords()...)) < leftover:
		return refuse(fault.New(fault.Invalid, KeyPasswordCommon))
	}
	return nil
}

// typed tells whether a text can come from a keyboard.
func typed(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError })
}

// comparable is the password as it is compared; "" for one that nobody can have,
// so that absurd input costs no more than a real one.
func comparablePassword(s string) string {
	if len(s) > 4*passwordMax || !typed(s) {
		return ""
	}
	return norm.NFC.String(s)
}
