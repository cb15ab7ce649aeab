package tenant

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"

	"go.yaml.in/yaml/v3"
)

// CountryCalendar is calendar.yaml of a country pack: which days a municipality
// of the country works.
type CountryCalendar struct {
	Country   string          `yaml:"country"`
	Version   string          `yaml:"version"`
	Zone      string          `yaml:"zone"`
	Weekly    []string        `yaml:"weekly"`
	Note      i18n.Text       `yaml:"note"` // how far back the calendar is certain
	Holidays  []deadline.Rule `yaml:"holidays"`
	ExtraDays []ExtraDay      `yaml:"extra_days,omitempty"`
}

// calendarLimit is far above any real calendar, in bytes.
const calendarLimit = 256 << 10

// DecodeCalendar reads calendar.yaml of a country pack and gives what
// deadline.Compile needs. It refuses unknown fields, aliases, and every field
// that Compile refuses, each with its line.
func DecodeCalendar(raw []byte) (deadline.CalendarSpec, error) {
	c, err := DecodeCountryCalendar(raw)
	if err != nil {
		return deadline.CalendarSpec{}, err
	}
	spec, _ := c.spec()
	return spec, nil
}

// DecodeCountryCalendar is DecodeCalendar for whoever also needs the zone and
// the note.
func DecodeCountryCalendar(raw []byte) (CountryCalendar, error) {
	var c CountryCalendar
	if len(raw) > calendarLimit {
		return c, fmt.Errorf("tenant: the calendar is larger than %d KB", calendarLimit>>10)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(raw, &root); err != nil {
		return c, fmt.Errorf("tenant: calendar: %w", err)
	}
	if n := alias(&root); n != nil {
		return c, fmt.Errorf("tenant: calendar: line %d: anchors and aliases (& and *) are not allowed; write the value out", n.Line)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil {
		return c, fmt.Errorf("tenant: calendar: %w", err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return c, errors.New("tenant: calendar: more than one document in the file")
	}
	return c, c.check(&root)
}

// Compile gives the calendar to compute with.
func (c CountryCalendar) Compile() (*deadline.Calendar, error) {
	spec, faults := c.spec()
	if len(faults) > 0 {
		return nil, faults
	}
	return deadline.Compile(spec)
}

// check gives every fault its line.
func (c CountryCalendar) check(root *yaml.Node) error {
	spec, faults := c.spec()
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "" {
		faults = append(faults, &deadline.Error{Code: deadline.SpecUnknown, Path: "zone", Value: c.Zone, Hint: "a time zone such as Europe/Vilnius"})
	}
	for i, r := range c.Holidays {
		faults = append(faults, unnamed(fmt.Sprintf("holidays[%d].name", i), r.Name)...)
	}
	for i, d := range c.ExtraDays {
		faults = append(faults, unnamed(fmt.Sprintf("extra_days[%d].name", i), d.Name)...)
	}
	faults = append(faults, unnamed("note", c.Note)...)
	if _, err := deadline.Compile(spec); err != nil && len(faults) == 0 {
		if !errors.As(err, &faults) {
			return fmt.Errorf("tenant: calendar: %w", err)
		}
	}
	if len(faults) == 0 {
		return nil
	}
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = fmt.Sprintf("line %d: %v", lineOf(root, f.Path), f)
	}
	return fmt.Errorf("tenant: calendar:\n%s", strings.Join(lines, "\n"))
}

// unnamed finds the interface languages that lack a name: whoever reads why a day
// is skipped reads it in the language of the page.
func unnamed(path string, names map[string]string) (faults deadline.Faults) {
	for _, lang := range languages() {
		if strings.TrimSpace(names[lang]) == "" {
			faults = append(faults, &deadline.Error{Code: deadline.SpecMissing, Path: path + "." + lang, Hint: "the text in this language is missing"})
		}
	}
	return faults
}

func (c CountryCalendar) spec() (deadline.CalendarSpec, deadline.Faults) {
	spec := deadline.CalendarSpec{Key: c.Country, Version: c.Version, Weekly: c.Weekly, Rules: c.Holidays}
	var faults deadline.Faults
	for i, d := range c.ExtraDays {
		date, err := deadline.ParseDate(d.Date)
		var refused *deadline.Error
		if errors.As(err, &refused) {
			refused.Path = fmt.Sprintf("extra_days[%d].date", i)
			faults = append(faults, refused)
		}
		spec.Extra = append(spec.Extra, deadline.Extra{
			Date: date, Name: d.Name, Working: d.Working, Source: d.Source, Scope: deadline.Country,
		})
	}
	return spec, faults
}

func alias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, c := range n.Content {
		if found := alias(c); found != nil {
			return found
		}
	}
	return nil
}

var pathStep = regexp.MustCompile(`[a-z_]+|\d+`)

// lineOf finds where a path such as holidays[3].month stands; where a part of it
// is missing, the line of what should hold it.
func lineOf(root *yaml.Node, path string) int {
	if len(root.Content) == 0 {
		return 0
	}
	n := root.Content[0]
	line := n.Line
	for _, step := range pathStep.FindAllString(path, -1) {
		next := (*yaml.Node)(nil)
		if i, err := strconv.Atoi(step); err == nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
			next, line = n.Content[i], n.Content[i].Line
		}
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				next, line = n.Content[i+1], n.Content[i].Line
			}
		}
		if next == nil {
			break
		}
		n = next
	}
	return line
}
