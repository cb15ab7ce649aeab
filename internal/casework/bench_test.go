package casework_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// crowd fills a town with open cases, past the verbs.
func (w *town) crowd(n int) {
	w.t.Helper()
	db, err := sql.Open("postgres", w.urls.SuperURL)
	must(w.t, err)
	defer db.Close()
	s := w.realm.Name()
	for _, q := range []string{
		fmt.Sprintf(`INSERT INTO %s.case_receipts (nonce_hash, code_hash, key_id)
			SELECT sha256(('n' || i)::bytea), sha256(('c' || i)::bytea), 'x' FROM generate_series(1, %d) i`, s, n),
		fmt.Sprintf(`INSERT INTO %[1]s.cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger, confidential, sample,
				department, assignee, received_on, outside, filed_at, own_due, law_due, law_verified, due_sort, stopped, ground, score)
			SELECT id, 2026, id + 1000, 'KL-2026-' || id + 1000, 1, (ARRAY['question','complaint','signal','proposal','request'])[1 + id %% 5],
				(ARRAY['received','in_progress'])[1 + id %% 2], 'website', 'lt', false, '', false, false, '', id %% 40, date '2026-11-01', false,
				'2026-11-01 10:00+02', NULL, date '2026-11-01' + (id %% 90)::int, true, date '2026-11-01' + (id %% 90)::int, false, '', 0
			FROM %[1]s.case_receipts`, s),
		fmt.Sprintf(`INSERT INTO %[1]s.case_texts (case_id, event_id, part, title, body, terms)
			SELECT id, id, 'filing', t, b, to_tsvector('ext.charter_lt', t || ' ' || b) FROM (SELECT id,
				(ARRAY['Nedega žibintai','Neišvežamos atliekos','Triukšmas naktį','Duobė kelyje','Nugenėti medį'])[1 + id %% 5] || ' ' || id AS t,
				'Namas ' || id %% 500 || ', gatvė ' || id %% 300 || '. Prašome sutvarkyti kuo greičiau, nes jau kelios savaitės niekas nepasikeitė.' AS b
				FROM %[1]s.case_receipts) x`, s),
		fmt.Sprintf(`VACUUM ANALYZE %s.cases`, s), fmt.Sprintf(`VACUUM ANALYZE %s.case_texts`, s),
	} {
		if _, err := db.ExecContext(w.t.Context(), q); err != nil {
			w.t.Fatalf("%s: %v", q, err)
		}
	}
}

// BenchmarkDeskAtAHundredThousand prints what the desk's pages cost in a town with
// 100,000 open cases: the 50th and the 95th percentile of each.
func BenchmarkDeskAtAHundredThousand(b *testing.B) {
	w := open(b).in(b, "klaipeda")
	w.crowd(100_000)
	mine := w.officer
	mine.User = 7
	for _, c := range []struct {
		name string
		do   func(*casework.Town, *pg.Tx) error
	}{
		{"inbox", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Inbox(b.Context(), tx, mine, casework.Filter{}, casework.Cursor{})
			return err
		}},
		{"mine", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Inbox(b.Context(), tx, mine, casework.Filter{Assignee: casework.Whose{User: 7}}, casework.Cursor{})
			return err
		}},
		{"rare filter", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Inbox(b.Context(), tx, mine, casework.Filter{Department: "none"}, casework.Cursor{})
			return err
		}},
		{"counters", func(t *casework.Town, tx *pg.Tx) error { _, err := t.Counters(b.Context(), tx, mine); return err }},
		{"groups", func(t *casework.Town, tx *pg.Tx) error {
			_, err := t.GroupCounts(b.Context(), tx, casework.Filter{})
			return err
		}},
		{"search by number", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Search(b.Context(), tx, mine, "45678")
			return err
		}},
		{"search, rare word", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Search(b.Context(), tx, mine, "duobė 45673")
			return err
		}},
		{"search, common word", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Search(b.Context(), tx, mine, "atliekos")
			return err
		}},
		{"search, word of all", func(t *casework.Town, tx *pg.Tx) error {
			_, _, err := t.Search(b.Context(), tx, mine, "sutvarkyti")
			return err
		}},
		{"reminders", func(t *casework.Town, tx *pg.Tx) error { _, _, err := t.Remind(b.Context(), tx); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var all []time.Duration
			for b.Loop() {
				w.ok(func(t *casework.Town, tx *pg.Tx) error {
					began := time.Now()
					err := c.do(t, tx)
					all = append(all, time.Since(began))
					return err
				})
			}
			slices.Sort(all)
			b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "ms/p50")
			b.ReportMetric(float64(all[len(all)*95/100].Microseconds())/1000, "ms/p95")
		})
	}
}

// BenchmarkFiling files one case after another in a town whose rules were read
// before, as a web server does.
func BenchmarkFiling(b *testing.B) {
	w := open(b).in(b, "klaipeda")
	var known *casework.Town
	w.ok(func(t *casework.Town, _ *pg.Tx) error {
		known = t
		return nil
	})
	for name, f := range map[string]casework.Filing{"with a mail": w.filing(casework.Complaint), "without": w.filing(casework.Complaint)} {
		if name == "without" {
			f.Person.ReplyBy = casework.ByTrack
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, w.db.Write(b.Context(), w.realm, func(tx *pg.Tx) (err error) {
					if f.Ticket, err = known.Ticket(tx.Now); err != nil {
						return err
					}
					_, err = known.Submit(b.Context(), tx, f)
					return err
				}))
			}
		})
	}
}
