package casework

import "maps"

// The kinds of case, in the order in which a citizen meets them.
const (
	Question  = "question"
	Complaint = "complaint"
	Signal    = "signal"
	Proposal  = "proposal"
	Request   = "request"
	Praise    = "praise"
)

// Kinds lists every kind of case.
func Kinds() []string { return []string{Question, Complaint, Signal, Proposal, Request, Praise} }

// OutsideHours policies: what a case received outside hours counts as.
const (
	SameDay        = "same_day"
	NextWorkingDay = "next_working_day"
)

// Asking policies: what the terms do while a question to the submitter is open.
const (
	Stops = "stops"
	Runs  = "runs"
)

// Anonymous policies.
const (
	Accept     = "accept"
	Refuse     = "refuse"
	DangerOnly = "danger_only"
)

// ByLaw is the own term of a town that promises an answer within the legal term
// and gives no number of its own.
const ByLaw = "law"

// Over lays a town's rules over those of its country: what the town leaves out
// it inherits. Neither argument is changed.
func (r Rules) Over(country Rules) Rules {
	out := country
	out.Kinds = maps.Clone(country.Kinds)
	if out.Kinds == nil {
		out.Kinds = map[string]Kind{}
	}
	for name, own := range r.Kinds {
		out.Kinds[name] = own.over(country.Kinds[name])
	}
	if r.OutsideHours != "" {
		out.OutsideHours, out.OutsideLaw = r.OutsideHours, r.OutsideLaw
	}
	if r.Asking != "" {
		out.Asking = r.Asking
	}
	if r.Anonymous != nil {
		out.Anonymous = r.Anonymous
	}
	if r.Forward != nil {
		out.Forward = r.Forward
	}
	if r.Examiner != nil {
		out.Examiner = r.Examiner
	}
	if r.Review != nil {
		out.Review = r.Review
	}
	out.Refusals = overGrounds(r.Refusals, country.Refusals)
	return out
}

func (k Kind) over(country Kind) Kind {
	out := country
	if k.Own != nil {
		out.Own = k.Own
	}
	if k.Law != nil {
		out.Law = k.Law
	}
	if k.Extension != nil {
		out.Extension = k.Extension
	}
	if out.Extension != nil && out.Extension.None {
		out.Extension = nil
	}
	if !k.Note.Empty() {
		out.Note = k.Note
	}
	out.NoTerm = out.NoTerm || k.NoTerm
	return out
}

// overGrounds keeps the country's order; a town's ground of the same key takes
// the place of the country's, its further ones follow.
func overGrounds(own, country []Ground) []Ground {
	byKey := map[string]Ground{}
	for _, g := range own {
		byKey[g.Key] = g
	}
	var out []Ground
	for _, g := range country {
		if mine, ok := byKey[g.Key]; ok {
			g = mine
			delete(byKey, g.Key)
		}
		out = append(out, g)
	}
	for _, g := range own {
		if _, left := byKey[g.Key]; left {
			out = append(out, g)
		}
	}
	return out
}
