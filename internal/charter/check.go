package charter

import (
	"fmt"
	"slices"

	"charterhouse/internal/tenant"
)

// Who promises.
const (
	Residents      = "residents"
	Administration = "administration"
	Institutions   = "institutions"
)

// How a promise is checked.
const (
	CaseTime = "case_time"
	CaseRate = "case_rate"
	Survey   = "survey"
	Manual   = "manual"
	None     = "none"
)

// What a charter is in law.
const (
	Declaration     = "declaration"
	CouncilDecision = "council_decision"
	MayorOrder      = "mayor_order"
	NonLegal        = "non_legal"
)

// Check finds what is wrong with a document; it reads nothing but the document.
// Whether the rules that its measures name exist is checked by package provision.
func (d *Document) Check(c *tenant.Checker) {
	c.Text("title", d.Title, true)
	c.Text("lead", d.Lead, false)
	c.OneOf("nature", d.Nature, Declaration, CouncilDecision, MayorOrder, NonLegal)
	c.Text("nature_note", d.NatureNote, false)
	c.Text("sample_note", d.SampleNote, false)
	c.Date("effective", d.Effective)
	if d.Act != nil {
		c.Text("act.body", d.Act.Body, true)
		c.Text("act.title", d.Act.Title, false)
		c.Date("act.date", d.Act.Date)
	}
	if len(d.Sections) == 0 {
		c.Fault("sections", tenant.KeyCheckRequired, nil)
	}
	keys := seenKeys{sections: map[string]bool{}, groups: map[string]bool{}, commitments: map[string]bool{}, companions: map[string]bool{}}
	for i := range d.Sections {
		d.Sections[i].check(c, fmt.Sprintf("sections.%d", i), keys)
	}
}

// seenKeys holds what must be unique over the whole document.
type seenKeys struct{ sections, groups, commitments, companions map[string]bool }

func (s *Section) check(c *tenant.Checker, path string, keys seenKeys) {
	c.Key(path+".key", s.Key, keys.sections)
	c.Text(path+".title", s.Title, true)
	c.Text(path+".body", s.Body, false)
	for i, item := range s.Items {
		c.Text(fmt.Sprintf("%s.items.%d", path, i), item, true)
	}
	for i, m := range s.Milestones {
		c.Date(fmt.Sprintf("%s.milestones.%d.date", path, i), m.Date)
		c.Text(fmt.Sprintf("%s.milestones.%d.text", path, i), m.Text, true)
	}
	for i, k := range s.Companions {
		at := fmt.Sprintf("%s.companions.%d", path, i)
		c.Key(at+".key", k.Key, keys.companions)
		c.Text(at+".title", k.Title, true)
		c.Text(at+".body", k.Body, false)
		if k.URL != "" {
			c.URL(at+".url", k.URL)
		}
	}
	for i, g := range s.Groups {
		at := fmt.Sprintf("%s.groups.%d", path, i)
		c.Key(at+".key", g.Key, keys.groups)
		c.Text(at+".title", g.Title, false)
		c.Text(at+".by", g.By, false)
		c.OneOf(at+".promisor", g.Promisor, Residents, Administration, Institutions)
		g.checkExpectation(c, at)
		if len(g.Commitments) == 0 {
			c.Fault(at+".commitments", tenant.KeyCheckRequired, nil)
		}
		for j := range g.Commitments {
			g.Commitments[j].check(c, fmt.Sprintf("%s.commitments.%d", at, j), keys)
		}
	}
}

// checkExpectation refuses what would make an expectation look like a promise: the
// town can only expect of others, and does not measure people.
func (g *Group) checkExpectation(c *tenant.Checker, path string) {
	if !g.Expectation {
		return
	}
	if g.Promisor != Residents {
		c.Fault(path+".expectation", KeyCheckExpectationOf, nil)
	}
	for i, k := range g.Commitments {
		if k.Measure.Kind != None {
			c.Fault(fmt.Sprintf("%s.commitments.%d.measure.kind", path, i), KeyCheckExpectationMeasured, nil)
		}
	}
}

func (k *Commitment) check(c *tenant.Checker, path string, keys seenKeys) {
	c.Key(path+".key", k.Key, keys.commitments)
	c.Text(path+".text", k.Text, true)
	c.Text(path+".detail", k.Detail, false)
	c.Text(path+".owner", k.Owner, false)
	if k.Area != "" {
		c.OneOf(path+".area", k.Area, "education", "sport", "culture", "social", "administration", "environment", "economy")
	}
	k.Measure.check(c, path+".measure")
}

func (m *Measure) check(c *tenant.Checker, path string) {
	c.OneOf(path+".kind", m.Kind, CaseTime, CaseRate, Survey, Manual, None)
	m.checkForeign(c, path)
	switch m.Kind {
	case CaseTime:
		if m.Rule == "" {
			c.Fault(path+".rule", tenant.KeyCheckRequired, nil)
		}
	case CaseRate:
		c.OneOf(path+".rate", m.Rate, "forwarded_in_time", "extension_notified", "answered", "decided")
	case Survey:
		c.Text(path+".question", m.Question, true)
		if m.Scale < 2 || m.Scale > 10 || m.Score < 0 || m.Score > float64(m.Scale) {
			c.Fault(path+".score", KeyCheckScore, nil)
		}
	case Manual:
		c.Text(path+".indicator", m.Indicator, true)
		c.OneOf(path+".direction", m.Direction, "up", "down")
		c.OneOf(path+".period", m.Period, "month", "quarter", "year")
	case None:
		c.Text(path+".reason", m.Reason, true)
	}
	if m.Share < 0 || m.Share > 100 {
		c.Fault(path+".share", KeyCheckShare, nil)
	}
	c.Date(path+".first", m.First)
	for name, t := range map[string]map[string]string{"how": m.How, "unit": m.Unit, "evidence": m.Evidence} {
		c.Text(path+"."+name, t, false)
	}
}

// checkForeign refuses a field of another kind of measure: it would be read as
// meant and never be used.
func (m *Measure) checkForeign(c *tenant.Checker, path string) {
	fields := []struct {
		name  string
		set   bool
		kinds []string
	}{
		{"rule", m.Rule != "", []string{CaseTime, CaseRate}},
		{"rate", m.Rate != "", []string{CaseRate}},
		{"share", m.Share != 0, []string{CaseTime, CaseRate}},
		{"question", !m.Question.Empty(), []string{Survey}},
		{"score", m.Score != 0, []string{Survey}},
		{"scale", m.Scale != 0, []string{Survey}},
		{"indicator", !m.Indicator.Empty(), []string{Manual}},
		{"unit", !m.Unit.Empty(), []string{Manual}},
		{"direction", m.Direction != "", []string{Manual}},
		{"target", m.Target != nil, []string{Manual}},
		{"period", m.Period != "", []string{Manual}},
		{"evidence", !m.Evidence.Empty(), []string{Manual}},
		{"reason", !m.Reason.Empty(), []string{None}},
	}
	for _, f := range fields {
		if f.set && !slices.Contains(f.kinds, m.Kind) {
			c.Fault(path+"."+f.name, KeyCheckForeign, map[string]any{"Field": f.name, "Kind": m.Kind})
		}
	}
}
