package casework_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// dump reads every column of every table of the town's schema, past the door.
func (w *town) dump() map[string]string {
	w.t.Helper()
	db, err := sql.Open("postgres", w.urls.SuperURL)
	must(w.t, err)
	defer db.Close()
	rows, err := db.QueryContext(w.t.Context(), `SELECT tablename FROM pg_tables WHERE schemaname = $1`, w.realm.Name())
	must(w.t, err)
	var tables []string
	for rows.Next() {
		var name string
		must(w.t, rows.Scan(&name))
		tables = append(tables, name)
	}
	must(w.t, rows.Err())
	all := map[string]string{}
	for _, name := range tables {
		var content sql.NullString
		must(w.t, db.QueryRowContext(w.t.Context(), fmt.Sprintf(`SELECT string_agg(x::text, E'\n') FROM %q.%q x`, w.realm.Name(), name)).Scan(&content))
		all[name] = content.String
	}
	return all
}

// Names, addresses, free text and codes stand where they belong and nowhere else;
// nothing of them is in the audit chain or its details.
func TestPersonalDataStayInTheirTables(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	f := w.filing(casework.Complaint)
	f.Title, f.Body = "CNRYtitle", "CNRYbody"
	f.Person = casework.Person{Name: "CNRYname", Email: "cnrymail@example.org", Phone: "CNRYphone", Address: "CNRYaddress", ReplyBy: casework.ByEmail}
	r, err := w.submit(f)
	must(t, err)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Ask(t.Context(), tx, w.officer, ref(r), "CNRYquestion")
	})
	must(t, w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Respond(t.Context(), tx, p, casework.Message{Text: "CNRYresponse"})
	}))
	must(t, w.extend(r, casework.Extending{Reasons: "CNRYreasons", Final: day(t, "2026-12-23")}))
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Note(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "CNRYnote"})
	})
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Refer(t.Context(), tx, w.officer, ref(r), casework.Referring{Institution: "CNRYinstitution", Reason: "CNRYwhy"})
	})
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "filed"})
	may := map[string]string{"case_people": "", "case_texts": "", "mails": "", "case_referrals": ""}
	found := 0
	for table, content := range w.dump() {
		n := strings.Count(strings.ToLower(content), "cnry")
		if _, ok := may[table]; ok {
			found += n
		} else if n > 0 {
			t.Errorf("%s holds personal data", table)
		}
		for _, secret := range []string{string(r.Code), r.Code.String(), f.Ticket} {
			if strings.Contains(content, secret) {
				t.Errorf("%s holds the code or the ticket", table)
			}
		}
		if table == "case_people" && !strings.Contains(content, "CNRYname") {
			t.Error("the dump does not see the submitter")
		}
	}
	if found < 12 {
		t.Errorf("the canaries were found %d times only", found)
	}
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		rep, err := audit.Verify(t.Context(), tx)
		if rep.Broken != 0 {
			t.Errorf("the chain is broken at %d", rep.Broken)
		}
		return err
	})
}

// Of an anonymous case nothing tells the hour: not the case, its events, its
// files, the audit chain, the jobs or the mails it causes.
func TestAnAnonymousCaseLeavesNoHour(t *testing.T) {
	w := open(t).in(t, "chuprene")
	w.set(t, "2026-11-23 14:37")
	f := anonymous(w.filing(casework.Signal))
	before := w.dump()
	f.Files = []string{"file-1"}
	r, err := w.submit(f)
	must(t, err)
	if r.Case.LawDue != day(t, "2026-12-23") || r.Case.ReceivedOn != day(t, "2026-11-23") {
		t.Errorf("received %s, due %s", r.Case.ReceivedOn, r.Case.LawDue)
	}
	must(t, w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Add(t.Context(), tx, p, casework.Message{Text: "Още нещо"})
	}))
	w.set(t, "2026-11-23 14:38")
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "filed"})
	changed := 0
	for table, content := range w.dump() {
		if content == before[table] {
			continue
		}
		changed++
		for _, hour := range []string{"14:37", "12:37", "14:38", "12:38"} {
			if strings.Contains(content, hour) && !strings.Contains(before[table], hour) {
				t.Errorf("%s tells the hour %s:\n%s", table, hour, content)
			}
		}
	}
	if changed < 8 {
		t.Errorf("only %d tables changed", changed)
	}
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		events, err := casework.Timeline(t.Context(), tx, r.Case, casework.Staff)
		for _, e := range events {
			if !e.DayOnly || e.At.UTC().Format("2006-01-02 15:04") != "2026-11-22 22:00" {
				t.Errorf("%s at %s, day only %v", e.Action, e.At, e.DayOnly)
			}
		}
		if len(events) != 2 || events[0].Files[0] != "file-1" {
			t.Errorf("events %+v", events)
		}
		return err
	})
	// Of a case with a name the minute is kept.
	if named := w.filed(casework.Signal); named.Case.FiledAt.UTC().Format("15:04") != "12:38" {
		t.Errorf("filed at %s", named.Case.FiledAt)
	}
}

// A confidential case is its handler's and theirs who are permitted; what is
// looked at is in the chain.
func TestAConfidentialCaseIsItsHandlers(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	other, all := w.user("jonas@klaipeda.example"), w.officer
	all.Confidential = true
	f := w.filing(casework.Complaint)
	f.Confidential, f.Title = true, "Slaptas dalykas"
	r, err := w.submit(f)
	must(t, err)
	look := func(who casework.Officer) error {
		return w.write(func(_ *casework.Town, tx *pg.Tx) error {
			c, err := casework.Look(t.Context(), tx, who, r.Case.Number)
			if err != nil {
				return err
			}
			_, err = casework.PersonOf(t.Context(), tx, who, c)
			return err
		})
	}
	refused(t, look(w.officer), fault.Forbidden, "", casework.KeyConfidential)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Assign(t.Context(), tx, all, ref(r), casework.Assignment{Assignee: w.officer.User})
	})
	must(t, look(w.officer))
	must(t, look(all))
	refused(t, look(other), fault.Forbidden, "", casework.KeyConfidential)
	err = w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, other, ref(r), casework.Message{Text: "Ne mano"})
	})
	refused(t, err, fault.Forbidden, "", casework.KeyConfidential)
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		_, err := casework.PersonOf(t.Context(), tx, other, w.find(r.Case.Number))
		refused(t, err, fault.Forbidden, "", casework.KeyConfidential)
		for who, want := range map[casework.Officer]string{other: "", w.officer: f.Title, all: f.Title} {
			lines, _, err := town.Inbox(t.Context(), tx, who, casework.Filter{}, casework.Cursor{})
			if err != nil || len(lines) != 1 || lines[0].Title != want || lines[0].Hidden != (want == "") {
				t.Errorf("inbox: %+v %v", lines, err)
			}
			found, _, err := town.Search(t.Context(), tx, who, "slaptas")
			if err != nil || len(found) != len(want)/len(f.Title) {
				t.Errorf("search found %d, %v", len(found), err)
			}
		}
		return nil
	})
	var looks []string
	must(t, w.db.Read(t.Context(), w.realm, func(tx *pg.Tx) error {
		return tx.Select(t.Context(), &looks, `SELECT action FROM audit_entries WHERE action LIKE $1 AND actor = $2 ORDER BY seq`, "case.read%", w.officer.ID)
	}))
	if got := strings.Join(looks, " "); got != "case.read case.read_person case.read case.read_person" {
		t.Errorf("the chain has %s", got)
	}
}

// Notes, assignments and what goes with them are the desk's alone.
func TestNotesAreTheDesks(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Complaint)
	for _, do := range []func(*casework.Town, *pg.Tx) error{
		func(town *casework.Town, tx *pg.Tx) error { return town.Take(t.Context(), tx, w.officer, ref(r)) },
		func(town *casework.Town, tx *pg.Tx) error {
			return town.Note(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "Tarp mūsų", Files: []string{"inner"}})
		},
		func(town *casework.Town, tx *pg.Tx) error {
			return town.Ask(t.Context(), tx, w.officer, ref(r), "Kada?")
		},
		func(town *casework.Town, tx *pg.Tx) error {
			return town.Resume(t.Context(), tx, w.officer, ref(r), "Skambino vakar")
		},
		func(town *casework.Town, tx *pg.Tx) error {
			return town.Reply(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "Taip", Files: []string{"outer"}})
		},
	} {
		w.ok(do)
	}
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		theirs, err := casework.Timeline(t.Context(), tx, r.Case, casework.Submitter)
		raw, _ := json.Marshal(theirs)
		for _, inner := range []string{"Tarp mūsų", "Skambino", "inner", "assign", w.officer.ID} {
			if strings.Contains(string(raw), inner) {
				t.Errorf("the submitter sees %q", inner)
			}
		}
		ours, err2 := casework.Timeline(t.Context(), tx, r.Case, casework.Staff)
		if err != nil || err2 != nil || len(theirs) != 4 || len(ours) != 6 {
			t.Errorf("%d of %d events, %v %v", len(theirs), len(ours), err, err2)
		}
		must(t, casework.Attached(t.Context(), tx, r.Case, "outer", casework.Submitter))
		must(t, casework.Attached(t.Context(), tx, r.Case, "inner", casework.Staff))
		refused(t, casework.Attached(t.Context(), tx, r.Case, "inner", casework.Submitter), fault.NotFound, "", casework.KeyNoSuchFile)
		refused(t, casework.Attached(t.Context(), tx, &casework.Case{ID: r.Case.ID + 1}, "outer", casework.Staff), fault.NotFound, "", casework.KeyNoSuchFile)
		return nil
	})
}
