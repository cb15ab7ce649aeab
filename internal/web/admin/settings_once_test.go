package admin_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"charterhouse/internal/access"
)

// A form of the settings that is sent several times at once, over two instances, is
// saved once, and nobody reads that somebody else was faster.
func TestASettingIsSavedOnce(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	both := []*office{o, o.beside()}
	both[1].cookie = o.cookie
	hours, term := "/lt/admin/settings/hours", "/lt/admin/settings/terms/complaint"
	for round := range 5 {
		for at, pairs := range map[string][]string{
			hours: {"sat_opens", fmt.Sprintf("9:%02d", round), "sat_closes", "12:00"},
			term:  {"own", "own", "own_term", fmt.Sprintf("%d working days", round+2)},
		} {
			form := o.fill(at, at, pairs...)
			var all sync.WaitGroup
			for i := range 6 {
				all.Go(func() { both[i%2].post(at, form).wants(t, http.StatusSeeOther) })
			}
			all.Wait()
		}
	}
	if n := o.entries("settings.set", "settings/hours"); n != 5 {
		t.Errorf("the hours were set %d times, want 5", n)
	}
	if n := o.entries("rules.set", "rules/kind/complaint"); n != 5 {
		t.Errorf("the terms were set %d times, want 5", n)
	}
}
