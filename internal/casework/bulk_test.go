package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/provision"
	"charterhouse/tenants"
)

func bulkWords(t testing.TB, country string) casework.BulkWords {
	t.Helper()
	words, err := catalog()
	must(t, err)
	w, problems := provision.LoadBulkWords(tenants.Files, country, []string{country, "en"}, func(key string, args map[string]any) string { return words.Say("en", i18n.Key(key), args) })
	for _, p := range problems {
		t.Error(p)
	}
	return w
}

func (w *town) bulk(country string, n int) casework.Bulk {
	return casework.Bulk{Cases: n, Seed: 7, Words: bulkWords(w.t, country), Actor: audit.Operator()}
}

func (w *town) loadBulk(b casework.Bulk) (n int) {
	w.t.Helper()
	var plan *casework.BulkPlan
	w.ok(func(t *casework.Town, tx *pg.Tx) (err error) {
		plan, err = t.PlanBulk(b, tx.Now)
		return err
	})
	for i := range plan.Chunks() {
		w.ok(func(_ *casework.Town, tx *pg.Tx) error {
			loaded, err := plan.Load(w.t.Context(), tx, i)
			n += loaded
			return err
		})
	}
	return n
}

// sorted gives the lines of a table in an order of their own.
func sorted(content string) string {
	lines := strings.Split(content, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// What is made up in bulk is what the verbs would have written: the same rows in
// every table of cases, to the last column.
func TestBulkIsWhatTheVerbsWrite(t *testing.T) {
	for slug, country := range map[string]string{"klaipeda": "lt", "chuprene": "bg", "peshtera": "bg"} {
		t.Run(slug, func(t *testing.T) {
			const n = 150
			made, played := open(t).in(t, slug), open(t).in(t, slug)
			if got := made.loadBulk(made.bulk(country, n)); got != n {
				t.Fatalf("%d cases were made up", got)
			}
			played.ok(func(town *casework.Town, tx *pg.Tx) error {
				plan, err := town.PlanBulk(played.bulk(country, n), tx.Now)
				must(t, err)
				return plan.Replay(t.Context(), tx, casework.Officer{Actor: audit.Operator()})
			})
			have, want := made.dump(), played.dump()
			for _, do := range []string{"submit", "register", "take", "ask", "respond", "extend", "reply", "forward", "decline", "withdraw", "close", "rate"} {
				if slug == "klaipeda" && !strings.Contains(have["case_events"], ","+do+",") {
					t.Errorf("nothing that was made up is a %s", do)
				}
			}
			compared := 0
			for table := range want {
				if !strings.HasPrefix(table, "case") {
					continue
				}
				compared += strings.Count(want[table], "\n")
				if h, w := sorted(have[table]), sorted(want[table]); h != w {
					t.Errorf("%s differs: %s", table, firstDifference(h, w))
				}
			}
			months := func(content string) []string {
				var all []string
				for _, line := range strings.Split(content, "\n") {
					_, month, _ := strings.Cut(strings.Trim(line, "()"), ",")
					all = append(all, month)
				}
				slices.Sort(all)
				return slices.Compact(all)
			}
			if h, w := months(have["marks"]), months(want["marks"]); !slices.Equal(h, w) {
				t.Errorf("the marked months are %v, by the verbs %v", h, w)
			}
			if compared < 8*n {
				t.Errorf("only %d rows were compared", compared)
			}
			t.Logf("%d rows compared", compared)
			checkBulkDesk(t, made, played)
		})
	}
}

// checkBulkDesk asks the same of both towns as a desk does: inbox, finished cases,
// search, counters, and what happened to each of the first.
func checkBulkDesk(t *testing.T, made, played *town) {
	t.Helper()
	answers := func(w *town) (said []string) {
		w.ok(func(town *casework.Town, tx *pg.Tx) error {
			counters, err := town.Counters(t.Context(), tx, w.officer)
			must(t, err)
			inbox, _, err := town.Inbox(t.Context(), tx, w.officer, casework.Filter{}, casework.Cursor{})
			must(t, err)
			done, _, err := town.Done(t.Context(), tx, w.officer, casework.Filter{}, casework.Cursor{})
			must(t, err)
			found, _, err := town.Search(t.Context(), tx, w.officer, map[string]string{"lt": "žibintai", "bg": "лампи"}[town.Profile.Languages[0]])
			must(t, err)
			if len(inbox) == 0 || len(done) == 0 || len(found) == 0 {
				t.Errorf("%d in the inbox, %d finished, %d found", len(inbox), len(done), len(found))
			}
			said = append(said, fmt.Sprintf("%+v\n%+v\n%+v\n%+v", counters, inbox, done, found))
			for _, l := range append(inbox[:min(5, len(inbox))], done[:5]...) {
				c, err := casework.Find(t.Context(), tx, l.Number)
				must(t, err)
				pin, err := casework.PinOf(t.Context(), tx, c)
				must(t, err)
				events, err := casework.Timeline(t.Context(), tx, c, casework.Submitter)
				must(t, err)
				said = append(said, fmt.Sprintf("%+v\n%s %d %d\n%+v", *c, pin.ForwardBy, pin.Charter, pin.RuleVersion, events))
			}
			return nil
		})
		return said
	}
	a, b := answers(made), answers(played)
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			t.Fatalf("the desk is told\n%s\nand by the verbs\n%s", a[i], b[i])
		}
	}
}

func firstDifference(have, want string) string {
	h, w := strings.Split(have, "\n"), strings.Split(want, "\n")
	for i := range min(len(h), len(w)) {
		if h[i] != w[i] {
			return "\nhave " + h[i] + "\nwant " + w[i]
		}
	}
	return "the number of rows"
}

// BenchmarkBulk tells cases a second, for one town after another.
func BenchmarkBulk(b *testing.B) {
	w := open(b).in(b, "varena")
	for b.Loop() {
		b.StopTimer()
		w.ok(func(_ *casework.Town, tx *pg.Tx) error {
			_, _, err := casework.RemoveSamples(b.Context(), tx, audit.Operator())
			return err
		})
		b.StartTimer()
		w.loadBulk(w.bulk("lt", 2000))
	}
	b.ReportMetric(2000*float64(b.N)/b.Elapsed().Seconds(), "cases/s")
}
