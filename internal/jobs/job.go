package jobs

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Job is work to be done after the transaction that asks for it.
type Job struct {
	// Kind names the handler: notify.send.
	Kind string
	// Args are given to the handler as JSON. They name rows by their numbers;
	// names, addresses and texts of people stay in their own tables.
	Args any
	// RunAt is when at the earliest; zero = at once.
	RunAt time.Time
	// Key, if set, makes the effect unique in the realm for ever: a second job
	// with the same key is not written, also when the first one is done.
	Key string
}

// Limits of a job.
const (
	maxKind = 60
	maxKey  = 200
	maxArgs = 16 << 10
)

// Enqueue writes jobs in the transaction that causes them. A job whose Key is
// taken is silently the one that was there before.
func Enqueue(ctx context.Context, tx *pg.Tx, all ...Job) error {
	rows := make([]row, len(all))
	for i, j := range all {
		args, err := json.Marshal(j.Args)
		if err != nil {
			return fmt.Errorf("jobs: arguments of %s: %w", j.Kind, err)
		}
		if j.Kind == "" || len(j.Kind) > maxKind || len(j.Key) > maxKey || len(args) > maxArgs {
			return fmt.Errorf("jobs: kind %q (%d bytes at most), key of %d (%d), arguments of %d (%d)",
				j.Kind, maxKind, len(j.Key), maxKey, len(args), maxArgs)
		}
		if j.RunAt.IsZero() {
			j.RunAt = tx.Now
		}
		rows[i] = row{j.Kind, args, j.Key, rand.Text(), j.RunAt}
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("jobs: %d jobs: %w", len(all), err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO jobs (kind, args, effect_key, receipt, state, run_at, attempt, tries, last_error, created_at)
		SELECT j.kind, j.args, nullif(j.key, ''), j.receipt, $2, j.run_at, 0, 0, '', $3
		FROM jsonb_to_recordset($1::jsonb) AS j (kind text, args jsonb, key text, receipt text, run_at timestamptz)
		ON CONFLICT (effect_key) DO NOTHING`, string(list), Pending, tx.Now)
	if err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", all[0].Kind, err)
	}
	return nil
}

// row is a job as the database is given it.
type row struct {
	Kind    string          `json:"kind"`
	Args    json.RawMessage `json:"args"`
	Key     string          `json:"key"`
	Receipt string          `json:"receipt"`
	RunAt   time.Time       `json:"run_at"`
}

// Once notes that something due on a day is now done, and tells whether it had
// still to be done: true for exactly one committed transaction. A reminder is
//
//	todo, err := jobs.Once(ctx, tx, "casework.due_soon", number, dueOn)
//	if err != nil || !todo {
//		return err
//	}
//	return post.Queue(ctx, tx, …)
//
// A second transaction that asks at the same time waits for the first.
func Once(ctx context.Context, tx *pg.Tx, kind, subject string, dueOn deadline.Date) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO due_work (kind, subject, due_on, done_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, subject, due_on) DO NOTHING`, kind, subject, dueOn, tx.Now)
	if err != nil {
		return false, fmt.Errorf("jobs: %s of %s for %s: %w", kind, dueOn, subject, err)
	}
	return n == 1, nil
}
