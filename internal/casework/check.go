package casework

import (
	"fmt"
	"maps"
	"slices"

	"charterhouse/internal/deadline"
	"charterhouse/internal/tenant"
)

// Check finds what is wrong with a set of rules, a town's or a country's.
func (r Rules) Check(c *tenant.Checker) {
	for _, name := range slices.Sorted(maps.Keys(r.Kinds)) {
		path := "casework.kinds." + name
		c.OneOf(path, name, Kinds()...)
		r.Kinds[name].check(c, path)
	}
	if r.OutsideHours != "" {
		c.OneOf("casework.outside_hours", r.OutsideHours, SameDay, NextWorkingDay)
	}
	if l := r.OutsideLaw; l != nil {
		if r.OutsideHours == "" {
			c.Fault("casework.outside_hours", tenant.KeyCheckRequired, nil)
		}
		c.Text("casework.outside_hours_law.basis", l.Basis, true)
		c.Date("casework.outside_hours_law.checked", l.Checked)
		if l.Source == "" {
			c.Fault("casework.outside_hours_law.source", tenant.KeyCheckRequired, nil)
		}
	}
	if r.Asking != "" {
		c.OneOf("casework.asking", r.Asking, Stops, Runs)
	}
	if a := r.Anonymous; a != nil {
		c.OneOf("casework.anonymous.policy", a.Policy, Accept, Refuse, DangerOnly)
		c.Text("casework.anonymous.notice", a.Notice, true)
		c.Text("casework.anonymous.basis", a.Basis, false)
	}
	if r.Forward != nil {
		r.Forward.check(c, "casework.forward")
	}
	for name, b := range map[string]*Body{"examiner": r.Examiner, "review": r.Review} {
		if b != nil {
			c.Text("casework."+name+".body", b.Body, true)
			c.Text("casework."+name+".note", b.Note, false)
		}
	}
	seen := map[string]bool{}
	for i, g := range r.Refusals {
		path := fmt.Sprintf("casework.refusals.%d", i)
		c.Key(path+".key", g.Key, seen)
		c.Text(path+".title", g.Title, true)
		c.Text(path+".basis", g.Basis, false)
		for j, kind := range g.Kinds {
			c.OneOf(fmt.Sprintf("%s.kinds.%d", path, j), kind, Kinds()...)
		}
	}
}

func (k Kind) check(c *tenant.Checker, path string) {
	c.Text(path+".note", k.Note, false)
	if k.Own != nil {
		if k.Own.Term != ByLaw {
			checkTerm(c, path+".own.term", k.Own.Term)
		}
		if k.Own.Usual != "" {
			checkTerm(c, path+".own.usual", k.Own.Usual)
			k.checkUsual(c, path)
		}
		for i, kind := range k.Own.Channels {
			c.OneOf(fmt.Sprintf("%s.own.channels.%d", path, i), kind,
				"post", "email", "phone", "visit", "form", "box", "website", "social", "meeting", "desk")
		}
		c.Text(path+".own.note", k.Own.Note, false)
	}
	if k.Law != nil {
		k.Law.check(c, path+".law")
	}
	if x := k.Extension; x != nil {
		if x.By != "" {
			checkTerm(c, path+".extension.by", x.By)
		}
		if x.Notice != "" {
			checkTerm(c, path+".extension.notice", x.Notice)
		}
		c.Text(path+".extension.basis", x.Basis, false)
	}
	if k.NoTerm && (k.Own != nil || k.Law != nil) {
		c.Fault(path+".no_term", KeyCheckNoTerm, nil)
	}
}

// checkUsual finds a usual target that lies beyond the limit it stands beside: the
// town's own, or the law's where the town promises that. What cannot be read is
// told by others.
func (k Kind) checkUsual(c *tenant.Checker, path string) {
	limit := k.Own.Term
	if limit == ByLaw {
		if k.Law == nil {
			return
		}
		limit = k.Law.Term
	}
	most, err := deadline.ParseTerm(limit)
	usual, unread := deadline.ParseTerm(k.Own.Usual)
	if err == nil && unread == nil && usual.Longer(most) {
		c.Fault(path+".own.usual", KeyCheckUsual, nil)
	}
}

func (l LegalTerm) check(c *tenant.Checker, path string) {
	checkTerm(c, path+".term", l.Term)
	c.Text(path+".basis", l.Basis, true)
	c.Date(path+".checked", l.Checked)
	if l.Source == "" {
		c.Fault(path+".source", tenant.KeyCheckRequired, nil)
	}
}

func checkTerm(c *tenant.Checker, path, term string) {
	if _, err := deadline.ParseTerm(term); err != nil {
		c.Fault(path, KeyCheckTerm, map[string]any{"Value": term})
	}
}
