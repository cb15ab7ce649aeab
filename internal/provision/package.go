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

// Town is a town's package: tenant.yaml, charter.yaml and the two drawings,
// emblem.svg and horizon.svg, which stand in the profile; without one the town
// shows its country's.
type Town struct {
	TownFile
	Charter CharterFile
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

// Pack is what every town of a country inherits.
type Pack struct {
	PackFile
	Calendar deadline.CalendarSpec
	// Charter is the template that a new town starts from.
	Charter CharterFile
	Emblem  string
	Horizon string
}

// PackFile is packs/{country}/pack.yaml.
type PackFile struct {
	Format    int              `yaml:"format"`
	Country   string           `yaml:"country"`
	Name      i18n.Text        `yaml:"name"`
	Zone      string           `yaml:"zone"`
	Languages []string         `yaml:"languages"`
	Brand     string           `yaml:"brand"`
	Casework  casework.Rules   `yaml:"casework"`
	Channels  []tenant.Channel `yaml:"channels"`
	Texts     PackTexts        `yaml:"texts"`
}

// PackTexts are the default texts of a town's site. They are small Markdown;
// {town} and {email} stand for the town's name and address.
type PackTexts struct {
	Privacy       i18n.Text `yaml:"privacy"`
	Accessibility i18n.Text `yaml:"accessibility"`
	Counting      i18n.Text `yaml:"counting"` // how days are counted
}
