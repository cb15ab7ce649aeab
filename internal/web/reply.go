package web

import (
	"net/http"
	"net/url"
	"strings"

	"charterhouse/internal/access"
)

// Handler answers one route. An error that is a fault becomes an explanation in
// the reader's language with the fitting status; any other error is a defect of
// ours and shows a request id only.
type Handler func(r *Request) (Reply, error)

// Reply is what a handler answers: exactly one of a page, a file or a redirect.
// It is a value: the methods give a changed copy.
type Reply struct {
	status   int
	template string
	page     Framed
	body     []byte
	kind     string // Content-Type of body
	filename string
	location string
	caching  caching
	// session is the new value of the session's cookie; "" ends it, nil leaves it.
	session *string
	secret  bool
	stream  *stream
}

// caching says who may keep the answer.
type caching int

const (
	revalidate caching = iota // kept by us until the revision moves; asked again by browsers
	noStore                   // kept by nobody
	immutable                 // kept for a year: the address changes with the content
)

// HTML shows the template of this name with a page struct that embeds Frame:
//
//	return web.HTML("charter", &charterPage{Frame: web.Frame{Title: …}, …}), nil
func HTML(template string, page Framed) Reply {
	return Reply{status: http.StatusOK, template: template, page: page}
}

// Bytes sends a body as it is, such as "image/svg+xml" or "application/json".
func Bytes(contentType string, body []byte) Reply {
	return Reply{status: http.StatusOK, kind: contentType, body: body}
}

// Redirect sends the reader to another page of this site, 303. The path comes
// from Request.URL or a literal, never from input.
func Redirect(path string) Reply {
	return Reply{status: http.StatusSeeOther, location: path, caching: noStore}
}

// Status answers with another status than 200, such as 422 for a form shown
// again. Only a 200 is kept in the page cache.
func (r Reply) Status(code int) Reply {
	r.status = code
	return r
}

// NoStore keeps the page out of every cache: it carries a nonce or a code.
func (r Reply) NoStore() Reply {
	r.caching = noStore
	return r
}

// Secret marks a page that shows a code or opens by one: it is kept by nobody, and
// where a link leads from it does not learn its address.
func (r Reply) Secret() Reply {
	r.caching, r.secret = noStore, true
	return r
}

// SignIn gives the browser a session, once the transaction has committed. The one
// it had before is to be void by then.
func (r Reply) SignIn(token access.Token) Reply {
	value := token.Reveal()
	r.session = &value
	return r
}

// SignOut takes the session away from the browser.
func (r Reply) SignOut() Reply {
	r.session = new(string)
	return r
}

// Immutable lets browsers keep the answer for a year: the address must change
// with the content.
func (r Reply) Immutable() Reply {
	r.caching = immutable
	return r
}

// As offers the body for saving under this name instead of showing it.
func (r Reply) As(filename string) Reply {
	r.filename = filename
	return r
}

// disposition writes the file name so that no browser can read more into it:
// plain ASCII first, the true name percent-encoded (RFC 6266), every sign that an
// address may hold and a name here may not (RFC 8187) with it.
func (r Reply) disposition() string {
	if r.filename == "" {
		return ""
	}
	plain := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || strings.ContainsRune(`"\/;%`, c) {
			return '_'
		}
		return c
	}, r.filename)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(r.filename), "+", "%20")
}
