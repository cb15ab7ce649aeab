package access

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// mostCountries bounds what one coordinator answers for.
const mostCountries = 60

var countryCode = regexp.MustCompile(`^[a-z]{2}$`)

// CountriesOf lists the countries that a coordinator of the portal answers for, in
// their order; none is none, and not all.
func CountriesOf(ctx context.Context, tx *pg.Tx, user int64) ([]string, error) {
	var all []string
	err := tx.Select(ctx, &all, `SELECT country FROM user_countries WHERE user_id = $1 ORDER BY country LIMIT $2`, user, mostCountries)
	if err != nil {
		return nil, fmt.Errorf("access: countries of a coordinator: %w", err)
	}
	return all, nil
}

// SetCountries gives a coordinator the countries to answer for, in the place of
// those before. It refuses (Invalid) what is no code of a country, (NotFound) an
// account that is not there, and (Conflict) a version that is not the latest.
func SetCountries(ctx context.Context, tx *pg.Tx, actor audit.Actor, user, version int64, countries []string) error {
	countries = slices.Compact(slices.Sorted(slices.Values(countries)))
	for _, c := range countries {
		if !countryCode.MatchString(c) || len(countries) > mostCountries {
			return fault.New(fault.Invalid, KeyCountry).On("countries", string(KeyCountry))
		}
	}
	if _, err := GetUser(ctx, tx, user); err != nil {
		return err
	}
	before, err := CountriesOf(ctx, tx, user)
	if err != nil || slices.Equal(before, countries) {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE users SET version = version + 1 WHERE id = $1 AND version = $2`, user, version)
	if err := changed(n, err); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM user_countries WHERE user_id = $1`, user); err != nil {
		return fmt.Errorf("access: take countries away: %w", err)
	}
	for _, c := range countries {
		if _, err := tx.Exec(ctx, `INSERT INTO user_countries (user_id, country) VALUES ($1, $2)`, user, c); err != nil {
			return fmt.Errorf("access: give a country: %w", err)
		}
	}
	record(tx, actor, ActionUserCountries, user, map[string]any{"from": before, "to": countries})
	return nil
}
