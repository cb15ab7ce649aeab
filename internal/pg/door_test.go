package pg_test

import (
	"testing"

	"charterhouse/internal/pg"
)

func TestSmoke(t *testing.T) {
	h := house(t)
	db := door(t, options(h.ServiceURL))
	must(t, db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		var s string
		must(t, tx.Get(t.Context(), &s, `SELECT current_user || current_schema() || current_setting('search_path')||current_setting('TimeZone')||current_setting('lock_timeout')`))
		t.Log(s)
		return nil
	}))
}
