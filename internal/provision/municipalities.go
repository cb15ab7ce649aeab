package provision

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// Municipality is one of a country's, as its statistics list it.
type Municipality struct {
	Slug       string
	Country    string
	Code       string // national
	Name       i18n.Text
	ShortName  i18n.Text
	Region     i18n.Text
	Population tenant.Population
}

// Municipalities reads packs/{country}/municipalities.csv: all municipalities of
// the country in the order of the file. Slugs are made of the names; of two that
// are alike, each carries its code.
func Municipalities(dir fs.FS, country string) ([]Municipality, error) {
	in, err := dir.Open("packs/" + country + "/municipalities.csv")
	if err != nil {
		return nil, fmt.Errorf("provision: no list of the municipalities of %q: %w", country, err)
	}
	defer in.Close()
	table := csv.NewReader(in)
	table.Comment = '#'
	lines, err := table.ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, fmt.Errorf("provision: municipalities of %s: %w", country, err)
	}
	column := map[string]int{}
	for i, name := range lines[0] {
		column[name] = i
	}
	var all []Municipality
	taken := map[string]int{}
	for n, line := range lines[1:] {
		cell := func(name string) string {
			if i, ok := column[name]; ok {
				return line[i]
			}
			return ""
		}
		m, err := municipality(country, cell)
		if err != nil {
			return nil, fmt.Errorf("provision: municipalities of %s, line %d: %w", country, n+2, err)
		}
		taken[m.Slug]++
		all = append(all, m)
	}
	for i, m := range all {
		if taken[m.Slug] > 1 {
			all[i].Slug += "-" + strings.ToLower(m.Code)
		}
	}
	return all, nil
}

func municipality(country string, cell func(string) string) (Municipality, error) {
	people, err := strconv.Atoi(cell("population"))
	if err != nil {
		return Municipality{}, err
	}
	year, err := strconv.Atoi(cell("year"))
	if err != nil {
		return Municipality{}, err
	}
	m := Municipality{
		Country: country, Code: cell("code"), Region: i18n.Text{country: cell("region"), "en": cell("region_en")},
		Population: tenant.Population{Value: people, Year: year, Source: "LAU"},
	}
	name, latin := cell("name"), cell("name_latin")
	if latin == "" { // Lithuanian: „Alytaus rajono savivaldybė“
		short := strings.TrimSuffix(name, " savivaldybė")
		m.Name = i18n.Text{country: name}
		m.ShortName = i18n.Text{country: strings.NewReplacer(" miesto", " m. sav.", " rajono", " r. sav.").Replace(short)}
		if m.ShortName[country] == short {
			m.ShortName[country] += " sav."
		}
		latin = short
	} else {
		m.Name = i18n.Text{country: "Община " + name, "en": latin + " Municipality"}
		m.ShortName = i18n.Text{country: name, "en": latin}
	}
	m.Slug, err = slugOf(latin)
	return m, err
}

// slugOf writes a name in small Latin letters.
func slugOf(name string) (string, error) {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), name)
	if err != nil {
		return "", err
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(plain), func(c rune) bool { return c < 'a' || c > 'z' }), "-"), nil
}

// Town makes the package of the municipality from its country's pack.
func (m Municipality) Town(pack Pack) Town {
	t := FromPack(pack, Newcomer{Slug: m.Slug, Country: m.Country, Code: m.Code, Name: m.Name, Region: m.Region})
	t.ShortName, t.Population = fill(m.ShortName, pack.Languages), m.Population
	return t
}

// LoadBulkWords reads packs/{country}/samples.yaml: what the people of made-up cases
// say in that country.
func LoadBulkWords(dir fs.FS, country string, langs []string, say Words) (casework.BulkWords, []Problem) {
	var in struct {
		Format             int `yaml:"format"`
		casework.BulkWords `yaml:",inline"`
	}
	sub, err := fs.Sub(dir, "packs/"+country)
	if err != nil {
		return casework.BulkWords{}, []Problem{{File: "samples.yaml", Text: err.Error()}}
	}
	f := decode(sub, "samples.yaml", &in)
	if len(f.problems) > 0 {
		return casework.BulkWords{}, f.problems
	}
	c := &tenant.Checker{Langs: langs}
	if in.Format != Format {
		c.Fault("format", KeyCheckFormat, map[string]any{"Format": Format})
	}
	in.Check(c)
	return in.BulkWords, f.located(c.Fields, say)
}
