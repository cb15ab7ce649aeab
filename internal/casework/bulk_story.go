package casework

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
)

// generator makes up the cases of one town.
type generator struct {
	town   *Town
	words  BulkWords
	actor  audit.Actor
	pins   *townPins
	habits habits
	rng    *rand.Rand
	until  time.Time // nothing happens later
	today  deadline.Date
}

func (g *generator) chance(p float64) bool { return g.rng.Float64() < p }

// arrival draws when somebody writes: by season, mostly on a working day, mostly
// by daylight.
func (g *generator) arrival() time.Time {
	for {
		day := g.today.AddDays(-1 - g.rng.IntN(bulkDays))
		weight := g.habits.months[day.Month()-1] / 1.5
		if !g.town.Calendar.IsWorking(day) {
			weight *= 0.25
		}
		if !g.chance(weight) {
			continue
		}
		hour := 8 + g.rng.IntN(10)
		if g.chance(0.2) {
			hour = 18 + g.rng.IntN(5)
		}
		return g.at(day, hour, g.rng.IntN(60))
	}
}

func (g *generator) at(d deadline.Date, hour, minute int) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, hour, minute, 0, 0, g.town.Zone).UTC()
}

// draft makes up the case that came at a moment, and its story as far as today.
func (g *generator) draft(index int, at time.Time) (*draft, error) {
	t, rng := g.town, g.rng
	d := &draft{town: t, index: index, actor: g.actor, at: at, do: ToSubmit}
	kind := Kinds()[pick(rng, g.habits.kinds)]
	f := Filing{Kind: kind, Lang: g.words.Lang}
	f.Title, f.Body = g.words.filing(rng, kind)
	a := Arrival{Channel: bulkChannels()[pick(rng, g.habits.channels)], Sample: true}
	day, outside := deadline.Received(at, t.Zone, t.Hours)
	if a.Channel != Website {
		d.do = ToRegister
		g.register(d, &a, &day, &outside)
	}
	policy := t.Rules.Anonymous
	f.Anonymous = kind != Praise && policy != nil && policy.Policy == Accept && g.chance(g.habits.anonymous)
	if !f.Anonymous {
		f.Person = g.words.person(rng, index)
	}
	pin, err := g.pins.pin(t, kind, a.Channel, day, outside)
	if err != nil {
		return nil, err
	}
	d.filing, d.pin = f, pin
	d.c = Case{
		Kind: kind, State: Received, Channel: a.Channel, Lang: f.Lang, Anonymous: f.Anonymous, Sample: true, ReceivedOn: day, Outside: outside,
	}
	if pin.Own != nil {
		d.c.OwnDue = pin.Own.Due()
	}
	if pin.Law != nil {
		d.c.LawDue, d.c.LawVerified = pin.Law.Due(), pin.Rule.Kind.Law.Verified
	}
	d.file(a)
	g.live(d)
	return d, nil
}

// register lets the desk enter what came otherwise: on a working day, by day, and
// letters now and then a day later.
func (g *generator) register(d *draft, a *Arrival, day *deadline.Date, outside *bool) {
	t := g.town
	if !t.Calendar.IsWorking(*day) {
		*day = t.before(*day, 1)
	}
	entered := *day
	if (a.Channel == "post" || a.Channel == "box" || a.Channel == "email") && g.chance(0.3) {
		if next := t.after(*day, 1); next < g.today {
			entered = next
		}
	}
	d.at = g.at(entered, 9+g.rng.IntN(8), g.rng.IntN(60))
	// What an officer enters came within hours, unless it says otherwise.
	a.ReceivedOn, *outside = *day, false
}

// office gives the moment of the desk's work so many working days after a day;
// false when that has not come yet.
func (g *generator) office(d *draft, day deadline.Date) (time.Time, bool) {
	for {
		if !g.town.Calendar.IsWorking(day) {
			day = g.town.after(day, 1)
		}
		at := g.at(day, 9+g.rng.IntN(8), g.rng.IntN(60))
		if at.After(d.last) {
			return at, at.Before(g.until)
		}
		day = g.town.after(day, 1)
	}
}

// evening is when a submitter acts.
func (g *generator) evening(d *draft, day deadline.Date) (time.Time, bool) {
	at := g.at(day, 18+g.rng.IntN(4), g.rng.IntN(60))
	if !at.After(d.last) {
		at = g.at(day.AddDays(1), 18, g.rng.IntN(60))
	}
	return at, at.Before(g.until)
}

// live lets a case have its story. Each part says whether there is more to come.
func (g *generator) live(d *draft) {
	t, h := g.town, g.habits
	first := d.today(d.at)
	if d.c.Kind == Praise {
		if at, ok := g.office(d, t.after(first, 1+g.rng.IntN(4))); ok {
			d.close(at)
		}
		return
	}
	if g.chance(h.take) {
		if at, ok := g.office(d, t.after(first, g.rng.IntN(3))); !ok || !d.take(at) {
			return
		}
	}
	switch x := g.rng.Float64(); {
	case x < h.forget:
	case x < h.forget+h.withdraw:
		g.withdraw(d, first)
	case x < h.forget+h.withdraw+h.decline && g.ground(d) != "":
		g.decline(d, first)
	case x < h.forget+h.withdraw+h.decline+h.forward:
		g.forward(d, first)
	default:
		g.answer(d)
	}
}

func (g *generator) withdraw(d *draft, first deadline.Date) {
	day := g.town.after(first, 1+g.rng.IntN(5))
	if d.do == ToRegister {
		if at, ok := g.office(d, day); ok {
			d.withdraw(at, Staff, one(g.rng, g.words.Withdrawals))
		}
		return
	}
	if at, ok := g.evening(d, day); ok {
		d.withdraw(at, Submitter, "")
	}
}

// ground draws one that the rule has; what has a name is not declined for having
// none.
func (g *generator) ground(d *draft) string {
	grounds := slices.DeleteFunc(slices.Clone(d.pin.Rule.Grounds), func(x Ground) bool { return x.Key == groundAnonymous })
	if len(grounds) == 0 {
		return ""
	}
	// The first grounds of a list are the frequent ones.
	at := min(int(g.rng.ExpFloat64()*1.2), len(grounds)-1)
	return grounds[at].Key
}

func (g *generator) decline(d *draft, first deadline.Date) {
	explained := ""
	if g.chance(0.7) {
		explained = one(g.rng, g.words.Declines)
	}
	if at, ok := g.office(d, g.town.after(first, 1+g.rng.IntN(8))); ok {
		d.decline(at, g.ground(d), explained)
	}
}

func (g *generator) forward(d *draft, first deadline.Date) {
	days := 1 + g.rng.IntN(4)
	if g.chance(g.habits.forwardLate) {
		days = 6 + g.rng.IntN(8)
	}
	if at, ok := g.office(d, g.town.after(first, days)); ok {
		d.forward(at, one(g.rng, g.words.Institutions), one(g.rng, g.words.Forwards))
	}
}

// answer is the way of most cases.
func (g *generator) answer(d *draft) {
	t, h := g.town, g.habits
	if g.chance(h.ask) && !g.question(d) {
		return
	}
	due := d.c.Due()
	if due.IsZero() {
		due = t.after(d.c.ReceivedOn, 15)
	}
	term := max(1, t.Calendar.WorkingDaysBetween(d.c.ReceivedOn, due))
	share := h.pace * math.Exp(h.spread*g.rng.NormFloat64())
	if m := d.c.ReceivedOn.Month(); m == time.July || m == time.August {
		share *= h.summer
	}
	day := t.after(d.c.ReceivedOn, min(int(share*float64(term)+g.rng.Float64()), 120))
	if day > due && g.chance(h.extend) {
		if !g.extend(d, due) {
			return
		}
		if final := d.c.Due(); final > due {
			day = t.before(final, g.rng.IntN(4))
			if !g.chance(h.keepExtended) {
				day = t.after(final, 1+g.rng.IntN(10))
			}
		}
	}
	at, ok := g.office(d, max(day, d.today(d.last)))
	if !ok || !d.reply(at, one(g.rng, g.words.Replies)) {
		return
	}
	g.after(d)
}

// question asks the submitter something; false when the story ends there.
func (g *generator) question(d *draft) bool {
	t := g.town
	at, ok := g.office(d, t.after(d.today(d.last), 1+g.rng.IntN(2)))
	if !ok || !d.ask(at, one(g.rng, g.words.Questions)) {
		return false
	}
	if g.chance(0.85) {
		at, ok = g.evening(d, d.today(at).AddDays(1+g.rng.IntN(7)))
		return ok && d.resume(at, Submitter, one(g.rng, g.words.Responses))
	}
	at, ok = g.office(d, t.after(d.today(at), 15))
	return ok && d.resume(at, Staff, one(g.rng, g.words.Notes))
}

// extend tells of a delay shortly before the date; false when that day has not
// come yet. Where the rule knows no extension nothing happens.
func (g *generator) extend(d *draft, due deadline.Date) bool {
	if d.pin.Own != nil && !d.pin.Rule.OwnExtension {
		return true // what the town itself has promised stands
	}
	at, ok := g.office(d, max(g.town.before(due, g.rng.IntN(3)), d.today(d.last)))
	if !ok {
		return false
	}
	steps := ""
	if g.chance(0.5) {
		steps = one(g.rng, g.words.Steps)
	}
	d.extend(at, 4+g.rng.IntN(7), one(g.rng, g.words.Reasons), steps)
	return true
}

// after is what follows an answer: closing, rating.
func (g *generator) after(d *draft) {
	answered := d.c.AnsweredOn
	if g.chance(g.habits.rate) {
		if at, ok := g.evening(d, answered.AddDays(g.rng.IntN(4))); ok {
			score := g.score(d)
			comment := ""
			switch {
			case g.chance(0.6):
			case score >= 4:
				comment = one(g.rng, g.words.Praised)
			case score <= 2:
				comment = one(g.rng, g.words.Blamed)
			}
			d.rate(at, score, strings.TrimSpace(comment))
		}
	}
	if g.chance(g.habits.close) {
		if at, ok := g.office(d, g.town.after(answered, 3+g.rng.IntN(8))); ok {
			d.close(at)
		}
	}
}

// score is how the answer was liked; a late one is liked less.
func (g *generator) score(d *draft) int {
	mean := g.habits.liked
	if due := d.c.Due(); !due.IsZero() && d.c.AnsweredOn > due {
		mean -= 1.1
	}
	return min(5, max(1, int(math.Round(mean+1.1*g.rng.NormFloat64()))))
}
