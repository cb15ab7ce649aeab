package app

import (
	"time"

	"charterhouse/config"
)

// Clock is the time of day that everything below is given: the machine's, or
// the fixed one of CHARTER_CLOCK, which production refuses.
func Clock(s *config.Settings) func() time.Time {
	if fixed := s.Clock; !fixed.IsZero() {
		return func() time.Time { return fixed }
	}
	return time.Now
}

// Ticks counts from now on and never stands still or goes back: durations are
// measured with it also while the clock is fixed.
func Ticks() func() time.Duration {
	began := time.Now() // holds a monotonic reading
	return func() time.Duration { return time.Since(began) }
}
