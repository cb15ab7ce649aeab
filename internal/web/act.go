package web

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// act is one request that is for one reader alone: a form of anybody, a page or
// a form of the staff. Nothing of it is cached.
type act struct {
	*Server
	v     *visit
	http  *http.Request
	t     *templates
	route *Route
	r     *Request
}

// private serves the routes whose answer is for whoever asked.
func (s *Server) private(t *templates, route Route, pattern string) gin.HandlerFunc {
	return func(c *gin.Context) {
		v := visitOf(c.Request)
		v.route = pattern
		if c.Param("lang") != v.lang {
			s.fail(v, c.Request, errNoLanguage)
			return
		}
		r := s.request(v, c, t, v.lang)
		r.route, r.Ctx = &route, c.Request.Context()
		r.token = v.site.tokenOf(c.Request)
		from := network(c.ClientIP())
		r.key = s.paces.visitorKey(from, v.site.town.ID, s.opt.Clock())
		if s.opt.Gate != nil {
			r.client = s.opt.Gate.Client(from)
		}
		r.device = device(c.Request.UserAgent())
		a := &act{Server: s, v: v, http: c.Request, t: t, route: &route, r: r}
		if route.kind.method() == http.MethodPost {
			a.form()
		} else {
			a.page()
		}
		s.seen(v, r)
	}
}

// page answers a page of the staff.
func (a *act) page() {
	reply, answer, err := a.perform(a.r.Ctx)
	a.finish(reply, answer, err)
}

// form answers a form that was sent.
func (a *act) form() {
	if a.unproved(a.v, a.http, a.route.kind) {
		a.fail(a.v, a.http, errCrossOrigin)
		return
	}
	in := &intake{act: a, limits: a.route.limits}
	err := in.receive()
	if in.turn != nil {
		defer in.turn()
	}
	if err == nil {
		err = in.refusal
	}
	if err != nil || in.stands != nil {
		a.finish(in.reply, in.stands, err)
		return
	}
	reply, answer, err := a.perform(a.r.Ctx)
	switch {
	case errors.Is(err, pg.ErrUnknown):
		reply, answer, err = a.settle(err)
	case a.route.settled != nil && overtaken(err):
		// Its copy may have been faster; else the refusal stands.
		if done, out, lookErr := a.lookUp(a.r.Ctx); lookErr == nil && out != nil {
			reply, answer, err = done, out, nil
		}
	}
	a.finish(reply, answer, err)
}

// overtaken tells a refusal that a form also meets when it was sent twice: the
// first has changed what the second was made from, closed it to its sender, or
// taken its files.
func overtaken(err error) bool {
	return fault.Is(err, fault.Conflict) || fault.Is(err, fault.Forbidden) && !access.NeedsSignIn(err) || errors.Is(err, fs.ErrNotExist)
}

// perform runs the handler and renders what it answers before the commit; what is
// compressed after it holds nobody up. A panic becomes an error that keeps its stack.
func (a *act) perform(ctx context.Context) (reply Reply, out *answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &crash{value: p, stack: debug.Stack()}
		}
	}()
	if a.route.steps {
		return a.performSteps()
	}
	work := func(tx *pg.Tx) error {
		if err := a.r.bind(ctx, tx); err != nil {
			return err
		}
		if reply, err = a.route.handler(a.r); err != nil {
			return err
		}
		reply, err = a.drawOwn(a.r, reply)
		return err
	}
	db := a.opt.DB.Class(a.route.class())
	if a.route.kind == staff || a.route.kind == reads {
		err = db.Read(ctx, a.r.host.realm, work)
	} else {
		err = db.Write(ctx, a.r.host.realm, work)
	}
	if err == nil {
		out = a.fold(reply)
	}
	return reply, out, err
}

// performSteps lets the handler open its own transactions and renders its page in
// one more.
func (a *act) performSteps() (reply Reply, out *answer, err error) {
	if a.route.kind.ofStaff() {
		// Nobody gets as far as the handler without permission.
		if err := a.r.Read(func() error { return nil }); err != nil {
			return reply, nil, err
		}
	}
	if reply, err = a.route.handler(a.r); err != nil {
		return reply, nil, err
	}
	if reply.template == "" {
		out, err = a.renderOwn(a.r, reply)
		return reply, out, err
	}
	err = a.opt.DB.Class(pg.Reading).Read(a.r.Ctx, a.r.host.realm, func(tx *pg.Tx) error {
		a.r.Tx, a.r.Today = tx, a.r.host.today(tx.Now)
		out, err = a.renderOwn(a.r, reply)
		return err
	})
	return reply, out, err
}

// renderOwn renders what nobody may keep.
func (a *act) renderOwn(r *Request, reply Reply) (*answer, error) {
	drawn, err := a.drawOwn(r, reply)
	if err != nil {
		return nil, err
	}
	return a.fold(drawn), nil
}

// drawOwn is the part of it that belongs into a transaction.
func (a *act) drawOwn(r *Request, reply Reply) (Reply, error) {
	reply.caching = noStore
	if reply.page != nil {
		reply.page.frame().NoIndex = true
	}
	return a.draw(a.t, r, reply)
}

// settleTries is how often the outcome of a lost commit is looked for while the
// database comes back.
const settleTries = 3

// settle finds out, on a new connection, what became of a commit whose reply was
// lost.
func (a *act) settle(lost error) (reply Reply, out *answer, err error) {
	a.logDefect(a.v, lost)
	unknown := fault.Wrap(fault.Unavailable, KeyFormUnknown, lost)
	if a.route.settled == nil {
		return reply, nil, unknown
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(a.http.Context()), renderTimeout)
	defer cancel()
	for try := range settleTries {
		reply, out, err = a.lookUp(ctx)
		if !pg.Unavailable(err) || try == settleTries-1 {
			break
		}
		time.Sleep(time.Duration(try+1) * 200 * time.Millisecond)
	}
	switch {
	case err != nil:
		return reply, nil, fault.Wrap(fault.Unavailable, KeyFormUnknown, errors.Join(lost, err))
	case out == nil:
		return reply, nil, unknown
	}
	return reply, out, nil
}

// lookUp asks, in a transaction of its own, what stands under the form; the answer
// is nil where nothing does.
func (a *act) lookUp(ctx context.Context) (reply Reply, out *answer, err error) {
	err = a.opt.DB.Class(pg.Reading).Read(ctx, a.r.host.realm, func(tx *pg.Tx) error {
		if err := a.r.bind(ctx, tx); err != nil {
			return err
		}
		var found bool
		if reply, found, err = a.route.settled(a.r); err != nil || !found {
			return err
		}
		out, err = a.renderOwn(a.r, reply)
		return err
	})
	if err != nil {
		out = nil
	}
	return reply, out, err
}

// finish sends the answer, or goes on with the refusal.
func (a *act) finish(reply Reply, out *answer, err error) {
	if err != nil && reply.stream != nil {
		_ = reply.stream.content.Close() // it was only read
	}
	var own *refusal
	switch {
	case err == nil:
		a.succeed(reply, out)
	// Cutting a slow body also ends the request's context; its sender is still there.
	case a.http.Context().Err() != nil && !errors.Is(err, pg.ErrUnknown) && !errors.As(err, &own):
		a.v.status = statusClientGone
	default:
		a.refuse(err)
	}
}

func (a *act) succeed(reply Reply, out *answer) {
	a.paces.done(a.http.Context(), a.route.limits.Pace, a.r.key, a.r.Nonce)
	if a.r.took {
		// Their contents are in keeping; what is left here is swept within a day.
		if err := a.opt.Files.Forget(a.r.host.realm, a.r.Nonce); err != nil {
			a.opt.Log.Warn("waiting files were not removed", "id", a.v.id, "error", err)
		}
	}
	if reply.session != nil {
		http.SetCookie(a.v, a.v.site.cookie(*reply.session))
		a.r.Principal = access.Principal{} // its session was replaced: nothing to touch
	}
	a.send(a.v, a.http, out)
}
