package public

import (
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

type commitmentPage struct {
	web.Frame
	Promise promise
	// Siblings are the other promises of its group.
	Siblings []promise
	measure
	History history
	LeftOut []exclusion
	// Judged is what counts as kept, at risk and broken; empty where no target is set.
	Judged string
}

// measure is how a promise is checked, ready to be told.
type measure struct {
	Formula *formula
	// Target in words; empty when the town has set none.
	Target string
	// Source is the key of where the figures come from.
	Source i18n.Key
	// Rule is the kind of case whose term is promised; empty for other measures.
	Rule string
	// Own, Usual and Law are the terms of that rule; the zero Term where none is set.
	Own, Usual, Law deadline.Term
	// OwnByLaw: the charter promises an answer within the legal term.
	OwnByLaw bool
	// Legal is the ground of Law; nil where no verified one stands.
	Legal *casework.LegalTerm
	// Unverified: there is a legal term, and nobody has confirmed it yet.
	Unverified bool
}

// Literal tells that the own term says "less than" and is taken at its word.
func (m measure) Literal() bool { return m.Own.LessThan() }

// Computable tells that the calculator can date a case of this kind.
func (m measure) Computable() bool { return m.Rule != "" && (!m.Own.IsZero() || m.Legal != nil) }

// formula is a fraction in words: messages Name.part and Name.whole.
type formula struct {
	Name  string
	Term  string // within which the answers count
	Kinds string // of cases that are counted
}

// commitment shows one promise: what it means, how it is measured, by which term.
func (s *Site) commitment(r *web.Request) (web.Reply, error) {
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	place, ok := v.Document.Find(r.Param("key"))
	if !ok {
		return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	board, err := t.board(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &commitmentPage{
		Frame: web.Frame{
			Title: strings.TrimSuffix(r.Text(place.Commitment.Text), "."), Description: r.Text(place.Commitment.Measure.How), Menu: "/commitments",
			Crumbs: []web.Crumb{{Label: r.Say(KeyMenuCommitments, nil), Path: "/commitments"}, {Label: r.Text(place.Section.Title), Path: "/commitments#s-" + place.Section.Key}},
		},
		Promise: promise{place, board.Of(place.Commitment)},
	}
	for _, p := range v.Document.Places() {
		if p.Group == place.Group && p.Commitment != place.Commitment {
			page.Siblings = append(page.Siblings, promise{p, board.Of(p.Commitment)})
		}
	}
	if page.measure, err = measured(r, &place.Commitment.Measure, t.Rules); err != nil {
		return web.Reply{}, err
	}
	if err = page.tell(r, board); err != nil {
		return web.Reply{}, err
	}
	return web.HTML("commitment", page), nil
}

// tell adds what the figures say: how it went, what was left out, and by which
// bounds it is judged.
func (page *commitmentPage) tell(r *web.Request, board *results.Board) (err error) {
	c, badge := page.Promise.Commitment, page.Promise.Badge
	if badge.Judged.Key != "" {
		page.Judged = r.Say(badge.Judged.Key, badge.Judged.Args)
	}
	if page.History, err = published(r, c, badge); err != nil {
		return err
	}
	page.NoIndex = len(r.Query) > 0
	page.LeftOut, err = excluded(r, board, c, badge)
	return err
}

func measured(r *web.Request, m *charter.Measure, rules casework.Rules) (measure, error) {
	out := measure{Source: KeyFormulaSourceCases, Rule: m.Rule}
	switch m.Kind {
	case charter.Survey:
		out.Source = KeyFormulaSourceSurvey
		out.Formula = &formula{Name: "formula.survey"}
		if m.Score > 0 {
			out.Target = r.Say(KeyCommitmentTargetScore, i18n.Args{"Count": m.Score, "Scale": m.Scale})
		}
	case charter.Manual:
		out.Source = KeyFormulaSourceManual
		if m.Target != nil {
			key := KeyCommitmentTargetLeast
			if m.Direction == "down" {
				key = KeyCommitmentTargetMost
			}
			out.Target = strings.TrimSpace(r.Say(key, i18n.Args{"Target": *m.Target}) + " " + r.Text(m.Unit))
		}
	case charter.CaseTime, charter.CaseRate:
		if m.Share > 0 {
			out.Target = r.Say(KeyCommitmentTargetLeast, i18n.Args{"Target": r.Percent(m.Share)})
		}
		if err := out.rule(rules.Kinds[m.Rule]); err != nil {
			return measure{}, err
		}
		out.Formula = out.fraction(r, m)
	}
	return out, nil
}

// fraction names what is counted, out of what.
func (m measure) fraction(r *web.Request, of *charter.Measure) *formula {
	f := &formula{Name: "formula." + of.Rate, Kinds: r.Say(KeyFormulaEveryKind, nil)}
	if of.Kind == charter.CaseTime {
		f.Name = "formula.case_time"
		switch {
		case !m.Own.IsZero():
			f.Term = r.Within(m.Own)
		case m.Legal != nil:
			f.Term = r.Within(m.Law)
		default:
			f.Term = r.Say(KeyHomeAnswersAsLaw, nil)
		}
	}
	if of.Rule != "" {
		f.Kinds = r.Say(i18n.Key("kind."+of.Rule+".names"), nil)
	}
	return f
}

// rule reads the terms that the promise is measured by.
func (m *measure) rule(k casework.Kind) (err error) {
	if k.Own != nil {
		m.OwnByLaw = k.Own.Term == casework.ByLaw
		if !m.OwnByLaw {
			if m.Own, err = deadline.ParseTerm(k.Own.Term); err != nil {
				return err
			}
		}
		if k.Own.Usual != "" {
			if m.Usual, err = deadline.ParseTerm(k.Own.Usual); err != nil {
				return err
			}
		}
	}
	if k.Law == nil {
		return nil
	}
	if m.Unverified = !k.Law.Verified; !m.Unverified {
		m.Legal = k.Law
		m.Law, err = deadline.ParseTerm(k.Law.Term)
	}
	return err
}
