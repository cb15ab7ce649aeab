package jobs_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// reminding finds all promises that are due and reminds of each once, as casework
// does with its cases.
func reminding() jobs.Kind {
	return jobs.InTx("remind", func(ctx context.Context, tx *pg.Tx, o jobs.Occurrence) error {
		var rows []struct {
			N     int64
			DueOn deadline.Date `db:"due_on"`
		}
		today := deadline.Of(tx.Now, zone("Europe/Vilnius"))
		if err := tx.Select(ctx, &rows, `SELECT n, due_on FROM promises WHERE due_on <= $1 ORDER BY n`, today); err != nil {
			return err
		}
		for _, p := range rows {
			todo, err := jobs.Once(ctx, tx, "remind", fmt.Sprint(p.N), p.DueOn)
			if err != nil {
				return err
			}
			if !todo {
				continue
			}
			note := "on time"
			if p.DueOn < today {
				note = "late"
			}
			if err := effect(ctx, tx, p.N, note); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestAMonthOfStandstill (DL3): the service is stopped for 30 days over 60 due
// dates. When it is back, two runners at once, every reminder goes out once, soon,
// and those of days past are marked late.
func TestAMonthOfStandstill(t *testing.T) {
	h := newHouse(t)
	start := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) // the change of summer time lies between
	h.clock.set(start)
	h.write(town("alpha"), func(ctx context.Context, tx *pg.Tx) error {
		for n := range int64(60) {
			due := deadline.Of(start, time.UTC).AddDays(int(n/2) + 1)
			if _, err := tx.Exec(ctx, `INSERT INTO promises (n, due_on) VALUES ($1, $2)`, n, due); err != nil {
				return err
			}
		}
		return nil
	})
	daily := jobs.InTx("daily", func(ctx context.Context, tx *pg.Tx, o jobs.Occurrence) error {
		return effect(ctx, tx, int64(o.DueOn), "daily")
	})
	options := func() jobs.Options {
		o := h.options(reminding(), daily)
		o.Timetable = []jobs.Recurring{{Kind: "remind", Hour: 6}, {Kind: "remind", Hour: 12}, {Kind: "daily", Hour: 5, EachMissed: true}}
		o.Sweep = 100 * time.Millisecond
		return o
	}
	noted := func(note string) int {
		return one[int](h, `SELECT count(*) FROM t_alpha.effects WHERE note = $1`, note)
	}
	_, stop := h.start(options())
	h.until("the first day's round", func() bool { return noted("daily") == 1 })
	time.Sleep(300 * time.Millisecond)
	must(t, stop())
	if n := noted("on time") + noted("late"); n != 0 {
		t.Fatalf("%d reminders before anything was due", n)
	}

	h.clock.set(start.AddDate(0, 0, 30))
	began := time.Now()
	for range 2 {
		o := options()
		o.DB, o.Bell = h.door(nil), nil
		h.start(o)
	}
	h.until("60 reminders, 31 daily rounds", func() bool { return noted("on time")+noted("late") >= 60 && noted("daily") >= 31 })
	took := time.Since(began)
	time.Sleep(500 * time.Millisecond) // for whoever would do it again
	if noted("late") != 58 || noted("on time") != 2 || noted("daily") != 31 {
		t.Errorf("late %d (58), on time %d (2), daily %d (31)", noted("late"), noted("on time"), noted("daily"))
	}
	for _, note := range []string{"late", "daily"} {
		if n := one[int](h, `SELECT count(DISTINCT n) FROM t_alpha.effects WHERE note = $1`, note); n != noted(note) {
			t.Errorf("%s: %d effects for %d due rows", note, noted(note), n)
		}
	}
	t.Logf("30 days of standstill: 60 reminders and 30 rounds made up for in %s", took.Round(time.Millisecond))
}

// TestAClockThatRanAhead (K8): the clock was 40 days ahead for a while. The rounds
// of those days are done again when the days come.
func TestAClockThatRanAhead(t *testing.T) {
	h := newHouse(t)
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	daily := jobs.InTx("daily", func(ctx context.Context, tx *pg.Tx, o jobs.Occurrence) error {
		return effect(ctx, tx, int64(o.DueOn), o.DueOn.String())
	})
	o := h.options(daily)
	o.Timetable = []jobs.Recurring{{Kind: "daily", Hour: 5}, {Kind: "daily", Hour: 6, EachMissed: true}}
	o.Sweep = 50 * time.Millisecond
	h.clock.set(start.AddDate(0, 0, 40))
	h.start(o)
	for i, move := range []int{40, 0, -365, 1, 2} {
		day := start.AddDate(0, 0, move)
		h.clock.set(day)
		h.until("both rounds of "+day.Format(time.DateOnly), func() bool {
			return one[int](h, `SELECT count(*) FROM t_alpha.effects WHERE note = $1`, day.Format(time.DateOnly)) == 2
		})
		if n := h.effects("t_alpha"); n != 2*(i+1) {
			t.Errorf("%d rounds, want %d", n, 2*(i+1))
		}
	}
}

// TestEveryHourOnce: work of every hour is done with each hour that begins, once,
// and after a standstill for the last one only.
func TestEveryHourOnce(t *testing.T) {
	h := newHouse(t)
	start := time.Date(2026, 10, 24, 23, 10, 0, 0, time.UTC) // the night with an hour twice
	hourly := jobs.InTx("hourly", func(ctx context.Context, tx *pg.Tx, o jobs.Occurrence) error {
		return effect(ctx, tx, int64(o.Hour), o.DueOn.String())
	})
	o := h.options(hourly)
	o.Timetable = []jobs.Recurring{{Kind: "hourly", Hourly: true}}
	o.Sweep = 50 * time.Millisecond
	h.clock.set(start)
	h.start(o)
	for i, move := range []time.Duration{0, 49 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour, 12 * time.Hour, 24 * time.Hour} {
		h.clock.set(start.Add(move))
		want := []int{1, 1, 2, 3, 4, 5, 6}[i]
		h.until("the round of "+start.Add(move).Format(time.DateTime), func() bool { return h.effects("t_alpha") >= want })
		time.Sleep(200 * time.Millisecond) // for whoever would do it again
		if n := h.effects("t_alpha"); n != want {
			t.Errorf("%s later: %d rounds, want %d", move, n, want)
		}
	}
	hours := one[string](h, `SELECT string_agg(note || ' ' || n, ', ' ORDER BY note, n) FROM t_alpha.effects`)
	if hours != "2026-10-24 23, 2026-10-25 0, 2026-10-25 1, 2026-10-25 2, 2026-10-25 11, 2026-10-25 23" {
		t.Errorf("the rounds were %s", hours)
	}
}
