package access

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/address"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Limits of what is kept of a person.
const (
	maxEmail      = 254 // RFC 5321
	maxName       = 120
	maxDepartment = 160
	maxDevice     = 80
)

// Profile is what is known of a person.
type Profile struct {
	Email      string `db:"email"`
	Name       string `db:"name"`
	Department string `db:"department"`
	Lang       string `db:"lang"`
}

var language = regexp.MustCompile(`^[a-z]{2}$`)

// clean takes away what typing leaves behind.
func (p Profile) clean() Profile {
	return Profile{
		Email: strings.TrimSpace(p.Email), Name: tidy(p.Name), Department: tidy(p.Department), Lang: p.Lang,
	}
}

func (p Profile) check() error {
	e := fault.New(fault.Invalid, KeyName).With("Limit", maxName)
	e.Fields = nil
	say := func(wrong bool, field string, f fault.Field) {
		if wrong {
			f.Name = field
			e.Fields = append(e.Fields, f)
		}
	}
	say(!isEmail(p.Email), "email", fault.Field{Key: string(KeyEmail)})
	say(p.Name == "" || !fits(p.Name, maxName), "name", fault.Field{Key: string(KeyName), Args: map[string]any{"Limit": maxName}})
	say(!fits(p.Department, maxDepartment), "department", fault.Field{Key: string(KeyDepartment), Args: map[string]any{"Limit": maxDepartment}})
	say(!language.MatchString(p.Lang), "lang", fault.Field{Key: string(KeyLanguage)})
	if len(e.Fields) == 0 {
		return nil
	}
	e.Key, e.Args = e.Fields[0].Key, e.Fields[0].Args
	return e
}

func fits(s string, limit int) bool { return typed(s) && utf8.RuneCountInString(s) <= limit }

func tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// isEmail wants one plain address that letters can go to, with a domain that has a
// dot.
func isEmail(s string) bool {
	_, writable := address.Mail(s)
	return writable && s == strings.TrimSpace(s) && strings.Contains(s[strings.LastIndexByte(s, '@'):], ".") &&
		len(s) <= maxEmail && !strings.ContainsAny(s, "[]") && typed(s)
}

// fold makes spellings of one address alike: Ona@Town.lt is ona@town.lt.
func fold(s string) string { return cases.Fold().String(norm.NFC.String(strings.TrimSpace(s))) }

// checkRoles wants at least one role, each of them of this realm; it gives them
// in the order of the table, each once.
func checkRoles(r pg.Realm, roles []Role) (Roles, error) {
	known := RolesOf(r)
	for _, role := range roles {
		if !slices.Contains(known, role) {
			return nil, fault.New(fault.Invalid, KeyRoles).On("roles", string(KeyRoles))
		}
	}
	var sorted Roles
	for _, role := range known {
		if slices.Contains(roles, role) {
			sorted = append(sorted, role)
		}
	}
	if len(sorted) == 0 {
		return nil, fault.New(fault.Invalid, KeyRoles).On("roles", string(KeyRoles))
	}
	return sorted, nil
}
