package provision

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// Format is the version of the package files that this build reads.
const Format = 1

// Town is a town's package: tenant.yaml, charter.yaml and the two drawings.
type Town struct {
	Settings TownFile
	Charter  CharterFile
	Emblem   []byte // emblem.svg
	Horizon  []byte // horizon.svg; empty = the country's
}

// TownFile is tenant.yaml. Each domain owns its part of it.
type TownFile struct {
	Format         int `yaml:"format"`
	tenant.Profile `yaml:",inline"`
	Casework       casework.Rules `yaml:"casework"`
}

// CharterFile is charter.yaml.
type CharterFile struct {
	Format           int `yaml:"format"`
	charter.Document `yaml:",inline"`
}

// Pack is a country pack: tenants/packs/{country}/pack.yaml, and charter.yaml,
// the template that a new town starts from.
type Pack struct {
	Format    int              `yaml:"format"`
	Country   string           `yaml:"country"`
	Name      i18n.Text        `yaml:"name"`
	Zone      string           `yaml:"zone"`
	Languages []string         `yaml:"languages"`
	Brand     string           `yaml:"brand"`
	Calendar  PackCalendar     `yaml:"calendar"`
	Casework  casework.Rules   `yaml:"casework"`
	Channels  []tenant.Channel `yaml:"channels"`
	Texts     PackTexts        `yaml:"texts"`
}

// PackCalendar is the country's calendar: its rule list and the days that were
// declared beside it.
type PackCalendar struct {
	Holidays  []deadline.Rule   `yaml:"holidays"`
	ExtraDays []tenant.ExtraDay `yaml:"extra_days"`
}

// PackTexts are the default texts a town may override later.
type PackTexts struct {
	// Privacy and Accessibility are small Markdown; {{.Town}} and {{.Email}} stand
	// for the town's name and address.
	Privacy       i18n.Text `yaml:"privacy"`
	Accessibility i18n.Text `yaml:"accessibility"`
	Counting      i18n.Text `yaml:"counting"` // how days are counted, in one paragraph
}
