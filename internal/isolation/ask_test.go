package isolation

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
)

// question is one request.
type question struct {
	Slug   string // whose host; empty = the portal's
	Method string // empty = GET
	Path   string // as it stands in the request line
	Form   url.Values
	Token  string // of the session
	Header map[string]string
	From   string // address; empty = one that nobody had before
}

// reply is an answer as it went out.
type reply struct {
	Status int
	Header http.Header
	Body   string
}

// asked counts all requests of the tests of this package; visitors gives each an
// address of its own, so that no limit is met by chance.
var asked, visitors atomic.Int64

func (w *world) ask(q question) reply {
	asked.Add(1)
	if q.Method == "" {
		q.Method = http.MethodGet
	}
	r := httptest.NewRequest(q.Method, q.Path, strings.NewReader(q.Form.Encode()))
	r.Host, r.RemoteAddr = hostOf(q.Slug), q.From
	if r.RemoteAddr == "" {
		n := visitors.Add(1)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:40000", n>>16&255, n>>8&255, n&255)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if q.Form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if q.Token != "" {
		r.Header.Set("Cookie", "sid="+q.Token)
	}
	for name, value := range q.Header {
		if name == "Cookie" && r.Header.Get(name) != "" {
			value = r.Header.Get(name) + "; " + value
		}
		r.Header.Set(name, value)
	}
	rec := httptest.NewRecorder()
	w.Server.ServeHTTP(rec, r)
	return reply{rec.Code, rec.Header(), rec.Body.String()}
}

func hostOf(slug string) string {
	if slug == "" {
		return "localhost:8080"
	}
	return slug + ".localhost:8080"
}

// What differs between two answers to the same question, and says nothing.
var (
	nonces     = regexp.MustCompile(`(name="(?:nonce|ticket)"[^>]*value=")[^"]*`)
	requestIDs = regexp.MustCompile(`[0-9a-f]{10}-[0-9a-z]+`)
)

// like is an answer without what every answer has of its own, and without the
// ids that were asked for, wherever the page repeats them.
func (r reply) like(ids ...string) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Status)
	for _, name := range slices.Sorted(headerNames(r.Header)) {
		switch name {
		case "Date", "Content-Length", "Etag":
		default:
			fmt.Fprintln(&b, name, r.Header[name])
		}
	}
	b.WriteString(nonces.ReplaceAllString(r.Body, "$1…"))
	text := requestIDs.ReplaceAllString(b.String(), "request-id")
	for _, id := range ids {
		for _, written := range []string{id, url.PathEscape(id), url.QueryEscape(id), url.QueryEscape(url.PathEscape(id)), htmlEscape(url.QueryEscape(id))} {
			text = strings.ReplaceAll(text, written, "«id»")
		}
	}
	return text
}

func headerNames(h http.Header) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range h {
			if !yield(name) {
				return
			}
		}
	}
}

func htmlEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "+", "&#43;", "'", "&#39;").Replace(s)
}

// all is everything a reader gets, to look for canaries in.
func (r reply) all() string {
	var b strings.Builder
	_ = r.Header.Write(&b) // into memory
	return b.String() + r.Body
}

// holds looks for a canary, however its letters are written.
func holds(text, canary string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(canary))
}

// difference shows where two texts part.
func difference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return fmt.Sprintf("line %d:\n  %.300s\n  %.300s", i, la[i], lb[i])
		}
	}
	return fmt.Sprintf("%d lines and %d", len(la), len(lb))
}

func newNonce() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
