package admin

import (
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// countingPage is how days are counted in every kind of case: what comes outside
// office hours, and what the terms do while the submitter is asked something.
type countingPage struct {
	settingsTop
	Form            web.Form
	Outside, Asking []web.FieldOption
	Kinds           []web.FieldOption
	// OutsideHint and AskingHint tell whose each rule is.
	OutsideHint, AskingHint string
	Tried                   *tried
	Stands, Typed           string
}

// countingLines say the two rules.
type countingLines struct{ Outside, Asking string }

func countingWords(r *web.Request, rules casework.Rules) countingLines {
	outside := outsideKey(rules.OutsideHours)
	if rules.OutsideUnconfirmed() {
		outside = KeyOutsideUnconfirmed
	}
	return countingLines{r.Say(outside, nil), r.Say(askingKey(rules.Asking), nil)}
}

func outsideKey(policy string) i18n.Key {
	if policy == casework.NextWorkingDay {
		return KeyOutsideNext
	}
	return KeyOutsideSame
}

func askingKey(policy string) i18n.Key {
	if policy == casework.Runs {
		return KeyAskingRuns
	}
	return KeyAskingStops
}

func (s *Site) countingPage(r *web.Request) (web.Reply, error) { return s.counting(r, nil) }

func (s *Site) counting(r *web.Request, f *fault.Error) (web.Reply, error) {
	return s.countingWith(r, f, nil)
}

func (s *Site) countingWith(r *web.Request, f *fault.Error, result *tried) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	standing, err := casework.Standings(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	list, err := s.origins(r, ofRule(standing[casework.PartOutsideHours]), ofRule(standing[casework.PartAsking]))
	if err != nil {
		return web.Reply{}, err
	}
	page := &countingPage{Tried: result, OutsideHint: list[0].say(r), AskingHint: list[1].say(r)}
	page.settingsTop = settingsFrame(r, r.Say(KeyCountingTitle, nil))
	blank := !typed(r)
	// Two rules, two versions: the sum grows with each change of either.
	if page.Form, err = shown(r, f, list[0].Version+list[1].Version); err != nil {
		return web.Reply{}, err
	}
	own, country := town.OwnRules(), town.CountryRules()
	if blank {
		page.Form.Fill("outside_hours", orInherited(own.OutsideHours)).Fill("asking", orInherited(own.Asking))
	}
	fillTry(r, page.Form)
	page.choose(r, country)
	if page.Form.Changed {
		next := readCounting(r)
		stands, wanted := countingWords(r, town.Rules), countingWords(r, next.Over(country))
		page.Stands, page.Typed = stands.Outside+"\n"+stands.Asking, wanted.Outside+"\n"+wanted.Asking
	}
	return web.HTML("settings_counting", page), nil
}

func (p *countingPage) choose(r *web.Request, country casework.Rules) {
	words := countingWords(r, country)
	p.Outside = []web.FieldOption{
		{Value: inherited, Label: r.Say(KeyAsCountry, nil), Hint: words.Outside},
		{Value: casework.SameDay, Label: r.Say(KeyOutsideSame, nil)}, {Value: casework.NextWorkingDay, Label: r.Say(KeyOutsideNext, nil)},
	}
	p.Asking = []web.FieldOption{
		{Value: inherited, Label: r.Say(KeyAsCountry, nil), Hint: words.Asking},
		{Value: casework.Stops, Label: r.Say(KeyAskingStops, nil)}, {Value: casework.Runs, Label: r.Say(KeyAskingRuns, nil)},
	}
	for _, kind := range casework.Kinds() {
		p.Kinds = append(p.Kinds, web.FieldOption{Value: kind, Label: r.Say(i18n.Key("kind."+kind+".name"), nil)})
	}
}

func orInherited(own string) string {
	if own == "" {
		return inherited
	}
	return own
}

// readCounting reads the form as rules of the town's own.
func readCounting(r *web.Request) casework.Rules {
	var next casework.Rules
	if v := r.Form.Get("outside_hours"); v != inherited {
		next.OutsideHours = v
	}
	if v := r.Form.Get("asking"); v != inherited {
		next.Asking = v
	}
	return next
}

func (s *Site) countingSave(r *web.Request) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	standing, err := casework.Standings(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	reader := &termReader{r: r}
	reader.choice("outside_hours", inherited, casework.SameDay, casework.NextWorkingDay)
	reader.choice("asking", inherited, casework.Stops, casework.Runs)
	if err := reader.err(); err != nil {
		return web.Reply{}, err
	}
	next := readCounting(r)
	outside, asking := standing[casework.PartOutsideHours].Version, standing[casework.PartAsking].Version
	own := town.OwnRules()
	if (next.OutsideHours != own.OutsideHours || next.Asking != own.Asking) && seen(r) != outside+asking {
		return web.Reply{}, fault.New(fault.Conflict, casework.KeyRuleChanged)
	}
	for part, version := range map[casework.RulePart]int64{casework.PartOutsideHours: outside, casework.PartAsking: asking} {
		if err := town.Amend(r.Ctx, r.Tx, r.Actor(), part, version, next); err != nil {
			return web.Reply{}, onFields(r, err, "casework")
		}
	}
	return web.Redirect(r.URL(pathCounting + "?saved=1")), nil
}

func (s *Site) countingBack(r *web.Request) (web.Reply, error) {
	return web.Redirect(r.URL(pathCounting)), nil
}

func (s *Site) countingTry(r *web.Request) (reply web.Reply, err error) {
	err = r.Read(func() error {
		town, err := s.desk.Read(r.Ctx, r.Tx)
		if err != nil {
			return err
		}
		own, next := town.OwnRules(), readCounting(r)
		own.OutsideHours, own.Asking = next.OutsideHours, next.Asking
		kind := r.Form.Get("try_kind")
		if !slices.Contains(casework.Kinds(), kind) {
			kind = casework.Complaint
		}
		result, err := try(r, town, own, town.Profile, kind)
		if err != nil {
			return err
		}
		reply, err = s.countingWith(r, nil, result)
		return err
	})
	return reply, err
}
