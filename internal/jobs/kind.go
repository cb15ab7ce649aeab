package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"charterhouse/internal/pg"
)

// Kind is one sort of job and how it is done: by InTx or by Outside.
type Kind struct {
	Name string
	// InTx does a job that touches the database only, in the transaction that
	// ends it: its effect happens once.
	InTx func(ctx context.Context, tx *pg.Tx, args json.RawMessage) error
	// Outside does a job with an effect elsewhere, at least once and with no
	// transaction open. What is to be written about it goes into the Outcome.
	Outside func(ctx context.Context, run Run) (Outcome, error)
	// Failed, if set, writes about an attempt that failed, in the transaction that
	// puts the job off or declares it dead.
	Failed func(ctx context.Context, tx *pg.Tx, f Failure) error

	// Attempts after which the job is dead; 0 = 12, about an hour and a half.
	Attempts int
	// Timeout of one attempt; 0 = 60 s. The lease is always longer.
	Timeout time.Duration
	// Pause after the given number of tries; nil = 5 s, doubled up to 15 minutes.
	// A quarter is added or taken at random, so that what failed together does not
	// come back together.
	Pause func(tries int) time.Duration
	// AtOnce is how many of the kind run at the same time in this process; 0 =
	// half of the workers. A slow mail server then stops mails and nothing else.
	AtOnce int
}

// Outcome writes what an attempt has brought about, in the transaction that ends
// the job; nil = nothing to write. It is not called when another attempt has
// begun in the meantime.
type Outcome func(ctx context.Context, tx *pg.Tx) error

// Failure is what Kind.Failed is told.
type Failure struct {
	Args  json.RawMessage
	Err   error
	Tries int
	Dead  bool // there will be no other attempt
}

const (
	defaultAttempts = 12
	defaultTimeout  = time.Minute
	firstPause      = 5 * time.Second
	longestPause    = 15 * time.Minute
)

// InTx makes a kind whose handler takes its arguments as a T. Arguments that are
// no T kill the job: they will not get better.
func InTx[T any](name string, do func(ctx context.Context, tx *pg.Tx, args T) error) Kind {
	return Kind{Name: name, InTx: func(ctx context.Context, tx *pg.Tx, raw json.RawMessage) error {
		args, err := Decode[T](raw)
		if err != nil {
			return err
		}
		return do(ctx, tx, args)
	}}
}

// Outside is as InTx, for an effect outside the database.
func Outside[T any](name string, do func(ctx context.Context, run Run, args T) (Outcome, error)) Kind {
	return Kind{Name: name, Outside: func(ctx context.Context, run Run) (Outcome, error) {
		args, err := Decode[T](run.Args)
		if err != nil {
			return nil, err
		}
		return do(ctx, run, args)
	}}
}

// Decode reads the arguments of a job; Permanent when they are no T.
func Decode[T any](raw json.RawMessage) (args T, err error) {
	if err := json.Unmarshal(raw, &args); err != nil {
		return args, Permanent(fmt.Errorf("arguments: %w", err))
	}
	return args, nil
}

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent says that trying again would bring the same: the job is dead at once.
func Permanent(err error) error { return permanent{err} }

func isPermanent(err error) bool {
	_, is := errors.AsType[permanent](err)
	return is
}

// Doubling gives a Pause that begins with first and doubles up to longest.
func Doubling(first, longest time.Duration) func(tries int) time.Duration {
	return func(tries int) time.Duration {
		pause := first
		for i := 1; i < tries && pause < longest; i++ {
			pause *= 2
		}
		return min(pause, longest)
	}
}

func jitter(d time.Duration) time.Duration {
	return d*3/4 + time.Duration(rand.Int64N(int64(d/2)+1))
}

// complete fills in what a kind leaves open; it refuses one that cannot run.
func (k Kind) complete(workers int, lease time.Duration) (Kind, error) {
	if (k.InTx == nil) == (k.Outside == nil) || k.Name == "" || len(k.Name) > maxKind {
		return k, fmt.Errorf("jobs: kind %q has a name and one of InTx and Outside", k.Name)
	}
	if k.Attempts == 0 {
		k.Attempts = defaultAttempts
	}
	if k.Timeout == 0 {
		k.Timeout = min(defaultTimeout, lease/2)
	}
	if k.Pause == nil {
		k.Pause = Doubling(firstPause, longestPause)
	}
	if k.AtOnce == 0 {
		k.AtOnce = (workers + 1) / 2
	}
	// Who still works when the lease ends would do it a second time.
	if k.Timeout > lease/2 {
		return k, fmt.Errorf("jobs: kind %s may take %s: more than half of the lease of %s", k.Name, k.Timeout, lease)
	}
	return k, nil
}
