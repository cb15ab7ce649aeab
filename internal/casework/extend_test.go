package casework_test

import (
	"os"
	"strings"
	"testing"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

func (w *town) extend(r casework.Receipt, x casework.Extending) error {
	return w.write(func(t *casework.Town, tx *pg.Tx) error { return t.Extend(w.t.Context(), tx, w.officer, ref(r), x) })
}

// What a notice must name, and how far it may go.
func TestExtensionsAreRefused(t *testing.T) {
	h := open(t)
	kl, ps := h.in(t, "klaipeda"), h.in(t, "peshtera")
	for name, c := range map[string]struct {
		w     *town
		kind  string
		x     casework.Extending
		field string
		key   i18n.Key
	}{
		// Lithuania asks for reasons; steps alone are not enough.
		"nothing":      {kl, casework.Complaint, casework.Extending{}, "reasons", casework.KeyNeedReasons},
		"steps only":   {kl, casework.Complaint, casework.Extending{Steps: "Posėdis", Final: day(t, "2026-12-23")}, "reasons", casework.KeyNeedReasons},
		"no date":      {kl, casework.Complaint, casework.Extending{Reasons: "x"}, "final", casework.KeyNeedFinal},
		"not later":    {kl, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2026-12-18")}, "final", casework.KeyFinalTooEarly},
		"earlier":      {kl, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2026-12-01")}, "final", casework.KeyFinalTooEarly},
		"holiday":      {kl, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2026-12-24")}, "final", casework.KeyFinalDayOff},
		"over the cap": {kl, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2027-01-08")}, "final", casework.KeyFinalTooLate},
		"long reasons": {kl, casework.Complaint, casework.Extending{Reasons: strings.Repeat("š", 4001), Final: day(t, "2026-12-23")}, "reasons", casework.KeyTextTooLong},
		// Пещера asks for one of the two.
		"neither": {ps, casework.Complaint, casework.Extending{Final: day(t, "2027-01-15")}, "reasons", casework.KeyNeedReasonsOrSteps},
		// Its charter sets no cap: a slip is refused, and what the law does not allow asked for.
		"the year 2099":  {ps, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2099-01-05"), Beyond: true}, "final", casework.KeyFinalFarAhead},
		"over a year":    {ps, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2027-12-23"), Beyond: true}, "final", casework.KeyFinalFarAhead},
		"beyond the law": {ps, casework.Complaint, casework.Extending{Reasons: "x", Final: day(t, "2027-01-22")}, "beyond", casework.KeyBeyondLaw},
		"no date 2":      {ps, casework.Complaint, casework.Extending{Steps: "x"}, "final", casework.KeyNeedFinal},
	} {
		t.Run(name, func(t *testing.T) {
			w := &town{house: h, t: t, realm: c.w.realm, officer: c.w.officer}
			r := w.filed(c.kind)
			before := w.traces(r)
			refused(t, w.extend(r, c.x), fault.Invalid, c.field, c.key)
			if after := w.traces(r); after != before {
				t.Errorf("a refused extension left %+v after %+v", after, before)
			}
		})
	}
	refused(t, kl.extend(kl.filed(casework.Praise), casework.Extending{Reasons: "x", Final: day(t, "2026-12-23")}), fault.Conflict, "", casework.KeyNoExtension)
}

// On the last day a term can still be extended, the day after no more.
func TestExtensionsComeBeforeExpiry(t *testing.T) {
	w := open(t).in(t, "varena")
	first, second := w.filed(casework.Complaint), w.filed(casework.Complaint)
	x := casework.Extending{Reasons: "Laukiama išvados.", Final: day(t, "2027-01-06")}
	w.set(t, "2026-12-18 23:59") // the 20th working day
	must(t, w.extend(first, x))
	w.set(t, "2026-12-19 00:01")
	refused(t, w.extend(second, x), fault.Conflict, "", casework.KeyTermRunOut)
	// The cap is ten working days after the first date, and counts once.
	if c := w.find(first.Case.Number); c.LawDue != day(t, "2027-01-06") || c.ExtendedTo != c.LawDue {
		t.Errorf("extended to %s", c.LawDue)
	}
	w.set(t, "2026-12-28 10:00")
	refused(t, w.extend(first, casework.Extending{Reasons: "Dar", Final: day(t, "2027-01-12")}), fault.Conflict, "", casework.KeyExtendedFully)
}

// In Klaipėda the law's extension moves the law's date; what the charter has
// promised is not promised later.
func TestTheLawsExtensionLeavesTheOwnPromise(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Question)
	must(t, w.extend(r, casework.Extending{Reasons: "Posėdis gruodžio 21 d.", Final: day(t, "2026-12-23")}))
	c := w.find(r.Case.Number)
	if c.OwnDue != day(t, "2026-11-24") || c.LawDue != day(t, "2026-12-23") || c.Due() != c.OwnDue || !c.LawExtended() {
		t.Errorf("own date %s, law's %s", c.OwnDue, c.LawDue)
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		list, err := casework.Extensions(t.Context(), tx, c)
		if err != nil || len(list) != 1 || list[0].Notice != casework.NoticeMail || list[0].LawFrom != day(t, "2026-12-18") || !list[0].OwnTo.IsZero() {
			t.Errorf("%+v %v", list, err)
		}
		return nil
	})
}

// Of an extension that leaves the town's promise behind the submitter is told by
// when the answer comes, and what became of the promise. The legal limit is named
// where it is verified only.
func TestALetterTellsWhatAnExtensionDoesNotMove(t *testing.T) {
	x := casework.Extending{Reasons: "Posėdis gruodžio 21 d.", Final: day(t, "2026-12-23")}
	for name, c := range map[string]struct {
		kind, at    string
		has, hasNot []string
	}{
		"the promise stands": {casework.Question, "2026-11-20 10:00",
			[]string{"2026 m. gruodžio 23 d., trečiadienį", "pažadėta Jums atsakyti ne vėliau kaip 2026 m. lapkričio 24 d., antradienį", "jei atsakysime vėliau", "> Posėdis"},
			[]string{"pagal įstatymą", "Pratęstas terminas", "nesilaikėme"}},
		"the promise is broken": {casework.Question, "2026-11-26 10:00",
			[]string{"2026 m. gruodžio 23 d., trečiadienį", "ne vėliau kaip 2026 m. lapkričio 24 d., antradienį", "Šio pažado nesilaikėme"},
			[]string{"pagal įstatymą", "Pratęstas terminas", "jei atsakysime"}},
		"the limit is lawful": {casework.Request, "2026-11-20 10:00",
			[]string{"ne vėliau kaip 2026 m. lapkričio 27 d., penktadienį", "Pratęstas terminas pagal įstatymą: dabar jis baigiasi 2026 m. gruodžio 23 d."},
			[]string{"nesilaikėme"}},
		"there is no promise": {casework.Complaint, "2026-11-20 10:00",
			[]string{"Pratęstas terminas atsakyti", "ne vėliau kaip 2026 m. gruodžio 23 d."},
			[]string{"hartijoje", "pagal įstatymą"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t).in(t, "klaipeda")
			w.ok(func(_ *casework.Town, tx *pg.Tx) error {
				rules, err := casework.Own(t.Context(), tx)
				if err != nil {
					return err
				}
				rules.Kinds[casework.Request] = casework.Kind{Own: &casework.Promise{Term: "5 working days"}}
				_, err = casework.Apply(t.Context(), tx, audit.Operator(), rules, true)
				return err
			})
			r := w.filed(c.kind)
			w.set(t, c.at)
			must(t, w.extend(r, x))
			letters := w.letters()
			m := letters[len(letters)-1]
			text := strings.ReplaceAll(strings.Join(strings.Fields(m.Subject+"\n"+m.Plain), " "), "\u00a0", " ")
			for _, s := range c.has {
				if !strings.Contains(text, s) {
					t.Errorf("%q is not in\n%s", s, text)
				}
			}
			for _, s := range c.hasNot {
				if strings.Contains(text, s) {
					t.Errorf("%q is in\n%s", s, text)
				}
			}
		})
	}
}

// What a button would say is what the verb then does.
func TestOffersTellTheCap(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Complaint)
	offers := func() map[casework.Action]casework.Offer {
		all := map[casework.Action]casework.Offer{}
		w.ok(func(town *casework.Town, tx *pg.Tx) error {
			c, err := casework.Find(t.Context(), tx, r.Case.Number)
			if err != nil {
				return err
			}
			pin, err := casework.PinOf(t.Context(), tx, c)
			if err != nil {
				return err
			}
			past, err := casework.Extensions(t.Context(), tx, c)
			for _, o := range town.Offers(c, pin, past, casework.Staff, town.Today(tx)) {
				all[o.Do] = o
			}
			return err
		})
		return all
	}
	got := offers()
	if o := got[casework.ToExtend]; o.Refused != "" || o.Latest != day(t, "2027-01-06") {
		t.Errorf("extend: %+v", o)
	}
	if _, there := got[casework.ToConfirmDanger]; there {
		t.Error("a case without a claim offers to confirm it")
	}
	if got[casework.ToClose].Refused != casework.KeyAnswerOwed || got[casework.ToReply].Refused != "" {
		t.Errorf("close: %+v, reply: %+v", got[casework.ToClose], got[casework.ToReply])
	}
	if _, there := got[casework.ToRate]; there {
		t.Error("the staff is offered to rate")
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Ask(t.Context(), tx, w.officer, ref(r), "Kur?")
	})
	if o := offers()[casework.ToExtend]; o.Refused != casework.KeyClockStopped {
		t.Errorf("extend while the clock stands: %+v", o)
	}
}

// A case keeps the rule it was received under.
func TestACaseKeepsItsRule(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	old := w.filed(casework.Question)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		rules, err := casework.Own(t.Context(), tx)
		if err != nil {
			return err
		}
		rules.Kinds[casework.Question] = casework.Kind{Own: &casework.Promise{Term: "10 working days"}}
		_, err = casework.Apply(t.Context(), tx, audit.Operator(), rules, true)
		return err
	})
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		return tenant.Set(t.Context(), tx, audit.Operator(), "calendar", tenant.Calendar{ExtraDays: []tenant.ExtraDay{
			{Date: "2026-11-23", Name: i18n.Text{"lt": "Miesto diena", "en": "Town day"}},
		}})
	})
	changed := w.filed(casework.Question)
	if changed.Case.OwnDue != day(t, "2026-12-07") || changed.Pin.RuleVersion != 2 {
		t.Errorf("a new case is due %s by rule %d", changed.Case.OwnDue, changed.Pin.RuleVersion)
	}
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		c, err := casework.Find(t.Context(), tx, old.Case.Number)
		if err != nil {
			return err
		}
		pin, err := casework.PinOf(t.Context(), tx, c)
		if err != nil {
			return err
		}
		if c.OwnDue != day(t, "2026-11-24") || pin.RuleVersion != 1 || pin.Rule.Kind.Own.Term != "less than 3 working days" {
			t.Errorf("the old case is due %s by rule %d, %q", c.OwnDue, pin.RuleVersion, pin.Rule.Kind.Own.Term)
		}
		if pin.Own.Explain.Version != old.Pin.Own.Explain.Version || pin.Own.Explain.Version == changed.Pin.Own.Explain.Version {
			t.Error("the old case's explanation is not that of its own calendar")
		}
		return nil
	})
}

// The way to a date is read back as it was told, whatever the term.
func TestExplanationsAreKeptWhole(t *testing.T) {
	d := newDesk(t)
	// Every third day meets each day of the week; each day of all in make torture.
	most, step := 0, deadline.Date(3)
	if os.Getenv("CHARTER_TORTURE") != "" {
		step = 1
	}
	for country, c := range d.Countries {
		for _, s := range []string{"same working day", "less than 3 working days", "20 working days", "14 days", "1 month", "2 months"} {
			term, err := deadline.ParseTerm(s)
			must(t, err)
			for received := day(t, "2025-12-01"); received < day(t, "2026-06-01"); received += step {
				for _, outside := range []bool{false, true} {
					e := c.Calendar.Explain(received, outside, deadline.NextWorkingDay, term)
					size, back, err := casework.KeepAndTell(e)
					must(t, err)
					most = max(most, size)
					if !sameExplanation(e, back) {
						t.Fatalf("%s from %s in %s:\n%+v\n%+v", s, received, country, e, back)
					}
				}
			}
		}
	}
	t.Logf("at most %d bytes", most)
}
