package app

import (
	"strings"
	"testing"

	"charterhouse/internal/casework"
)

var fourSlugs = []string{"klaipeda", "varena", "chuprene", "peshtera"}

// TestFilingInEveryTown files every kind in every town, in its own language and in
// English, and opens each by its number and code.
func TestFilingInEveryTown(t *testing.T) {
	s := openStreet(t)
	prefix := map[string]string{"klaipeda": "KL", "varena": "VR", "chuprene": "ЧП", "peshtera": "ПЩ"}
	filed := 0
	for _, slug := range fourSlugs {
		for _, kind := range casework.Kinds() {
			for _, lang := range []string{langOf(slug), "en"} {
				form := s.filled(slug, kind)
				form.Set("lang", lang)
				got := s.post(slug, "/"+lang+"/submit/"+kind, form)
				w := slipOf(slug, got)
				filed++
				if !strings.HasPrefix(w.number, prefix[slug]+"-2026-") || len(w.code) != 21 {
					t.Errorf("%s %s: number %s, code %s", slug, kind, w.number, w.code)
				}
				if got.header.Get("Cache-Control") != "no-store" || got.header.Get("Referrer-Policy") != "no-referrer" {
					t.Errorf("%s %s: the receipt may be kept or told: %v", slug, kind, got.header)
				}
				page := s.opened(w)
				if title := page.doc.Find("title").Text(); strings.Contains(title, w.code) || !strings.Contains(title, w.number) {
					t.Errorf("%s: title %q", w.number, title)
				}
				if got := words(page.doc.Find("p.lead")); got != "Nedega žibintas" {
					t.Errorf("%s: subject %q", w.number, got)
				}
			}
		}
	}
	t.Logf("%d cases filed", filed)
	if log := s.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, `"ERROR"`) {
		t.Errorf("the service complained:\n%s", log)
	}
}

// TestWhoLooksAgainIsPromisedWhereKnown: the form says that the answer will tell
// where to turn in the towns whose rules name somebody, and in no other.
func TestWhoLooksAgainIsPromisedWhereKnown(t *testing.T) {
	s := openStreet(t)
	for slug, known := range map[string]bool{"klaipeda": true, "varena": true, "chuprene": false, "peshtera": false} {
		steps := words(s.get(slug, "/"+langOf(slug)+"/submit/complaint").doc.Find(".send ol.next"))
		if strings.Contains(steps, "nesutinkate") != known || strings.Contains(steps, "не го приемате") || !strings.Contains(steps, "Gausite atsakymą.") && !strings.Contains(steps, "Получавате отговор.") {
			t.Errorf("%s: %s", slug, steps)
		}
	}
}

// TestTheDateStandsBeforeSending: the form names the town's own promise and the
// law's date where it is confirmed, and never a legal date that is not.
func TestTheDateStandsBeforeSending(t *testing.T) {
	s := openStreet(t)
	for _, c := range []struct{ path, slug, want, not string }{
		// Less than 3 working days from Friday 20 November: the end of the second.
		{"/lt/submit/question", "klaipeda", "2026 m. lapkričio 24 d., antradienį", ""},
		// 20 working days by law, over Christmas or not.
		{"/lt/submit/complaint", "klaipeda", "2026 m. gruodžio 18 d., penktadienį", ""},
		// A month ends on a Sunday and moves to Monday.
		{"/bg/submit/complaint", "peshtera", "21 декември 2026 г., понеделник", ""},
		{"/bg/submit/proposal", "chuprene", "20 януари 2027 г., сряда", ""},
		// By law, and the law's month is not confirmed.
		{"/bg/submit/signal", "chuprene", "затова не показваме дата", "декември"},
		{"/bg/submit/praise", "peshtera", "няма срок за отговор", "декември"},
	} {
		got := s.get(c.slug, c.path)
		rail := words(got.doc.Find("aside.rail"))
		if got.status != 200 || !strings.Contains(rail, c.want) || c.not != "" && strings.Contains(rail, c.not) {
			t.Errorf("%s%s: %d\n%s", c.slug, c.path, got.status, rail)
		}
		if got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s%s has a nonce and may be kept: %v", c.slug, c.path, got.header)
		}
		if above := words(got.doc.Find(".send")); c.not == "" && !strings.Contains(above, strings.Split(c.want, ",")[0]) {
			t.Errorf("%s%s: the date does not stand above the button: %s", c.slug, c.path, above)
		}
		// The page to choose on says the same.
		chooser := s.get(c.slug, c.path[:3]+"/submit")
		if row := words(chooser.doc.Find(`.kinds li:has(a[href="` + c.path + `"])`)); c.not == "" && !strings.Contains(row, c.want) {
			t.Errorf("%s%s: the chooser says %s", c.slug, c.path, row)
		}
	}
	if got := s.get("klaipeda", "/lt/submit/grumble"); got.status != 404 {
		t.Errorf("a kind that is none: %d", got.status)
	}
}
