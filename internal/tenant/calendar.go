package tenant

import (
	"fmt"

	"charterhouse/internal/deadline"
)

// CalendarOf gives the town's calendar: its country's, and the days it has
// declared itself.
func (p Profile) CalendarOf(country *deadline.Calendar) (*deadline.Calendar, error) {
	days := make([]deadline.Extra, len(p.Calendar.ExtraDays))
	for i, d := range p.Calendar.ExtraDays {
		date, err := deadline.ParseDate(d.Date)
		if err != nil {
			return nil, fmt.Errorf("tenant: declared day %d of %s: %w", i, p.Slug, err)
		}
		days[i] = deadline.Extra{Date: date, Name: d.Name, Working: d.Working, Source: d.Source}
	}
	return country.With(days)
}

// OfficeHours gives the published hours in a form to compute with; the zero
// Hours when the town has published none.
func (p Profile) OfficeHours() (deadline.Hours, error) {
	var hours deadline.Hours
	for _, h := range p.Hours {
		if err := hours.Add(h.Days, h.From, h.To); err != nil {
			return deadline.Hours{}, fmt.Errorf("tenant: hours of %s: %w", p.Slug, err)
		}
	}
	return hours, nil
}
