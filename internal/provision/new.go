package provision

import (
	"strings"

	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// Newcomer is what must be known to start a town from its country's pack.
type Newcomer struct {
	Slug    string
	Country string
	Code    string
	// Name in the languages given; a missing one takes the first language's.
	Name   i18n.Text
	Region i18n.Text
	Email  string
}

// FromPack makes the package of a new town: its country's languages, colour,
// channels and model charter under the town's own name. What is a model is
// marked as a sample until the town puts its own in its place.
func FromPack(pack Pack, n Newcomer) Town {
	name := fill(n.Name, pack.Languages)
	region := i18n.Text(nil)
	if !n.Region.Empty() {
		region = fill(n.Region, pack.Languages)
	}
	return Town{
		TownFile: TownFile{
			Format: Format,
			Profile: tenant.Profile{
				Slug: n.Slug, Country: n.Country, Code: n.Code, Name: name, ShortName: name, Region: region,
				Languages: pack.Languages, Brand: pack.Brand, Channels: pack.Channels,
				Contact: tenant.Contact{Organisation: name, Email: n.Email},
				Emblem:  pack.Emblem, Horizon: pack.Horizon,
			},
		},
		Charter: CharterFile{Format: Format, Document: named(pack.Charter.Document, name)},
	}
}

func fill(t i18n.Text, langs []string) i18n.Text {
	out := i18n.Text{}
	for _, lang := range langs {
		out[lang], _ = t.In(lang, langs...)
	}
	return out
}

// named puts the town's name where the model charter says {name}.
func named(d charter.Document, name i18n.Text) charter.Document {
	put := func(t i18n.Text) i18n.Text {
		if t == nil {
			return nil
		}
		out := i18n.Text{}
		for lang, s := range t {
			out[lang] = strings.ReplaceAll(s, "{name}", name[lang])
		}
		return out
	}
	d.Title, d.Lead, d.SampleNote = put(d.Title), put(d.Lead), put(d.SampleNote)
	sections := make([]charter.Section, len(d.Sections))
	for i, s := range d.Sections {
		s.Title, s.Body = put(s.Title), put(s.Body)
		items := make([]i18n.Text, len(s.Items))
		for j, item := range s.Items {
			items[j] = put(item)
		}
		if len(items) > 0 {
			s.Items = items
		}
		sections[i] = s
	}
	d.Sections = sections
	return d
}
