package admin

import (
	"slices"

	"charterhouse/internal/access"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// countriesOf offers the countries that have municipalities, for an account that
// coordinates; those it has are chosen.
func countriesOf(r *web.Request, u access.User) ([]web.FieldOption, error) {
	if !slices.Contains(u.Roles, access.Coordinator) {
		return nil, nil
	}
	have, err := access.CountriesOf(r.Ctx, r.Tx, u.ID)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, t := range r.Towns.Towns() {
		if !slices.Contains(all, t.Country) {
			all = append(all, t.Country)
		}
	}
	slices.Sort(all)
	var options []web.FieldOption
	for _, code := range all {
		options = append(options, web.FieldOption{Value: code, Label: r.Say(i18n.Key("country."+code), nil), Chosen: slices.Contains(have, code)})
	}
	return options, nil
}
