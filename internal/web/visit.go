package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"charterhouse/internal/address"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/web/assets"
)

// visit is one request on its way through the kit: what is known of it so far,
// and what the log will say of it.
type visit struct {
	http.ResponseWriter
	site  *site
	snap  *snapshot
	id    string
	lang  string // best known language for an answer
	route string // pattern; the log never has the path itself
	plain bool   // nothing in the request can change the page: it may be cached
	began time.Duration

	status int
	bytes  int
	ended  func() // called when everything is said; may be nil
}

type visitKey struct{}

// visitOf finds the visit that a handler behind the router belongs to.
func visitOf(r *http.Request) *visit {
	v, _ := r.Context().Value(visitKey{}).(*visit)
	return v
}

// WriteHeader notes the status for the log. gin writes one of its own when a
// handler returns; the first stands.
func (v *visit) WriteHeader(code int) {
	if v.status != 0 {
		return
	}
	v.status = code
	v.ResponseWriter.WriteHeader(code)
}

// Write counts the bytes for the log.
func (v *visit) Write(b []byte) (int, error) {
	if v.status == 0 {
		v.status = http.StatusOK
	}
	n, err := v.ResponseWriter.Write(b)
	v.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (v *visit) Unwrap() http.ResponseWriter { return v.ResponseWriter }

// ServeHTTP takes a request from the outside world. Everything here decides on
// the form of the request and the exact Host only; no header of a proxy is read.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.lastResort(w)
	began := s.opt.Ticks()
	if s.machine(w, r) {
		return
	}
	snap := s.state.Load()
	if snap != nil && s.fromCache(w, r, snap, began) {
		return
	}
	v := &visit{ResponseWriter: w, snap: snap, id: s.ids.next(), route: "-", began: began}
	defer s.done(v, r)
	defer s.caught(v, r)
	s.setLanguage(v, r)
	switch err := s.admit(v, r); {
	case err == errNoSuchHost && strings.HasPrefix(r.URL.Path, assets.Prefix):
		// The page that says so is to be legible.
		s.asset(v, r)
		return
	case err != nil:
		s.fail(v, r, err)
		return
	}
	s.rest.ServeHTTP(v, r.WithContext(context.WithValue(pg.OneAtATime(r.Context()), visitKey{}, v)))
}

// admit decides who the request is for and whether its form is one we answer.
func (s *Server) admit(v *visit, r *http.Request) error {
	// An absolute address in the request line overrides the Host header in
	// net/http, so the two cannot be compared: we are no proxy and take neither.
	if r.URL.Host != "" || r.URL.Scheme != "" || r.Method == http.MethodConnect {
		return errMisdirected
	}
	if v.snap == nil || s.opt.Ticks()-v.snap.readAt > staleFor {
		return errStarting
	}
	host, ok := address.Host(r.Host)
	if !ok {
		return errNoSuchHost
	}
	if v.site = v.snap.siteOf(host, s.opt.Base.Domain); v.site == nil {
		return errNoSuchHost
	}
	s.setLanguage(v, r)
	v.plain = cacheable(r)
	return checkInput(r)
}

// setLanguage picks the language of whatever is answered, errors included: that
// of the path where the site has it, else what the browser asks for.
func (s *Server) setLanguage(v *visit, r *http.Request) {
	langs := s.opt.PortalLangs
	if v.site != nil {
		langs = v.site.langs
	}
	lang, _ := address.Split(r.URL.Path)
	for _, l := range langs {
		if l == lang {
			v.lang = l
			return
		}
	}
	v.lang = i18n.Match(r.Header.Get("Accept-Language"), langs)
}

// behindCache is what a request meets that was not answered from the cache:
// headers, the towns' style sheets and assets, the guard against forged
// cross-site forms, and the router of its site.
func (s *Server) behindCache() http.Handler {
	router := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).site.front.engine.ServeHTTP(w, r)
	})
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		s.fail(visitOf(r), r, errCrossOrigin)
	}))
	guarded := guard.Handler(router)
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		if strings.HasPrefix(r.URL.Path, assets.Prefix) {
			s.asset(v, r)
			return
		}
		guarded.ServeHTTP(v, r)
	})
}

// asset serves our own files, and a town's style sheet to the hosts of towns.
func (s *Server) asset(v *visit, r *http.Request) {
	setSecurity(v.Header(), v.site != nil && v.site.secure)
	css, ok := v.snap.themes[r.URL.Path]
	if ok && (v.site != nil || r.URL.Path == v.snap.portal.theme) {
		v.route = themePath + ":hash"
		s.send(v, r, s.press.answer(http.StatusOK, "text/css; charset=utf-8", css, immutable))
		return
	}
	v.route = assets.Prefix + "*"
	s.opt.Assets.ServeHTTP(v, r)
}

// done writes the one line of the log and counts the request.
func (s *Server) done(v *visit, r *http.Request) {
	if v.ended != nil {
		v.ended()
	}
	slug := "-"
	if v.site != nil {
		slug = v.site.slug
	}
	took := s.opt.Ticks() - v.began
	s.metrics.count(v.route, r.Method, v.status, slug, took)
	s.log(line{id: v.id, method: r.Method, route: v.route, tenant: slug, status: v.status, bytes: v.bytes, took: took})
}
