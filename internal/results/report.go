package results

import (
	"context"
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Report is a town's page of results for one period. Everything in it may be seen
// by anybody; the page and its downloads are made from it alone.
type Report struct {
	Period   Period
	Today    deadline.Date
	Promises []PromiseGroup
	// Timely are the cases of every kind, then those of each: by the town's own
	// promise, by law, and by law without the extensions.
	Timely []Timely
	// Months are those of the period, the newest first.
	Months   []MonthLine
	Received Value
	Kinds    []Part
	Channels []Part
	Declined Value
	Grounds  []Part

	Acknowledged Value
	FirstAnswer  Value // days
	Overdue      Value
	Extended     Value
	Notified     Value
	SentInTime   Value
	// Satisfaction is made of ratings; AnsweredCases is how many could have given one.
	Satisfaction  Value
	AnsweredCases Value
	Sample        bool
}

// PromiseGroup is one group of the charter with its promises.
type PromiseGroup struct {
	Section, Title i18n.Text
	Promisor       string
	Promises       []PromiseLine
}

// PromiseLine is one promise with its badge.
type PromiseLine struct {
	Key  string
	Text i18n.Text
	Badge
}

// Timely tells of the finished cases of a kind how many were in time.
type Timely struct {
	Kind            string // empty = every kind
	Own, Law, First Value
}

// MonthLine is one month of the period.
type MonthLine struct {
	Month              deadline.Date
	Received, Finished Value
	Own, Law           Value
	FirstAnswer        Value
}

// ReadReport computes the page for a period. Doc is the charter with its board,
// today the town's date.
func ReadReport(ctx context.Context, tx *pg.Tx, doc *charter.Document, board *Board, p Period, today deadline.Date) (*Report, error) {
	t, err := readFigures(ctx, tx, p.From, p.To, append(compared(), Answered, Decided, ByChannel, ByGround))
	if err != nil {
		return nil, err
	}
	of := func(i Indicator) Value { return t.value(i, "", p) }
	r := &Report{
		Period: p, Today: today, Promises: groups(doc, board),
		Received: of(Received), Kinds: t.parts(Received, p), Channels: t.parts(ByChannel, p), Grounds: t.parts(ByGround, p),
		Acknowledged: of(Acknowledged), FirstAnswer: of(FirstAnswer), Overdue: of(Overdue), Extended: of(Extended),
		Notified: of(Notified), SentInTime: of(SentInTime), Satisfaction: of(Satisfaction), AnsweredCases: of(FirstAnswer),
	}
	r.Declined = total(r.Grounds)
	r.Timely = append(r.Timely, t.timely("", p))
	for _, kind := range casework.Kinds() {
		if line := t.timely(kind, p); line.Own.State != NoData || line.Law.State != NoData {
			r.Timely = append(r.Timely, line)
		}
	}
	for _, m := range slices.Backward(p.Months()) {
		if m <= today {
			r.Months = append(r.Months, t.month(MonthOf(m)))
		}
	}
	r.Sample = t.sample(p)
	return r, nil
}

func groups(doc *charter.Document, board *Board) []PromiseGroup {
	var all []PromiseGroup
	var last *charter.Group
	for _, place := range doc.Places() {
		if place.Group != last {
			last = place.Group
			all = append(all, PromiseGroup{Section: place.Section.Title, Title: last.Title, Promisor: last.Promisor})
		}
		g := &all[len(all)-1]
		c := place.Commitment
		g.Promises = append(g.Promises, PromiseLine{Key: c.Key, Text: c.Text, Badge: board.Of(c)})
	}
	return all
}

// parts breaks an indicator down.
func (t table) parts(i Indicator, p Period) []Part {
	var all []Part
	for _, kind := range t.kinds(i) {
		if v := t.value(i, kind, p); v.State != NoData {
			all = append(all, Part{Key: kind, Value: v})
		}
	}
	biggestFirst(all)
	return all
}

// total adds up what is shown of a breakdown that has no other total.
func total(parts []Part) Value {
	v := Value{State: NoData}
	for _, p := range parts {
		switch {
		case p.Value.State == Shown:
			v.State = Shown
			v.Num += p.Value.Num
			v.Den += p.Value.Den
			v.Sample = v.Sample || p.Value.Sample
		case v.State == NoData:
			v.State = Suppressed
		}
	}
	return v
}

func (t table) timely(kind string, p Period) Timely {
	return Timely{Kind: kind, Own: t.value(OnTimeOwn, kind, p), Law: t.value(OnTimeLaw, kind, p), First: t.value(OnTimeFirst, kind, p)}
}

func (t table) month(p Period) MonthLine {
	return MonthLine{
		Month: p.From, Received: t.value(Received, "", p), Finished: t.value(Finished, "", p),
		Own: t.value(OnTimeOwn, "", p), Law: t.value(OnTimeLaw, "", p), FirstAnswer: t.value(FirstAnswer, "", p),
	}
}

// sample tells whether anything shown of the period was made up.
func (t table) sample(p Period) bool {
	for _, rows := range t {
		for _, r := range rows {
			if r.ShownSample && p.holds(r.Month) {
				return true
			}
		}
	}
	return false
}
