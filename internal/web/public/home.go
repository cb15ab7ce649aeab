package public

import (
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// homeRows is how many promises the home page shows before it leads to the list.
const homeRows = 8

type homePage struct {
	web.Frame
	Published bool // false until the town has published a charter
	Document  charter.Document
	Tally     []tally
	Total     int
	// Parts says how many promises each side makes; empty when one side makes all.
	Parts  []string
	Ours   []promise
	Theirs []promise
	// TheirsUnmeasured: nobody measures what residents promise.
	TheirsUnmeasured bool
	// Expected is what the town asks of residents, who have not promised it.
	Expected []promise
	Terms    []termRow
	Policy   *policy
	Today    deadline.Date
	Channels []tenant.Channel
	Hours    []hoursRow
}

// home opens with the question residents have: what was promised, and is it kept.
func (s *Site) home(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &homePage{
		Frame:    web.Frame{Description: r.Say(KeyHomeDescription, nil)},
		Channels: t.Profile.Channels,
		Hours:    hours(r, t.Profile),
		Today:    r.Today,
		Policy:   policyOf(t.Own()),
	}
	version, err := charter.Current(r.Ctx, r.Tx)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return web.Reply{}, err
	}
	if page.Published = err == nil; page.Published {
		page.Document = version.Document
		board, err := t.board(r)
		if err != nil {
			return web.Reply{}, err
		}
		page.Ours, page.Theirs, page.Expected, page.Tally = promises(&version.Document, board)
		page.Total = len(page.Ours) + len(page.Theirs)
		page.Parts = parts(r, append(slices.Clone(page.Ours), page.Theirs...))
		page.TheirsUnmeasured = !slices.ContainsFunc(page.Theirs, func(p promise) bool { return p.Badge.Word() != results.NotMeasured })
		page.Ours = page.Ours[:min(homeRows, len(page.Ours))]
	}
	if page.Terms, err = terms(r, t); err != nil {
		return web.Reply{}, err
	}
	return web.HTML("home", page), nil
}

// termRow is one line of "when will you have an answer".
type termRow struct {
	Kind string
	// Whose tells on what the date rests: own, law, none, or unverified.
	Whose string
	// Term and Due, for a case filed today; zero when no date can be promised.
	Term deadline.Term
	Due  deadline.Date
	// NextYear: the year must stand with the date.
	NextYear bool
}

// terms gives for each kind of case the date for whoever files today.
func terms(r *web.Request, t *office) ([]termRow, error) {
	var rows []termRow
	for _, kind := range casework.Kinds() {
		if _, has := t.Rules.Kinds[kind]; !has {
			continue
		}
		terms, err := t.Rules.TermsFor(kind, r.Today, false, t.Calendar)
		if err != nil {
			return nil, err
		}
		row := termRow{Kind: kind, Whose: whose(terms)}
		if d, ok := terms.Soonest(); ok {
			row.Term, row.Due, row.NextYear = d.Term, d.Due(), d.Due().Year() != r.Today.Year()
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// whose tells on what the date rests that a citizen is shown.
func whose(t casework.Terms) string {
	switch {
	case t.Rule.NoTerm:
		return "none"
	case t.Own != nil:
		return "own"
	case t.Public():
		return "law"
	}
	return "unverified"
}

// parts says how many promises each side makes, in the charter's own order of
// sides; nothing when there is only one.
func parts(r *web.Request, all []promise) []string {
	count := map[string]int{}
	for _, p := range all {
		count[p.Group.Promisor]++
	}
	if len(count) < 2 {
		return nil
	}
	keys := map[string]i18n.Key{
		charter.Administration: KeyPromisorAdministrationPart,
		charter.Institutions:   KeyPromisorInstitutionsPart,
		charter.Residents:      KeyPromisorResidentsPart,
	}
	// Where no other body promises apart, enterprises and institutions are meant too.
	if count[charter.Institutions] == 0 {
		keys[charter.Administration] = KeyPromisorTownPart
	}
	var out []string
	for _, side := range []string{charter.Administration, charter.Institutions, charter.Residents} {
		if count[side] > 0 {
			out = append(out, r.Say(keys[side], i18n.Args{"Number": count[side]}))
		}
	}
	return out
}

// policy is what a town has said itself about cases that it does not examine or
// looks at again. What it only inherits from its country is not told as its own.
type policy struct {
	Anonymous *casework.Anonymous
	Examiner  *casework.Body // who looks into complaints first
	Review    *casework.Body // who looks again
	Refusals  []casework.Ground
}

func policyOf(own casework.Rules) *policy {
	if own.Anonymous == nil && own.Examiner == nil && own.Review == nil && len(own.Refusals) == 0 {
		return nil
	}
	return &policy{own.Anonymous, own.Examiner, own.Review, own.Refusals}
}
