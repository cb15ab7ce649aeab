package jobs

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/pg"
)

// State of a job. A job without a Key has no row any more when it is done.
type State string

// The states of a job.
const (
	Pending State = "pending"
	Done    State = "done"
	Dead    State = "dead"
)

// Listed is a job as an administrator sees it. It does not show the arguments.
type Listed struct {
	ID        int64      `db:"id"`
	Kind      string     `db:"kind"`
	State     State      `db:"state"`
	Tries     int        `db:"tries"`
	LastError string     `db:"last_error"`
	CreatedAt time.Time  `db:"created_at"`
	RunAt     time.Time  `db:"run_at"`
	HoldUntil *time.Time `db:"hold_until"` // not before, by the server's clock
	DiedAt    *time.Time `db:"died_at"`
}

// PageSize is how many jobs List gives at most.
const PageSize = 50

// List gives jobs in a state, the newest first, from before the job of that
// number on (0 = from the newest). more tells that there are others.
func List(ctx context.Context, tx *pg.Tx, state State, before int64) (list []Listed, more bool, err error) {
	err = tx.Select(ctx, &list, `SELECT id, kind, state, tries, last_error, created_at, run_at, hold_until, died_at
		FROM jobs WHERE state = $1 AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3`, state, before, PageSize+1)
	if err != nil {
		return nil, false, fmt.Errorf("jobs: list: %w", err)
	}
	if len(list) > PageSize {
		return list[:PageSize], true, nil
	}
	return list, false, nil
}

// Counts is how much work there is in a realm.
type Counts struct {
	Pending int `db:"pending"`
	// Late are pending jobs that could have been done already.
	Late int `db:"late"`
	Dead int `db:"dead"`
}

// Count counts the jobs of the realm.
func Count(ctx context.Context, tx *pg.Tx) (Counts, error) {
	var c Counts
	// Each count has an index of its own; jobs with a key that are done stay for good.
	err := tx.Get(ctx, &c, `SELECT (SELECT count(*) FROM jobs WHERE state = 'pending') AS pending,
		(SELECT count(*) FROM jobs WHERE state = 'pending' AND run_at <= $1) AS late,
		(SELECT count(*) FROM jobs WHERE state = 'dead') AS dead`, tx.Now)
	if err != nil {
		return c, fmt.Errorf("jobs: count: %w", err)
	}
	return c, nil
}

// Rerun gives a dead job another round of attempts, on behalf of actor; false
// when there is no dead job of this number.
func Rerun(ctx context.Context, tx *pg.Tx, actor string, id int64) (bool, error) {
	// attempt stays: an attempt from the first life must not end the second.
	n, err := tx.Exec(ctx, `UPDATE jobs SET state = 'pending', tries = 0, hold_until = NULL, died_at = NULL, run_at = $2
		WHERE id = $1 AND state = 'dead'`, id, tx.Now)
	if err != nil {
		return false, fmt.Errorf("jobs: run job %d again: %w", id, err)
	}
	if n == 1 {
		tx.Record(pg.Entry{Actor: actor, Action: "job.rerun", Object: fmt.Sprintf("job/%d", id)})
	}
	return n == 1, nil
}
