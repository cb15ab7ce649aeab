package results_test

import (
	"fmt"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/comparison"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// crowd fills Klaipėda with cases of two years, past the verbs.
func (h *house) crowd(n int) {
	h.t.Helper()
	h.do(`INSERT INTO t_klaipeda.case_receipts (nonce_hash, code_hash, key_id)
		SELECT sha256(('n' || i)::bytea), sha256(('c' || i)::bytea), 'x' FROM generate_series(1, $1) i`, n)
	h.do(`INSERT INTO t_klaipeda.cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger, confidential, sample,
			department, assignee, received_on, outside, filed_at, own_due, law_due, law_verified, due_sort, stopped, answered_on, done_on, ground, score)
		SELECT id, 2026, id, 'KL-2026-' || id, 1, kind, CASE WHEN done > date '2026-11-20' THEN 'received' ELSE 'answered' END, 'website', 'lt',
			false, '', false, false, '', 0, received, false, received + time '10:00', received + 5, received + 28, true, received + 5, false,
			CASE WHEN done <= date '2026-11-20' THEN done END, CASE WHEN done <= date '2026-11-20' THEN done END, '', 0
		FROM (SELECT id, received, received + (id * 7919 % 40)::int AS done,
				(ARRAY['question','complaint','signal','proposal','request'])[1 + id % 5] AS kind
			FROM (SELECT id, date '2024-11-21' + ((id * 104729) % 730)::int AS received FROM t_klaipeda.case_receipts) y) x`)
	h.do(`VACUUM ANALYZE t_klaipeda.cases`)
}

// BenchmarkFigures prints what a town's figures cost with 2,000 and with 20,000
// cases a year: the months that a case of this month marks, all months, and the
// page of results.
func BenchmarkFigures(b *testing.B) {
	for _, year := range []int{2_000, 20_000} {
		h := open(b)
		h.crowd(2 * year)
		h.everything("klaipeda")
		write := func(name string, do func(*casework.Town, *pg.Tx) error) {
			b.Run(fmt.Sprintf("%s/%d", name, year), func(b *testing.B) {
				for b.Loop() {
					h.ok("klaipeda", do)
				}
			})
		}
		mark := func(month string) func(*casework.Town, *pg.Tx) error {
			return func(_ *casework.Town, tx *pg.Tx) error {
				if _, err := tx.Exec(b.Context(), `INSERT INTO marks (month) VALUES ($1)`, month); err != nil {
					return err
				}
				_, err := h.keeper.Marked(b.Context(), tx)
				return err
			}
		}
		write("one month", mark("2026-11-01"))
		write("two months", mark("2026-10-01"))
		write("everything", func(_ *casework.Town, tx *pg.Tx) error {
			_, err := h.keeper.Everything(b.Context(), tx)
			return err
		})
		write("page of results", func(town *casework.Town, tx *pg.Tx) error {
			v, err := charter.Current(b.Context(), tx)
			if err != nil {
				return err
			}
			board, err := readBoard(b.Context(), town, tx)
			if err != nil {
				return err
			}
			_, err = results.ReadReport(b.Context(), tx, &v.Document, board, results.RollingTo(town.Today(tx)), town.Today(tx))
			return err
		})
		write("badges", func(town *casework.Town, tx *pg.Tx) error {
			_, err := readBoard(b.Context(), town, tx)
			return err
		})
	}
}

// BenchmarkComparison prints what the comparison costs with 325 towns and two
// years of facts: reading a year of two indicators with the table from it, of all
// of them with a profile, and a trend.
func BenchmarkComparison(b *testing.B) {
	h := open(b)
	var towns []tenant.Town
	for n := range 325 {
		slug := fmt.Sprintf("town-%d", n)
		towns = append(towns, tenant.Town{Slug: slug, Realm: realm(b, slug), Country: []string{"lt", "bg"}[n%2], Population: 1000 + n*400})
	}
	for _, i := range comparison.Indicators() {
		h.do(`INSERT INTO platform.facts (tenant, month, indicator, num, den, spread, since, sample)
			SELECT 't_town_' || t, date '2024-11-01' + m * interval '1 month', $1, 120 + t % 40, 167, CASE WHEN $2 THEN
				(SELECT string_agg(d || ':' || 1 + (d + t) % 9, ',') FROM generate_series(0, 30) d) ELSE '' END, date '2024-11-01', true
			FROM generate_series(0, 324) t, generate_series(0, 24) m`, string(i.Key), i.Measure == comparison.Median || i.Measure == comparison.Mean)
	}
	h.do(`INSERT INTO platform.fact_heads (tenant, revision, computed_at, through) SELECT 't_town_' || t, 1, '2026-11-20', '2026-11-20' FROM generate_series(0, 324) t`)
	h.do(`VACUUM ANALYZE platform.facts`)
	p := results.RollingTo(day(b, "2026-10-31"))
	law, _ := comparison.Find(string(results.OnTimeLaw))
	days, _ := comparison.Find(string(results.FirstAnswer))
	read := func(name string, do func(*pg.Tx) error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, h.db.Read(b.Context(), pg.Portal(), do))
			}
		})
	}
	read("law and promise", func(tx *pg.Tx) error {
		d, err := comparison.Read(b.Context(), tx, towns, p, results.OnTimeLaw, results.OnTimeOwn)
		if t := d.Table(law, comparison.Filter{}, comparison.ByScore, "lt"); t.Reporting != 325 {
			b.Fatal(t.Reporting)
		}
		return err
	})
	read("median days", func(tx *pg.Tx) error {
		d, err := comparison.Read(b.Context(), tx, towns, p, results.FirstAnswer, results.OnTimeOwn)
		d.Table(days, comparison.Filter{}, comparison.ByScore, "lt")
		return err
	})
	read("all", func(tx *pg.Tx) error {
		_, err := comparison.Read(b.Context(), tx, towns, p)
		return err
	})
	read("profile", func(tx *pg.Tx) error {
		d, err := comparison.ReadPeers(b.Context(), tx, towns, p, "town-7")
		d.Profile("town-7")
		return err
	})
	read("trend", func(tx *pg.Tx) error {
		_, err := comparison.ReadTrend(b.Context(), tx, towns, law, comparison.Filter{}, p)
		return err
	})
}
