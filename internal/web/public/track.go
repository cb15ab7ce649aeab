package public

import (
	"fmt"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/web"
)

type trackPage struct {
	web.Frame
	Form web.Form
	// Example is how a number of this town looks.
	Example string
}

// trackEmpty asks for the number and the code.
func (s *Site) trackEmpty(r *web.Request) (web.Reply, error) { return s.track(r, nil) }

// toTrack leads who asks for the address of a form to where one begins.
func (s *Site) toTrack(r *web.Request) (web.Reply, error) { return web.Redirect(r.URL("/track")), nil }

// track shows the form, empty or refused. Nothing but what was typed differs
// between a wrong code, one of another town, of an erased case, or one that never
// was.
func (s *Site) track(r *web.Request, f *fault.Error) (web.Reply, error) {
	page := &trackPage{Frame: web.Frame{
		Title: r.Say(KeyTrackTitle, nil), Description: r.Say(KeyTrackDescription, nil), Menu: "/track",
		Crumbs: []web.Crumb{{Label: r.Say(KeyTrackTitle, nil)}},
	}}
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	page.Example = fmt.Sprintf("%s-%d-0113", t.Profile.Prefix(), r.Today.Year())
	if r.Form == nil && f == nil {
		return web.HTML("track", page), nil // no nonce: everybody may have the same copy
	}
	page.Form, err = r.Shown(f)
	return web.HTML("track", page).Secret(), err
}

// trackOpen shows the case to whoever has its number and code.
func (s *Site) trackOpen(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	o, err := s.open(r, t)
	if err != nil {
		return web.Reply{}, err
	}
	return s.show(r, t, o, nil, "")
}

// follow shows the case to whoever comes by the link of a mail. A link that opens
// nothing leads to the form; what its address says goes nowhere from there.
func (s *Site) follow(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	o := opened{number: r.Param("number"), token: r.Param("token")}
	o.c, o.pass, err = t.Follow(r.Ctx, r.Tx, o.number, o.token)
	if f, refused := fault.Of(err); refused && f.Kind == fault.NotFound {
		reply, err := s.track(r, fault.New(fault.NotFound, KeyTrackNoLink))
		return reply.Status(404), err
	}
	if err != nil {
		return web.Reply{}, err
	}
	return s.show(r, t, o, nil, "")
}

// opened is a case with what has opened it, which its page sends along with every
// form.
type opened struct {
	c                   *casework.Case
	pass                casework.Pass
	number, code, token string
}

// open opens the case of a form, by the code or by the token of a link.
func (s *Site) open(r *web.Request, t *office) (o opened, err error) {
	o = opened{number: strings.TrimSpace(r.Form.Get("number")), code: strings.TrimSpace(r.Form.Get("code")), token: r.Form.Get("token")}
	if o.token != "" {
		o.c, o.pass, err = t.Follow(r.Ctx, r.Tx, o.number, o.token)
	} else {
		if missing := missing(o); missing != nil {
			return o, missing
		}
		o.c, o.pass, err = t.Track(r.Ctx, r.Tx, o.number, o.code)
	}
	o.pass = o.pass.Once(r.Nonce)
	return o, err
}

// missing asks for what was left empty; nil when nothing was.
func missing(o opened) error {
	f := fault.New(fault.Invalid, casework.KeyFormFaults)
	if o.number == "" {
		f.On("number", string(KeyTrackNeedNumber))
	}
	if o.code == "" {
		f.On("code", string(KeyTrackNeedCode))
	}
	if len(f.Fields) == 0 {
		return nil
	}
	return f
}
