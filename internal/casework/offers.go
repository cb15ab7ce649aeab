package casework

import (
	"slices"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// Offer is one button on the page of a case.
type Offer struct {
	Do Action
	// Refused says why it cannot be pressed now; empty = it can.
	Refused i18n.Key
	// Latest is the last date an extension may name; zero = there is no cap.
	Latest deadline.Date
	// Reach says which dates an extension would move.
	Reach Reach
}

// Offers lists what a party may do with a case as it stands, in the order of the
// lifecycle. What the state does not allow is left out; what it allows and
// something about the case forbids is there with the reason.
func (t *Town) Offers(c *Case, pin Pin, past []Extended, by Party, today deadline.Date) []Offer {
	var all []Offer
	for _, line := range lifecycle {
		if !slices.Contains(line.From, c.State) || !slices.Contains(line.By, by) {
			continue
		}
		if line.needs(NeedClaim) && c.Danger != Claimed {
			continue // most cases have nothing to do with it
		}
		o := Offer{Do: line.Do}
		for _, need := range line.Needs {
			if key := c.lacks(need); key != "" && o.Refused == "" {
				o.Refused = key
			}
		}
		if line.needs(NeedTerm) && o.Refused == "" {
			room, err := t.room(c, pin, past, today)
			if err != nil {
				o.Refused = err.key
			}
			o.Latest, o.Reach = room.latest(), room.reach(c)
		}
		all = append(all, o)
	}
	return all
}

// lacks says what stands in the way of an action that has the need; empty where
// nothing does, and for needs that are typed in or looked up later.
func (c *Case) lacks(n Need) i18n.Key {
	switch n {
	case NeedClock:
		if c.Stopped {
			return KeyClockStopped
		}
	case NeedClaim:
		if c.Danger != Claimed {
			return KeyNoClaim
		}
	case NeedDecided:
		if c.Danger == Claimed {
			return KeyClaimOpen
		}
	case NeedDone:
		if c.State.Open() && c.Kind != Praise {
			return KeyAnswerOwed
		}
	case NeedUnrated:
		if c.Score != 0 {
			return KeyRatedAlready
		}
	}
	return ""
}
