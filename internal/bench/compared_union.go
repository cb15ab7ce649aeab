package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"charterhouse/internal/comparison"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

// union asks all schemas how many cases of twelve months were finished by the
// legal date: the question behind the comparison without anything kept for it.
func union(towns []*filingTown, p results.Period) string {
	var parts []string
	for _, t := range towns {
		parts = append(parts, fmt.Sprintf(`SELECT '%[1]s', count(*) FILTER (WHERE done_on <= law_due), count(*) FROM %[1]s.cases
			WHERE done_on BETWEEN '%[2]s' AND '%[3]s' AND law_verified AND law_due IS NOT NULL AND state NOT IN ('withdrawn', 'forwarded')`,
			t.realm.Name(), p.From, p.To))
	}
	return strings.Join(parts, " UNION ALL ")
}

// behindThePages measures in process: reading the comparison against the same
// question to all schemas, and counting one month of a town again.
func (b *bench) behindThePages(ctx context.Context, towns []town) (err error) {
	w, err := b.openWindow(ctx, b.server.ServiceURL(nation), towns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	super, err := b.superOf(nation)
	if err != nil {
		return err
	}
	defer super.Close()
	if err := b.againstUnion(ctx, w, super); err != nil {
		return err
	}
	return b.oneMonth(ctx, w, super)
}

func (b *bench) againstUnion(ctx context.Context, w *window, super *sql.DB) error {
	p := lastYear()
	question := union(w.towns, p)
	all := make([]tenant.Town, len(w.towns))
	for i, t := range w.towns {
		all[i] = tenant.Town{Slug: t.slug, Realm: t.realm, Country: t.lang, State: tenant.Active}
	}
	var ours, theirs sample
	reporting, rows := 0, 0
	law, _ := comparison.Find(string(results.OnTimeLaw))
	for range b.runs {
		var kept, asked sample
		for range 5 {
			began := time.Now()
			err := w.DB.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
				d, err := comparison.Read(ctx, tx, all, p, results.OnTimeLaw)
				if err == nil {
					reporting = d.Table(law, comparison.Filter{}, comparison.ByScore, "lt").Reporting
				}
				return err
			})
			if err != nil {
				return err
			}
			kept = append(kept, milliseconds(time.Since(began)))
			began = time.Now()
			if rows, err = drain(ctx, super, question); err != nil {
				return err
			}
			asked = append(asked, milliseconds(time.Since(began)))
		}
		ours, theirs = append(ours, kept.median()), append(theirs, asked.median())
	}
	b.table.add(figure{
		what: "the comparison by law against UNION ALL over all schemas", runs: ours.over(theirs), unit: " times", digits: 3,
		note: fmt.Sprintf("%.1f ms with its table against %.1f ms; %d and %d towns with a row", ours.median(), theirs.median(), reporting, rows),
	})
	return nil
}

// drain reads an answer to its end.
func drain(ctx context.Context, db *sql.DB, question string) (n int, err error) {
	rows, err := db.QueryContext(ctx, question)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// oneMonth marks this month in town after town and has it counted, as after a case
// was answered.
func (b *bench) oneMonth(ctx context.Context, w *window, super *sql.DB) error {
	keeper := &results.Keeper{Desk: w.Desk}
	const rounds = 40
	var p50, p95 sample
	for run := range b.runs {
		var took sample
		for i := range rounds {
			t := w.towns[(run*rounds+i)*7%len(w.towns)]
			if _, err := super.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s.marks (month) VALUES (date_trunc('month', current_date)) ON CONFLICT DO NOTHING", t.realm.Name())); err != nil {
				return err
			}
			began := time.Now()
			err := w.DB.Class(pg.Jobs).Write(ctx, t.realm, func(tx *pg.Tx) error {
				done, err := keeper.Marked(ctx, tx)
				if err == nil && done.Months == 0 {
					err = errors.New("nothing was counted")
				}
				return err
			})
			if err != nil {
				return fmt.Errorf("%s: %w", t.slug, err)
			}
			took = append(took, milliseconds(time.Since(began)))
		}
		p50, p95 = append(p50, took.quantile(0.5)), append(p95, took.quantile(0.95))
	}
	b.table.add(figure{
		what: fmt.Sprintf("counting one month of a town with %d cases again", b.cases), runs: p50, unit: " ms", digits: 1, aim: 50,
		note: fmt.Sprintf("p95 %.1f ms", p95.median()),
	})
	return nil
}
