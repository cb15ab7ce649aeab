package jobs_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// TestAFrozenRunnerCannotCommit: a runner that stops in the middle of a job and
// wakes after its lease finds that the job is another's, who is not done yet, and
// writes nothing.
func TestAFrozenRunnerCannotCommit(t *testing.T) {
	h := newHouse(t)
	frozen, thaw, release := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var begun atomic.Int32
	var receipts [2]string
	kind := jobs.Outside("send", func(_ context.Context, run jobs.Run, a number) (jobs.Outcome, error) {
		n := begun.Add(1)
		receipts[n-1] = run.Receipt
		if n == 1 {
			close(frozen)
			<-thaw // as a stopped process: no deadline reaches it
		} else {
			<-release
		}
		return func(ctx context.Context, tx *pg.Tx) error { return effect(ctx, tx, a.N, "sent") }, nil
	})
	kind.AtOnce = 1 // else the first runner itself begins a second attempt
	options := func(db *pg.DB) jobs.Options {
		o := h.options(kind)
		o.DB, o.Bell, o.Lease, o.Sweep = db, nil, time.Second, 50*time.Millisecond
		return o
	}
	first, stop := h.start(options(h.door(nil)))
	h.enqueue(town("alpha"), jobs.Job{Kind: "send", Args: number{1}})
	<-frozen
	second, _ := h.start(options(h.door(nil)))
	h.until("the lease is lost to the second runner", func() bool { return begun.Load() == 2 })
	close(thaw)
	h.until("the first is refused", func() bool { return first.Stats().Lost+first.Stats().Done == 1 })
	must(t, stop())
	close(release)
	h.until("the second ends", func() bool { return second.Stats().Done+second.Stats().Lost == 1 })
	if n := h.effects("t_alpha"); n != 1 || first.Stats().Lost != 1 || second.Stats().Done != 1 {
		t.Errorf("%d effects; the frozen runner: %+v, the other: %+v", n, first.Stats(), second.Stats())
	}
	if receipts[0] != receipts[1] || len(receipts[0]) < 20 {
		t.Errorf("the receiver cannot tell that it is the same: %q", receipts)
	}
}

// TestAFrozenRunnerHasNoSecondLife: the job of a frozen attempt died, was run
// again, and is at its first try once more. The old attempt is still old.
func TestAFrozenRunnerHasNoSecondLife(t *testing.T) {
	h := newHouse(t)
	frozen, thaw, release := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var begun atomic.Int32
	kind := jobs.Outside("send", func(_ context.Context, _ jobs.Run, a number) (jobs.Outcome, error) {
		if begun.Add(1) == 1 {
			close(frozen)
			<-thaw
		} else {
			<-release
		}
		return func(ctx context.Context, tx *pg.Tx) error { return effect(ctx, tx, a.N, "sent") }, nil
	})
	kind.Attempts = 1
	r, _ := h.start(h.options(kind))
	h.enqueue(town("alpha"), jobs.Job{Kind: "send", Args: number{1}})
	<-frozen
	_, err := h.raw.Exec(`UPDATE t_alpha.jobs SET state = 'dead'`)
	must(t, err)
	h.write(town("alpha"), func(ctx context.Context, tx *pg.Tx) error {
		_, err := jobs.Rerun(ctx, tx, "officer-1", 1)
		return err
	})
	h.until("its second life", func() bool { return begun.Load() == 2 })
	close(thaw)
	h.until("the first is refused", func() bool { return r.Stats().Lost+r.Stats().Done == 1 })
	if s := r.Stats(); s.Lost != 1 {
		t.Errorf("the attempt of the first life has ended the job: %+v", s)
	}
	close(release)
	h.until("the second ends", func() bool { return r.Stats().Lost+r.Stats().Done == 2 })
	if n := h.effects("t_alpha"); n != 1 || r.Stats().Lost != 1 || begun.Load() != 2 {
		t.Errorf("%d effects, %+v", n, r.Stats())
	}
}

// TestAClaimThatWaitedTooLongIsLost: the only connection was taken for longer
// than the lease; the job in the database was done elsewhere meanwhile.
func TestAClaimThatWaitedTooLongIsLost(t *testing.T) {
	h := newHouse(t)
	hold := make(chan struct{})
	var holding atomic.Bool
	slow := jobs.InTx("slow", func(ctx context.Context, tx *pg.Tx, a number) error {
		if !holding.Swap(true) {
			<-hold
		}
		return effect(ctx, tx, a.N, "slow")
	})
	narrow, err := pg.Open(t.Context(), pg.Options{URL: h.data.ServiceURL, Clock: h.clock.now, Pool: 4})
	must(t, err)
	defer narrow.Close()
	o := h.options(slow)
	o.DB, o.Bell, o.Lease, o.Workers = narrow, nil, 500*time.Millisecond, 4
	o.Kinds[0].AtOnce = 2
	h.enqueue(town("alpha"), jobs.Job{Kind: "slow", Args: number{1}}, jobs.Job{Kind: "slow", Args: number{2}})
	first, stop := h.start(o)
	h.until("both are claimed and one has the connection", func() bool {
		return holding.Load() && one[int](h, `SELECT count(*) FROM t_alpha.jobs WHERE attempt = 1`) == 2
	})
	p := h.options(slow)
	p.Bell, p.Sweep = nil, 50*time.Millisecond
	second, _ := h.start(p)
	h.until("the second runner does the other", func() bool { return second.Stats().Done == 1 })
	close(hold)
	must(t, stop())
	h.until("both", func() bool { return h.effects("t_alpha") == 2 })
	if n := one[int](h, `SELECT count(DISTINCT n) FROM t_alpha.effects`); n != 2 || first.Stats().Lost == 0 {
		t.Errorf("%d different effects; the first runner: %+v", n, first.Stats())
	}
}

func TestAStopFinishesWhatRuns(t *testing.T) {
	h := newHouse(t)
	var begun, ended atomic.Int32
	slow := jobs.InTx("slow", func(ctx context.Context, tx *pg.Tx, a number) error {
		begun.Add(1)
		time.Sleep(300 * time.Millisecond)
		ended.Add(1)
		return effect(ctx, tx, a.N, "slow")
	})
	o := h.options(slow)
	o.Workers, o.Kinds[0].AtOnce = 2, 2
	r, stop := h.start(o)
	var all []jobs.Job
	for n := range int64(10) {
		all = append(all, jobs.Job{Kind: "slow", Args: number{n}})
	}
	h.enqueue(town("alpha"), all...)
	h.until("some run", func() bool { return begun.Load() > 0 })
	must(t, stop())
	if begun.Load() != ended.Load() || begun.Load() > 4 || int64(h.effects("t_alpha")) != r.Stats().Done || r.Stats().Done != int64(ended.Load()) {
		t.Errorf("%d begun, %d ended, %d effects, %+v", begun.Load(), ended.Load(), h.effects("t_alpha"), r.Stats())
	}
	if n := one[int](h, `SELECT count(*) FROM t_alpha.jobs WHERE hold_until IS NOT NULL`); n != 0 {
		t.Errorf("%d jobs are held by nobody", n)
	}
}

func TestAStopDoesNotWaitForEver(t *testing.T) {
	h := newHouse(t)
	release := make(chan struct{})
	defer close(release)
	var begun atomic.Int32
	polite := jobs.Outside("polite", func(ctx context.Context, _ jobs.Run, _ number) (jobs.Outcome, error) {
		begun.Add(1)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	deaf := jobs.Outside("deaf", func(context.Context, jobs.Run, number) (jobs.Outcome, error) {
		begun.Add(1)
		<-release
		return nil, nil
	})
	o := h.options(polite, deaf)
	o.Grace = 200 * time.Millisecond
	_, stop := h.start(o)
	h.enqueue(town("alpha"), jobs.Job{Kind: "polite", Args: number{1}}, jobs.Job{Kind: "deaf", Args: number{2}})
	h.until("both run", func() bool { return begun.Load() == 2 })
	began := time.Now()
	err := stop()
	if took := time.Since(began); err == nil || took > 30*time.Second {
		t.Errorf("after %s: %v", took, err)
	}
	if n := one[int](h, `SELECT count(*) FROM t_alpha.jobs WHERE state = 'pending' AND tries = 1`); n != 2 {
		t.Errorf("%d jobs wait for the next runner, want 2", n)
	}
}

func TestHandsAreBoundedAndRealmsTakeTurns(t *testing.T) {
	h := newHouse(t)
	var running, most atomic.Int32
	order := make(chan string, 100)
	busy := jobs.Outside("busy", func(_ context.Context, run jobs.Run, _ number) (jobs.Outcome, error) {
		if n := running.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer running.Add(-1)
		order <- run.Realm.Name()
		time.Sleep(10 * time.Millisecond)
		return nil, nil
	})
	busy.AtOnce = 2
	var all []jobs.Job
	for n := range int64(30) {
		all = append(all, jobs.Job{Kind: "busy", Args: number{n}})
	}
	h.enqueue(town("alpha"), all...)
	h.enqueue(town("beta"), all...)
	r, _ := h.start(h.options(busy))
	h.until("all", func() bool { return r.Stats().Done == 60 })
	if most.Load() > 2 {
		t.Errorf("%d at once, want 2", most.Load())
	}
	count := map[string]int{}
	for range 30 {
		count[<-order]++
	}
	if count["t_alpha"] < 10 || count["t_beta"] < 10 {
		t.Errorf("of the first 30: %v; the realms should take turns", count)
	}
}
