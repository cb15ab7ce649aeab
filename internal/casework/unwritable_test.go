package casework_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// An account from before addresses were checked as letters check them: it keeps no
// colleague from being told.
func TestAnOfficerWhomNoLetterReaches(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	log := &bytes.Buffer{}
	w.desk.Log = slog.New(slog.NewTextHandler(log, nil))
	second, _ := w.user("tomas@klaipeda.example"), w.user("vilija@klaipeda.example")
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE user_profiles SET email = 'žydrūnė@town.lt', email_folded = 'žydrūnė@town.lt' WHERE user_id = $1`, second.User)
		return err
	})
	told := func() (all []string) {
		for _, m := range w.mails() {
			if m.To != "ona@example.org" {
				all = append(all, m.To)
			}
		}
		return all
	}
	w.filed("complaint")
	if got := told(); len(got) != 2 {
		t.Errorf("of a new case are told: %v, want the two who can be", got)
	}
	w.set(t, "2027-03-01 09:00")
	w.job("casework.remind", struct{}{})
	if got := told(); len(got) != 4 {
		t.Errorf("reminded are: %v, want the two who can be", got)
	}
	if strings.Contains(log.String(), "town.lt") || !strings.Contains(log.String(), fmt.Sprintf("user=%d", second.User)) {
		t.Errorf("the log says: %s", log)
	}
}
