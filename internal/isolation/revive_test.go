package isolation

import (
	"database/sql"
	"testing"
)

// saved are the tables by which everybody is who they are. A form may sign
// somebody out or change a password; after each that did something, all is as it
// was seeded.
func saved() []string {
	return []string{"recovery_codes", "user_tokens", "sessions", "user_secrets", "user_profiles", "users"}
}

// save keeps them beside the towns.
func save(raw *sql.DB) error {
	for _, schema := range []string{"t_" + slugA, "portal"} {
		for _, table := range saved() {
			if _, err := raw.Exec(`CREATE TABLE seeded.` + schema + `_` + table + ` AS TABLE ` + schema + `.` + table); err != nil {
				return err
			}
		}
	}
	return nil
}

// revive puts them back after a form that was not refused.
func (w *world) revive(t testing.TB, tr trial, r reply) {
	t.Helper()
	if tr.Method == "POST" {
		w.forgive(t)
		if r.Status < 400 {
			w.restore(t, w.towns[tr.slug()].Realm)
		}
	}
}

// forgive forgets how often somebody has tried to sign in.
func (w *world) forgive(t testing.TB) {
	t.Helper()
	for _, schema := range []string{"t_" + slugA, "portal"} {
		_, err := w.raw.Exec(`DELETE FROM ` + schema + `.log_in_attempts`)
		must(t, err)
	}
}

func (w *world) restore(t testing.TB, schema string) {
	t.Helper()
	tx, err := w.raw.Begin()
	must(t, err)
	defer tx.Rollback()
	for _, table := range saved()[:5] {
		_, err = tx.Exec(`DELETE FROM ` + schema + `.` + table)
		must(t, err)
	}
	_, err = tx.Exec(`UPDATE ` + schema + `.users u SET roles = s.roles, state = s.state, version = s.version
		FROM seeded.` + schema + `_users s WHERE s.id = u.id`)
	must(t, err)
	for _, table := range saved()[:5] {
		_, err = tx.Exec(`INSERT INTO ` + schema + `.` + table + ` OVERRIDING SYSTEM VALUE SELECT * FROM seeded.` + schema + `_` + table)
		must(t, err)
	}
	must(t, tx.Commit())
}
