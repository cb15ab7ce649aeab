package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// termsPage lists the rules in force, a kind of case in each row.
type termsPage struct {
	settingsTop
	Rows     []termRow
	Counting countingLines
	Edit     bool
}

// termRow is the rule for one kind, in words.
type termRow struct {
	Kind   string
	Own    string // "" = no promise of its own
	Usual  string
	Law    string // "" = none
	Basis  i18n.Text
	Source string
	// Verified: the legal term may be shown to the public as lawful.
	Verified  bool
	Extension string
	NoTerm    bool
	Origin    origin
	Missing   []string
}

func (s *Site) terms(r *web.Request) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	standing, err := casework.Standings(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	var records []record
	for _, kind := range casework.Kinds() {
		records = append(records, ofRule(standing[casework.PartOf(kind)]))
	}
	list, err := s.origins(r, records...)
	if err != nil {
		return web.Reply{}, err
	}
	page := &termsPage{Edit: r.Principal.Can(access.SettingsEdit), Counting: countingWords(r, town.Rules)}
	page.settingsTop = settingsFrame(r, r.Say(KeyTermsTitle, nil))
	for i, kind := range casework.Kinds() {
		row := termWords(r, town.Rules.Kinds[kind])
		row.Kind, row.Origin = kind, list[i]
		page.Rows = append(page.Rows, row)
	}
	return web.HTML("settings_terms", page), nil
}

// termWords says a rule.
func termWords(r *web.Request, k casework.Kind) termRow {
	row := termRow{NoTerm: k.NoTerm, Extension: extensionWords(r, k.Extension)}
	if k.Own != nil {
		row.Own = within(r, k.Own.Term)
		if k.Own.Usual != "" {
			row.Usual = r.Say(KeyTermUsual, i18n.Args{"Term": within(r, k.Own.Usual)})
		}
	}
	if k.Law != nil {
		row.Law, row.Basis, row.Source, row.Verified = within(r, k.Law.Term), k.Law.Basis, k.Law.Source, k.Law.Verified
	}
	for _, t := range kindTexts(k) {
		if lacks := missing(r, t); len(lacks) > len(row.Missing) {
			row.Missing = lacks
		}
	}
	return row
}

// within says a stored term: „per 20 darbo dienų“, „per įstatymo nustatytą laiką“.
func within(r *web.Request, stored string) string {
	if stored == casework.ByLaw {
		return r.Say(KeyTermByLaw, nil)
	}
	term, err := deadline.ParseTerm(stored)
	if err != nil {
		return stored
	}
	return r.Within(term)
}

func extensionWords(r *web.Request, x *casework.Extension) string {
	switch {
	case x == nil || x.None:
		return r.Say(KeyExtensionNone, nil)
	case x.By == "":
		return r.Say(KeyExtensionUncapped, nil)
	}
	term, err := deadline.ParseTerm(x.By)
	if err != nil {
		return x.By
	}
	return r.Say(KeyExtensionBy, i18n.Args{"Term": r.TermTyped(term)})
}
