package public

import (
	"slices"
	"strings"
	"time"

	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// complete gives every page, error pages too, the town's drawings and contacts.
func (s *Site) complete(r *web.Request, f *web.Frame) error {
	office, err := s.office(r)
	if err != nil {
		return err
	}
	profile, pack := office.Profile, s.countries[r.Town.Country]
	f.Contact = profile.Contact
	f.Note = profile.Note
	f.Emblem = web.Drawing(orElse(profile.Emblem, pack.Emblem))
	f.Horizon = web.Drawing(orElse(profile.Horizon, pack.Horizon))
	f.Icon = "/emblem.svg"
	return nil
}

// hoursRow is one line of the opening hours.
type hoursRow struct{ Days, From, To string }

// hours puts the opening hours into words: the whole working week as such, other
// days by their names.
func hours(r *web.Request, p tenant.Profile) []hoursRow {
	var rows []hoursRow
	for _, h := range p.Hours {
		days := r.Say(KeyHomeHoursWorkdays, nil)
		if !slices.Equal(h.Days, []string{"mon", "tue", "wed", "thu", "fri"}) {
			var names []string
			for _, d := range h.Days {
				names = append(names, r.Weekday(weekdays[d]))
			}
			days = strings.Join(names, ", ")
		}
		rows = append(rows, hoursRow{days, strings.TrimPrefix(h.From, "0"), strings.TrimPrefix(h.To, "0")})
	}
	return rows
}

// weekdays reads the names of days in a town's package.
var weekdays = map[string]time.Weekday{
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday,
	"fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

func orElse(own, inherited string) string {
	if own != "" {
		return own
	}
	return inherited
}
