package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// deskTown is where the open cases lie.
const deskTown = 1 // varena

// fillDesk are statements of a superuser that leave open cases in a schema, past
// the verbs: their terms end from three weeks ago to ten weeks ahead, and half of
// them are somebody's.
func fillDesk(schema string, n int) []string {
	return []string{
		fmt.Sprintf(`WITH receipts AS (
				INSERT INTO %[1]s.case_receipts (nonce_hash, code_hash, key_id)
				SELECT sha256(convert_to('n' || i, 'UTF8')), sha256(convert_to('c' || i, 'UTF8')), 'x' FROM generate_series(1, %[2]d) i RETURNING id)
			INSERT INTO %[1]s.cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger, confidential, sample,
				department, assignee, received_on, outside, filed_at, own_due, law_due, law_verified, due_sort, stopped, ground, score)
			SELECT id, 2026, i, 'VA-2026-' || i, 1, (ARRAY['question','complaint','signal','proposal','request'])[1 + i %% 5],
				(ARRAY['received','in_progress'])[1 + i %% 2], 'website', 'lt', false, '', i %% 100 = 0, false, '', i %% 2 * (i %% 40),
				current_date - 30, false, now() - interval '30 days', NULL, current_date - 20 + i %% 90, true, current_date - 20 + i %% 90, false, '', 0
			FROM (SELECT id, (1000000 + row_number() OVER (ORDER BY id))::int AS i FROM receipts) r`, schema, n),
		fmt.Sprintf(`INSERT INTO %[1]s.case_texts (case_id, event_id, part, title, body, terms)
			SELECT id, id, 'filing', t, b, setweight(to_tsvector('ext.charter_lt', t), 'A') || to_tsvector('ext.charter_lt', b) FROM (SELECT id,
				(ARRAY['Nedega žibintai','Neišvežamos atliekos','Triukšmas naktį','Duobė kelyje','Nugenėti medį'])[1 + seq %% 5] || ' ' || seq AS t,
				'Namas ' || seq %% 500 || ', gatvė ' || seq %% 300 || '. Prašome sutvarkyti kuo greičiau, nes jau kelios savaitės niekas nepasikeitė.' AS b
				FROM %[1]s.cases WHERE seq BETWEEN 1000001 AND 9999999) x`, schema),
		fmt.Sprintf(`VACUUM ANALYZE %s.case_receipts, %[1]s.cases, %[1]s.case_texts`, schema),
	}
}

// look is one thing that an officer asks of the desk.
type look struct {
	name string
	do   func(context.Context, *casework.Town, *pg.Tx) error
}

// inboxPage reads what the page of the inbox shows: the first cases, the numbers
// beside its views, and those of its groups.
func inboxPage(who casework.Officer, f casework.Filter) func(context.Context, *casework.Town, *pg.Tx) error {
	return func(ctx context.Context, t *casework.Town, tx *pg.Tx) error {
		if _, _, err := t.Inbox(ctx, tx, who, f, casework.Cursor{}); err != nil {
			return err
		}
		if _, err := t.Counters(ctx, tx, who); err != nil {
			return err
		}
		_, err := t.GroupCounts(ctx, tx, f)
		return err
	}
}

func searchFor(who casework.Officer, typed string) func(context.Context, *casework.Town, *pg.Tx) error {
	return func(ctx context.Context, t *casework.Town, tx *pg.Tx) error {
		lines, _, err := t.Search(ctx, tx, who, typed)
		if err == nil && len(lines) == 0 {
			err = fmt.Errorf("„%s“ finds nothing", typed)
		}
		return err
	}
}

// desk measures the lists of an officer in a town that is far behind: how long
// the service needs from BEGIN to COMMIT.
func (b *bench) desk(ctx context.Context) (err error) {
	towns, err := b.townsOf(few)
	if err != nil {
		return err
	}
	w, err := b.openWindow(ctx, b.server.ServiceURL(few), towns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	t := w.towns[deskTown]
	super, err := b.superOf(few)
	if err != nil {
		return err
	}
	defer super.Close()
	for _, q := range fillDesk(t.realm.Name(), b.open) {
		if _, err := super.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	who := casework.Officer{User: 7}
	inbox := []look{
		{"all", inboxPage(who, casework.Filter{})},
		{"own", inboxPage(who, casework.Filter{Assignee: casework.Whose{User: who.User}})},
		{"nobody's", inboxPage(who, casework.Filter{Assignee: casework.Whose{Nobody: true}})},
		{"one kind", inboxPage(who, casework.Filter{Kind: casework.Signal})},
	}
	search := []look{
		{"number", searchFor(who, fmt.Sprintf("VA-2026-%d", 1_000_000+b.open/2+1))},
		{"rare word", searchFor(who, fmt.Sprintf("atliekos %d", 1_000_001+b.open/10*5))},
		{"common word", searchFor(who, "atliekos")},
		{"word of all", searchFor(who, "sutvarkyti")},
	}
	if err := b.looks(ctx, w, t, fmt.Sprintf("inbox with its counters at %d open cases", b.open), inbox, 30); err != nil {
		return err
	}
	return b.looks(ctx, w, t, fmt.Sprintf("search among %d open cases", b.open), search, 50)
}

// looks takes turns with the looks; the figure is that of the slowest.
func (b *bench) looks(ctx context.Context, w *window, t *filingTown, what string, all []look, aim float64) error {
	const rounds = 200
	var p50, p95 sample
	slowest := ""
	for range b.runs {
		took := make([]sample, len(all))
		for range rounds {
			for i, l := range all {
				began := time.Now()
				err := w.DB.Class(pg.Staff).Read(ctx, t.realm, func(tx *pg.Tx) error { return l.do(ctx, t.known, tx) })
				if err != nil {
					return fmt.Errorf("%s, %s: %w", what, l.name, err)
				}
				took[i] = append(took[i], milliseconds(time.Since(began)))
			}
		}
		worst := 0
		for i := range all {
			if took[i].quantile(0.95) > took[worst].quantile(0.95) {
				worst = i
			}
		}
		slowest = all[worst].name
		p50, p95 = append(p50, took[worst].quantile(0.5)), append(p95, took[worst].quantile(0.95))
	}
	b.table.add(figure{
		what: what + ", p95 of the slowest kind", runs: p95, unit: " ms", digits: 1, aim: aim,
		note: fmt.Sprintf("%s of %d kinds; its p50 %.1f ms", slowest, len(all), p50.median()),
	})
	return nil
}
