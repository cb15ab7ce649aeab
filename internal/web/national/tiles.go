package national

import (
	"strings"

	"charterhouse/internal/comparison"
	"charterhouse/internal/web"
)

// tile is one region on the map of equal squares.
type tile struct {
	Name      properName
	Place     string // classes of its column and row
	Shade     string // q0 to q4
	Median    float64
	Has       bool
	Reporting int
	Towns     int
	Link      string
}

// grid says where a region lies, by its name in the country's own language: not
// to scale, so that a county of few people is seen as well as one of many.
func grid() map[string]string {
	return map[string]string{
		"Telšių apskritis": "b r1", "Šiaulių apskritis": "c r1", "Panevėžio apskritis": "d r1", "Utenos apskritis": "e r1",
		"Klaipėdos apskritis": "a r2", "Tauragės apskritis": "b r2", "Kauno apskritis": "c r2", "Vilniaus apskritis": "d r2",
		"Marijampolės apskritis": "c r3", "Alytaus apskritis": "d r3",

		"Видин": "a r1", "Монтана": "b r1", "Русе": "e r1", "Силистра": "f r1", "Добрич": "g r1",
		"Враца": "b r2", "Плевен": "c r2", "Велико Търново": "d r2", "Разград": "e r2", "Шумен": "f r2", "Варна": "g r2",
		"Перник": "a r3", "София (столица)": "b r3", "Ловеч": "c r3", "Габрово": "d r3", "Търговище": "e r3", "Сливен": "f r3", "Бургас": "g r3",
		"Кюстендил": "a r4", "Софийска": "b r4", "Пазарджик": "c r4", "Пловдив": "d r4", "Стара Загора": "e r4", "Ямбол": "f r4",
		"Благоевград": "b r5", "Смолян": "c r5", "Кърджали": "d r5", "Хасково": "e r5",
	}
}

// tilesOf draws the shares of a country by region; of other measures there is no
// map, because its steps are those of a share. A tile shows the municipality in
// the middle and not the sum, from which one with few cases could be found.
func tilesOf(r *web.Request, data *comparison.Data, c choice) []tile {
	if c.Indicator.Measure != comparison.Share {
		return nil
	}
	places := grid()
	var all []tile
	for _, region := range data.Regions(r.Lang) {
		own, _ := region.Name.In(c.Country)
		place, known := places[own]
		if region.Country != c.Country || !known {
			continue
		}
		text, lang := region.Name.In(r.Lang, c.Country)
		t := tile{Name: properName{strings.TrimSuffix(strings.TrimSuffix(text, " apskritis"), " County"), lang}, Place: place, Towns: region.Towns, Shade: "q0"}
		t.Link = c.query("region", own, "indicator", string(c.Indicator.Key))
		var scores []float64
		for _, class := range data.Table(c.Indicator, comparison.Filter{Country: c.Country, Region: own}, comparison.ByName, r.Lang).Classes {
			for _, row := range class.Rows {
				if row.Has {
					scores = append(scores, row.Score.Value)
				}
			}
		}
		t.Reporting = len(scores)
		if t.Median, t.Has = comparison.Middle(scores); t.Has {
			t.Shade = shade(t.Median, c.Indicator.Direction)
		}
		all = append(all, t)
	}
	return all
}

// steps are where the shades of the map change, in per cent.
func steps() [3]float64 { return [3]float64{85, 90, 95} }

// shade deepens with the share, also where less is better: the legend has figures
// and no verdict.
func shade(v float64, d comparison.Direction) string {
	if d == comparison.Down {
		v = 100 - v
	}
	for n, from := range steps() {
		if v < from {
			return [3]string{"q1", "q2", "q3"}[n]
		}
	}
	return "q4"
}
