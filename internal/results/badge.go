// Package results says whether a town keeps its promises: one badge for each
// commitment. Until cases and ratings are counted, a promise is either not
// measured, with the reason, or has no data yet, with the day of the first
// result where the town has named one.
package results

import (
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// State is what a badge says.
type State string

// The states of a promise.
const (
	Kept        State = "kept"
	AtRisk      State = "risk"
	Broken      State = "broken"
	NotMeasured State = "none"
	NoDataYet   State = "nodata"
)

// States lists them in the order in which a tally shows them.
func States() []State { return []State{Kept, AtRisk, Broken, NoDataYet, NotMeasured} }

// Badge is the verdict on one promise and what stands beside it.
type Badge struct {
	State  State
	Reason i18n.Text     // why nobody measures it
	First  deadline.Date // of the first result; zero = not fixed
}

// Of gives the badge of a commitment.
func Of(c *charter.Commitment) Badge {
	if c.Measure.Kind == charter.None {
		return Badge{State: NotMeasured, Reason: c.Measure.Reason}
	}
	// Check has read the date before; the zero Date stands for none.
	first, _ := deadline.ParseDate(c.Measure.First)
	return Badge{State: NoDataYet, First: first}
}
