package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

const auditLog = "/lt/admin/audit"

// record writes entries into the chain as verbs do.
func (o *office) record(entries ...pg.Entry) {
	o.t.Helper()
	o.write(func(tx *pg.Tx) error {
		for _, e := range entries {
			tx.Record(e)
		}
		return nil
	})
}

func TestTheAuditorReadsAndFilters(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Auditor)
	page := o.page(auditLog).wants(t, 200, "Prisijungta", "Sistemos tvarkytojas", "Sukurta paskyra", "Rasa Jankutė")
	seqs := page.Find("tbody tr td:first-child").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if len(seqs) < 5 || seqs[len(seqs)-1] != "1" || seqs[0] == "1" {
		t.Errorf("the entries are not the newest first: %v", seqs)
	}
	only := func(query, wants string, without ...string) {
		t.Helper()
		table := o.page(auditLog + "?" + query).Find("table.queue tbody").Text()
		if !strings.Contains(table, wants) {
			t.Errorf("%s does not show %q:\n%s", query, wants, table)
		}
		for _, w := range without {
			if strings.Contains(table, w) {
				t.Errorf("%s shows %q", query, w)
			}
		}
	}
	only("action=session.begin", "Prisijungta", "Sukurta paskyra")
	only("actor=operator", "Sukurta paskyra", "Prisijungta")
	only("object=settings", "settings.apply", "session.begin")
	only("from=2026-11-20&to=2026-11-20", "Prisijungta")
	only("to=2026-11-19", "įrašų nerasta", "Prisijungta")
	only("from=2026-11-21", "įrašų nerasta")
	o.as("ona@klaipeda.lt", access.Officer).get(auditLog).wants(t, http.StatusForbidden)
	only("action=access.refused", "Neleista atidaryti puslapio")
}

// An auditor who knows nothing of JSON reads what was done: objects by their names
// with links where they lead, particulars in words, the record itself folded behind.
func TestAnEntryIsReadInWords(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	number := o.received(casework.Complaint, "2026-11-19", nil)
	id := o.fill(cases+"/"+number+"/assign", "/assign")
	o.page(cases + "/" + number + "/assign").Find("#assignee option").Each(func(_ int, s *goquery.Selection) {
		if v, _ := s.Attr("value"); v != "" {
			id.Set("assignee", v)
		}
	})
	o.post(cases+"/"+number+"/assign", id).wants(t, http.StatusSeeOther)
	o.acts(number, "reply", "answer", "Duobė užtaisyta.")
	term := "/lt/admin/settings/terms/complaint"
	o.post(term, o.fill(term, term, "own", "own", "own_term", "7 darbo dienos")).wants(t, http.StatusSeeOther)
	o.post(term, o.fill(term, term, "own", "own", "own_term", "9 darbo dienos")).wants(t, http.StatusSeeOther)
	day := days + "/edit/new"
	o.post(day, o.fill(day, day, "date", "2026-11-24", "name_lt", "Miesto diena", "name_en", "Day of the city")).wants(t, http.StatusSeeOther)
	page := o.as("ona@klaipeda.lt", access.Auditor).page(auditLog)
	read := page.Clone().Find("table.queue")
	read.Find("details").Remove()
	text := strings.Join(strings.Fields(read.Text()), " ")
	for _, says := range []string{
		"Kreipimasis " + number, "Nauja būsena: Atsakyta", "Pareiškėjui pranešta: el. paštu", "Nagrinėja: Rasa Jankutė", "Terminai: skundas", "7 darbo dienos → 9 darbo dienos",
		"Miesto diena", "2026-11-24", "Paskyra: Rasa Jankutė",
	} {
		if !strings.Contains(text, says) {
			t.Errorf("the log does not say %q:\n%s", says, text)
		}
	}
	if strings.ContainsAny(text, "{}\"") || strings.Contains(text, "own_due") {
		t.Errorf("there is JSON among the words:\n%s", text)
	}
	if page.Find(`a[href="`+cases+"/"+number+`"]`).Length() == 0 || page.Find(`a[href="/lt/admin/settings/terms"]`).Length() == 0 {
		t.Error("objects do not lead to their pages")
	}
	if record := page.Find("details.detail").Text(); !strings.Contains(record, `"to": "answered"`) {
		t.Error("the record itself is not there")
	}
}

// A mark that turns letters would let who is refused a page choose how the entry
// about it reads: it is shown as what it is.
func TestWhatTurnsLettersIsShownInTheChain(t *testing.T) {
	o := openOffice(t, demoMail).as("ona@klaipeda.lt", access.Viewer)
	o.get(users+"/user/%E2%80%AEgnp").wants(t, http.StatusForbidden)
	o.record(pg.Entry{Actor: "visitor\u2067x", Action: "case.note\u202dx", Object: "case/\u202e1", Detail: map[string]string{"name\u2066": "\u202bx"}})
	body := o.as("rasa@klaipeda.lt", access.Auditor).page(auditLog).body
	if strings.ContainsAny(body, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
		t.Error("the page has marks that turn its letters")
	}
	for _, shown := range []string{`/admin/users/user/\u202egnp`, `visitor\u2067x`, `case.note\u202dx`, `case/\u202e1`, `name\u2066`, `\u202bx`} {
		if !strings.Contains(body, shown) {
			t.Errorf("the page does not show %s", shown)
		}
	}
}

// Whatever somebody has managed to get into the chain is text to its reader.
func TestTheContentOfTheChainIsInert(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	payload := "<script>alert(1)</script><img src=x onerror=alert(2)>\r\nSet-Cookie: sid=evil\r\n\"'></details>{{.Title}}"
	o.record(
		pg.Entry{Actor: payload, Action: "case.note" + payload, Object: "case/" + payload, Detail: map[string]string{"name": payload}},
		pg.Entry{Actor: "system", Action: "case.note", Object: "case/1", Detail: payload},
	)
	at := users + "/new"
	o.post(at, o.fill(at, at, "email", "x@klaipeda.lt", "name", "<b onmouseover=alert(3)>Jonas</b>", "roles", "viewer")).wants(t, http.StatusSeeOther)
	for _, path := range []string{auditLog, auditLog + "?object=%3Cscript%3Ealert(4)%3C%2Fscript%3E", users, auditLog + "?actor=%22%3E%3Cscript%3E"} {
		answer := o.page(path)
		main := answer.Find("main")
		if n := main.Find("script,img,iframe,b[onmouseover],[onerror],[onmouseover]").Length(); n > 0 {
			t.Errorf("%s: %d elements come from the content", path, n)
		}
		if answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		main.Find("a").Each(func(_ int, s *goquery.Selection) {
			if href, _ := s.Attr("href"); strings.ContainsAny(href, "<>\r\n\"'") || !strings.HasPrefix(href, "/lt/") && !strings.HasPrefix(href, "#") {
				t.Errorf("%s: a link leads to %q", path, href)
			}
		})
	}
	if body := o.page(auditLog).body; !strings.Contains(body, "&lt;script&gt;alert(1)") {
		t.Error("the content is not shown at all")
	}
}

func TestTheChainIsVerified(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Auditor)
	o.page(auditLog+"?verify=0").wants(t, 200, "Grandinė nepažeista: sutampa visi įrašai")
	if _, err := o.raw.Exec(`DELETE FROM t_klaipeda.audit_details WHERE seq = 2`); err != nil {
		t.Fatal(err)
	}
	o.page(auditLog+"?verify=0").wants(t, 200, "Grandinė nepažeista", "1 įrašo turinys ištrintas")
	o.page(auditLog).wants(t, 200, "turinys ištrintas")
	o.page(auditLog+"?verify=3").wants(t, 200, "Grandinė nepažeista")
	o.page(auditLog+"?verify=-1").wants(t, 200, "Grandinė nepažeista")
	if _, err := o.raw.Exec(`UPDATE t_klaipeda.audit_entries SET action = 'user.enable' WHERE seq = 3`); err != nil {
		t.Fatal(err)
	}
	o.page(auditLog+"?verify=0").wants(t, 200, "Grandinė nutrūksta ties įrašu Nr. 3")
}

// A long chain is verified by parts, and a filter that finds nothing says how far
// it looked.
func TestALongChain(t *testing.T) {
	o := openOffice(t, demoMail)
	var many []pg.Entry
	for range 120 {
		many = append(many, pg.Entry{Actor: "system", Action: "case.note", Object: "case/1"})
	}
	o.record(many...)
	o.write(func(tx *pg.Tx) error {
		seen := []int64{}
		rep, done, err := audit.VerifyFrom(t.Context(), tx, 0, 50, func(n int64) { seen = append(seen, n) })
		if err != nil || done || rep.Entries != 50 || rep.Broken != 0 || len(seen) != 1 {
			t.Errorf("%+v %t %v %v", rep, done, seen, err)
		}
		rep, done, err = audit.VerifyFrom(t.Context(), tx, rep.Entries, 500, nil)
		if err != nil || !done || rep.Broken != 0 || rep.Entries < 120 {
			t.Errorf("%+v %t %v", rep, done, err)
		}
		page, err := audit.List(t.Context(), tx, audit.Filter{}, 0)
		if err != nil || len(page.Entries) != audit.PageSize || page.Next != page.Entries[audit.PageSize-1].Seq {
			t.Errorf("%d entries, next %d, %v", len(page.Entries), page.Next, err)
		}
		next, err := audit.List(t.Context(), tx, audit.Filter{Action: "case."}, page.Next)
		if err != nil || len(next.Entries) == 0 || next.Entries[0].Seq != page.Next-1 {
			t.Errorf("the next page begins with %+v, %v", next.Entries, err)
		}
		return nil
	})
	auditor := o.as("rasa@klaipeda.lt", access.Auditor)
	link, _ := auditor.page(auditLog + "?action=case.note").Find(".pager a").Attr("href")
	older := auditor.page(link)
	if rows := older.Find("table.queue tbody tr").Length(); rows != 50 || !strings.Contains(link, "action=case.note") {
		t.Errorf("%s shows %d rows", link, rows)
	}
}
