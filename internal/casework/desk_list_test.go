package casework_test

import (
	"slices"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// A desk that answers letters wants to see the letters.
func TestTheInboxIsFilteredByChannel(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.received(casework.Question, "2026-11-18") // by email
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		_, err := town.Register(t.Context(), tx, w.officer, w.filing(casework.Question), casework.Arrival{Channel: "post", ReceivedOn: day(t, "2026-11-19")})
		return err
	})
	if got := w.inbox(casework.Filter{Channel: "post"}); !slices.Equal(got, []string{"02 later"}) {
		t.Errorf("by post: %v", got)
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		counts, err := town.GroupCounts(t.Context(), tx, casework.Filter{Channel: "post"})
		if total := sum(counts); err == nil && total != 1 {
			t.Errorf("%d cases counted", total)
		}
		done, _, err := town.Done(t.Context(), tx, w.officer, casework.Filter{Channel: "post"}, casework.Cursor{})
		if len(done) != 0 {
			t.Errorf("%d finished cases", len(done))
		}
		return err
	})
}

func sum(counts map[casework.Group]casework.Count) (n int) {
	for _, c := range counts {
		n += int(c)
	}
	return n
}

// Peek shows a form again and no more than Look would.
func TestPeekRefusesWhatLookRefuses(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.received(casework.Complaint, "2026-11-18")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Protect(t.Context(), tx, w.officer, ref(r), true)
	})
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		other := casework.Officer{Actor: w.officer.Actor, User: w.officer.User + 1000}
		_, err := casework.Peek(t.Context(), tx, other, r.Case.Number)
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody else peeks: %v", err)
		}
		return nil
	})
}
