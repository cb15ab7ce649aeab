package casework_test

import (
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// The officer says when a letter came; the hour at which it is entered says nothing
// about that. What the form shows before is what is then stored.
func TestARegistrationKeepsTheOfficersWord(t *testing.T) {
	w := open(t).in(t, "peshtera") // has office hours, and counts what comes later from the next working day
	for _, c := range []struct {
		name    string
		entered string
		on      string
		outside bool
	}{
		{"in the evening, came in hours", "2026-11-23 18:30", "2026-11-23", false},
		{"in the evening, came outside hours", "2026-11-23 18:30", "2026-11-23", true},
		{"in hours, came outside hours", "2026-11-20 10:00", "2026-11-20", true},
		{"on a Saturday, came the day before", "2026-11-21 11:00", "2026-11-20", false},
		{"on a Saturday, came that day", "2026-11-21 11:00", "2026-11-21", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.set(t, c.entered)
			a := casework.Arrival{Channel: "post", ReceivedOn: day(t, c.on), Outside: c.outside}
			var own, law deadline.Date
			var r casework.Receipt
			f := w.filing(casework.Complaint)
			w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
				shown, err := town.PinFor(f.Kind, a.Channel, a.ReceivedOn, a.Outside)
				if err != nil {
					return err
				}
				if shown.Own != nil {
					own = shown.Own.Due()
				}
				law = shown.Law.Due()
				r, err = town.Register(t.Context(), tx, w.officer, f, a)
				return err
			})
			got := w.find(r.Case.Number)
			if got.Outside != c.outside || got.ReceivedOn != a.ReceivedOn || got.OwnDue != own || got.LawDue != law {
				t.Errorf("stored: on %s, outside %v, due %s and %s; said: on %s, outside %v, due %s and %s",
					got.ReceivedOn, got.Outside, got.OwnDue, got.LawDue, a.ReceivedOn, c.outside, own, law)
			}
		})
	}
}

// Who wrote a letter that was entered late reads when it came, and by when it should
// have been answered: a day that has passed is not promised.
func TestALateRegistrationPromisesNoPassedDay(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.set(t, "2026-11-21 10:00")
	for _, c := range []struct {
		kind, channel, on string
		has, hasNot       string
	}{
		{casework.Question, "email", "2026-11-10", "gavome Jūsų kreipimąsi 2026 m. lapkričio 10 d. Turėjome atsakyti ne vėliau kaip 2026 m. lapkričio 12 d., ketvirtadienį. Šis terminas jau praėjo.", "Atsakysime"},
		{casework.Request, "post", "2026-11-10", "gavome Jūsų kreipimąsi 2026 m. lapkričio 10 d. Atsakysime ne vėliau kaip 2026 m. gruodžio 8 d., antradienį.", "praėjo"},
		{casework.Question, "phone", "2026-11-10", "gavome Jūsų kreipimąsi 2026 m. lapkričio 10 d. Registracijos numeris", "ne vėliau"},
		{casework.Question, "email", "2026-11-21", "gavome Jūsų kreipimąsi. Atsakysime ne vėliau kaip 2026 m. lapkričio 24 d., antradienį.", "lapkričio 21"},
	} {
		var r casework.Receipt
		w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
			r, err = town.Register(t.Context(), tx, w.officer, w.filing(c.kind), casework.Arrival{Channel: c.channel, ReceivedOn: day(t, c.on)})
			return err
		})
		w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "filed"})
		letters := w.letters()
		text := strings.Join(strings.Fields(strings.ReplaceAll(letters[len(letters)-1].Plain, "\u00a0", " ")), " ")
		if !strings.Contains(text, c.has) || strings.Contains(text, c.hasNot) {
			t.Errorf("%s by %s of %s: want %q and not %q in\n%s", c.kind, c.channel, c.on, c.has, c.hasNot, text)
		}
	}
}
