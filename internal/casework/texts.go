package casework

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
)

// The longest texts that are taken, in characters.
const (
	maxTitle       = 200
	maxBody        = 10_000
	maxDanger      = 2_000
	maxName        = 200
	maxEmail       = 254
	maxPhone       = 50
	maxAddress     = 500
	maxReply       = 20_000
	maxQuestion    = 4_000
	maxReason      = 4_000
	maxInstitution = 300
	maxComment     = 2_000
)

// input gathers what is wrong with a form, so that everything is told at once.
type input struct{ fields []fault.Field }

func (in *input) refuse(name string, key i18n.Key, args map[string]any) {
	in.fields = append(in.fields, fault.Field{Name: name, Key: string(key), Args: args})
}

// text cleans what was typed and keeps it within its limit. needed, unless
// empty, is said when nothing was typed.
func (in *input) text(name string, s *string, limit int, needed i18n.Key) {
	if len(*s) > limit*8 {
		// Not worth cleaning: a character takes at most four bytes.
		in.refuse(name, KeyTextTooLong, map[string]any{"Limit": limit})
		return
	}
	cleaned, ok := clean(*s)
	if !ok {
		in.refuse(name, KeyTextUnreadable, nil)
		return
	}
	*s = cleaned
	switch n := utf8.RuneCountInString(cleaned); {
	case n == 0 && needed != "":
		in.refuse(name, needed, nil)
	case n > limit:
		in.refuse(name, KeyTextTooLong, map[string]any{"Limit": limit})
	}
}

// line is text for one line: breaks become spaces.
func (in *input) line(name string, s *string, limit int, needed i18n.Key) {
	*s = strings.Join(strings.Fields(*s), " ")
	in.text(name, s, limit, needed)
}

func (in *input) refused(name string) bool {
	return slices.ContainsFunc(in.fields, func(f fault.Field) bool { return f.Name == name })
}

// emailFault says what is wrong with an address that is none.
func emailFault(typed string) i18n.Key {
	if !strings.Contains(typed, "@") {
		return KeyEmailNoAt
	}
	return KeyEmailForm
}

// err is nil when nothing is wrong.
func (in *input) err() error {
	if len(in.fields) == 0 {
		return nil
	}
	e := fault.New(fault.Invalid, KeyFormFaults)
	e.Fields = in.fields
	return e
}

// clean gives the text in one spelling (NFC, line ends as \n, no spaces round
// it), without signs that nobody sees or that turn the reading direction. False
// for what is no text: broken UTF-8, NUL and other control characters.
func clean(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	for _, c := range s {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return "", false
		}
	}
	s = strings.Map(func(c rune) rune {
		// The joiner stays: it holds emoji together.
		if unicode.Is(unicode.Cf, c) && c != '\u200d' || c == '\u2028' || c == '\u2029' {
			return -1
		}
		return c
	}, s)
	return strings.TrimSpace(norm.NFC.String(s)), true
}
