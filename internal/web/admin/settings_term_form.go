package admin

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// How a part of a rule is decided.
const (
	inherited = "inherited"
	ownValue  = "own"
	byLaw     = "law"
	noneAtAll = "none"
)

// termLists are the fields of the form that may come more than once.
func termLists() []string { return []string{"own_channels", "extension_names"} }

// termTexts are those with a field for each language.
func termTexts() []string {
	return []string{"note", "own_note", "law_basis", "extension_basis"}
}

// fillTerm puts the town's own rule into an empty form. What the town inherits is
// put in too, so that whoever decides otherwise begins with it.
func fillTerm(r *web.Request, form web.Form, own, country casework.Kind) {
	fillText(form, "note", own.Note, r.Langs)
	form.Fill("own", inherited).Fill("law", inherited).Fill("extension", inherited)
	if p := own.Own; p != nil {
		form.Values.Set("own", ownValue)
		if p.Term == casework.ByLaw {
			form.Values.Set("own", byLaw)
		} else {
			form.Fill("own_term", typedTerm(r, p.Term))
		}
		form.Fill("own_usual", typedTerm(r, p.Usual))
		form.Values["own_channels"] = slices.Clone(p.Channels)
		fillText(form, "own_note", p.Note, r.Langs)
	}
	law := country.Law
	if own.Law != nil {
		law = own.Law
		form.Values.Set("law", ownValue)
	}
	if law != nil {
		form.Fill("law_term", typedTerm(r, law.Term)).Fill("law_source", law.Source)
		fillText(form, "law_basis", law.Basis, r.Langs)
		if own.Law != nil {
			form.Fill("law_checked", law.Checked).Fill("law_verified", yes(law.Verified))
		}
	}
	fillExtension(r, form, own.Extension, country.Extension)
}

func fillExtension(r *web.Request, form web.Form, own, country *casework.Extension) {
	x := country
	switch {
	case own != nil && own.None:
		form.Values.Set("extension", noneAtAll)
	case own != nil:
		x = own
		form.Values.Set("extension", ownValue)
	}
	if x == nil {
		return
	}
	form.Fill("extension_by", typedTerm(r, x.By)).Fill("extension_notice", typedTerm(r, x.Notice)).Fill("extension_source", x.Source)
	fillText(form, "extension_basis", x.Basis, r.Langs)
	for name, set := range map[string]bool{"reasons": x.Reasons, "steps": x.Steps, "final_date": x.FinalDate} {
		if set {
			form.Values.Add("extension_names", name)
		}
	}
	if own != nil {
		form.Fill("extension_verified", yes(x.Verified))
	}
}

// yes is what a ticked box sends.
func yes(set bool) string {
	if set {
		return "yes"
	}
	return ""
}

// typedTerm writes a stored term as the form takes it in the reader's language.
func typedTerm(r *web.Request, stored string) string {
	term, err := deadline.ParseTerm(stored)
	if err != nil {
		return ""
	}
	return r.TermTyped(term)
}

// termReader reads a form of terms and collects what cannot be read.
type termReader struct {
	r      *web.Request
	fields []fault.Field
}

func (t *termReader) get(name string) string { return strings.TrimSpace(t.r.Form.Get(name)) }

func (t *termReader) refuse(name string, key i18n.Key) {
	t.fields = append(t.fields, fault.Field{Name: name, Key: string(key), Args: map[string]any{"Value": t.get(name)}})
}

// choice reads a list of which one has to be chosen. What is not offered is refused:
// taken for nothing it would end a promise that nobody wanted to end.
func (t *termReader) choice(name string, offered ...string) string {
	v := t.get(name)
	if !slices.Contains(offered, v) {
		t.refuse(name, KeyNeedChoice)
	}
	return v
}

// term reads a term as people write it, in any language, and gives it as it is
// stored.
func (t *termReader) term(name string, required bool) string {
	typed := t.get(name)
	if typed == "" && !required {
		return ""
	}
	term, err := i18n.ReadTerm(typed)
	if err == nil {
		return term.String()
	}
	key := KeyTermForm
	var refused *deadline.Error
	if errors.As(err, &refused) {
		switch refused.Code {
		case deadline.TermUnit:
			key = KeyTermUnit
		case deadline.TermZero:
			key = KeyTermZero
		case deadline.TermLong:
			key = KeyTermLong
		}
	}
	if typed == "" {
		key = KeyTermNeeded
	}
	t.refuse(name, key)
	return ""
}

// date reads an optional date and gives it as it is stored.
func (t *termReader) date(name string) string {
	if t.get(name) == "" {
		return ""
	}
	d, err := i18n.ReadDate(t.get(name))
	if err != nil {
		t.refuse(name, KeyDateForm)
		return ""
	}
	return d.String()
}

// kind reads the whole form. stands is the town's own rule, of which the form
// does not show everything.
func (t *termReader) kind(stands casework.Kind) casework.Kind {
	k := casework.Kind{NoTerm: stands.NoTerm, Note: readText(t.r, "note")}
	switch choice := t.choice("own", inherited, ownValue, byLaw); choice {
	case ownValue, byLaw:
		k.Own = &casework.Promise{Term: casework.ByLaw, Channels: t.r.Form["own_channels"], Note: readText(t.r, "own_note")}
		if choice == ownValue {
			k.Own.Term = t.term("own_term", true)
		}
		k.Own.Usual = t.term("own_usual", false)
	}
	if t.choice("law", inherited, ownValue) == ownValue {
		k.Law = &casework.LegalTerm{
			Term: t.term("law_term", true), Basis: readText(t.r, "law_basis"), Source: t.get("law_source"),
			Checked: t.date("law_checked"), Verified: t.get("law_verified") != "",
		}
	}
	switch t.choice("extension", inherited, noneAtAll, ownValue) {
	case noneAtAll:
		k.Extension = &casework.Extension{None: true}
	case ownValue:
		names := t.r.Form["extension_names"]
		k.Extension = &casework.Extension{
			By: t.term("extension_by", false), Notice: t.term("extension_notice", false),
			Reasons: slices.Contains(names, "reasons"), Steps: slices.Contains(names, "steps"), FinalDate: slices.Contains(names, "final_date"),
			Basis: readText(t.r, "extension_basis"), Source: t.get("extension_source"), Verified: t.get("extension_verified") != "",
		}
	}
	return k
}

// err is the refusal of the whole form, nil when everything could be read.
func (t *termReader) err() error {
	if len(t.fields) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, casework.KeyRuleFaults)
	f.Fields = t.fields
	return f
}

// onlyKind is the rules with one kind; without it where nothing of it is the
// town's own.
func onlyKind(kind string, k casework.Kind) casework.Rules {
	if reflect.DeepEqual(k, casework.Kind{}) {
		return casework.Rules{}
	}
	return casework.Rules{Kinds: map[string]casework.Kind{kind: k}}
}
