package web

import (
	"io/fs"
	"net/http"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Face is one side of the service, such as the public site of a town: handlers
// and the templates beside them.
type Face struct {
	// Name of the package, for the log and the tests.
	Name string
	// Templates holds the face's *.html: the embedded folder of the package.
	Templates fs.FS
	// Dir is the same folder in the source tree, read again on every request
	// while somebody works on the looks.
	Dir    string
	Routes Routes
	Menu   []MenuItem
	// LogIn is the path of the page to sign in on, without the language. A face
	// with routes of the staff has one.
	LogIn string
	// Complete fills what the frame of every page of this face needs from the
	// database: contact details, emblem. It runs after the handler, in the same
	// transaction, and for error pages in a second one, where Request.Principal is
	// zero when nobody is signed in. Nil = nothing to add.
	Complete func(r *Request, f *Frame) error
}

// Routes read like a table of contents.
type Routes []Route

// Route is one address of a face.
type Route struct {
	path     string
	kind     kind
	handler  Handler
	language bool
	perm     access.Permission
	limits   Limits
	again    Again
	settled  func(r *Request) (Reply, bool, error)
	steps    bool
	known    bool // the session is looked at, whatever its stage
}

// kind is what a route may do.
type kind int

const (
	reads    kind = iota // a page of anybody: a Read, cached where nothing differs
	posts                // a form of anybody: a Write
	staff                // a page of the staff: a Read
	recorded             // a page of the staff whose reading is recorded: a Write
	acts                 // a form of the staff: a Write, answers by a redirect
)

// ofStaff tells whether somebody must be signed in.
func (k kind) ofStaff() bool { return k == staff || k == recorded || k == acts }

// method is what the kind answers to; HEAD goes with GET.
func (k kind) method() string {
	if k == posts || k == acts {
		return http.MethodPost
	}
	return http.MethodGet
}

// class is whose connections the route's work takes. Signing in counts as work of
// the staff: a flood of filers does not keep them out.
func (route *Route) class() pg.Class {
	switch {
	case route.kind.ofStaff() || route.known:
		return pg.Staff
	case route.kind == posts:
		return pg.Filing
	}
	return pg.Reading
}

// Limits are what a form may bring, and how often.
type Limits struct {
	// Text is how many bytes of typed text it takes; 0 = 256 KB.
	Text int64
	// Files is how many files it takes at once; 0 = none. They wait under the nonce, which
	// the form must bring before them.
	Files int
	// Many names the fields that may come more than once, such as a list of
	// checkboxes. Any other that does is refused.
	Many []string
	// Pace is what counts how often one visitor does this; "" = nothing does.
	Pace Pace
	// May is asked in a short Read before files are received, where it is set: a
	// form that will be refused anyway need not be uploaded first.
	May func(r *Request) error
}

// Again shows the form again after a refusal, in a second transaction, which
// reads. Request.Form holds what was typed, Request.Waiting the files. The kit
// gives the page the status of the refusal.
type Again func(r *Request, f *fault.Error) (Reply, error)

// Option changes a route.
type Option func(*Route)

// Refused names what shows the form again when it is refused. Without it, a
// refusal is an error page.
func Refused(again Again) Option { return func(route *Route) { route.again = again } }

// Settled is asked on a new connection when nobody knows whether a commit came
// through, and when a copy of the same form may have been faster: it looks for what
// stands under Request.Nonce and gives the same reply as the handler, or false when
// there is nothing.
func Settled(look func(r *Request) (Reply, bool, error)) Option {
	return func(route *Route) { route.settled = look }
}

// InSteps gives the handler no transaction: it opens its own, one after another,
// by Request.Write and Request.Read. For work that must survive a refusal, or
// that takes long between two transactions, such as comparing a password.
func InSteps() Option { return func(route *Route) { route.steps = true } }

// Known fills Request.Principal where there is a session, at whatever stage of
// signing in, and asks for none: the pages of the entrance.
func Known() Option { return func(route *Route) { route.known = true } }

// Bring sets the limits of a form of the staff.
func Bring(limits Limits) Option { return func(route *Route) { route.limits = limits } }

// Page is a route under each language of the site: "/charter" answers at
// /lt/charter and /en/charter. It reads, in a transaction that cannot write.
// A part ":key" is given by Request.Param.
func Page(path string, handler Handler, options ...Option) Route {
	return newRoute(Route{path: path, handler: handler, language: true}, options)
}

// File is a route without a language, such as "/robots.txt". It reads like Page;
// Request.Lang is the site's own language.
func File(path string, handler Handler) Route {
	return Route{path: path, handler: handler}
}

// Post is a form that anybody may send, in a transaction that writes. The handler
// answers with a page, which is sent after the commit, or a redirect.
func Post(path string, handler Handler, limits Limits, options ...Option) Route {
	return newRoute(Route{path: path, kind: posts, handler: handler, language: true, limits: limits}, options)
}

// Staff is a page for those who may: it reads. It is kept by nobody.
func Staff(perm access.Permission, path string, handler Handler, options ...Option) Route {
	return newRoute(Route{path: path, kind: staff, handler: handler, language: true, perm: perm}, options)
}

// Recorded is a page whose reading leaves an entry in the audit chain: the
// handler calls Request.Record where the page shows something confidential.
func Recorded(perm access.Permission, path string, handler Handler, options ...Option) Route {
	return newRoute(Route{path: path, kind: recorded, handler: handler, language: true, perm: perm}, options)
}

// Action is a form of those who may, in a transaction that writes. It answers
// with a redirect.
func Action(perm access.Permission, path string, handler Handler, options ...Option) Route {
	return newRoute(Route{path: path, kind: acts, handler: handler, language: true, perm: perm}, options)
}

func newRoute(route Route, options []Option) Route {
	for _, o := range options {
		o(&route)
	}
	return route
}

// MenuItem is one entry of the main menu.
type MenuItem struct {
	Path string
	Key  i18n.Key
	// Push moves this item and those after it to the other end of the bar.
	Push bool
}
