package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// failing is a kind that fails in every way a handler can, until its last try.
func failing(tried *atomic.Int32) jobs.Kind {
	k := jobs.InTx("fail", func(ctx context.Context, tx *pg.Tx, a number) error {
		must := func(err error) {
			if err != nil {
				panic(err)
			}
		}
		must(effect(ctx, tx, a.N, "half done"))
		switch tried.Add(1) {
		case 1:
			return errors.New("an error with \x00 and \xff in it")
		case 2:
			panic("a panic")
		case 3:
			runtime.Goexit()
		case 4:
			_, err := tx.Exec(ctx, `SELECT no_such_column FROM effects WHERE n = $1`, a.N)
			return err
		case 5:
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	})
	k.Attempts, k.Pause, k.Timeout = 6, soon, 300*time.Millisecond
	return k
}

func TestAFailedAttemptLeavesNothingAndIsRepeated(t *testing.T) {
	h := newHouse(t)
	var tried atomic.Int32
	r, _ := h.start(h.options(failing(&tried)))
	h.enqueue(town("alpha"), jobs.Job{Kind: "fail", Args: number{1}})
	h.until("the sixth try succeeds", func() bool { return r.Stats().Done == 1 })
	if n := h.effects("t_alpha"); n != 1 || tried.Load() != 6 || r.Stats().Failed != 5 {
		t.Errorf("%d effects after %d tries, %+v", n, tried.Load(), r.Stats())
	}
}

func TestAJobDiesAndIsRunAgain(t *testing.T) {
	h := newHouse(t)
	var healed atomic.Bool
	k := jobs.InTx("fail", func(ctx context.Context, tx *pg.Tx, a number) error {
		if healed.Load() {
			return effect(ctx, tx, a.N, "healed")
		}
		return errors.New("still broken")
	})
	k.Attempts, k.Pause = 3, soon
	var told atomic.Int32
	k.Failed = func(ctx context.Context, tx *pg.Tx, f jobs.Failure) error {
		a, err := jobs.Decode[number](f.Args)
		if err != nil || a.N != 5 || f.Err.Error() != "still broken" {
			t.Errorf("Failed is told %+v, %v", f, err)
		}
		if f.Dead != (f.Tries == 3) {
			t.Errorf("try %d: dead %v", f.Tries, f.Dead)
		}
		told.Add(1)
		return effect(ctx, tx, a.N, "failed")
	}
	r, _ := h.start(h.options(k))
	h.enqueue(town("alpha"), jobs.Job{Kind: "fail", Args: number{5}})
	h.until("dead", func() bool { return r.Stats().Dead == 1 })
	if told.Load() != 3 || h.effects("t_alpha") != 3 {
		t.Errorf("Failed was told %d times and wrote %d", told.Load(), h.effects("t_alpha"))
	}
	var list []jobs.Listed
	h.write(town("alpha"), func(ctx context.Context, tx *pg.Tx) (err error) {
		list, _, err = jobs.List(ctx, tx, jobs.Dead, 0)
		return err
	})
	if len(list) != 1 || list[0].Tries != 3 || list[0].LastError != "still broken" || list[0].DiedAt == nil {
		t.Fatalf("the list of the dead: %+v", list)
	}
	healed.Store(true)
	h.write(town("alpha"), func(ctx context.Context, tx *pg.Tx) error {
		for id, want := range map[int64]bool{list[0].ID: true, list[0].ID + 1: false} {
			if again, err := jobs.Rerun(ctx, tx, "officer-1", id); err != nil || again != want {
				t.Errorf("Rerun(%d) = %v, %v", id, again, err)
			}
		}
		return nil
	})
	h.until("healed", func() bool { return r.Stats().Done == 1 })
	if n := one[int](h, `SELECT count(*) FROM t_alpha.audit_entries WHERE action = 'job.rerun' AND actor = 'officer-1'`); n != 1 {
		t.Errorf("%d audit entries about it", n)
	}
}

func TestWhatWillNotGetBetterDiesAtOnce(t *testing.T) {
	h := newHouse(t)
	never := jobs.InTx("never", func(context.Context, *pg.Tx, number) error { return jobs.Permanent(errors.New("refused for good")) })
	r, _ := h.start(h.options(never, noting("note")))
	h.enqueue(town("alpha"), jobs.Job{Kind: "never", Args: number{1}}, jobs.Job{Kind: "note", Args: "no number"})
	h.until("both dead", func() bool { return r.Stats().Dead == 2 })
	if n := one[int](h, `SELECT max(tries) FROM t_alpha.jobs`); n != 1 {
		t.Errorf("%d tries", n)
	}
}

// TestAKindThatFailsAtFailing: a job whose Failed breaks is put off all the same.
func TestAKindThatFailsAtFailing(t *testing.T) {
	h := newHouse(t)
	k := jobs.InTx("fail", func(context.Context, *pg.Tx, number) error { return errors.New("no") })
	k.Attempts, k.Pause = 2, soon
	k.Failed = func(context.Context, *pg.Tx, jobs.Failure) error { panic("not here either") }
	r, _ := h.start(h.options(k))
	h.enqueue(town("alpha"), jobs.Job{Kind: "fail", Args: number{1}})
	h.until("dead", func() bool { return r.Stats().Dead == 1 })
}

// TestAJobThatEndsTheProcess: attempts are counted when they begin, so that a job
// which takes the process with it each time is dead in the end.
func TestAJobThatEndsTheProcess(t *testing.T) {
	h := newHouse(t)
	h.enqueue(town("alpha"), jobs.Job{Kind: "note", Args: number{1}})
	_, err := h.raw.Exec(`UPDATE t_alpha.jobs SET attempt = 12, tries = 12, hold_until = now() - interval '1 second'`)
	must(t, err)
	r, _ := h.start(h.options(noting("note")))
	h.until("dead", func() bool { return r.Stats().Dead == 1 })
	if h.effects("t_alpha") != 0 || !strings.Contains(one[string](h, `SELECT last_error FROM t_alpha.jobs`), "ended the process") {
		t.Error("it ran a thirteenth time")
	}
}

func TestPoisonDoesNotBlockOthers(t *testing.T) {
	h := newHouse(t)
	stuck := make(chan struct{})
	tarpit := jobs.Outside("tarpit", func(ctx context.Context, _ jobs.Run, _ number) (jobs.Outcome, error) {
		select {
		case <-stuck:
		case <-ctx.Done():
		}
		return nil, ctx.Err()
	})
	poison := jobs.InTx("poison", func(context.Context, *pg.Tx, number) error { panic("poison") })
	poison.Pause = soon
	o := h.options(tarpit, poison, noting("note"))
	o.Workers = 4
	h.start(o)
	var all []jobs.Job
	for n := range int64(20) {
		all = append(all, jobs.Job{Kind: "tarpit", Args: number{n}}, jobs.Job{Kind: "poison", Args: number{n}})
	}
	h.enqueue(town("alpha"), all...)
	for n := range int64(20) {
		h.enqueue(town("alpha"), jobs.Job{Kind: "note", Args: number{n}})
		h.enqueue(town("beta"), jobs.Job{Kind: "note", Args: number{n}})
	}
	h.until("40 good jobs", func() bool { return h.effects("t_alpha") == 20 && h.effects("t_beta") == 20 })
	close(stuck)
}

func TestAKindNobodyKnowsIsLeft(t *testing.T) {
	h := newHouse(t)
	h.enqueue(town("alpha"), jobs.Job{Kind: "of.a.newer.program", Args: number{1}}, jobs.Job{Kind: "note", Args: number{2}})
	h.start(h.options(noting("note")))
	h.until("the known one", func() bool { return h.effects("t_alpha") == 1 })
	if got := one[string](h, `SELECT kind || state || attempt FROM t_alpha.jobs`); got != "of.a.newer.programpending0" {
		t.Errorf("the unknown one: %s", got)
	}
}

func TestABrokenRealmDoesNotStopTheOthers(t *testing.T) {
	h := newHouse(t)
	_, err := h.raw.Exec(`ALTER TABLE t_alpha.jobs RENAME TO jobs_away`)
	must(t, err)
	h.enqueue(town("beta"), jobs.Job{Kind: "note", Args: number{1}})
	o := h.options(noting("note"))
	o.Bell = nil // the one sweep visits alpha first
	h.start(o)
	h.until("beta's", func() bool { return h.effects("t_beta") == 1 })
}

func TestNewRefusesWhatCannotRun(t *testing.T) {
	h := newHouse(t)
	good := noting("note")
	slow := good
	slow.Timeout = 10 * time.Minute
	both := good
	both.Outside = func(context.Context, jobs.Run) (jobs.Outcome, error) { return nil, nil }
	for name, change := range map[string]func(*jobs.Options){
		"no ticks":         func(o *jobs.Options) { o.Ticks = nil },
		"twice":            func(o *jobs.Options) { o.Kinds = []jobs.Kind{good, good} },
		"no handler":       func(o *jobs.Options) { o.Kinds = []jobs.Kind{{Name: "x"}} },
		"two handlers":     func(o *jobs.Options) { o.Kinds = []jobs.Kind{both} },
		"over the lease":   func(o *jobs.Options) { o.Kinds = []jobs.Kind{slow} },
		"unknown kind":     func(o *jobs.Options) { o.Timetable = []jobs.Recurring{{Kind: "other"}} },
		"no such hour":     func(o *jobs.Options) { o.Timetable = []jobs.Recurring{{Kind: "note", Hour: 24}} },
		"same hour, twice": func(o *jobs.Options) { o.Timetable = []jobs.Recurring{{Kind: "note"}, {Kind: "note"}} },
	} {
		o := h.options(good)
		change(&o)
		if _, err := jobs.New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestListsAreBoundedAndPaged(t *testing.T) {
	h := newHouse(t)
	var all []jobs.Job
	for n := range int64(120) {
		all = append(all, jobs.Job{Kind: "note", Args: number{n}})
	}
	h.enqueue(town("alpha"), all...)
	h.enqueue(town("alpha"), jobs.Job{Kind: "note", Args: number{0}, RunAt: h.clock.now().Add(time.Hour)})
	seen := map[int64]bool{}
	h.write(town("alpha"), func(ctx context.Context, tx *pg.Tx) error {
		var before int64
		for page := 1; ; page++ {
			list, more, err := jobs.List(ctx, tx, jobs.Pending, before)
			if err != nil {
				return err
			}
			if len(list) > jobs.PageSize || more != (page < 3) {
				t.Errorf("page %d has %d, more %v", page, len(list), more)
			}
			for _, j := range list {
				seen[j.ID] = true
				before = j.ID
			}
			if !more {
				break
			}
		}
		c, err := jobs.Count(ctx, tx)
		if c != (jobs.Counts{Pending: 121, Late: 120}) {
			t.Errorf("counts: %+v", c)
		}
		return err
	})
	if len(seen) != 121 {
		t.Errorf("the pages show %d of 121", len(seen))
	}
	if raw, err := json.Marshal(jobs.Listed{}); err != nil || strings.Contains(string(raw), "rgs") {
		t.Errorf("a listed job shows arguments: %s", raw)
	}
}
