package admin

import (
	"context"
	"slices"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
)

// act is one thing that the desk does with a case: a page that tells what it
// brings about, with a form that does it. What is allowed when stands in the
// lifecycle table of casework alone.
type act struct {
	do   casework.Action
	path string
	may  access.Permission
	// title is the words of the button and of its page, hint the consequence.
	title, hint i18n.Key
	fields      []actField
	files       int
	// perform is the verb. Files are those of the form, taken into keeping.
	perform func(a acting) error
}

// actField is one field of the form, named as casework names it in its refusals.
type actField struct {
	name  string
	label i18n.Key
	kind  string // of web.Field
	max   int
	need  bool
}

// acting is a form that was sent about a case.
type acting struct {
	*web.Request
	town  *casework.Town
	who   casework.Officer
	ref   casework.Ref
	files []string
}

func (a acting) ctx() context.Context { return a.Ctx }
func (a acting) tx() *pg.Tx           { return a.Tx }
func (a acting) typed(name string) string {
	return a.Form.Get(name)
}

func (a acting) message(name string) casework.Message {
	return casework.Message{Text: a.typed(name), Files: a.files}
}

// final reads the date of an extension; what is no date is asked for again.
func (a acting) final() deadline.Date {
	day, err := i18n.ReadDate(a.typed("final"))
	if err != nil {
		return 0
	}
	return day
}

// longReply and longText bound what is typed, in characters, as casework does.
const (
	longReply    = 20_000
	longBody     = 10_000
	longText     = 4_000
	longName     = 300
	mostActFiles = files.MaxFiles
)

// acts are all of them, in the order of the panel: what decides a case first,
// then what is kept about it.
func acts() []act {
	all := append(deciding(), keeping()...)
	for i := range all {
		if all[i].may == "" {
			all[i].may = access.CaseHandle
		}
	}
	return all
}

// writes tells whether a text is written, which needs the case's own in sight.
func (a act) writes() bool {
	return slices.ContainsFunc(a.fields, func(f actField) bool { return f.kind == "textarea" })
}

// area is a field for a text of some length.
func area(name string, label i18n.Key, most int, need bool) actField {
	return actField{name: name, label: label, kind: "textarea", max: most, need: need}
}
