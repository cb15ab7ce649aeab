package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// pathResults is where the town enters results of promises that no case tells of.
const pathResults = "/admin/results"

// resultsRoutes: whoever reads settings sees what was entered; entering and
// correcting asks for the permission to edit.
func (s *Site) resultsRoutes() web.Routes {
	return web.Routes{
		web.Staff(access.SettingsRead, pathResults, s.results),
		web.Staff(access.SettingsRead, pathResults+"/:key", s.resultPage),
		web.Action(access.SettingsEdit, pathResults+"/:key", s.resultEnter, web.Refused(s.result)),
		web.Staff(access.SettingsEdit, pathResults+"/:key/:starts", s.correctPage),
		web.Action(access.SettingsEdit, pathResults+"/:key/:starts", s.resultCorrect, web.Refused(s.correct)),
	}
}

// resultsPage lists the promises whose results are entered by hand.
type resultsPage struct {
	settingsTop
	Edit bool
	Rows []manualRow
}

type manualRow struct {
	Key    string
	Text   i18n.Text
	Unit   i18n.Text
	Length i18n.Key // of its periods
	Badge  results.Badge
	First  deadline.Date // when the first result is due; zero = not fixed
	Period string
}

func (s *Site) results(r *web.Request) (web.Reply, error) {
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return web.Reply{}, err
	}
	board, err := s.board(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &resultsPage{Edit: mayEdit(r)}
	page.Title, page.Menu = r.Say(KeyResultsTitle, nil), pathResults
	for _, place := range v.Document.Places() {
		c := place.Commitment
		if c.Measure.Kind != charter.Manual {
			continue
		}
		row := manualRow{Key: c.Key, Text: c.Text, Unit: c.Measure.Unit, Length: lengthOf(c), Badge: board.Of(c)}
		if row.First = row.Badge.First; row.Badge.Entered != nil {
			row.Period = periodSays(r, row.Badge.Period)
		}
		page.Rows = append(page.Rows, row)
	}
	return web.HTML("results", page), nil
}

func (s *Site) board(r *web.Request) (*results.Board, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	since, err := charter.Since(r.Ctx, r.Tx, r.Town.Zone)
	if err != nil {
		return nil, err
	}
	return results.ReadBoard(r.Ctx, r.Tx, town.Rules, since, r.Today)
}

// periodKind is how long the periods of a promise are; where the measure does not say
// it, a year.
func periodKind(c *charter.Commitment) results.PeriodKind {
	if c.Measure.Period == "" {
		return results.ByYear
	}
	return results.PeriodKind(c.Measure.Period)
}

func lengthOf(c *charter.Commitment) i18n.Key {
	return map[results.PeriodKind]i18n.Key{
		results.ByMonth: KeyResultsMonthly, results.ByQuarter: KeyResultsQuarterly, results.ByYear: KeyResultsYearly,
	}[periodKind(c)]
}

// periodSays is a period in words.
func periodSays(r *web.Request, p results.Period) string {
	switch p.Kind {
	case results.ByMonth:
		return r.Month(p.From)
	case results.ByQuarter:
		return r.Say(KeyResultsInQuarter, i18n.Args{"From": p.From})
	}
	return r.Say(KeyResultsInYear, i18n.Args{"From": p.From})
}

// manualOf finds the promise of the address; NotFound for one that cases tell of.
func manualOf(r *web.Request) (*charter.Commitment, error) {
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	place, ok := v.Document.Find(r.Param("key"))
	if !ok || place.Commitment.Measure.Kind != charter.Manual {
		return nil, fault.New(fault.NotFound, results.KeyManualNone)
	}
	return place.Commitment, nil
}
