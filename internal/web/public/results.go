package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// resultsPage is what became of the town's promises and of the cases it was sent,
// for one period. All of it comes from one results.Report.
type resultsPage struct {
	web.Frame
	Report   *results.Report
	Period   periodOption
	Periods  []periodOptions
	Running  bool // the period is not over
	Tally    []tally
	Sections []resultSection

	Timely       []timelyRow
	Axis         axis
	Months       []monthRow
	Columns      columns
	Kinds        []partRow
	Channels     []partRow
	Grounds      []partRow
	Received     amount
	Declined     amount
	Hidden       bool // some ground is hidden, so their sum is not all
	Acknowledged share
	Overdue      share
	SentInTime   share
	Extended     share
	Notified     share
	First        amount // working days to the first answer
	Ninetieth    float64
	Satisfaction amount // of ratings
	Answered     amount
	Downloads    []sheetLinks
}

// resultSection is one section of the charter with its groups of promises.
type resultSection struct {
	Title  i18n.Text
	Annex  bool
	Groups []group
}

// resultsOf reads the report that a page and its downloads are made from.
func (s *Site) resultsOf(r *web.Request) (*results.Report, *office, charter.Version, error) {
	p, ok := periodOf(r.Query.Get("period"), r.Today)
	if !ok {
		return nil, nil, charter.Version{}, fault.New(fault.NotFound, KeyFiguresNoPeriod)
	}
	t, err := s.office(r)
	if err != nil {
		return nil, nil, charter.Version{}, err
	}
	// A town without a charter has no promises, and may have cases.
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, nil, charter.Version{}, err
	}
	board, err := t.board(r)
	if err != nil {
		return nil, nil, charter.Version{}, err
	}
	report, err := results.ReadReport(r.Ctx, r.Tx, &v.Document, board, p, r.Today)
	return report, t, v, err
}

// results shows a period: promises, timeliness, volumes, extensions, refusals and
// ratings.
func (s *Site) results(r *web.Request) (web.Reply, error) {
	report, t, v, err := s.resultsOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &resultsPage{
		Frame: web.Frame{
			Title: r.Say(KeyFiguresTitle, nil), Description: r.Say(KeyFiguresDescription, nil), Menu: "/results",
			Crumbs: []web.Crumb{{Label: r.Say(KeyMenuResults, nil)}}, NoIndex: len(r.Query) > 0,
		},
		Report: report, Period: optionOf(report.Period), Running: !report.Period.Over(r.Today),
		Periods: periodChoices(report.Period, r.Today), Downloads: sheetsOf(r, report),
	}
	page.promises(&v.Document, report)
	page.timely(r, report, t.Rules)
	page.volumes(r, report, t.Rules)
	page.rest(r, report)
	return web.HTML("results", page), nil
}

// promises puts the badges of the report beside the promises of the charter, in
// its order; both go through the same places.
func (page *resultsPage) promises(doc *charter.Document, report *results.Report) {
	badges := map[*charter.Commitment]results.Badge{}
	places := doc.Places()
	n := 0
	for _, g := range report.Promises {
		for _, line := range g.Promises {
			badges[places[n].Commitment] = line.Badge
			n++
		}
	}
	count := map[results.State]int{}
	var lastSection *charter.Section
	var lastGroup *charter.Group
	for _, place := range places {
		p := promise{place, badges[place.Commitment]}
		if place.Section != lastSection {
			lastSection, lastGroup = place.Section, nil
			page.Sections = append(page.Sections, resultSection{Title: place.Section.Title, Annex: place.Section.Annex})
		}
		sec := &page.Sections[len(page.Sections)-1]
		if place.Group != lastGroup {
			lastGroup = place.Group
			sec.Groups = append(sec.Groups, group{Group: *place.Group})
		}
		g := &sec.Groups[len(sec.Groups)-1]
		g.Promises = append(g.Promises, p)
		if !p.Expected() && !place.Section.Annex {
			count[p.Badge.Word()]++
		}
	}
	for _, state := range results.Words() {
		if count[state] > 0 {
			page.Tally = append(page.Tally, tally{state, count[state]})
		}
	}
}

// timely draws every share of the table on one axis.
func (page *resultsPage) timely(r *web.Request, report *results.Report, rules casework.Rules) {
	var values []results.Value
	for _, l := range report.Timely {
		values = append(values, l.Own, l.Law, l.First)
	}
	page.Axis = axisOf(values)
	for i, l := range report.Timely {
		row := timelyRow{Label: r.Say(KeyFiguresAll, nil), All: l.Kind == ""}
		if l.Kind != "" {
			row.Label = r.Say(i18n.Key("kind."+l.Kind+".names"), nil)
		}
		few := KeyFiguresFew
		if i > 0 {
			few = KeyFiguresHidden
		}
		row.Own = page.Axis.share(r, l.Own, few, whyNoOwn(l.Kind, rules))
		row.Law = page.Axis.share(r, l.Law, few, whyNoLaw(l.Kind, rules))
		row.First = page.Axis.share(r, l.First, few, whyNoLaw(l.Kind, rules))
		row.Law.Law, row.First.Law = true, true
		page.Timely = append(page.Timely, row)
	}
}

// whyNoOwn tells why a kind has no figure by the town's own promise.
func whyNoOwn(kind string, rules casework.Rules) i18n.Key {
	if own := rules.Kinds[kind].Own; kind != "" && (own == nil || own.Term == casework.ByLaw) {
		return KeyFiguresNoOwn
	}
	return KeyFiguresNoneFinished
}

// whyNoLaw tells why a kind has none by law.
func whyNoLaw(kind string, rules casework.Rules) i18n.Key {
	law := rules.Kinds[kind].Law
	switch {
	case kind == "":
		return KeyFiguresNoneFinished
	case law == nil:
		return KeyFiguresNoLaw
	case !law.Verified:
		return KeyFiguresUnverified
	}
	return KeyFiguresNoneFinished
}

func (page *resultsPage) volumes(r *web.Request, report *results.Report, rules casework.Rules) {
	page.Received = amountOf(r, report.Received, KeyFiguresNoneReceived)
	page.Declined = amountOf(r, report.Declined, KeyFiguresNoneDeclined)
	page.Kinds = partRows(r, report.Kinds, func(key string) i18n.Text { return said(r, i18n.Key("kind."+key+".names")) })
	page.Channels = partRows(r, report.Channels, func(key string) i18n.Text { return said(r, channelOf(key)) })
	page.Grounds = partRows(r, report.Grounds, func(key string) i18n.Text { return groundOf(r, rules, key) })
	for _, g := range page.Grounds {
		page.Hidden = page.Hidden || g.Why != ""
	}
	for _, m := range report.Months {
		page.Months = append(page.Months, monthOf(r, m))
	}
	page.Columns = columnsOf(report.Months)
}

// rest are the figures that stand alone.
func (page *resultsPage) rest(r *web.Request, report *results.Report) {
	one := func(v results.Value, none i18n.Key) share {
		return axis{0, 100}.share(r, v, KeyFiguresFew, none)
	}
	page.Acknowledged = one(report.Acknowledged, KeyFiguresNoneReceived)
	page.Overdue = one(report.Overdue, KeyFiguresNoneOpen)
	page.SentInTime = one(report.SentInTime, KeyFiguresNoneSent)
	page.Extended = one(report.Extended, KeyFiguresNoneFinished)
	page.Notified = one(report.Notified, KeyFiguresNoneExtended)
	page.First = amountOf(r, report.FirstAnswer, KeyFiguresNoneAnswered)
	page.First.Value, _ = report.FirstAnswer.Median()
	page.Ninetieth, _ = report.FirstAnswer.Ninetieth()
	page.Satisfaction = amountOf(r, report.Satisfaction, KeyFiguresNoneRated)
	page.Satisfaction.Value, _ = report.Satisfaction.Mean()
	page.Answered = amountOf(r, report.AnsweredCases, KeyFiguresNoneAnswered)
}
