package public

import (
	"slices"

	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
)

// promise is one commitment as a row of a list or as its own page shows it.
type promise struct {
	charter.Place
	Badge results.Badge
}

// Mutual tells whether residents or organisations promise this.
func (p promise) Mutual() bool { return p.Group.Promisor == charter.Residents && !p.Expected() }

// Sample tells whether the words or the target are ours and not yet the town's.
func (p promise) Sample() bool {
	return p.Commitment.Sample || p.Section.Sample || p.Commitment.Measure.Sample
}

// How introduces how the promise is measured, or will be; empty where it is not.
func (p promise) How() i18n.Key {
	switch p.Badge.Word() {
	case results.NotMeasured:
		return ""
	case results.NoDataYet:
		return KeyCommitmentWillBeMeasuredBy
	}
	return KeyCommitmentMeasuredBy
}

// tally is one word with the number of promises in it.
type tally struct {
	State results.State
	Count int
}

// promises splits the charter proper into what the town promises, what residents
// promise and what is only expected of them. The town's begin with those that are
// measured. The counts are of promises: nobody has promised what is expected.
func promises(d *charter.Document, board *results.Board) (ours, theirs, expected []promise, counts []tally) {
	n := map[results.State]int{}
	for _, place := range d.Places() {
		if place.Section.Annex {
			continue
		}
		p := promise{place, board.Of(place.Commitment)}
		if p.Expected() {
			expected = append(expected, p)
			continue
		}
		n[p.Badge.Word()]++
		if p.Mutual() {
			theirs = append(theirs, p)
		} else {
			ours = append(ours, p)
		}
	}
	slices.SortStableFunc(ours, func(a, b promise) int { return rank(a.Badge.Word()) - rank(b.Badge.Word()) })
	for _, state := range results.Words() {
		if n[state] > 0 {
			counts = append(counts, tally{state, n[state]})
		}
	}
	return ours, theirs, expected, counts
}

func rank(state results.State) int { return slices.Index(results.Words(), state) }
