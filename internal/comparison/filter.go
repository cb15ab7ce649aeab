package comparison

import (
	"cmp"
	"slices"
	"strings"

	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// Size is a class of municipalities that may be compared with one another. A town
// of 4,000 handles a dozen cases a year, a city several thousand.
type Size string

// The classes; NoSize is that of a town whose inhabitants are not known.
const (
	Small  Size = "small"  // under 10,000
	Medium Size = "medium" // 10,000 to 60,000
	Large  Size = "large"  // over 60,000
	NoSize Size = "unknown"
)

const (
	smallBelow = 10_000
	mediumUpTo = 60_000
)

// Sizes lists the classes as a table has them.
func Sizes() []Size { return []Size{Large, Medium, Small, NoSize} }

// SizeOf gives the class for a number of inhabitants.
func SizeOf(inhabitants int) Size {
	switch {
	case inhabitants <= 0:
		return NoSize
	case inhabitants < smallBelow:
		return Small
	case inhabitants <= mediumUpTo:
		return Medium
	}
	return Large
}

// Filter is what the reader chose; empty fields do not restrict. The period is
// chosen when the figures are read.
type Filter struct {
	Country string
	// Region is the name of a region in any language.
	Region string
	Size   Size
}

func (f Filter) keeps(t *tenant.Town) bool {
	return (f.Country == "" || f.Country == t.Country) && (f.Size == "" || f.Size == SizeOf(t.Population)) &&
		(f.Region == "" || isRegion(t.Region, f.Region))
}

func isRegion(names i18n.Text, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// Region is one that a filter offers.
type Region struct {
	Country string
	Name    i18n.Text
	Towns   int
}

// Regions lists the regions of the towns, by country and name in the reader's
// language.
func (d *Data) Regions(lang string) []Region {
	var all []Region
	at := map[string]int{}
	for i := range d.towns {
		t := &d.towns[i]
		// One town gives its region a name in every language, another in its own
		// only: what is written alike in the language of the country is one region.
		name, _ := t.Region.In(t.Country)
		if name == "" {
			continue
		}
		key := t.Country + "\x00" + name
		n, known := at[key]
		if !known {
			n = len(all)
			at[key] = n
			all = append(all, Region{Country: t.Country, Name: t.Region})
		}
		all[n].Towns++
		if here, _ := t.Region.In(lang); here != name {
			all[n].Name = t.Region // translated
		}
	}
	collate := i18n.Collate(lang)
	slices.SortFunc(all, func(a, b Region) int {
		x, _ := a.Name.In(lang)
		y, _ := b.Name.In(lang)
		return cmp.Or(strings.Compare(a.Country, b.Country), collate(x, y))
	})
	return all
}
