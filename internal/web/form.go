package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
)

// Form is what a page with a form has beside its Frame, in a field named Form:
// what was typed, the nonce, the files that wait, and what is to be mended.
//
//	type ratePage struct {
//		web.Frame
//		Form web.Form
//	}
//
//	func (s *Site) rate(r *web.Request, f *fault.Error) (web.Reply, error) {
//		form, err := r.Shown(f)
//		if err != nil {
//			return web.Reply{}, err
//		}
//		page := &ratePage{Form: form}
//		page.Title = r.Say(KeyRateTitle, nil)
//		return web.HTML("rate", page), nil
//	}
//
// The same function serves the empty form, with no fault, and is the route's
// Refused.
type Form struct {
	Nonce string
	// As is the account that the page was given to, on pages of the staff; "" = anybody.
	As      string
	Values  url.Values
	Files   []files.Staged
	Errors  []FieldError
	Message string // of the refusal as a whole, where no field has it
	// Changed: somebody else has changed it meanwhile; both texts are to be shown.
	Changed bool
	// OtherWay: the form cannot be taken now, and the reader is told of another way.
	OtherWay bool
}

// FieldError is one field to mend, and how.
type FieldError struct{ Name, Text string }

// Shown prepares a form for its page: as it was typed and refused, or empty where
// f is nil. A form without a nonce gets a new one.
func (r *Request) Shown(f *fault.Error) (Form, error) {
	form := Form{Nonce: r.Nonce, Values: url.Values{}}
	if r.Form != nil {
		form.Values = r.Form
	}
	var err error
	if form.Files, err = r.Waiting(); err != nil {
		return form, err
	}
	if r.nonced = true; form.Nonce == "" {
		form.Nonce = newNonce()
	}
	if r.route.kind.ofStaff() {
		form.As = r.account()
	}
	if f == nil {
		return form, nil
	}
	for _, field := range f.Fields {
		args := field.Args
		if args == nil {
			args = f.Args
		}
		form.Errors = append(form.Errors, FieldError{field.Name, r.Say(i18n.Key(field.Key), args)})
	}
	if !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Key == f.Key }) {
		form.Message = r.Say(i18n.Key(f.Key), f.Args)
	}
	form.Changed = f.Kind == fault.Conflict
	form.OtherWay = f.Kind == fault.TooMany || f.Kind == fault.Unavailable
	return form, nil
}

// Fill gives fields a value where nothing was typed yet, such as what is stored.
func (f Form) Fill(name, value string) Form {
	if _, typed := f.Values[name]; !typed {
		f.Values.Set(name, value)
	}
	return f
}

// Value is what was typed into a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Has tells whether this value of a field with several was chosen.
func (f Form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Error says what is wrong with a field, "" when nothing is.
func (f Form) Error(name string) string {
	for _, e := range f.Errors {
		if e.Name == name {
			return e.Text
		}
	}
	return ""
}

// Unkept tells that a password was typed, which is never sent back: the form does not
// say then that everything is kept.
func (f Form) Unkept() bool {
	for name := range f.Values {
		if isPassword(name) {
			return true
		}
	}
	return false
}

func isPassword(name string) bool { return strings.Contains(name, "password") }

// Failed tells whether anything is to be said above the form.
func (f Form) Failed() bool { return len(f.Errors) > 0 || f.Message != "" }

// Field is one field as the partial _field draws it.
type Field struct {
	Name, Label, Hint, Error, Value string
	// Type is that of an input; textarea, select, radio, checkbox and checkboxes
	// are drawn as what they are.
	Type         string
	Autocomplete string
	InputMode    string
	Lang         string // of what is typed, where it is not the page's
	Max          int    // characters
	Rows         int
	Short        bool
	Optional     bool
	Required     bool
	Options      []FieldOption
}

// FieldOption is one choice of a select, of radio buttons or of checkboxes.
type FieldOption struct {
	Value, Label, Hint string
	Chosen             bool
}

// Described lists the ids of what explains the field, for aria-describedby.
func (f Field) Described() string {
	ids := ""
	if f.Hint != "" {
		ids = f.Name + "-h"
	}
	if f.Error != "" {
		if ids != "" {
			ids += " "
		}
		ids += f.Name + "-e"
	}
	return ids
}

// Control tells how the field is drawn.
func (f Field) Control() string {
	switch f.Type {
	case "textarea", "select", "radio", "checkbox", "checkboxes":
		return f.Type
	}
	return "input"
}

// field describes a field to the partial _field, in words already said:
//
//	{{template "_field" field .Form "email" "label" (say "submit.email") "type" "email" "max" 254}}
func field(form Form, name string, about ...any) (Field, error) {
	f := Field{Name: name, Value: form.Value(name), Error: form.Error(name), Type: "text"}
	args, err := pairs(about...)
	if err != nil {
		return f, fmt.Errorf("field %s: %w", name, err)
	}
	for what, value := range args {
		if !f.set(what, value) {
			return f, fmt.Errorf("field %s takes no %s of a %T", name, what, value)
		}
	}
	if f.Type == "password" {
		f.Value = "" // never sent back
	}
	options := slices.Clone(f.Options)
	for i := range options {
		options[i].Chosen = options[i].Chosen || form.Has(name, options[i].Value)
	}
	f.Options = options
	return f, nil
}

// set takes one description; false where there is no such, or not of this type.
func (f *Field) set(what string, value any) bool {
	switch v := value.(type) {
	case string:
		target := map[string]*string{
			"label": &f.Label, "hint": &f.Hint, "type": &f.Type, "autocomplete": &f.Autocomplete, "inputmode": &f.InputMode, "lang": &f.Lang, "value": &f.Value,
		}[what]
		if target != nil {
			*target = v
		}
		return target != nil
	case int:
		target := map[string]*int{"max": &f.Max, "rows": &f.Rows}[what]
		if target != nil {
			*target = v
		}
		return target != nil
	case bool:
		target := map[string]*bool{"short": &f.Short, "optional": &f.Optional, "required": &f.Required}[what]
		if target != nil {
			*target = v
		}
		return target != nil
	case []FieldOption:
		f.Options = v
		return what == "options"
	}
	return false
}
