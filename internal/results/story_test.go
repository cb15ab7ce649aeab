package results_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// file sends a question and answers it after some days of the test's clock.
func (h *house) file(slug, kind, at, answered string) {
	h.t.Helper()
	h.set(h.t, at)
	var r casework.Receipt
	h.ok(slug, func(town *casework.Town, tx *pg.Tx) error {
		ticket, err := town.Ticket(tx.Now)
		if err != nil {
			return err
		}
		r, err = town.Submit(h.t.Context(), tx, casework.Filing{
			Ticket: ticket, Kind: kind, Lang: town.Profile.Languages[0], Title: "Žibintas", Body: "Tamsu.",
			Person: casework.Person{Name: "Ona", Email: "ona@example.org", ReplyBy: casework.ByEmail},
		})
		return err
	})
	if answered == "" {
		return
	}
	h.set(h.t, answered)
	h.ok(slug, func(town *casework.Town, tx *pg.Tx) error {
		who := casework.Officer{Actor: audit.Operator()}
		return town.Reply(h.t.Context(), tx, who, casework.Ref{Number: r.Case.Number}, casework.Message{Text: "Sutvarkyta."})
	})
}

// board reads the badges and the charter of the town.
func (h *house) board(slug string) (b *results.Board, doc *charter.Document, report *results.Report) {
	h.t.Helper()
	must(h.t, h.db.Read(h.t.Context(), realm(h.t, slug), func(tx *pg.Tx) error {
		town, err := h.keeper.Desk.Read(h.t.Context(), tx)
		if err != nil {
			return err
		}
		v, err := charter.Current(h.t.Context(), tx)
		if err != nil {
			return err
		}
		doc = &v.Document
		if b, err = readBoard(h.t.Context(), town, tx); err != nil {
			return err
		}
		report, err = results.ReadReport(h.t.Context(), tx, doc, b, results.RunningTo(town.Today(tx)), town.Today(tx))
		return err
	}))
	return b, doc, report
}

// readBoard reads the board of the transaction's town as a page does.
func readBoard(ctx context.Context, town *casework.Town, tx *pg.Tx) (*results.Board, error) {
	since, err := charter.Since(ctx, tx, town.Zone)
	if err != nil {
		return nil, err
	}
	return results.ReadBoard(ctx, tx, town.Rules, since, town.Today(tx))
}

// promised finds the promise of a measure.
func promised(t testing.TB, doc *charter.Document, kind, rule string) *charter.Commitment {
	t.Helper()
	for _, p := range doc.Places() {
		if m := p.Commitment.Measure; m.Kind == kind && m.Rule == rule {
			return p.Commitment
		}
	}
	t.Fatalf("no promise with a measure %s of %q", kind, rule)
	return nil
}

// A citizen asks Klaipėda's question: do they answer in less than three days? Four
// answers are no answer; the fifth is.
func TestABadgeComesFromCases(t *testing.T) {
	h := open(t)
	for range 4 {
		h.file("klaipeda", casework.Question, "2026-10-05 09:00", "2026-10-06 09:00")
	}
	h.set(t, "2026-11-20 09:00")
	h.marked("klaipeda")
	b, doc, _ := h.board("klaipeda")
	c := promised(t, doc, charter.CaseTime, casework.Question)
	if got := b.Of(c); got.State != results.NoDataYet || got.Value.State != results.Suppressed || got.Why != results.KeyWhyTooFew {
		t.Fatalf("four answers show %+v", got)
	}
	h.file("klaipeda", casework.Question, "2026-10-05 09:00", "2026-10-09 09:00")
	h.set(t, "2026-11-20 09:00")
	done := h.marked("klaipeda")
	if done.From != day(t, "2026-10-01") || done.Months != 2 || done.Cases != 5 {
		t.Errorf("counted %+v", done)
	}
	b, doc, report := h.board("klaipeda")
	got := b.Of(promised(t, doc, charter.CaseTime, casework.Question))
	if got.State != results.Broken || got.Value.Num != 4 || got.Value.Den != 5 || got.Period.Kind != results.Rolling {
		t.Errorf("five answers, one late: %+v", got)
	}
	if v, _ := got.Number(); v != 80 {
		t.Errorf("the share is %v", v)
	}
	if law := report.Timely[0].Law; law.State != results.NoData {
		t.Errorf("nobody has confirmed the legal term of a question: %+v", law)
	}
	for range 5 {
		h.file("klaipeda", casework.Complaint, "2026-10-05 09:00", "2026-10-09 09:00")
	}
	h.set(t, "2026-11-20 09:00")
	h.marked("klaipeda")
	if _, _, report := h.board("klaipeda"); report.Timely[0].Law.Num != 5 || report.Timely[0].Law.Den != 5 || report.Timely[0].Own.Den != 5 {
		t.Errorf("five complaints, all in time by law: %+v", report.Timely[0])
	}
	if again := h.marked("klaipeda"); !again.From.IsZero() {
		t.Errorf("no mark is left, and yet %+v", again)
	}
	if n := ask[int](h, `SELECT count(*) FROM t_klaipeda.jobs WHERE kind = $1`, casework.KindFigures); n != 0 {
		t.Errorf("%d jobs ask for what is done", n)
	}
}

// What was published stays; what is computed otherwise later is a correction.
func TestHistoryStaysAsItWasPublished(t *testing.T) {
	h := open(t)
	for range 6 {
		h.file("klaipeda", casework.Question, "2026-10-05 09:00", "2026-10-06 09:00")
	}
	h.set(t, "2026-11-02 09:00")
	h.marked("klaipeda")
	key := h.caseTime()
	first := h.history(key)
	if len(first) != 1 || first[0].State != results.Kept || first[0].Den != 6 || first[0].Revision != 1 || len(first[0].Before) != 0 {
		t.Fatalf("published: %+v", first)
	}
	h.marked("klaipeda")
	h.everything("klaipeda")
	if same := h.history(key); len(same) != 1 || same[0].Revision != 1 {
		t.Errorf("nothing has changed, and there is %+v", same)
	}
	// An answer turns out to be none: the case is taken up again.
	h.set(t, "2026-11-03 09:00")
	h.ok("klaipeda", func(town *casework.Town, tx *pg.Tx) error {
		return town.Reopen(t.Context(), tx, casework.Officer{Actor: audit.Operator()}, casework.Ref{Number: "KL-2026-0001"}, "Neatsakyta")
	})
	h.marked("klaipeda")
	then := h.history(key)
	if len(then) != 1 || then[0].Revision != 2 || then[0].Den != 5 || len(then[0].Before) != 1 || then[0].Before[0].Den != 6 {
		t.Errorf("the correction should be seen with what it corrects: %+v", then)
	}
}

// Each month's end publishes the twelve months up to it.
func TestTwelveMonthsArePublishedAtEachMonthsEnd(t *testing.T) {
	h := open(t)
	h.put("klaipeda", random(t, 9, 400))
	h.do(`UPDATE t_klaipeda.cases SET kind = 'question'`)
	h.do(`UPDATE t_klaipeda.charter_versions SET published_at = '2024-01-01'`)
	h.everything("klaipeda")
	key := h.caseTime()
	var all []results.Verdict
	must(t, h.db.Read(t.Context(), realm(t, "klaipeda"), func(tx *pg.Tx) (err error) {
		all, err = results.History(t.Context(), tx, key, results.Rolling, 13)
		return err
	}))
	if len(all) != 11 { // from the twelve months up to December to those up to October
		t.Fatalf("%d periods of twelve months are published", len(all))
	}
	for n, v := range all {
		end := day(t, "2026-10-01").AddMonths(-n)
		if v.Starts != end.AddMonths(-11) {
			t.Errorf("the twelve months up to %s begin on %s", end, v.Starts)
		}
		num := ask[int64](h, `SELECT sum(shown_num)::bigint FROM t_klaipeda.figures WHERE indicator = 'on_time_own' AND kind = 'question'
			AND month BETWEEN $1::date - interval '11 months' AND $1::date`, end)
		den := ask[int64](h, `SELECT sum(shown_den)::bigint FROM t_klaipeda.figures WHERE indicator = 'on_time_own' AND kind = 'question'
			AND month BETWEEN $1::date - interval '11 months' AND $1::date`, end)
		if v.Num != num || v.Den != den || v.Den == 0 || len(v.Before) != 0 {
			t.Errorf("up to %s: %d of %d, want %d of %d", end, v.Num, v.Den, num, den)
		}
	}
	before := h.figures("klaipeda")
	h.do(`INSERT INTO t_klaipeda.marks (month) VALUES ('2026-10-01')`)
	h.marked("klaipeda")
	if n := ask[int](h, `SELECT count(*) FROM t_klaipeda.verdicts WHERE revision > 1`); n != 0 || h.figures("klaipeda") != before {
		t.Errorf("nothing has changed, and there are %d corrections", n)
	}
}

// Samples that are loaded beside real cases correct nothing that was published;
// what was published from samples alone is replaced.
func TestSamplesCorrectNothingThatWasPublished(t *testing.T) {
	h := open(t)
	gone := func(which string) {
		h.do(`DELETE FROM t_klaipeda.cases WHERE ` + which)
		h.do(`DELETE FROM t_klaipeda.case_receipts WHERE id NOT IN (SELECT id FROM t_klaipeda.cases)`)
	}
	put := func(sample bool, n int) {
		var all []casework.Outcome
		for range n {
			all = append(all, casework.Outcome{Kind: casework.Question, State: casework.Answered, Channel: "post", ReceivedOn: day(t, "2026-10-02"),
				RegisteredOn: day(t, "2026-10-02"), OwnDue: day(t, "2026-10-05"), DoneOn: day(t, "2026-10-08"), AnsweredOn: day(t, "2026-10-08"), Sample: sample})
		}
		h.put("klaipeda", all)
		h.everything("klaipeda")
	}
	key := h.caseTime()
	put(false, 6)
	put(true, 5)
	got := h.history(key)
	if len(got) != 1 || got[0].Sample || got[0].Den != 6 || got[0].Revision != 1 || len(got[0].Before) != 0 {
		t.Fatalf("after samples were loaded: %+v", got)
	}
	h.do(`DELETE FROM t_klaipeda.verdicts`)
	gone(`NOT sample`)
	h.everything("klaipeda")
	put(true, 2)
	if got = h.history(key); len(got) != 1 || !got[0].Sample || got[0].Den != 7 || got[0].Revision != 1 || len(got[0].Before) != 0 {
		t.Errorf("more samples: %+v", got)
	}
	gone(`sample`)
	put(false, 7)
	if got = h.history(key); len(got) != 1 || got[0].Sample || got[0].Den != 7 || got[0].Revision != 1 || len(got[0].Before) != 0 {
		t.Errorf("as many real cases after the samples: %+v", got)
	}
	h.do(`DELETE FROM t_klaipeda.verdicts`)
	gone(`true`)
	put(true, 6)
	gone(`true`)
	h.everything("klaipeda")
	if got = h.history(key); len(got) != 0 {
		t.Errorf("nothing is left, and yet %+v", got)
	}
}

// Nobody is judged by a promise that was not made yet: a period that began before
// the promise stood has no verdict of it. Samples have, and are marked.
func TestAPromiseIsNotJudgedBeforeItWasMade(t *testing.T) {
	for name, sample := range map[string]bool{"real cases": false, "samples": true} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			old, young := h.caseTime(), "answer-at-once"
			var all []casework.Outcome
			for _, month := range []string{"2026-09", "2026-10", "2026-11"} {
				for range 6 {
					all = append(all, casework.Outcome{Kind: casework.Question, State: casework.Answered, Channel: "post", ReceivedOn: day(t, month+"-02"),
						RegisteredOn: day(t, month+"-02"), OwnDue: day(t, month+"-05"), DoneOn: day(t, month+"-04"), AnsweredOn: day(t, month+"-04"), Sample: sample})
				}
			}
			h.put("klaipeda", all)
			h.set(t, "2026-10-15 09:00")
			h.ok("klaipeda", func(_ *casework.Town, tx *pg.Tx) error {
				v, err := charter.Current(t.Context(), tx)
				if err != nil {
					return err
				}
				place, _ := v.Document.Find(old)
				promise := *place.Commitment
				promise.Key = young
				place.Group.Commitments = append(place.Group.Commitments, promise)
				_, err = charter.Publish(t.Context(), tx, audit.Operator(), v.Document, tenant.FromTown)
				return err
			})
			h.set(t, "2026-12-01 09:00")
			h.everything("klaipeda")
			months := func(key string) (all []string) {
				for _, v := range h.history(key) {
					if v.Sample != sample {
						t.Errorf("samples should be marked, and only they: %+v", v)
					}
					all = append(all, v.Starts.String())
				}
				return all
			}
			every := []string{"2026-11-01", "2026-10-01", "2026-09-01"}
			if got := months(old); !slices.Equal(got, every) {
				t.Errorf("the old promise is judged for %v", got)
			}
			want := every[:1]
			if sample {
				want = every
			}
			b, doc, _ := h.board("klaipeda")
			made, _ := doc.Find(young)
			badge := b.Of(made.Commitment)
			if from := day(t, "2026-10-01"); !sample && (badge.Period.From != from || badge.Value.Den != 12) || sample && badge.Value.Den != 18 {
				t.Errorf("its badge rests on %d cases from %s on", badge.Value.Den, badge.Period.From)
			}
			if got := months(young); !slices.Equal(got, want) {
				t.Errorf("a promise of 15 October is judged for %v, want %v", got, want)
			}
		})
	}
}

func (h *house) caseTime() string {
	_, doc, _ := h.board("klaipeda")
	return promised(h.t, doc, charter.CaseTime, casework.Question).Key
}

func (h *house) history(key string) (all []results.Verdict) {
	h.t.Helper()
	must(h.t, h.db.Read(h.t.Context(), realm(h.t, "klaipeda"), func(tx *pg.Tx) (err error) {
		all, err = results.History(h.t.Context(), tx, key, results.ByMonth, 24)
		return err
	}))
	return all
}

// An administrator enters a result, and corrects it: both can be seen.
func TestAManualResultIsEnteredAndCorrected(t *testing.T) {
	h := open(t)
	_, doc, _ := h.board("klaipeda")
	c := promised(t, doc, charter.Manual, "")
	enter := func(e results.Entering, revision int64, reason string) error {
		return h.write("klaipeda", func(town *casework.Town, tx *pg.Tx) error {
			if revision == 0 {
				_, err := results.Enter(t.Context(), tx, audit.Operator(), e, town.Today(tx))
				return err
			}
			_, err := results.Correct(t.Context(), tx, audit.Operator(), e, revision, reason, town.Today(tx))
			return err
		})
	}
	good := results.Entering{Commitment: c.Key, Day: day(t, "2025-06-01"), Value: 1e6, Evidence: "Metų ataskaita", Link: "https://klaipeda.lt/ataskaita"}
	for field, e := range map[string]results.Entering{
		"period":   {Commitment: c.Key, Day: day(t, "2027-01-01"), Value: 1, Evidence: "x"},
		"evidence": {Commitment: c.Key, Day: day(t, "2025-01-01"), Value: 1, Evidence: "  "},
		"link":     {Commitment: c.Key, Day: day(t, "2025-01-01"), Value: 1, Evidence: "x", Link: "javascript:alert(1)"},
		"value":    {Commitment: c.Key, Day: day(t, "2025-01-01"), Value: 1e300, Evidence: "x"},
	} {
		err := enter(e, 0, "")
		if f, ok := fault.Of(err); !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := enter(results.Entering{Commitment: promised(t, doc, charter.CaseTime, casework.Question).Key, Day: good.Day, Evidence: "x"}, 0, ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("a promise that cases tell of: %v", err)
	}
	before := ask[int64](h, `SELECT revision FROM platform.revisions WHERE realm = 't_klaipeda'`)
	must(t, enter(good, 0, ""))
	if err := enter(good, 0, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("entered twice: %v", err)
	}
	if after := ask[int64](h, `SELECT revision FROM platform.revisions WHERE realm = 't_klaipeda'`); after != before+1 {
		t.Errorf("the pages do not follow: revision %d after %d", after, before)
	}
	b, _, _ := h.board("klaipeda")
	if got := b.Of(c); got.Entered == nil || got.Entered.Value != 1e6 || got.State != results.NotMeasured || got.Why != results.KeyWhyNoTarget || got.Word() != results.Unjudged || got.Period.From != day(t, "2025-01-01") {
		t.Errorf("the badge: %+v", got)
	}
	good.Value = 0
	if err := enter(good, 1, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("a correction without a reason: %v", err)
	}
	if err := enter(good, 2, "Klaida"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a correction of what is not there: %v", err)
	}
	must(t, enter(good, 1, "Įrašyta ne ta eilutė"))
	b, _, _ = h.board("klaipeda")
	got := b.Of(c)
	if got.Entered.Revision != 2 || got.Entered.Value != 0 || len(got.Entered.Before) != 1 || got.Entered.Before[0].Value != 1e6 {
		t.Errorf("after the correction: %+v", got.Entered)
	}
	if n := ask[int](h, `SELECT count(*) FROM t_klaipeda.audit_entries WHERE action IN ('result.enter', 'result.correct')`); n != 2 {
		t.Errorf("the audit chain has %d entries, want 2", n)
	}
}

// A runner of the service hears of a case and counts it: within seconds it is in
// the facts, and no job is left over.
func TestACaseReachesTheFactsWithinSeconds(t *testing.T) {
	h := open(t)
	bell := jobs.NewBell()
	db, err := pg.Open(t.Context(), pg.Options{URL: h.urls.ServiceURL, Pool: 12, Clock: time.Now, Seal: audit.Append, Wake: bell.Ring})
	must(t, err)
	defer db.Close()
	h.db = db
	began := time.Now()
	zone, err := time.LoadLocation("Europe/Vilnius")
	must(t, err)
	runner, err := jobs.New(jobs.Options{
		DB: db, Kinds: h.keeper.Jobs(), Timetable: h.keeper.Timetable(), Bell: bell,
		Ticks: func() time.Duration { return time.Since(began) }, Log: slog.New(slog.DiscardHandler),
		Realms: func(context.Context) ([]jobs.Place, error) {
			return []jobs.Place{{Realm: realm(t, "klaipeda"), Zone: zone}}, nil
		},
	})
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- runner.Run(ctx) }()
	for range 6 {
		h.file("klaipeda", casework.Question, "2026-10-05 09:00", "")
	}
	filed := time.Now()
	for ask[int64](h, `SELECT COALESCE(max(den), 0) FROM platform.facts WHERE indicator = 'received' AND tenant = 't_klaipeda'`) < 6 {
		if time.Since(filed) > 20*time.Second {
			t.Fatal("the cases are not in the facts")
		}
		time.Sleep(20 * time.Millisecond)
	}
	took := time.Since(filed)
	for ask[int](h, `SELECT count(*) FROM t_klaipeda.jobs WHERE state = 'pending' AND kind LIKE 'results.%'`) > 0 {
		if time.Since(filed) > 20*time.Second {
			t.Fatal("jobs are left over")
		}
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	must(t, <-ran)
	t.Logf("in the facts after %s", took.Round(time.Millisecond))
	if took > 5*time.Second {
		t.Errorf("it took %s; the town's results follow within 5 s", took)
	}
}
