package casework

import "charterhouse/internal/deadline"

// Reach is what an extension would change. A town's own promise moves only where
// the town has said how far it extends it, the legal date as the law allows: one of
// them may move while the other stays, and who extends has to know which.
type Reach struct {
	// Own and Law are the dates in force that would move; zero = that one does not.
	Own, Law deadline.Date
	// LawEnds is the last day that the law allows, extended as far as it can be; zero
	// = it sets none.
	LawEnds deadline.Date
	// Promise is the town's own date where it stays as it is, kept or broken; zero =
	// it moves, or there is none.
	Promise deadline.Date
}

// From is the date that the final one must lie after.
func (r Reach) From() deadline.Date {
	if !r.Own.IsZero() {
		return r.Own
	}
	return r.Law
}

func (r room) reach(c *Case) Reach {
	out := Reach{Own: r.own.from, Law: r.law.from, LawEnds: c.LawDue}
	if r.law.moves() {
		out.LawEnds = r.law.cap
	}
	if !r.own.moves() {
		out.Promise = c.OwnDue
	}
	return out
}

// Unmoved is the town's own date where the extension that the facts tell of has
// left it behind: what was promised stays promised. Zero = it has moved, or there
// is none.
func (f Facts) Unmoved() deadline.Date {
	if f.OwnDue < f.Final {
		return f.OwnDue
	}
	return 0
}

// LawExtended tells whether the case was extended and the town's own, earlier
// promise was not.
func (c *Case) LawExtended() bool {
	return !c.OwnDue.IsZero() && c.OwnDue < c.ExtendedTo
}
