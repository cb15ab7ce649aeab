package embedded

import (
	"context"
	"database/sql"
	"os"
	"testing"

	_ "github.com/lib/pq"
)

// place is a directory that the user postgres can reach; t.TempDir cannot be.
func place(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "charterhouse-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func query(t *testing.T, url, q string) string {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var out string
	if err := db.QueryRowContext(context.Background(), q).Scan(&out); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return out
}

func TestStartKeepsDataAndSpeaksOurLetters(t *testing.T) {
	o := Options{Dir: place(t), Settings: []string{"fsync=off"}}
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := query(t, s.ServiceURL(Database), "SELECT lower('ŽŪЩ') || current_user"); got != "žūщ"+Service {
		t.Errorf("lower = %s", got)
	}
	query(t, s.OwnerURL(Database), "CREATE SCHEMA kept; CREATE TABLE kept.it(a text); INSERT INTO kept.it VALUES ('x') RETURNING a")
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	s, err = Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	if got := query(t, s.OwnerURL(Database), "SELECT a FROM kept.it"); got != "x" {
		t.Errorf("kept = %q", got)
	}
}
