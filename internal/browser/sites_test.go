package browser

import "testing"

// TestSites reads the portal and the four towns' sites, all from one service.
func TestSites(t *testing.T) {
	s := open(t)
	for name, group := range map[string]func(*testing.T){
		"every page":                  s.everyPage,
		"axe":                         s.axe,
		"keyboard":                    s.keyboard,
		"skip to the content":         s.skipToTheContent,
		"print a charter":             s.printACharter,
		"read a charter":              s.readACharter,
		"contents follow the reader":  s.contentsFollowTheReader,
		"switch language":             s.switchLanguage,
		"no such page":                s.noSuchPage,
		"compute a date":              s.computeADate,
		"compute the town's own date": s.computeTheTownsOwnDate,
		"mistakes in the calculator":  s.mistakesInTheCalculator,
		"search a charter":            s.searchACharter,
		"search finds nothing":        s.searchFindsNothing,
		"find a town":                 s.findATown,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			group(t)
		})
	}
}
