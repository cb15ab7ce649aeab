package casework_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/provision"
	"charterhouse/tenants"
)

// samples reads the made-up cases of a town of the program.
func (w *town) samples(slug string) casework.Samples {
	w.t.Helper()
	dir, err := fs.Sub(tenants.Files, slug)
	must(w.t, err)
	words, err := catalog()
	must(w.t, err)
	langs := []string{"bg", "en"}
	if slug == "klaipeda" || slug == "varena" {
		langs = []string{"lt", "en"}
	}
	all, problems := provision.LoadCases(dir, langs, func(key string, args map[string]any) string { return words.Say("en", i18n.Key(key), args) })
	for _, p := range problems {
		w.t.Error(p)
	}
	if len(all.Cases) < 12 {
		w.t.Fatalf("%s has %d sample cases", slug, len(all.Cases))
	}
	return all
}

func (w *town) load(all casework.Samples) (n int) {
	w.t.Helper()
	w.ok(func(t *casework.Town, tx *pg.Tx) (err error) {
		n, err = t.LoadSamples(w.t.Context(), tx, []casework.Officer{w.officer, w.officer}, all)
		return err
	})
	return n
}

// Whenever the samples are loaded, every step is allowed by the rules of the town,
// something is overdue, due today and due within the week, and a citizen waits.
func TestSamplesFitAnyDay(t *testing.T) {
	for _, day := range []string{"2026-11-20 09:00", "2026-11-22 03:10", "2027-01-04 08:00", "2028-02-29 12:00"} {
		h := open(t)
		h.set(t, day)
		for _, slug := range []string{"klaipeda", "varena", "chuprene", "peshtera"} {
			t.Run(day+" "+slug, func(t *testing.T) {
				w := h.in(t, slug)
				all := w.samples(slug)
				if n := w.load(all); n != len(all.Cases) {
					t.Fatalf("%d of %d were loaded", n, len(all.Cases))
				}
				w.ok(func(town *casework.Town, tx *pg.Tx) error {
					checkSampleDesk(t, town, tx, all)
					return nil
				})
			})
		}
	}
}

func checkSampleDesk(t *testing.T, town *casework.Town, tx *pg.Tx, all casework.Samples) {
	t.Helper()
	today := town.Today(tx)
	worked := today
	if !town.Calendar.IsWorking(worked) {
		worked = town.Calendar.Next(worked)
	}
	week := worked
	for range 6 {
		week = town.Calendar.Next(week)
	}
	states := map[casework.State]int{}
	var overdue, soon, rated, extended int
	for _, one := range all.Cases {
		r, stands, err := town.SampleReceipt(t.Context(), tx, one.Key)
		must(t, err)
		if !stands || !r.Case.Sample {
			t.Fatalf("%s stands: %v, %+v", one.Key, stands, r.Case)
		}
		c, p := r.Case, r.Pin
		states[c.State]++
		terms, err := town.PinFor(c.Kind, c.Channel, c.ReceivedOn, c.Outside)
		must(t, err)
		if p.Law != nil && p.Law.Due() != terms.Law.Due() || p.Own != nil && p.Own.Due() != terms.Own.Due() {
			t.Errorf("%s has other dates than its rule gives", one.Key)
		}
		due := c.Due()
		switch {
		case c.Late(today):
			overdue++
		case c.State.Open() && !c.Stopped && !due.IsZero() && due <= week:
			soon++
		}
		if one.Due != nil && *one.Due == 0 && due > worked {
			t.Errorf("%s is due on %s, not today", one.Key, due)
		}
		if c.Score > 0 {
			rated++
		}
		if !c.ExtendedTo.IsZero() {
			extended++
		}
		checkOrder(t, tx, one.Key, c)
	}
	if overdue == 0 || soon < 2 || rated < 3 || extended == 0 {
		t.Errorf("overdue %d, soon %d, rated %d, extended %d", overdue, soon, rated, extended)
	}
	for _, s := range casework.States() {
		if states[s] == 0 && s != casework.Waiting && s != casework.Answered {
			t.Errorf("no sample is %s: %v", s, states)
		}
	}
}

// checkOrder wants the timeline in its order, in the past, and at a bearable hour
// where the desk worked.
func checkOrder(t *testing.T, tx *pg.Tx, key string, c *casework.Case) {
	t.Helper()
	events, err := casework.Timeline(t.Context(), tx, c, casework.Staff)
	must(t, err)
	zone, err := time.LoadLocation("Europe/Vilnius")
	must(t, err)
	var last time.Time
	for _, e := range events {
		if e.At.Before(last) && !e.DayOnly || e.At.After(tx.Now) {
			t.Errorf("%s: %s at %s after %s, now %s", key, e.Action, e.At, last, tx.Now)
		}
		last = e.At
		if h := e.At.In(zone).Hour(); e.Party == casework.Staff && !e.DayOnly && (h < 8 || h > 18) {
			t.Errorf("%s: the desk worked at %s", key, e.At.In(zone))
		}
	}
}

// A second loading adds nothing; samples send nothing; taken away, nothing that
// anybody wrote in them is anywhere in the town, its own cases are as they were,
// and the chain of records holds.
func TestSamplesComeOnceAndGoWhole(t *testing.T) {
	for _, slug := range []string{"klaipeda", "peshtera"} {
		t.Run(slug, func(t *testing.T) {
			w := open(t).in(t, slug)
			own := w.filed(casework.Complaint)
			before, letters := w.dump(), len(w.mails())
			all := w.samples(slug)
			canaries := plant(all)
			if n := w.load(all); n != len(all.Cases) {
				t.Fatalf("%d were loaded", n)
			}
			if n := w.load(all); n != 0 {
				t.Errorf("a second loading added %d", n)
			}
			dump := w.dump()
			for _, entry := range strings.Split(strings.TrimPrefix(dump["audit_entries"], before["audit_entries"]+"\n"), "\n") {
				if !strings.Contains(entry, "2026-11-20") {
					t.Fatalf("the chain says that a sample was entered on another day: %s", entry)
				}
			}
			if strings.Count(dump["jobs"], "casework.announce") != strings.Count(before["jobs"], "casework.announce") {
				t.Error("the desk is to be told of samples")
			}
			seen := strings.Join(values(dump), "\n")
			for _, c := range canaries {
				if !strings.Contains(seen, c) {
					t.Errorf("the dump does not see %s", c)
				}
			}
			w.job("casework.remind", struct{}{})
			if n := len(w.mails()); n != letters {
				t.Errorf("%d letters were written about samples", n-letters)
			}
			w.ok(func(_ *casework.Town, tx *pg.Tx) error {
				n, _, err := casework.RemoveSamples(t.Context(), tx, audit.Operator())
				if n != len(all.Cases) {
					t.Errorf("%d were removed", n)
				}
				return err
			})
			for table, content := range w.dump() {
				if strings.Contains(content, "CNRY") {
					t.Errorf("%s still holds what a sample said", table)
				}
				if strings.HasPrefix(table, "case") && table != "case_counters" && table != "case_rules" && table != "case_reminders" && content != before[table] {
					t.Errorf("%s was\n%s\nand is\n%s", table, before[table], content)
				}
			}
			w.ok(func(_ *casework.Town, tx *pg.Tx) error {
				rep, err := audit.Verify(t.Context(), tx)
				if rep.Broken != 0 || rep.Entries < int64(len(all.Cases)) {
					t.Errorf("the chain is broken at %d of %d", rep.Broken, rep.Entries)
				}
				return err
			})
			if c := w.find(own.Case.Number); c.State != casework.Received {
				t.Errorf("the town's own case is %+v", c)
			}
			if n := w.load(all); n != len(all.Cases) {
				t.Errorf("%d were loaded again", n)
			}
		})
	}
}

// plant puts a word into every text of the samples that can be looked for.
func plant(all casework.Samples) (canaries []string) {
	put := func(s *string, name string) {
		if *s != "" {
			*s += " CNRY" + name
			canaries = append(canaries, "CNRY"+name)
		}
	}
	for i := range all.Cases {
		c := &all.Cases[i]
		put(&c.Title, c.Key+"-title")
		put(&c.Body, c.Key+"-body")
		put(&c.Danger, c.Key+"-danger")
		if c.Person != nil {
			put(&c.Person.Name, c.Key+"-name")
			put(&c.Person.Address, c.Key+"-address")
		}
		for j := range c.Steps {
			put(&c.Steps[j].Text, c.Key+"-step"+string(rune('a'+j)))
			put(&c.Steps[j].Institution, c.Key+"-institution"+string(rune('a'+j)))
		}
	}
	return canaries
}

func values(m map[string]string) (all []string) {
	for _, v := range m {
		all = append(all, v)
	}
	return all
}
