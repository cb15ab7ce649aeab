package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"charterhouse/internal/access"
)

// What the staff read of a rule that nobody has verified: that it is not confirmed,
// and in the way to a date that it was not applied. Where the town decides it
// itself, or the case came on a working day, there is nothing to say.
func TestAnUnverifiedRuleOfCountingIsToldToTheTown(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	const counting, told = "/lt/admin/settings/counting", "Gauta ne darbo laiku. Šalies taisyklė"
	o.page(counting).wants(t, 200, "nepatvirtintas nustatymas, todėl netaikomas")
	try := func(day string, more ...string) got {
		form := o.fill(counting, counting, append([]string{"try_kind", "question", "try_date", day}, more...)...)
		return o.post(counting+"/try", form)
	}
	try("2026-11-21").wants(t, http.StatusOK, told)
	for _, p := range []got{try("2026-11-20"), try("2026-11-21", "outside_hours", "next_working_day")} {
		if strings.Contains(p.text(), told) {
			t.Error("the staff are told of a rule that was not left out")
		}
	}
}
