package results

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// head takes the lock of whoever computes the town's facts; it is held until the
// end of the transaction. It gives the revision that stands and the day up to
// which it was computed.
func head(ctx context.Context, tx *pg.Tx, today deadline.Date) (h Head, err error) {
	_, err = tx.Exec(ctx, `INSERT INTO platform.fact_heads (tenant, revision, computed_at, through) VALUES ($1, 0, $2, $3)
		ON CONFLICT (tenant) DO NOTHING`, tx.Realm.Name(), tx.Now, today)
	if err == nil {
		err = tx.Get(ctx, &h, `SELECT tenant, revision, computed_at, through, full_at FROM platform.fact_heads WHERE tenant = $1 FOR UPDATE`,
			tx.Realm.Name())
	}
	if err != nil {
		return h, fmt.Errorf("results: take the head of the facts: %w", err)
	}
	return h, nil
}

// fact is a row for the portal.
type fact struct {
	Month     deadline.Date  `json:"month"`
	Indicator Indicator      `json:"indicator"`
	Num       int64          `json:"num"`
	Den       int64          `json:"den"`
	Spread    string         `json:"spread"`
	Since     *deadline.Date `json:"since"`
	Sample    bool           `json:"sample"`
}

// publish replaces the facts from a month on by what is shown of the rows, and
// moves the revision.
func publish(ctx context.Context, tx *pg.Tx, from, today deadline.Date, rows []written) error {
	facts := []fact{}
	for _, w := range rows {
		if w.Kind == "" && w.ShownDen > 0 && slices.Contains(compared(), w.Indicator) {
			facts = append(facts, fact{w.Month, w.Indicator, w.ShownNum, w.ShownDen, w.Shown, w.Since, w.ShownSample})
		}
	}
	raw, err := json.Marshal(facts)
	if err != nil {
		return fmt.Errorf("results: write facts: %w", err)
	}
	me := tx.Realm.Name()
	if _, err := tx.Exec(ctx, `DELETE FROM platform.facts WHERE tenant = $1 AND month >= $2`, me, from); err != nil {
		return fmt.Errorf("results: take the old facts away: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO platform.facts (tenant, month, indicator, num, den, spread, since, sample)
		SELECT $1, month, indicator, num, den, spread, since, sample
		FROM jsonb_to_recordset($2::jsonb) AS r (month date, indicator text, num bigint, den bigint, spread text, since date, sample boolean)`,
		me, string(raw))
	if err != nil {
		return fmt.Errorf("results: write facts: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE platform.fact_heads SET revision = revision + 1, computed_at = $2, through = $3 WHERE tenant = $1`,
		me, tx.Now, today)
	if err != nil {
		return fmt.Errorf("results: move the revision of the facts: %w", err)
	}
	return nil
}

// whole notes that all months were computed anew.
func whole(ctx context.Context, tx *pg.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE platform.fact_heads SET full_at = $2 WHERE tenant = $1`, tx.Realm.Name(), tx.Now)
	if err != nil {
		return fmt.Errorf("results: note a full computation: %w", err)
	}
	return nil
}

// Fact is what the portal knows of one indicator of a town over some months.
type Fact struct {
	Tenant    string        `db:"tenant"` // name of the realm
	Indicator Indicator     `db:"indicator"`
	Month     deadline.Date `db:"month"` // zero where months are added up
	// Since is the first month that is counted in it, where that is before its own or
	// before the period: what was too little to be shown then.
	Since  deadline.Date `db:"since"`
	Num    int64         `db:"num"`
	Den    int64         `db:"den"`
	Spread Spread        `db:"spread"`
	Sample bool          `db:"sample"`
}

// Value is the fact as a figure that anybody may see.
func (f Fact) Value() Value {
	return Value{State: Shown, Num: f.Num, Den: f.Den, Spread: f.Spread, Since: f.Since, Sample: f.Sample}
}

// Sums gives the facts of towns over a period, one for each town and indicator; of
// a stock the last month of the period. Realms names the towns; none means all. It
// is for the portal: a town sees itself only.
func Sums(ctx context.Context, tx *pg.Tx, which []Indicator, p Period, realms ...string) ([]Fact, error) {
	plain, spread, stock := split(which)
	var rows []Fact
	// Spreads are strung together and added up by whoever reads them; only their rows
	// have to be sorted for that, by bytes, because no reader sees the order.
	err := tx.Select(ctx, &rows, `SELECT tenant, indicator, sum(num)::bigint AS num, sum(den)::bigint AS den, '' AS spread, bool_or(sample) AS sample
		FROM platform.facts WHERE indicator = ANY (string_to_array($3, ',')) AND month BETWEEN $1 AND $2
			AND ($6 = '' OR tenant = ANY (string_to_array($6, ','))) GROUP BY tenant, indicator
		UNION ALL
		SELECT min(tenant), min(indicator), sum(num)::bigint, sum(den)::bigint, string_agg(spread, ','), bool_or(sample)
		FROM platform.facts WHERE indicator = ANY (string_to_array($4, ',')) AND month BETWEEN $1 AND $2
			AND ($6 = '' OR tenant = ANY (string_to_array($6, ','))) GROUP BY tenant COLLATE "C", indicator COLLATE "C"
		UNION ALL
		SELECT tenant, indicator, num, den, spread, sample
		FROM platform.facts WHERE indicator = ANY (string_to_array($5, ',')) AND month = date_trunc('month', $2::date)::date
			AND ($6 = '' OR tenant = ANY (string_to_array($6, ',')))`,
		p.From, p.To, plain, spread, stock, strings.Join(realms, ","))
	if err != nil {
		return nil, fmt.Errorf("results: facts from %s to %s: %w", p.From, p.To, err)
	}
	if !slices.Contains(which, Received) {
		return rows, nil
	}
	return rows, begun(ctx, tx, rows, p)
}

// begun notes where the received cases of a period have waited since before it: a
// volume is one of all its months. A query of its own, because the index that
// answers the other does not hold the day.
func begun(ctx context.Context, tx *pg.Tx, rows []Fact, p Period) error {
	var early []Fact
	err := tx.Select(ctx, &early, `SELECT tenant, indicator, since FROM platform.facts
		WHERE indicator = $1 AND month BETWEEN $2 AND $3 AND since < $2`, Received, p.From, p.To)
	if err != nil {
		return fmt.Errorf("results: since when facts from %s to %s have waited: %w", p.From, p.To, err)
	}
	since := make(map[string]deadline.Date, len(early))
	for _, e := range early {
		since[e.Tenant] = e.Since
	}
	for n := range rows {
		if rows[n].Indicator == Received {
			rows[n].Since = since[rows[n].Tenant]
		}
	}
	return nil
}

// Monthly gives the facts of all towns month by month.
func Monthly(ctx context.Context, tx *pg.Tx, which Indicator, p Period) ([]Fact, error) {
	var rows []Fact
	err := tx.Select(ctx, &rows, `SELECT tenant, indicator, month, since, num, den, spread, sample FROM platform.facts
		WHERE indicator = $1 AND month BETWEEN $2 AND $3 ORDER BY tenant, month`, which, p.From, p.To)
	if err != nil {
		return nil, fmt.Errorf("results: facts of %s from %s to %s: %w", which, p.From, p.To, err)
	}
	return rows, nil
}

// split sorts indicators into those that are added up, those with a spread, and
// stocks, as lists with commas.
func split(which []Indicator) (plain, spread, stock string) {
	for _, i := range which {
		to := &plain
		switch {
		case i.stock():
			to = &stock
		case i.spread():
			to = &spread
		}
		if *to != "" {
			*to += ","
		}
		*to += string(i)
	}
	return plain, spread, stock
}

// Head tells how far a town's facts are.
type Head struct {
	Tenant     string    `db:"tenant"`
	Revision   int64     `db:"revision"`
	ComputedAt time.Time `db:"computed_at"`
	// Through is the day up to which it was counted.
	Through deadline.Date `db:"through"`
	// FullAt is when all months were computed anew last; nil = never.
	FullAt *time.Time `db:"full_at"`
}

// Heads gives the head of every town that has computed figures.
func Heads(ctx context.Context, tx *pg.Tx) ([]Head, error) {
	var rows []Head
	err := tx.Select(ctx, &rows, `SELECT tenant, revision, computed_at, through, full_at FROM platform.fact_heads WHERE revision > $1`, 0)
	if err != nil {
		return nil, fmt.Errorf("results: heads of the facts: %w", err)
	}
	return rows, nil
}
