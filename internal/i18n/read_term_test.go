package i18n_test

import (
	"errors"
	"testing"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

func TestTermsAreReadAsTheyAreTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"3 darbo dienos":                  "3 working days",
		"20 darbo dienų":                  "20 working days",
		" Per  21 darbo dieną ":           "21 working days",
		"greičiau nei per 3 darbo dienas": "less than 3 working days",
		"mažiau nei 3 darbo dienos":       "less than 3 working days",
		"tą pačią darbo dieną":            "same working day",
		"14 dienų":                        "14 days",
		"14 kalendorinių dienų":           "14 days",
		"1 mėnuo":                         "1 month",
		"1\u00a0mėnesį":                   "1 month",
		"3 работни дни":                   "3 working days",
		"в срок до 14 дни":                "14 days",
		"по-малко от 3 работни дни":       "less than 3 working days",
		"в същия работен ден":             "same working day",
		"2 месеца":                        "2 months",
		"3 working days":                  "3 working days",
		"within 1 month":                  "1 month",
		"less than 3 working days":        "less than 3 working days",
	} {
		if got, err := i18n.ReadTerm(typed); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", typed, got, err, want)
		}
	}
}

func TestTermsThatCannotBeRead(t *testing.T) {
	for typed, code := range map[string]deadline.Code{
		"": deadline.TermForm, "greitai": deadline.TermForm, "trys darbo dienos": deadline.TermForm, "3": deadline.TermForm,
		"2 savaitės": deadline.TermUnit, "24 часа": deadline.TermUnit, "1 година": deadline.TermUnit, "mažiau nei 14 dienų": deadline.TermUnit,
		"0 darbo dienų": deadline.TermZero, "25 месеца": deadline.TermLong, "400 dienų": deadline.TermLong,
	} {
		got, err := i18n.ReadTerm(typed)
		var refused *deadline.Error
		if !errors.As(err, &refused) || refused.Code != code || !got.IsZero() {
			t.Errorf("%q: %v, %v; want %s", typed, got, err, code)
		} else if refused.Value != typed {
			t.Errorf("%q is shown back as %q", typed, refused.Value)
		}
	}
}

// TestTypedTermsComeBack: what a form shows, it reads again, in every language.
func TestTypedTermsComeBack(t *testing.T) {
	c := catalog(t)
	var all []string
	for _, unit := range []string{"working days", "days", "months"} {
		for _, n := range []string{"1", "2", "3", "5", "9", "10", "11", "14", "20", "21", "22"} {
			all = append(all, n+" "+unit)
		}
	}
	all = append(all, "same working day", "less than 1 working day", "less than 3 working days", "less than 10 working days", "101 days", "366 working days")
	for _, s := range all {
		want := term(t, s)
		for _, lang := range c.Languages() {
			shown := c.TermTyped(lang, want)
			if got, err := i18n.ReadTerm(shown); err != nil || got != want {
				t.Errorf("%s in %s: %q is read as %v, %v", s, lang, shown, got, err)
			}
		}
	}
}
