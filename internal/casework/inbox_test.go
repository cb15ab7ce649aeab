package casework_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// received registers a case that came on a day.
func (w *town) received(kind, on string) casework.Receipt {
	w.t.Helper()
	var r casework.Receipt
	w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
		r, err = town.Register(w.t.Context(), tx, w.officer, w.filing(kind), casework.Arrival{Channel: "email", ReceivedOn: day(w.t, on)})
		return err
	})
	return r
}

func (w *town) inbox(f casework.Filter) (rows []string) {
	w.t.Helper()
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		lines, _, err := town.Inbox(w.t.Context(), tx, w.officer, f, casework.Cursor{})
		for _, l := range lines {
			rows = append(rows, strings.TrimPrefix(l.Number, "KL-2026-00")+" "+string(l.Group))
		}
		return err
	})
	return rows
}

// By the nearest date, the overdue ones first; what waits for the submitter and
// what has no term come last.
func TestTheInboxIsInOrder(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.received(casework.Complaint, "2026-11-18") // 01: 16 December
	w.received(casework.Praise, "2026-11-20")    // 02: no term
	w.received(casework.Question, "2026-11-18")  // 03: today by the charter
	w.received(casework.Question, "2026-11-20")  // 04: 24 November
	w.received(casework.Question, "2026-11-16")  // 05: 18 November, late
	waits := w.received(casework.Question, "2026-11-10")
	w.received(casework.Complaint, "2026-10-19") // 07: 17 November, later still
	done := w.received(casework.Question, "2026-11-20")
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Ask(t.Context(), tx, w.officer, ref(waits), "Kur?")
	})
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, ref(done), casework.Message{Text: "Taip"})
	})
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		return town.Take(t.Context(), tx, w.officer, casework.Ref{Number: "KL-2026-0004"})
	})
	want := []string{"07 overdue", "05 overdue", "03 today", "04 soon", "01 later", "06 stopped", "02 no_term"}
	if got := w.inbox(casework.Filter{}); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	for name, c := range map[string]struct {
		f    casework.Filter
		want []string
	}{
		"overdue":   {casework.Filter{Group: casework.GroupOverdue}, []string{"07 overdue", "05 overdue"}},
		"kind":      {casework.Filter{Kind: casework.Complaint}, []string{"07 overdue", "01 later"}},
		"state":     {casework.Filter{State: casework.Waiting}, []string{"06 stopped"}},
		"mine":      {casework.Filter{Assignee: casework.Whose{User: w.officer.User}}, []string{"04 soon"}},
		"nobody's":  {casework.Filter{Assignee: casework.Whose{Nobody: true}, Kind: casework.Praise}, []string{"02 no_term"}},
		"no such":   {casework.Filter{Department: "x"}, nil},
		"group and": {casework.Filter{Group: casework.GroupSoon, Kind: casework.Complaint}, nil},
	} {
		if got := w.inbox(c.f); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		n, err := town.Counters(t.Context(), tx, w.officer)
		if want := (casework.Counters{Open: 7, Mine: 1, Overdue: 2, Today: 1, Soon: 1, Waiting: 1, Unassigned: 6, Done: 1}); err != nil || n != want {
			t.Errorf("counters %+v, %v", n, err)
		}
		groups, err := town.GroupCounts(t.Context(), tx, casework.Filter{})
		if want := map[casework.Group]casework.Count{"overdue": 2, "today": 1, "soon": 1, "later": 1, "stopped": 1, "no_term": 1}; err != nil || !maps.Equal(groups, want) {
			t.Errorf("groups %v, %v", groups, err)
		}
		finished, more, err := town.Done(t.Context(), tx, w.officer, casework.Filter{}, casework.Cursor{})
		if err != nil || more || len(finished) != 1 || finished[0].Number != done.Case.Number {
			t.Errorf("finished %+v %v", finished, err)
		}
		return nil
	})
}

// Page by page each case comes once, however many have the same date.
func TestTheInboxIsPaged(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	const cases = 120
	for range cases {
		w.filed(casework.Complaint)
	}
	seen := map[string]bool{}
	pages := 0
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		var after casework.Cursor
		for more := true; more; pages++ {
			var lines []casework.Line
			var err error
			if lines, more, err = town.Inbox(t.Context(), tx, w.officer, casework.Filter{}, after); err != nil {
				return err
			}
			for _, l := range lines {
				if seen[l.Number] {
					t.Errorf("%s comes twice", l.Number)
				}
				seen[l.Number] = true
			}
			after = lines[len(lines)-1].After()
		}
		return nil
	})
	if len(seen) != cases || pages != 3 {
		t.Errorf("%d cases on %d pages", len(seen), pages)
	}
}

func TestSearch(t *testing.T) {
	h := open(t)
	lt, bg := h.in(t, "klaipeda"), h.in(t, "peshtera")
	file := func(w *town, title, body string) string {
		f := w.filing(casework.Signal)
		f.Title, f.Body = title, body
		r, err := w.submit(f)
		must(t, err)
		return r.Case.Number
	}
	lamp := file(lt, "Nedega žibintai Liepų gatvėje", "Jau savaitę tamsu.")
	tree := file(lt, "Nugenėti medį", "Šakos kliudo žibintui.")
	hole := file(bg, "Дупки по улицата", "Пред училището, вече месец.")
	for _, c := range []struct {
		w     *town
		typed string
		want  []string
	}{
		{lt, lamp, []string{lamp}}, {lt, "1", []string{lamp}}, {lt, "kl 2026 2", []string{tree}}, {lt, "2026/0002", []string{tree}},
		{lt, "žibintas", []string{lamp, tree}}, {lt, "zibintai", []string{lamp, tree}}, {lt, "medžiai šakos", nil}, {lt, "medis", []string{tree}},
		{lt, "liepų gatvė", []string{lamp}}, {lt, "fontanas", nil}, {lt, "", nil}, {lt, "& | ! ( :* '", nil}, {lt, "\x00", nil},
		{bg, "дупка", []string{hole}}, {bg, "улицата", []string{hole}}, {bg, "УЧИЛИЩЕ", []string{hole}}, {bg, "ПЩ-2026-0001", []string{hole}},
		{bg, "газ", nil}, {bg, strings.Repeat("а", 5000), nil}, {bg, strings.Repeat("а ", 500), nil},
	} {
		var got []string
		c.w.ok(func(town *casework.Town, tx *pg.Tx) error {
			lines, _, err := town.Search(t.Context(), tx, c.w.officer, c.typed)
			for _, l := range lines {
				got = append(got, l.Number)
			}
			return err
		})
		if !slices.Equal(got, c.want) {
			t.Errorf("%.40q: got %v, want %v", c.typed, got, c.want)
		}
	}
}

// Two officers act on what both have seen: the second is told, and nothing of
// theirs is written.
func TestTheSecondOfTwoIsTold(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Complaint)
	seen := casework.Ref{Number: r.Case.Number, Version: w.find(r.Case.Number).Version}
	w.ok(func(town *casework.Town, tx *pg.Tx) error { return town.Take(t.Context(), tx, w.officer, seen) })
	before := w.traces(r)
	err := w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Reply(t.Context(), tx, w.officer, seen, casework.Message{Text: "Per vėlai"})
	})
	refused(t, err, fault.Conflict, "", casework.KeyChangedMeanwhile)
	// Both have read before either writes: the row itself decides.
	err = w.write(func(town *casework.Town, tx *pg.Tx) error {
		c, err := casework.Find(t.Context(), tx, r.Case.Number)
		if err != nil {
			return err
		}
		w.ok(func(other *casework.Town, tx *pg.Tx) error {
			return other.Note(t.Context(), tx, w.officer, ref(r), casework.Message{Text: "Tuo metu"})
		})
		return casework.Save(t.Context(), tx, c)
	})
	refused(t, err, fault.Conflict, "", casework.KeyChangedMeanwhile)
	if after := w.traces(r); after.Entries != before.Entries+1 || after.Version != before.Version+1 {
		t.Errorf("left %+v after %+v", after, before)
	}
	// What a citizen adds contradicts nothing and is taken.
	must(t, w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Add(t.Context(), tx, p, casework.Message{Text: "Dar"})
	}))
}

// Departments are the town's own; cases are given to those and to people who may
// handle them.
func TestCasesAreGivenToThoseWhoHandleThem(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		return tenant.Set(t.Context(), tx, w.officer.Actor, "departments", []tenant.Department{
			{Key: "roads", Title: i18n.Text{"lt": "Miesto tvarkymo skyrius", "en": "City maintenance"}},
		})
	})
	r := w.filed(casework.Complaint)
	assign := func(a casework.Assignment) error {
		return w.write(func(town *casework.Town, tx *pg.Tx) error { return town.Assign(t.Context(), tx, w.officer, ref(r), a) })
	}
	refused(t, assign(casework.Assignment{Department: "schools"}), fault.Invalid, "department", casework.KeyNoDepartment)
	refused(t, assign(casework.Assignment{Assignee: 999}), fault.Invalid, "assignee", casework.KeyNoHandler)
	other := w.user("jonas@klaipeda.example")
	must(t, assign(casework.Assignment{Department: "roads", Assignee: other.User}))
	if c := w.find(r.Case.Number); c.Department != "roads" || c.Assignee != other.User || c.State != casework.Received {
		t.Errorf("%+v", c)
	}
	if got := w.inbox(casework.Filter{Department: "roads"}); len(got) != 1 {
		t.Errorf("the department's inbox: %v", got)
	}
	w.job("casework.announce", map[string]any{"case": r.Case.ID, "news": "assigned"})
	mails := w.mails()
	if last := mails[len(mails)-1]; last.To != "jonas@klaipeda.example" || last.Subject != fmt.Sprintf("Jums paskirtas kreipimasis %s", r.Case.Number) {
		t.Errorf("%s to %s", last.Subject, last.To)
	}
}
