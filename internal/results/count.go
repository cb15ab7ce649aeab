package results

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
)

// source is all that figures are counted from.
type source struct {
	cases    []casework.Outcome
	sent     []casework.Sending
	rated    []casework.Rated
	calendar *deadline.Calendar
}

// counter counts the months from the first of one to the last of another, as
// things stand on a day.
type counter struct {
	calendar        *deadline.Calendar
	from, to, today deadline.Date
	counts          counts
}

// count computes the figures of the months from .. to (first days) from a source
// that holds everything about them. Today is the last day that counts.
func count(s source, from, to, today deadline.Date) counts {
	c := &counter{calendar: s.calendar, from: from, to: to, today: today, counts: counts{}}
	for m := from; m <= to; m = m.AddMonths(1) {
		c.counts[m] = map[series]*Figure{}
	}
	for i := range s.cases {
		o := &s.cases[i]
		c.received(o)
		c.finished(o)
		c.owed(o)
		c.open(o)
	}
	for _, x := range s.sent {
		c.sentOn(x)
	}
	for _, x := range s.rated {
		if f := c.at(x.On); f != nil {
			f.both(Satisfaction, x.Kind, func(g *Figure) {
				g.Num += int64(x.Score)
				g.Den++
				g.Spread.add(int64(x.Score), 1)
				g.sample(x.Sample)
			})
		}
	}
	return c.counts
}

// month is one month of the counts.
type month map[series]*Figure

// at is the month of a day; nil where it is not counted now.
func (c *counter) at(d deadline.Date) month {
	if d.IsZero() || d < c.from {
		return nil
	}
	return c.counts[firstOf(d)]
}

func (m month) one(i Indicator, kind string, do func(*Figure)) {
	key := series{i, kind}
	f := m[key]
	if f == nil {
		f = &Figure{}
		m[key] = f
	}
	do(f)
}

// both counts for the kind and for all kinds.
func (m month) both(i Indicator, kind string, do func(*Figure)) {
	m.one(i, kind, do)
	m.one(i, "", do)
}

func (f *Figure) sample(is bool) {
	if is {
		f.Samples++
	}
}

// hit counts one of the whole, and in the part if yes.
func hit(yes, sample bool) func(*Figure) {
	return func(f *Figure) {
		f.Den++
		if yes {
			f.Num++
		}
		f.sample(sample)
	}
}

func without(reason Reason) func(*Figure) { return func(f *Figure) { f.leave(reason, 1) } }

func (c *counter) received(o *casework.Outcome) {
	m := c.at(o.ReceivedOn)
	if m == nil {
		return
	}
	m.both(Received, o.Kind, hit(true, o.Sample))
	m.one(ByChannel, o.Channel, hit(true, o.Sample))
	inTime := c.calendar.WorkingDaysBetween(o.ReceivedOn, o.RegisteredOn) <= 1
	m.both(Acknowledged, o.Kind, hit(inTime, o.Sample))
}

func (c *counter) finished(o *casework.Outcome) {
	m := c.at(o.DoneOn)
	if m == nil {
		return
	}
	fate := o.Fate()
	if fate == casework.Withdrawn || fate == casework.Forwarded {
		reason := Withdrawn
		if fate == casework.Forwarded {
			reason = SentOn
		}
		for _, i := range []Indicator{OnTimeLaw, OnTimeOwn, OnTimeFirst, FirstAnswer, Extended, Finished} {
			m.both(i, o.Kind, without(reason))
		}
		return
	}
	m.both(Finished, o.Kind, hit(true, o.Sample))
	if fate == casework.Declined {
		m.one(ByGround, o.Ground, hit(true, o.Sample))
	}
	c.timely(m, o)
	if o.AnsweredOn.IsZero() {
		m.both(FirstAnswer, o.Kind, without(NoAnswer))
		return
	}
	days := int64(max(c.calendar.WorkingDaysBetween(o.ReceivedOn, o.AnsweredOn), 0))
	m.both(FirstAnswer, o.Kind, func(f *Figure) {
		f.Num += days
		f.Den++
		f.Spread.add(days, 1)
		f.sample(o.Sample)
	})
}

// timely counts a finished case against its dates.
func (c *counter) timely(m month, o *casework.Outcome) {
	law, first := hit(o.DoneOn <= o.LawDue, o.Sample), o.LawDue
	if f := o.First(c.calendar); !f.IsZero() {
		first = f // moved by the pauses that came after the extension
	}
	unextended := hit(o.DoneOn <= first, o.Sample)
	switch {
	case o.LawDue.IsZero():
		law, unextended = without(NoTerm), without(NoTerm)
	case !o.LawVerified:
		law, unextended = without(Unverified), without(Unverified)
	}
	m.both(OnTimeLaw, o.Kind, law)
	m.both(OnTimeFirst, o.Kind, unextended)
	own := hit(o.DoneOn <= o.OwnDue, o.Sample)
	if o.OwnDue.IsZero() {
		own = without(NotPromised)
	}
	m.both(OnTimeOwn, o.Kind, own)
	if o.OwnDue.IsZero() && o.LawDue.IsZero() {
		m.both(Extended, o.Kind, without(NoTerm))
		return
	}
	m.both(Extended, o.Kind, hit(o.Extended, o.Sample))
	if o.Extended {
		m.both(Notified, o.Kind, hit(o.Notified, o.Sample))
	}
}

// due is the date that the town itself goes by: its own, else the law's.
func due(o *casework.Outcome) deadline.Date {
	if o.OwnDue.IsZero() {
		return o.LawDue
	}
	return o.OwnDue
}

// owed counts a case in the month in which it was finished or its term ended,
// whichever was first, by what it had got by the end of that month. While the
// submitter is asked the term stands still and its old date says nothing, unless
// it had passed before the question: such a date no pause moves.
func (c *counter) owed(o *casework.Outcome) {
	day := due(o)
	switch {
	case o.DoneOn.IsZero() && o.Stopped && o.AskedOn <= day:
		return
	case !o.DoneOn.IsZero() && (day.IsZero() || o.DoneOn < day):
		day = o.DoneOn
	case day.IsZero() || day >= c.today && o.DoneOn.IsZero():
		return // the term has not run out yet
	}
	m := c.at(day)
	if m == nil {
		return
	}
	end := min(lastOf(day), c.today)
	over := !o.DoneOn.IsZero() && o.DoneOn <= end
	if fate := o.Fate(); over && (fate == casework.Withdrawn || fate == casework.Forwarded) {
		reason := Withdrawn
		if fate == casework.Forwarded {
			reason = SentOn
		}
		m.both(Answered, o.Kind, without(reason))
		m.both(Decided, o.Kind, without(reason))
		return
	}
	answered := !o.AnsweredOn.IsZero() && o.AnsweredOn <= end
	declined := over && o.Fate() == casework.Declined
	m.both(Answered, o.Kind, hit(answered, o.Sample))
	m.both(Decided, o.Kind, hit(answered || declined, o.Sample))
}

// open counts a case at the end of each month in which it was still open; of the
// running month that is today, when a case due today is not late yet.
func (c *counter) open(o *casework.Outcome) {
	for m := max(c.from, firstOf(o.ReceivedOn)); m <= c.to; m = m.AddMonths(1) {
		end, late := lastOf(m), lastOf(m)
		if end >= c.today {
			end, late = c.today, c.today.AddDays(-1)
		}
		if !o.DoneOn.IsZero() && o.DoneOn <= end {
			return
		}
		stands := o.Stopped && o.AskedOn <= end
		do := hit(o.LawDue <= late && !stands, o.Sample)
		switch {
		case o.LawDue.IsZero():
			do = without(NoTerm)
		case !o.LawVerified:
			do = without(Unverified)
		}
		month(c.counts[m]).both(Overdue, o.Kind, do)
	}
}

func (c *counter) sentOn(x casework.Sending) {
	m := c.at(x.ReferredOn)
	if m == nil {
		return
	}
	do := hit(x.ReferredOn <= x.DueOn, x.Sample)
	switch {
	case x.DueOn.IsZero():
		do = without(NoTerm)
	case !x.Verified:
		do = without(Unverified)
	}
	m.both(SentInTime, x.Kind, do)
}
