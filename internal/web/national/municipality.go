package national

import (
	"charterhouse/internal/comparison"
	"charterhouse/internal/fault"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

type municipalityPage struct {
	web.Frame
	Choice   choice
	Periods  []periodChoice
	Profile  comparison.Profile
	Of       tenant.Town
	Called   properName
	Lines    []profileLine
	Peers    []peer
	Address  string
	Download download
}

type profileLine struct {
	comparison.Line
	Drawn *whisker
	Axis  axis
	Why   string
	Link  string
}

type peer struct {
	Name        properName
	Link        string
	Inhabitants int
}

// municipality shows one town by every indicator, beside those of its size.
func (p *Portal) municipality(r *web.Request) (web.Reply, error) {
	c, err := chosen(r, "")
	if err != nil {
		return web.Reply{}, err
	}
	data, err := comparison.ReadPeers(r.Ctx, r.Tx, r.Towns.Towns(), c.Period, r.Param("slug"))
	if err != nil {
		return web.Reply{}, err
	}
	profile, known := data.Profile(r.Param("slug"))
	if !known {
		return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	c.Country, c.Size, c.Region, c.Mark = profile.Town.Country, profile.Size, "", profile.Town.Slug
	page := &municipalityPage{Choice: c, Profile: profile, Of: *profile.Town, Called: nameOf(r, *profile.Town, profile.Town.Name)}
	page.Title, page.Menu = page.Called.Text, "/compare"
	page.Crumbs = []web.Crumb{{Label: r.Say(KeyCompareMenu, nil), Path: "/compare"}, {Label: page.Called.Text, Lang: page.Called.Lang}}
	page.Description, page.NoIndex = r.Say(KeyMunicipalityDescription, map[string]any{"Town": page.Called.Text}), len(r.Query) > 0
	page.Side, page.Address = withTables, c.query()
	page.Sample = profile.Town.Sample
	for _, choice := range periods(r.Today) {
		page.Periods = append(page.Periods, periodChoice{periodKey(choice), choice})
	}
	for _, l := range profile.Lines {
		page.Lines = append(page.Lines, profileLineOf(r, c, l))
	}
	for _, t := range profile.Peers {
		page.Peers = append(page.Peers, peer{shortName(r, *t), r.URL("/municipalities/" + t.Slug), t.Population})
	}
	page.Download = downloads(r, "/municipalities/"+profile.Town.Slug+"/download", "?period="+periodKey(c.Period))
	return web.HTML("municipality", page), nil
}

func profileLineOf(r *web.Request, c choice, l comparison.Line) profileLine {
	line := profileLine{Line: l, Link: r.URL("/compare/"+string(l.Indicator.Key)) + c.query()}
	if !l.Has {
		line.Why = r.Say(l.Row.Why, nil)
		return line
	}
	scores := []comparison.Score{l.Score}
	if l.HasMedian {
		scores = append(scores, comparison.Score{Low: l.Median, High: l.Median})
	}
	line.Axis = axisOf(l.Indicator.Measure, scores)
	line.Drawn = line.Axis.whisker(l.Indicator.Measure, l.Score, true, l.Median, l.HasMedian)
	return line
}
