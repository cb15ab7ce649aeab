package results

import "slices"

// Part is one line of a breakdown: a kind of case, a channel, a ground.
type Part struct {
	Key   string
	Value Value
}

// protect hides lines of a breakdown that is counted for one view alone and could
// be found by subtraction from its total: as long as what is hidden amounts to one
// to four, the smallest line that is still shown is hidden too. Where the total
// itself is not shown, nothing can be subtracted from it.
func protect(total Value, parts []Part) {
	if total.State != Shown {
		return
	}
	rest := total.Den
	for _, p := range parts {
		if p.Value.State == Shown {
			rest -= p.Value.Den
		}
	}
	for rest != 0 && rest > -Least && rest < Least {
		smallest := -1
		for i, p := range parts {
			if p.Value.State == Shown && (smallest < 0 || p.Value.Den < parts[smallest].Value.Den) {
				smallest = i
			}
		}
		if smallest < 0 {
			return
		}
		rest += parts[smallest].Value.Den
		parts[smallest].Value = Value{State: Suppressed}
	}
}

// biggestFirst orders a breakdown for a table; what is hidden comes last.
func biggestFirst(parts []Part) {
	slices.SortStableFunc(parts, func(a, b Part) int {
		if a.Value.Den != b.Value.Den {
			return int(b.Value.Den - a.Value.Den)
		}
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
}
