package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// The page of a case: what was sent, both dates with the way to them, who sees
// what, and each act with its consequence.
func TestACaseIsReadOnOnePage(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-18", nil)
	o.acts(number, "note", "note", "Tik mums.")
	page := o.page(cases+"/"+number).wants(t, http.StatusOK,
		"Duobė Liepų gatvėje", "Prie 11 namo atsivėrė duobė.", "Terminas pagal įstatymą", "Kaip suskaičiuota", "tik darbuotojams", "Atsakyti", "Rodyti asmens duomenis")
	if strings.Contains(page.body, "Jonas Jonaitis") || strings.Contains(page.body, "jonas@example.lt") {
		t.Error("personal data are open from the start")
	}
	if page.Find(".timeline li").Length() != 2 {
		t.Errorf("%d events", page.Find(".timeline li").Length())
	}
	open := o.page(cases+"/"+number+"/person").wants(t, http.StatusOK, "Jonas Jonaitis", "jonas@example.lt")
	if open.Header.Get("Cache-Control") != "no-store" {
		t.Error("the page with personal data may be kept")
	}
	if n := o.entries("case.read_person", "case/"+number); n != 1 {
		t.Errorf("%d entries about the reading", n)
	}
	if g := o.get(cases + "/KL-2026-9999"); g.StatusCode != http.StatusNotFound {
		t.Errorf("a case that never was: %d", g.StatusCode)
	}
}

// Who handled a confidential case and may handle none any more is not its handler,
// though it was given to nobody else yet.
func TestAConfidentialCaseClosesWithTheRole(t *testing.T) {
	o := openOffice(t, demoMail)
	u := o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	number := o.received(casework.Complaint, "2026-11-18", func(f *casework.Filing) { f.Confidential = true })
	boss := o.as("rasa@klaipeda.lt", access.Administrator)
	boss.acts(number, "assign", "assignee", strconv.FormatInt(u.ID, 10))
	at := cases + "/" + number
	o.page(at).wants(t, http.StatusOK)
	o.write(func(tx *pg.Tx) error {
		now, err := access.GetUser(t.Context(), tx, u.ID)
		if err != nil {
			return err
		}
		return access.SetRoles(t.Context(), tx, audit.Operator(), u.ID, now.Version, []access.Role{access.Viewer})
	})
	o.get(at).wants(t, http.StatusForbidden)
	for _, list := range []string{cases, cases + "?q=" + number, cases + "?q=duob%C4%97"} {
		if g := o.page(list); strings.Contains(g.body, "Liepų") {
			t.Errorf("%s tells what it is about", list)
		}
	}
}

// A confidential case is its handler's and the administrator's. Others are
// refused, that is kept, and lists do not tell its subject.
func TestAConfidentialCaseIsClosedToOthers(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Complaint, "2026-11-19", nil)
	o.acts(number, "take")
	o.acts(number, "protect")
	other := o.colleague("jurga@klaipeda.lt", access.Officer)
	form := url.Values{"version": {"3"}, "answer": {"Ne mano."}}
	for _, path := range []string{"", "/person", "/extend", "/reply", "/files/x"} {
		if g := other.get(cases + "/" + number + path); g.StatusCode != http.StatusForbidden || strings.Contains(g.body, "Liepų") {
			t.Errorf("%s is answered %d", path, g.StatusCode)
		}
	}
	if g := other.post(cases+"/"+number+"/reply", form); g.StatusCode != http.StatusForbidden {
		t.Errorf("somebody else answers: %d", g.StatusCode)
	}
	if n := o.entries("access.refused", "page"+"/admin/cases/:number"); n != 1 {
		t.Errorf("%d entries about the refused reading", n)
	}
	if n := o.entries("access.refused", "page"+"/admin/cases/:number/reply"); n != 2 {
		t.Errorf("%d entries about the refused answer", n)
	}
	for _, list := range []string{cases, cases + "?q=" + number, cases + "?q=duob%C4%97", cases + "?kind=complaint"} {
		if g := other.page(list); strings.Contains(g.body, "Liepų") || g.Find(`.queue a[href*="`+number+`"]`).Length() > 0 {
			t.Errorf("%s tells of it", list)
		}
	}
	before := o.entries("case.read", "case/"+number)
	o.page(cases + "/" + number)
	boss := o.colleague("admin@klaipeda.lt", access.Administrator)
	log, _ := boss.page(cases + "/" + number).Find(`.panel a[href*="/admin/audit"]`).Attr("href")
	boss.page(log).wants(t, http.StatusOK, number)
	if n := o.entries("case.read", "case/"+number); n != before+2 {
		t.Errorf("%d readings were kept, want two more than %d", n, before)
	}
	// Given to somebody else, it is gone for the one who gave it.
	var id string
	boss.page(cases + "/" + number + "/assign").Find("#assignee option").Each(func(_ int, s *goquery.Selection) {
		if strings.Contains(s.Text(), "Onaitė") && id == "" {
			id, _ = s.Attr("value")
		}
	})
	if id == "" {
		t.Error("nobody can be given the case")
	}
}

// Who may only read has no forms, and a form sent anyway does nothing.
func TestAViewerOnlyReads(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-19", nil)
	for _, role := range []access.Role{access.Viewer, access.Auditor} {
		reader := o.colleague(string(role)+"@klaipeda.lt", role)
		page := reader.page(cases+"/"+number).wants(t, http.StatusOK, "leidžia tik skaityti")
		if page.Find("main form").Length() > 0 || page.Find(".acts a").Length() > 0 {
			t.Errorf("%s sees a form", role)
		}
		if reader.page(cases).Find(`a[href$="/admin/register"]`).Length() > 0 {
			t.Errorf("%s is led to the register", role)
		}
		version := o.stands(number).Version
		for _, act := range []string{"take", "assign", "reply", "ask", "extend", "forward", "decline", "withdraw", "note", "add", "close", "protect", "confirm-danger", "refuse-danger", "resume", "reopen"} {
			form := url.Values{"version": {"1"}, "answer": {"x"}, "note": {"x"}, "text": {"x"}}
			if g := reader.post(cases+"/"+number+"/"+act, form); g.StatusCode != http.StatusForbidden {
				t.Errorf("%s may %s: %d", role, act, g.StatusCode)
			}
			if g := reader.get(cases + "/" + number + "/" + act); g.StatusCode != http.StatusForbidden {
				t.Errorf("%s opens %s: %d", role, act, g.StatusCode)
			}
		}
		for _, path := range []string{"/person", "/files/nosuchfile"} {
			if g := reader.get(cases + "/" + number + path); g.StatusCode == http.StatusOK {
				t.Errorf("%s opens %s", role, path)
			}
		}
		if g := reader.post("/lt/admin/register", url.Values{"kind": {"question"}}); g.StatusCode != http.StatusForbidden {
			t.Errorf("%s registers: %d", role, g.StatusCode)
		}
		if o.stands(number).Version != version {
			t.Errorf("%s has changed the case", role)
		}
	}
}

// Files come with an answer, wait while it is refused, and are saved by whoever
// may read the case.
func TestFilesOfACase(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-19", nil)
	at := cases + "/" + number + "/reply"
	refused := o.upload(at, o.fill(at, "/reply", "answer", ""), "aktas.pdf", onePDF).wants(t, http.StatusUnprocessableEntity, "aktas.pdf")
	form := fields(refused, "/reply")
	form.Set("answer", "Aktas pridedamas.")
	o.post(at, form).leads(t, cases+"/"+number+"?done=reply")
	page := o.page(cases+"/"+number).wants(t, http.StatusOK, "aktas.pdf")
	file, _ := page.Find(`.timeline a[href*="/files/"]`).Attr("href")
	g := o.get(file)
	if g.StatusCode != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d %v", g.StatusCode, g.Header)
	}
	another := o.received(casework.Question, "2026-11-19", nil)
	if g := o.get(strings.Replace(file, number, another, 1)); g.StatusCode != http.StatusNotFound {
		t.Errorf("a file of another case: %d", g.StatusCode)
	}
	o.upload(at, url.Values{"nonce": form["nonce"]}, "blogas.exe", "MZ").wants(t, http.StatusUnprocessableEntity)
}

// What a form does not ask for is not taken from it.
func TestAFormTakesOnlyItsFields(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-19", nil)
	before := o.stands(number)
	form := o.fill(cases+"/"+number+"/note", "/note", "note", "Pastaba.")
	for _, column := range []string{"state", "kind", "own_due", "law_due", "due_sort", "confidential", "assignee", "department", "received_on", "answered_on", "done_on", "number", "id", "tenant_id", "role", "anonymous", "score", "created_at"} {
		form.Set(column, "1")
	}
	o.post(cases+"/"+number+"/note", form).leads(t, cases+"/"+number+"?done=case")
	after := o.stands(number)
	before.Version = after.Version
	if *before != *after {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
}

// An answer on paper is not said to be sent: somebody has to post it. What was
// sent stands on the page where it is answered.
func TestAnAnswerOnPaperStillHasToBePosted(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-19", func(f *casework.Filing) {
		f.Person = casework.Person{Name: "Petras Petraitis", Address: "Liepų g. 1", ReplyBy: casework.ByPost}
	})
	o.page(cases+"/"+number+"/ask").wants(t, http.StatusOK, "Prie 11 namo atsivėrė duobė.")
	for _, at := range []string{"", "/reply", "/ask", "/extend", "/forward", "/decline", "/withdraw"} {
		o.page(cases+"/"+number+at).wants(t, http.StatusOK, "jį reikės išspausdinti ir išsiųsti paštu")
	}
	if page := o.page(cases + "/" + number + "/note"); page.Find(".told").Length() != 0 {
		t.Errorf("a note is told to nobody: %s", page.Find(".told").Text())
	}
	o.acts(number, "reply", "answer", "Duobė užtaisyta.")
	done := o.page(cases+"/"+number+"?done=reply").wants(t, http.StatusOK, "jį dar reikia išsiųsti paštu")
	if said := done.Find("[role=status]").Text(); strings.Contains(said, "Atsakymas išsiųstas") {
		t.Errorf("the officer reads: %s", said)
	}
}

// Before anything is sent an officer reads how its reader will learn of it, or that
// nobody is told; and afterwards it is not said that something went out.
func TestHowTheSubmitterWillLearnOfItIsForetold(t *testing.T) {
	o := officerIn(t)
	for name, c := range map[string]struct {
		change      func(*casework.Filing)
		told, after string
	}{
		"by mail": {nil, "bus išsiųstas el. laiškas", "Atsakymas išsiųstas."},
		"on the page": {func(f *casework.Filing) { f.Person.ReplyBy = casework.ByTrack },
			"pareiškėjas tai pamatys tik atsidaręs", "Pranešimas nesiunčiamas"},
		"anonymous": {func(f *casework.Filing) { f.Anonymous, f.Person = true, casework.Person{} },
			"Kreipimasis anoniminis, pranešimas nesiunčiamas", "Pranešimas nesiunčiamas"},
	} {
		number := o.received(casework.Complaint, "2026-11-19", c.change)
		page := o.page(cases+"/"+number).wants(t, http.StatusOK)
		if told := page.Find("form.composer .told").Text(); !strings.Contains(told, c.told) {
			t.Errorf("%s: the composer says %q", name, told)
		}
		o.page(cases+"/"+number+"/ask").wants(t, http.StatusOK, c.told)
		o.acts(number, "reply", "answer", "Duobė užtaisyta.")
		if said := o.page(cases + "/" + number + "?done=reply").Find("[role=status]").Text(); !strings.Contains(said, c.after) {
			t.Errorf("%s: afterwards: %q", name, said)
		}
	}
}

// A made-up case is taken by no account: it is not said to be taken by „unassigned“.
func TestATakenCaseOfNobody(t *testing.T) {
	o := officerIn(t)
	number := o.received(casework.Question, "2026-11-19", nil)
	o.acts(number, "take")
	o.page(cases+"/"+number).wants(t, http.StatusOK, "Nagrinėja Ona Onaitė")
	_, err := o.raw.Exec(`UPDATE t_klaipeda.case_events SET facts = facts - 'assignee' WHERE action = 'take'`)
	sure(t, err)
	title := o.page(cases + "/" + number).Find(".timeline h3").Last().Text()
	if !strings.HasPrefix(title, "Pradėta nagrinėti") {
		t.Errorf("the timeline says %q", title)
	}
}
