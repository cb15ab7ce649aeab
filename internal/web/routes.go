package web

import (
	"io/fs"

	"charterhouse/internal/i18n"
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
	// Complete fills what the frame of every page of this face needs from the
	// database: contact details, emblem. It runs after the handler, in the same
	// transaction, and for error pages in a second one. Nil = nothing to add.
	Complete func(r *Request, f *Frame) error
}

// Routes read like a table of contents.
type Routes []Route

// Route is one address of a face.
type Route struct {
	path     string
	handler  Handler
	language bool
}

// Page is a route under each language of the site: "/charter" answers at
// /lt/charter and /en/charter. It reads, in a transaction that cannot write.
// A part ":key" is given by Request.Param.
func Page(path string, handler Handler) Route {
	return Route{path: path, handler: handler, language: true}
}

// File is a route without a language, such as "/robots.txt". It reads like Page;
// Request.Lang is the site's own language.
func File(path string, handler Handler) Route {
	return Route{path: path, handler: handler}
}

// MenuItem is one entry of the main menu.
type MenuItem struct {
	Path string
	Key  i18n.Key
	// Push moves this item and those after it to the other end of the bar.
	Push bool
}
