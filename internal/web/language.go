package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"charterhouse/internal/address"
)

// toLanguage sends the bare address of a site to the language its reader
// prefers, else to the site's own.
func (s *Server) toLanguage(c *gin.Context) {
	v := visitOf(c.Request)
	v.route = "/"
	v.Header()["Vary"] = []string{"Accept-Language"}
	s.moved(v, c.Request, http.StatusFound, address.Path(v.lang, "/"))
}

// toCanonical sends /lt/charter/ to /lt/charter and /lt to /lt/. Only paths that
// a page has come here, so that no address of another's making is repeated.
func (s *Server) toCanonical(c *gin.Context) {
	v := visitOf(c.Request)
	v.route = c.FullPath()
	to, ok := address.Canonical(c.Request.URL.Path)
	if !ok || !slices.Contains(v.site.langs, c.Param("lang")) {
		s.fail(v, c.Request, errNoPage)
		return
	}
	target := url.URL{Path: to, RawQuery: c.Request.URL.RawQuery}
	s.moved(v, c.Request, http.StatusPermanentRedirect, target.EscapedPath()+query(target.RawQuery))
}

func query(raw string) string {
	if raw == "" {
		return ""
	}
	return "?" + raw
}

// moved answers with a redirect that stays on this host.
func (s *Server) moved(v *visit, r *http.Request, status int, path string) {
	a := s.press.answer(status, "text/plain; charset=utf-8", nil, noStore)
	if status == http.StatusPermanentRedirect {
		a.control = headerRevalidate
	}
	a.location = []string{path}
	s.send(v, r, a)
}

func (s *Server) noRoute(c *gin.Context)  { s.unrouted(c, errNoPage) }
func (s *Server) noMethod(c *gin.Context) { s.unrouted(c, errNoMethod) }

// unrouted explains an address no face has.
func (s *Server) unrouted(c *gin.Context, err error) {
	v := visitOf(c.Request)
	v.route = "-"
	s.fail(v, c.Request, err)
	// Or gin adds a sentence of its own behind our page, which is more than the
	// Content-Length says, and net/http then ends the connection unannounced.
	c.Writer.WriteHeaderNow()
}
