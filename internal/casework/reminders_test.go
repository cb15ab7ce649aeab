package casework_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// made runs the scan once and tells what it made, as „number kind date late“.
func (w *town) made() (all []string) {
	w.t.Helper()
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		list, _, err := town.Remind(w.t.Context(), tx)
		for _, r := range list {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", r.Case.Number, r.Kind, r.DueOn, map[bool]string{true: "late"}[r.Late])))
		}
		return err
	})
	return all
}

// For thirty days, several times a day: each reminder comes once, on its day.
func TestRemindersComeOnceOnTheirDay(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.filed(casework.Question)           // 1: 24 November and 18 December
	w.filed(casework.Praise)             // 2: no term
	done := w.filed(casework.Question)   // 3: answered at once
	asked := w.filed(casework.Question)  // 4: waits, and is answered on 1 December
	w.filed(casework.Complaint)          // 5: 18 December
	moved := w.filed(casework.Complaint) // 6: extended on 17 December
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(done), casework.Message{Text: "Taip."})
	})
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Ask(t.Context(), tx, w.officer, ref(asked), "Kur?")
	})
	byDay := map[string][]string{}
	for d := day(t, "2026-11-20"); d <= day(t, "2026-12-31"); d++ {
		w.set(t, d.String()+" 11:00")
		switch d {
		case day(t, "2026-12-01"):
			must(t, w.pass(asked, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
				return town.Respond(t.Context(), tx, p, casework.Message{Text: "Ten."})
			}))
		case day(t, "2026-12-17"):
			must(t, w.extend(moved, casework.Extending{Reasons: "Laukiama.", Final: day(t, "2026-12-23")}))
		}
		for range 3 {
			for _, r := range w.made() {
				byDay[d.String()] = append(byDay[d.String()], strings.TrimPrefix(r, "KL-2026-"))
			}
		}
	}
	want := map[string][]string{
		"2026-11-23": {"0001 own_near 2026-11-24"}, // the first working day after receipt
		"2026-11-25": {"0001 own_passed 2026-11-24"},
		// Seven working days of waiting moved 24 November to 3 December.
		"2026-12-01": {"0004 own_near 2026-12-03"},
		"2026-12-04": {"0004 own_passed 2026-12-03"},
		"2026-12-16": {"0001 law_near 2026-12-18", "0005 law_near 2026-12-18", "0006 law_near 2026-12-18"},
		"2026-12-19": {"0001 law_passed 2026-12-18", "0005 law_passed 2026-12-18"},
		"2026-12-21": {"0006 law_near 2026-12-23"},
		"2026-12-24": {"0006 law_passed 2026-12-23"},
		"2026-12-29": {"0004 law_near 2026-12-31"},
	}
	for d := range byDay {
		slices.Sort(byDay[d])
		if want[d] == nil {
			t.Errorf("%s: %v", d, byDay[d])
		}
	}
	for d, list := range want {
		if !slices.Equal(byDay[d], list) {
			t.Errorf("%s: got %v, want %v", d, byDay[d], list)
		}
	}
}

// The service stands still for thirty days: each reminder is made once and is
// marked late, also by two runs of which neither sees what the other has written.
func TestRemindersAfterAStandstill(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	mine, nobodys := w.filed(casework.Question), w.filed(casework.Question)
	w.ok(func(town *casework.Town, tx *pg.Tx) error { return town.Take(t.Context(), tx, w.officer, ref(mine)) })
	w.set(t, "2026-12-21 06:00")
	var first []casework.Reminder
	var second []string
	var both sync.WaitGroup
	w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
		first, _, err = town.Remind(t.Context(), tx)
		both.Go(func() { second = w.made() })
		w.waiting(1)
		return err
	})
	both.Wait()
	seen := map[string]int{}
	for _, r := range first {
		seen[fmt.Sprintf("%s %s %s %v", r.Case.Number, r.Kind, r.DueOn, r.Late)]++
	}
	for _, number := range []string{mine.Case.Number, nobodys.Case.Number} {
		for _, r := range []string{"own_near 2026-11-24", "own_passed 2026-11-24", "law_near 2026-12-18", "law_passed 2026-12-18"} {
			if seen[number+" "+r+" true"] != 1 {
				t.Errorf("%s %s was made %d times as late", number, r, seen[number+" "+r+" true"])
			}
		}
	}
	if len(seen) != 8 || len(second) != 0 || len(w.made()) != 0 {
		t.Errorf("the first run made %v, the second %v", seen, second)
	}
}

// waiting returns when so many transactions wait for another.
func (w *town) waiting(n int) {
	w.t.Helper()
	db, err := sql.Open("postgres", w.urls.SuperURL)
	must(w.t, err)
	defer db.Close()
	for have := 0; have < n; {
		must(w.t, db.QueryRowContext(w.t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&have))
		time.Sleep(10 * time.Millisecond)
	}
}

// What the job sends: one letter to each officer, with what is passed told once.
func TestTheDeskIsRemindedByMail(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	mine := w.filed(casework.Question)
	w.ok(func(town *casework.Town, tx *pg.Tx) error { return town.Take(t.Context(), tx, w.officer, ref(mine)) })
	before := len(w.mails())
	w.set(t, "2026-12-21 06:00")
	for range 3 {
		w.job("casework.remind", struct{}{})
	}
	mails := w.mails()[before:]
	if len(mails) != 1 || mails[0].To != "rasa@klaipeda.example" || mails[0].Subject != "Terminai: 2 kreipimaisi" {
		t.Fatalf("%d mails: %+v", len(mails), mails)
	}
	for _, part := range []string{
		"KL-2026-0001: terminas baigėsi 2026\u00a0m. lapkričio 24\u00a0d., antradienį (terminas pagal chartiją).",
		"KL-2026-0001: terminas baigėsi 2026\u00a0m. gruodžio 18\u00a0d., penktadienį (terminas pagal įstatymą, nepatvirtintas nustatymas).",
		"Šis laiškas vėluoja",
	} {
		if strings.Count(mails[0].Plain, part) != 1 {
			t.Errorf("the letter does not say once %q:\n%s", part, mails[0].Plain)
		}
	}
	if strings.Contains(mails[0].Plain, "reikia ne vėliau") {
		t.Error("the letter says that a date is near which has passed")
	}
}

// job runs a job of the desk as the runner does.
func (w *town) job(name string, args any) {
	w.t.Helper()
	raw, err := json.Marshal(args)
	must(w.t, err)
	for _, k := range w.desk.Jobs() {
		if k.Name == name {
			must(w.t, w.db.Write(w.t.Context(), w.realm, func(tx *pg.Tx) error { return k.InTx(w.t.Context(), tx, raw) }))
			return
		}
	}
	w.t.Fatalf("there is no job %s", name)
}
