package public

import (
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// history is what was published about a promise, period by period.
type history struct {
	By      results.PeriodKind
	Choices []results.PeriodKind
	Rows    []publishedRow // the newest first
	Trend   trend
	Scale   results.Scale
	// Changed: some period was measured in another way, so the line stops there.
	Changed bool
	Sample  bool
}

// publishedRow is one period as it stands; Before is what it said until then, the
// oldest first.
type publishedRow struct {
	Period      results.Period
	Why         string // why there is no figure; "" = there is one
	Value       float64
	Part, Whole int
	Low, High   float64 // of a share
	Interval    bool
	Target      float64
	Aimed       bool
	State       results.State
	On          deadline.Date // published, or entered
	Other       bool          // measured in another way than today
	// Evidence, Link and Reason are of a result that the town has entered; Reason
	// says why it was corrected.
	Evidence, Link, Reason string
	Before                 []publishedRow
}

// shownPeriods is how many periods of a kind the history goes back.
func shownPeriods(kind results.PeriodKind) int {
	return map[results.PeriodKind]int{results.ByMonth: 13, results.ByQuarter: 8, results.ByYear: 5, results.Rolling: 13}[kind]
}

// published reads the history of a promise, by the length of period that was
// chosen. What nobody offers is refused.
func published(r *web.Request, c *charter.Commitment, badge results.Badge) (h history, err error) {
	h.Scale = badge.Gauge.Scale
	if c.Measure.Kind == charter.None || h.Scale == "" {
		return h, nil
	}
	if c.Measure.Kind == charter.Manual {
		return entered(r, c, badge)
	}
	h.Choices = []results.PeriodKind{results.ByMonth, results.ByQuarter, results.ByYear, results.Rolling}
	if h.By = results.PeriodKind(r.Query.Get("by")); h.By == "" {
		h.By = results.ByMonth
	}
	if shownPeriods(h.By) == 0 {
		return h, fault.New(fault.NotFound, KeyFiguresNoPeriod)
	}
	verdicts, err := results.History(r.Ctx, r.Tx, c.Key, h.By, shownPeriods(h.By))
	if err != nil {
		return h, err
	}
	for _, v := range verdicts {
		row := publishedRowOf(r, v, badge.Gauge)
		for _, old := range v.Before {
			row.Before = append(row.Before, publishedRowOf(r, old, badge.Gauge))
		}
		h.Rows = append(h.Rows, row)
		h.Changed, h.Sample = h.Changed || row.Other, h.Sample || v.Sample
	}
	h.Trend = trendOf(h.Rows, badge.Gauge)
	return h, nil
}

func publishedRowOf(r *web.Request, v results.Verdict, g results.Gauge) publishedRow {
	row := publishedRow{
		Target: v.Target, Aimed: v.Target > 0, State: v.State, On: deadline.Of(v.PublishedAt, r.Town.Zone),
		Other: v.Indicator != g.Indicator || v.Kind != g.Kind,
	}
	row.Period = periodFrom(v.Period, v.Starts)
	value := v.Value()
	few := KeyFiguresFew
	if v.Kind != "" { // of one kind of case, which may wait for the sake of another
		few = KeyFiguresHidden
	}
	if row.Why = whyNot(r, value, few, KeyFiguresNone); row.Why != "" {
		return row
	}
	row.Part, row.Whole = int(value.Num), int(value.Den)
	if v.Indicator == results.Satisfaction {
		row.Value, _ = value.Mean()
		return row
	}
	row.Value, _ = value.Share()
	row.Low, row.High, row.Interval = value.Interval()
	return row
}

// periodFrom is the period of a kind that begins on a day: twelve months begin
// where they begin, and not where they end.
func periodFrom(kind results.PeriodKind, starts deadline.Date) results.Period {
	if kind == results.Rolling || kind == results.Running {
		p := results.RollingTo(starts.AddMonths(11))
		p.Kind = kind
		return p
	}
	p, _ := results.PeriodOf(kind, starts)
	return p
}

// entered is the history of a promise whose results the town writes down itself.
func entered(r *web.Request, c *charter.Commitment, badge results.Badge) (h history, err error) {
	h.Scale = badge.Gauge.Scale
	list, err := results.Entries(r.Ctx, r.Tx, c.Key)
	if err != nil {
		return h, err
	}
	for _, e := range list {
		row := enteredRow(r, e, badge)
		for _, old := range e.Before {
			row.Before = append(row.Before, enteredRow(r, old, badge))
		}
		h.Rows, h.By = append(h.Rows, row), e.Period
	}
	h.Trend = trendOf(h.Rows, badge.Gauge)
	return h, nil
}

func enteredRow(r *web.Request, e results.Entry, badge results.Badge) publishedRow {
	row := publishedRow{
		Period: periodFrom(e.Period, e.Starts), Value: e.Value, Target: badge.Gauge.Target, Aimed: badge.Gauge.Aimed,
		State: results.NotMeasured, On: deadline.Of(e.EnteredAt, r.Town.Zone), Evidence: e.Evidence, Link: e.Link, Reason: e.Reason,
	}
	if row.Aimed {
		row.State = badge.Judged.State(e.Value)
	}
	return row
}

// exclusion is one reason for which cases are not counted, with their number.
type exclusion struct {
	Reason i18n.Key
	amount
}

// excluded tells what was left out of the period that the badge rests on.
func excluded(r *web.Request, board *results.Board, c *charter.Commitment, badge results.Badge) ([]exclusion, error) {
	if badge.Value.State != results.Shown {
		return nil, nil
	}
	parts, err := board.LeftOut(c, badge.Period)
	if err != nil {
		return nil, err
	}
	var all []exclusion
	for _, p := range parts {
		x := exclusion{Reason: reasonOf(p.Key)}
		if x.Why = whyNot(r, p.Value, KeyFiguresHidden, KeyFiguresNone); x.Why == "" {
			x.Count = int(p.Value.Den)
		}
		all = append(all, x)
	}
	return all, nil
}

func reasonOf(key string) i18n.Key {
	return map[string]i18n.Key{
		string(results.Withdrawn): KeyLeftOutWithdrawn, string(results.SentOn): KeyLeftOutSentOn, string(results.NoTerm): KeyLeftOutNoTerm,
		string(results.Unverified): KeyLeftOutUnverified, string(results.NotPromised): KeyLeftOutNotPromised, string(results.NoAnswer): KeyLeftOutNoAnswer,
	}[key]
}
