package casework_test

import (
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

func (w *town) amend(part casework.RulePart, version int64, next casework.Rules) error {
	return w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Amend(w.t.Context(), tx, w.officer.Actor, part, version, next)
	})
}

func (w *town) standing(part casework.RulePart) (s casework.Standing) {
	w.t.Helper()
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		all, err := casework.Standings(w.t.Context(), tx)
		s = all[part]
		return err
	})
	return s
}

// ownTerm is a rule of the town's own for one kind.
func ownTerm(kind, term string) casework.Rules {
	return casework.Rules{Kinds: map[string]casework.Kind{kind: {Own: &casework.Promise{Term: term}}}}
}

// A changed rule is a new version: what comes afterwards is promised by it, what
// was there keeps what it was told.
func TestACaseKeepsTheRuleItCameUnder(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	part := casework.PartOf(casework.Question)
	before := w.filed(casework.Question) // less than 3 working days: 24 November
	version := w.standing(part).Version
	must(t, w.amend(part, version, ownTerm(casework.Question, "10 working days")))
	after := w.filed(casework.Question)
	if got := w.find(before.Case.Number).OwnDue; got != day(t, "2026-11-24") {
		t.Errorf("the open case was moved to %s", got)
	}
	if got := after.Case.OwnDue; got != day(t, "2026-12-04") {
		t.Errorf("the new case is due on %s", got)
	}
	if before.Pin.RuleVersion != version || after.Pin.RuleVersion != version+1 {
		t.Errorf("pinned to versions %d and %d, want %d and %d", before.Pin.RuleVersion, after.Pin.RuleVersion, version, version+1)
	}
	must(t, w.write(func(town *casework.Town, tx *pg.Tx) error {
		pin, err := casework.PinOf(t.Context(), tx, before.Case)
		if err == nil && pin.Rule.Kind.Own.Term != "less than 3 working days" {
			t.Errorf("the open case's own rule is now %q", pin.Rule.Kind.Own.Term)
		}
		return err
	}))
	s := w.standing(part)
	if !s.Own || s.Origin != tenant.FromTown || s.By != w.officer.Actor.ID || s.Version != version+1 {
		t.Errorf("%+v", s)
	}
}

// Going back to what is inherited is a version too, and applying the package
// again does not undo it.
func TestBackToTheInheritedRule(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	part := casework.PartOf(casework.Question)
	must(t, w.amend(part, w.standing(part).Version, casework.Rules{}))
	if s := w.standing(part); s.Own || s.Version != 2 {
		t.Errorf("%+v", s)
	}
	r := w.filed(casework.Question)
	if !r.Case.OwnDue.IsZero() || r.Case.LawDue != day(t, "2026-12-18") {
		t.Errorf("own date %s, law's %s", r.Case.OwnDue, r.Case.LawDue)
	}
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		done, err := casework.Apply(t.Context(), tx, w.officer.Actor, ownTerm(casework.Question, "3 working days"), false)
		if len(done.Left) != 1 || done.Changed() {
			t.Errorf("%+v", done)
		}
		return err
	})
	must(t, w.amend(part, 2, casework.Rules{})) // nothing to change
	if s := w.standing(part); s.Version != 2 {
		t.Errorf("an equal rule became version %d", s.Version)
	}
}

func TestRulesThatAreRefused(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	complaint := casework.PartOf(casework.Complaint)
	for _, x := range []struct {
		name  string
		part  casework.RulePart
		rules casework.Rules
		field string
		key   i18n.Key
	}{
		{"a term nobody can count", complaint, ownTerm(casework.Complaint, "soon"), "casework.kinds.complaint.own.term", casework.KeyCheckTerm},
		{"an override without a ground", complaint, casework.Rules{Kinds: map[string]casework.Kind{casework.Complaint: {
			Law: &casework.LegalTerm{Term: "10 working days", Source: "x"},
		}}}, "casework.kinds.complaint.law.basis", tenant.KeyCheckRequired},
		{"a notice in one language", casework.PartAnonymous, casework.Rules{Anonymous: &casework.Anonymous{
			Policy: casework.Accept, Notice: i18n.Text{"lt": "Priimame"},
		}}, "casework.anonymous.notice", tenant.KeyCheckLanguageMissing},
		{"usually later than ever", complaint, casework.Rules{Kinds: map[string]casework.Kind{casework.Complaint: {
			Own: &casework.Promise{Term: "10 working days", Usual: "20 working days"},
		}}}, "casework.kinds.complaint.own.usual", casework.KeyCheckUsual},
		{"usually later than the law lets", complaint, casework.Rules{Kinds: map[string]casework.Kind{casework.Complaint: {
			Own: &casework.Promise{Term: casework.ByLaw, Usual: "2 months"},
		}}}, "casework.kinds.complaint.own.usual", casework.KeyCheckUsual},
		{"a term for praise", casework.PartOf(casework.Praise), ownTerm(casework.Praise, "3 working days"), "casework.kinds.praise.no_term", casework.KeyCheckNoTerm},
	} {
		refused(t, w.amend(x.part, 0, x.rules), fault.Invalid, x.field, x.key)
	}
	must(t, w.amend(complaint, 0, ownTerm(casework.Complaint, "10 working days")))
	for _, seen := range []int64{0, 7, -1} {
		refused(t, w.amend(complaint, seen, ownTerm(casework.Complaint, "9 working days")), fault.Conflict, "", casework.KeyRuleChanged)
	}
}

// A town may say that it does not extend, though the law would let it.
func TestATownThatDoesNotExtend(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	part := casework.PartOf(casework.Complaint)
	must(t, w.amend(part, 0, casework.Rules{Kinds: map[string]casework.Kind{casework.Complaint: {Extension: &casework.Extension{None: true}}}}))
	r := w.filed(casework.Complaint)
	err := w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Extend(t.Context(), tx, w.officer, ref(r), casework.Extending{Reasons: "x", Final: day(t, "2026-12-22")})
	})
	refused(t, err, fault.Conflict, "", casework.KeyNoExtension)
}

// Another calendar moves no open case; it is told which it would have moved.
func TestOpenCasesThatACalendarWouldMove(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Question) // 24 November
	w.filed(casework.Praise)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		profile := town.Profile
		profile.Calendar.ExtraDays = []tenant.ExtraDay{{Date: "2026-11-24", Name: i18n.Text{"lt": "Miesto diena", "en": "Day of the city"}}}
		tried, err := town.Trying(town.OwnRules(), profile)
		must(t, err)
		list, more, err := town.WouldMove(t.Context(), tx, tried.Calendar)
		if err != nil || more || len(list) != 1 {
			t.Fatalf("%+v %t %v", list, more, err)
		}
		if m := list[0]; m.Number != r.Case.Number || m.Own != day(t, "2026-11-24") || m.OwnTo != day(t, "2026-11-25") || m.LawTo != day(t, "2026-12-21") {
			t.Errorf("%+v", m)
		}
		if list, _, err := town.WouldMove(t.Context(), tx, town.Calendar); err != nil || len(list) != 0 {
			t.Errorf("its own calendar would move %+v, %v", list, err)
		}
		return nil
	})
	if got := w.find(r.Case.Number).OwnDue; got != day(t, "2026-11-24") {
		t.Errorf("the case was moved to %s", got)
	}
}
