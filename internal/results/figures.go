package results

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// row is one line of the figures: what was counted, and what of it is shown.
type row struct {
	Month       deadline.Date `db:"month" json:"month"`
	Indicator   Indicator     `db:"indicator" json:"indicator"`
	Kind        string        `db:"kind" json:"kind"`
	Num         int64         `db:"num" json:"num"`
	Den         int64         `db:"den" json:"den"`
	Spread      Spread        `db:"spread" json:"-"`
	LeftOut     string        `db:"left_out" json:"-"`
	Samples     int64         `db:"samples" json:"samples"`
	ShownNum    int64         `db:"shown_num" json:"shown_num"`
	ShownDen    int64         `db:"shown_den" json:"shown_den"`
	ShownSpread Spread        `db:"shown_spread" json:"-"`
	Since       deadline.Date `db:"shown_since" json:"-"`
	ShownSample bool          `db:"shown_sample" json:"shown_sample"`
	// With is the month with which the total of a part was shown; zero = not yet. It
	// is read of what waits only.
	With deadline.Date `db:"shown_with" json:"-"`
}

func (r row) figure() Figure {
	return Figure{Num: r.Num, Den: r.Den, Spread: r.Spread, Samples: r.Samples}
}

// written is a row as it goes to the database: absent days are null there.
type written struct {
	row
	Spread  string           `json:"spread"`
	LeftOut map[Reason]int64 `json:"left_out"`
	Shown   string           `json:"shown_spread"`
	Since   *deadline.Date   `json:"shown_since"`
}

// waiting reads what had not been shown before a month: of each series the months
// after the last one that shows anything, and of a part the month with which its
// total was.
func waiting(ctx context.Context, tx *pg.Tx, before deadline.Date) ([]row, error) {
	var rows []row
	err := tx.Select(ctx, &rows, `SELECT f.month, f.indicator, f.kind, f.num, f.den, f.spread, f.samples,
			(SELECT min(t.month) FROM figures t WHERE t.indicator = CASE f.indicator WHEN 'channel' THEN 'received' ELSE f.indicator END
				AND t.kind = '' AND t.month >= f.month AND t.month < $1 AND t.shown_den > 0) AS shown_with
		FROM figures f
		WHERE f.month < $1 AND f.shown_den = 0 AND f.den > 0 AND f.month > COALESCE((SELECT max(g.month) FROM figures g
			WHERE g.indicator = f.indicator AND g.kind = f.kind AND g.month < $1 AND g.shown_den > 0), '-infinity')
		ORDER BY f.month`, before)
	if err != nil {
		return nil, fmt.Errorf("results: what was not shown before %s: %w", before, err)
	}
	return rows, nil
}

// shownBefore reads what of totals and parts is shown of the months before one, as
// far back as figures are held to one another.
func shownBefore(ctx context.Context, tx *pg.Tx, before deadline.Date) ([]row, error) {
	var rows []row
	err := tx.Select(ctx, &rows, `SELECT month, indicator, kind, shown_den, shown_since FROM figures
		WHERE month >= $1 AND month < $2 AND shown_den > 0 ORDER BY month`, max(before.AddMonths(-lookback), deadline.First), before)
	if err != nil {
		return nil, fmt.Errorf("results: what was shown before %s: %w", before, err)
	}
	return rows, nil
}

// lay puts the counts in rows with what of them is shown, in a fixed order. before
// are the months that wait, shown what came before.
func lay(c counts, before, shown []row) []written {
	bySeries := map[series][]Counted{}
	for _, r := range before {
		s := series{r.Indicator, r.Kind}
		bySeries[s] = append(bySeries[s], Counted{Month: r.Month, Figure: r.figure(), with: r.With})
	}
	all := []written{} // and not nil, which is null in JSON
	months := make([]deadline.Date, 0, len(c))
	for m := range c {
		months = append(months, m)
	}
	slices.Sort(months)
	for _, m := range months {
		for s, f := range c[m] {
			bySeries[s] = append(bySeries[s], Counted{Month: m, Figure: *f})
		}
	}
	visible := visibleOf(bySeries, shown)
	for s, list := range bySeries {
		seen := map[deadline.Date]Visible{}
		for _, x := range visible[s] {
			seen[x.Month] = x
		}
		for _, m := range list {
			if _, now := c[m.Month]; now {
				all = append(all, write(s, m, seen[m.Month]))
			}
		}
	}
	slices.SortFunc(all, func(a, b written) int {
		if a.Month != b.Month {
			return int(a.Month - b.Month)
		}
		if a.Indicator != b.Indicator {
			return strings.Compare(string(a.Indicator), string(b.Indicator))
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	return all
}

// visibleOf gives what is shown of each series: of a total by itself, of its parts
// beside it and what was shown of both before.
func visibleOf(bySeries map[series][]Counted, shown []row) map[series][]Visible {
	all := map[series][]Visible{}
	kinds := map[Indicator]map[string][]Counted{}
	for s, list := range bySeries {
		if _, is := s.total(); !is {
			all[s] = Show(s.Indicator.stock(), list)
			continue
		}
		if kinds[s.Indicator] == nil {
			kinds[s.Indicator] = map[string][]Counted{}
		}
		kinds[s.Indicator][s.Kind] = list
	}
	old := map[series][]Visible{} // of totals; of all parts of an indicator, with a kind that none has
	for _, r := range shown {
		s := series{r.Indicator, r.Kind}
		if _, is := s.total(); is {
			s.Kind = anyPart
		}
		old[s] = append(old[s], Visible{Month: r.Month, Since: r.Since, Figure: Figure{Den: r.ShownDen}})
	}
	for indicator, parts := range kinds {
		of, _ := series{indicator, anyPart}.total()
		for kind, visible := range showParts(all[of], old[of], old[series{indicator, anyPart}], parts) {
			all[series{indicator, kind}] = visible
		}
	}
	return all
}

// anyPart stands for all parts of a total.
const anyPart = "*"

func write(s series, m Counted, x Visible) written {
	w := written{Spread: m.Figure.Spread.String(), LeftOut: m.Figure.LeftOut, Shown: x.Figure.Spread.String()}
	w.row = row{
		Month: m.Month, Indicator: s.Indicator, Kind: s.Kind, Num: m.Figure.Num, Den: m.Figure.Den, Samples: m.Figure.Samples,
		ShownNum: x.Figure.Num, ShownDen: x.Figure.Den, ShownSample: x.Figure.Samples > 0,
	}
	if w.LeftOut == nil {
		w.LeftOut = map[Reason]int64{}
	}
	if !x.Since.IsZero() {
		w.Since = &x.Since
	}
	return w
}

// replace writes the rows in place of those from a month on.
func replace(ctx context.Context, tx *pg.Tx, from deadline.Date, rows []written) error {
	if _, err := tx.Exec(ctx, `DELETE FROM figures WHERE month >= $1`, from); err != nil {
		return fmt.Errorf("results: take the old figures away: %w", err)
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("results: write figures: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO figures (month, indicator, kind, num, den, spread, left_out, samples,
			shown_num, shown_den, shown_spread, shown_since, shown_sample)
		SELECT month, indicator, kind, num, den, spread, left_out, samples,
			shown_num, shown_den, shown_spread, shown_since, shown_sample
		FROM jsonb_to_recordset($1::jsonb) AS r (month date, indicator text, kind text, num bigint, den bigint, spread text,
			left_out jsonb, samples bigint, shown_num bigint, shown_den bigint, shown_spread text, shown_since date, shown_sample boolean)`,
		string(raw))
	if err != nil {
		return fmt.Errorf("results: write figures: %w", err)
	}
	return nil
}

// table is what was read of the figures, by series, each in the order of months.
type table map[series][]row

// readFigures reads the months of a run, of some indicators.
func readFigures(ctx context.Context, tx *pg.Tx, from, to deadline.Date, which []Indicator) (table, error) {
	names := make([]string, len(which))
	for i, w := range which {
		names[i] = string(w)
	}
	raw, err := json.Marshal(names)
	if err != nil {
		return nil, fmt.Errorf("results: names of indicators: %w", err)
	}
	var rows []row
	err = tx.Select(ctx, &rows, `SELECT month, indicator, kind, num, den, spread, left_out, samples,
			shown_num, shown_den, shown_spread, shown_since, shown_sample FROM figures
		WHERE month BETWEEN $1 AND $2 AND indicator IN (SELECT jsonb_array_elements_text($3::jsonb)) ORDER BY month`,
		from, to, string(raw))
	if err != nil {
		return nil, fmt.Errorf("results: read figures from %s to %s: %w", from, to, err)
	}
	t := table{}
	for _, r := range rows {
		s := series{r.Indicator, r.Kind}
		t[s] = append(t[s], r)
	}
	return t, nil
}

// value is a series over a period.
func (t table) value(i Indicator, kind string, p Period) Value {
	rows := t[series{i, kind}]
	if i.stock() {
		return sumStock(rows, p)
	}
	return sum(rows, p)
}

// leftOut adds up what was not counted over a period.
func (t table) leftOut(i Indicator, kind string, p Period) (map[Reason]int64, error) {
	total := map[Reason]int64{}
	for _, r := range t[series{i, kind}] {
		if !p.holds(r.Month) {
			continue
		}
		var one map[Reason]int64
		if err := json.Unmarshal([]byte(r.LeftOut), &one); err != nil {
			return nil, fmt.Errorf("results: what was left out of %s in %s: %w", i, r.Month, err)
		}
		for reason, n := range one {
			total[reason] += n
		}
	}
	return total, nil
}

// kinds lists the kinds (channels, grounds) that an indicator was counted for.
func (t table) kinds(i Indicator) []string {
	var all []string
	for s := range t {
		if s.Indicator == i && s.Kind != "" {
			all = append(all, s.Kind)
		}
	}
	slices.Sort(all)
	return all
}
