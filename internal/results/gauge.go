package results

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
)

// Gauge is how a promise is measured: which figure, and what it has to reach.
type Gauge struct {
	Indicator Indicator
	Kind      string // of case; empty = every kind
	// Target is in per cent of a share, points of a rating, or the unit of a manual
	// result. Aimed tells whether the town has set one.
	Target float64
	Aimed  bool
	Scale  Scale
	// Down: the less the better, of manual results.
	Down bool
}

// Scale is what a target is measured in.
type Scale string

// The scales.
const (
	Share  Scale = "share"  // per cent
	Points Scale = "points" // 1 to 5
	Amount Scale = "amount" // whatever the town counts
)

// BestRating is the most that a submitter can give.
const BestRating = 5

// gaugeOf reads the measure of a promise by the rules in force. Where it cannot be
// measured, why is the reason.
func gaugeOf(m *charter.Measure, rules casework.Rules) (g Gauge, why i18n.Key) {
	switch m.Kind {
	case charter.CaseTime:
		g = Gauge{Kind: m.Rule, Target: m.Share, Aimed: m.Share > 0, Scale: Share}
		rule := rules.Kinds[m.Rule]
		switch {
		case rule.Own != nil && rule.Own.Term != casework.ByLaw:
			g.Indicator = OnTimeOwn
		case rule.Law == nil:
			return g, KeyWhyNoTerm
		case !rule.Law.Verified:
			return g, KeyWhyUnverified
		default:
			g.Indicator = OnTimeLaw
		}
	case charter.CaseRate:
		rates := map[string]Indicator{
			"forwarded_in_time": SentInTime, "extension_notified": Notified, "answered": Answered, "decided": Decided,
		}
		g = Gauge{Indicator: rates[m.Rate], Kind: m.Rule, Target: m.Share, Aimed: m.Share > 0, Scale: Share}
		if f := rules.Forward; g.Indicator == SentInTime && (f == nil || !f.Verified) {
			why = KeyWhyUnverified
			if f == nil {
				why = KeyWhyNoTerm
			}
			return g, why
		}
	case charter.Survey:
		g = Gauge{Indicator: Satisfaction, Target: m.Score, Aimed: m.Score > 0, Scale: Points}
		if m.Scale != BestRating {
			return g, KeyWhyOtherScale
		}
	case charter.Manual:
		g = Gauge{Aimed: m.Target != nil, Scale: Amount, Down: m.Direction == "down"}
		if m.Target != nil {
			g.Target = *m.Target
		}
	}
	return g, ""
}

// of is the figure's value on the gauge's scale; false when there is none.
func (g Gauge) of(num, den int64) (float64, bool) {
	if den == 0 {
		return 0, false
	}
	v := float64(num) / float64(den)
	if g.Scale == Share {
		v *= 100
	}
	return v, true
}

// Judging is what counts as kept, at risk and broken for one target, written out.
type Judging struct {
	Target, Risk float64
	Scale        Scale
	Down         bool
	// Key with Args says it in words.
	Key  i18n.Key
	Args i18n.Args
}

// How far from its target a promise is still at risk and not yet broken.
const (
	marginShare  = 5    // percentage points
	marginPoints = 0.2  // of a mean rating
	marginAmount = 0.10 // of the target itself
)

// judging gives the bounds of a gauge; its Key is empty where no target is set.
func (g Gauge) judging() Judging {
	if !g.Aimed {
		return Judging{Scale: g.Scale}
	}
	j := Judging{Target: g.Target, Scale: g.Scale, Down: g.Down, Key: KeyJudgeAmountUp}
	margin := max(g.Target, -g.Target) * marginAmount
	switch {
	case g.Scale == Share:
		margin, j.Key = marginShare, KeyJudgeShare
	case g.Scale == Points:
		margin, j.Key = marginPoints, KeyJudgePoints
	case g.Down:
		margin, j.Key = -margin, KeyJudgeAmountDown
	}
	j.Risk = g.Target - margin
	if g.Scale == Share {
		j.Risk = max(j.Risk, 0)
	}
	j.Args = i18n.Args{"Target": j.Target, "Risk": j.Risk}
	return j
}

// almost keeps a share that is exactly at its bound from falling below it by the
// last bit of a float.
const almost = 1e-9

// State judges a value.
func (j Judging) State(v float64) State {
	if j.Down {
		switch {
		case v <= j.Target+almost:
			return Kept
		case v <= j.Risk+almost:
			return AtRisk
		}
		return Broken
	}
	switch {
	case v >= j.Target-almost:
		return Kept
	case v >= j.Risk-almost:
		return AtRisk
	}
	return Broken
}
