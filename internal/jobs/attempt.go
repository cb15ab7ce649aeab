package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"charterhouse/internal/pg"
)

var (
	errLost  = errors.New("jobs: another attempt has begun, or the job is done")
	errGone  = errors.New("the job has ended the process, or lost its lease, at every attempt")
	errEnded = errors.New("the handler ended without a result")
)

// Run is an attempt at a job with an outside effect.
type Run struct {
	Realm pg.Realm
	Args  json.RawMessage
	// Receipt is the same in every attempt: who receives the effect twice can tell.
	Receipt string
	Tries   int  // this one counted
	Last    bool // if it fails, the job is dead

	runner *Runner
}

// Read looks into the realm. There is no Write: what an attempt has to write goes
// into its Outcome, which is refused to an attempt that is no longer the latest.
func (r Run) Read(ctx context.Context, fn func(*pg.Tx) error) error {
	return r.runner.read(ctx, r.Realm, fn)
}

// attempt tries a job and writes down what came of it.
func (r *Runner) attempt(ctx context.Context, c claimed) {
	log := r.o.Log.With("realm", c.place.Realm.Name(), "kind", c.kind.Name, "job", c.ID, "try", c.Tries)
	err := r.try(ctx, c)
	switch {
	case err == nil:
		r.stats.done.Add(1)
		log.Debug("jobs: done")
		return
	case errors.Is(err, errLost):
		r.stats.lost.Add(1)
		log.Warn("jobs: another attempt has taken over")
		return
	case ctx.Err() != nil:
		log.Warn("jobs: cancelled; the lease will run out", "error", err)
		return
	}
	dead := isPermanent(err) || c.Tries >= c.kind.Attempts
	log.Warn("jobs: failed", "dead", dead, "error", err)
	switch recorded := r.fail(ctx, c, err, dead); {
	case errors.Is(recorded, errLost):
		r.stats.lost.Add(1)
	case recorded != nil:
		log.Error("jobs: the failure could not be written down; the lease will run out", "error", recorded)
	case dead:
		r.stats.dead.Add(1)
	default:
		r.stats.failed.Add(1)
	}
}

func (r *Runner) try(ctx context.Context, c claimed) error {
	if c.Tries > c.kind.Attempts {
		return Permanent(errGone)
	}
	if c.kind.InTx != nil {
		// The time runs from when there is a connection.
		return r.seated(ctx, func() error { return r.inTx(ctx, c) })
	}
	limited, cancel := context.WithTimeout(ctx, c.kind.Timeout)
	defer cancel()
	var outcome Outcome
	err := r.guard(func() (err error) {
		outcome, err = c.kind.Outside(limited, Run{
			Realm: c.place.Realm, Args: c.Args, Receipt: c.Receipt, Tries: c.Tries, Last: c.Tries >= c.kind.Attempts, runner: r,
		})
		return err
	})
	if err != nil {
		return err
	}
	// The effect has happened: it is written down also when the time is over.
	return r.settle(ctx, c, func(ctx context.Context, tx *pg.Tx) error {
		if err := c.hold(ctx, tx); err != nil {
			return err
		}
		if outcome != nil {
			if err := r.guard(func() error { return outcome(ctx, tx) }); err != nil {
				return err
			}
		}
		return c.end(ctx, tx)
	})
}

func (r *Runner) inTx(ctx context.Context, c claimed) error {
	ctx, cancel := context.WithTimeout(ctx, c.kind.Timeout)
	defer cancel()
	return r.db.Write(ctx, c.place.Realm, func(tx *pg.Tx) error {
		if err := c.hold(ctx, tx); err != nil {
			return err
		}
		if err := r.guard(func() error { return c.kind.InTx(ctx, tx, c.Args) }); err != nil {
			return err
		}
		return c.end(ctx, tx)
	})
}

// hold locks the job for this attempt; errLost when it is another's by now.
func (c claimed) hold(ctx context.Context, tx *pg.Tx) error {
	var id int64
	err := tx.Get(ctx, &id, `SELECT id FROM jobs WHERE id = $1 AND attempt = $2 AND state = 'pending' FOR UPDATE SKIP LOCKED`, c.ID, c.Attempt)
	if errors.Is(err, sql.ErrNoRows) {
		return errLost
	}
	if err != nil {
		return fmt.Errorf("jobs: hold job %d: %w", c.ID, err)
	}
	return nil
}

// end removes a job that is done. One with a key stays, so that the key is taken
// for good, but not its arguments.
func (c claimed) end(ctx context.Context, tx *pg.Tx) error {
	kept, err := tx.Exec(ctx, `UPDATE jobs SET state = 'done', args = '{}', hold_until = NULL, last_error = ''
		WHERE id = $1 AND attempt = $2 AND state = 'pending' AND effect_key IS NOT NULL`, c.ID, c.Attempt)
	if err != nil {
		return fmt.Errorf("jobs: end job %d: %w", c.ID, err)
	}
	if kept == 1 {
		return nil
	}
	gone, err := tx.Exec(ctx, `DELETE FROM jobs WHERE id = $1 AND attempt = $2 AND state = 'pending'`, c.ID, c.Attempt)
	if err != nil {
		return fmt.Errorf("jobs: end job %d: %w", c.ID, err)
	}
	if gone != 1 {
		return errLost
	}
	return nil
}

// fail puts the job off or declares it dead, and lets its kind write about it. A
// kind that fails at that too does not keep its job in a circle.
func (r *Runner) fail(ctx context.Context, c claimed, cause error, dead bool) error {
	put := func(ctx context.Context, tx *pg.Tx) error { return c.putOff(ctx, tx, cause, dead) }
	if c.kind.Failed == nil {
		return r.settle(ctx, c, put)
	}
	err := r.settle(ctx, c, func(ctx context.Context, tx *pg.Tx) error {
		if err := put(ctx, tx); err != nil {
			return err
		}
		return r.guard(func() error {
			return c.kind.Failed(ctx, tx, Failure{Args: c.Args, Err: cause, Tries: c.Tries, Dead: dead})
		})
	})
	if err == nil || errors.Is(err, errLost) || pg.Unavailable(err) {
		return err
	}
	r.o.Log.Error("jobs: Failed", "kind", c.kind.Name, "job", c.ID, "error", err)
	return r.settle(ctx, c, put)
}

func (c claimed) putOff(ctx context.Context, tx *pg.Tx, cause error, dead bool) error {
	server, err := tx.ServerTime(ctx)
	if err != nil {
		return err
	}
	state, until, died := Pending, server.Add(jitter(c.kind.Pause(c.Tries))), (*time.Time)(nil)
	if dead {
		state, died = Dead, &tx.Now
	}
	n, err := tx.Exec(ctx, `UPDATE jobs SET state = $3, hold_until = $4, last_error = $5, died_at = $6
		WHERE id = $1 AND attempt = $2 AND state = 'pending'`, c.ID, c.Attempt, state, until, shown(cause), died)
	if err != nil {
		return fmt.Errorf("jobs: put off job %d: %w", c.ID, err)
	}
	if n != 1 {
		return errLost
	}
	return nil
}

// settle writes what has happened, and tries again for a part of the lease when
// the database is away.
func (r *Runner) settle(ctx context.Context, c claimed, fn func(context.Context, *pg.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, r.o.Lease/4)
	defer cancel()
	for {
		err := r.write(ctx, c.place.Realm, func(tx *pg.Tx) error { return fn(ctx, tx) })
		if !pg.Unavailable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Second):
		}
	}
}

// guard turns a panic (or runtime.Goexit) of a handler into a failed attempt.
func (r *Runner) guard(fn func() error) error {
	result := make(chan error, 1)
	go func() {
		err := errEnded
		defer func() {
			if p := recover(); p != nil {
				r.o.Log.Error("jobs: panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				err = fmt.Errorf("panic: %v", p)
			}
			result <- err
		}()
		err = fn()
	}()
	return <-result
}

// shown is an error as it is kept in the list: short, and nothing PostgreSQL
// would refuse.
func shown(err error) string {
	s := []rune(strings.ToValidUTF8(strings.ReplaceAll(err.Error(), "\x00", ""), "?"))
	return string(s[:min(len(s), 500)])
}
