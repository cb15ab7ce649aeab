package public

import (
	"maps"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

type submitPage struct {
	web.Frame
	Kinds []kindRow
	// Today is the day for which the dates stand.
	Today     deadline.Date
	Anonymous *casework.Anonymous
	// Channels are the other ways in which a complaint can be filed.
	Channels []tenant.Channel
	Hours    []hoursRow
}

// kindRow is one kind of case to choose from.
type kindRow struct {
	Kind string
	// Note is what the town itself says of the kind.
	Note i18n.Text
	promised
}

// choose helps to choose the kind in plain words, each with its date for whoever
// files at this moment: after office hours it may be another than in the morning,
// so the page is kept by nobody.
func (s *Site) choose(r *web.Request) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	page := &submitPage{
		Frame: web.Frame{
			Title: r.Say(KeySubmitTitle, nil), Description: r.Say(KeySubmitDescription, nil), Menu: "/submit",
			Crumbs: []web.Crumb{{Label: r.Say(KeySubmitCrumb, nil)}},
		},
		Today: r.Today, Anonymous: t.Rules.Anonymous, Channels: complaintChannels(t.Profile), Hours: hours(r, t.Profile),
	}
	for _, kind := range kindsOf(t) {
		pin, err := t.Expect(r.Tx, kind)
		if err != nil {
			return web.Reply{}, err
		}
		row := kindRow{Kind: kind, promised: promisedBy(r, pin)}
		// The country's note says in other words what the page says already.
		if note := pin.Rule.Kind.Note; !maps.Equal(note, s.countries[r.Town.Country].Casework.Kinds[kind].Note) {
			row.Note = note
		}
		page.Kinds = append(page.Kinds, row)
	}
	return web.HTML("submit", page).NoStore(), nil
}

// complaintChannels are the ways by which a town takes complaints, in its order;
// all its ways where it names none.
func complaintChannels(p tenant.Profile) []tenant.Channel {
	var some []tenant.Channel
	for _, c := range p.Channels {
		if c.Complaints {
			some = append(some, c)
		}
	}
	if len(some) == 0 {
		return p.Channels
	}
	return some
}
