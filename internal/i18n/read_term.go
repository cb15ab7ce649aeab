package i18n

import (
	"errors"
	"strings"

	"charterhouse/internal/deadline"
)

// ReadTerm reads a term as people here type it, in any of the languages: „3 darbo
// dienos“, „greičiau nei per 3 darbo dienas“, „14 дни“, „в същия работен ден“, "1
// month". It refuses like deadline.ParseTerm.
func ReadTerm(s string) (deadline.Term, error) {
	typed := strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "\u00a0", " "))), " ")
	for _, same := range sameDay() {
		if typed == same {
			return deadline.ParseTerm("same working day")
		}
	}
	less := ""
	for _, start := range lessThan() {
		if rest, ok := strings.CutPrefix(typed, start); ok {
			typed, less = rest, "less than "
			break
		}
	}
	if less == "" {
		for _, start := range within() {
			if rest, ok := strings.CutPrefix(typed, start); ok {
				typed = rest
				break
			}
		}
	}
	number, unit, _ := strings.Cut(typed, " ")
	for english, words := range units() {
		for _, word := range words {
			if unit == word {
				unit = english
			}
		}
	}
	term, err := deadline.ParseTerm(strings.TrimSpace(less + number + " " + unit))
	var refused *deadline.Error
	if errors.As(err, &refused) {
		refused.Value = strings.TrimSpace(s)
	}
	return term, err
}

// What stands before the number, the longer first.
func within() []string {
	return []string{"ne vėliau kaip per ", "ne ilgiau kaip per ", "per ", "в срок до ", "до ", "за ", "within "}
}

func lessThan() []string {
	return []string{
		"greičiau nei per ", "greičiau kaip per ", "mažiau nei per ", "mažiau nei ", "trumpiau nei per ", "trumpiau nei ",
		"за по-малко от ", "в срок до по-малко от ", "по-малко от ", "in less than ", "less than ",
	}
}

func sameDay() []string {
	return []string{
		"tą pačią darbo dieną", "ta pati darbo diena", "в същия работен ден", "същия работен ден", "същият работен ден",
		"on the same working day", "same working day",
	}
}

// units are the words for each unit, by how package deadline writes it. Weeks,
// hours and years are there so that it can say what to write instead.
func units() map[string][]string {
	return map[string][]string{
		"working days": {
			"darbo diena", "darbo dienos", "darbo dienų", "darbo dieną", "darbo dienas", "d. d.", "d.d.",
			"работен ден", "работни дни", "работни дена", "раб. ден", "раб. дни",
		},
		"days": {
			"diena", "dienos", "dienų", "dieną", "dienas", "kalendorinė diena", "kalendorinės dienos", "kalendorinių dienų",
			"kalendorinę dieną", "kalendorines dienas", "ден", "дни", "дена", "календарен ден", "календарни дни", "календарни дена",
		},
		"months": {"mėnuo", "mėnesiai", "mėnesių", "mėnesį", "mėnesius", "mėnesio", "mėn.", "месец", "месеца", "месеци", "мес."},
		"weeks":  {"savaitė", "savaitės", "savaičių", "savaitę", "savaites", "sav.", "седмица", "седмици"},
		"years":  {"metai", "metų", "metus", "година", "години"},
		"hours":  {"valanda", "valandos", "valandų", "valandą", "valandas", "val.", "час", "часа", "часове"},
	}
}

// TermTyped writes a term as ReadTerm reads it in the language of a form: „3 darbo
// dienos“, „14 календарни дни“. Nothing for the zero Term.
func (c *Catalog) TermTyped(lang string, t deadline.Term) string {
	keys := map[deadline.Unit]Key{deadline.WorkingDays: KeyWorkingDays, deadline.CalendarDays: KeyDays, deadline.Months: KeyMonths}
	key, counted := keys[t.Unit()]
	if !counted || t.LessThan() {
		return c.TermWithin(lang, t)
	}
	return c.Say(lang, key, Args{"Count": t.N()})
}
