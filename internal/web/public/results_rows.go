package public

import (
	"strconv"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// share is one share as a table shows it: with its interval drawn, or with the
// reason why there is none. Never a zero in place of a reason.
type share struct {
	Why         string // "" = there is a figure
	Share       float64
	Part, Whole int
	Low, High   float64
	Law         bool // drawn filled, as against the ring of the own promise
	At          whisker
}

// whisker is where a figure and the ends of its interval are drawn.
type whisker struct{ X, Low, High string }

// The drawing of one figure is this wide; a dot at either end still has room.
const (
	drawnFrom, drawnTo = 6.0, 210.0
)

// axis puts shares on a line; every row of a table has the same.
type axis struct{ From, To float64 }

// axisOf begins at half where nobody is below, and says so by its ticks.
func axisOf(values []results.Value) axis {
	low, any := 100.0, false
	for _, v := range values {
		if l, _, ok := v.Interval(); ok {
			low, any = min(low, l), true
		}
	}
	if any && low >= 50 {
		return axis{50, 100}
	}
	return axis{0, 100}
}

// Middle is the value in the middle of the axis.
func (a axis) Middle() float64 { return (a.From + a.To) / 2 }

func (a axis) x(v float64) string {
	part := (min(max(v, a.From), a.To) - a.From) / (a.To - a.From)
	return coordinate(drawnFrom + part*(drawnTo-drawnFrom))
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// share draws a value; few and none say why there is nothing to draw.
func (a axis) share(r *web.Request, v results.Value, few, none i18n.Key) share {
	if why := whyNot(r, v, few, none); why != "" {
		return share{Why: why}
	}
	s := share{Part: int(v.Num), Whole: int(v.Den)}
	s.Share, _ = v.Share()
	s.Low, s.High, _ = v.Interval()
	s.At = whisker{a.x(s.Share), a.x(s.Low), a.x(s.High)}
	return s
}

func whyNot(r *web.Request, v results.Value, few, none i18n.Key) string {
	switch v.State {
	case results.Shown:
		return ""
	case results.Suppressed:
		return r.Say(few, nil)
	}
	return r.Say(none, nil)
}

// amount is a count of cases or ratings, or the reason why there is none. Value is
// what was measured of them, where something was.
type amount struct {
	Why   string
	Count int
	Value float64
	Since deadline.Date // the earliest cases in it, where they waited to be shown
}

func amountOf(r *web.Request, v results.Value, none i18n.Key) amount {
	if why := whyNot(r, v, KeyFiguresFew, none); why != "" {
		return amount{Why: why}
	}
	return amount{Count: int(v.Den), Since: v.Since}
}

// timelyRow is one kind of case: in time by the town's own promise and by law.
type timelyRow struct {
	Label           string
	All             bool
	Own, Law, First share
}

// monthRow is one month of the period.
type monthRow struct {
	Month              deadline.Date
	Since              deadline.Date // earlier cases are in it; zero = none
	Received, Finished amount
	Own, Law           share
	Days               amount
}

func monthOf(r *web.Request, m results.MonthLine) monthRow {
	flat := axis{0, 100}
	row := monthRow{
		Month: m.Month, Received: amountOf(r, m.Received, KeyFiguresNone), Finished: amountOf(r, m.Finished, KeyFiguresNone),
		Own: flat.share(r, m.Own, KeyFiguresFew, KeyFiguresNone), Law: flat.share(r, m.Law, KeyFiguresFew, KeyFiguresNone),
		Days: amountOf(r, m.FirstAnswer, KeyFiguresNone),
	}
	row.Days.Value, _ = m.FirstAnswer.Median()
	if since := m.Received.Since; !since.IsZero() && since < m.Month {
		row.Since = since
	}
	return row
}

// partRow is one line of a breakdown with its bar.
type partRow struct {
	Label i18n.Text
	amount
	Width string // of the bar, of barRoom
}

// barRoom is how long the longest bar of a breakdown is drawn.
const barRoom = 200.0

func partRows(r *web.Request, parts []results.Part, label func(string) i18n.Text) []partRow {
	most := int64(1)
	for _, p := range parts {
		most = max(most, p.Value.Den)
	}
	var rows []partRow
	for _, p := range parts {
		row := partRow{Label: label(p.Key)}
		if row.Why = whyNot(r, p.Value, KeyFiguresHidden, KeyFiguresNone); row.Why == "" {
			row.Count = int(p.Value.Den)
			row.Width = coordinate(barRoom * float64(p.Value.Den) / float64(most))
		}
		rows = append(rows, row)
	}
	return rows
}

// said is a message as a text of the page's language.
func said(r *web.Request, key i18n.Key) i18n.Text { return i18n.Text{r.Lang: r.Say(key, nil)} }

// channelOf names the way by which cases came.
func channelOf(key string) i18n.Key {
	name, known := map[string]i18n.Key{
		"website": KeyFiguresByWebsite, "email": KeyFiguresByEmail, "phone": KeyFiguresByPhone, "post": KeyFiguresByPost,
		"visit": KeyFiguresByVisit, "box": KeyFiguresByBox, "api": KeyFiguresByAPI,
	}[key]
	if !known {
		return KeyFiguresByOther
	}
	return name
}

// groundOf names a ground for which cases were declined. One that the rules no
// longer have keeps its figure.
func groundOf(r *web.Request, rules casework.Rules, key string) i18n.Text {
	for _, g := range rules.Refusals {
		if g.Key == key {
			return g.Title
		}
	}
	return said(r, KeyFiguresOtherGround)
}
