package pg

import (
	"errors"
	"testing"
	"time"

	"charterhouse/internal/pg/pgtest"
)

// TestNothingRunsOutsideATransaction: even within this package nobody gets a
// statement past the door, where it would run twice when its reply is lost.
func TestNothingRunsOutsideATransaction(t *testing.T) {
	db, err := Open(t.Context(), Options{URL: pgtest.New(t).ServiceURL, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var n int
	for name, run := range map[string]func() error{
		"query":                 func() error { return db.sql.Get(&n, "SELECT 1 WHERE 1 = $1", 1) },
		"query without args":    func() error { return db.sql.Get(&n, "SELECT 1") },
		"exec":                  func() error { _, err := db.sql.Exec("SELECT $1::int", 1); return err },
		"exec without args":     func() error { _, err := db.sql.Exec("SELECT 1"); return err },
		"prepare":               func() error { _, err := db.sql.Prepare("SELECT 1"); return err },
		"begin without opening": func() error { _, err := db.sql.Begin(); return err },
	} {
		if err := run(); !errors.Is(err, errNoTransaction) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
