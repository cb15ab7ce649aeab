package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"charterhouse/internal/address"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// renderTimeout bounds the making of a page that may serve several readers and
// so outlives the request that asked first.
const renderTimeout = 10 * time.Second

// page serves one route: from a flight that is already under way for the same
// page, or by reading and rendering it.
func (s *Server) page(t *templates, route Route, pattern string) gin.HandlerFunc {
	return func(c *gin.Context) {
		v := visitOf(c.Request)
		v.route = pattern
		lang := v.site.langs[0]
		if route.language {
			if lang = c.Param("lang"); lang != v.lang {
				// v.lang is that of the path wherever the site has it.
				s.fail(v, c.Request, errNoLanguage)
				return
			}
		}
		r := s.request(v, c, t, lang)
		if !v.plain {
			made, err := s.make(c.Request.Context(), t, route.handler, r)
			s.finish(v, c.Request, t, made.answer, err)
			return
		}
		if s.opt.Ticks()-v.snap.readAt > freshFor && s.stale(v, c.Request) {
			return
		}
		s.shared(v, c.Request, t, route.handler, r)
	}
}

// request is what the handler will see.
func (s *Server) request(v *visit, c *gin.Context, t *templates, lang string) *Request {
	params := make(map[string]string, len(c.Params))
	for _, p := range c.Params {
		params[p.Key] = p.Value
	}
	path := c.Request.URL.Path
	if params["lang"] == lang {
		_, path = address.Split(path)
	}
	return &Request{
		Town: v.site.town, Towns: v.snap.towns, Lang: lang, Langs: v.site.langs, Query: c.Request.URL.Query(), ID: v.id,
		params: params, origin: v.site.origin, path: path, host: v.site, words: s.opt.Catalog,
		server: s, route: &Route{}, templates: t,
	}
}

// made is a page as it came out of its transaction.
type made struct {
	answer *answer
	date   deadline.Date
	keep   bool
	own    bool // for one reader alone
}

// nonceInput is how a page of any form can be told.
var nonceInput = []byte(`name="` + nonceField + `"`)

// shared makes a page once for all who ask for it at the same time, and keeps
// it. The revision of the key was read before the transaction began, so what is
// kept under it is at least as new as the key says.
func (s *Server) shared(v *visit, r *http.Request, t *templates, handler Handler, req *Request) {
	key := pageKey{v.site.town.ID, r.URL.Path}
	date := v.site.today(s.opt.Clock())
	flight := strconv.FormatInt(key.town, 10) + "|" + strconv.FormatInt(v.site.revision, 10) + "|" + strconv.Itoa(int(date)) + "|" + key.path
	first := false
	ch := s.flights.DoChan(flight, func() (any, error) {
		first = true
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), renderTimeout)
		defer cancel()
		m, err := s.make(ctx, t, handler, req)
		if err == nil && m.keep && m.date == date {
			s.pages.put(&kept{
				key: key, revision: v.site.revision, date: date, answer: m.answer,
				route: v.route, counter: s.metrics.hits(v.route, v.site.slug),
			})
		}
		return m, err
	})
	select {
	case <-r.Context().Done():
		v.status = statusClientGone // the page is made all the same: others may wait
	case got := <-ch:
		m, _ := got.Val.(made)
		if m.own && !first {
			// It turned out to be for one reader alone: the others get their own.
			m, got.Err = s.make(r.Context(), t, handler, req)
		}
		s.finish(v, r, t, m.answer, got.Err)
	}
}

// statusClientGone stands in the log for a reader who did not wait.
const statusClientGone = 499

// make runs the handler in a read transaction and renders what it answers
// before the transaction ends. A panic becomes an error that keeps its stack.
func (s *Server) make(ctx context.Context, t *templates, handler Handler, r *Request) (m made, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &crash{value: p, stack: debug.Stack()}
		}
	}()
	err = s.opt.DB.Read(ctx, r.host.realm, func(tx *pg.Tx) error {
		r.Ctx, r.Tx, r.Today = ctx, tx, r.host.today(tx.Now)
		reply, err := handler(r)
		if err != nil {
			return err
		}
		if reply.stream != nil {
			return errors.Join(errors.New("web: a download needs a route whose answer is for one reader"), reply.stream.content.Close())
		}
		m.answer, err = s.render(t, r, reply)
		m.own = r.nonced || reply.caching == noStore
		m.date, m.keep = r.Today, reply.status == http.StatusOK && reply.caching == revalidate && !m.own
		return err
	})
	return m, err
}

// render turns a reply into bytes, compressed.
func (s *Server) render(t *templates, r *Request, reply Reply) (*answer, error) {
	drawn, err := s.draw(t, r, reply)
	if err != nil {
		return nil, err
	}
	return s.fold(drawn), nil
}

// draw renders the page of a reply while its transaction can still be undone.
func (s *Server) draw(t *templates, r *Request, reply Reply) (Reply, error) {
	if reply.status == 0 {
		return reply, errors.New("web: the handler answered with neither a reply nor an error")
	}
	if reply.template != "" {
		frame := reply.page.frame()
		if t.face.Complete != nil {
			if err := t.face.Complete(r, frame); err != nil {
				return reply, err
			}
		}
		if !r.route.kind.ofStaff() {
			s.remember(r.host, frame)
		}
		s.complete(frame, t.face.Menu, r)
		var err error
		if reply.body, err = t.render(r.Lang, r.Langs, reply.template, reply.page); err != nil {
			return reply, err
		}
		reply.kind = "text/html; charset=utf-8"
		// Whatever the handler said: a nonce is for one reader.
		r.nonced = r.nonced || bytes.Contains(reply.body, nonceInput)
	}
	if r.nonced || reply.session != nil {
		reply.caching = noStore
	}
	return reply, nil
}

// fold makes the answer of a drawn reply. It compresses, and needs no transaction.
func (s *Server) fold(reply Reply) *answer {
	a := s.press.answer(reply.status, reply.kind, reply.body, reply.caching)
	a.secret, a.stream = reply.secret, reply.stream
	if d := reply.disposition(); d != "" {
		a.disposition = []string{d}
	}
	if reply.location != "" {
		a.location = []string{reply.location}
	}
	return a
}

// finish sends a page, or explains why there is none.
func (s *Server) finish(v *visit, r *http.Request, t *templates, a *answer, err error) {
	switch {
	case err == nil:
		s.send(v, r, a)
	case r.Context().Err() != nil:
		v.status = statusClientGone
	default:
		s.failOn(v, r, t, err)
	}
}

// send writes an answer with the headers every answer has.
func (s *Server) send(v *visit, r *http.Request, a *answer) {
	setSecurity(v.Header(), v.site != nil && v.site.secure)
	if a.secret {
		v.Header()["Referrer-Policy"] = headerNoReferrer
	}
	if _, _, err := s.press.write(a, v, r); err != nil && v.status == 0 {
		s.opt.Log.Error("answer not written", "id", v.id, "error", err)
	}
}
