package casework

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"charterhouse/internal/tenant"
)

// BulkWords are what people and the desk of made-up cases say, in one language.
// {place} stands for one of Places.
type BulkWords struct {
	Lang string `yaml:"lang"`
	// Names are nobody's.
	Names        []string                `yaml:"names"`
	Places       []string                `yaml:"places"`
	Subjects     map[string][]BulkFiling `yaml:"subjects"` // by kind
	Replies      []string                `yaml:"replies"`
	Questions    []string                `yaml:"questions"`
	Responses    []string                `yaml:"responses"`
	Notes        []string                `yaml:"notes"` // of the desk, when no answer came
	Reasons      []string                `yaml:"reasons"`
	Steps        []string                `yaml:"steps"`
	Declines     []string                `yaml:"declines"`
	Withdrawals  []string                `yaml:"withdrawals"`
	Institutions []string                `yaml:"institutions"`
	Forwards     []string                `yaml:"forwards"`
	Praised      []string                `yaml:"praised"` // comments on a good answer
	Blamed       []string                `yaml:"blamed"`
}

// BulkFiling is what somebody writes.
type BulkFiling struct {
	Title string `yaml:"title"`
	Body  string `yaml:"body"`
}

// Check wants something in every list.
func (w BulkWords) Check(c *tenant.Checker) {
	c.OneOf("lang", w.Lang, c.Langs...)
	for name, list := range map[string][]string{
		"names": w.Names, "places": w.Places, "replies": w.Replies, "questions": w.Questions,
		"responses": w.Responses, "notes": w.Notes, "reasons": w.Reasons, "steps": w.Steps, "declines": w.Declines,
		"withdrawals": w.Withdrawals, "institutions": w.Institutions, "forwards": w.Forwards, "praised": w.Praised, "blamed": w.Blamed,
	} {
		if len(list) == 0 || slices.Contains(list, "") {
			c.Fault(name, tenant.KeyCheckRequired, nil)
		}
	}
	for _, kind := range Kinds() {
		if len(w.Subjects[kind]) == 0 {
			c.Fault("subjects."+kind, tenant.KeyCheckRequired, nil)
		}
		for i, f := range w.Subjects[kind] {
			if f.Title == "" || f.Body == "" {
				c.Fault(fmt.Sprintf("subjects.%s.%d", kind, i), tenant.KeyCheckRequired, nil)
			}
		}
	}
}

// person makes somebody up who wants to be answered.
func (w BulkWords) person(rng *rand.Rand, index int) Person {
	p := Person{Name: one(rng, w.Names)}
	switch rng.IntN(10) {
	case 0:
		p.Address, p.ReplyBy = one(rng, w.Places)+fmt.Sprint(" ", 1+rng.IntN(60)), ByPost
	case 1, 2:
		p.ReplyBy = ByTrack
	default:
		p.Email, p.ReplyBy = fmt.Sprintf("sample-%d@example.org", index), ByEmail
	}
	return p
}

// filing makes up what somebody writes about.
func (w BulkWords) filing(rng *rand.Rand, kind string) (title, body string) {
	f, place := one(rng, w.Subjects[kind]), one(rng, w.Places)
	return strings.ReplaceAll(f.Title, "{place}", place), strings.ReplaceAll(f.Body, "{place}", place)
}
