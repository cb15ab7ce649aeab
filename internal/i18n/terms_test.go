package i18n_test

import (
	"strings"
	"testing"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

func TestTermWithin(t *testing.T) {
	c := catalog(t)
	for _, x := range []struct{ term, lt, bg, en string }{
		{"1 working day", "per 1 darbo dieną", "в срок до 1 работен ден", "within 1 working day"},
		{"3 working days", "per 3 darbo dienas", "в срок до 3 работни дни", "within 3 working days"},
		{"10 working days", "per 10 darbo dienų", "в срок до 10 работни дни", "within 10 working days"},
		{"21 working days", "per 21 darbo dieną", "в срок до 21 работни дни", "within 21 working days"},
		{"less than 3 working days", "greičiau nei per 3 darbo dienas", "за по-малко от 3 работни дни", "in less than 3 working days"},
		{"same working day", "tą pačią darbo dieną", "в същия работен ден", "on the same working day"},
		{"14 days", "per 14 kalendorinių dienų", "в срок до 14 календарни дни", "within 14 calendar days"},
		{"1 day", "per 1 kalendorinę dieną", "в срок до 1 календарен ден", "within 1 calendar day"},
		{"1 month", "per 1 mėnesį", "в срок до 1 месец", "within 1 month"},
		{"2 months", "per 2 mėnesius", "в срок до 2 месеца", "within 2 months"},
		{"10 months", "per 10 mėnesių", "в срок до 10 месеца", "within 10 months"},
	} {
		for lang, want := range map[string]string{"lt": x.lt, "bg": x.bg, "en": x.en} {
			if got := c.TermWithin(lang, term(t, x.term)); got != want {
				t.Errorf("%s of %s: %s, want %s", lang, x.term, got, want)
			}
		}
	}
	if got := c.TermWithin("lt", deadline.Term{}); got != "" {
		t.Errorf("no term: %q", got)
	}
}

// TestPluralForms says every number that has been got wrong somewhere, for each
// unit and each case that Lithuanian asks for.
func TestPluralForms(t *testing.T) {
	c := catalog(t)
	counts := []any{0, 1, 2, 5, 9, 10, 11, 12, 19, 20, 21, 22, 101, 111, 112, 212, 1.5}
	for _, x := range []struct {
		lang string
		key  i18n.Key
		want string
	}{
		{"lt", i18n.KeyWorkingDays, "0 darbo dienų|1 darbo diena|2 darbo dienos|5 darbo dienos|9 darbo dienos|10 darbo dienų|11 darbo dienų|12 darbo dienų|19 darbo dienų|20 darbo dienų|21 darbo diena|22 darbo dienos|101 darbo diena|111 darbo dienų|112 darbo dienų|212 darbo dienų|1,5 darbo dienos"},
		{"lt", i18n.KeyWorkingDaysLeft, "liko 0 darbo dienų|liko 1 darbo diena|liko 2 darbo dienos|liko 5 darbo dienos|liko 9 darbo dienos|liko 10 darbo dienų|liko 11 darbo dienų|liko 12 darbo dienų|liko 19 darbo dienų|liko 20 darbo dienų|liko 21 darbo diena|liko 22 darbo dienos|liko 101 darbo diena|liko 111 darbo dienų|liko 112 darbo dienų|liko 212 darbo dienų|liko 1,5 darbo dienos"},
		{"lt", i18n.KeyWorkingDaysOverdue, "vėluoja 0 darbo dienų|vėluoja 1 darbo dieną|vėluoja 2 darbo dienas|vėluoja 5 darbo dienas|vėluoja 9 darbo dienas|vėluoja 10 darbo dienų|vėluoja 11 darbo dienų|vėluoja 12 darbo dienų|vėluoja 19 darbo dienų|vėluoja 20 darbo dienų|vėluoja 21 darbo dieną|vėluoja 22 darbo dienas|vėluoja 101 darbo dieną|vėluoja 111 darbo dienų|vėluoja 112 darbo dienų|vėluoja 212 darbo dienų|vėluoja 1,5 darbo dienos"},
		{"lt", i18n.KeyWorkingDaysEarly, "0 darbo dienų anksčiau|1 darbo diena anksčiau|2 darbo dienomis anksčiau|5 darbo dienomis anksčiau|9 darbo dienomis anksčiau|10 darbo dienų anksčiau|11 darbo dienų anksčiau|12 darbo dienų anksčiau|19 darbo dienų anksčiau|20 darbo dienų anksčiau|21 darbo diena anksčiau|22 darbo dienomis anksčiau|101 darbo diena anksčiau|111 darbo dienų anksčiau|112 darbo dienų anksčiau|212 darbo dienų anksčiau|1,5 darbo dienos anksčiau"},
		{"lt", i18n.KeyMonths, "0 mėnesių|1 mėnuo|2 mėnesiai|5 mėnesiai|9 mėnesiai|10 mėnesių|11 mėnesių|12 mėnesių|19 mėnesių|20 mėnesių|21 mėnuo|22 mėnesiai|101 mėnuo|111 mėnesių|112 mėnesių|212 mėnesių|1,5 mėnesio"},
		{"lt", i18n.KeyDays, "0 kalendorinių dienų|1 kalendorinė diena|2 kalendorinės dienos|5 kalendorinės dienos|9 kalendorinės dienos|10 kalendorinių dienų|11 kalendorinių dienų|12 kalendorinių dienų|19 kalendorinių dienų|20 kalendorinių dienų|21 kalendorinė diena|22 kalendorinės dienos|101 kalendorinė diena|111 kalendorinių dienų|112 kalendorinių dienų|212 kalendorinių dienų|1,5 kalendorinės dienos"},
		{"bg", i18n.KeyWorkingDays, "0 работни дни|1 работен ден|2 работни дни|5 работни дни|9 работни дни|10 работни дни|11 работни дни|12 работни дни|19 работни дни|20 работни дни|21 работни дни|22 работни дни|101 работни дни|111 работни дни|112 работни дни|212 работни дни|1,5 работни дни"},
		{"bg", i18n.KeyWorkingDaysLeft, "остават 0 работни дни|остава 1 работен ден|остават 2 работни дни|остават 5 работни дни|остават 9 работни дни|остават 10 работни дни|остават 11 работни дни|остават 12 работни дни|остават 19 работни дни|остават 20 работни дни|остават 21 работни дни|остават 22 работни дни|остават 101 работни дни|остават 111 работни дни|остават 112 работни дни|остават 212 работни дни|остават 1,5 работни дни"},
		{"bg", i18n.KeyMonths, "0 месеца|1 месец|2 месеца|5 месеца|9 месеца|10 месеца|11 месеца|12 месеца|19 месеца|20 месеца|21 месеца|22 месеца|101 месеца|111 месеца|112 месеца|212 месеца|1,5 месеца"},
		{"bg", i18n.KeyWorkingDaysOverdue, "просрочена с 0 работни дни|просрочена с 1 работен ден|просрочена с 2 работни дни|просрочена с 5 работни дни|просрочена с 9 работни дни|просрочена с 10 работни дни|просрочена с 11 работни дни|просрочена с 12 работни дни|просрочена с 19 работни дни|просрочена с 20 работни дни|просрочена с 21 работни дни|просрочена с 22 работни дни|просрочена с 101 работни дни|просрочена с 111 работни дни|просрочена с 112 работни дни|просрочена с 212 работни дни|просрочена с 1,5 работни дни"},
		{"en", i18n.KeyWorkingDays, "0 working days|1 working day|2 working days|5 working days|9 working days|10 working days|11 working days|12 working days|19 working days|20 working days|21 working days|22 working days|101 working days|111 working days|112 working days|212 working days|1.5 working days"},
	} {
		var got []string
		for _, n := range counts {
			got = append(got, c.Say(x.lang, x.key, i18n.Args{"Count": n}))
		}
		if s := strings.Join(got, "|"); s != x.want {
			t.Errorf("%s %s:\n%s\nwant\n%s", x.lang, x.key, s, x.want)
		}
	}
}

// TestFractionsInTerms: the words of a term are also right for a number that no
// term has yet.
func TestFractionsInTerms(t *testing.T) {
	c := catalog(t)
	for _, x := range []struct {
		lang string
		key  i18n.Key
		n    any
		want string
	}{
		{"lt", "term.within.working_days", 1.5, "per 1,5 darbo dienos"},
		{"lt", "term.within.months", 1.5, "per 1,5 mėnesio"},
		{"lt", "term.within.working_days", 112, "per 112 darbo dienų"},
		{"bg", "term.within.working_days", 1.5, "в срок до 1,5 работни дни"},
		{"en", "term.within.months", 1.5, "within 1.5 months"},
	} {
		if got := c.Say(x.lang, x.key, i18n.Args{"Count": x.n}); got != x.want {
			t.Errorf("%s, want %s", got, x.want)
		}
	}
}
