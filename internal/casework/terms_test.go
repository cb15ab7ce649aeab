package casework

import (
	"testing"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

func calendar(t *testing.T) *deadline.Calendar {
	t.Helper()
	cal, err := deadline.Compile(deadline.CalendarSpec{Key: "lt", Weekly: []string{"mon", "tue", "wed", "thu", "fri"}})
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func day(t *testing.T, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func law(term string, verified bool) *LegalTerm {
	return &LegalTerm{Term: term, Basis: i18n.Text{"lt": "VAĮ"}, Source: "x", Verified: verified}
}

func TestTermsKeepOwnPromiseAndLawApart(t *testing.T) {
	r := Rules{Kinds: map[string]Kind{
		Question:  {Own: &Promise{Term: "less than 3 working days"}, Law: law("20 working days", true)},
		Complaint: {Own: &Promise{Term: ByLaw}, Law: law("5 working days", true)},
		Signal:    {Law: law("5 working days", false)},
		Praise:    {NoTerm: true},
	}}
	for kind, want := range map[string]struct {
		own, law, promised string
		public             bool
	}{
		Question:  {"2026-11-24", "2026-12-18", "2026-11-24", true},
		Complaint: {"", "2026-11-27", "2026-11-27", true},
		Signal:    {"", "2026-11-27", "", false}, // unverified: not promised to anybody
		Praise:    {},
	} {
		// A Friday; 27 November is the next one.
		got, err := r.TermsFor(kind, day(t, "2026-11-20"), false, calendar(t))
		if err != nil {
			t.Fatal(err)
		}
		if d := due(got.Own); d != want.own {
			t.Errorf("%s: own date %q, want %q", kind, d, want.own)
		}
		if d := due(got.Law); d != want.law {
			t.Errorf("%s: legal date %q, want %q", kind, d, want.law)
		}
		if got.Public() != want.public {
			t.Errorf("%s: public %v, want %v", kind, got.Public(), want.public)
		}
		soonest, ok := got.Soonest()
		if ok != (want.promised != "") || ok && soonest.Due().String() != want.promised {
			t.Errorf("%s: promised %v %v, want %q", kind, soonest.Due(), ok, want.promised)
		}
	}
}

func due(d *Dated) string {
	if d == nil {
		return ""
	}
	return d.Due().String()
}

func TestOutsideHoursCountsAsTheTownSays(t *testing.T) {
	for policy, want := range map[string]string{SameDay: "2026-11-23", NextWorkingDay: "2026-11-24", "": "2026-11-23"} {
		r := Rules{OutsideHours: policy, Kinds: map[string]Kind{Question: {Own: &Promise{Term: "1 working day"}}}}
		got, err := r.TermsFor(Question, day(t, "2026-11-20"), true, calendar(t))
		if err != nil {
			t.Fatal(err)
		}
		if due(got.Own) != want {
			t.Errorf("policy %q: due %s, want %s", policy, due(got.Own), want)
		}
	}
}

func TestATownLaysItsRulesOverItsCountrys(t *testing.T) {
	country := Rules{
		OutsideHours: NextWorkingDay,
		Anonymous:    &Anonymous{Policy: Refuse},
		Kinds: map[string]Kind{
			Question:  {Law: law("20 working days", true)},
			Complaint: {Law: law("20 working days", true), Extension: &Extension{By: "10 working days"}},
		},
		Refusals: []Ground{{Key: "anonymous"}, {Key: "repeated"}},
	}
	town := Rules{
		Anonymous: &Anonymous{Policy: Accept},
		Kinds:     map[string]Kind{Question: {Own: &Promise{Term: "3 working days"}}},
		Refusals:  []Ground{{Key: "insult"}, {Key: "repeated", Must: true}},
	}
	got := town.Over(country)
	if k := got.Kinds[Question]; k.Own == nil || k.Law == nil {
		t.Errorf("question lost the town's promise or the country's law: %+v", k)
	}
	if got.Kinds[Complaint].Extension.By != "10 working days" || got.OutsideHours != NextWorkingDay {
		t.Error("what the town leaves out is not inherited")
	}
	if got.Anonymous.Policy != Accept {
		t.Error("the town's anonymous policy does not win")
	}
	var keys string
	for _, g := range got.Refusals {
		keys += g.Key + " "
	}
	if keys != "anonymous repeated insult " || !got.Refusals[1].Must {
		t.Errorf("grounds are %s, repeated.must %v", keys, got.Refusals[1].Must)
	}
	if country.Kinds[Question].Own != nil || country.Refusals[1].Must {
		t.Error("laying rules over the country's changed the country's")
	}
}
