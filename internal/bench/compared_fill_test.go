package main

import (
	"testing"

	"charterhouse/internal/i18n"
	"charterhouse/internal/provision"
	"charterhouse/locales"
	"charterhouse/tenants"
)

// The towns that have a package of their own are compared by its name, the others by
// that of the list, and none comes twice.
func TestMunicipalitiesAreNamedByTheData(t *testing.T) {
	words, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	p := &place{say: func(key string, args map[string]any) string { return words.Say("en", i18n.Key(key), args) }}
	if p.packs, err = provision.LoadPacks(tenants.Files, p.say); err != nil {
		t.Fatal(err)
	}
	towns, err := (&bench{options: options{municipalities: 1000}, place: p}).municipal()
	if err != nil {
		t.Fatal(err)
	}
	seen, want := map[town]bool{}, 0
	for _, at := range towns {
		if seen[at] {
			t.Errorf("%v comes twice", at)
		}
		seen[at] = true
	}
	own, err := p.ownSlugs()
	if err != nil || len(own) != len(samples()) {
		t.Fatalf("%v %v", own, err)
	}
	for _, country := range []string{"lt", "bg"} {
		list, err := provision.Municipalities(tenants.Files, country)
		if err != nil {
			t.Fatal(err)
		}
		want += len(list)
		for _, m := range list {
			slug, packaged := own[country+m.Code]
			if !packaged {
				slug = m.Slug
			}
			if !seen[town{slug, country}] {
				t.Errorf("%s is missing as %s", m.Slug, slug)
			}
		}
	}
	if len(towns) != want {
		t.Errorf("%d municipalities of %d", len(towns), want)
	}
}
