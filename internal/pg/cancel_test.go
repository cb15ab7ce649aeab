package pg_test

import (
	"context"
	"testing"
	"time"

	"charterhouse/internal/pg"
)

// TestACancelledConnectionServesNobodyElse: the word that ends a statement may
// arrive late, and must then find nobody's next transaction.
func TestACancelledConnectionServesNobodyElse(t *testing.T) {
	o := options(house(t).ServiceURL)
	o.Pool = 1
	o.StatementTimeout = 5 * time.Minute // else they would end by that
	db := door(t, o)
	alpha := town(t, "alpha")
	process := func() (n int) {
		must(t, db.Read(t.Context(), alpha, func(tx *pg.Tx) error {
			return tx.Get(t.Context(), &n, `SELECT pg_backend_pid() WHERE $1 = 1`, 1)
		}))
		return n
	}
	before := process()
	if again := process(); again != before {
		t.Fatalf("without a reason another connection is used: %d, %d", before, again)
	}
	for name, run := range map[string]func(context.Context, *pg.Tx) error{
		"exec": func(ctx context.Context, tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `SELECT pg_sleep($1)`, 300)
			return err
		},
		"query": func(ctx context.Context, tx *pg.Tx) error {
			var all []string
			return tx.Select(ctx, &all, `SELECT pg_sleep($1)::text`, 300)
		},
	} {
		gone, leave := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, leave)
		began := time.Now()
		err := db.Read(gone, alpha, func(tx *pg.Tx) error { return run(gone, tx) })
		if err == nil || time.Since(began) > 30*time.Second {
			t.Errorf("%s: a cancelled statement gave %v after %v", name, err, time.Since(began))
		}
		after := process()
		if after == before {
			t.Errorf("%s: the connection of a cancelled statement is used again", name)
		}
		before = after
	}
}

// TestWhoLeavesBetweenStatementsSpoilsNothing: nothing runs then that could be
// ended, so the connection stays.
func TestWhoLeavesBetweenStatementsSpoilsNothing(t *testing.T) {
	o := options(house(t).ServiceURL)
	o.Pool = 1
	db := door(t, o)
	var here, then int
	gone, leave := context.WithCancel(t.Context())
	err := db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		err := tx.Get(gone, &here, `SELECT pg_backend_pid() WHERE $1 = 1`, 1)
		leave()
		if err == nil {
			_, err = tx.Exec(t.Context(), `SELECT pg_sleep($1)`, 0.5) // of somebody who stays
		}
		return err
	})
	must(t, err)
	must(t, db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		return tx.Get(t.Context(), &then, `SELECT pg_backend_pid() WHERE $1 = 1`, 1)
	}))
	if here != then {
		t.Errorf("the connection was thrown away: %d, then %d", here, then)
	}
}
