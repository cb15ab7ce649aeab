package results

import (
	"context"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// State is what a badge says.
type State string

// The states of a promise.
const (
	Kept        State = "kept"
	AtRisk      State = "risk"
	Broken      State = "broken"
	NotMeasured State = "none"
	NoDataYet   State = "nodata"
)

// Unjudged is the word for a promise that is measured without a target to hold the
// figure to. It is no verdict: its state is NotMeasured.
const Unjudged State = "open"

// Words lists what a badge can say, in the order in which a tally shows it.
func Words() []State { return []State{Kept, AtRisk, Broken, Unjudged, NoDataYet, NotMeasured} }

// Badge is the verdict on one promise and what stands beside it.
type Badge struct {
	State  State
	Reason i18n.Text     // why nobody measures it, in the town's words
	Why    i18n.Key      // the same where the service knows it; empty = nothing to say
	First  deadline.Date // of the first result; zero = not fixed

	// Value is the figure that the state rests on, over Period. Entered is it for a
	// measure that the town fills in itself.
	Value   Value
	Entered *Entry
	Period  Period
	Gauge   Gauge
	// Judged is what counts as kept, at risk and broken.
	Judged Judging
}

// Word is what the badge says: its state, but for a figure without a target, beside
// which "not measured" would be false.
func (b Badge) Word() State {
	if b.State == NotMeasured && b.Why == KeyWhyNoTarget {
		return Unjudged
	}
	return b.State
}

// Number is the figure on the scale of its target; false where none is shown.
func (b Badge) Number() (float64, bool) {
	if b.Entered != nil {
		return b.Entered.Value, true
	}
	if b.Value.State != Shown {
		return 0, false
	}
	return b.Gauge.of(b.Value.Num, b.Value.Den)
}

// Board tells the badges of a town's promises on one day. The nil Board is that of
// a town that has counted nothing: not measured, or no data yet.
type Board struct {
	rules   casework.Rules
	today   deadline.Date
	figures table
	entered map[string][]Entry
	since   map[string]deadline.Date // when each promise was made
}

// ReadBoard reads what the badges rest on: the last thirteen months, and what the
// town has entered. Today is its local date, rules those in force; since tells when
// each promise was made (charter.Since).
func ReadBoard(ctx context.Context, tx *pg.Tx, rules casework.Rules, since map[string]deadline.Date, today deadline.Date) (*Board, error) {
	b := &Board{rules: rules, today: today, since: since}
	var err error
	if b.figures, err = readFigures(ctx, tx, firstOf(today).AddMonths(-12), lastOf(today), all()); err != nil {
		return nil, err
	}
	b.entered, err = entries(ctx, tx)
	return b, err
}

// Of gives the badge of a commitment. It rests on the shortest of the last month,
// the last quarter and the last twelve months that has enough cases; where no
// period that is over has any, on what has come in so far. It rests on no month
// before that in which the promise was made, but for samples, which are marked.
func (b *Board) Of(c *charter.Commitment) Badge {
	if c.Measure.Kind == charter.None {
		return Badge{State: NotMeasured, Reason: c.Measure.Reason}
	}
	// Check has read the date before; the zero Date stands for none.
	first, _ := deadline.ParseDate(c.Measure.First)
	out := Badge{State: NoDataYet, First: first, Value: Value{State: NoData}}
	if b == nil {
		return out
	}
	if out.Gauge, out.Why = gaugeOf(&c.Measure, b.rules); out.Why != "" {
		out.State = NotMeasured
		return out
	}
	out.Judged = out.Gauge.judging()
	if c.Measure.Kind == charter.Manual {
		return b.manual(out, c)
	}
	for _, p := range tried(b.today) {
		v := b.figures.value(out.Gauge.Indicator, out.Gauge.Kind, p.Period)
		if made := firstOf(b.since[c.Key]); made > p.From && !v.Sample {
			if p.Kind == ByMonth || p.Kind == ByQuarter || made > p.To {
				continue
			}
			p.From = made
			v = b.figures.value(out.Gauge.Indicator, out.Gauge.Kind, p.Period)
		}
		if v.State == Suppressed {
			if out.Value, out.Why = v, KeyWhyTooFew; v.Waits {
				out.Why = KeyWhyWaits
			}
		}
		if v.State == Shown && v.Den >= p.least {
			out.Value, out.Period, out.Why = v, p.Period, ""
			return out.judged()
		}
	}
	return out
}

// Over gives the value of a promise's measure over a period; NoData where it has
// none.
func (b *Board) Over(c *charter.Commitment, p Period) Value {
	if b == nil {
		return Value{State: NoData}
	}
	g, why := gaugeOf(&c.Measure, b.rules)
	if why != "" || g.Indicator == "" {
		return Value{State: NoData}
	}
	return b.figures.value(g.Indicator, g.Kind, p)
}

// LeftOut tells what was not counted of a promise's measure over a period, and
// how many cases that is in all. Fewer than five are not told.
func (b *Board) LeftOut(c *charter.Commitment, p Period) ([]Part, error) {
	if b == nil {
		return nil, nil
	}
	g, why := gaugeOf(&c.Measure, b.rules)
	if why != "" || g.Indicator == "" {
		return nil, nil
	}
	return b.figures.exclusions(g.Indicator, g.Kind, p)
}

func (b *Board) manual(out Badge, c *charter.Commitment) Badge {
	list := b.entered[c.Key]
	if len(list) == 0 {
		return out
	}
	last := list[len(list)-1]
	out.Entered = &last
	out.Period, _ = PeriodOf(last.Period, last.Starts)
	return out.judged()
}

// judged holds the figure to the target.
func (b Badge) judged() Badge {
	v, ok := b.Number()
	switch {
	case !ok:
		b.State = NoDataYet
	case !b.Gauge.Aimed:
		b.State, b.Why = NotMeasured, KeyWhyNoTarget
	default:
		b.State = b.Judged.State(v)
	}
	return b
}
