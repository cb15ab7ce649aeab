package casework_test

import (
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// What a town has worked out for a day is not what it would promise with other
// rules, on another day or by another channel.
func TestWhatATownHasWorkedOut(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.ok(func(town *casework.Town, _ *pg.Tx) error {
		monday, tuesday := day(t, "2026-11-16"), day(t, "2026-11-17")
		pin := func(of *casework.Town, kind, channel string, outside bool) casework.Pin {
			p, err := of.PinFor(kind, channel, monday, outside)
			must(t, err)
			return p
		}
		first := pin(town, casework.Complaint, casework.Website, false)
		if again := pin(town, casework.Complaint, casework.Website, false); again.Law != first.Law || again.Own != first.Own {
			t.Error("the same question is worked out twice")
		}
		later, err := town.PinFor(casework.Complaint, casework.Website, tuesday, false)
		must(t, err)
		if later.Law.Due() == first.Law.Due() {
			t.Errorf("of another day: %s", later.Law.Due())
		}
		own := town.OwnRules()
		kind := own.Kinds[casework.Complaint]
		kind.Law = &casework.LegalTerm{Term: "3 working days", Verified: true}
		own.Kinds[casework.Complaint] = kind
		tried, err := town.Trying(own, town.Profile)
		must(t, err)
		if p := pin(tried, casework.Complaint, casework.Website, false); p.Law.Due() != day(t, "2026-11-19") {
			t.Errorf("with another rule: %s", p.Law.Due())
		}
		for n := range 200 { // more than a town remembers
			_, err := town.PinFor(casework.Complaint, casework.Website, monday.AddDays(n), false)
			must(t, err)
		}
		if p := pin(town, casework.Complaint, casework.Website, false); p.Law.Due() != first.Law.Due() {
			t.Errorf("after many others: %s, first %s", p.Law.Due(), first.Law.Due())
		}
		return nil
	})
}
