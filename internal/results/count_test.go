package results

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
)

func aDay(t testing.TB, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func aCalendar(t testing.TB) *deadline.Calendar {
	t.Helper()
	cal, err := deadline.Compile(deadline.CalendarSpec{Key: "lt", Weekly: []string{"mon", "tue", "wed", "thu", "fri"}})
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// anOutcome draws a case as it may stand on a day.
func anOutcome(t *rapid.T, first, today deadline.Date) casework.Outcome {
	day := func(name string, from, to deadline.Date) deadline.Date {
		return from.AddDays(rapid.IntRange(0, max(to.Sub(from), 0)).Draw(t, name))
	}
	o := casework.Outcome{
		Kind:    rapid.SampledFrom(casework.Kinds()).Draw(t, "kind"),
		Channel: rapid.SampledFrom([]string{"website", "phone", "post"}).Draw(t, "channel"),
		State:   rapid.SampledFrom(casework.States()).Draw(t, "state"),
		Sample:  rapid.Bool().Draw(t, "sample"),
	}
	o.ReceivedOn = day("received", first, today)
	o.RegisteredOn = min(o.ReceivedOn.AddDays(rapid.IntRange(0, 5).Draw(t, "registered")), today)
	if rapid.Bool().Draw(t, "own") {
		o.OwnDue = o.ReceivedOn.AddDays(rapid.IntRange(0, 10).Draw(t, "own term"))
	}
	if rapid.IntRange(0, 3).Draw(t, "law") > 0 {
		o.LawDue = o.ReceivedOn.AddDays(rapid.IntRange(0, 60).Draw(t, "law term"))
		o.LawVerified = rapid.IntRange(0, 3).Draw(t, "verified") > 0
		if rapid.IntRange(0, 3).Draw(t, "extended") == 0 {
			o.Extended, o.LawFirst, o.Notified = true, o.LawDue, rapid.Bool().Draw(t, "notified")
			o.LawDue = o.LawDue.AddDays(rapid.IntRange(1, 20).Draw(t, "by"))
		}
	}
	if o.State == casework.Waiting {
		o.AskedOn, o.Stopped = day("asked", o.ReceivedOn, today), rapid.Bool().Draw(t, "stopped")
	}
	if o.State.Open() {
		return o
	}
	o.DoneOn = day("done", o.ReceivedOn, today)
	switch o.State {
	case casework.Answered:
		o.AnsweredOn = o.DoneOn
	case casework.Forwarded:
		o.SentOn = true
	case casework.Declined:
		o.Ground = rapid.SampledFrom([]string{"repeated", "rude"}).Draw(t, "ground")
	case casework.Closed:
		switch rapid.IntRange(0, 2).Draw(t, "closed after") {
		case 0:
			o.AnsweredOn = o.DoneOn
		case 1:
			o.SentOn = true
		}
	}
	return o
}

// naive counts one indicator of one kind in one month, case by case, in words of
// its own: days as numbers of year and month, nothing shared with the counter.
func naive(i Indicator, kind string, y int, m int, all []casework.Outcome, sent []casework.Sending, rated []casework.Rated, cal *deadline.Calendar, today deadline.Date) (num, den int64) {
	in := func(d deadline.Date) bool { return !d.IsZero() && d.Year() == y && int(d.Month()) == m }
	before := func(d deadline.Date) bool { // on or before the end of the month, as of today
		return !d.IsZero() && d <= today && (d.Year() < y || d.Year() == y && int(d.Month()) <= m)
	}
	running := today.Year() == y && int(today.Month()) == m && today.AddDays(1).Month() == today.Month()
	yes := func(b bool) {
		den++
		if b {
			num++
		}
	}
	for _, o := range all {
		if kind != "" && o.Kind != kind && i != ByChannel && i != ByGround {
			continue
		}
		gone := o.State == casework.Withdrawn || o.State == casework.Forwarded || o.State == casework.Closed && o.AnsweredOn.IsZero() && o.SentOn
		ended := in(o.DoneOn) && !gone
		lawful := !o.LawDue.IsZero() && o.LawVerified
		switch i {
		case OnTimeLaw:
			if ended && lawful {
				yes(!(o.DoneOn > o.LawDue))
			}
		case OnTimeOwn:
			if ended && !o.OwnDue.IsZero() {
				yes(!(o.DoneOn > o.OwnDue))
			}
		case OnTimeFirst:
			if ended && lawful {
				original := o.LawDue
				if o.Extended {
					original = o.LawFirst
				}
				yes(!(o.DoneOn > original))
			}
		case FirstAnswer:
			if ended && !o.AnsweredOn.IsZero() {
				den++
				for d := o.ReceivedOn.AddDays(1); d <= o.AnsweredOn; d = d.AddDays(1) {
					if cal.IsWorking(d) {
						num++
					}
				}
			}
		case Overdue:
			if before(o.ReceivedOn) && !before(o.DoneOn) && lawful {
				late := before(o.LawDue)
				if running || today.Year() == y && int(today.Month()) == m {
					late = o.LawDue < today
				}
				yes(late && !(o.Stopped && before(o.AskedOn)))
			}
		case Extended:
			if ended && (!o.OwnDue.IsZero() || !o.LawDue.IsZero()) {
				yes(o.Extended)
			}
		case Notified:
			if ended && o.Extended {
				yes(o.Notified)
			}
		case Acknowledged:
			if in(o.ReceivedOn) {
				working := 0
				for d := o.ReceivedOn.AddDays(1); d <= o.RegisteredOn; d = d.AddDays(1) {
					if cal.IsWorking(d) {
						working++
					}
				}
				yes(working < 2)
			}
		case Received:
			if in(o.ReceivedOn) {
				yes(true)
			}
		case Finished:
			if ended {
				yes(true)
			}
		case ByChannel:
			if in(o.ReceivedOn) && o.Channel == kind {
				yes(true)
			}
		case ByGround:
			if in(o.DoneOn) && o.State == casework.Declined && o.Ground == kind {
				yes(true)
			}
		}
	}
	for _, x := range sent {
		if i == SentInTime && (kind == "" || x.Kind == kind) && in(x.ReferredOn) && x.Verified && !x.DueOn.IsZero() {
			yes(!(x.ReferredOn > x.DueOn))
		}
	}
	for _, x := range rated {
		if i == Satisfaction && (kind == "" || x.Kind == kind) && in(x.On) {
			num += int64(x.Score)
			den++
		}
	}
	return num, den
}

// owedNaively counts Answered and Decided.
func owedNaively(decided bool, kind string, y, m int, all []casework.Outcome, today deadline.Date) (num, den int64) {
	for _, o := range all {
		if kind != "" && o.Kind != kind {
			continue
		}
		term := o.OwnDue
		if term.IsZero() {
			term = o.LawDue
		}
		var day deadline.Date
		switch {
		case o.DoneOn.IsZero() && !term.IsZero() && term < today:
			// A question to the submitter stops the term, unless that had ended before.
			if !o.Stopped || o.AskedOn > term {
				day = term
			}
		case !o.DoneOn.IsZero() && term.IsZero():
			day = o.DoneOn
		case !o.DoneOn.IsZero():
			day = min(term, o.DoneOn)
		}
		if day.IsZero() || day.Year() != y || int(day.Month()) != m {
			continue
		}
		by := func(d deadline.Date) bool {
			return !d.IsZero() && (d.Year() < y || d.Year() == y && int(d.Month()) <= m)
		}
		gone := o.State == casework.Withdrawn || o.State == casework.Forwarded || o.State == casework.Closed && o.AnsweredOn.IsZero() && o.SentOn
		if gone && by(o.DoneOn) {
			continue
		}
		den++
		if by(o.AnsweredOn) || decided && o.State == casework.Declined && by(o.DoneOn) {
			num++
		}
	}
	return num, den
}

// Every indicator of every kind and month equals a computation that was written
// apart from it, on random cases.
func TestEachIndicatorEqualsAnIndependentComputation(t *testing.T) {
	cal := aCalendar(t)
	first, compares := aDay(t, "2026-01-01"), 0
	indicators := append(compared(), ByChannel, ByGround, Answered, Decided)
	rapid.Check(t, func(r *rapid.T) {
		today := first.AddDays(rapid.IntRange(0, 200).Draw(r, "today"))
		s := source{calendar: cal}
		for range rapid.IntRange(0, 40).Draw(r, "cases") {
			o := anOutcome(r, first, today)
			s.cases = append(s.cases, o)
			if o.SentOn {
				x := casework.Sending{Kind: o.Kind, ReferredOn: o.DoneOn, Verified: rapid.Bool().Draw(r, "forward verified")}
				if rapid.Bool().Draw(r, "forward term") {
					x.DueOn = o.ReceivedOn.AddDays(7)
				}
				s.sent = append(s.sent, x)
			}
			if !o.AnsweredOn.IsZero() {
				s.rated = append(s.rated, casework.Rated{Kind: o.Kind, On: min(o.AnsweredOn.AddDays(3), today), Score: rapid.IntRange(1, 5).Draw(r, "score")})
			}
		}
		from := firstOf(first.AddDays(rapid.IntRange(0, today.Sub(first)).Draw(r, "from")))
		got := count(s, from, firstOf(today), today)
		for m := from; m <= today; m = m.AddMonths(1) {
			for _, i := range indicators {
				kinds := append(casework.Kinds(), "")
				switch i {
				case ByChannel:
					kinds = []string{"website", "phone", "post"}
				case ByGround:
					kinds = []string{"repeated", "rude"}
				}
				for _, kind := range kinds {
					num, den := naive(i, kind, m.Year(), int(m.Month()), s.cases, s.sent, s.rated, cal, today)
					if i == Answered || i == Decided {
						num, den = owedNaively(i == Decided, kind, m.Year(), int(m.Month()), s.cases, today)
					}
					f := got[m][series{i, kind}]
					if f == nil {
						f = &Figure{}
					}
					if compares++; f.Num != num || f.Den != den {
						r.Fatalf("%s of %q in %s as of %s: %d of %d, and independently %d of %d", i, kind, m, today, f.Num, f.Den, num, den)
					}
					if n := f.Spread.Count(); len(f.Spread) > 0 && n != den {
						r.Fatalf("%s: the spread has %d of %d", i, n, den)
					}
				}
			}
		}
	})
	if compares < 1000 {
		t.Errorf("only %d figures were compared", compares)
	}
	t.Logf("%d figures compared", compares)
}

// While the submitter is asked the term stands still: nobody owes an answer on the
// old date, unless it had passed before the question.
func TestNoAnswerIsOwedWhileTheClockStandsStill(t *testing.T) {
	day := func(s string) deadline.Date { return aDay(t, s) }
	waiting := casework.Outcome{
		Kind: casework.Question, Channel: "post", State: casework.Waiting, ReceivedOn: day("2026-10-01"), RegisteredOn: day("2026-10-01"),
		OwnDue: day("2026-10-06"), AskedOn: day("2026-10-06"), Stopped: true,
	}
	late, running := waiting, waiting
	late.AskedOn, running.Stopped = day("2026-10-07"), false
	for name, c := range map[string]struct {
		o    casework.Outcome
		want int64
	}{"asked in time": {waiting, 0}, "asked after the term": {late, 1}, "the term runs on": {running, 1}} {
		got := count(source{cases: []casework.Outcome{c.o}, calendar: aCalendar(t)}, day("2026-10-01"), day("2026-11-01"), day("2026-11-20"))
		for _, i := range []Indicator{Answered, Decided} {
			f := got[day("2026-10-01")][series{i, ""}]
			if f == nil {
				f = &Figure{}
			}
			if f.Den != c.want || f.Num != 0 {
				t.Errorf("%s: %s is %d of %d, want 0 of %d", name, i, f.Num, f.Den, c.want)
			}
		}
	}
}

// What is received in a month is what is counted or left out, no more and no less.
func TestNothingIsLostBetweenCountedAndLeftOut(t *testing.T) {
	cal := aCalendar(t)
	first := aDay(t, "2026-01-01")
	rapid.Check(t, func(r *rapid.T) {
		today := first.AddDays(rapid.IntRange(0, 100).Draw(r, "today"))
		s := source{calendar: cal}
		for range rapid.IntRange(0, 30).Draw(r, "cases") {
			s.cases = append(s.cases, anOutcome(r, first, today))
		}
		for m, figures := range count(s, first, firstOf(today), today) {
			var done int64
			for _, o := range s.cases {
				if firstOf(o.DoneOn) == m {
					done++
				}
			}
			for _, i := range []Indicator{OnTimeLaw, OnTimeOwn, OnTimeFirst, FirstAnswer, Extended, Finished} {
				f := figures[series{i, ""}]
				if f == nil {
					f = &Figure{}
				}
				sum := f.Den
				for _, n := range f.LeftOut {
					sum += n
				}
				if sum != done {
					r.Fatalf("%s in %s: %d counted, %v left out, of %d", i, m, f.Den, f.LeftOut, done)
				}
			}
		}
	})
}

func TestPeriods(t *testing.T) {
	d := aDay(t, "2026-11-20")
	for want, p := range map[string]Period{
		"month 2026-11-01 2026-11-30":   MonthOf(d),
		"quarter 2026-10-01 2026-12-31": QuarterOf(d),
		"year 2026-01-01 2026-12-31":    YearOf(d),
		"rolling 2025-12-01 2026-11-30": RollingTo(d),
	} {
		if got := fmt.Sprintf("%s %s %s", p.Kind, p.From, p.To); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, of := range []func(deadline.Date) Period{MonthOf, QuarterOf, YearOf, RollingTo} {
		for day := aDay(t, "2023-12-15"); day < d; day = day.AddDays(11) {
			p := of(day)
			if day < p.From || day > p.To || p.From.Day() != 1 || p.To.AddDays(1).Day() != 1 {
				t.Fatalf("%s is not in %+v", day, p)
			}
		}
	}
}
