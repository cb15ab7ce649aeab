package pg

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Realm is one schema with the role of the same name: a town ("t_klaipeda") or
// the national portal ("portal"). The zero Realm opens nothing.
type Realm struct{ name string }

const (
	townPrefix = "t_"
	portalName = "portal"
	// maxRealm leaves room below PostgreSQL's 63 bytes for what tools append.
	maxRealm = 40
)

// ErrSlug is the refusal of a name that cannot be a town's.
var ErrSlug = errors.New("a town's name has 2 to 38 letters a-z, digits or hyphens, begins and ends with a letter or digit, and is not reserved")

// Town names the realm of a town; it refuses (ErrSlug) a slug outside
// [a-z0-9_-], over the length, or reserved. A hyphen becomes an underscore.
func Town(slug string) (Realm, error) {
	name := townPrefix + strings.ReplaceAll(slug, "-", "_")
	if !isTown(name) || strings.Contains(name, "__") || slices.Contains(reserved(), strings.ReplaceAll(slug, "_", "-")) {
		return Realm{}, fmt.Errorf("%q: %w", slug, ErrSlug)
	}
	return Realm{name}, nil
}

// Portal is the realm of the national portal.
func Portal() Realm { return Realm{portalName} }

// Name is the name of the realm's schema and of its role.
func (r Realm) Name() string { return r.name }

// String is Name, for logs.
func (r Realm) String() string { return r.name }

// IsTown tells a town from the portal.
func (r Realm) IsTown() bool { return isTown(r.name) }

// realmNamed takes back a name read from the catalogue.
func realmNamed(name string) (Realm, error) {
	if name != portalName && !isTown(name) {
		return Realm{}, fmt.Errorf("%q is not the name of a realm", name)
	}
	return Realm{name}, nil
}

func isTown(name string) bool {
	slug, ok := strings.CutPrefix(name, townPrefix)
	if !ok || len(slug) < 2 || len(name) > maxRealm || slug[0] == '_' || slug[len(slug)-1] == '_' {
		return false
	}
	for _, c := range []byte(slug) {
		if c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// reserved are the names that would take a host or a place the service, the
// mail system or the operator of the domain needs.
func reserved() []string {
	return []string{
		"admin", "api", "app", "assets", "auth", "autoconfig", "autodiscover", "cdn", "charter", "charterhouse", "demo",
		"dev", "ext", "files", "ftp", "help", "imap", "info", "localhost", "login", "mail", "metrics", "mta-sts",
		"national", "ns1", "ns2", "open311", "oauth", "pg", "platform", "pop", "portal", "postgres", "postmaster",
		"public", "root", "security", "smtp", "sso", "staging", "static", "status", "support", "test", "webmail", "www",
	}
}

// quote writes a name as an SQL identifier. Names are validated before they get
// here; this is the second lock.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
