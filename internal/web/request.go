package web

import (
	"context"
	"net/url"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/address"
	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Request is all a handler knows of what was asked. It holds nothing that names
// the visitor: no address, no user agent, no header.
type Request struct {
	Ctx context.Context
	// Tx is the page's own transaction in the realm of the town or the portal; nil
	// between the steps of a handler that is InSteps.
	Tx *pg.Tx
	// Town is the municipality; the zero Town on the national portal.
	Town tenant.Town
	// Towns are all active municipalities as the registry stood at the last poll.
	Towns *tenant.Directory
	// Lang is the language of the page, one of Langs; the first of Langs is the
	// site's own.
	Lang  string
	Langs []string
	// Query holds the parameters of the address, checked: UTF-8, no NUL, of
	// bounded number and length.
	Query url.Values
	// Form holds what was typed, checked like Query and tidied: line ends are \n,
	// letters composed (NFC), no control characters and none that turn the direction of
	// letters. A name stands once, unless the route's Limits.Many has it. Files are
	// not in it.
	Form url.Values
	// Nonce is that of the form, of a shape that was checked; "" = it brought none.
	Nonce string
	// Principal is who of the staff is asking; zero for the public.
	Principal access.Principal
	// Today is the local date at the beginning of the transaction.
	Today deadline.Date
	// ID is in the log and on the error page; it says nothing about the visitor.
	ID string

	params map[string]string
	origin string
	path   string // without the language: "/charter"
	host   *site
	words  *i18n.Catalog

	server *Server
	route  *Route
	// templates are those of the route's face.
	templates *templates
	token     access.Token // of the session's cookie, as the browser showed it
	key       string
	client    string
	device    string
	// nonced: the page gives out a nonce and is kept by nobody.
	nonced bool
	// took: the waiting files were taken into keeping.
	took bool
	// dropped: the form brought files that were not received.
	dropped bool
}

// Param gives a named part of the route, checked like Query: "key" of
// "/commitments/:key".
func (r *Request) Param(name string) string { return r.params[name] }

// Portal tells whether this is the national portal and not a town.
func (r *Request) Portal() bool { return r.Town.ID == 0 }

// Path is that of the page without the language: "/charter".
func (r *Request) Path() string { return r.path }

// Actor is who the audit chain names: the officer, or a visitor.
func (r *Request) Actor() audit.Actor {
	if r.Principal.User != 0 {
		return r.Principal.Actor
	}
	return access.Visitor()
}

// Record notes what this transaction does, or shows, in the audit chain.
func (r *Request) Record(action, object string, detail any) {
	r.Tx.Record(pg.Entry{Actor: r.Actor().ID, Action: action, Object: object, Detail: detail})
}

// Client stands for where the visitor comes from, for what is counted in a table,
// by all instances and across midnight: attempts to sign in. It is a hash under the
// key of the server. What is counted in memory goes by another, forgotten at
// midnight.
func (r *Request) Client() string { return r.client }

// Device is what an owner recognises a session by, in two words: "Firefox,
// Windows". For signing in alone.
func (r *Request) Device() string { return r.device }

// Token is the session that the browser showed; it may be nobody's.
func (r *Request) Token() access.Token { return r.token }

// NewNonce is 128 random bits for a form; the page that has it is kept by nobody.
func (r *Request) NewNonce() string {
	r.nonced = true
	return newNonce()
}

// Waiting lists the files that the form has brought so far.
func (r *Request) Waiting() ([]files.Staged, error) {
	if r.Nonce == "" || r.server.opt.Files == nil {
		return nil, nil
	}
	return r.server.opt.Files.Waiting(r.host.realm, r.Nonce)
}

// Keep takes the waiting files into the town's keeping, within the transaction.
// They stop waiting when it has committed.
func (r *Request) Keep() ([]files.File, error) {
	if r.Nonce == "" || r.server.opt.Files == nil {
		return nil, nil
	}
	r.took = true
	return r.server.opt.Files.Keep(r.Ctx, r.Tx, r.Nonce)
}

// Say words a message in the language of the page.
func (r *Request) Say(key i18n.Key, args i18n.Args) string { return r.words.Say(r.Lang, key, args) }

// Within says how long a term is, in the language of the page.
func (r *Request) Within(t deadline.Term) string { return r.words.TermWithin(r.Lang, t) }

// TermTyped writes a term as a form takes it in the language of the page.
func (r *Request) TermTyped(t deadline.Term) string { return r.words.TermTyped(r.Lang, t) }

// Percent writes a share of a hundred, without decimals.
func (r *Request) Percent(share float64) string { return r.words.Percent(r.Lang, share, 0) }

// Moment writes a moment for a list, by the town's clock: "2026-11-19 14:32".
func (r *Request) Moment(t time.Time) string {
	if zone := r.Town.Zone; zone != nil {
		t = t.In(zone)
	}
	return r.words.DateTime(r.Lang, t)
}

// Month names a month with its year: "2026 m. spalis".
func (r *Request) Month(d deadline.Date) string { return r.words.MonthYear(r.Lang, d) }

// Weekday names a day of the week.
func (r *Request) Weekday(d time.Weekday) string { return r.words.Weekday(r.Lang, d) }

// Text gives a piece of content in the language of the page, else in the site's
// own language, else in any.
func (r *Request) Text(t i18n.Text) string {
	s, _ := t.In(r.Lang, r.Langs...)
	return s
}

// URL is the path of a page in the language of this one: "/charter" becomes
// "/lt/charter".
func (r *Request) URL(path string) string { return address.Path(r.Lang, path) }

// InLang is the path of this very page in another language of the site.
func (r *Request) InLang(lang string) string { return address.Path(lang, r.path) }

// Absolute is the whole address of a path, built from the stored origin of the
// site and never from the Host header.
func (r *Request) Absolute(path string) string { return r.origin + path }
