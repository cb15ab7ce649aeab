package admin

import (
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// anonymousPage is what the town does with cases that have no name.
type anonymousPage struct {
	settingsTop
	Form     web.Form
	Origin   origin
	Country  *casework.Anonymous
	Policies []web.FieldOption
	Langs    []namedLang
	Past     []origin

	Stands, Typed string
}

func (s *Site) anonymousPage(r *web.Request) (web.Reply, error) { return s.anonymous(r, nil) }

func (s *Site) anonymous(r *web.Request, f *fault.Error) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	own, country := town.OwnRules().Anonymous, town.CountryRules().Anonymous
	page := &anonymousPage{Country: country, Langs: langsOf(r)}
	page.settingsTop = settingsFrame(r, r.Say(KeyAnonymousTitle, nil))
	past, err := casework.Past(r.Ctx, r.Tx, casework.PartAnonymous)
	if err != nil {
		return web.Reply{}, err
	}
	if err := s.pastOf(r, past, &page.Origin, &page.Past); err != nil {
		return web.Reply{}, err
	}
	blank := !typed(r)
	if page.Form, err = shown(r, f, page.Origin.Version); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillAnonymous(r, page.Form, own, country)
	}
	page.choose(r)
	if page.Form.Changed {
		page.Stands, page.Typed = anonymousWords(r, town.Rules.Anonymous), anonymousWords(r, readAnonymous(r).Over(town.CountryRules()).Anonymous)
	}
	return web.HTML("settings_anonymous", page), nil
}

func fillAnonymous(r *web.Request, form web.Form, own, country *casework.Anonymous) {
	form.Fill("policy", inherited)
	a := country
	if own != nil {
		a = own
		form.Values.Set("policy", own.Policy)
	}
	if a != nil {
		fillText(form, "notice", a.Notice, r.Langs)
		fillText(form, "basis", a.Basis, r.Langs)
		form.Fill("source", a.Source)
	}
}

func (p *anonymousPage) choose(r *web.Request) {
	hint := ""
	if p.Country != nil {
		hint = r.Say(policyKey(p.Country.Policy), nil)
	}
	p.Policies = []web.FieldOption{{Value: inherited, Label: r.Say(KeyAsCountry, nil), Hint: hint}}
	for _, policy := range []string{casework.Accept, casework.Refuse, casework.DangerOnly} {
		p.Policies = append(p.Policies, web.FieldOption{Value: policy, Label: r.Say(policyKey(policy), nil)})
	}
}

func policyKey(policy string) i18n.Key {
	switch policy {
	case casework.Accept:
		return KeyPolicyAccept
	case casework.DangerOnly:
		return KeyPolicyDanger
	}
	return KeyPolicyRefuse
}

func anonymousWords(r *web.Request, a *casework.Anonymous) string {
	if a == nil {
		return ""
	}
	return strings.TrimSpace(strings.Join([]string{
		r.Say(policyKey(a.Policy), nil), everyText(r, a.Notice), everyText(r, a.Basis), a.Source,
	}, "\n"))
}

// readAnonymous reads the form as rules of the town's own.
func readAnonymous(r *web.Request) casework.Rules {
	policy := r.Form.Get("policy")
	if policy == inherited {
		return casework.Rules{}
	}
	return casework.Rules{Anonymous: &casework.Anonymous{
		Policy: policy, Notice: readText(r, "notice"), Basis: readText(r, "basis"), Source: strings.TrimSpace(r.Form.Get("source")),
	}}
}

func (s *Site) anonymousSave(r *web.Request) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	if err := town.Amend(r.Ctx, r.Tx, r.Actor(), casework.PartAnonymous, seen(r), readAnonymous(r)); err != nil {
		return web.Reply{}, onFields(r, err, "casework.anonymous", "notice", "basis")
	}
	return web.Redirect(r.URL(pathAnonymous + "?saved=1")), nil
}
