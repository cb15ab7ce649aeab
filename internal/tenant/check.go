package tenant

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Checker collects the faults of a document. Paths are written as the YAML is
// ("channels.2.kind"), so that the reader is led to file and line.
type Checker struct {
	Langs  []string // the languages every text must have
	Fields []fault.Field
}

// Fault adds one.
func (c *Checker) Fault(path string, key i18n.Key, args map[string]any) {
	c.Fields = append(c.Fields, fault.Field{Name: path, Key: string(key), Args: args})
}

// Text wants every language of the town, and nothing in another one.
func (c *Checker) Text(path string, t i18n.Text, required bool) {
	if t.Empty() {
		if required {
			c.Fault(path, KeyCheckRequired, nil)
		}
		return
	}
	for _, lang := range c.Langs {
		if strings.TrimSpace(t[lang]) == "" {
			c.Fault(path, KeyCheckLanguageMissing, map[string]any{"Language": lang})
		}
	}
	for lang := range t {
		if !slices.Contains(c.Langs, lang) {
			c.Fault(path+"."+lang, KeyCheckLanguageUnknown, map[string]any{"Language": lang})
		}
	}
}

// OneOf wants one of a closed list of words.
func (c *Checker) OneOf(path, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.Fault(path, KeyCheckOneOf, map[string]any{"Value": value, "Allowed": strings.Join(allowed, ", ")})
	}
}

// Key wants a name that can stand in an address, and each only once.
func (c *Checker) Key(path, key string, seen map[string]bool) {
	if !keyPattern.MatchString(key) {
		c.Fault(path, KeyCheckKey, map[string]any{"Value": key})
	}
	if seen[key] {
		c.Fault(path, KeyCheckTwice, map[string]any{"Value": key})
	}
	seen[key] = true
}

// Date wants an ISO date or nothing.
func (c *Checker) Date(path, value string) {
	if value == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		c.Fault(path, KeyCheckDate, map[string]any{"Value": value})
	}
}

// URL wants an address a browser can open safely.
func (c *Checker) URL(path, value string) {
	u, err := url.Parse(value)
	if err != nil || !slices.Contains([]string{"https", "http", "mailto", "tel"}, u.Scheme) {
		c.Fault(path, KeyCheckURL, map[string]any{"Value": value})
	}
}

var (
	keyPattern    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	brandPattern  = regexp.MustCompile(`^#[0-9a-f]{6}$`)
	hostPattern   = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
	prefixPattern = regexp.MustCompile(`^\p{Lu}{2,4}$`)
	clockPattern  = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
)

// Interface languages: a town's site can be in these.
func languages() []string { return []string{"lt", "bg", "en"} }

// Check finds what is wrong with a profile; it reads nothing but the profile.
func (p Profile) Check(c *Checker) {
	if _, err := pg.Town(p.Slug); err != nil || !keyPattern.MatchString(p.Slug) {
		c.Fault("slug", KeyCheckKey, map[string]any{"Value": p.Slug})
	}
	if p.Country == "" {
		c.Fault("country", KeyCheckRequired, nil)
	}
	if len(p.Languages) == 0 {
		c.Fault("languages", KeyCheckRequired, nil)
	}
	seen := map[string]bool{}
	for i, lang := range p.Languages {
		path := fmt.Sprintf("languages.%d", i)
		c.OneOf(path, lang, languages()...)
		c.Key(path, lang, seen)
	}
	if !brandPattern.MatchString(p.Brand) {
		c.Fault("brand", KeyCheckColour, map[string]any{"Value": p.Brand})
	}
	if p.CasePrefix != "" && !prefixPattern.MatchString(p.CasePrefix) {
		c.Fault("case_prefix", KeyCheckPrefix, map[string]any{"Value": p.CasePrefix})
	}
	departments := map[string]bool{}
	for i, d := range p.Departments {
		c.Key(fmt.Sprintf("departments.%d.key", i), d.Key, departments)
		c.Text(fmt.Sprintf("departments.%d.title", i), d.Title, true)
	}
	for i, host := range p.Domains {
		if len(host) > 253 || !hostPattern.MatchString(host) {
			c.Fault(fmt.Sprintf("domains.%d", i), KeyCheckHost, map[string]any{"Value": host})
		}
	}
	c.Text("name", p.Name, true)
	c.Text("short_name", p.ShortName, true)
	c.Text("region", p.Region, false)
	c.Text("note", p.Note, false)
	c.Text("privacy.retention", p.Privacy.Retention, false)
	p.Contact.check(c)
	p.checkHours(c)
	CheckChannels(c, p.Channels)
	CheckExtraDays(c, "calendar.extra_days", p.Calendar.ExtraDays)
}

func (k Contact) check(c *Checker) {
	c.Text("contact.organisation", k.Organisation, true)
	c.Text("contact.address", k.Address, false)
	if k.Website != "" {
		c.URL("contact.website", k.Website)
	}
	if k.Email != "" && !strings.Contains(k.Email, "@") {
		c.Fault("contact.email", KeyCheckEmail, map[string]any{"Value": k.Email})
	}
	if k.Dial != "" && !strings.HasPrefix(k.Dial, "+") {
		c.Fault("contact.dial", KeyCheckDial, map[string]any{"Value": k.Dial})
	}
}

// checkHours wants readable hours; a day may have several, with breaks between.
func (p Profile) checkHours(c *Checker) {
	var open deadline.Hours
	for i, h := range p.Hours {
		path := fmt.Sprintf("hours.%d", i)
		readable := clockPattern.MatchString(h.From) && clockPattern.MatchString(h.To) && h.From < h.To
		if !readable {
			c.Fault(path, KeyCheckHours, map[string]any{"From": h.From, "To": h.To})
		}
		if len(h.Days) == 0 {
			c.Fault(path+".days", KeyCheckRequired, nil)
		}
		for j, day := range h.Days {
			at := fmt.Sprintf("%s.days.%d", path, j)
			known := slices.Contains(weekdays(), day)
			if !known {
				c.OneOf(at, day, weekdays()...)
			}
			if known && readable && open.Add([]string{day}, h.From, h.To) != nil {
				c.Fault(at, KeyCheckTwice, map[string]any{"Value": day})
			}
		}
	}
}

func weekdays() []string { return []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} }

// CheckChannels checks a list of channels, a town's or a country's.
func CheckChannels(c *Checker, channels []Channel) {
	keys := map[string]bool{}
	for i, ch := range channels {
		path := fmt.Sprintf("channels.%d", i)
		c.Key(path+".key", ch.Key, keys)
		c.OneOf(path+".kind", ch.Kind,
			"post", "email", "phone", "visit", "form", "box", "website", "social", "meeting", "desk")
		c.Text(path+".title", ch.Title, true)
		c.Text(path+".body", ch.Body, false)
		for j, l := range ch.Links {
			at := fmt.Sprintf("%s.links.%d", path, j)
			c.URL(at+".url", l.URL)
			c.Text(at+".label", l.Label, true)
		}
	}
}

// CheckExtraDays checks declared days: one entry a day.
func CheckExtraDays(c *Checker, path string, days []ExtraDay) {
	seen := map[string]bool{}
	for i, d := range days {
		at := fmt.Sprintf("%s.%d", path, i)
		if d.Date == "" {
			c.Fault(at+".date", KeyCheckRequired, nil)
		}
		c.Date(at+".date", d.Date)
		if seen[d.Date] {
			c.Fault(at+".date", KeyCheckTwice, map[string]any{"Value": d.Date})
		}
		seen[d.Date] = true
		c.Text(at+".name", d.Name, true)
	}
}
