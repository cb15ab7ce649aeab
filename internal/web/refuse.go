package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// refuse answers what was not done: with the form again where the route can show
// it, with the way to sign in, or with an error page. What was typed is kept.
func (a *act) refuse(err error) {
	f, isFault := fault.Of(err)
	if isFault && f.Kind == fault.Forbidden && a.route.kind.ofStaff() {
		if access.NeedsSignIn(err) {
			a.signedOut(err)
			return
		}
		a.noteRefusal(a.v, a.http.Method, a.r)
	}
	if isFault && opensNothing(f) && a.paces.refused(a.http.Context(), a.route.limits.Pace, a.r.key, a.v.site.slug, a.r.Form) {
		a.opt.Log.Warn("many refusals in one town: somebody may be trying codes", "tenant", a.v.site.slug, "pace", string(a.route.limits.Pace))
	}
	if busy := busyFault(err); busy != nil && a.route.kind.method() == http.MethodPost {
		f, isFault, err = busy, true, busy
	}
	if isFault && a.route.again != nil && a.r.Form != nil && !wantsProblem(a.http) && !byAnother(err) {
		again := a.showAgain(f, err)
		if again == nil {
			return
		}
		err = again
	}
	if a.keepText(err) {
		return
	}
	a.failOn(a.v, a.http, a.t, err)
}

// opensNothing tells a code that opened nothing from a form that is only to be
// mended.
func opensNothing(f *fault.Error) bool {
	return f.Kind == fault.NotFound || f.Kind == fault.Gone || f.Kind == fault.Forbidden
}

// busyFault words a class that is full: what was typed can be sent again in a
// moment.
func busyFault(err error) *fault.Error {
	if !errors.Is(err, pg.ErrBusy) {
		return nil
	}
	return fault.Wrap(fault.Unavailable, KeyFormBusy, err)
}

// showAgain renders the form in a second transaction, which reads; a form of the
// public does so among the readers, since the filers may be what is full.
func (a *act) showAgain(f *fault.Error, cause error) error {
	ctx, cancel := context.WithTimeout(a.http.Context(), renderTimeout)
	defer cancel()
	class := pg.Reading
	if a.route.kind.ofStaff() {
		class = pg.Staff
	}
	ex := explain(cause)
	var out *answer
	var reply Reply
	err := a.opt.DB.Class(class).Read(ctx, a.r.host.realm, func(tx *pg.Tx) error {
		if err := a.r.bind(ctx, tx); err != nil {
			return err
		}
		var err error
		if reply, err = a.route.again(a.r, f); err != nil {
			return err
		}
		if reply.status == http.StatusOK {
			reply.status = ex.status
		}
		if reply.page != nil {
			reply.page.frame().Invalid = ex.status == http.StatusUnprocessableEntity
		}
		out, err = a.renderOwn(a.r, reply)
		return err
	})
	if err != nil {
		if pg.Unavailable(err) || ex.defect {
			a.logDefect(a.v, err)
			return cause
		}
		return err
	}
	if reply.session != nil {
		http.SetCookie(a.v, a.v.site.cookie(*reply.session))
	}
	setRetry(a.v.Header(), ex.status, cause)
	a.send(a.v, a.http, out)
	return nil
}

// setRetry asks for patience, as long as is known to be needed.
func setRetry(h http.Header, status int, cause error) {
	if status != http.StatusServiceUnavailable && status != http.StatusTooManyRequests {
		return
	}
	var often *tooOften
	switch {
	case errors.As(cause, &often):
		h.Set("Retry-After", strconv.Itoa(max(1, int((often.after+time.Second-1)/time.Second))))
	case errors.Is(cause, pg.ErrBusy):
		h.Set("Retry-After", retryBusy)
	default:
		h.Set("Retry-After", retryAfter)
	}
}

// retryBusy is for a class of connections that is full: it empties in a moment.
const retryBusy = "2"

// signedOut leads to where one signs in; what was typed into a form is shown, so
// that it can be sent again afterwards.
func (a *act) signedOut(err error) {
	if a.t.face.LogIn == "" || wantsProblem(a.http) {
		a.failOn(a.v, a.http, a.t, err)
		return
	}
	if a.route.kind == acts {
		if !a.keepText(err) {
			a.moved(a.v, a.http, http.StatusSeeOther, a.r.URL(a.t.face.LogIn))
		}
		return
	}
	a.toLogIn(a.v, a.http, a.t)
}

// KeptPage is what the template kept shows: a form that could not be accepted and
// whose page cannot be shown either, with what was typed into it.
type KeptPage struct {
	ErrorPage
	Action string // where the form is sent again
	Fields []KeptField
	Partly bool   // something is missing that is never sent back: it cannot be sent again from here
	LogIn  string // where to sign in first; "" = no need
	// Files: the form brought files that are not kept; they are chosen here again.
	Files bool
}

// KeptField is one field of the form. Long is a text that somebody wrote.
type KeptField struct {
	Name, Value string
	Long        bool
}

// longText is from where on a value is shown to be read and copied.
const longText = 40

// keepText shows what was typed when nothing else can: the database is away, or
// the session has ended meanwhile. It tells whether there was anything to keep; a
// password is never sent back.
func (a *act) keepText(err error) bool {
	signIn := access.NeedsSignIn(err)
	if len(a.r.Form) == 0 || wantsProblem(a.http) || !signIn && !byAnother(err) && !unavailable(err) {
		return false
	}
	page := &KeptPage{Action: a.http.URL.RequestURI(), Files: a.r.dropped}
	if !page.take(a.r.Form) {
		return false
	}
	ex := explain(err)
	if signIn {
		ex.title, ex.text, ex.next = KeyKeptSignedOut, KeyKeptSignedOutText, KeyKeptSignedOutNext
		page.LogIn = a.r.URL(a.t.face.LogIn)
	}
	if byAnother(err) {
		ex.title, ex.next = KeyKeptAnother, KeyKeptAnotherNext
	}
	if ex.defect {
		a.logDefect(a.v, err)
	}
	setRetry(a.v.Header(), ex.status, err)
	out, err := a.errorAnswer(a.v, a.http, a.t, ex, "kept", page, &page.ErrorPage)
	if err != nil {
		a.logDefect(a.v, err)
		return false
	}
	a.send(a.v, a.http, out)
	return true
}

// unavailable tells what passes by itself.
func unavailable(err error) bool {
	return databaseAway(err) || fault.Is(err, fault.Unavailable) || fault.Is(err, fault.TooMany)
}

// take fills the fields in a fixed order; false where there is nothing worth
// keeping.
func (p *KeptPage) take(form url.Values) bool {
	typed := false
	for _, name := range slices.Sorted(maps.Keys(form)) {
		values := form[name]
		if isPassword(name) {
			p.Partly = true
			continue
		}
		for _, v := range values {
			unseen := name == nonceField || name == asField
			long := len(v) > longText && !unseen
			typed = typed || long || v != "" && !unseen && !p.Partly
			p.Fields = append(p.Fields, KeptField{Name: name, Value: v, Long: long})
		}
	}
	return typed
}
