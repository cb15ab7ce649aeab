package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// bulkWriter writes drafts with a statement for each table.
type bulkWriter struct {
	town   *Town
	tx     *pg.Tx
	drafts []*draft
	// ids of the referrals, in the order of the drafts that have one
	referrals map[int64]int64
}

func (w *bulkWriter) write(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		w.receipts, w.numbers, w.cases, w.people, w.pins, w.terms, w.events, w.marks,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// rows writes a list as the JSON of which a statement makes rows. A zero date is
// left out and so becomes NULL.
func rows[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	raw, _ := json.Marshal(list) // texts, numbers, dates and times always can be
	return string(raw)
}

type receiptRow struct {
	Nonce string `json:"n"`
	Code  string `json:"c"`
}

// receipts opens the cases: identities, and the two hashes they are found by.
func (w *bulkWriter) receipts(ctx context.Context) error {
	key, list, byHash := w.town.desk.Keys.current, make([]receiptRow, len(w.drafts)), make(map[string]*draft, len(w.drafts))
	for i, d := range w.drafts {
		n := w.town.sampleNonce(fmt.Sprintf("bulk/%d", d.index))
		code := key.newCode(w.town.realm, n)
		list[i] = receiptRow{hex.EncodeToString(n.hash(w.town.realm)), hex.EncodeToString(key.lookupOf(w.town.realm, code))}
		byHash[list[i].Nonce] = d
	}
	var made []struct {
		ID        int64  `db:"id"`
		NonceHash []byte `db:"nonce_hash"`
	}
	err := w.tx.Select(ctx, &made, `INSERT INTO case_receipts (nonce_hash, code_hash, key_id)
		SELECT decode(n, 'hex'), decode(c, 'hex'), $2 FROM jsonb_to_recordset($1::jsonb) AS x (n text, c text)
		RETURNING id, nonce_hash`, rows(list), key.id)
	if err != nil {
		return fmt.Errorf("receipts: %w", err)
	}
	for _, m := range made {
		byHash[hex.EncodeToString(m.NonceHash)].c.ID = m.ID
	}
	return nil
}

// numbers takes a block of numbers for each year.
func (w *bulkWriter) numbers(ctx context.Context) error {
	byYear := map[int][]*draft{}
	for _, d := range w.drafts {
		year := d.today(d.at).Year()
		byYear[year] = append(byYear[year], d)
	}
	for _, year := range slices.Sorted(maps.Keys(byYear)) {
		var last int
		err := w.tx.Get(ctx, &last, `INSERT INTO case_counters AS c (year, last) VALUES ($1, $2)
			ON CONFLICT (year) DO UPDATE SET last = c.last + $2 RETURNING last`, year, len(byYear[year]))
		if err != nil {
			return fmt.Errorf("numbers of %d: %w", year, err)
		}
		for i, d := range byYear[year] {
			d.number = Number{year, last - len(byYear[year]) + 1 + i}
			d.c.Number = d.number.written(w.town.Profile.Prefix())
		}
	}
	return nil
}

type caseRow struct {
	ID         int64         `json:"id"`
	Year       int           `json:"year"`
	Seq        int           `json:"seq"`
	Number     string        `json:"number"`
	Version    int64         `json:"version"`
	Kind       string        `json:"kind"`
	State      State         `json:"state"`
	Channel    string        `json:"channel"`
	Lang       string        `json:"lang"`
	Anonymous  bool          `json:"anonymous"`
	ReceivedOn deadline.Date `json:"received_on"`
	Outside    bool          `json:"outside"`
	FiledAt    time.Time     `json:"filed_at"`
	OwnDue     deadline.Date `json:"own_due,omitzero"`
	LawDue     deadline.Date `json:"law_due,omitzero"`
	Verified   bool          `json:"law_verified"`
	Sort       string        `json:"due_sort"`
	ExtendedTo deadline.Date `json:"extended_to,omitzero"`
	AskedOn    deadline.Date `json:"asked_on,omitzero"`
	Stopped    bool          `json:"stopped"`
	AnsweredOn deadline.Date `json:"answered_on,omitzero"`
	DoneOn     deadline.Date `json:"done_on,omitzero"`
	Ground     string        `json:"ground"`
	Score      int           `json:"score"`
}

func (w *bulkWriter) cases(ctx context.Context) error {
	list := make([]caseRow, len(w.drafts))
	for i, d := range w.drafts {
		c := &d.c
		list[i] = caseRow{
			c.ID, d.number.Year, d.number.Seq, c.Number, c.Version, c.Kind, c.State, c.Channel, c.Lang, c.Anonymous, c.ReceivedOn, c.Outside,
			c.FiledAt, c.OwnDue, c.LawDue, c.LawVerified, c.sortKey(), c.ExtendedTo, c.AskedOn, c.Stopped, c.AnsweredOn, c.DoneOn, c.Ground, c.Score,
		}
	}
	_, err := w.tx.Exec(ctx, `INSERT INTO cases (id, year, seq, number, version, kind, state, channel, lang, anonymous, danger,
			confidential, sample, department, assignee, received_on, outside, filed_at, own_due, law_due, law_verified, due_sort,
			extended_to, asked_on, stopped, answered_on, done_on, ground, score)
		SELECT id, year, seq, number, version, kind, state, channel, lang, anonymous, '', false, true, '', 0, received_on, outside,
			filed_at, own_due, law_due, law_verified, due_sort, extended_to, asked_on, stopped, answered_on, done_on, ground, score
		FROM jsonb_to_recordset($1::jsonb) AS x (id bigint, year integer, seq integer, number text, version bigint, kind text,
			state text, channel text, lang text, anonymous boolean, received_on date, outside boolean, filed_at timestamptz,
			own_due date, law_due date, law_verified boolean, due_sort date, extended_to date, asked_on date, stopped boolean,
			answered_on date, done_on date, ground text, score smallint)`, rows(list))
	if err != nil {
		return fmt.Errorf("cases: %w", err)
	}
	return nil
}

type personRow struct {
	Case    int64   `json:"case_id"`
	Name    string  `json:"name"`
	Email   string  `json:"email"`
	Phone   string  `json:"phone"`
	Address string  `json:"address"`
	ReplyBy ReplyBy `json:"reply_by"`
}

func (w *bulkWriter) people(ctx context.Context) error {
	var list []personRow
	for _, d := range w.drafts {
		if p := d.filing.Person; !d.c.Anonymous {
			list = append(list, personRow{d.c.ID, p.Name, p.Email, p.Phone, p.Address, p.ReplyBy})
		}
	}
	_, err := w.tx.Exec(ctx, `INSERT INTO case_people (case_id, name, email, phone, address, reply_by)
		SELECT case_id, name, email, phone, address, reply_by
		FROM jsonb_to_recordset($1::jsonb) AS x (case_id bigint, name text, email text, phone text, address text, reply_by text)`, rows(list))
	if err != nil {
		return fmt.Errorf("submitters: %w", err)
	}
	return nil
}

type pinnedRow struct {
	Case        int64         `json:"case_id"`
	RuleVersion int64         `json:"rule_version"`
	Hash        string        `json:"hash"`
	Own         string        `json:"own"`
	Law         string        `json:"law"`
	ForwardBy   deadline.Date `json:"forward_by,omitzero"`
}

// pins writes the rules that are new, and which case has which.
func (w *bulkWriter) pins(ctx context.Context) error {
	list, written := make([]pinnedRow, len(w.drafts)), map[[sha256.Size]byte]bool{}
	for i, d := range w.drafts {
		k := d.pin.kept
		list[i] = pinnedRow{d.c.ID, w.town.versions[kindPrefix+d.c.Kind], hex.EncodeToString(k.hash[:]), k.own, k.law, d.pin.ForwardBy}
		if written[k.hash] {
			continue
		}
		written[k.hash] = true
		if err := k.insertRule(ctx, w.tx); err != nil {
			return err
		}
	}
	_, err := w.tx.Exec(ctx, `INSERT INTO case_pins (case_id, charter_version, rule_version, rule_hash, own_explained, law_explained, forward_by)
		SELECT case_id, $2, rule_version, decode(hash, 'hex'), own, law, forward_by
		FROM jsonb_to_recordset($1::jsonb) AS x (case_id bigint, rule_version bigint, hash text, own text, law text, forward_by date)`,
		rows(list), w.town.Charter)
	if err != nil {
		return fmt.Errorf("pins: %w", err)
	}
	return nil
}

// marks asks for the months of all that happened to be counted again.
func (w *bulkWriter) marks(ctx context.Context) error {
	months := map[deadline.Date]bool{}
	for _, d := range w.drafts {
		maps.Copy(months, d.months)
	}
	_, err := w.tx.Exec(ctx, `INSERT INTO marks (month) SELECT x::date FROM jsonb_array_elements_text($1::jsonb) x`,
		rows(slices.Sorted(maps.Keys(months))))
	if err != nil {
		return fmt.Errorf("marks: %w", err)
	}
	return jobs.Enqueue(ctx, w.tx, figures(w.tx))
}
