package comparison

import (
	"slices"
	"strings"

	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// Profile is one municipality by every indicator, with its peers.
type Profile struct {
	Town  *tenant.Town
	Size  Size
	Lines []Line
	// Peers are of the same size and country, those nearest in inhabitants first.
	Peers []*tenant.Town
	Head  results.Head
}

// Line is one indicator of a profile.
type Line struct {
	Indicator Indicator
	Row
	// Median is that of the class in the same country, of those with a figure.
	Median    float64
	HasMedian bool
	Reporting int
}

// mostPeers is how many peers a profile names.
const mostPeers = 5

// Profile gives the profile of a town by its slug; false when there is none. The
// data must have been read with all indicators, of its peers at least.
func (d *Data) Profile(slug string) (Profile, bool) {
	at := slices.IndexFunc(d.towns, func(t tenant.Town) bool { return t.Slug == slug })
	if at < 0 {
		return Profile{}, false
	}
	town := &d.towns[at]
	p := Profile{Town: town, Size: SizeOf(town.Population), Head: d.heads[town.Realm.Name()], Peers: d.peers(town)}
	for _, i := range Indicators() {
		rows := d.rows(i, Filter{Country: town.Country, Size: p.Size})
		place(i, rows)
		line := Line{Indicator: i}
		var scores []float64
		for _, r := range rows {
			if r.Has {
				scores = append(scores, r.Score.Value)
			}
			if r.Town == town {
				line.Row = r
			}
		}
		line.Reporting = len(scores)
		line.Median, line.HasMedian = Middle(scores)
		p.Lines = append(p.Lines, line)
	}
	return p, true
}

func (d *Data) peers(town *tenant.Town) []*tenant.Town {
	var all []*tenant.Town
	for i := range d.towns {
		t := &d.towns[i]
		if t != town && t.Country == town.Country && SizeOf(t.Population) == SizeOf(town.Population) {
			all = append(all, t)
		}
	}
	far := func(t *tenant.Town) int { return max(t.Population-town.Population, town.Population-t.Population) }
	slices.SortStableFunc(all, func(a, b *tenant.Town) int {
		if far(a) != far(b) {
			return far(a) - far(b)
		}
		return strings.Compare(a.Slug, b.Slug)
	})
	return all[:min(len(all), mostPeers)]
}
