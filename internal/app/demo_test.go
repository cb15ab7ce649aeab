package app

import (
	"context"
	"io"
	"strings"
	"testing"

	"charterhouse/internal/charter"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
)

// A demonstration shows the idea at once: promises that are kept and promises that
// are not, by cases that are made up once and stay at the next start.
func TestADemonstrationShowsWhetherPromisesAreKept(t *testing.T) {
	s := demoTowns(t)
	var out strings.Builder
	well(t, fillDemo(t.Context(), s, 240, &out))
	if !strings.Contains(out.String(), "960 more sample cases") {
		t.Errorf("it said %q", out.String())
	}
	out.Reset()
	well(t, fillDemo(t.Context(), s, 240, &out))
	if out.Len() > 0 {
		t.Errorf("the second start said %q", out.String())
	}
	well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
		for cases, want := range map[int]bool{240: true, 720: false} {
			if filled, err := demoFilled(t.Context(), admin, cases); err != nil || filled != want {
				t.Errorf("%d cases in each town stand: %v, want %v: %v", cases, filled, want, err)
			}
		}
		return nil
	}))
	_, err := ResultsRecompute(t.Context(), s, Recomputing{Slugs: []string{"klaipeda"}, Workers: 1}, io.Discard)
	well(t, err)
	v, err := Open(t.Context(), s, io.Discard)
	well(t, err)
	defer v.Close()
	realm, err := pg.Town("klaipeda")
	well(t, err)
	states := map[results.State]int{}
	well(t, v.DB.Read(t.Context(), realm, func(tx *pg.Tx) error { return badges(t.Context(), v, tx, states) }))
	if states[results.Kept] == 0 || states[results.Kept]+states[results.AtRisk]+states[results.Broken] < 3 {
		t.Errorf("Klaipėda's promises: %v", states)
	}
}

// badges counts the states of the promises of the transaction's town.
func badges(ctx context.Context, v *Service, tx *pg.Tx, states map[results.State]int) error {
	town, err := v.Desk.Read(ctx, tx)
	if err != nil {
		return err
	}
	current, err := charter.Current(ctx, tx)
	if err != nil {
		return err
	}
	since, err := charter.Since(ctx, tx, town.Zone)
	if err != nil {
		return err
	}
	board, err := results.ReadBoard(ctx, tx, town.Rules, since, town.Today(tx))
	if err != nil {
		return err
	}
	for _, place := range current.Document.Places() {
		states[board.Of(place.Commitment).State]++
	}
	return nil
}
