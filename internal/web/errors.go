package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"charterhouse/internal/address"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// refusal is what the kit itself refuses, before any handler: a form of request
// that no page can answer.
type refusal struct {
	status int
	text   i18n.Key // "" = the title says it all
}

func (e *refusal) Error() string { return "web: " + http.StatusText(e.status) }

// What the kit refuses.
var (
	errNoSuchHost  = &refusal{status: http.StatusNotFound}
	errMisdirected = &refusal{status: http.StatusMisdirectedRequest}
	errNoPage      = &refusal{status: http.StatusNotFound}
	errNoLanguage  = &refusal{status: http.StatusNotFound, text: KeyInputLanguage}
	errNoMethod    = &refusal{status: http.StatusMethodNotAllowed}
	errStarting    = &refusal{status: http.StatusServiceUnavailable}
	errCrossOrigin = &refusal{status: http.StatusForbidden}
	errTooLong     = &refusal{status: http.StatusRequestURITooLong}
	errUnreadable  = &refusal{status: http.StatusBadRequest}
	errFormat      = &refusal{status: http.StatusUnsupportedMediaType}
	errTooMuch     = &refusal{status: http.StatusRequestEntityTooLarge}
	errTooSlow     = &refusal{status: http.StatusRequestTimeout}
)

// crash is a panic that was caught; its stack is for the log.
type crash struct {
	value any
	stack []byte
}

func (e *crash) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// explanation is an error as its reader meets it.
type explanation struct {
	status int
	title  i18n.Key
	text   i18n.Key
	args   i18n.Args
	next   i18n.Key
	fields []fault.Field
	// defect marks what the log must show in full and the reader must not; the
	// page then has the request id.
	defect bool
}

// explain is the one place where an error becomes HTTP.
func explain(err error) explanation {
	var own *refusal
	if errors.As(err, &own) {
		ex := headed(own.status)
		ex.text = own.text
		if own == errNoSuchHost || own == errMisdirected {
			ex.title, ex.next = KeyErrorMisdirectedTitle, KeyErrorMisdirectedNext
		}
		return ex
	}
	if databaseAway(err) {
		ex := headed(http.StatusServiceUnavailable)
		ex.text, ex.defect = KeyErrorUnavailable, true
		if f, ok := fault.Of(err); ok && f.Kind == fault.Unavailable {
			ex.text, ex.args = i18n.Key(f.Key), f.Args
		}
		return ex
	}
	if f, ok := fault.Of(err); ok {
		if status, known := statusOf[f.Kind]; known {
			ex := headed(status)
			ex.text, ex.args, ex.fields = i18n.Key(f.Key), f.Args, f.Fields
			return ex
		}
	}
	ex := headed(http.StatusInternalServerError)
	ex.defect = true
	return ex
}

var statusOf = map[fault.Kind]int{
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusForbidden,
	fault.Conflict:    http.StatusConflict,
	fault.TooMany:     http.StatusTooManyRequests,
	fault.Gone:        http.StatusGone,
	fault.Unavailable: http.StatusServiceUnavailable,
	fault.Malformed:   http.StatusBadRequest,
}

// headed gives what an error page of a status is called and what it advises.
func headed(status int) explanation {
	keys, known := map[int][2]i18n.Key{
		http.StatusBadRequest:          {KeyErrorMalformedTitle, KeyErrorMalformedNext},
		http.StatusForbidden:           {KeyErrorForbiddenTitle, KeyErrorForbiddenNext},
		http.StatusNotFound:            {KeyErrorNotFoundTitle, KeyErrorNotFoundNext},
		http.StatusMethodNotAllowed:    {KeyErrorMethodTitle, KeyErrorMethodNext},
		http.StatusConflict:            {KeyErrorConflictTitle, KeyErrorConflictNext},
		http.StatusGone:                {KeyErrorGoneTitle, KeyErrorGoneNext},
		http.StatusRequestURITooLong:   {KeyErrorTooLargeTitle, KeyErrorTooLargeNext},
		http.StatusMisdirectedRequest:  {KeyErrorMisdirectedTitle, KeyErrorMisdirectedNext},
		http.StatusUnprocessableEntity: {KeyErrorInvalidTitle, KeyErrorInvalidNext},
		http.StatusTooManyRequests:     {KeyErrorTooManyTitle, KeyErrorTooManyNext},
		http.StatusServiceUnavailable:  {KeyErrorUnavailableTitle, KeyErrorUnavailableNext},
		http.StatusInternalServerError: {KeyErrorInternalTitle, KeyErrorInternalNext},

		http.StatusUnsupportedMediaType:  {KeyErrorMalformedTitle, KeyErrorMalformedNext},
		http.StatusRequestEntityTooLarge: {KeyErrorTooLargeTitle, KeyErrorTooLargeNext},
		http.StatusRequestTimeout:        {KeyErrorTooSlowTitle, KeyErrorTooSlowNext},
	}[status]
	if !known {
		keys = [2]i18n.Key{KeyErrorInternalTitle, KeyErrorInternalNext}
	}
	return explanation{status: status, title: keys[0], next: keys[1]}
}

// retryAfter is how many seconds a client is asked to wait.
const retryAfter = "10"

// fail explains an error before any face is known.
func (s *Server) fail(v *visit, r *http.Request, err error) {
	t := s.plain
	if v.site != nil {
		t = v.site.front.first
	}
	s.failOn(v, r, t, err)
}

// failOn explains an error on a page of the face that refused. The transaction
// that failed is over; the page has one of its own.
func (s *Server) failOn(v *visit, r *http.Request, t *templates, err error) {
	if v.status != 0 {
		// Bytes are out already; all that is left is to say so in the log.
		s.logDefect(v, err)
		return
	}
	if databaseAway(err) && s.stale(v, r) {
		return
	}
	ex := explain(err)
	if ex.defect {
		s.logDefect(v, err)
	}
	setRetry(v.Header(), ex.status, err)
	if wantsProblem(r) {
		s.send(v, r, s.problem(v, r, ex))
		return
	}
	page := &ErrorPage{}
	a, err := s.errorAnswer(v, r, t, ex, "error", page, page)
	if err != nil {
		s.logDefect(v, err)
		a = s.press.answer(ex.status, "text/plain; charset=utf-8", []byte(http.StatusText(ex.status)+"\n"+v.id+"\n"), noStore)
	}
	s.send(v, r, a)
}

// ErrorPage is what the template error shows.
type ErrorPage struct {
	Frame
	Status int
	Text   string
	Next   string
	// OtherWay tells the reader how else the town is reached.
	OtherWay bool
	// RequestID is shown only where the fault is ours.
	RequestID string
	// Known is false where no municipality is: the page then names none and leads
	// to the portal.
	Known  bool
	Portal string
}

// errorAnswer renders an error page, or another that begins with one. What the
// face adds to a frame is read in a second transaction, and remembered from an
// earlier page where the database is what failed.
func (s *Server) errorAnswer(v *visit, r *http.Request, t *templates, ex explanation, template string, page Framed, own *ErrorPage) (*answer, error) {
	say := func(key i18n.Key, args i18n.Args) string { return s.opt.Catalog.Say(v.lang, key, args) }
	own.Status, own.Next, own.Known = ex.status, say(ex.next, nil), v.site != nil
	// The staff know how to reach the town.
	own.OtherWay = t.face.LogIn == "" && (ex.status == http.StatusServiceUnavailable || ex.status == http.StatusTooManyRequests)
	if ex.text != "" {
		own.Text = say(ex.text, ex.args)
	}
	own.Title, own.NoIndex = say(ex.title, nil), true
	if ex.defect {
		own.RequestID = v.id
	}
	if v.site == nil {
		return s.nowhere(v, own)
	}
	s.completeError(v, r, t, ex, own.frame())
	body, err := t.render(v.lang, v.site.langs, template, page)
	if err != nil {
		return nil, err
	}
	return s.press.answer(ex.status, "text/html; charset=utf-8", body, noStore), nil
}

// completeError fills the frame of an error page.
func (s *Server) completeError(v *visit, r *http.Request, t *templates, ex explanation, f *Frame) {
	req := s.errorRequest(v, r, t)
	done := false
	if t.face.Complete != nil && ex.status != http.StatusServiceUnavailable {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), pollTimeout)
		defer cancel()
		err := s.opt.DB.Read(ctx, v.site.realm, func(tx *pg.Tx) error {
			if err := req.bind(ctx, tx); err != nil {
				return err
			}
			return t.face.Complete(req, f)
		})
		if done = err == nil; !done {
			s.opt.Log.Warn("error page without the face's frame", "id", v.id, "error", err)
		}
	}
	if !done {
		s.recall(v.site, f)
	}
	s.complete(f, t.face.Menu, req)
}

// nowhere is the page for a host that is no municipality's.
func (s *Server) nowhere(v *visit, page *ErrorPage) (*answer, error) {
	page.Lang, page.FullTitle = v.lang, page.Title
	page.Portal = s.opt.Base.Origin(s.opt.Base.Domain) + address.Path(v.lang, "/")
	page.Stylesheet, page.Fonts = s.opt.Assets.Path(styleSheet), s.opt.Assets.Fonts(v.lang)
	if v.snap != nil {
		page.Theme = v.snap.portal.theme
	}
	body, err := s.plain.render(v.lang, nil, "error", page)
	if err != nil {
		return nil, err
	}
	return s.press.answer(page.Status, "text/html; charset=utf-8", body, noStore), nil
}

// caught turns a panic behind the cache into the page of a defect.
func (s *Server) caught(v *visit, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.fail(v, r, &crash{value: p, stack: debug.Stack()})
}

// lastResort catches a panic anywhere else. net/http would write the visitor's
// address into the log.
func (s *Server) lastResort(w http.ResponseWriter) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	id := s.ids.next()
	s.logDefect(&visit{id: id, route: "-"}, &crash{value: p, stack: debug.Stack()})
	state(w, http.StatusInternalServerError, http.StatusText(http.StatusInternalServerError)+" "+id)
}

// logDefect writes what the reader is not shown.
func (s *Server) logDefect(v *visit, err error) {
	attrs := []any{"id", v.id, "route", v.route, "error", err.Error()}
	var c *crash
	if errors.As(err, &c) {
		attrs = append(attrs, "stack", string(c.stack))
	}
	s.opt.Log.Log(context.Background(), slog.LevelError, "request failed", attrs...)
}
