package admin

import (
	"math"
	"strconv"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// resultPage is one promise: what was entered for it, and the form for the next
// period.
type resultPage struct {
	settingsTop
	Edit    bool
	Key     string
	Measure charter.Measure
	Entries []entryRow
	Form    web.Form
	Periods []web.FieldOption

	Stands, Typed string
}

// entryRow is one entered result with whoever entered it.
type entryRow struct {
	results.Entry
	On     deadline.Date
	Period string
	Who    string
	State  results.State // empty where no target is set
	Path   string        // of its correction
	Before []entryRow
}

func (s *Site) resultPage(r *web.Request) (web.Reply, error) { return s.result(r, nil) }

func (s *Site) result(r *web.Request, f *fault.Error) (web.Reply, error) {
	c, err := manualOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &resultPage{Edit: mayEdit(r), Key: c.Key, Measure: c.Measure}
	page.settingsTop = resultFrame(r, r.Text(c.Text))
	if page.Entries, err = s.entered(r, c); err != nil {
		return web.Reply{}, err
	}
	if page.Form, err = r.Shown(f); err != nil {
		return web.Reply{}, err
	}
	page.Periods = openPeriods(r, periodKind(c), page.Entries)
	if page.Form.Changed {
		// Somebody has entered this period meanwhile: both results are shown.
		day, _ := deadline.ParseDate(r.Form.Get("period"))
		if e := entryAt(page.Entries, day); e != nil {
			page.Stands, page.Typed = entryWords(r, e.Value, e.Evidence, e.Link), typedWords(r)
		}
	}
	return web.HTML("result", page), nil
}

func resultFrame(r *web.Request, title string, way ...web.Crumb) settingsTop {
	crumbs := append([]web.Crumb{{Label: r.Say(KeyResultsTitle, nil), Path: pathResults}}, way...)
	top := settingsTop{Frame: web.Frame{Title: title, Menu: pathResults, Crumbs: append(crumbs, web.Crumb{Label: title})}}
	if r.Query.Has("saved") {
		top.Done = r.Say(KeyResultsSaved, nil)
	}
	return top
}

// entered reads what was entered for a promise, with the names of whoever did it.
func (s *Site) entered(r *web.Request, c *charter.Commitment) ([]entryRow, error) {
	list, err := results.Entries(r.Ctx, r.Tx, c.Key)
	if err != nil {
		return nil, err
	}
	board, err := s.board(r)
	if err != nil {
		return nil, err
	}
	actors := []string{}
	for _, e := range list {
		actors = append(actors, e.Actor)
		for _, old := range e.Before {
			actors = append(actors, old.Actor)
		}
	}
	names, err := access.Names(r.Ctx, r.Tx, actors)
	if err != nil {
		return nil, err
	}
	badge := board.Of(c)
	row := func(e results.Entry) entryRow {
		p, _ := results.PeriodOf(e.Period, e.Starts)
		out := entryRow{Entry: e, On: deadline.Of(e.EnteredAt, r.Town.Zone), Period: periodSays(r, p), Who: names[e.Actor], Path: pathResults + "/" + c.Key + "/" + e.Starts.String()}
		if badge.Gauge.Aimed {
			out.State = badge.Judged.State(e.Value)
		}
		return out
	}
	var all []entryRow
	for _, e := range list {
		one := row(e)
		for _, old := range e.Before {
			one.Before = append(one.Before, row(old))
		}
		all = append(all, one)
	}
	return all, nil
}

func entryAt(list []entryRow, starts deadline.Date) *entryRow {
	for i := range list {
		if list[i].Starts == starts {
			return &list[i]
		}
	}
	return nil
}

// openPeriods are the latest periods that have begun and have no result yet.
func openPeriods(r *web.Request, kind results.PeriodKind, entered []entryRow) []web.FieldOption {
	var all []web.FieldOption
	for p, ok := results.PeriodOf(kind, r.Today); ok && len(all) < 12; p, ok = results.PeriodOf(kind, p.From.AddDays(-1)) {
		if p.From.Year() < r.Today.Year()-12 {
			break
		}
		if entryAt(entered, p.From) == nil {
			all = append(all, web.FieldOption{Value: p.From.String(), Label: periodSays(r, p)})
		}
	}
	return all
}

// readEntering reads the form; a value that is no number is left to the domain to
// refuse.
func readEntering(r *web.Request, key string, day deadline.Date) results.Entering {
	text := strings.NewReplacer(",", ".", "\u00a0", "", " ", "", "−", "-").Replace(r.Form.Get("value"))
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		value = math.NaN()
	}
	return results.Entering{Commitment: key, Day: day, Value: value, Evidence: r.Form.Get("evidence"), Link: r.Form.Get("link")}
}

func (s *Site) resultEnter(r *web.Request) (web.Reply, error) {
	day, _ := deadline.ParseDate(r.Form.Get("period")) // the zero Date is refused
	e := readEntering(r, r.Param("key"), day)
	if _, err := results.Enter(r.Ctx, r.Tx, r.Actor(), e, r.Today); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathResults + "/" + r.Param("key") + "?saved=1")), nil
}

func entryWords(r *web.Request, value float64, evidence, link string) string {
	return strings.TrimSpace(r.Say(KeyResultsNumber, i18n.Args{"Value": value}) + "\n" + evidence + "\n" + link)
}

func typedWords(r *web.Request) string {
	return strings.TrimSpace(r.Form.Get("value") + "\n" + r.Form.Get("evidence") + "\n" + r.Form.Get("link"))
}
