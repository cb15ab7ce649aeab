package access

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// pace is how fast something may be tried. The first attempts are free; after
// slow of them (0 = never) each waits a second longer before it is looked at;
// from the one numbered bar on, each admitted attempt closes the door behind it,
// for twice as long every time. Attempts at a closed door neither count nor keep
// it closed, so nobody can lock another person out for longer than most.
type pace struct {
	kind   string
	slow   int
	bar    int
	first  time.Duration
	most   time.Duration
	forget time.Duration // without any attempt for so long, the count begins anew
}

// The paces. An account: four guesses an hour in the long run. A client may be a
// whole town hall behind one address, so it gets more. A code has six digits, of
// which three are right at a time: five guesses, then one an hour.
func accountPace() pace {
	return pace{"account", 3, 6, time.Minute, 15 * time.Minute, 12 * time.Hour}
}

func clientPace() pace {
	return pace{"client", 15, 30, time.Minute, 15 * time.Minute, time.Hour}
}

func codePace() pace { return pace{"code", 0, 5, time.Minute, time.Hour, 24 * time.Hour} }

func resetPace() pace {
	return pace{"reset", 0, 3, 15 * time.Minute, time.Hour, 24 * time.Hour}
}

func resetClientPace() pace {
	return pace{"reset_client", 0, 10, time.Minute, 15 * time.Minute, time.Hour}
}

// maxDelay: a slowed attempt holds a request, so it is never held long.
const maxDelay = 3 * time.Second

// tries is what stands in the table.
type tries struct {
	Attempts int       `db:"attempts"`
	LastAt   time.Time `db:"last_at"`
	Barred   time.Time `db:"barred_until"`
}

// never is long past for whoever asks: another attempt at the same moment may
// have read the clock a little earlier.
func never() time.Time { return time.Unix(0, 0).UTC() }

// next admits one more attempt or tells how long to wait for it.
func (p pace) next(t tries, now time.Time) (after tries, delay, wait time.Duration) {
	if now.Before(t.Barred) {
		return t, 0, t.Barred.Sub(now)
	}
	if now.Sub(t.LastAt) > p.forget {
		t = tries{Barred: never()}
	}
	t.Attempts++
	t.LastAt = now
	if over := t.Attempts - p.slow; p.slow > 0 && over > 0 {
		delay = min(time.Duration(over)*time.Second, maxDelay)
	}
	if over := t.Attempts - p.bar; over >= 0 {
		t.Barred = now.Add(min(p.first<<min(over, 20), p.most))
	}
	return t, delay, 0
}

// Client stands for where attempts come from: a keyed hash of the network, the
// same in every instance and on every day. It is hashed again under the key of the
// realm before it stands in the table, and the row goes a day after the last
// attempt.
func (g *Gate) Client(network string) string {
	m := hmac.New(sha256.New, g.key)
	m.Write([]byte("charterhouse/access/1/client/" + network))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// count lets one attempt through and counts it before anybody knows how it ends,
// so that a hundred at once are a hundred. It refuses with TooMany, and then
// nothing is changed. The time is the server's, which all instances share.
func (g *Gate) count(ctx context.Context, tx *pg.Tx, p pace, whom string) (key []byte, delay time.Duration, err error) {
	if key, err = g.mark(ctx, tx, useAttempt+p.kind, whom); err != nil {
		return nil, 0, err
	}
	now, err := tx.ServerTime(ctx)
	if err != nil {
		return nil, 0, err
	}
	// The update changes nothing and locks the row: a SELECT would find none where
	// a right answer at the same moment has just forgiven the count.
	var t tries
	err = tx.Get(ctx, &t, `INSERT INTO log_in_attempts AS a (kind, key, attempts, last_at, barred_until)
		VALUES ($1, $2, 0, $3, $4) ON CONFLICT (kind, key) DO UPDATE SET attempts = a.attempts
		RETURNING attempts, last_at, barred_until`, p.kind, key, now, never())
	if err != nil {
		return nil, 0, fmt.Errorf("access: count an attempt: %w", err)
	}
	after, delay, wait := p.next(t, now)
	if wait > 0 {
		return nil, 0, fault.New(fault.TooMany, KeyTryLater).With("Count", minutes(wait))
	}
	_, err = tx.Exec(ctx, `UPDATE log_in_attempts SET attempts = $3, last_at = $4, barred_until = $5
		WHERE kind = $1 AND key = $2`, p.kind, key, after.Attempts, after.LastAt, after.Barred)
	if err != nil {
		return nil, 0, fmt.Errorf("access: count an attempt: %w", err)
	}
	if after.Attempts == p.bar {
		// The chain hears of it once, not of every knock at a closed door.
		tx.Record(pg.Entry{Actor: Visitor().ID, Action: string(ActionBarred), Object: "attempts/" + p.kind, Detail: map[string]any{"attempts": after.Attempts}})
	}
	return key, delay, nil
}

// forgive takes all attempts back after the right answer: no guess was among
// those that counted.
func forgive(ctx context.Context, tx *pg.Tx, p pace, key []byte) error {
	_, err := tx.Exec(ctx, `DELETE FROM log_in_attempts WHERE kind = $1 AND key = $2`, p.kind, key)
	if err != nil {
		return fmt.Errorf("access: forgive attempts: %w", err)
	}
	return nil
}

// takeBack takes one attempt back: who signs in does not use up what colleagues
// behind the same address have, and does not wipe out a guesser's count either.
func takeBack(ctx context.Context, tx *pg.Tx, p pace, key []byte) error {
	_, err := tx.Exec(ctx, `UPDATE log_in_attempts SET attempts = attempts - 1
		WHERE kind = $1 AND key = $2 AND attempts > 0`, p.kind, key)
	if err != nil {
		return fmt.Errorf("access: take an attempt back: %w", err)
	}
	return nil
}
