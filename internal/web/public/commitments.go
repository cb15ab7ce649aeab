package public

import (
	"slices"

	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
)

type commitmentsPage struct {
	web.Frame
	Sections []section
	Shown    int
	Annexed  int // of those shown: outside the charter proper
	Expected int // of those shown: expected of residents, promised by nobody
	Filter   filter
	// What the filters offer: only what the charter has.
	States    []results.State
	Promisors []string
	Areas     []string
	Filtered  bool
	// Meanings are the five states, explained at the end.
	Meanings []results.Badge
}

// filter is what the reader chose; empty fields do not restrict.
type filter struct{ State, Promisor, Area string }

func (f filter) keeps(p promise) bool {
	return (f.State == "" || f.State == string(p.Badge.Word()) && !p.Expected()) &&
		(f.Promisor == "" || f.Promisor == side(p)) &&
		(f.Area == "" || f.Area == p.Commitment.Area)
}

// commitments lists every promise in the town's order, by section and group.
func (s *Site) commitments(r *web.Request) (web.Reply, error) {
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	board, err := s.board(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &commitmentsPage{
		Frame: web.Frame{
			Title: r.Say(KeyCommitmentsTitle, nil), Description: r.Say(KeyCommitmentsDescription, nil), Menu: "/commitments",
			Crumbs: []web.Crumb{{Label: r.Say(KeyMenuCommitments, nil)}},
		},
		Filter: filter{State: r.Query.Get("state"), Promisor: r.Query.Get("promisor"), Area: r.Query.Get("area")},
	}
	page.Filtered = page.Filter != filter{}
	page.NoIndex = page.Filtered
	for _, word := range results.Words() {
		page.Meanings = append(page.Meanings, results.Badge{State: word})
	}
	for _, sec := range sections(&v.Document, board) {
		kept := section{Section: sec.Section}
		for _, g := range sec.Groups {
			row := group{Group: g.Group}
			for _, p := range g.Promises {
				page.offer(p)
				if page.Filter.keeps(p) {
					row.Promises = append(row.Promises, p)
				}
			}
			if len(row.Promises) > 0 {
				page.count(len(row.Promises), sec.Annex, g.Expectation)
				kept.Groups = append(kept.Groups, row)
			}
		}
		if len(kept.Groups) > 0 {
			page.Sections = append(page.Sections, kept)
		}
	}
	slices.SortFunc(page.States, func(a, b results.State) int { return rank(a) - rank(b) })
	return web.HTML("commitments", page), nil
}

func (c *commitmentsPage) count(n int, annex, expected bool) {
	c.Shown += n
	switch {
	case expected:
		c.Expected += n
	case annex:
		c.Annexed += n
	}
}

// Proper is how many of the shown promises the charter itself makes.
func (c *commitmentsPage) Proper() int { return c.Shown - c.Annexed - c.Expected }

// expectations stands in the filter beside those who promise.
const expectations = "expectation"

// side is who promises, or that nobody does.
func side(p promise) string {
	if p.Expected() {
		return expectations
	}
	return p.Group.Promisor
}

// Promisor names one side. Where no other body promises apart from the
// administration, its side is the whole municipality.
func (c *commitmentsPage) Promisor(side string) i18n.Key {
	if side == expectations {
		return KeyExpectationFilter
	}
	if side == charter.Administration && !slices.Contains(c.Promisors, charter.Institutions) {
		return KeyPromisorTownName
	}
	return i18n.Key("promisor." + side + ".name")
}

func (c *commitmentsPage) offer(p promise) {
	if !p.Expected() && !slices.Contains(c.States, p.Badge.Word()) {
		c.States = append(c.States, p.Badge.Word())
	}
	if whose := side(p); !slices.Contains(c.Promisors, whose) {
		c.Promisors = append(c.Promisors, whose)
	}
	if a := p.Commitment.Area; a != "" && !slices.Contains(c.Areas, a) {
		c.Areas = append(c.Areas, a)
	}
}
