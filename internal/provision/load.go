package provision

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/tenant"
)

// Words says a message to whoever reads the check: the catalog in one language.
type Words func(key string, args map[string]any) string

// Packs are the country packs, by country code.
type Packs map[string]Pack

// LoadPacks reads every country pack below packs/. A pack with a fault stops
// the service: it is ours, not a town's.
func LoadPacks(dir fs.FS, say Words) (Packs, error) {
	entries, err := fs.ReadDir(dir, "packs")
	if err != nil {
		return nil, fmt.Errorf("provision: no country packs: %w", err)
	}
	packs := Packs{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		sub, err := fs.Sub(dir, "packs/"+e.Name())
		if err != nil {
			return nil, err
		}
		pack, problems := loadPack(sub, say)
		if len(problems) > 0 {
			return nil, fmt.Errorf("provision: country pack %s: %w", e.Name(), problemError(problems))
		}
		packs[e.Name()] = pack
	}
	return packs, nil
}

func loadPack(dir fs.FS, say Words) (Pack, []Problem) {
	var p Pack
	f := decode(dir, "pack.yaml", &p.PackFile)
	problems := f.problems
	if len(problems) == 0 {
		c := &tenant.Checker{Langs: p.Languages}
		p.check(c)
		problems = f.located(c.Fields, say)
	}
	raw, err := readLimited(dir, "calendar.yaml")
	if err == nil {
		p.Calendar, err = tenant.DecodeCalendar(raw)
	}
	if err == nil {
		_, err = deadline.Compile(p.Calendar)
	}
	if err != nil {
		problems = append(problems, Problem{File: "calendar.yaml", Text: err.Error()})
	}
	problems = append(problems, loadCharter(dir, p.Languages, &p.Charter, say)...)
	p.Emblem, problems = drawing(dir, "emblem.svg", problems)
	p.Horizon, problems = drawing(dir, "horizon.svg", problems)
	return p, problems
}

func (p PackFile) check(c *tenant.Checker) {
	if p.Format != Format {
		c.Fault("format", KeyCheckFormat, map[string]any{"Format": Format})
	}
	c.Text("name", p.Name, true)
	c.Text("texts.privacy", p.Texts.Privacy, true)
	c.Text("texts.accessibility", p.Texts.Accessibility, true)
	c.Text("texts.counting", p.Texts.Counting, true)
	tenant.CheckChannels(c, p.Channels)
	p.Casework.Check(c)
}

// Load reads and checks a town's package against its country's pack. With any
// problem the package is not to be used.
func Load(dir fs.FS, packs Packs, say Words) (Town, []Problem) {
	var t Town
	f := decode(dir, "tenant.yaml", &t.TownFile)
	if len(f.problems) > 0 {
		// Without the town's languages the rest would be complained of for nothing.
		return t, append(f.problems, decode(dir, "charter.yaml", &t.Charter).problems...)
	}
	c := &tenant.Checker{Langs: t.Languages}
	t.TownFile.check(c, packs)
	problems := f.located(c.Fields, say)
	problems = append(problems, loadCharter(dir, t.Languages, &t.Charter, say)...)
	if len(problems) == 0 {
		problems = t.checkMeasures(packs[t.Country], dir, say)
	}
	t.Emblem, problems = drawing(dir, "emblem.svg", problems)
	t.Horizon, problems = drawing(dir, "horizon.svg", problems)
	return t, problems
}

// Check finds what is wrong with a package that was not read from files.
func Check(t Town, packs Packs, say Words) []Problem {
	c := &tenant.Checker{Langs: t.Languages}
	t.TownFile.check(c, packs)
	problems := (&file{name: "tenant.yaml"}).located(c.Fields, say)
	c = &tenant.Checker{Langs: t.Languages}
	t.Charter.Document.Check(c)
	return append(problems, (&file{name: "charter.yaml"}).located(c.Fields, say)...)
}

func (t TownFile) check(c *tenant.Checker, packs Packs) {
	if t.Format != Format {
		c.Fault("format", KeyCheckFormat, map[string]any{"Format": Format})
	}
	if _, ok := packs[t.Country]; !ok && t.Country != "" {
		c.Fault("country", KeyCheckCountry, map[string]any{"Value": t.Country})
	}
	t.Profile.Check(c)
	t.Casework.Check(c)
	if pack, ok := packs[t.Country]; ok && len(c.Fields) == 0 {
		t.checkCalendar(c, pack)
	}
}

// checkCalendar finds days that the town declares and its country contradicts.
func (t TownFile) checkCalendar(c *tenant.Checker, pack Pack) {
	if err := CheckCalendar(t.Profile, pack); err != nil {
		c.Fault("calendar.extra_days", KeyCheckCalendar, map[string]any{"Reason": err.Error()})
	}
}

// CheckCalendar finds days that a town declares and its country's calendar
// contradicts.
func CheckCalendar(p tenant.Profile, pack Pack) error {
	country, err := deadline.Compile(pack.Calendar)
	if err == nil {
		_, err = p.CalendarOf(country)
	}
	return err
}

func loadCharter(dir fs.FS, langs []string, out *CharterFile, say Words) []Problem {
	f := decode(dir, "charter.yaml", out)
	if len(f.problems) > 0 {
		return f.problems
	}
	c := &tenant.Checker{Langs: langs}
	if out.Format != Format {
		c.Fault("format", KeyCheckFormat, map[string]any{"Format": Format})
	}
	out.Document.Check(c)
	return f.located(c.Fields, say)
}

// checkMeasures finds promises measured by a term that no rule of the town holds.
func (t Town) checkMeasures(pack Pack, dir fs.FS, say Words) []Problem {
	rules := t.Casework.Over(pack.Casework)
	c := &tenant.Checker{Langs: t.Languages}
	for i, s := range t.Charter.Sections {
		for j, g := range s.Groups {
			for k, m := range g.Commitments {
				rule := m.Measure.Rule
				if rule == "" {
					continue
				}
				if kind, ok := rules.Kinds[rule]; !ok || kind.NoTerm || kind.Own == nil && kind.Law == nil {
					c.Fault(fmt.Sprintf("sections.%d.groups.%d.commitments.%d.measure.rule", i, j, k),
						KeyCheckNoRule, map[string]any{"Value": rule})
				}
			}
		}
	}
	if len(c.Fields) == 0 {
		return nil
	}
	return decode(dir, "charter.yaml", new(CharterFile)).located(c.Fields, say)
}

// located gives the domains' findings their lines and words.
func (f *file) located(fields []fault.Field, say Words) []Problem {
	var out []Problem
	for _, x := range fields {
		out = append(out, Problem{File: f.name, Line: f.line(x.Name), Field: x.Name, Text: say(x.Key, x.Args)})
	}
	return out
}

// drawing reads an SVG that will stand inside our pages: no script, no style, no
// reference to anything outside it.
func drawing(dir fs.FS, name string, problems []Problem) (string, []Problem) {
	if _, err := fs.Stat(dir, name); errors.Is(err, fs.ErrNotExist) {
		return "", problems
	}
	raw, err := readLimited(dir, name)
	if err == nil {
		err = plainSVG(raw)
	}
	if err != nil {
		return "", append(problems, Problem{File: name, Text: err.Error()})
	}
	return strings.TrimSpace(string(raw)), problems
}

func problemError(problems []Problem) error {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.String()
	}
	return errors.New(strings.Join(lines, "\n"))
}
