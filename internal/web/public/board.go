package public

import (
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

// board reads what the badges of the town rest on today.
func (s *Site) board(r *web.Request) (*results.Board, error) {
	t, err := s.office(r)
	if err != nil {
		return nil, err
	}
	return t.board(r)
}

// board is the same for who has read the town already.
func (t *office) board(r *web.Request) (*results.Board, error) {
	return results.ReadBoard(r.Ctx, r.Tx, t.Rules, t.since, r.Today)
}

// figure is the result that a badge rests on, as a note tells it.
type figure struct {
	Value float64
	// Share: per cent, Part of Whole; Ratings: their number; neither: entered.
	Share       bool
	Part, Whole int // of ratings their sum and number
	Ratings     int
	Period      results.Period
	Meter       *meter // nil for what has no scale
}

// meter draws a figure on its whole scale, and the target as a tick; in units of
// the drawing, which is meterWide wide. Goal is empty where there is no target.
type meter struct{ Value, Goal string }

const meterWide = 200

// meterOf takes what lies on a scale from none to top.
func meterOf(value, top float64, g results.Gauge) *meter {
	at := func(v float64) string { return coordinate(meterWide * min(max(v/top, 0), 1)) }
	m := &meter{Value: at(value)}
	if g.Aimed {
		m.Goal = at(g.Target)
	}
	return m
}

// Figure is the result of the promise; nil where there is none to be seen.
func (p promise) Figure() *figure {
	v, ok := p.Badge.Number()
	if !ok || p.Badge.Period.Kind == "" {
		return nil
	}
	f := &figure{Value: v, Period: p.Badge.Period}
	switch p.Badge.Gauge.Scale {
	case results.Share:
		f.Share, f.Part, f.Whole = true, int(p.Badge.Value.Num), int(p.Badge.Value.Den)
		f.Meter = meterOf(v, 100, p.Badge.Gauge)
	case results.Points:
		f.Part, f.Whole = int(p.Badge.Value.Num), int(p.Badge.Value.Den)
		f.Ratings = f.Whole
		f.Meter = meterOf(v, results.BestRating, p.Badge.Gauge)
	}
	return f
}
