package web

import (
	"context"
	"net/url"
	"time"

	"charterhouse/internal/address"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Request is all a handler knows of what was asked. It holds nothing that names
// the visitor: no address, no user agent, no header.
type Request struct {
	Ctx context.Context
	// Tx is the page's own transaction in the realm of the town or the portal.
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
	// Today is the local date at the beginning of the transaction.
	Today deadline.Date
	// ID is in the log and on the error page; it says nothing about the visitor.
	ID string

	params map[string]string
	origin string
	path   string // without the language: "/charter"
	host   *site
	words  *i18n.Catalog
}

// Param gives a named part of the route, checked like Query: "key" of
// "/commitments/:key".
func (r *Request) Param(name string) string { return r.params[name] }

// Portal tells whether this is the national portal and not a town.
func (r *Request) Portal() bool { return r.Town.ID == 0 }

// Say words a message in the language of the page.
func (r *Request) Say(key i18n.Key, args i18n.Args) string { return r.words.Say(r.Lang, key, args) }

// Within says how long a term is, in the language of the page.
func (r *Request) Within(t deadline.Term) string { return r.words.TermWithin(r.Lang, t) }

// Percent writes a share of a hundred, without decimals.
func (r *Request) Percent(share float64) string { return r.words.Percent(r.Lang, share, 0) }

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
