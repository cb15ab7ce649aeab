package tenant

import (
	"testing"
	"time"

	"charterhouse/internal/i18n"
)

func row(slug, zone, languages string) registryRow {
	return registryRow{Slug: slug, Zone: zone, Languages: languages, Name: i18n.Text{"lt": slug}}
}

// A row that cannot be understood is named; it does not become a town with half
// its settings.
func TestABadRowOfTheRegistryIsNamed(t *testing.T) {
	base := Base{Scheme: "https", Domain: "example.org"}
	for name, r := range map[string]registryRow{
		"zone":         row("alytus", "Europe/Nowhere", `["lt"]`),
		"no languages": row("alytus", "Europe/Vilnius", `[]`),
		"not a list":   row("alytus", "Europe/Vilnius", `lt`),
		"slug":         row("Alytus!", "Europe/Vilnius", `["lt"]`),
	} {
		if _, err := r.town(base, nil, map[string]*time.Location{}); err == nil {
			t.Errorf("%s: the row was understood", name)
		}
	}
	town, err := row("alytus", "Europe/Vilnius", `["lt", "en"]`).town(base, nil, map[string]*time.Location{})
	if err != nil || town.Origin != "https://alytus.example.org" {
		t.Errorf("origin %q, %v", town.Origin, err)
	}
	own, err := row("alytus", "Europe/Vilnius", `["lt"]`).town(base, []string{"chartija.alytus.lt"}, map[string]*time.Location{})
	if err != nil || own.Origin != "https://chartija.alytus.lt" {
		t.Errorf("with a domain of its own the origin is %q, %v", own.Origin, err)
	}
	// A town cannot take the address of another, or the portal's.
	for _, host := range []string{"example.org", "varena.example.org"} {
		taken, err := row("alytus", "Europe/Vilnius", `["lt"]`).town(base, []string{host}, map[string]*time.Location{})
		if err != nil || taken.Origin != "https://alytus.example.org" || !base.owns(host) {
			t.Errorf("with the domain %s the origin is %q, %v", host, taken.Origin, err)
		}
	}
	if base.owns("example.organisation.lt") || base.owns("notexample.org") {
		t.Error("a stranger's host counts as below the base")
	}
}
