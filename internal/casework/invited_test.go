package casework_test

import (
	"slices"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Who has not accepted the invitation cannot open a case: they are neither told of
// a new one, nor reminded, nor given any.
func TestNobodyIsToldBeforeTheyAcceptTheInvitation(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	invited := w.invited("nauja@klaipeda.example")
	told := func() (all []string) {
		for _, m := range w.mails() {
			if m.To != "ona@example.org" {
				all = append(all, m.To)
			}
		}
		return all
	}
	r := w.filed(casework.Complaint)
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "filed"})
	before := told()
	if len(before) == 0 || slices.Contains(before, "nauja@klaipeda.example") {
		t.Errorf("of a new case are told: %v", before)
	}
	err := w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Assign(t.Context(), tx, w.officer, ref(r), casework.Assignment{Assignee: invited.User})
	})
	refused(t, err, fault.Invalid, "assignee", casework.KeyNoHandler)
	w.set(t, "2027-03-01 09:00")
	w.job("casework.remind", struct{}{})
	if got := told(); len(got) != len(before)+1 || slices.Contains(got, "nauja@klaipeda.example") {
		t.Errorf("reminded are: %v", got)
	}
}
