package app

import (
	"context"
	"io"
	"strings"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

func TestTheDoctorTellsOfJobsThatWereGivenUp(t *testing.T) {
	db := pgtest.Prepared(t, "four-towns", func(db *pgtest.Database) error {
		return Prepare(context.Background(), testSettings(db), config.Secret(db.SuperURL), io.Discard)
	})
	s := testSettings(db)
	h, err := newHouse(s)
	well(t, err)
	door, err := pg.Open(t.Context(), h.options(s.DatabaseURL, 2))
	well(t, err)
	t.Cleanup(func() { door.Close() })
	if f := lookAtJobs(t.Context(), door); f.State != Good {
		t.Errorf("with none: %+v", f)
	}
	varena, err := pg.Town("varena")
	well(t, err)
	well(t, door.Write(t.Context(), varena, func(tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO jobs (kind, args, receipt, state, run_at, attempt, tries, last_error, created_at, died_at)
			VALUES ('x', '{}', 'r', 'dead', $1, 1, 1, '', $1, $1)`, tx.Now)
		return err
	}))
	if f := lookAtJobs(t.Context(), door); f.State != Note || !strings.Contains(f.Finding, "1 were given up: t_varena 1") {
		t.Errorf("with one: %+v", f)
	}
}
