package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// A case is sent on in time or late; the submitter is told to whom.
func TestSendingOn(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	early, late := w.filed(casework.Complaint), w.filed(casework.Complaint)
	refer := func(r casework.Receipt) {
		w.ok(func(town *casework.Town, tx *pg.Tx) error {
			return town.Refer(t.Context(), tx, w.officer, ref(r), casework.Referring{Institution: "Valstybinė darbo\n inspekcija", Reason: "Jos kompetencija."})
		})
	}
	w.set(t, "2026-11-27 17:00") // the fifth working day
	refer(early)
	w.set(t, "2026-11-30 08:00")
	refer(late)
	for r, inTime := range map[*casework.Case]bool{early.Case: true, late.Case: false} {
		w.ok(func(_ *casework.Town, tx *pg.Tx) error {
			list, err := casework.Referrals(t.Context(), tx, r)
			if err != nil || len(list) != 1 || list[0].InTime() != inTime || list[0].DueOn != day(t, "2026-11-27") || list[0].Institution != "Valstybinė darbo inspekcija" {
				t.Errorf("%s: %+v %v", r.Number, list, err)
			}
			events, err := casework.Timeline(t.Context(), tx, r, casework.Submitter)
			if last := events[len(events)-1]; last.Facts.Late == inTime || last.Facts.To != casework.Forwarded {
				t.Errorf("%s: %+v", r.Number, last.Facts)
			}
			return err
		})
	}
	mails := w.letters()
	if m := mails[len(mails)-1]; m.Subject != "Persiuntėme Jūsų kreipimąsi KL-2026-0002" || !strings.Contains(m.Plain, "institucijai: Valstybinė darbo inspekcija.") {
		t.Errorf("%s\n%s", m.Subject, m.Plain)
	}
}

// A ground is one of the case's own rule, for its kind.
func TestGroundsAreThoseOfTheRule(t *testing.T) {
	h := open(t)
	kl, ps := h.in(t, "klaipeda"), h.in(t, "peshtera")
	decline := func(w *town, kind, ground string) (casework.Receipt, error) {
		r := w.filed(kind)
		return r, w.write(func(town *casework.Town, tx *pg.Tx) error {
			return town.Decline(t.Context(), tx, w.officer, ref(r), casework.Declining{Ground: ground})
		})
	}
	for _, c := range []struct {
		w            *town
		kind, ground string
		good         bool
	}{
		{kl, casework.Complaint, "too-old", true}, {kl, casework.Signal, "too-old", false}, {kl, casework.Signal, "abuse", true},
		{kl, casework.Complaint, "offensive", false}, {kl, casework.Complaint, "", false},
		{ps, casework.Question, "offensive", true}, {ps, casework.Proposal, "offensive", false}, {ps, casework.Question, "protected-information", true},
	} {
		r, err := decline(c.w, c.kind, c.ground)
		if !c.good {
			refused(t, err, fault.Invalid, "ground", casework.KeyNeedGround)
			continue
		}
		must(t, err)
		if got := c.w.find(r.Case.Number); got.State != casework.Declined || got.Ground != c.ground {
			t.Errorf("%s %s: %+v", c.kind, c.ground, got)
		}
	}
	mails := ps.letters()
	m := mails[len(mails)-1]
	if !strings.HasPrefix(m.Subject, "Оставяме без разглеждане Вашия въпрос ПЩ-2026-") || !strings.Contains(m.Plain, "Основание: Отговорът би разкрил лични данни или класифицирана информация (Харта на клиента на община Пещера, „Важно е да се знае“).") {
		t.Errorf("%s\n%s", m.Subject, m.Plain)
	}
	// Who has given a name is not told that the case is anonymous; nor is it offered.
	for _, w := range []*town{kl, ps} {
		_, err := decline(w, casework.Complaint, "anonymous")
		refused(t, err, fault.Invalid, "ground", casework.KeyGroundNamed)
	}
	pin := ps.filed(casework.Complaint).Pin
	for anonymous, want := range map[bool]bool{true: true, false: false} {
		c := &casework.Case{Anonymous: anonymous}
		offered := slices.ContainsFunc(c.Grounds(pin), func(g casework.Ground) bool { return g.Key == "anonymous" })
		if offered != want {
			t.Errorf("anonymous %v: the ground is offered: %v", anonymous, offered)
		}
	}
}

// What is owed an answer is not closed without one; what is taken up again owes
// it still, by the dates it had.
func TestClosingAndReopening(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	praise, owed := w.filed(casework.Praise), w.filed(casework.Question)
	closing := func(r casework.Receipt) error {
		return w.write(func(town *casework.Town, tx *pg.Tx) error { return town.Close(t.Context(), tx, w.officer, ref(r)) })
	}
	must(t, closing(praise))
	refused(t, closing(owed), fault.Conflict, "", casework.KeyAnswerOwed)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(owed), casework.Message{Text: "Ne tas atsakymas"})
	})
	must(t, closing(owed))
	w.set(t, "2026-11-30 10:00")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reopen(t.Context(), tx, w.officer, ref(owed), "Atsakyta ne į tą klausimą.")
	})
	c := w.find(owed.Case.Number)
	if c.State != casework.InProgress || !c.AnsweredOn.IsZero() || !c.DoneOn.IsZero() || c.OwnDue != day(t, "2026-11-24") || !c.Late(day(t, "2026-11-30")) {
		t.Errorf("%+v", c)
	}
	var subjects []string
	for _, m := range w.letters() {
		subjects = append(subjects, m.Subject)
	}
	want := "Padėka KL-2026-0001 gauta|Kreipimasis KL-2026-0002 gautas|Jūsų padėka KL-2026-0001 perduota|Atsakymas į Jūsų kreipimąsi KL-2026-0002|Vėl nagrinėjame Jūsų kreipimąsi KL-2026-0002"
	if got := strings.Join(subjects, "|"); got != want {
		t.Errorf("mails: %s", got)
	}
}

// A pass opens one case of one town; sample cases send no mail.
func TestPassesAndSamples(t *testing.T) {
	h := open(t)
	here, there := h.in(t, "klaipeda"), h.in(t, "varena")
	mine, theirs := here.filed(casework.Signal), there.filed(casework.Signal)
	var stolen casework.Pass
	must(t, here.pass(mine, func(_ *casework.Town, _ *pg.Tx, p casework.Pass) error {
		stolen = p
		return nil
	}))
	for _, p := range []casework.Pass{stolen, {}} {
		err := there.write(func(town *casework.Town, tx *pg.Tx) error {
			return town.Add(t.Context(), tx, p, casework.Message{Text: "Svetimas"})
		})
		refused(t, err, fault.NotFound, "", casework.KeyNoSuchCode)
	}
	if v := there.find(theirs.Case.Number).Version; v != 1 {
		t.Errorf("the other town's case is at version %d", v)
	}
	before := len(here.mails())
	here.ok(func(town *casework.Town, tx *pg.Tx) error {
		r, err := town.Register(t.Context(), tx, here.officer, here.filing(casework.Signal), casework.Arrival{Channel: "post", ReceivedOn: day(t, "2026-11-02"), Sample: true})
		if err == nil && !r.Case.Sample {
			t.Error("the case is not marked as a sample")
		}
		return err
	})
	here.set(t, "2026-12-28 10:00")
	here.job("casework.remind", struct{}{})
	// One letter about the case that is none, and none about the sample.
	if mails := here.mails()[before:]; len(mails) != 1 || strings.Contains(mails[0].Plain, "KL-2026-0002") {
		t.Errorf("%d mails: %+v", len(mails), mails)
	}
}

// The samples go without a trace, and nothing else does.
func TestSamplesAreTakenAway(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	own := w.filed(casework.Complaint)
	before := w.dump()
	all := actions(t)
	for i, do := range []casework.Action{casework.ToAsk, casework.ToExtend, casework.ToForward, casework.ToReply, casework.ToNote} {
		var r casework.Receipt
		w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
			f := w.filing(casework.Complaint)
			f.Title, f.Files = "SAMPLE", []string{fmt.Sprint("file-", i)}
			r, err = town.Register(t.Context(), tx, w.officer, f, casework.Arrival{Channel: "post", ReceivedOn: day(t, "2026-11-02"), Sample: true})
			return err
		})
		if do != casework.ToExtend { // its date is another town's
			must(t, all[casework.Staff][do](w, r, true))
		}
	}
	w.set(t, "2026-12-01 10:00")
	w.made()
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		n, files, err := casework.RemoveSamples(t.Context(), tx, audit.Operator())
		if n != 5 || len(files) != 5 {
			t.Errorf("%d cases, files %v", n, files)
		}
		return err
	})
	for table, content := range w.dump() {
		if strings.HasPrefix(table, "case") && table != "case_counters" && table != "case_rules" && table != "case_reminders" && content != before[table] {
			t.Errorf("%s was\n%s\nand is\n%s", table, before[table], content)
		}
	}
	if c := w.find(own.Case.Number); c.State != casework.Received {
		t.Errorf("the town's own case is %+v", c)
	}
	if r := w.filed(casework.Complaint); r.Case.Number != "KL-2026-0007" {
		t.Errorf("the next number is %s", r.Case.Number)
	}
}
