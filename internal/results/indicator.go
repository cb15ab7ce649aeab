package results

// Indicator is one thing that is counted. The letters and numbers are those of
// the published list of indicators.
type Indicator string

// What is counted. The month of each is that of the day named last.
const (
	// OnTimeLaw (I1): finished by the legal date in force, of all finished that have
	// a verified one; by the day of finishing.
	OnTimeLaw Indicator = "on_time_law"
	// OnTimeOwn: finished by the town's own date, of all finished that were promised one.
	OnTimeOwn Indicator = "on_time_own"
	// OnTimeFirst (I2): finished by the legal date before any extension.
	OnTimeFirst Indicator = "on_time_first"
	// FirstAnswer (I3): working days from receipt to the answer that stands.
	FirstAnswer Indicator = "first_answer"
	// Overdue (I4): open and past the legal date, of all open; at the end of the month.
	Overdue Indicator = "overdue"
	// Extended (I5): finished after an extension, of all finished that had a term.
	Extended Indicator = "extended"
	// Notified (I5b): told of each extension before the old date, of all extended.
	Notified Indicator = "extension_notified"
	// Acknowledged (I6): entered within one working day, of all received.
	Acknowledged Indicator = "acknowledged"
	// SentInTime (I7): sent on within the verified term for it, of all sent on.
	SentInTime Indicator = "sent_in_time"
	// Received (I8) and Finished count cases.
	Received Indicator = "received"
	Finished Indicator = "finished"
	// Satisfaction (I11): the ratings, 1 to 5; by the day of the rating.
	Satisfaction Indicator = "satisfaction"
	// Answered and Decided: of the cases that were finished, or whose term ended,
	// those that had an answer, or an answer or a reasoned refusal, by the end of
	// the month.
	Answered Indicator = "answered"
	Decided  Indicator = "decided"
	// ByChannel counts the received by channel, ByGround the declined by ground; the
	// place of the kind holds the one or the other.
	ByChannel Indicator = "channel"
	ByGround  Indicator = "ground"
)

// compared are the indicators that the portal is told, for all kinds together.
// A figure by kind beside it would give the rest by subtraction.
func compared() []Indicator {
	return []Indicator{
		OnTimeLaw, OnTimeOwn, OnTimeFirst, FirstAnswer, Overdue, Extended, Notified, Acknowledged, SentInTime, Received, Finished,
		Satisfaction,
	}
}

// stock tells a count of what is there at the end of a month from a count of what
// happened in it: months of it are not added up.
func (i Indicator) stock() bool { return i == Overdue }

// spread tells whether values are kept with how often each occurred.
func (i Indicator) spread() bool { return i == FirstAnswer || i == Satisfaction }

// Reason is why a case is not counted.
type Reason string

// The reasons.
const (
	Withdrawn   Reason = "withdrawn"    // by its submitter
	SentOn      Reason = "sent_on"      // to whoever is competent
	NoTerm      Reason = "no_term"      // of this kind
	Unverified  Reason = "unverified"   // the legal term is not confirmed
	NotPromised Reason = "not_promised" // for what comes this way
	NoAnswer    Reason = "no_answer"    // declined, or passed on as praise is
)

// Reasons lists them in the order of a table.
func Reasons() []Reason {
	return []Reason{Withdrawn, SentOn, NoTerm, Unverified, NotPromised, NoAnswer}
}
