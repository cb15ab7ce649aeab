package admin_test

import (
	"net/http"
	"testing"
	"time"

	"charterhouse/internal/access"
)

// How often one client may try is counted in a table, so that a second instance,
// and midnight, give nobody another allowance. No address stands there.
func TestAClientIsTheSameInEveryInstanceAndAfterMidnight(t *testing.T) {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	guess := func(o *office, email string) {
		o.signIn(email, "wrong password").wants(t, http.StatusUnprocessableEntity)
		at := o.path("/admin/forgotten")
		o.post(at, o.fill(at, "/forgotten", "email", email)).wants(t, http.StatusSeeOther)
	}
	guess(o, ona)
	guess(o.beside(), "jonas@klaipeda.lt")
	o.ahead.Add(int64(16 * time.Hour)) // from 11 in the morning to 3 at night
	guess(o, "petras@klaipeda.lt")
	for _, kind := range []string{"client", "reset_client"} {
		var rows, attempts int
		sure(t, o.raw.QueryRow(`SELECT count(*), sum(attempts) FROM t_klaipeda.log_in_attempts WHERE kind = $1`, kind).Scan(&rows, &attempts))
		if rows != 1 || attempts != 3 {
			t.Errorf("%s: %d counts of %d attempts, want one of 3", kind, rows, attempts)
		}
	}
}
