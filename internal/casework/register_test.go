package casework_test

import (
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
