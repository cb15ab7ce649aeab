package pg_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"charterhouse/internal/pg"
)

// TestAFullClassRefusesAndLeavesTheOthersTheirs fills the connections of filing.
func TestAFullClassRefusesAndLeavesTheOthersTheirs(t *testing.T) {
	t.Parallel() // it mostly waits
	h := house(t)
	o := options(h.ServiceURL)
	o.Pool = 8
	db := door(t, o)
	ctx, alpha := t.Context(), town(t, "alpha")
	filing := db.Class(pg.Filing)
	release, held := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	for range 2 { // a quarter of eight
		all.Go(func() {
			must(t, filing.Write(ctx, alpha, func(*pg.Tx) error { held <- struct{}{}; <-release; return nil }))
		})
		<-held
	}
	if got := db.Stats().InUse[pg.Filing]; got != 2 {
		t.Errorf("filing uses %d connections, want 2", got)
	}
	started := time.Now()
	err := filing.Write(ctx, alpha, func(*pg.Tx) error { t.Error("admitted over the limit"); return nil })
	if took := time.Since(started); !errors.Is(err, pg.ErrBusy) || !pg.Unavailable(err) || took > 30*time.Second {
		t.Errorf("a full class: %v after %v", err, took)
	}
	gone, leave := context.WithTimeout(ctx, 50*time.Millisecond)
	defer leave()
	if err := filing.Write(gone, alpha, func(*pg.Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) || pg.Unavailable(err) {
		t.Errorf("a client that left the queue: %v", err)
	}
	for _, c := range []pg.Class{pg.Reading, pg.Staff, pg.Jobs} {
		must(t, db.Class(c).Read(ctx, alpha, func(*pg.Tx) error { return nil }))
	}
	close(release)
	all.Wait()
	must(t, filing.Write(ctx, alpha, func(*pg.Tx) error { return nil }))
	if got := db.Stats().InUse; got != (pg.Stats{}).InUse {
		t.Errorf("in use at the end: %v", got)
	}
}

func TestAPoolOfOneServesEveryClass(t *testing.T) {
	o := options(house(t).ServiceURL)
	o.Pool = 1
	db := door(t, o)
	for _, c := range []pg.Class{pg.Reading, pg.Filing, pg.Staff, pg.Jobs} {
		must(t, db.Class(c).Read(t.Context(), town(t, "alpha"), func(*pg.Tx) error { return nil }))
	}
}
