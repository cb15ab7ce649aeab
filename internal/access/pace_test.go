package access

import (
	"testing"
	"time"
)

// Whoever guesses for a week without a pause gets so many guesses and no more.
func TestPacesBoundAWeekOfGuessing(t *testing.T) {
	for _, c := range []struct {
		pace  pace
		most  int
		delay time.Duration
	}{
		{accountPace(), 700, maxDelay}, {clientPace(), 750, maxDelay}, {codePace(), 180, 0}, {resetPace(), 180, 0}, {resetClientPace(), 720, 0},
	} {
		now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
		end := now.Add(7 * 24 * time.Hour)
		state := tries{LastAt: now, Barred: now}
		admitted, slowest := 0, time.Duration(0)
		for now.Before(end) {
			after, delay, wait := c.pace.next(state, now)
			if wait > 0 {
				if after != state {
					t.Fatalf("%s: a knock at the closed door changed %+v to %+v", c.pace.kind, state, after)
				}
				now = now.Add(wait)
				continue
			}
			state = after
			admitted++
			slowest = max(slowest, delay)
		}
		t.Logf("%s: %d in a week", c.pace.kind, admitted)
		if admitted > c.most || admitted < c.most/2 || slowest != c.delay {
			t.Errorf("%s: %d guesses in a week, want at most %d; slowed by %s, want %s", c.pace.kind, admitted, c.most, slowest, c.delay)
		}
	}
}

// After a quiet time the count begins anew, and a huge count overflows nothing.
func TestPacesForget(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	p := accountPace()
	after, delay, wait := p.next(tries{Attempts: 1 << 30, LastAt: now.Add(-p.forget), Barred: now}, now)
	if wait != 0 || after.Attempts != 1<<30+1 || after.Barred.Sub(now) != p.most || delay != maxDelay {
		t.Errorf("remembered: %+v, %s", after, wait)
	}
	after, delay, wait = p.next(tries{Attempts: 1 << 30, LastAt: now.Add(-p.forget - time.Second), Barred: now}, now)
	if wait != 0 || after.Attempts != 1 || after.Barred.After(now) || delay != 0 {
		t.Errorf("forgotten: %+v, %s", after, wait)
	}
}

// What nobody can have typed is not hashed, however long it is.
func TestAbsurdPasswordsCostNothing(t *testing.T) {
	for _, absurd := range []string{string(make([]byte, 1<<20)), "gili\x00upė", "gili\xffupė"} {
		if got := comparablePassword(absurd); got != "" {
			t.Errorf("%d bytes of it are hashed", len(got))
		}
	}
}
