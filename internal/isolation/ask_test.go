package isolation

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"html"
	"maps"
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

// What differs between two answers to the same question, and says nothing: nonces
// and request ids; a new session, and the secrets that are shown once.
var (
	nonces     = regexp.MustCompile(`(name="(?:nonce|ticket|password_secret|password_uri)"[^>]*value=")[^"]*`)
	requestIDs = regexp.MustCompile(`[0-9a-f]{10}-[0-9a-z]+`)
	secrets    = regexp.MustCompile(`sid=[\w-]{20,}|(?s:<svg class="qr".*?</svg>)|<code>[^<]*</code>|<p class="code">[^<]*</p>`)
	escapes    = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)
)

// like is an answer without what every answer has of its own, and without the
// ids that were asked for, wherever the page repeats them.
func (r reply) like(ids ...string) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Status)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		switch name {
		case "Date", "Content-Length", "Etag":
		default:
			fmt.Fprintln(&b, name, r.Header[name])
		}
	}
	b.WriteString(nonces.ReplaceAllString(r.Body, "$1…"))
	text := requestIDs.ReplaceAllString(b.String(), "request-id")
	text = secrets.ReplaceAllString(text, "secret")
	for range 3 { // an address within an address within an address
		text = escapes.ReplaceAllStringFunc(text, func(s string) string {
			if plain, err := url.PathUnescape(s); err == nil {
				return plain
			}
			return s
		})
	}
	text = html.UnescapeString(text)
	for _, id := range ids {
		text = strings.ReplaceAll(text, id, "«id»")
	}
	return text
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

// betrays tells whether a text shows anything of a town, published or not.
func betrays(text, slug string) bool {
	return holds(text, canaryOf(slug)) || holds(text, openCanary(slug))
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
