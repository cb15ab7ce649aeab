package jobs_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

const childEnv = "CHARTER_TEST_RUNNER"

// extent of K7: real processes, really killed. In full by make torture.
func extent() (work int, pause time.Duration) {
	if os.Getenv("CHARTER_TORTURE") != "" {
		return 10_000, 5 * time.Second
	}
	return 500, 400 * time.Millisecond
}

// TestMain makes the test binary a runner when a test starts it as one.
func TestMain(m *testing.M) {
	if url := os.Getenv(childEnv); url != "" {
		if err := child(url, os.Getenv(childEnv+"_FILE")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child runs until it is killed, or told to end.
func child(url, file string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	db, err := pg.Open(ctx, pg.Options{URL: url, Clock: time.Now})
	if err != nil {
		return err
	}
	defer db.Close()
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	send := jobs.Outside("send", func(_ context.Context, run jobs.Run, a number) (jobs.Outcome, error) {
		time.Sleep(5 * time.Millisecond)
		if _, err := fmt.Fprintf(out, "%d %s\n", a.N, run.Receipt); err != nil {
			return nil, err
		}
		time.Sleep(5 * time.Millisecond)
		return func(ctx context.Context, tx *pg.Tx) error { return effect(ctx, tx, a.N, "send") }, nil
	})
	send.AtOnce = 4
	slowly := jobs.InTx("note", func(ctx context.Context, tx *pg.Tx, a number) error {
		if err := effect(ctx, tx, a.N, "note"); err != nil {
			return err
		}
		time.Sleep(5 * time.Millisecond)
		return nil
	})
	r, err := jobs.New(jobs.Options{
		DB: db, Kinds: []jobs.Kind{send, slowly}, Ticks: ticks(), Log: logToErr(), Lease: time.Second, Sweep: 100 * time.Millisecond,
		Realms: func(context.Context) ([]jobs.Place, error) { return places(), nil },
	})
	if err != nil {
		return err
	}
	return r.Run(ctx)
}

// TestRunnersAreKilledAndFrozen: two to three runners share the work. One is
// killed every now and then, one is stopped past its lease and woken. Every effect in
// the database happens once, every effect outside at least once.
func TestRunnersAreKilledAndFrozen(t *testing.T) {
	h := newHouse(t)
	work, pause := extent()
	file := filepath.Join(t.TempDir(), "sent")
	var all []jobs.Job
	for n := range int64(work / 2) {
		all = append(all, jobs.Job{Kind: "send", Args: number{n}}, jobs.Job{Kind: "note", Args: number{n}})
	}
	for i, realm := range []pg.Realm{town("alpha"), town("beta")} {
		h.enqueue(realm, all[i*work/2:(i+1)*work/2]...)
	}
	left := func() int {
		return one[int](h, `SELECT (SELECT count(*) FROM t_alpha.jobs) + (SELECT count(*) FROM t_beta.jobs)`)
	}
	launch := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+h.data.ServiceURL, childEnv+"_FILE="+file)
		cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		must(t, cmd.Start())
		return cmd
	}
	frozen, one, two := launch(), launch(), launch()
	h.until("work has begun", func() bool { return left() < work-20 })
	must(t, frozen.Process.Signal(syscall.SIGSTOP))
	kills := 0
	for left() > 0 && kills < 200 {
		time.Sleep(pause)
		must(t, one.Process.Kill())
		_ = one.Wait()
		kills++
		if kills == 5 { // well past the lease
			must(t, frozen.Process.Signal(syscall.SIGCONT))
		}
		one, two = two, launch()
	}
	if kills < 5 {
		must(t, frozen.Process.Signal(syscall.SIGCONT))
	}
	h.until("all done", func() bool { return left() == 0 })
	must(t, frozen.Process.Signal(syscall.SIGTERM))
	if err := frozen.Wait(); err != nil {
		t.Errorf("a runner that was told to stop: %v", err)
	}
	for _, c := range []*exec.Cmd{one, two} {
		must(t, c.Process.Kill())
		_ = c.Wait()
	}
	h.checkEffects(work, kills, sentTimes(t, file))
}

// checkEffects counts what the runners have left behind.
func (h *house) checkEffects(work, kills int, sent map[string]int) {
	h.t.Helper()
	const both = ` FROM (SELECT n, note FROM t_alpha.effects UNION ALL SELECT n, note FROM t_beta.effects) AS e`
	total := one[int](h, `SELECT count(*)`+both)
	different := one[int](h, `SELECT count(DISTINCT (n, note))`+both)
	twice := 0
	for _, n := range sent {
		if n > 1 {
			twice++
		}
	}
	if total != work || different != work {
		h.t.Errorf("%d effects in the database, %d different, want %d", total, different, work)
	}
	if len(sent) != work/2 {
		h.t.Errorf("%d of %d effects outside", len(sent), work/2)
	}
	if kills == 0 {
		h.t.Error("nobody was killed")
	}
	h.t.Logf("%d jobs, %d kills, 1 freeze: %d effects in the database; outside %d, of them %d more than once", work, kills, total, len(sent), twice)
}

// sentTimes reads how often each number left, and holds every number to one
// receipt.
func sentTimes(t *testing.T, file string) map[string]int {
	t.Helper()
	f, err := os.Open(file)
	must(t, err)
	defer f.Close()
	receipts, times := map[string]string{}, map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var n int64
		var receipt string
		if _, err := fmt.Sscan(lines.Text(), &n, &receipt); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		key := strconv.FormatInt(n, 10)
		if receipts[key] != "" && receipts[key] != receipt {
			t.Errorf("%s left under two receipts", key)
		}
		receipts[key] = receipt
		times[key]++
	}
	return times
}

// TestConnectionsAreLost: the server ends our connections again and again while
// the runner works.
func TestConnectionsAreLost(t *testing.T) {
	h := newHouse(t)
	const work = 100
	kind := jobs.InTx("note", func(ctx context.Context, tx *pg.Tx, a number) error {
		time.Sleep(3 * time.Millisecond)
		return effect(ctx, tx, a.N, "note")
	})
	kind.Attempts, kind.Pause, kind.AtOnce = 1000, soon, 4
	o := h.options(kind)
	o.Sweep, o.Lease = 50*time.Millisecond, 500*time.Millisecond
	var all []jobs.Job
	for n := range int64(work) {
		all = append(all, jobs.Job{Kind: "note", Args: number{n}})
	}
	h.enqueue(town("alpha"), all...)
	h.start(o)
	lost := 0
	for h.effects("t_alpha") < work && lost < 20 {
		lost += one[int](h, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name = 'charterhouse'`)
		time.Sleep(30 * time.Millisecond)
	}
	h.until("all", func() bool { return one[int](h, `SELECT count(*) FROM t_alpha.jobs`) == 0 })
	if n, d := h.effects("t_alpha"), one[int](h, `SELECT count(DISTINCT n) FROM t_alpha.effects`); n != work || d != work || lost == 0 {
		t.Errorf("%d effects, %d different, want %d; %d connections ended", n, d, work, lost)
	}
}
