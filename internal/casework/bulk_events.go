package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"charterhouse/internal/deadline"
)

type movedRow struct {
	Case    int64         `json:"case_id"`
	On      deadline.Date `json:"d,omitzero"` // asked, or decided
	Until   deadline.Date `json:"u,omitzero"` // resumed, or the final date
	Stops   bool          `json:"s"`
	Notice  Notice        `json:"n"`
	OwnFrom deadline.Date `json:"of,omitzero"`
	OwnTo   deadline.Date `json:"ot,omitzero"`
	LawFrom deadline.Date `json:"lf,omitzero"`
	LawTo   deadline.Date `json:"lt,omitzero"`
}

// terms writes what moved the dates, pauses and extensions, and the sendings-on.
func (w *bulkWriter) terms(ctx context.Context) error {
	var pauses, extensions []movedRow
	for _, d := range w.drafts {
		for _, p := range d.pauses {
			pauses = append(pauses, movedRow{d.c.ID, p.AskedOn, p.ResumedOn, p.Stops, "", p.OwnFrom, p.OwnTo, p.LawFrom, p.LawTo})
		}
		for _, x := range d.extended {
			extensions = append(extensions, movedRow{d.c.ID, x.DecidedOn, x.FinalOn, false, x.Notice, x.OwnFrom, x.OwnTo, x.LawFrom, x.LawTo})
		}
	}
	_, err := w.tx.Exec(ctx, `INSERT INTO case_pauses (case_id, asked_on, stops, resumed_on, own_from, own_to, law_from, law_to)
		SELECT case_id, d, s, u, "of", ot, lf, lt FROM jsonb_to_recordset($1::jsonb)
			AS x (case_id bigint, d date, u date, s boolean, n text, "of" date, ot date, lf date, lt date)`, rows(pauses))
	if err != nil {
		return fmt.Errorf("pauses: %w", err)
	}
	_, err = w.tx.Exec(ctx, `INSERT INTO case_extensions (case_id, decided_on, final_on, own_from, own_to, law_from, law_to, notice)
		SELECT case_id, d, u, "of", ot, lf, lt, n FROM jsonb_to_recordset($1::jsonb)
			AS x (case_id bigint, d date, u date, s boolean, n text, "of" date, ot date, lf date, lt date)`, rows(extensions))
	if err != nil {
		return fmt.Errorf("extensions: %w", err)
	}
	return w.sendingsOn(ctx)
}

// madeRow is a row that was given a number.
type madeRow struct {
	ID   int64
	Case int64 `db:"case_id"`
}

type referralRow struct {
	Case        int64         `json:"case_id"`
	Institution string        `json:"i"`
	On          deadline.Date `json:"d"`
	Due         deadline.Date `json:"u,omitzero"`
}

// sendingsOn keeps the numbers of the rows, which the events name.
func (w *bulkWriter) sendingsOn(ctx context.Context) error {
	var list []referralRow
	for _, d := range w.drafts {
		if r := d.referral; r != nil {
			list = append(list, referralRow{d.c.ID, r.Institution, r.ReferredOn, r.DueOn})
		}
	}
	var made []madeRow
	err := w.tx.Select(ctx, &made, `INSERT INTO case_referrals (case_id, institution, referred_on, due_on)
		SELECT case_id, i, d, u FROM jsonb_to_recordset($1::jsonb) AS x (case_id bigint, i text, d date, u date)
		RETURNING id, case_id`, rows(list))
	if err != nil {
		return fmt.Errorf("sendings-on: %w", err)
	}
	w.referrals = make(map[int64]int64, len(made))
	for _, m := range made {
		w.referrals[m.Case] = m.ID
	}
	return nil
}

type eventRow struct {
	Case    int64           `json:"c"`
	Ord     int             `json:"o"`
	At      time.Time       `json:"at"`
	DayOnly bool            `json:"d"`
	Action  Action          `json:"a"`
	Party   Party           `json:"p"`
	Actor   string          `json:"w"`
	Visible bool            `json:"v"`
	Facts   json.RawMessage `json:"f"`
}

type textRow struct {
	Case  int64  `json:"c"`
	Event int64  `json:"e"`
	Part  Part   `json:"p"`
	Title string `json:"t"`
	Body  string `json:"b"`
	Found bool   `json:"s"` // by search
	Lang  string `json:"l"`
}

// events writes the timelines: the events in their order, then their texts.
func (w *bulkWriter) events(ctx context.Context) error {
	var list []eventRow
	for _, d := range w.drafts {
		for i, e := range d.events {
			row, err := w.event(d, e)
			if err != nil {
				return err
			}
			row.Ord = i
			list = append(list, row)
		}
	}
	var made []madeRow
	err := w.tx.Select(ctx, &made, `INSERT INTO case_events (case_id, at, day_only, action, party, actor, visible, facts)
		SELECT c, at, d, a, p, w, v, f FROM jsonb_to_recordset($1::jsonb)
			AS x (c bigint, o integer, at timestamptz, d boolean, a text, p text, w text, v boolean, f jsonb) ORDER BY c, o
		RETURNING id, case_id`, rows(list))
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	slices.SortFunc(made, func(a, b madeRow) int { return cmp.Compare(a.ID, b.ID) })
	ids := make(map[int64][]int64, len(w.drafts))
	for _, m := range made {
		ids[m.Case] = append(ids[m.Case], m.ID)
	}
	return w.texts(ctx, ids)
}

func (w *bulkWriter) event(d *draft, e draftEvent) (eventRow, error) {
	actor := d.actor.ID
	if e.by == Submitter {
		actor = string(Submitter)
	}
	if e.line.Do == ToForward {
		e.facts.Referral = w.referrals[d.c.ID]
	}
	facts, err := json.Marshal(e.facts)
	if err != nil {
		return eventRow{}, fmt.Errorf("facts of %s: %w", e.line.Do, err)
	}
	return eventRow{
		Case: d.c.ID, At: e.at, DayOnly: d.c.Anonymous && (e.by == Submitter || e.line.Do == ToRegister), Action: e.line.Do, Party: e.by,
		Actor: actor, Visible: e.seen, Facts: facts,
	}, nil
}

func (w *bulkWriter) texts(ctx context.Context, ids map[int64][]int64) error {
	var list []textRow
	for _, d := range w.drafts {
		for i, e := range d.events {
			for _, t := range e.texts {
				list = append(list, textRow{d.c.ID, ids[d.c.ID][i], t.part, t.title, t.body, t.part == PartFiling, d.c.Lang})
			}
		}
	}
	_, err := w.tx.Exec(ctx, `INSERT INTO case_texts (case_id, event_id, part, title, body, terms)
		SELECT c, e, p, t, b, CASE WHEN s THEN
			setweight(to_tsvector(('ext.charter_' || l)::regconfig, t), 'A') || to_tsvector(('ext.charter_' || l)::regconfig, b) END
		FROM jsonb_to_recordset($1::jsonb) AS x (c bigint, e bigint, p text, t text, b text, s boolean, l text) ORDER BY e`, rows(list))
	if err != nil {
		return fmt.Errorf("texts: %w", err)
	}
	return nil
}
