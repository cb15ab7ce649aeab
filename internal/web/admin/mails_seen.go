package admin

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
)

// looking is casework.Look, which leaves an entry, or casework.Peek.
type looking func(context.Context, *pg.Tx, casework.Officer, string) (*casework.Case, error)

// maySee refuses a letter about a case that the reader may not read: it says what
// the case says. A case that is gone keeps nobody from its letter.
func (s *Site) maySee(r *web.Request, m notify.Mail, look looking) error {
	number, ofCase := caseOf(m)
	if !ofCase || s.portal {
		return nil
	}
	_, err := look(r.Ctx, r.Tx, officer(r), number)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func caseOf(m notify.Mail) (number string, ofCase bool) { return strings.CutPrefix(m.About, "case/") }

// hidden gives those cases of a list of letters that the reader may not read.
func (s *Site) hidden(r *web.Request, list []notify.Mail) (map[string]bool, error) {
	if s.portal {
		return nil, nil
	}
	var numbers []string
	for _, m := range list {
		if number, ofCase := caseOf(m); ofCase {
			numbers = append(numbers, number)
		}
	}
	return casework.Hidden(r.Ctx, r.Tx, officer(r), numbers)
}

// discreet hides the addresses of a letter about a case from readers who do not
// handle cases, or may not read this one: they look whether mail goes out, not to
// whom.
func discreet(r *web.Request, m notify.Mail, hidden bool) notify.Mail {
	if _, ofCase := caseOf(m); !ofCase || r.Principal.Can(access.CaseHandle) && !hidden {
		return m
	}
	m.To, m.LastError = masked(m.To), addresses.ReplaceAllStringFunc(m.LastError, masked)
	return m
}

// addresses finds those that a mail server's refusal repeats, in any spelling.
var addresses = regexp.MustCompile(`[^\s<>()\[\]"',;:]+@[^\s<>()\[\]"',;:]+`)

// masked leaves of an address its first letter and its server: v…@example.lt.
func masked(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 {
		return "…"
	}
	_, first := utf8.DecodeRuneInString(address)
	return strings.ToLower(address[:first]) + "…" + strings.ToLower(address[at:])
}
