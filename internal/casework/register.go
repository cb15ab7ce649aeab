package casework

import (
	"context"
	"slices"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Arrival is how a case came that an officer enters.
type Arrival struct {
	// Channel is a kind of channel: phone, post, visit, box, email, …
	Channel string
	// ReceivedOn is the day it reached the town: the terms run from there, not from
	// the day of entry. Outside: after office hours.
	ReceivedOn deadline.Date
	Outside    bool
	Department string // key; empty = none yet
	// Sample marks a case that was made up for a demonstration: it sends no mail.
	Sample bool
}

// arrivals are the kinds of channel of what an officer enters; a town's own pages
// are among them for what citizens could not enter themselves.
func arrivals() []string {
	return []string{"phone", "post", "visit", "box", "email", "desk", "form", Website, "social", "meeting"}
}

// farBack bounds how old a letter is when it is entered, in days: beyond it the
// year was mistyped.
const farBack = 366

// Register files a case that came by telephone, letter, visit or box. An
// anonymous one is always registered; whether it is examined is decided then, by
// the rule of the town.
func (t *Town) Register(ctx context.Context, tx *pg.Tx, who Officer, f Filing, a Arrival) (Receipt, error) {
	return t.file(ctx, tx, who.Actor, f, a, ToRegister)
}

func (t *Town) checkArrival(in *input, a *Arrival, today deadline.Date) {
	if !slices.Contains(arrivals(), a.Channel) {
		in.refuse("channel", KeyNeedChannel, nil)
	}
	switch {
	case a.ReceivedOn.IsZero():
		in.refuse("received_on", KeyNeedReceived, nil)
	case a.ReceivedOn > today:
		in.refuse("received_on", KeyDateAhead, nil)
	case a.ReceivedOn < today.AddDays(-farBack):
		in.refuse("received_on", KeyDateLongAgo, nil)
	}
	if a.Department != "" && !t.department(a.Department) {
		in.refuse("department", KeyNoDepartment, nil)
	}
}
