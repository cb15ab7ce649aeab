package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"charterhouse/internal/pg"
)

// stale answers with a page from the cache that may be out of date, and says so
// on it; used while the database is away. It tells whether it did.
func (s *Server) stale(v *visit, r *http.Request) bool {
	if !v.plain || v.site == nil {
		return false
	}
	k := s.pages.get(pageKey{v.site.town.ID, r.URL.Path})
	if k == nil {
		return false
	}
	a := k.stale.Load()
	if a == nil {
		var err error
		if a, err = s.withNotice(v, k.answer); err != nil {
			s.opt.Log.Error("stale page", "id", v.id, "error", err)
			return false
		}
		k.stale.Store(a)
	}
	v.route = k.route
	s.send(v, r, a)
	return true
}

// databaseAway tells a database that is away, or too slow to wait for, from a
// defect of the page.
func databaseAway(err error) bool {
	return pg.Unavailable(err) || errors.Is(err, context.DeadlineExceeded)
}

// withNotice writes the notice right after the opening body tag of a page.
// Other files are sent as they are.
func (s *Server) withNotice(v *visit, a *answer) (*answer, error) {
	body, err := s.press.body(a)
	if err != nil {
		return nil, err
	}
	at := bytes.Index(body, []byte("<body"))
	if end := bytes.IndexByte(body[max(at, 0):], '>'); at >= 0 && end >= 0 {
		notice, err := s.plain.render(v.lang, v.site.langs, "_stale", nil)
		if err != nil {
			return nil, err
		}
		at += end + 1
		body = bytes.Join([][]byte{body[:at], notice, body[at:]}, nil)
	}
	return s.press.answer(http.StatusOK, a.contentType[0], body, noStore), nil
}
