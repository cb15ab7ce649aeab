package charter

import "charterhouse/internal/i18n"

// Document is a whole charter: what a town publishes as one immutable version,
// and charter's own part of a town's package (charter.yaml).
type Document struct {
	Title i18n.Text `yaml:"title" json:"title"`
	Lead  i18n.Text `yaml:"lead,omitempty" json:"lead,omitempty"`
	// Nature: declaration, council_decision, mayor_order, non_legal.
	Nature string `yaml:"nature" json:"nature"`
	// NatureNote says it in the town's own words, where the town does.
	NatureNote i18n.Text `yaml:"nature_note,omitempty" json:"nature_note,omitempty"`
	Act        *Act      `yaml:"act,omitempty" json:"act,omitempty"`
	// Effective is the day the charter took effect, ISO; empty when unknown.
	Effective string    `yaml:"effective,omitempty" json:"effective,omitempty"`
	Sections  []Section `yaml:"sections" json:"sections"`
	// Sample marks a text that the town itself has not published.
	Sample     bool      `yaml:"sample,omitempty" json:"sample,omitempty"`
	SampleNote i18n.Text `yaml:"sample_note,omitempty" json:"sample_note,omitempty"`
}

// Act is what approved the charter. A part that is not known stays empty.
type Act struct {
	Body   i18n.Text `yaml:"body" json:"body"`
	Title  i18n.Text `yaml:"title,omitempty" json:"title,omitempty"`
	Number string    `yaml:"number,omitempty" json:"number,omitempty"`
	Date   string    `yaml:"date,omitempty" json:"date,omitempty"`
}

// Section is one heading of the charter, in the town's own order. It carries a
// body, or items, or groups of commitments, or several of these in this order.
type Section struct {
	// Key is the anchor: lower case Latin letters, digits and hyphens.
	Key   string    `yaml:"key" json:"key"`
	Title i18n.Text `yaml:"title" json:"title"`
	// Body is a small Markdown: paragraphs, emphasis, lists, links.
	Body       i18n.Text   `yaml:"body,omitempty" json:"body,omitempty"`
	Items      []i18n.Text `yaml:"items,omitempty" json:"items,omitempty"`
	Groups     []Group     `yaml:"groups,omitempty" json:"groups,omitempty"`
	Milestones []Milestone `yaml:"milestones,omitempty" json:"milestones,omitempty"`
	Companions []Companion `yaml:"companions,omitempty" json:"companions,omitempty"`
	// Channels lists the town's channels here.
	Channels bool `yaml:"channels,omitempty" json:"channels,omitempty"`
	// Annex marks a part that stands beside the charter proper, such as an initiative.
	Annex  bool `yaml:"annex,omitempty" json:"annex,omitempty"`
	Sample bool `yaml:"sample,omitempty" json:"sample,omitempty"`
}

// Group is a set of promises by one side: residents promise too. Or it is what the
// town expects of residents, who have promised nothing.
type Group struct {
	Key   string    `yaml:"key" json:"key"`
	Title i18n.Text `yaml:"title,omitempty" json:"title,omitempty"`
	// Promisor: residents, administration, institutions. Of an expectation it is
	// of whom it is expected.
	Promisor string    `yaml:"promisor" json:"promisor"`
	By       i18n.Text `yaml:"by,omitempty" json:"by,omitempty"` // the promisor in the town's words
	// Expectation: the town asks this of residents. It is nobody's promise, so it is
	// neither measured nor counted among promises.
	Expectation bool         `yaml:"expectation,omitempty" json:"expectation,omitempty"`
	Commitments []Commitment `yaml:"commitments" json:"commitments"`
}

// Commitment is one promise as a typed object: what is promised, by whom, and
// how anyone can tell whether it is kept.
type Commitment struct {
	// Key is its address: /commitments/{key}; unique in the charter, kept for ever.
	Key    string    `yaml:"key" json:"key"`
	Text   i18n.Text `yaml:"text" json:"text"`
	Detail i18n.Text `yaml:"detail,omitempty" json:"detail,omitempty"`
	Owner  i18n.Text `yaml:"owner,omitempty" json:"owner,omitempty"`
	// Area: education, sport, culture, social, administration, environment, economy.
	Area    string  `yaml:"area,omitempty" json:"area,omitempty"`
	Measure Measure `yaml:"measure" json:"measure"`
	Sample  bool    `yaml:"sample,omitempty" json:"sample,omitempty"`
}

// Measure tells how a promise is checked. Which fields it carries depends on
// Kind; check refuses a field that does not belong to it.
type Measure struct {
	// Kind: case_time, case_rate, survey, manual, none.
	Kind string `yaml:"kind" json:"kind"`

	// Rule (case_time, case_rate): the kind of case whose casework rule holds the
	// term: question, complaint, signal, proposal, request, praise; "" = every kind.
	Rule string `yaml:"rule,omitempty" json:"rule,omitempty"`
	// Rate (case_rate): forwarded_in_time, extension_notified, answered, decided.
	Rate string `yaml:"rate,omitempty" json:"rate,omitempty"`
	// Share to reach in percent (case_time, case_rate); 0 = the town set no target.
	Share float64 `yaml:"share,omitempty" json:"share,omitempty"`

	// Question, Score and Scale (survey): mean to reach on a scale of 1 to Scale.
	Question i18n.Text `yaml:"question,omitempty" json:"question,omitempty"`
	Score    float64   `yaml:"score,omitempty" json:"score,omitempty"`
	Scale    int       `yaml:"scale,omitempty" json:"scale,omitempty"`

	// Indicator … Evidence (manual): a figure the town enters with its proof.
	Indicator i18n.Text `yaml:"indicator,omitempty" json:"indicator,omitempty"`
	Unit      i18n.Text `yaml:"unit,omitempty" json:"unit,omitempty"`
	// Direction: up, down.
	Direction string   `yaml:"direction,omitempty" json:"direction,omitempty"`
	Target    *float64 `yaml:"target,omitempty" json:"target,omitempty"`
	// Period: month, quarter, year.
	Period   string    `yaml:"period,omitempty" json:"period,omitempty"`
	Evidence i18n.Text `yaml:"evidence,omitempty" json:"evidence,omitempty"`
	// First is the day the first result is due, ISO.
	First string `yaml:"first,omitempty" json:"first,omitempty"`

	// Reason (none): why nobody measures this promise.
	Reason i18n.Text `yaml:"reason,omitempty" json:"reason,omitempty"`

	// How explains the measure in one sentence: „Matuojama: …“, without the label.
	How i18n.Text `yaml:"how,omitempty" json:"how,omitempty"`
	// Sample marks a target or a measure that we proposed and the town has not set.
	Sample bool `yaml:"sample,omitempty" json:"sample,omitempty"`
}

// Milestone is one dated step in the making of a charter; Date may be empty.
type Milestone struct {
	Date string    `yaml:"date,omitempty" json:"date,omitempty"`
	Text i18n.Text `yaml:"text" json:"text"`
}

// Companion is a document that goes with the charter. URL is empty when no
// address was published.
type Companion struct {
	Key   string    `yaml:"key" json:"key"`
	Title i18n.Text `yaml:"title" json:"title"`
	Body  i18n.Text `yaml:"body,omitempty" json:"body,omitempty"`
	URL   string    `yaml:"url,omitempty" json:"url,omitempty"`
}
