package casework

import "charterhouse/internal/i18n"

// Rules is casework's own part of a package: of a country pack, where it holds
// the law, and of a town's tenant.yaml, where it holds what the town promises.
// What a town leaves out it inherits from its country.
type Rules struct {
	// Kinds of case, keyed complaint, signal, question, proposal, request, praise.
	Kinds map[string]Kind `yaml:"kinds" json:"kinds"`
	// OutsideHours: same_day, next_working_day. Empty = inherited.
	OutsideHours string `yaml:"outside_hours,omitempty" json:"outside_hours,omitempty"`
	// OutsideLaw is the ground in law of OutsideHours; nil where the town has decided
	// it itself.
	OutsideLaw *LawRule `yaml:"outside_hours_law,omitempty" json:"outside_hours_law,omitempty"`
	// Asking says what the terms do while the submitter is asked something: stops,
	// runs. Empty = inherited; where nobody has said it, they stop.
	Asking    string     `yaml:"asking,omitempty" json:"asking,omitempty"`
	Anonymous *Anonymous `yaml:"anonymous,omitempty" json:"anonymous,omitempty"`
	// Forward is the term for sending a case to the competent institution.
	Forward  *LegalTerm `yaml:"forward,omitempty" json:"forward,omitempty"`
	Refusals []Ground   `yaml:"refusals,omitempty" json:"refusals,omitempty"`
	// Examiner is who looks into complaints in the first place, where that is not the
	// administration as such; Review who looks again.
	Examiner *Body `yaml:"examiner,omitempty" json:"examiner,omitempty"`
	Review   *Body `yaml:"review,omitempty" json:"review,omitempty"`
}

// Kind is the rule for one kind of case.
type Kind struct {
	// Own is the town's own promise; absent = the town promises nothing of its own.
	Own *Promise `yaml:"own,omitempty" json:"own,omitempty"`
	// Law is the legal term, given by the country pack; a town may override it.
	Law       *LegalTerm `yaml:"law,omitempty" json:"law,omitempty"`
	Extension *Extension `yaml:"extension,omitempty" json:"extension,omitempty"`
	// NoTerm marks a kind that is passed on and has no term (praise).
	NoTerm bool `yaml:"no_term,omitempty" json:"no_term,omitempty"`
	// Note explains the kind's rule in the town's words.
	Note i18n.Text `yaml:"note,omitempty" json:"note,omitempty"`
}

// Promise is a town's own term. Term is written as package deadline reads it
// ("less than 3 working days", "1 month"), or "law": the charter promises an
// answer within the legal term and gives no number of its own.
type Promise struct {
	Term string `yaml:"term" json:"term"`
	// Usual is the usual target beside the hard limit ("same working day").
	Usual string `yaml:"usual,omitempty" json:"usual,omitempty"`
	// Channels the promise is given for (kinds of channel: email, website, social);
	// empty = however the case comes.
	Channels []string  `yaml:"channels,omitempty" json:"channels,omitempty"`
	Note     i18n.Text `yaml:"note,omitempty" json:"note,omitempty"`
}

// LegalTerm is a term with its ground. Until Verified, its date is labelled so
// to the town and never shown to the public as lawful.
type LegalTerm struct {
	Term     string    `yaml:"term" json:"term"`
	Basis    i18n.Text `yaml:"basis" json:"basis"`
	Source   string    `yaml:"source" json:"source"`
	Checked  string    `yaml:"checked,omitempty" json:"checked,omitempty"`
	Verified bool      `yaml:"verified" json:"verified"`
}

// LawRule is the ground of a rule that is no term. Until Verified, the rule is not
// applied, and the town is told so.
type LawRule struct {
	Basis    i18n.Text `yaml:"basis" json:"basis"`
	Source   string    `yaml:"source" json:"source"`
	Checked  string    `yaml:"checked,omitempty" json:"checked,omitempty"`
	Verified bool      `yaml:"verified" json:"verified"`
}

// Extension says whether and how far a term may be extended.
type Extension struct {
	// None: the town does not extend this kind, though its country would let it.
	None bool `yaml:"none,omitempty" json:"none,omitempty"`
	// By is the longest extension: "10 working days", "1 month"; empty = no cap was given.
	By string `yaml:"by,omitempty" json:"by,omitempty"`
	// Reasons, Steps and FinalDate say what the notice must name. Where Reasons
	// and Steps are both set, one of the two is enough.
	Reasons   bool      `yaml:"reasons,omitempty" json:"reasons,omitempty"`
	Steps     bool      `yaml:"steps,omitempty" json:"steps,omitempty"`
	FinalDate bool      `yaml:"final_date,omitempty" json:"final_date,omitempty"`
	Notice    string    `yaml:"notice,omitempty" json:"notice,omitempty"`
	Basis     i18n.Text `yaml:"basis,omitempty" json:"basis,omitempty"`
	Source    string    `yaml:"source,omitempty" json:"source,omitempty"`
	Verified  bool      `yaml:"verified,omitempty" json:"verified,omitempty"`
}

// Anonymous is a town's policy towards cases without a name.
type Anonymous struct {
	// Policy: accept, refuse, danger_only (only for danger to health or safety).
	Policy string    `yaml:"policy" json:"policy"`
	Notice i18n.Text `yaml:"notice" json:"notice"`
	Basis  i18n.Text `yaml:"basis,omitempty" json:"basis,omitempty"`
	Source string    `yaml:"source,omitempty" json:"source,omitempty"`
}

// Ground is a reason for which a case is not examined.
type Ground struct {
	Key   string    `yaml:"key" json:"key"`
	Title i18n.Text `yaml:"title" json:"title"`
	// Must: the town has no right to answer; otherwise it may decline.
	Must bool `yaml:"must,omitempty" json:"must,omitempty"`
	// Kinds it applies to; empty = all.
	Kinds    []string  `yaml:"kinds,omitempty" json:"kinds,omitempty"`
	Basis    i18n.Text `yaml:"basis,omitempty" json:"basis,omitempty"`
	Source   string    `yaml:"source,omitempty" json:"source,omitempty"`
	Verified bool      `yaml:"verified,omitempty" json:"verified,omitempty"`
}

// OutsideUnconfirmed tells that the country's rule for what comes outside hours is
// not verified and therefore not applied. A town that decides it itself ends that.
func (r Rules) OutsideUnconfirmed() bool { return r.OutsideLaw != nil && !r.OutsideLaw.Verified }

// Body is who examines a case, first or again; Note says it in a sentence.
type Body struct {
	Body i18n.Text `yaml:"body" json:"body"`
	Note i18n.Text `yaml:"note,omitempty" json:"note,omitempty"`
}
