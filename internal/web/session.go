package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/address"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Names of the session's cookie: where the site is reached by https, browsers
// hold it to this very host (__Host-) and to encrypted connections.
const (
	secureCookie = "__Host-sid"
	plainCookie  = "sid"
)

// cookie is the one place that decides what a session's cookie is like. It ends
// with the browser; the session itself ends earlier, on the server.
func (s *site) cookie(value string) *http.Cookie {
	c := &http.Cookie{Name: plainCookie, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if s.secure {
		c.Name, c.Secure = secureCookie, true
	}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// tokenOf gives what the browser shows as its session.
func (s *site) tokenOf(r *http.Request) access.Token {
	c, err := r.Cookie(s.cookie("").Name)
	if err != nil {
		return ""
	}
	return access.Token(c.Value)
}

// unproved tells a form that nothing shows to come from our own page. Browsers of
// today always say where a form comes from; one that does not must bring no
// session.
func (s *Server) unproved(v *visit, r *http.Request, k kind) bool {
	if r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != "" {
		return false
	}
	return k == acts || v.site.tokenOf(r) != ""
}

// bind gives a handler its transaction: first of all, who is asking and whether
// they may.
func (r *Request) bind(ctx context.Context, tx *pg.Tx) error {
	r.Ctx, r.Tx, r.Today = ctx, tx, r.host.today(tx.Now)
	if !r.route.kind.ofStaff() && !r.route.known {
		return nil
	}
	p, err := r.server.opt.Gate.Session(ctx, tx, r.token)
	if err != nil {
		r.Principal = access.Principal{}
		if !r.route.kind.ofStaff() && access.NeedsSignIn(err) {
			return nil
		}
		return err
	}
	r.Principal = p
	if !r.route.kind.ofStaff() {
		return nil
	}
	if err := p.Demand(r.route.perm); err != nil {
		return err
	}
	if as := r.Form.Get(asField); as != "" && as != r.account() {
		return fault.New(fault.Conflict, KeyKeptAnotherText).With("Name", p.Name)
	}
	return nil
}

// asField names the account that a form was given to: what one officer wrote before
// the session ended is not sent in the name of who signed in next.
const asField = "as"

// account is who is asking, as forms carry it; "" = nobody who is signed in.
func (r *Request) account() string {
	if r.Principal.User == 0 {
		return ""
	}
	return strconv.FormatInt(r.Principal.User, 10)
}

// byAnother tells a form that was written under another account than it was sent.
func byAnother(err error) bool {
	f, ok := fault.Of(err)
	return ok && i18n.Key(f.Key) == KeyKeptAnotherText
}

// Write runs one step of a handler that is InSteps, in a transaction of its own
// that commits when the step gives no error. What must survive a refusal of the
// whole is written in a step before.
func (r *Request) Write(step func() error) error {
	return r.inStep(r.server.opt.DB.Class(r.route.class()).Write, step)
}

// Read runs one step of a handler that is InSteps, in a transaction that reads.
func (r *Request) Read(step func() error) error {
	return r.inStep(r.server.opt.DB.Class(r.route.class()).Read, step)
}

func (r *Request) inStep(run func(context.Context, pg.Realm, func(*pg.Tx) error) error, step func() error) error {
	defer func() { r.Tx = nil }()
	return run(r.Ctx, r.host.realm, func(tx *pg.Tx) error {
		if err := r.bind(r.Ctx, tx); err != nil {
			return err
		}
		return step()
	})
}

// Next is where a visitor wanted to go before signing in, when it is a page of
// this site; else fallback, which is a path with its language.
func (r *Request) Next(fallback string) string {
	next := r.Form.Get("next")
	if next == "" {
		next = r.Query.Get("next")
	}
	if r.ours(next) {
		return next
	}
	return fallback
}

// ours takes only what can be nothing else than a page of this host.
func (r *Request) ours(path string) bool {
	if len(path) > maxPath || !cleanText(path) || strings.ContainsAny(path, "\\\t\r\n") || strings.Contains(path, "//") {
		return false
	}
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(path, "/") {
		return false
	}
	lang, rest := address.Split(u.Path)
	return rest != "" && slices.Contains(r.Langs, lang)
}

// toLogIn sends a page that nobody may see without signing in to where that is
// done, and back afterwards.
func (s *Server) toLogIn(v *visit, r *http.Request, t *templates) {
	back := url.Values{"next": {r.URL.RequestURI()}}
	s.moved(v, r, http.StatusSeeOther, address.Path(v.lang, t.face.LogIn)+"?"+back.Encode())
}

// refusedAction is how the audit chain calls what somebody was not let do.
const refusedAction = "access.refused"

// noteRefusal writes that a member of the staff was refused, in a short Write of
// its own: the transaction that refused is gone. The path stands in the part that
// can be erased.
func (s *Server) noteRefusal(v *visit, method string, r *Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Ctx), pollTimeout)
	defer cancel()
	err := s.opt.DB.Class(pg.Staff).Write(ctx, r.host.realm, func(tx *pg.Tx) error {
		tx.Record(pg.Entry{
			Actor: r.Principal.Actor.ID, Action: refusedAction, Object: "page" + r.route.path,
			Detail: map[string]string{"method": method, "path": r.path},
		})
		return nil
	})
	if err != nil {
		s.logDefect(v, err)
	}
}

// seen writes that the principal was here, after the reply and every few minutes
// only, so that no page waits for it.
func (s *Server) seen(v *visit, r *Request) {
	if !r.Principal.Touch {
		return
	}
	_ = http.NewResponseController(v).Flush() // whoever is gone needs no flush
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Ctx), 2*time.Second)
	defer cancel()
	err := s.opt.DB.Class(pg.Staff).Write(ctx, r.host.realm, func(tx *pg.Tx) error {
		return access.TouchSession(ctx, tx, r.Principal)
	})
	if err != nil {
		s.opt.Log.Warn("a session was not touched", "id", v.id, "error", err)
	}
}
