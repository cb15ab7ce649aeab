package casework

import (
	"slices"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
)

// draft is a made-up case in memory. Its methods are the verbs without a database:
// they hold to the same lifecycle table and count with the same functions. A test
// plays each draft back through the verbs and wants the same rows.
type draft struct {
	town   *Town
	index  int // names the draft in its town
	number Number
	c      Case
	pin    Pin
	filing Filing
	do     Action
	actor  audit.Actor // of the desk
	at     time.Time   // of the entry
	last   time.Time   // of what happened last
	events []draftEvent
	months map[deadline.Date]bool

	pauses   []Pause
	extended []Extended
	referral *Referral
}

// draftEvent is one event with its texts. step says it as a hand-written sample
// does, for the playing back.
type draftEvent struct {
	line   Transition
	by     Party
	at     time.Time
	facts  Facts
	texts  []written
	seen   bool // by the submitter
	replay SampleStep
}

func (d *draft) today(at time.Time) deadline.Date { return deadline.Of(at, d.town.Zone) }

// file is the filing, as Town.file and step.open do it.
func (d *draft) file(a Arrival) {
	by := Submitter
	if d.do == ToRegister {
		by = Staff
	}
	line, _ := find("", d.do, by)
	d.c.FiledAt = d.stamp(d.at, by)
	d.last, d.months = d.at, map[deadline.Date]bool{}
	facts := Facts{To: Received, OwnDue: d.c.OwnDue, LawDue: d.c.LawDue, Department: a.Department}
	d.happened(draftEvent{line: line, by: by, at: d.c.FiledAt, facts: facts, seen: true,
		texts: []written{{PartFiling, d.filing.Title, d.filing.Body}}}, d.at)
	d.c.Version = 1
}

// stamp leaves only the day of what an anonymous submitter did.
func (d *draft) stamp(at time.Time, by Party) time.Time {
	if d.c.Anonymous && (by == Submitter || d.c.FiledAt.IsZero()) {
		return d.today(at).In(d.town.Zone).UTC()
	}
	return at
}

func (d *draft) happened(e draftEvent, at time.Time) {
	d.events = append(d.events, e)
	d.last = at
	for _, day := range []deadline.Date{d.c.ReceivedOn, d.c.Due(), d.today(at)} {
		if !day.IsZero() {
			d.months[day.AddDays(1-day.Day())] = true
		}
	}
}

// begin wants the lifecycle to allow the action now.
func (d *draft) begin(do Action, by Party) (Transition, bool) {
	line, ok := find(d.c.State, do, by)
	for _, need := range line.Needs {
		ok = ok && d.c.lacks(need) == ""
	}
	return line, ok
}

// finish is step.finish.
func (d *draft) finish(line Transition, by Party, at time.Time, seen bool, f Facts, replay SampleStep, texts ...written) {
	from := d.c.State
	if f.To = line.to(from); f.To == from {
		f.To = ""
	}
	d.c.State = line.to(from)
	switch {
	case from.Open() && !d.c.State.Open():
		d.c.DoneOn = d.today(at)
	case d.c.State.Open():
		d.c.DoneOn = 0
	}
	if d.c.State != Waiting {
		d.c.AskedOn, d.c.Stopped = 0, false
	}
	d.c.Version++
	texts = slices.DeleteFunc(texts, func(w written) bool { return w.body == "" })
	replay.Do = line.Do
	d.happened(draftEvent{line: line, by: by, at: d.stamp(at, by), facts: f, texts: texts, seen: seen, replay: replay}, at)
}

func (d *draft) notice() Notice { return d.filing.Person.notice() }

func (d *draft) take(at time.Time) bool {
	line, ok := d.begin(ToTake, Staff)
	if ok {
		d.finish(line, Staff, at, false, Facts{}, SampleStep{})
	}
	return ok
}

func (d *draft) ask(at time.Time, text string) bool {
	line, ok := d.begin(ToAsk, Staff)
	if !ok {
		return false
	}
	d.c.AskedOn, d.c.Stopped = d.today(at), d.pin.Rule.Stops()
	d.pauses = append(d.pauses, Pause{AskedOn: d.c.AskedOn, Stops: d.c.Stopped})
	d.finish(line, Staff, at, true, Facts{Notice: d.notice()}, SampleStep{Text: text}, written{part: PartQuestion, body: text})
	return true
}

// resume ends the pause: by the submitter's answer, or by the desk.
func (d *draft) resume(at time.Time, by Party, text string) bool {
	do, part := ToRespond, PartResponse
	if by == Staff {
		do, part = ToResume, PartNote
	}
	line, ok := d.begin(do, by)
	if !ok {
		return false
	}
	p := &d.pauses[len(d.pauses)-1]
	p.ResumedOn = d.today(at)
	if p.Stops {
		p.OwnFrom, p.OwnTo = d.town.moved(d.c.OwnDue, d.pin.Own, *p)
		p.LawFrom, p.LawTo = d.town.moved(d.c.LawDue, d.pin.Law, *p)
		if !p.OwnTo.IsZero() {
			d.c.OwnDue = p.OwnTo
		}
		if !p.LawTo.IsZero() {
			d.c.LawDue = p.LawTo
		}
	}
	d.c.AskedOn, d.c.Stopped = 0, false
	facts := Facts{OwnDue: d.c.OwnDue, LawDue: d.c.LawDue}
	d.finish(line, by, at, true, facts, SampleStep{Text: text}, written{part: part, body: text})
	return true
}

// extend moves the term by so many working days, or as far as it may go.
func (d *draft) extend(at time.Time, days int, reasons, steps string) bool {
	line, ok := d.begin(ToExtend, Staff)
	if !ok {
		return false
	}
	today := d.today(at)
	r, refused := d.town.room(&d.c, d.pin, together(d.extended, d.pauses), today)
	if refused != nil {
		return false
	}
	for days > 0 && !r.latest().IsZero() && d.town.after(r.inForce(), days) > r.latest() {
		days--
	}
	if days == 0 {
		return false
	}
	x := Extended{DecidedOn: today, FinalOn: d.town.after(r.inForce(), days), Notice: d.notice()}
	x.OwnFrom, x.OwnTo = r.own.to(x.FinalOn)
	x.LawFrom, x.LawTo = r.law.to(x.FinalOn)
	if !x.OwnTo.IsZero() {
		d.c.OwnDue = x.OwnTo
	}
	if !x.LawTo.IsZero() {
		d.c.LawDue = x.LawTo
	}
	d.c.ExtendedTo = x.FinalOn
	d.extended = append(d.extended, x)
	d.finish(line, Staff, at, true, Facts{Final: x.FinalOn, OwnDue: d.c.OwnDue, LawDue: d.c.LawDue, Notice: x.Notice},
		SampleStep{Text: reasons, Steps: steps, Final: days}, written{part: PartReasons, body: reasons}, written{part: PartSteps, body: steps})
	return true
}

func (d *draft) reply(at time.Time, text string) bool {
	line, ok := d.begin(ToReply, Staff)
	if !ok {
		return false
	}
	d.c.AnsweredOn = d.today(at)
	d.finish(line, Staff, at, true, Facts{OwnDue: d.c.OwnDue, LawDue: d.c.LawDue, Notice: d.notice()},
		SampleStep{Text: text}, written{part: PartReply, body: text})
	return true
}

func (d *draft) forward(at time.Time, institution, reason string) bool {
	line, ok := d.begin(ToForward, Staff)
	if !ok {
		return false
	}
	d.referral = &Referral{Institution: institution, ReferredOn: d.today(at), DueOn: d.pin.ForwardBy}
	d.finish(line, Staff, at, true, Facts{Late: !d.referral.InTime(), Notice: d.notice()},
		SampleStep{Institution: institution, Text: reason}, written{part: PartReasons, body: reason})
	return true
}

func (d *draft) decline(at time.Time, ground, explained string) bool {
	line, ok := d.begin(ToDecline, Staff)
	if !ok {
		return false
	}
	d.c.Ground = ground
	d.finish(line, Staff, at, true, Facts{Ground: ground, Notice: d.notice()},
		SampleStep{Ground: ground, Text: explained}, written{part: PartReasons, body: explained})
	return true
}

func (d *draft) withdraw(at time.Time, by Party, reason string) bool {
	line, ok := d.begin(ToWithdraw, by)
	if ok {
		var facts Facts
		if by == Staff {
			facts.Notice = d.notice()
		}
		d.finish(line, by, at, true, facts, SampleStep{Text: reason, Desk: by == Staff}, written{part: PartReasons, body: reason})
	}
	return ok
}

func (d *draft) close(at time.Time) bool {
	owed := d.c.State.Open()
	line, ok := d.begin(ToClose, Staff)
	if ok {
		var facts Facts
		if owed {
			facts.Notice = d.notice()
		}
		d.finish(line, Staff, at, true, facts, SampleStep{})
	}
	return ok
}

func (d *draft) rate(at time.Time, score int, comment string) bool {
	line, ok := d.begin(ToRate, Submitter)
	if !ok {
		return false
	}
	d.c.Score = score
	d.finish(line, Submitter, at, true, Facts{Score: score}, SampleStep{Score: score, Text: comment}, written{part: PartComment, body: comment})
	return true
}
