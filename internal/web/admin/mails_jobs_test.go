package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"charterhouse/internal/access"
)

// What the service has given up stands where somebody looks, and is run again by
// whoever may send letters again.
func TestJobsThatWereGivenUp(t *testing.T) {
	house := openOffice(t, sendingMail)
	boss, auditor := house.colleague("rasa@klaipeda.lt", access.Administrator), house.colleague("petras@klaipeda.lt", access.Auditor)
	if page := boss.page(mails); strings.Contains(page.body, "/admin/mails/jobs") {
		t.Error("jobs are shown where there are none")
	}
	var id int64
	sure(t, house.raw.QueryRow(`INSERT INTO t_klaipeda.jobs (kind, args, receipt, state, run_at, attempt, tries, last_error, created_at, died_at)
		VALUES ('casework.announce', '{"case": 1}', 'r', 'dead', now(), 12, 12, 'no letter <b>for</b> jonas@example.lt', now(), now()) RETURNING id`).Scan(&id))
	page := boss.page(mails).wants(t, 200, "Neįvykdytos užduotys", "Laiškai darbuotojams apie kreipimąsi", "12", "no letter <b>for</b> jonas@example.lt", "Paleisti iš naujo")
	form := fields(page, "/lt/admin/mails/jobs")
	form.Set("job", strconv.FormatInt(id, 10))

	seen := auditor.page(mails).wants(t, 200, "Neįvykdytos užduotys", "j…@example.lt")
	if strings.Contains(seen.body, "jonas@example.lt") || strings.Contains(seen.text(), "Paleisti iš naujo") {
		t.Error("an auditor reads an address, or may run jobs again")
	}
	auditor.post(mails+"/jobs", form).wants(t, http.StatusForbidden)
	house.colleague("jonas@klaipeda.lt", access.Officer).post(mails+"/jobs", form).wants(t, http.StatusForbidden)

	boss.post(mails+"/jobs", form).leads(t, mails+"?again=1")
	if page := boss.page(mails+"?again=1").wants(t, 200, "Užduotis vėl laukia eilėje"); strings.Contains(page.body, "/admin/mails/jobs") {
		t.Error("the job is still shown as given up")
	}
	var state string
	sure(t, house.raw.QueryRow(`SELECT state FROM t_klaipeda.jobs WHERE id = $1`, id).Scan(&state))
	if n := house.entries("job.rerun", "job/"+strconv.FormatInt(id, 10)); state != "pending" || n != 1 {
		t.Errorf("the job is %s; %d entries tell of it", state, n)
	}
	for _, job := range []string{strconv.FormatInt(id, 10), "999999", "x", ""} {
		boss.post(mails+"/jobs", url.Values{"nonce": form["nonce"], "job": {job}}).wants(t, http.StatusNotFound)
	}
}
