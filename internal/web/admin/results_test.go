package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
)

const byHand = "/lt/admin/results/public-services"

// TestAResultIsEnteredAndSeen enters a result with its evidence; the town's pages
// show it within seconds, also where they were kept before.
func TestAResultIsEnteredAndSeen(t *testing.T) {
	o := openOffice(t, demoMail)
	boss := o.as("rasa@example.org", access.Administrator)
	seen := "/lt/commitments/public-services"
	o.page(seen).wants(t, http.StatusOK, "Savivaldybė dar neįrašė nė vieno rezultato.")
	o.page("/lt/results").wants(t, http.StatusOK, "Rezultatai", "Per laikotarpį kreipimųsi negauta.")

	boss.page("/lt/admin/results").wants(t, http.StatusOK, "Ranka įrašomi rezultatai", "dar neįrašytas")
	form := boss.fill(byHand, byHand, "period", "2025-01-01", "value", "92,5", "evidence", "Metų ataskaita Nr. 7", "link", "https://example.org/a.pdf")
	g := boss.post(byHand, form)
	if g.StatusCode != http.StatusSeeOther {
		t.Fatalf("entering: %d\n%s", g.StatusCode, g.text())
	}
	boss.page(byHand+"?saved=1").wants(t, http.StatusOK, "Rezultatas paskelbtas.", "2025 m.", "92,5", "Metų ataskaita Nr. 7", "Rasa Jankutė")
	if n := o.entries("result.enter", "commitment/public-services"); n != 1 {
		t.Errorf("%d entries in the audit chain", n)
	}
	o.soon(seen, "92,5", "Metų ataskaita Nr. 7")
	o.soon("/lt/results", "92,5 %")
	// The same period a second time: both results are shown, and it stays as it was.
	again := boss.fill(byHand, byHand, "period", "2025-01-01", "value", "40", "evidence", "Kita ataskaita", "link", "-")
	boss.post(byHand, again).wants(t, http.StatusConflict, "Šio laikotarpio rezultatas jau įrašytas.", "Metų ataskaita Nr. 7", "Kita ataskaita")
}

// soon waits until a page says these words; the page cache looks once a second.
func (o *office) soon(path string, words ...string) {
	o.t.Helper()
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		sure(o.t, o.server.Refresh(o.t.Context()))
		text, all := o.page(path).text(), true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			return
		}
		if time.Now().After(until) {
			o.t.Fatalf("%s does not say %q:\n%s", path, words, text)
		}
	}
}

// TestACorrectionStaysToBeSeen corrects a result with a reason; whoever corrects
// an older one is shown both.
func TestACorrectionStaysToBeSeen(t *testing.T) {
	o := openOffice(t, demoMail)
	boss := o.as("rasa@example.org", access.Administrator)
	boss.post(byHand, boss.fill(byHand, byHand, "period", "2025-01-01", "value", "92,5", "evidence", "Ataskaita", "link", "-"))
	correct := byHand + "/2025-01-01"
	late := boss.fill(correct, "", "value", "77", "reason", "Pavėlavau.")
	boss.post(correct, boss.fill(correct, "", "value", "90", "reason", "-")).
		wants(t, http.StatusUnprocessableEntity, "kodėl rezultatas taisomas")
	g := boss.post(correct, boss.fill(correct, "", "value", "90", "evidence", "Patikslinta ataskaita", "reason", "Viena įstaiga įskaityta dukart."))
	if g.StatusCode != http.StatusSeeOther {
		t.Fatalf("correcting: %d\n%s", g.StatusCode, g.text())
	}
	if n := o.entries("result.correct", "commitment/public-services"); n != 1 {
		t.Errorf("%d entries in the audit chain", n)
	}
	boss.post(correct, late).wants(t, http.StatusConflict, "Patikslinta ataskaita", "77", "Kol taisėte, rezultatą pakeitė kažkas kitas.")
	o.soon("/lt/commitments/public-services", "Pataisyta", "Viena įstaiga įskaityta dukart.", "92,5", "Patikslinta ataskaita")
}

// TestResultsAreForAdministrators: who may read settings reads, who may not is
// shut out, and only who may edit finds a form.
func TestResultsAreForAdministrators(t *testing.T) {
	o := openOffice(t, demoMail)
	boss := o.as("rasa@example.org", access.Administrator)
	boss.post(byHand, boss.fill(byHand, byHand, "period", "2025-01-01", "value", "92,5", "evidence", "Ataskaita", "link", "-"))
	form := boss.fill(byHand, byHand, "value", "1", "evidence", "Ne")
	auditor, viewer := o.as("jonas@example.org", access.Auditor), o.as("ona@example.org", access.Viewer)
	if n := auditor.page(byHand).Find("main form").Length(); n != 0 {
		t.Errorf("an auditor is shown %d forms", n)
	}
	for _, who := range []*office{auditor, viewer} {
		if g := who.post(byHand, form); g.StatusCode != http.StatusForbidden {
			t.Errorf("entering: %d", g.StatusCode)
		}
		if g := who.get(byHand + "/2025-01-01"); g.StatusCode != http.StatusForbidden {
			t.Errorf("correcting: %d", g.StatusCode)
		}
	}
	if g := viewer.get("/lt/admin/results"); g.StatusCode != http.StatusForbidden {
		t.Errorf("a viewer reads what was entered: %d", g.StatusCode)
	}
	for _, path := range []string{"/lt/admin/results/answer-questions", "/lt/admin/results/no-such", byHand + "/2024-01-01", byHand + "/x"} {
		if g := boss.get(path); g.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, g.StatusCode)
		}
	}
	boss.post(byHand, boss.fill(byHand, byHand, "value", "daug", "evidence", "-")).
		wants(t, http.StatusUnprocessableEntity, "Įrašykite skaičių, pavyzdžiui, 92,5.", "Parašykite, kuo rezultatas pagrįstas")
}
