package public

import (
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/web"
)

// anonymity is what a town's rule for cases without a name means on its form.
type anonymity struct {
	// Rule is nil where the town and its country say nothing.
	Rule *casework.Anonymous
	// Free: whoever wants may leave the name out, and say so by a tick.
	Free bool
	// Danger: that, and state what threatens somebody's health or safety.
	Danger bool
}

// anonymityOf reads the rule for a kind. Praise is passed on and not examined, so
// nobody need sign it.
func anonymityOf(t *office, kind string) anonymity {
	rule := t.Rules.Anonymous
	switch {
	case rule == nil:
		return anonymity{Free: true}
	case kind == casework.Praise:
		return anonymity{Free: true}
	}
	return anonymity{
		Rule: rule, Free: rule.Policy != casework.Refuse, Danger: rule.Policy == casework.DangerOnly,
	}
}

// apply decides whether the filing is meant to be without a name, and takes the
// person out of it. It is where it was ticked, and where everything is left empty
// by somebody who wants no letter; a town that takes none then says why.
func (a anonymity) apply(r *web.Request, f *casework.Filing) {
	p := f.Person
	blank := strings.TrimSpace(p.Name+p.Email+p.Address) == ""
	wants := a.Free && r.Form.Get("anonymous") != ""
	silent := p.ReplyBy == casework.ByTrack || !a.Free || a.Danger && strings.TrimSpace(f.Danger) != ""
	if f.Anonymous = wants || blank && silent; f.Anonymous {
		f.Person.ReplyBy = ""
		return
	}
	// Stated by somebody who signs, it is part of what happened.
	if f.Danger = strings.TrimSpace(f.Danger); f.Danger != "" {
		f.Body, f.Danger = strings.TrimSpace(f.Body+"\n\n"+f.Danger), ""
	}
}
