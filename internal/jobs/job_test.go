package jobs_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

func TestAJobCommitsOrVanishesWithItsCause(t *testing.T) {
	h := newHouse(t)
	refused := errors.New("refused")
	err := h.db.Write(t.Context(), town("alpha"), func(tx *pg.Tx) error {
		must(t, jobs.Enqueue(t.Context(), tx, jobs.Job{Kind: "note", Args: number{1}}))
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	h.enqueue(town("alpha"), jobs.Job{Kind: "note", Args: number{2}})
	if n := one[int](h, `SELECT count(*) FROM t_alpha.jobs`); n != 1 {
		t.Errorf("%d jobs, want the one that was committed", n)
	}
	if n := one[int](h, `SELECT count(*) FROM t_beta.jobs`) + one[int](h, `SELECT count(*) FROM portal.jobs`); n != 0 {
		t.Errorf("%d jobs in other realms", n)
	}
}

func TestEnqueueRefusesWhatNoRowShouldHold(t *testing.T) {
	h := newHouse(t)
	for name, j := range map[string]jobs.Job{
		"no kind":        {},
		"long kind":      {Kind: strings.Repeat("k", 61)},
		"long key":       {Kind: "k", Key: strings.Repeat("k", 201)},
		"much to carry":  {Kind: "k", Args: strings.Repeat("x", 20_000)},
		"not to be JSON": {Kind: "k", Args: func() {}},
	} {
		err := h.db.Write(t.Context(), town("alpha"), func(tx *pg.Tx) error { return jobs.Enqueue(t.Context(), tx, j) })
		if err == nil {
			t.Errorf("%s: enqueued", name)
		}
	}
}

func TestTheBellBringsARunnerAtOnceAndTheSweepAnyway(t *testing.T) {
	for name, sweep := range map[string]time.Duration{"bell": time.Hour, "sweep": 50 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			o := h.options(noting("note"))
			o.Sweep = sweep
			if name == "sweep" {
				o.Bell = nil
			}
			h.start(o)
			time.Sleep(300 * time.Millisecond) // its first sweep is over
			began := time.Now()
			h.enqueue(town("alpha"), jobs.Job{Kind: "note", Args: number{1}})
			h.until("the effect", func() bool { return h.effects("t_alpha") == 1 })
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("took %s", took)
			}
			h.until("the row is gone", func() bool { return one[int](h, `SELECT count(*) FROM t_alpha.jobs`) == 0 })
		})
	}
}

func TestAJobWaitsForItsHour(t *testing.T) {
	h := newHouse(t)
	h.start(h.options(noting("note")))
	h.enqueue(town("alpha"),
		jobs.Job{Kind: "note", Args: number{1}, RunAt: h.clock.now().Add(700 * time.Millisecond)},
		jobs.Job{Kind: "note", Args: number{2}, RunAt: h.clock.now().Add(48 * time.Hour)})
	time.Sleep(300 * time.Millisecond)
	if n := h.effects("t_alpha"); n != 0 {
		t.Fatalf("%d effects before the hour", n)
	}
	// Neither bell nor sweep: the visit has seen when it falls due.
	h.until("the first", func() bool { return h.effects("t_alpha") == 1 })
	h.clock.move(48 * time.Hour)
	h.bell.Ring(town("alpha"))
	h.until("the second", func() bool { return h.effects("t_alpha") == 2 })
}

func TestAKeyIsTakenForEver(t *testing.T) {
	h := newHouse(t)
	keyed := jobs.Job{Kind: "note", Args: number{7}, Key: "reminder/7"}
	h.enqueue(town("alpha"), keyed, keyed)
	h.enqueue(town("beta"), keyed)
	h.start(h.options(noting("note")))
	h.until("both towns", func() bool { return h.effects("t_alpha") > 0 && h.effects("t_beta") > 0 })
	h.until("done", func() bool { return one[string](h, `SELECT state FROM t_alpha.jobs`) == "done" })
	h.enqueue(town("alpha"), keyed, jobs.Job{Kind: "note", Args: number{8}})
	h.until("the unkeyed one after it", func() bool { return one[int](h, `SELECT count(*) FROM t_alpha.effects WHERE n = 8`) == 1 })
	if n := one[int](h, `SELECT count(*) FROM t_alpha.effects WHERE n = 7`); n != 1 {
		t.Errorf("the effect happened %d times", n)
	}
	if args := one[string](h, `SELECT args::text FROM t_alpha.jobs`); args != "{}" {
		t.Errorf("a done job keeps its arguments: %s", args)
	}
}

func TestOnceIsTrueOnce(t *testing.T) {
	h := newHouse(t)
	day, err := deadline.ParseDate("2026-12-18")
	must(t, err)
	var first, refused atomic.Int32
	ask := func(rollBack bool) {
		_ = h.db.Write(context.WithoutCancel(t.Context()), town("alpha"), func(tx *pg.Tx) error {
			todo, err := jobs.Once(t.Context(), tx, "casework.due_soon", "KL-2026-0001", day)
			must(t, err)
			if rollBack {
				refused.Add(1)
				return errors.New("rolled back")
			}
			if todo {
				first.Add(1)
			}
			return nil
		})
	}
	ask(true)
	done := make(chan struct{})
	for range 8 {
		go func() { ask(false); done <- struct{}{} }()
	}
	for range 8 {
		<-done
	}
	if refused.Load() != 1 || first.Load() != 1 {
		t.Errorf("%d of 8 were told to do it, want 1", first.Load())
	}
	h.write(town("alpha"), func(ctx context.Context, tx *pg.Tx) error {
		for _, c := range []struct {
			kind, subject string
			day           deadline.Date
		}{{"casework.overdue", "KL-2026-0001", day}, {"casework.due_soon", "KL-2026-0002", day}, {"casework.due_soon", "KL-2026-0001", day + 1}} {
			if todo, err := jobs.Once(ctx, tx, c.kind, c.subject, c.day); err != nil || !todo {
				t.Errorf("%v: %v %v", c, todo, err)
			}
		}
		return nil
	})
}
