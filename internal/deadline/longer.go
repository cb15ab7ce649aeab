package deadline

// Longer tells whether t ends later than o on whatever day both begin. Terms in
// different units are compared by the fewest days that the one and the most that
// the other can take, so that it is false where the calendar decides.
func (t Term) Longer(o Term) bool {
	if t.counts() == o.counts() {
		return t.Counted() > o.Counted()
	}
	fewest, _ := t.span()
	_, most := o.span()
	return fewest > most
}

// counts is the unit that is counted: the same working day is none of those days.
func (t Term) counts() Unit {
	if t.unit == SameWorkingDay {
		return WorkingDays
	}
	return t.unit
}

// mostOff is how many days not worked, beside the weekends, are allowed for in one
// term: those of Christmas or Easter with one more.
const mostOff = 5

// span is how many days on the calendar the term takes, at the least and at the
// most.
func (t Term) span() (fewest, most int) {
	n := t.Counted()
	switch t.counts() {
	case WorkingDays:
		return n + 2*(n/5), n + 2*(n/5+1) + mostOff
	case Months:
		return 28 * n, 31*n + mostOff
	}
	return n, n + mostOff
}
