package isolation

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	mathrand "math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"charterhouse/internal/web"
)

// things are all that can be named in a form, a query or a cookie.
func things() []Thing {
	return []Thing{
		Case, Code, CaseLink, Ticket, File, User, Session, Token, Mail, Job, Email, Invitation, Reset, NewEmail, Recovery, OneTime, Version, Commitment,
	}
}

// ids gives what a town has of a thing, at least one, where there is more at
// least three.
func (s *seeds) ids(th Thing) (all []string) {
	number := func(list []int64) {
		for _, id := range list {
			all = append(all, strconv.FormatInt(id, 10))
		}
	}
	for _, state := range met() {
		c := s.Cases[state]
		all = append(all, map[Thing]string{Case: c.Number, Code: c.Code, CaseLink: c.Link, File: c.File}[th])
	}
	for _, name := range []string{"administrator", "officer", "viewer", "auditor", "operator", "coordinator"} {
		if p, ok := s.Users[name]; ok {
			all = append(all, map[Thing]string{
				User: strconv.FormatInt(p.ID, 10), Session: strconv.FormatInt(p.Session, 10), Token: p.Token, Email: p.Email,
			}[th])
		}
	}
	switch th {
	case Mail:
		number(s.Mails)
	case Job:
		number(s.Jobs)
	case Ticket:
		all = append(all, s.Tickets...)
	case Recovery:
		all = append(all, s.Users["administrator"].Recovery...)
	case Invitation, Reset, NewEmail, OneTime:
		all = append(all, map[Thing]string{Invitation: s.Invite, Reset: s.Reset, NewEmail: s.Email, OneTime: s.OneTime}[th])
	case Version:
		all = append(all, strconv.Itoa(farIDs+1), strconv.Itoa(farIDs+2))
	case Commitment:
		all = append(all, "equal-treatment", "competence", "explain-calmly")
	}
	return slices.DeleteFunc(all, func(id string) bool { return id == "" })
}

// neverIssued makes an id of the same shape and length as another that nobody was
// ever given.
func neverIssued(th Thing, like string) string {
	far := strconv.Itoa(7_000_000 + mathrand.IntN(1_000_000))
	switch th {
	case Case:
		return "ПЩ-2026-" + far[:6]
	case Code:
		return neverCode()
	case CaseLink:
		return random(16)
	case Ticket:
		return random(32)
	case File:
		return readable("abcdefghjkmnpqrstvwxyz0123456789", 26)
	case User, Session, Mail, Job, Version:
		return far
	case Token, Invitation, Reset, NewEmail:
		return random(32)
	case Email:
		name, _, _ := strings.Cut(like, "@")
		return readable("abcdefghijklmnopqrstuvwxyz", len(name)) + "@cnry-nowhere-7f3a.example.org"
	case Recovery:
		c := readable("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12)
		return c[:4] + "-" + c[4:8] + "-" + c[8:]
	case OneTime:
		c := readable("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 20)
		return c[:5] + "-" + c[5:10] + "-" + c[10:15] + "-" + c[15:]
	}
	return readable("abcdefghijklmnopqrstuvwxyz", len(like))
}

func neverCode() string {
	c := readable("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 17)
	return c[:4] + "-" + c[4:8] + "-" + c[8:12] + "-" + c[12:16] + "-" + c[16:]
}

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

func readable(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[mathrand.IntN(len(alphabet))]
	}
	return string(b)
}

// fields are the names under which forms and addresses carry things. Each thing
// is sent under all of them.
func fields() []string {
	return []string{
		"number", "case", "code", "token", "link", "id", "file", "user", "assignee", "session", "mail", "job", "email", "kind", "version",
		"key", "nonce", "ticket", "drop", "password", "actor", "object", "department", "before", "after",
	}
}

// route is a listed route with its line of the matrix.
type route struct {
	web.RouteInfo
	Line
	params []param
}

// param is one part of a path and what it names.
type param struct {
	name  string
	thing Thing
}

// routes pairs what the service answers with what is written. A route without a
// line, a line without a route, and a parameter that nobody knows fail the test,
// by name.
func (w *world) routes(t testing.TB) (all []route) {
	t.Helper()
	lines := map[string]Line{}
	for _, l := range Matrix() {
		key := string(l.Host) + " " + l.Route
		if _, twice := lines[key]; twice {
			t.Errorf("the matrix has %s twice", key)
		}
		lines[key] = l
	}
	for _, info := range w.Server.Routes() {
		host := Town
		if info.Portal {
			host = Portal
		}
		key := string(host) + " " + info.Method + " " + strings.TrimPrefix(info.Pattern, "/:lang")
		line, written := lines[key]
		if !written {
			t.Errorf("%s: the route is not in the matrix; nobody has written who may do it", key)
			continue
		}
		delete(lines, key)
		params, err := paramsOf(info.Pattern)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		all = append(all, route{info, line, params})
	}
	for key := range lines {
		t.Errorf("%s: in the matrix is a route that the service does not have", key)
	}
	if len(all) == 0 {
		t.Fatal("no routes")
	}
	return all
}

// paramsOf finds out what each parameter of a pattern names.
func paramsOf(pattern string) (all []param, err error) {
	parts := strings.Split(strings.Trim(pattern, "/"), "/")
	for i, part := range parts {
		if !strings.HasPrefix(part, ":") || part == ":lang" {
			continue
		}
		th, known := Thing(""), false
		for from := i - 1; from >= 0 && !known; from-- {
			th, known = Params()[strings.Join(parts[from:i+1], "/")]
		}
		if !known {
			return nil, fmt.Errorf("nobody knows what %s names: give it an id in Params", part)
		}
		all = append(all, param{part, th})
	}
	return all, nil
}

// path fills a pattern in.
func (r route) path(lang string, value func(param) string) string {
	path := strings.Replace(r.Pattern, ":lang", lang, 1)
	for _, p := range r.params {
		path = strings.Replace(path, p.name, url.PathEscape(value(p)), 1)
	}
	return path
}

// slug is whose host the route is asked on, and lang its first language.
func (r route) slug() string {
	if r.Portal {
		return ""
	}
	return slugA
}

func (r route) lang() string { return map[string]string{"": "en", slugA: "lt"}[r.slug()] }

// roles are who is tried on the route's host.
func (r route) roles() []Role {
	if r.Portal {
		return PortalRoles()
	}
	return TownRoles()
}

// token is the session of a role; empty for who has none.
func (w *world) token(slug string, role Role) string {
	return w.towns[slug].Users[string(role)].Token
}

// common tells what is the same in all towns.
func (th Thing) common() bool { return th == Word || th == Channel || th == Department || th == Day }
