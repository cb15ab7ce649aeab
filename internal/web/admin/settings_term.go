package admin

import (
	"fmt"
	"slices"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// termPage is the rule for one kind of case: what is inherited, what the town has
// decided itself, and by when an answer would come under what is typed.
type termPage struct {
	settingsTop
	Form   web.Form
	Kind   string
	Origin origin
	// Country is what would be inherited.
	Country termRow
	Langs   []namedLang
	Tried   *tried
	Past    []origin
	// Stands and Typed are the two texts of a conflict.
	Stands, Typed string
	choices
}

// choices are the options of the form's lists.
type choices struct{ Own, Law, Extension, Channels, Names []web.FieldOption }

// namedLang is a language of the site with its name in the reader's words.
type namedLang struct{ Code, Name string }

func langsOf(r *web.Request) []namedLang {
	var list []namedLang
	for _, lang := range r.Langs {
		list = append(list, namedLang{lang, r.Say(i18n.Key("language."+lang), nil)})
	}
	return list
}

// kindOf is the kind that the address names.
func kindOf(r *web.Request) (string, error) {
	kind := r.Param("kind")
	if !slices.Contains(casework.Kinds(), kind) {
		return "", fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	return kind, nil
}

func (s *Site) termPage(r *web.Request) (web.Reply, error) { return s.term(r, nil) }

// term shows the form, empty, refused or tried.
func (s *Site) term(r *web.Request, f *fault.Error) (web.Reply, error) { return s.termWith(r, f, nil) }

func (s *Site) termWith(r *web.Request, f *fault.Error, result *tried) (web.Reply, error) {
	kind, err := kindOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	page := &termPage{Kind: kind, Langs: langsOf(r), Tried: result}
	past, err := casework.Past(r.Ctx, r.Tx, casework.PartOf(kind))
	if err != nil {
		return web.Reply{}, err
	}
	if err := s.pastOf(r, past, &page.Origin, &page.Past); err != nil {
		return web.Reply{}, err
	}
	page.settingsTop = settingsFrame(r, r.Say(i18n.Key("kind."+kind+".name"), nil), web.Crumb{Label: r.Say(KeyTermsTitle, nil), Path: pathTerms})
	own, country := town.OwnRules().Kinds[kind], town.CountryRules().Kinds[kind]
	page.Country = termWords(r, country)
	blank := !typed(r)
	if page.Form, err = shown(r, f, page.Origin.Version); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillTerm(r, page.Form, own, country)
	}
	fillTry(r, page.Form)
	page.choose(r, page.Form)
	if page.Form.Changed {
		reader := &termReader{r: r}
		page.Stands, page.Typed = wholeWords(r, town.Rules.Kinds[kind]), wholeWords(r, reader.kind(own))
	}
	return web.HTML("settings_term", page), nil
}

// pastOf puts names to the versions of a rule; the first is the one in force.
func (s *Site) pastOf(r *web.Request, past []casework.Standing, now *origin, list *[]origin) error {
	records := []record{{}}
	for _, st := range past {
		records = append(records, ofRule(st))
	}
	all, err := s.origins(r, records...)
	if err != nil {
		return err
	}
	*now, *list = all[0], all[1:]
	if len(*list) > 0 {
		*now = (*list)[0]
	}
	return nil
}

// choose fills the lists of the form and marks what is chosen.
func (p *termPage) choose(r *web.Request, form web.Form) {
	option := func(value string, key i18n.Key, hint string) web.FieldOption {
		return web.FieldOption{Value: value, Label: r.Say(key, nil), Hint: hint}
	}
	lawHint := ""
	if p.Country.Law != "" {
		lawHint = p.Country.Law
	}
	p.Own = []web.FieldOption{
		option(inherited, KeyOwnNone, ""), option(ownValue, KeyOwnNumber, ""), option(byLaw, KeyOwnByLaw, ""),
	}
	p.Law = []web.FieldOption{option(inherited, KeyLawInherited, lawHint), option(ownValue, KeyLawOwn, r.Say(KeyLawOwnHint, nil))}
	p.Extension = []web.FieldOption{
		option(inherited, KeyExtensionInherited, p.Country.Extension), option(noneAtAll, KeyExtensionNone, ""), option(ownValue, KeyExtensionOwn, ""),
	}
	for _, kind := range channelKinds() {
		p.Channels = append(p.Channels, web.FieldOption{Value: kind, Label: r.Say(channelKey(kind), nil)})
	}
	p.Names = []web.FieldOption{option("reasons", KeyNamesReasons, ""), option("steps", KeyNamesSteps, ""), option("final_date", KeyNamesFinal, "")}
}

// wholeWords says a rule in lines, for the two texts of a conflict.
func wholeWords(r *web.Request, k casework.Kind) string {
	row := termWords(r, k)
	var lines []string
	line := func(key i18n.Key, value string) {
		if value != "" {
			lines = append(lines, r.Say(key, nil)+": "+value)
		}
	}
	line(KeyTermOwn, row.Own)
	line(KeyTermUsualLabel, row.Usual)
	if k.Own != nil {
		line(KeyTermNote, everyText(r, k.Own.Note))
	}
	line(KeyTermLaw, row.Law)
	line(KeyTermBasis, everyText(r, row.Basis))
	line(KeyTermExtension, row.Extension)
	line(KeyKindNote, everyText(r, k.Note))
	return strings.Join(lines, "\n")
}

// readTerm reads the form of a kind over the rule that stands.
func (s *Site) readTerm(r *web.Request, town *casework.Town, kind string) (casework.Kind, error) {
	reader := &termReader{r: r}
	next := reader.kind(town.OwnRules().Kinds[kind])
	return next, reader.err()
}

func (s *Site) termSave(r *web.Request) (web.Reply, error) {
	kind, err := kindOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	next, err := s.readTerm(r, town, kind)
	if err != nil {
		return web.Reply{}, err
	}
	return s.amendTerm(r, town, kind, next)
}

// termInherit takes everything back that the town has decided about a kind.
func (s *Site) termInherit(r *web.Request) (web.Reply, error) {
	kind, err := kindOf(r)
	if err != nil {
		return web.Reply{}, err
	}
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	return s.amendTerm(r, town, kind, casework.Kind{})
}

func (s *Site) amendTerm(r *web.Request, town *casework.Town, kind string, next casework.Kind) (web.Reply, error) {
	rules := onlyKind(kind, next)
	if err := town.Amend(r.Ctx, r.Tx, r.Actor(), casework.PartOf(kind), seen(r), rules); err != nil {
		return web.Reply{}, onFields(r, err, "casework.kinds."+kind, termTexts()...)
	}
	if err := s.stillMeasured(r, rules.Over(town.CountryRules()), kind); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathTerms + "/" + kind + "?saved=1")), nil
}

// stillMeasured refuses a rule without a term where the charter in force measures
// a promise by it, as the check of a package does.
func (s *Site) stillMeasured(r *web.Request, rules casework.Rules, kind string) error {
	if k := rules.Kinds[kind]; !k.NoTerm && (k.Own != nil || k.Law != nil) {
		return nil
	}
	v, err := charter.Current(r.Ctx, r.Tx)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("admin: what the charter measures: %w", err)
	}
	for _, section := range v.Document.Sections {
		for _, group := range section.Groups {
			for _, c := range group.Commitments {
				if c.Measure.Rule == kind {
					return fault.New(fault.Invalid, KeyTermMeasured).On("own", string(KeyTermMeasured))
				}
			}
		}
	}
	return nil
}

// termBack leads whoever changes the language after trying to the form.
func (s *Site) termBack(r *web.Request) (web.Reply, error) {
	kind, err := kindOf(r)
	return web.Redirect(r.URL(pathTerms + "/" + kind)), err
}

// termTry shows what the rule would promise as it is typed. Nothing is written.
func (s *Site) termTry(r *web.Request) (reply web.Reply, err error) {
	err = r.Read(func() error {
		kind, err := kindOf(r)
		if err != nil {
			return err
		}
		town, err := s.desk.Read(r.Ctx, r.Tx)
		if err != nil {
			return err
		}
		next, err := s.readTerm(r, town, kind)
		if err != nil {
			return err
		}
		own := town.OwnRules()
		own.Kinds[kind] = next
		result, err := try(r, town, own, town.Profile, kind)
		if err != nil {
			return err
		}
		reply, err = s.termWith(r, nil, result)
		return err
	})
	return reply, err
}

// mayEdit tells whether the forms of the settings are open to whoever asks.
func mayEdit(r *web.Request) bool { return r.Principal.Can(access.SettingsEdit) }
