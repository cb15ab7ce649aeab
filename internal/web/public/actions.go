package public

import (
	"strconv"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// caseLimits are those of a form on the page of a case that brings files: they are
// received from who has the code, and from nobody else.
func (s *Site) caseLimits() web.Limits {
	return web.Limits{Files: files.MaxFiles, Pace: web.Lookup, May: func(r *web.Request) error {
		t, err := s.office(r)
		if err != nil {
			return err
		}
		_, err = s.open(r, t)
		return err
	}}
}

// verb is one thing that a submitter does with their case.
type verb func(t *office, o opened) error

// act does it, once for each form, and shows the case as it stands then.
func (s *Site) act(r *web.Request, do casework.Action, fn verb) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	o, err := s.open(r, t)
	if err != nil {
		return web.Reply{}, err
	}
	done, err := t.Acted(r.Ctx, r.Tx, o.pass, do)
	if err == nil && !done {
		err = fn(t, o)
	}
	if err != nil {
		return web.Reply{}, err
	}
	return s.showDone(r, t, o, do)
}

// showDone reads the case again, as it is after what was done.
func (s *Site) showDone(r *web.Request, t *office, o opened, do casework.Action) (web.Reply, error) {
	var err error
	if o.c, err = casework.Find(r.Ctx, r.Tx, o.c.Number); err != nil {
		return web.Reply{}, err
	}
	return s.show(r, t, o, nil, do)
}

// acted looks whether a form whose reply was lost has done what it asks for.
func (s *Site) acted(do casework.Action) func(*web.Request) (web.Reply, bool, error) {
	return func(r *web.Request) (web.Reply, bool, error) {
		t, err := s.office(r)
		if err != nil {
			return web.Reply{}, false, err
		}
		o, err := s.open(r, t)
		if err != nil {
			return web.Reply{}, false, err
		}
		done, err := t.Acted(r.Ctx, r.Tx, o.pass, do)
		if err != nil || !done {
			return web.Reply{}, false, err
		}
		reply, err := s.showDone(r, t, o, do)
		return reply, true, err
	}
}

func (s *Site) add(r *web.Request) (web.Reply, error) {
	return s.act(r, casework.ToAdd, func(t *office, o opened) error {
		return s.write(r, "text", func(m casework.Message) error { return t.Add(r.Ctx, r.Tx, o.pass, m) })
	})
}

func (s *Site) respond(r *web.Request) (web.Reply, error) {
	return s.act(r, casework.ToRespond, func(t *office, o opened) error {
		return s.write(r, "answer", func(m casework.Message) error { return t.Respond(r.Ctx, r.Tx, o.pass, m) })
	})
}

// write hands on what was typed into a field with the files that came along, and
// keeps them then: by the time that the case keeps.
func (s *Site) write(r *web.Request, field string, send func(casework.Message) error) error {
	ids, err := waiting(r)
	if err != nil {
		return err
	}
	if err := send(casework.Message{Text: r.Form.Get(field), Files: ids}); err != nil || len(ids) == 0 {
		return err
	}
	_, err = r.Keep()
	return err
}

func (s *Site) withdraw(r *web.Request) (web.Reply, error) {
	return s.act(r, casework.ToWithdraw, func(t *office, o opened) error {
		if r.Form.Get("sure") == "" {
			return fault.New(fault.Invalid, casework.KeyFormFaults).On("sure", string(KeyCaseWithdrawSure))
		}
		return t.Withdraw(r.Ctx, r.Tx, o.pass, r.Form.Get("reason"))
	})
}

func (s *Site) rate(r *web.Request) (web.Reply, error) {
	return s.act(r, casework.ToRate, func(t *office, o opened) error {
		score, err := strconv.Atoi(r.Form.Get("score"))
		if err != nil {
			score = 0 // refused, with what to do
		}
		return t.Rate(r.Ctx, r.Tx, o.pass, casework.Rating{Score: score, Comment: r.Form.Get("comment")})
	})
}

// download gives out a file of the case to who has opened it.
func (s *Site) download(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	o, err := s.open(r, t)
	if err != nil {
		return web.Reply{}, err
	}
	id := r.Form.Get("file")
	if err := casework.Attached(r.Ctx, r.Tx, o.c, id, casework.Submitter); err != nil {
		return web.Reply{}, err
	}
	f, err := files.Get(r.Ctx, r.Tx, id)
	if err != nil {
		return web.Reply{}, err
	}
	content, err := s.files.Read(r.Tx.Realm, id)
	if err != nil {
		return web.Reply{}, err
	}
	return web.Download(f, content), nil
}

// caseAgain shows the page of the case again with the refused form on it; to who
// has not opened the case, the form that asks for the code.
func (s *Site) caseAgain(r *web.Request, f *fault.Error) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	o, err := s.open(r, t)
	if _, refused := fault.Of(err); refused {
		return s.track(r, f)
	}
	if err != nil {
		return web.Reply{}, err
	}
	if f.Kind == fault.NotFound && i18n.Key(f.Key) == casework.KeyNoSuchCode {
		return s.track(r, f)
	}
	return s.show(r, t, o, f, "")
}
