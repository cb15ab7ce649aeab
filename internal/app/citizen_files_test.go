package app

import (
	"regexp"
	"slices"
	"testing"
)

// TestFilesKeepTheOrderInWhichTheyWereChosen: while they wait in a refused form, on
// the receipt, on the page of the case, and for what is added later.
func TestFilesKeepTheOrderInWhichTheyWereChosen(t *testing.T) {
	s := openStreet(t)
	chosen := []string{"9.pdf", "4.pdf", "8.pdf", "0.pdf", "7.pdf", "1.pdf", "3.pdf"}
	var files []attached
	for _, name := range chosen {
		files = append(files, attached{name, pdf("list " + name)})
	}
	names := regexp.MustCompile(`\d\.pdf`)
	order := func(what string, got shown, selector string, want []string) {
		t.Helper()
		if list := names.FindAllString(words(got.doc.Find(selector)), -1); !slices.Equal(slices.Compact(list), want) {
			t.Errorf("%s: %v, want %v", what, list, want)
		}
	}
	form := s.filled("klaipeda", "complaint")
	body := form.Get("body")
	form.Set("body", "")
	order("refused", s.upload("klaipeda", "/lt/submit/complaint", form, files[:4]...), ".waiting li .waiting__name", chosen[:4])
	form.Set("body", body)
	got := s.upload("klaipeda", "/lt/submit/complaint", form, files[4:]...)
	order("receipt", got, ".waiting__name", chosen)
	w := slipOf("klaipeda", got)
	page := s.opened(w)
	order("case", page, "main", chosen)
	added := []attached{{"6.pdf", pdf("6")}, {"5.pdf", pdf("5")}, {"2.pdf", pdf("2")}}
	// What came last stands first.
	order("added", s.upload("klaipeda", "/lt/track/add", w.on(page, "text", "Dar trys."), added...), "main", append([]string{"6.pdf", "5.pdf", "2.pdf"}, chosen...))
}
