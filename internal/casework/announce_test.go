package casework_test

import (
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// Of a confidential case that is nobody's only they are told who may read it: the
// link of the letter would be closed to the others. The same holds of reminders.
func TestOnlyReadersAreToldOfAConfidentialCase(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.user("mere@klaipeda.example", access.Administrator)
	register := func(confidential bool) (r casework.Receipt) {
		f := w.filing(casework.Question)
		f.Confidential = confidential
		w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
			r, err = town.Register(t.Context(), tx, w.officer, f, casework.Arrival{Channel: "email", ReceivedOn: town.Today(tx)})
			return err
		})
		return r
	}
	told := func(job string, args any) map[string]string {
		before := len(w.mails())
		w.job(job, args)
		to := map[string]string{}
		for _, m := range w.mails()[before:] {
			if strings.HasSuffix(m.To, "@klaipeda.example") {
				to[m.To] = m.Plain
			}
		}
		return to
	}
	hidden, plain := register(true), register(false)
	if to := told("casework.announce", map[string]any{"case": hidden.Case.ID, "news": "filed"}); len(to) != 1 || to["mere@klaipeda.example"] == "" {
		t.Errorf("of the confidential case are told: %v", to)
	}
	if to := told("casework.announce", map[string]any{"case": plain.Case.ID, "news": "filed"}); len(to) != 2 {
		t.Errorf("of the other case are told: %v", to)
	}
	w.set(t, "2026-12-21 06:00")
	to := told("casework.remind", struct{}{})
	boss, rasa := to["mere@klaipeda.example"], to["rasa@klaipeda.example"]
	if !strings.Contains(boss, hidden.Case.Number) || !strings.Contains(boss, plain.Case.Number) {
		t.Errorf("who may read both is reminded of\n%s", boss)
	}
	if strings.Contains(rasa, hidden.Case.Number) || !strings.Contains(rasa, plain.Case.Number) {
		t.Errorf("an officer is reminded of\n%s", rasa)
	}
}
