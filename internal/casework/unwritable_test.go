package casework_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// told gives whom of the desk letters went to.
func (w *town) told() (all []string) {
	for _, m := range w.mails() {
		if m.To != "ona@example.org" {
			all = append(all, m.To)
		}
	}
	return all
}

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
	w.filed("complaint")
	if got := w.told(); len(got) != 2 {
		t.Errorf("of a new case are told: %v, want the two who can be", got)
	}
	w.set(t, "2027-03-01 09:00")
	w.job("casework.remind", struct{}{})
	if got := w.told(); len(got) != 4 {
		t.Errorf("reminded are: %v, want the two who can be", got)
	}
	if strings.Contains(log.String(), "town.lt") || !strings.Contains(log.String(), fmt.Sprintf("user=%d", second.User)) {
		t.Errorf("the log says: %s", log)
	}
}

// Who has become a viewer hears no more of the case that was theirs; those who can
// give it to somebody do.
func TestWhoHandlesNoCasesIsToldOfNone(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	former := w.user("tomas@klaipeda.example")
	r := w.filed("complaint")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Assign(t.Context(), tx, w.officer, ref(r), casework.Assignment{Assignee: former.User})
	})
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		u, err := access.GetUser(t.Context(), tx, former.User)
		must(t, err)
		return access.SetRoles(t.Context(), tx, audit.Operator(), u.ID, u.Version, []access.Role{access.Viewer})
	})
	before := len(w.told())
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "added"})
	w.set(t, "2027-03-01 09:00")
	w.job("casework.remind", struct{}{})
	if got := w.told()[before:]; len(got) != 2 || slices.Contains(got, "tomas@klaipeda.example") {
		t.Errorf("of the case of a former officer are told: %v", got)
	}
}
