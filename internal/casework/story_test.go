package casework_test

import (
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// A question in Klaipėda: the charter promises an answer in less than three
// working days, the law within twenty.
func TestAQuestionInKlaipeda(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Question)
	if r.Case.Number != "KL-2026-0001" || r.Case.OwnDue != day(t, "2026-11-24") || r.Case.LawDue != day(t, "2026-12-18") {
		t.Errorf("number %s, own date %s, law's %s", r.Case.Number, r.Case.OwnDue, r.Case.LawDue)
	}
	if due, ok := r.Pin.Promised(); !ok || due != day(t, "2026-11-24") || r.Pin.Charter != 1 || r.Pin.RuleVersion != 1 {
		t.Errorf("promised %s, charter %d, rule %d", due, r.Pin.Charter, r.Pin.RuleVersion)
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error { return town.Take(t.Context(), tx, w.officer, ref(r)) })
	w.set(t, "2026-11-24 15:00")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "Žibintą sutvarkysime lapkričio 26 d."})
	})
	must(t, w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Rate(t.Context(), tx, p, casework.Rating{Score: 5, Comment: "Ačiū"})
	}))
	c := w.find(r.Case.Number)
	if c.State != casework.Answered || c.AnsweredOn != day(t, "2026-11-24") || c.Score != 5 || c.Assignee != w.officer.User {
		t.Errorf("the case is %+v", c)
	}
	err := w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Rate(t.Context(), tx, p, casework.Rating{Score: 1})
	})
	refused(t, err, fault.Conflict, "", casework.KeyRatedAlready)

	mails := w.letters()
	if len(mails) != 2 || mails[0].Subject != "Kreipimasis KL-2026-0001 gautas" || mails[1].Subject != "Atsakymas į Jūsų kreipimąsi KL-2026-0001" {
		t.Fatalf("%d mails: %+v", len(mails), mails)
	}
	for _, part := range []string{"Atsakysime ne vėliau kaip 2026\u00a0m. lapkričio 24\u00a0d., antradienį.", "Laba diena,", "/lt/track/KL-2026-0001/"} {
		if !strings.Contains(mails[0].Plain, part) {
			t.Errorf("the acknowledgement lacks %q:\n%s", part, mails[0].Plain)
		}
	}
	for _, m := range mails {
		if strings.Contains(m.Plain+m.HTML+m.Subject, r.Code.String()) {
			t.Error("a mail holds the tracking code")
		}
	}
	if !strings.Contains(mails[1].Plain, "> Žibintą sutvarkysime") || !strings.Contains(mails[1].Plain, "Lietuvos administracinių ginčų komisijai") {
		t.Errorf("the answer lacks its text or the way to appeal:\n%s", mails[1].Plain)
	}
}

// A question by telephone is none that Klaipėda's charter has promised for.
func TestAPromiseHoldsForItsChannelsOnly(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	for channel, own := range map[string]string{"phone": "", "email": "2026-11-20", "social": "2026-11-20"} {
		var r casework.Receipt
		w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
			r, err = town.Register(t.Context(), tx, w.officer, w.filing(casework.Question), casework.Arrival{Channel: channel, ReceivedOn: day(t, "2026-11-18")})
			return err
		})
		if got := r.Case.OwnDue.String(); got != own || r.Case.LawDue != day(t, "2026-12-16") {
			t.Errorf("%s: own date %q, want %q; law's %s", channel, got, own, r.Case.LawDue)
		}
		if r.Case.ReceivedOn != day(t, "2026-11-18") || r.Case.FiledAt.UTC().Format("2006-01-02 15:04") != "2026-11-20 07:00" {
			t.Errorf("%s: received %s, entered %s", channel, r.Case.ReceivedOn, r.Case.FiledAt)
		}
	}
}

// A complaint in Пещера: one month, extended by a written notice with the reasons
// or the steps and the final date.
func TestAComplaintInPeshtera(t *testing.T) {
	w := open(t).in(t, "peshtera")
	r := w.filed(casework.Complaint)
	if r.Case.Number != "ПЩ-2026-0001" || r.Case.OwnDue != day(t, "2026-12-21") || r.Case.LawVerified {
		t.Errorf("number %s, own date %s, verified %v", r.Case.Number, r.Case.OwnDue, r.Case.LawVerified)
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Extend(t.Context(), tx, w.officer, ref(r), casework.Extending{Reasons: "Чакаме становище.", Final: day(t, "2027-03-15"), Beyond: true})
	})
	c := w.find(r.Case.Number)
	// The charter sets no cap; the law's own extension ends earlier and is kept apart.
	if c.OwnDue != day(t, "2027-03-15") || c.LawDue != day(t, "2027-01-21") || c.ExtendedTo != day(t, "2027-03-15") || c.State != casework.Received {
		t.Errorf("extended to %s, law's date %s, state %s", c.OwnDue, c.LawDue, c.State)
	}
	w.set(t, "2027-03-10 10:00")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "Проверихме."})
	})
	mails := w.letters()
	want := []string{"Получихме Вашата жалба ПЩ-2026-0001", "Удължен е срокът за отговор на Вашата жалба ПЩ-2026-0001", "Отговор на Вашата жалба ПЩ-2026-0001"}
	for i, m := range mails {
		if i >= len(want) || m.Subject != want[i] {
			t.Errorf("mail %d: %q", i, m.Subject)
		}
	}
	if len(mails) != 3 || !strings.Contains(mails[1].Plain, "> Чакаме становище.") || !strings.Contains(mails[1].Plain, "най-късно на 15 март 2027\u00a0г., понеделник") {
		t.Errorf("%d mails; the notice of extension:\n%s", len(mails), mails[1].Plain)
	}
}

// A date that rests on a legal term which nobody has verified is promised to
// nobody.
func TestUnverifiedDatesAreNotPromised(t *testing.T) {
	w := open(t).in(t, "peshtera")
	r := w.filed(casework.Question) // the charter says „in time“, the law 7 days, unverified
	if due, ok := r.Pin.Promised(); ok || r.Case.LawDue != day(t, "2026-11-27") || r.Case.LawVerified {
		t.Errorf("promised %s, law's date %s, verified %v", due, r.Case.LawDue, r.Case.LawVerified)
	}
	if m := w.letters()[0]; m.Subject != "Получихме Вашия въпрос ПЩ-2026-0001" || strings.Contains(m.Plain, "най-късно") || strings.Contains(m.Plain, "27 ноември") || strings.Contains(m.Plain, "27.11") {
		t.Errorf("%s\n%s", m.Subject, m.Plain)
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		pin, err := town.Expect(tx, casework.Complaint)
		if due, ok := pin.Promised(); !ok || due != day(t, "2026-12-21") {
			t.Errorf("a complaint filed now is promised %s", due)
		}
		return err
	})
}

// The three policies towards cases without a name.
func TestAnonymousCases(t *testing.T) {
	h := open(t)
	for slug, c := range map[string]struct {
		danger, field string
		key           i18n.Key
		state         casework.Danger
	}{
		"klaipeda":         {field: "name", key: casework.KeyAnonymousRefused},
		"klaipeda danger":  {danger: "Sugriuvo stogas", field: "name", key: casework.KeyAnonymousRefused},
		"chuprene":         {},
		"peshtera":         {field: "danger", key: casework.KeyAnonymousDangerOnly},
		"peshtera danger":  {danger: "Изтича газ до училището.", state: casework.Claimed},
		"chuprene danger2": {danger: "Изтича газ.", state: casework.NoDanger},
	} {
		t.Run(slug, func(t *testing.T) {
			name, _, _ := strings.Cut(slug, " ")
			w := &town{house: h, t: t}
			w.realm, _ = pg.Town(name)
			f := anonymous(w.filing(casework.Signal))
			f.Danger = c.danger
			r, err := w.submit(f)
			if c.key != "" {
				refused(t, err, fault.Invalid, c.field, c.key)
				e, _ := fault.Of(err)
				if e.Fields[0].Args["Notice"] == nil {
					t.Error("the refusal does not say the town's ground")
				}
				return
			}
			must(t, err)
			if r.Case.Danger != c.state {
				t.Errorf("danger is %q, want %q", r.Case.Danger, c.state)
			}
		})
	}
}

// A danger stated by an anonymous submitter is decided on before anything else.
func TestDangerIsConfirmedOrRefused(t *testing.T) {
	w := open(t).in(t, "peshtera")
	file := func() casework.Receipt {
		f := anonymous(w.filing(casework.Signal))
		f.Danger = "Изтича газ до училището."
		r, err := w.submit(f)
		must(t, err)
		return r
	}
	yes, no := file(), file()
	err := w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(yes), casework.Message{Text: "Проверихме."})
	})
	refused(t, err, fault.Conflict, "", casework.KeyClaimOpen)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.ConfirmDanger(t.Context(), tx, w.officer, ref(yes))
	})
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(yes), casework.Message{Text: "Проверихме."})
	})
	err = w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.ConfirmDanger(t.Context(), tx, w.officer, ref(yes))
	})
	refused(t, err, fault.Conflict, "", casework.KeyNotInState)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.RefuseDanger(t.Context(), tx, w.officer, ref(no), "Няма газопровод.")
	})
	if c := w.find(no.Case.Number); c.State != casework.Declined || c.Ground != "anonymous" || c.Danger != casework.Refuted {
		t.Errorf("refused: %s, ground %q, danger %q", c.State, c.Ground, c.Danger)
	}
	if c := w.find(yes.Case.Number); c.State != casework.Answered || c.Danger != casework.Confirmed {
		t.Errorf("confirmed: %s, danger %q", c.State, c.Danger)
	}
	if n := len(w.mails()); n != 0 {
		t.Errorf("%d mails about anonymous cases", n)
	}
}
