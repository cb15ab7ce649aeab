package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"charterhouse/internal/audit"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// RemoveSamples takes away the cases that were made up for a demonstration, with
// everything about them. Their numbers are not given again. It tells how many
// there were, and the ids of their files, whose keeping is not ours.
func RemoveSamples(ctx context.Context, tx *pg.Tx, actor audit.Actor) (cases int, files []string, err error) {
	err = tx.Select(ctx, &files, `SELECT f.file_id FROM case_files f JOIN cases c ON c.id = f.case_id WHERE c.sample = $1`, true)
	if err != nil {
		return 0, nil, fmt.Errorf("casework: files of the samples: %w", err)
	}
	var months []int
	err = tx.Select(ctx, &months, `INSERT INTO marks (month)
		SELECT DISTINCT date_trunc('month', d)::date FROM cases, unnest(ARRAY[received_on, own_due, law_due, answered_on, done_on]) d
		WHERE sample = $1 AND d IS NOT NULL RETURNING id`, true)
	if err != nil {
		return 0, nil, fmt.Errorf("casework: mark the months of the samples: %w", err)
	}
	if len(months) > 0 {
		if err := jobs.Enqueue(ctx, tx, figures(tx)); err != nil {
			return 0, nil, err
		}
	}
	for _, del := range []func() (int64, error){
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_reminders WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_referrals WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_extensions WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_pauses WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_files WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_texts WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_events WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_pins WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
		func() (int64, error) {
			return tx.Exec(ctx, `DELETE FROM case_people WHERE case_id IN (SELECT id FROM cases WHERE sample = $1)`, true)
		},
	} {
		if _, err := del(); err != nil {
			return 0, nil, fmt.Errorf("casework: remove what belongs to samples: %w", err)
		}
	}
	cases, err = removeSampleCases(ctx, tx)
	if err == nil && cases > 0 {
		tx.Record(pg.Entry{Actor: actor.ID, Action: "case.remove_samples", Object: "cases", Detail: map[string]int{"cases": cases}})
	}
	return cases, files, err
}

// HasOwnCases tells whether the town has any case that is no sample.
func HasOwnCases(ctx context.Context, tx *pg.Tx) (bool, error) {
	var own bool
	err := tx.Get(ctx, &own, `SELECT EXISTS (SELECT FROM cases WHERE sample = $1)`, false)
	if err != nil {
		return false, fmt.Errorf("casework: look for the town's own cases: %w", err)
	}
	return own, nil
}

// CountSamples counts the town's samples, made up or written by hand.
func CountSamples(ctx context.Context, tx *pg.Tx) (n int, err error) {
	if err := tx.Get(ctx, &n, `SELECT count(*) FROM cases WHERE sample = $1`, true); err != nil {
		return 0, fmt.Errorf("casework: count the samples: %w", err)
	}
	return n, nil
}

// removeSampleCases deletes the cases and last their receipts, to which all the
// rest refers.
func removeSampleCases(ctx context.Context, tx *pg.Tx) (int, error) {
	var ids []int64
	if err := tx.Select(ctx, &ids, `DELETE FROM cases WHERE sample = $1 RETURNING id`, true); err != nil {
		return 0, fmt.Errorf("casework: remove the samples: %w", err)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, nil
	}
	_, err = tx.Exec(ctx, `DELETE FROM case_receipts WHERE id IN (SELECT x::bigint FROM jsonb_array_elements_text($1::jsonb) x)`, string(list))
	if err != nil {
		return 0, fmt.Errorf("casework: remove the receipts of the samples: %w", err)
	}
	return len(ids), nil
}
