package browser

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeFile is what `npm ci` brings; package-lock.json pins its version.
const axeFile = "../../node_modules/axe-core/axe.min.js"

// runAxe asks for every rule of WCAG 2.2 A and AA and the good practices; no rule
// is turned off.
const runAxe = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
}).then(found => ({
	rules: found.passes.length + found.violations.length,
	faults: found.violations.flatMap(v => v.nodes.map(n => ({Check: v.id, Text: n.target.join(" ") + ": " + n.failureSummary}))),
}))`

// axe gives the violations that axe-core finds on the page in the tab. It stands
// in the page by Runtime.evaluate, which the page's security policy lets through.
func (b *tab) axe() []fault {
	b.t.Helper()
	source, err := os.ReadFile(axeFile)
	if err != nil {
		b.t.Fatalf("%v: run make assets", err)
	}
	do(b, chromedp.Evaluate[*runtime.RemoteObject](string(source)+"; 0"))
	out := eval[struct {
		Rules  int     `json:"rules"`
		Faults []fault `json:"faults"`
	}](b, runAxe)
	if out.Rules < 20 {
		b.t.Errorf("axe used %d rules only", out.Rules)
	}
	return out.Faults
}

// templatePages are one page for each template of a site and each state that it
// draws differently.
func templatePages(slug string) []string {
	switch slug {
	case "":
		return []string{"/", "/?q=klaipeda", "/?q=nothing", "/?country=bg", "/accessibility", "/privacy", "/nothing-here"}
	case "klaipeda":
		return append(townPages(), "/charter/versions/1", "/charter/versions/2/diff",
			"/commitments/respectful-communication", "/commitments/answer-questions", "/commitments/public-services", "/commitments/train-staff")
	case "peshtera":
		return append(townPages(), "/charter/versions/1", "/charter/versions/2/diff", "/commitments/respect", "/commitments/in-time", "/commitments/advice")
	case "varena":
		return append(townPages(), "/commitments/create-services-together", "/commitments/forward-in-time", "/commitments/sport-timetable")
	}
	return append(townPages(), "/commitments/attitude-1", "/commitments/information-4", "/commitments/clients-1")
}

func townPages() []string {
	return []string{
		"/", "/charter", "/charter?notes=no", "/charter/versions", "/commitments", "/commitments?state=kept",
		"/due", "/due?received=2026-12-11&kind=complaint", "/due?received=2026-12-11&number=20&unit=working_days",
		"/due?received=31.02.2026&number=0&unit=working_days", "/search", "/search?q=a", "/search?q=zzzzzz",
		"/accessibility", "/privacy", "/nothing-here",
	}
}

// axe holds every template of every site to axe, in light and dark, in the
// site's own language.
func (s *service) axe(t *testing.T) {
	for _, slug := range sites() {
		t.Run(siteName(slug), func(t *testing.T) {
			t.Parallel()
			b := s.newTab(t)
			n := 0
			for _, path := range templatePages(slug) {
				b.theme("light")
				b.visit(s.address(slug, "/"+languages(slug)[0]+path))
				for _, theme := range []string{"light", "dark"} {
					b.theme(theme)
					for _, f := range b.axe() {
						t.Errorf("%s in %s: %s: %s", path, theme, f.Check, strings.Join(strings.Fields(f.Text), " "))
					}
				}
				n++
			}
			counted(t, "axe", n, 2, languages(slug)[0])
		})
	}
}
