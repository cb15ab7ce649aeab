package results

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Verdict is what was published about a promise for a period that is over. An
// earlier revision of it is what it said before a correction.
type Verdict struct {
	Period      PeriodKind    `db:"period"`
	Starts      deadline.Date `db:"starts"`
	Revision    int64         `db:"revision"`
	Charter     int64         `db:"charter_version"`
	Indicator   Indicator     `db:"indicator"`
	Kind        string        `db:"kind"`
	Target      float64       `db:"target"` // 0 = none was set
	State       State         `db:"state"`
	Num         int64         `db:"num"`
	Den         int64         `db:"den"`
	Sample      bool          `db:"sample"`
	PublishedAt time.Time     `db:"published_at"`
	// Before are the revisions that this one corrects, the oldest first.
	Before []Verdict `db:"-"`
}

// Value is the verdict's figure; Suppressed where there was too little to show.
func (v Verdict) Value() Value {
	if v.Den == 0 {
		return Value{State: Suppressed}
	}
	return Value{State: Shown, Num: v.Num, Den: v.Den, Sample: v.Sample}
}

// History gives what was published about a promise for periods of one kind, the
// newest first, at most limit of them.
func History(ctx context.Context, tx *pg.Tx, commitment string, kind PeriodKind, limit int) ([]Verdict, error) {
	var rows []Verdict
	err := tx.Select(ctx, &rows, `SELECT period, starts, revision, charter_version, indicator, kind, target, state, num, den, sample, published_at
		FROM verdicts WHERE commitment = $1 AND period = $2 AND starts IN (SELECT DISTINCT v.starts FROM verdicts v
			WHERE v.commitment = $1 AND v.period = $2 ORDER BY v.starts DESC LIMIT $3)
		ORDER BY starts DESC, revision`, commitment, kind, limit)
	if err != nil {
		return nil, fmt.Errorf("results: history of %s: %w", commitment, err)
	}
	var all []Verdict
	for _, r := range rows {
		if n := len(all); n > 0 && all[n-1].Starts == r.Starts {
			r.Before = append(all[n-1].Before, all[n-1])
			r.Before[len(r.Before)-1].Before = nil
			all[n-1] = r
			continue
		}
		all = append(all, r)
	}
	return all, nil
}

// verdict is a row to be written, if it says anything new.
type verdict struct {
	Commitment string        `json:"commitment"`
	Period     PeriodKind    `json:"period"`
	Starts     deadline.Date `json:"starts"`
	Charter    int64         `json:"charter_version"`
	Indicator  Indicator     `json:"indicator"`
	Kind       string        `json:"kind"`
	Target     float64       `json:"target"`
	Num        int64         `json:"num"`
	Den        int64         `json:"den"`
	Sample     bool          `json:"sample"`
	Revision   int64         `json:"revision"`
	State      State         `json:"state"`
}

func verdictOn(commitment string, version int64, g Gauge, p Period, v Value) verdict {
	return verdict{
		Commitment: commitment, Period: p.Kind, Starts: p.From, Charter: version, Indicator: g.Indicator, Kind: g.Kind,
		Target: g.Target, Num: v.Num, Den: v.Den, Sample: v.Sample,
	}
}

// state judges the verdict by its own target.
func (v verdict) state() State {
	scale := Share
	if v.Indicator == Satisfaction {
		scale = Points
	}
	g := Gauge{Indicator: v.Indicator, Target: v.Target, Aimed: v.Target > 0, Scale: scale}
	value, ok := g.of(v.Num, v.Den)
	switch {
	case !ok:
		return NoDataYet
	case !g.Aimed:
		return NotMeasured
	}
	return g.judging().State(value)
}

// period is what has one verdict at a time.
type period struct {
	commitment string
	kind       PeriodKind
	starts     deadline.Date
}

// standing reads the verdicts that stand: the last revision of each.
func standing(ctx context.Context, tx *pg.Tx) (map[period]Verdict, error) {
	var rows []struct {
		Commitment string `db:"commitment"`
		Verdict
	}
	err := tx.Select(ctx, &rows, `SELECT commitment, period, starts, revision, charter_version, indicator, kind, target, state, num, den, sample, published_at
		FROM verdicts v WHERE revision = (SELECT max(w.revision) FROM verdicts w
			WHERE w.commitment = v.commitment AND w.period = v.period AND w.starts = v.starts)`)
	if err != nil {
		return nil, fmt.Errorf("results: verdicts that stand: %w", err)
	}
	stands := make(map[period]Verdict, len(rows))
	for _, r := range rows {
		stands[period{r.Commitment, r.Period, r.Starts}] = r.Verdict
	}
	return stands, nil
}

// firstPublished is the first day that a verdict tells of; zero where there is none.
func firstPublished(ctx context.Context, tx *pg.Tx) (d deadline.Date, err error) {
	if err = tx.Get(ctx, &d, `SELECT min(starts) FROM verdicts WHERE starts IS NOT NULL`); err != nil {
		return 0, fmt.Errorf("results: the first verdict: %w", err)
	}
	return d, nil
}

// record publishes verdicts: the first on a period, and a correction where the
// figures are no longer those that stand. since tells from when on each promise
// has stood, and is asked only where something new would be published: nobody is
// judged by what he had not promised. Samples, which are marked, show how a
// history looks; they have none of their own and are replaced, and they never
// correct what was published from real cases.
func record(ctx context.Context, tx *pg.Tx, found []verdict, since func() (map[string]deadline.Date, error)) error {
	stands, err := standing(ctx, tx)
	if err != nil {
		return err
	}
	var news, gone []verdict
	var promised map[string]deadline.Date
	for _, v := range found {
		old, known := stands[period{v.Commitment, v.Period, v.Starts}]
		if known && v.settledBy(old) {
			continue
		}
		if known && !old.Sample {
			v.Target, v.Charter, v.Revision = old.Target, old.Charter, old.Revision+1
			v.State = v.state()
			news = append(news, v)
			continue
		}
		if promised == nil && !v.Sample && v.Den > 0 {
			if promised, err = since(); err != nil {
				return err
			}
		}
		v.Revision = max(old.Revision, 1)
		switch {
		case v.Den > 0 && (v.Sample || v.Starts >= promised[v.Commitment]):
			v.State = v.state()
			news = append(news, v)
		case known:
			gone = append(gone, v)
		}
	}
	if err := withdraw(ctx, tx, gone); err != nil {
		return err
	}
	return publishVerdicts(ctx, tx, news)
}

// settledBy tells that what stands already says it, or is not touched by it: a
// measure that changed later says nothing about this period, and what was made up
// nothing about real cases.
func (v verdict) settledBy(old Verdict) bool {
	return old.Indicator != v.Indicator || old.Kind != v.Kind || v.Sample && !old.Sample ||
		old.Sample == v.Sample && old.Num == v.Num && old.Den == v.Den
}

// withdraw takes verdicts on samples away that are no more.
func withdraw(ctx context.Context, tx *pg.Tx, gone []verdict) error {
	if len(gone) == 0 {
		return nil
	}
	raw, err := json.Marshal(gone)
	if err != nil {
		return fmt.Errorf("results: verdicts on samples: %w", err)
	}
	_, err = tx.Exec(ctx, `DELETE FROM verdicts v USING jsonb_to_recordset($1::jsonb) AS r (commitment text, period text, starts date)
		WHERE v.commitment = r.commitment AND v.period = r.period AND v.starts = r.starts AND v.sample`, string(raw))
	if err != nil {
		return fmt.Errorf("results: take verdicts on samples away: %w", err)
	}
	return nil
}

func publishVerdicts(ctx context.Context, tx *pg.Tx, news []verdict) error {
	if len(news) == 0 {
		return nil
	}
	raw, err := json.Marshal(news)
	if err != nil {
		return fmt.Errorf("results: write verdicts: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO verdicts (commitment, period, starts, revision, charter_version, indicator, kind, target,
			state, num, den, sample, published_at)
		SELECT commitment, period, starts, revision, charter_version, indicator, kind, target, state, num, den, sample, $2
		FROM jsonb_to_recordset($1::jsonb) AS r (commitment text, period text, starts date, revision bigint, charter_version bigint,
			indicator text, kind text, target double precision, state text, num bigint, den bigint, sample boolean)
		ON CONFLICT (commitment, period, starts, revision) DO UPDATE
			SET charter_version = excluded.charter_version, target = excluded.target, state = excluded.state, num = excluded.num,
				den = excluded.den, sample = excluded.sample, published_at = excluded.published_at`,
		string(raw), tx.Now)
	if err != nil {
		return fmt.Errorf("results: write verdicts: %w", err)
	}
	return nil
}
