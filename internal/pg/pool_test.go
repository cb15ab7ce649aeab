package pg_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/pg"
)

// TestPoolReuse interleaves requests of two towns over few connections, with
// everything that can go wrong in one, and asks in each transaction who it is
// and what it sees.
func TestPoolReuse(t *testing.T) {
	h := house(t)
	behind := raw(t, h.SuperURL)
	setup := door(t, options(h.ServiceURL))
	slugs := []string{"alpha", "beta"}
	for _, slug := range slugs {
		canary(t, setup, slug)
	}
	for _, size := range []int{1, 4} {
		t.Run(fmt.Sprintf("pool of %d", size), func(t *testing.T) {
			db := door(t, pg.Options{URL: h.ServiceURL, Clock: time.Now, Pool: size, StatementTimeout: 50 * time.Millisecond})
			r := &reuse{db: db, towns: []pg.Realm{town(t, "alpha"), town(t, "beta")}}
			var all sync.WaitGroup
			for worker := range 4 {
				all.Go(func() {
					dice := rand.New(rand.NewPCG(uint64(worker), uint64(size)))
					for range 1250 {
						r.request(t, dice.IntN(2), dice.IntN(1000))
					}
				})
			}
			all.Wait()
			t.Logf("%d transactions looked, %d panics, %d cancels, %d timeouts, %d writes", r.looked.Load(), r.panics.Load(), r.cancels.Load(), r.timeouts.Load(), r.writes.Load())
			if r.looked.Load() < 4500 || r.panics.Load() == 0 || r.cancels.Load() == 0 || r.timeouts.Load() == 0 || r.writes.Load() == 0 {
				t.Error("too little was tried")
			}
			if r.mismatches.Load() != 0 {
				t.Errorf("%d mismatches", r.mismatches.Load())
			}
			if n := leftInTransaction(t, behind); n != 0 {
				t.Errorf("%d connections idle in a transaction", n)
			}
		})
	}
}

type reuse struct {
	db    *pg.DB
	towns []pg.Realm

	looked, mismatches, panics, cancels, timeouts, writes atomic.Int32
}

// request is one of: panic (5 %), cancel (2 %), statement timeout (0.5 %), write
// (20 %), read.
func (r *reuse) request(t *testing.T, which, dice int) {
	me := r.towns[which]
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	open := r.db.Read
	if dice >= 75 && dice < 275 {
		open = r.db.Write
	}
	// On a busy machine somebody may wait too long, or compute too long.
	ok := func(err error) bool { return err == nil || errors.Is(err, pg.ErrBusy) || code(err) == "57014" }
	switch {
	case dice < 50:
		r.panics.Add(1)
		func() {
			defer func() { _ = recover() }()
			_ = open(ctx, me, func(tx *pg.Tx) error { _ = r.look(ctx, tx); panic("in the middle") })
		}()
	case dice < 70:
		r.cancels.Add(1)
		err := open(ctx, me, func(tx *pg.Tx) error {
			_ = r.look(ctx, tx)
			time.AfterFunc(time.Millisecond, leave)
			_, err := tx.Exec(ctx, `SELECT pg_sleep($1)`, 1)
			return err
		})
		if err == nil {
			t.Error("a cancelled request succeeded")
		}
	case dice < 75:
		err := open(ctx, me, func(tx *pg.Tx) error {
			if err := r.look(ctx, tx); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `SELECT pg_sleep($1)`, 1)
			return err
		})
		if code(err) == "57014" {
			r.timeouts.Add(1)
		} else if !ok(err) {
			t.Errorf("a slow statement: %v", err)
		}
	default:
		err := open(ctx, me, func(tx *pg.Tx) error {
			if err := r.look(ctx, tx); err != nil {
				return err
			}
			if dice < 275 {
				r.writes.Add(1)
				_, err := tx.Exec(ctx, `UPDATE settings SET version = version + 1 WHERE key = $1`, "CNRY-"+me.Name()[2:])
				return err
			}
			return nil
		})
		if !ok(err) {
			t.Errorf("a request: %v", err)
		}
	}
}

// look asks who we are and sees only the own canary.
func (r *reuse) look(ctx context.Context, tx *pg.Tx) error {
	var now struct{ Who, Where, Keys string }
	err := tx.Get(ctx, &now, `SELECT current_user AS who, current_schema() AS where, string_agg(key, ' ') AS keys FROM settings WHERE key <> $1`, "")
	if err != nil {
		return err
	}
	r.looked.Add(1)
	if me := tx.Realm.Name(); now.Who != me || now.Where != me || now.Keys != "CNRY-"+me[2:] {
		r.mismatches.Add(1)
	}
	return nil
}
