package tenant

import (
	"strings"

	"charterhouse/internal/i18n"
)

// Profile is tenant's own part of a town's package (tenant.yaml): who the town
// is, how it looks and how it is reached. Only published contact details stand
// here; a field the town has not published stays empty.
type Profile struct {
	Slug       string     `yaml:"slug" json:"slug"`
	Country    string     `yaml:"country" json:"country"`
	Code       string     `yaml:"code,omitempty" json:"code,omitempty"`
	Name       i18n.Text  `yaml:"name" json:"name"`
	ShortName  i18n.Text  `yaml:"short_name" json:"short_name"`
	Region     i18n.Text  `yaml:"region,omitempty" json:"region,omitempty"`
	Population Population `yaml:"population,omitempty" json:"population,omitzero"`
	// Languages of the site; the first is the town's own and the fallback.
	Languages []string `yaml:"languages" json:"languages"`
	// Brand is one colour, #rrggbb. Every other tone is derived from it.
	Brand string `yaml:"brand" json:"brand"`
	// CasePrefix stands before the number of every case: KL in KL-2026-0978. Two to
	// four capitals; empty = taken from the slug, see Prefix.
	CasePrefix string `yaml:"case_prefix,omitempty" json:"case_prefix,omitempty"`
	// Departments are the parts of the administration that cases are handed to.
	Departments []Department `yaml:"departments,omitempty" json:"departments,omitempty"`
	// Domains of the town's own, beside slug.base-domain.
	Domains  []string  `yaml:"domains,omitempty" json:"domains,omitempty"`
	Contact  Contact   `yaml:"contact" json:"contact"`
	Hours    []Hours   `yaml:"hours,omitempty" json:"hours,omitempty"`
	Channels []Channel `yaml:"channels" json:"channels"`
	Calendar Calendar  `yaml:"calendar,omitempty" json:"calendar,omitzero"`
	Privacy  Privacy   `yaml:"privacy,omitempty" json:"privacy,omitzero"`
	// Note is shown in the strip above the masthead; set where content is a sample.
	Note i18n.Text `yaml:"note,omitempty" json:"note,omitempty"`
	// Emblem and Horizon are drawings in SVG, files of their own in a package.
	Emblem  string `yaml:"-" json:"emblem,omitempty"`
	Horizon string `yaml:"-" json:"horizon,omitempty"`
}

// Department is one part of the administration.
type Department struct {
	Key   string    `yaml:"key" json:"key"`
	Title i18n.Text `yaml:"title" json:"title"`
	// Off: no case is handed to it any more; those that it has had keep its name.
	Off bool `yaml:"off,omitempty" json:"off,omitempty"`
}

// Prefix is what the numbers of the town's cases begin with: the one it has set,
// else the first two letters of its slug.
func (p Profile) Prefix() string {
	if p.CasePrefix != "" {
		return p.CasePrefix
	}
	letters := strings.Map(func(c rune) rune {
		if c < 'a' || c > 'z' {
			return -1
		}
		return c
	}, p.Slug)
	if len(letters) < 2 {
		return "CH"
	}
	return strings.ToUpper(letters[:2])
}

// Demonstration tells that the site carries the note of one.
func (p *Profile) Demonstration() bool { return !p.Note.Empty() }

// Population with its year and where the figure was read.
type Population struct {
	Value  int    `yaml:"value" json:"value"`
	Year   int    `yaml:"year" json:"year"`
	Source string `yaml:"source,omitempty" json:"source,omitempty"`
}

// Contact is how the administration is reached in general; it stands in the
// footer of every page.
type Contact struct {
	Organisation i18n.Text `yaml:"organisation" json:"organisation"`
	Address      i18n.Text `yaml:"address,omitempty" json:"address,omitempty"`
	Phone        string    `yaml:"phone,omitempty" json:"phone,omitempty"`
	// Dial is the phone in international form (+370…), for tel: links.
	Dial    string `yaml:"dial,omitempty" json:"dial,omitempty"`
	Email   string `yaml:"email,omitempty" json:"email,omitempty"`
	Website string `yaml:"website,omitempty" json:"website,omitempty"`
}

// Hours are weekly reception hours: days are mon, tue, … sun, times are 24-hour
// HH:MM in the town's zone.
type Hours struct {
	Days []string `yaml:"days" json:"days"`
	From string   `yaml:"from" json:"from"`
	To   string   `yaml:"to" json:"to"`
}

// Channel is one way to reach the town, in the town's own order.
type Channel struct {
	Key string `yaml:"key" json:"key"`
	// Kind: post, email, phone, visit, form, box, website, social, meeting, desk.
	Kind  string    `yaml:"kind" json:"kind"`
	Title i18n.Text `yaml:"title" json:"title"`
	Body  i18n.Text `yaml:"body,omitempty" json:"body,omitempty"`
	Links []Link    `yaml:"links,omitempty" json:"links,omitempty"`
	// Complaints tells whether a complaint can be filed this way.
	Complaints bool `yaml:"complaints,omitempty" json:"complaints,omitempty"`
}

// Link is a labelled address: https:, mailto: or tel:.
type Link struct {
	URL   string    `yaml:"url" json:"url"`
	Label i18n.Text `yaml:"label" json:"label"`
}

// Privacy is what a town tells those who file about the keeping of their data.
type Privacy struct {
	// Retention is how long cases are kept; empty = the town has not said it.
	Retention i18n.Text `yaml:"retention,omitempty" json:"retention,omitempty"`
	// Source is the act that says so.
	Source string `yaml:"source,omitempty" json:"source,omitempty"`
}

// Calendar is what a town adds to its country's calendar.
type Calendar struct {
	ExtraDays []ExtraDay `yaml:"extra_days,omitempty" json:"extra_days,omitempty"`
}

// ExtraDay is one declared non-working day (working: true declares a working
// Saturday instead), with the act that declared it.
type ExtraDay struct {
	Date    string    `yaml:"date" json:"date"`
	Name    i18n.Text `yaml:"name" json:"name"`
	Working bool      `yaml:"working,omitempty" json:"working,omitempty"`
	Source  string    `yaml:"source,omitempty" json:"source,omitempty"`
}
