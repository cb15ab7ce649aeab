package results_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/comparison"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// random makes finished and open cases of a year.
func random(t testing.TB, seed uint64, n int) []casework.Outcome {
	r := rand.New(rand.NewPCG(seed, 2))
	first, today := day(t, "2025-12-01"), day(t, "2026-11-20")
	all := make([]casework.Outcome, n)
	for i := range all {
		received := first.AddDays(r.IntN(today.Sub(first)))
		o := casework.Outcome{
			Kind: casework.Kinds()[r.IntN(5)], Channel: "website", ReceivedOn: received, RegisteredOn: received,
			OwnDue: received.AddDays(5), LawDue: received.AddDays(20), LawVerified: true, State: casework.Received,
		}
		if r.IntN(8) == 0 {
			o.Extended, o.LawFirst, o.LawDue, o.Notified = true, o.LawDue, o.LawDue.AddDays(14), r.IntN(3) > 0
		}
		if done := received.AddDays(r.IntN(40)); done <= today {
			o.State, o.DoneOn, o.AnsweredOn = casework.Answered, done, done
			switch r.IntN(10) {
			case 0:
				o.State, o.AnsweredOn, o.SentOn = casework.Forwarded, 0, true
			case 1:
				o.State, o.AnsweredOn, o.Ground = casework.Declined, 0, "repeated"
			case 2:
				o.State, o.AnsweredOn = casework.Withdrawn, 0
			}
		}
		all[i] = o
	}
	return all
}

// A full recomputation gives the same figures, to the last digit, as months that
// were counted one after the other when something happened.
func TestAFullRecomputationGivesTheSameFigures(t *testing.T) {
	h := open(t)
	r := rand.New(rand.NewPCG(3, 3))
	all := random(t, 1, 150)
	for len(all) > 0 {
		n := min(1+r.IntN(30), len(all))
		h.put("klaipeda", all[:n])
		first := day(t, "2026-11-01")
		for _, o := range all[:n] {
			first = min(first, o.ReceivedOn)
		}
		h.do(`INSERT INTO t_klaipeda.marks (month) VALUES (date_trunc('month', $1::date))`, first)
		if done := h.marked("klaipeda"); done.From > first {
			t.Fatalf("counted from %s; a case is of %s", done.From, first)
		}
		all = all[n:]
	}
	piecewise := h.figures("klaipeda")
	h.everything("klaipeda")
	if whole := h.figures("klaipeda"); whole != piecewise {
		t.Fatalf("piece by piece:\n%s\n\nas a whole:\n%s", piecewise, whole)
	}
	if lines := strings.Count(piecewise, "\n"); lines < 200 {
		t.Errorf("only %d figures", lines)
	}
	h.marked("klaipeda")
	h.do(`INSERT INTO t_klaipeda.marks (month) VALUES ('2026-08-01')`)
	h.marked("klaipeda")
	if again := h.figures("klaipeda"); again != piecewise {
		t.Errorf("counted again from August the figures are others")
	}
	if few := ask[int](h, `SELECT count(*) FROM platform.facts WHERE den < 5`) + ask[int](h, `SELECT count(*) FROM t_klaipeda.figures WHERE shown_den BETWEEN 1 AND 4`); few != 0 {
		t.Errorf("%d figures are of fewer than five", few)
	}
}

// kills is how many backends are ended under recomputers in make test.
const kills = 30

// Cases are changed by several at once, several recompute, and their backends are
// ended at any moment: no mark is lost and nothing is counted twice.
func TestKilledRecomputersLoseNoMark(t *testing.T) {
	h := open(t)
	stop, ended := context.WithCancel(t.Context())
	var work sync.WaitGroup
	var written, failed, computed atomic.Int64
	for w := range 3 {
		work.Go(func() {
			for i := 0; stop.Err() == nil; i++ {
				if h.change(uint64(w*10_000 + i)) {
					written.Add(1)
				}
			}
		})
	}
	for range 2 {
		work.Go(func() {
			for stop.Err() == nil {
				err := h.db.Write(t.Context(), realm(t, "klaipeda"), func(tx *pg.Tx) error {
					_, err := h.keeper.Marked(t.Context(), tx)
					return err
				})
				if err != nil {
					failed.Add(1)
				} else {
					computed.Add(1)
				}
			}
		})
	}
	killed := 0
	for killed < kills {
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		killed += ask[int](h, `SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
			WHERE datname = current_database() AND application_name NOT LIKE 'test-%' AND pid <> pg_backend_pid()
				AND (query LIKE '%figures%' OR query LIKE '%marks%' OR query LIKE '%facts%' OR query LIKE '%fact_heads%') ORDER BY random() LIMIT 1) x`)
	}
	ended()
	work.Wait()
	h.marked("klaipeda")
	piecewise := h.figures("klaipeda")
	if n := ask[int](h, `SELECT count(*) FROM t_klaipeda.marks`); n != 0 {
		t.Errorf("%d marks are left", n)
	}
	h.everything("klaipeda")
	if whole := h.figures("klaipeda"); whole != piecewise {
		t.Errorf("after %d kills a mark was lost:\n%s\n\nshould be:\n%s", killed, piecewise, whole)
	}
	t.Logf("%d kills, %d changes, %d computations, %d of them failed", killed, written.Load(), computed.Load(), failed.Load())
	if written.Load() == 0 || computed.Load() == 0 || failed.Load() == 0 {
		t.Error("nothing was changed, computed or hit")
	}
}

// change writes one case with its mark, in one transaction behind the door; false
// when it was hit.
func (h *house) change(n uint64) bool {
	o := random(h.t, n, 1)[0]
	conn, err := h.raw.BeginTx(h.t.Context(), nil)
	if err != nil {
		return false
	}
	defer conn.Rollback()
	var id int64
	err = conn.QueryRow(`INSERT INTO t_klaipeda.case_receipts (nonce_hash, code_hash, key_id) VALUES (sha256($1::bytea), sha256($2::bytea), 'x') RETURNING id`,
		fmt.Sprintf("kn%d", n), fmt.Sprintf("kc%d", n)).Scan(&id)
	if err != nil {
		return false
	}
	_, err = conn.Exec(`WITH c AS (INSERT INTO t_klaipeda.cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger,
				confidential, sample, department, assignee, received_on, outside, filed_at, own_due, law_due, law_verified, due_sort,
				stopped, answered_on, done_on, ground, score)
			VALUES ($1, 2026, 100000 + $2, $2, 1, $3, $4, 'website', 'lt', false, '', false, false, '', 0, $5, false, $6, $7, $8, true, '2026-01-01',
				false, $9, $10, $11, 0))
		INSERT INTO t_klaipeda.marks (month) VALUES (date_trunc('month', $5::date))`,
		id, int64(n), o.Kind, o.State, o.ReceivedOn, o.ReceivedOn.In(time.UTC).Add(12*time.Hour), o.OwnDue, o.LawDue, o.AnsweredOn, o.DoneOn, o.Ground)
	return err == nil && conn.Commit() == nil
}

// A town writes and reads its own facts only; the portal reads those of all, and
// nothing of what they were counted from.
func TestFactsAreBehindRowSecurity(t *testing.T) {
	h := open(t)
	h.put("klaipeda", random(t, 4, 60))
	h.put("chuprene", random(t, 5, 60))
	mine := h.everything("klaipeda")
	h.everything("chuprene")
	if mine.Revision != 1 || mine.Cases != 60 {
		t.Errorf("computed %+v", mine)
	}
	all := ask[int](h, `SELECT count(*) FROM platform.facts`)
	own := ask[int](h, `SELECT count(*) FROM platform.facts WHERE tenant = 't_klaipeda'`)
	if own == 0 || all == own {
		t.Fatalf("%d facts, %d of Klaipėda", all, own)
	}
	h.ok("klaipeda", func(_ *casework.Town, tx *pg.Tx) error {
		var n int
		if err := tx.Get(t.Context(), &n, `SELECT count(*) FROM platform.facts WHERE num >= $1`, 0); err != nil {
			return err
		}
		if n != own {
			t.Errorf("Klaipėda sees %d facts; %d are its own", n, own)
		}
		gone, err := tx.Exec(t.Context(), `DELETE FROM platform.facts WHERE tenant <> $1`, "t_klaipeda")
		if err != nil || gone != 0 {
			t.Errorf("it took away %d facts of others: %v", gone, err)
		}
		return err
	})
	err := h.write("klaipeda", func(_ *casework.Town, tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO platform.facts (tenant, month, indicator, num, den, spread, since, sample)
			VALUES ($1, '2026-01-01', 'x', 1, 5, '', '2026-01-01', false)`, "t_chuprene")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "row-level security") {
		t.Errorf("Klaipėda wrote a fact of Chuprene: %v", err)
	}
	towns := []tenant.Town{{Slug: "klaipeda", Realm: realm(t, "klaipeda"), Country: "lt", Population: 150_000}}
	must(t, h.db.Read(t.Context(), pg.Portal(), func(tx *pg.Tx) error {
		p := results.RunningTo(day(t, "2026-11-20"))
		d, err := comparison.Read(t.Context(), tx, towns, p)
		if err != nil {
			return err
		}
		law, _ := comparison.Find(string(results.OnTimeLaw))
		row := d.Table(law, comparison.Filter{}, comparison.ByScore, "lt").Classes[0].Rows[0]
		num := ask[int64](h, `SELECT sum(num)::bigint FROM t_klaipeda.figures WHERE indicator = 'on_time_law' AND kind = ''`)
		den := ask[int64](h, `SELECT sum(den)::bigint FROM t_klaipeda.figures WHERE indicator = 'on_time_law' AND kind = ''`)
		if !row.Has || den-row.Value.Den >= 5 || row.Value.Den > den || row.Value.Num > num {
			t.Errorf("the portal has %+v; counted were %d of %d", row.Value, num, den)
		}
		days, _ := comparison.Find(string(results.FirstAnswer))
		if row := d.Table(days, comparison.Filter{}, comparison.ByScore, "lt").Classes[0].Rows[0]; row.Value.Spread.Count() != row.Value.Den || row.Value.Den == 0 {
			t.Errorf("the spread of the days: %+v", row.Value)
		}
		trend, err := comparison.ReadTownTrend(t.Context(), tx, &towns[0], law, p)
		if err == nil {
			var sum int64
			for _, point := range trend.Points {
				sum += point.Total.Den
			}
			if sum != row.Value.Den {
				t.Errorf("the months make %d, the year %d", sum, row.Value.Den)
			}
		}
		return err
	}))
	for what, table := range map[string]string{"raw figures": "t_klaipeda.figures", "cases": "t_klaipeda.cases"} {
		if ask[bool](h, `SELECT has_table_privilege('portal', $1, 'SELECT')`, table) || ask[bool](h, `SELECT has_schema_privilege('portal', 't_klaipeda', 'USAGE')`) {
			t.Errorf("the portal can read %s", what)
		}
	}
	if _, err := h.raw.Exec(`INSERT INTO platform.facts (tenant, month, indicator, num, den, spread, since, sample)
		VALUES ('t_klaipeda', '2020-01-01', 'x', 1, 4, '', '2020-01-01', false)`); err == nil || !strings.Contains(err.Error(), "facts_den_ck") {
		t.Errorf("a fact of four cases was taken: %v", err)
	}
}

// The portal learns from when on a figure counts that waited to be shown.
func TestTheFactsTellSinceWhenTheyCount(t *testing.T) {
	h := open(t)
	var all []casework.Outcome
	for _, on := range []string{"2026-08-03", "2026-08-04", "2026-09-01", "2026-09-02", "2026-09-03"} {
		all = append(all, casework.Outcome{Kind: casework.Question, State: casework.Received, Channel: "post", ReceivedOn: day(t, on), RegisteredOn: day(t, on)})
	}
	h.put("klaipeda", all)
	h.everything("klaipeda")
	must(t, h.db.Read(t.Context(), pg.Portal(), func(tx *pg.Tx) error {
		month := results.MonthOf(day(t, "2026-09-01"))
		monthly, err := results.Monthly(t.Context(), tx, results.Received, month)
		if err != nil {
			return err
		}
		sums, err := results.Sums(t.Context(), tx, []results.Indicator{results.Received}, month)
		if err != nil {
			return err
		}
		quarter, err := results.Sums(t.Context(), tx, []results.Indicator{results.Received}, results.QuarterOf(month.From))
		if err != nil {
			return err
		}
		for name, facts := range map[string][]results.Fact{"months": monthly, "sums": sums, "quarter": quarter} {
			want := day(t, "2026-08-01")
			if name == "quarter" { // it holds August too
				want = 0
			}
			if len(facts) != 1 || facts[0].Den != 5 || facts[0].Since != want {
				t.Errorf("%s: %+v, want since %s", name, facts, want)
			}
		}
		return nil
	}))
}

// The turn of a day makes a case late that nobody has touched.
func TestADayMakesFiguresWithoutAnyCase(t *testing.T) {
	h := open(t)
	var all []casework.Outcome
	for range 6 {
		received := day(t, "2026-11-02")
		all = append(all, casework.Outcome{Kind: casework.Complaint, State: casework.Received, Channel: "post", ReceivedOn: received, RegisteredOn: received,
			LawDue: day(t, "2026-11-20"), LawVerified: true})
	}
	h.put("klaipeda", all)
	h.everything("klaipeda")
	late := func() int64 {
		return ask[int64](h, `SELECT num FROM platform.facts WHERE tenant = 't_klaipeda' AND indicator = 'overdue'`)
	}
	if n := late(); n != 0 {
		t.Errorf("%d are late on the last day of their term", n)
	}
	h.set(t, "2026-11-21 01:30")
	h.ok("klaipeda", func(_ *casework.Town, tx *pg.Tx) error {
		_, err := h.keeper.Daily(t.Context(), tx)
		return err
	})
	if n := late(); n != 6 {
		t.Errorf("%d are late on the day after, want 6", n)
	}
}

// A service that stood still over a whole month, or a town that was suspended,
// comes back: the month in which it stopped is counted to its end and published,
// whether the turn of a day or a new case is the first to be heard of.
func TestAMonthIsCountedToItsEndAfterAStop(t *testing.T) {
	for name, back := range map[string]func(*house) error{
		"a day": func(h *house) error {
			return h.write("klaipeda", func(_ *casework.Town, tx *pg.Tx) error {
				_, err := h.keeper.Daily(t.Context(), tx)
				return err
			})
		},
		"a case": func(h *house) error {
			h.do(`INSERT INTO t_klaipeda.marks (month) VALUES ('2026-11-01')`)
			h.marked("klaipeda")
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			var all []casework.Outcome
			for range 6 {
				o := casework.Outcome{Kind: casework.Question, State: casework.Answered, Channel: "post", ReceivedOn: day(t, "2026-09-02"),
					RegisteredOn: day(t, "2026-09-02"), OwnDue: day(t, "2026-09-05"), DoneOn: day(t, "2026-09-04"), AnsweredOn: day(t, "2026-09-04")}
				open := casework.Outcome{Kind: casework.Complaint, State: casework.Received, Channel: "post", ReceivedOn: day(t, "2026-09-02"),
					RegisteredOn: day(t, "2026-09-02"), LawDue: day(t, "2026-09-20"), LawVerified: true}
				all = append(all, o, open)
			}
			h.put("klaipeda", all)
			h.set(t, "2026-09-10 09:00")
			h.everything("klaipeda")
			h.set(t, "2026-11-20 09:00")
			must(t, back(h))
			for _, month := range []string{"2026-09-01", "2026-10-01"} {
				late := ask[int64](h, `SELECT COALESCE(max(num), -1) FROM platform.facts WHERE tenant = 't_klaipeda' AND indicator = 'overdue' AND month = $1`, month)
				if late != 6 {
					t.Errorf("%d are late at the end of the month of %s, want 6", late, month)
				}
			}
			if got := h.history(h.caseTime()); len(got) != 1 || got[0].Starts != day(t, "2026-09-01") || got[0].Num != 6 {
				t.Errorf("September was published as %+v", got)
			}
		})
	}
}

// Whoever counts holds the head of the facts to the end: a second one that had
// read earlier would else write older figures over the newer ones.
func TestTwoNeverCountAtOnce(t *testing.T) {
	h := open(t)
	h.everything("klaipeda") // the head is there, and no mark
	holds, release := make(chan struct{}), make(chan struct{})
	first, second := make(chan error, 1), make(chan error, 1)
	count := func(then func()) error {
		return h.db.Write(t.Context(), realm(t, "klaipeda"), func(tx *pg.Tx) error {
			_, err := h.keeper.Marked(t.Context(), tx)
			then()
			return err
		})
	}
	go func() {
		first <- count(func() {
			close(holds)
			<-release
		})
	}()
	<-holds
	go func() { second <- count(func() {}) }()
	for waits := false; !waits; time.Sleep(5 * time.Millisecond) {
		waits = ask[bool](h, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%fact_heads%')`)
		select {
		case err := <-second:
			close(release)
			t.Fatalf("the second did not wait for the first: %v", err)
		default:
		}
	}
	close(release)
	must(t, <-first)
	must(t, <-second)
}
