package comparison

import (
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
)

// Indicator is one thing that municipalities are compared by, as published.
type Indicator struct {
	Key  results.Indicator
	Code string // I1, I2, …
	// Name, Definition and Unit say it to the reader.
	Name, Definition, Unit i18n.Key
	Direction              Direction
	Measure                Measure
}

// Direction tells which end is the good one.
type Direction string

// The directions. Context is shown and not ranked: more complaints may mean more
// trust.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Context Direction = "context"
)

// Measure is what of a figure is compared.
type Measure string

// The measures.
const (
	Share  Measure = "share"  // per cent
	Median Measure = "median" // of days
	Mean   Measure = "mean"   // of ratings
	Volume Measure = "volume" // a year and 1,000 inhabitants
)

// Indicators lists them in the order of the published list. The own promise
// stands beside the law that it is never mixed with.
func Indicators() []Indicator {
	share := func(key results.Indicator, code string, name, definition i18n.Key, d Direction) Indicator {
		return Indicator{Key: key, Code: code, Name: name, Definition: definition, Unit: KeyUnitShare, Direction: d, Measure: Share}
	}
	return []Indicator{
		share(results.OnTimeLaw, "I1", KeyNameLaw, KeyMeansLaw, Up),
		share(results.OnTimeOwn, "I1b", KeyNameOwn, KeyMeansOwn, Up),
		share(results.OnTimeFirst, "I2", KeyNameFirst, KeyMeansFirst, Up),
		{results.FirstAnswer, "I3", KeyNameDays, KeyMeansDays, KeyUnitDays, Down, Median},
		share(results.Overdue, "I4", KeyNameOverdue, KeyMeansOverdue, Down),
		share(results.Extended, "I5", KeyNameExtended, KeyMeansExtended, Down),
		share(results.Notified, "I5b", KeyNameNotified, KeyMeansNotified, Up),
		share(results.Acknowledged, "I6", KeyNameAcknowledged, KeyMeansAcknowledged, Up),
		share(results.SentInTime, "I7", KeyNameSent, KeyMeansSent, Up),
		{results.Received, "I8", KeyNameVolume, KeyMeansVolume, KeyUnitVolume, Context, Volume},
		{results.Satisfaction, "I11", KeyNameSatisfaction, KeyMeansSatisfaction, KeyUnitPoints, Up, Mean},
	}
}

// Find gives the indicator of a key; false when there is none.
func Find(key string) (Indicator, bool) {
	for _, i := range Indicators() {
		if string(i.Key) == key {
			return i, true
		}
	}
	return Indicator{}, false
}

// lawful tells whether only cases with a confirmed legal term count.
func (i Indicator) lawful() bool {
	switch i.Key {
	case results.OnTimeLaw, results.OnTimeFirst, results.Overdue, results.SentInTime:
		return true
	}
	return false
}

// better tells whether a is the better of two values.
func (i Indicator) better(a, b float64) bool {
	if i.Direction == Down {
		return a < b
	}
	return a > b
}
