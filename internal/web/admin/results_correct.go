package admin

import (
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// correctPage puts another result in the place of one that was published. What it
// said before stays to be seen by everybody, with the reason.
type correctPage struct {
	settingsTop
	Key     string
	Measure charter.Measure
	Entry   entryRow
	Form    web.Form

	Stands, Typed string
}

func (s *Site) correctPage(r *web.Request) (web.Reply, error) { return s.correct(r, nil) }

func (s *Site) correct(r *web.Request, f *fault.Error) (web.Reply, error) {
	c, err := manualOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	list, err := s.entered(r, c)
	if err != nil {
		return web.Reply{}, err
	}
	e := entryAt(list, startsOf(r))
	if e == nil {
		return web.Reply{}, fault.New(fault.NotFound, KeyResultsNone)
	}
	page := &correctPage{Key: c.Key, Measure: c.Measure, Entry: *e}
	page.settingsTop = resultFrame(r, r.Say(KeyResultsCorrectTitle, i18n.Args{"Period": e.Period}),
		web.Crumb{Label: r.Text(c.Text), Path: pathResults + "/" + c.Key})
	blank := !typed(r)
	if page.Form, err = shown(r, f, e.Revision); err != nil {
		return web.Reply{}, err
	}
	if blank {
		page.Form.Fill("value", r.Say(KeyResultsNumber, i18n.Args{"Value": e.Value})).Fill("evidence", e.Evidence).Fill("link", e.Link)
	}
	if page.Form.Changed {
		page.Stands, page.Typed = entryWords(r, e.Value, e.Evidence, e.Link), typedWords(r)
	}
	return web.HTML("result_correct", page), nil
}

// startsOf is the first day of the period in the address; zero for no day.
func startsOf(r *web.Request) deadline.Date {
	day, err := deadline.ParseDate(r.Param("starts"))
	if err != nil {
		return 0
	}
	return day
}

func (s *Site) resultCorrect(r *web.Request) (web.Reply, error) {
	e := readEntering(r, r.Param("key"), startsOf(r))
	if _, err := results.Correct(r.Ctx, r.Tx, r.Actor(), e, seen(r), r.Form.Get("reason"), r.Today); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathResults + "/" + r.Param("key") + "?saved=1")), nil
}
