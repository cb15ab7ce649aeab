package results

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"charterhouse/internal/audit"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Entry is one result that the town has entered for a promise no case tells of.
type Entry struct {
	Commitment string        `db:"commitment"`
	Period     PeriodKind    `db:"period"`
	Starts     deadline.Date `db:"starts"`
	Revision   int64         `db:"revision"`
	Value      float64       `db:"value"`
	Evidence   string        `db:"evidence"`
	Link       string        `db:"link"`   // to the evidence; may be empty
	Reason     string        `db:"reason"` // of a correction
	Actor      string        `db:"actor"`
	EnteredAt  time.Time     `db:"entered_at"`
	// Before are the revisions that this one corrects, the oldest first.
	Before []Entry `db:"-"`
}

// Entering is what an administrator fills in.
type Entering struct {
	Commitment string
	// Day is any day of the period; how long that is the measure says.
	Day      deadline.Date
	Value    float64
	Evidence string
	Link     string
}

// Limits of what is typed.
const (
	maxEvidence = 2000
	maxLink     = 500
	maxReason   = 500
	maxValue    = 1e12
)

// Enter writes the result of a manual measure for a period that has begun. It
// refuses (Invalid) what is missing or does not fit the measure, (NotFound) a
// promise that the charter does not have, (Conflict) a period that has a result:
// that one is corrected.
func Enter(ctx context.Context, tx *pg.Tx, actor audit.Actor, e Entering, today deadline.Date) (Entry, error) {
	row, err := check(ctx, tx, &e, today)
	if err != nil {
		return Entry{}, err
	}
	row.Revision, row.Actor, row.EnteredAt = 1, actor.ID, tx.Now
	return row, insert(ctx, tx, row, fault.New(fault.Conflict, KeyManualKnown))
}

// Correct puts another result in the place of the one that has this revision; the
// one before stays to be seen, with the reason. It refuses what Enter does, a
// correction without a reason, and (Conflict) a revision that is not the latest.
func Correct(ctx context.Context, tx *pg.Tx, actor audit.Actor, e Entering, revision int64, reason string, today deadline.Date) (Entry, error) {
	row, err := check(ctx, tx, &e, today)
	if err != nil {
		return Entry{}, err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" || len(reason) > maxReason {
		return Entry{}, fault.New(fault.Invalid, KeyManualForm).On("reason", string(KeyManualReason))
	}
	var last int64
	err = tx.Get(ctx, &last, `SELECT COALESCE(max(revision), 0) FROM manual_results WHERE commitment = $1 AND period = $2 AND starts = $3`,
		row.Commitment, row.Period, row.Starts)
	if err != nil {
		return Entry{}, fmt.Errorf("results: the result that stands: %w", err)
	}
	changed := fault.New(fault.Conflict, KeyManualChanged)
	if revision < 1 || last != revision {
		return Entry{}, changed
	}
	row.Revision, row.Reason, row.Actor, row.EnteredAt = revision+1, reason, actor.ID, tx.Now
	return row, insert(ctx, tx, row, changed)
}

func insert(ctx context.Context, tx *pg.Tx, e Entry, taken *fault.Error) error {
	n, err := tx.Exec(ctx, `INSERT INTO manual_results (commitment, period, starts, revision, value, evidence, link, reason, actor, entered_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (commitment, period, starts, revision) DO NOTHING`,
		e.Commitment, e.Period, e.Starts, e.Revision, e.Value, e.Evidence, e.Link, e.Reason, e.Actor, e.EnteredAt)
	if err != nil {
		return fmt.Errorf("results: write the result of %s: %w", e.Commitment, err)
	}
	if n == 0 {
		return taken
	}
	action := "result.enter"
	if e.Revision > 1 {
		action = "result.correct"
	}
	tx.Record(pg.Entry{Actor: e.Actor, Action: action, Object: "commitment/" + e.Commitment,
		Detail: map[string]any{"period": e.Period, "starts": e.Starts, "revision": e.Revision, "value": e.Value, "reason": e.Reason}})
	return tenant.Touch(ctx, tx)
}

// check cleans what was typed and holds it to the promise's measure.
func check(ctx context.Context, tx *pg.Tx, e *Entering, today deadline.Date) (Entry, error) {
	v, err := charter.Current(ctx, tx)
	if err != nil {
		return Entry{}, err
	}
	place, ok := v.Document.Find(e.Commitment)
	if !ok || place.Commitment.Measure.Kind != charter.Manual {
		return Entry{}, fault.New(fault.NotFound, KeyManualNone)
	}
	kind := PeriodKind(place.Commitment.Measure.Period)
	if kind == "" {
		kind = ByYear
	}
	p, ok := PeriodOf(kind, e.Day)
	refusal := fault.New(fault.Invalid, KeyManualForm)
	if e.Day.IsZero() || !ok || p.From > today {
		refusal.On("period", string(KeyManualPeriod))
	}
	if math.IsNaN(e.Value) || math.Abs(e.Value) > maxValue {
		refusal.On("value", string(KeyManualValue))
	}
	e.Evidence, e.Link = strings.TrimSpace(e.Evidence), strings.TrimSpace(e.Link)
	if e.Evidence == "" || utf8.RuneCountInString(e.Evidence) > maxEvidence {
		refusal.On("evidence", string(KeyManualEvidence))
	}
	if e.Link != "" && !isLink(e.Link) {
		refusal.On("link", string(KeyManualLink))
	}
	if len(refusal.Fields) > 0 {
		return Entry{}, refusal
	}
	return Entry{Commitment: e.Commitment, Period: kind, Starts: p.From, Value: e.Value, Evidence: e.Evidence, Link: e.Link}, nil
}

func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= maxLink && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// entries gives what stands of everything entered, by promise, the oldest period
// first, each with what it corrects.
func entries(ctx context.Context, tx *pg.Tx) (map[string][]Entry, error) {
	var rows []Entry
	err := tx.Select(ctx, &rows, `SELECT commitment, period, starts, revision, value, evidence, link, reason, actor, entered_at
		FROM manual_results ORDER BY commitment, starts, period, revision`)
	if err != nil {
		return nil, fmt.Errorf("results: read what was entered: %w", err)
	}
	byKey := map[string][]Entry{}
	for _, r := range rows {
		list := byKey[r.Commitment]
		if n := len(list); n > 0 && list[n-1].Starts == r.Starts && list[n-1].Period == r.Period {
			old := list[n-1]
			before := old.Before
			old.Before = nil
			r.Before = append(before, old)
			list[n-1] = r
			continue
		}
		byKey[r.Commitment] = append(list, r)
	}
	return byKey, nil
}

// Entries gives the results entered for one promise, the newest period first.
func Entries(ctx context.Context, tx *pg.Tx, commitment string) ([]Entry, error) {
	byKey, err := entries(ctx, tx)
	if err != nil {
		return nil, err
	}
	list := byKey[commitment]
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list, nil
}
