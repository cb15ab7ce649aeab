package casework_test

import (
	"slices"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Whoever asks for whatever of a case, page, list, search, letters or the person
// behind it, gets one answer, open or finished.
func TestOneAnswerToWhoMayRead(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	other := w.user("jonas@klaipeda.example")
	all := w.officer
	all.Confidential = true
	type made struct {
		number       string
		confidential bool
		assignee     int64
	}
	var cases []made
	for _, done := range []bool{false, true} {
		for _, confidential := range []bool{false, true} {
			for _, assignee := range []int64{0, w.officer.User, other.User} {
				f := w.filing(casework.Signal)
				f.Confidential, f.Title = confidential, "Slaptas dalykas"
				r, err := w.submit(f)
				must(t, err)
				if assignee != 0 {
					w.ok(func(town *casework.Town, tx *pg.Tx) error {
						return town.Assign(t.Context(), tx, all, ref(r), casework.Assignment{Assignee: assignee})
					})
				}
				if done {
					w.ok(func(town *casework.Town, tx *pg.Tx) error {
						return town.Reply(t.Context(), tx, all, ref(r), casework.Message{Text: "Sutvarkyta."})
					})
				}
				cases = append(cases, made{r.Case.Number, confidential, assignee})
			}
		}
	}
	nobody, seesAll := casework.Officer{Actor: w.officer.Actor}, all
	seesAll.User = 0
	asked := 0
	w.ok(func(town *casework.Town, tx *pg.Tx) error {
		for _, who := range []casework.Officer{w.officer, other, nobody, all, seesAll} {
			lines, _, err := town.Inbox(t.Context(), tx, who, casework.Filter{}, casework.Cursor{})
			must(t, err)
			finished, _, err := town.Done(t.Context(), tx, who, casework.Filter{}, casework.Cursor{})
			must(t, err)
			lines = append(lines, finished...)
			found, _, err := town.Search(t.Context(), tx, who, "slaptas")
			must(t, err)
			var numbers []string
			for _, c := range cases {
				numbers = append(numbers, c.number)
			}
			hidden, err := casework.Hidden(t.Context(), tx, who, append(numbers, "KL-2026-9999", "reminders"))
			must(t, err)
			for _, c := range cases {
				may := !c.confidential || who.Confidential || who.User != 0 && who.User == c.assignee
				at := slices.IndexFunc(lines, func(l casework.Line) bool { return l.Number == c.number })
				if at < 0 {
					t.Fatalf("%s is in no list", c.number)
				}
				_, err := casework.Peek(t.Context(), tx, who, c.number)
				_, person := casework.PersonOf(t.Context(), tx, who, w.find(c.number))
				for asks, got := range map[string]bool{
					"page": err == nil, "person": person == nil, "list": !lines[at].Hidden, "title": lines[at].Title != "",
					"search":  slices.ContainsFunc(found, func(l casework.Line) bool { return l.Number == c.number }),
					"letters": !hidden[c.number],
				} {
					if asked++; got != may {
						t.Errorf("%s of %+v for %+v: %v, want %v", asks, c, who, got, may)
					}
				}
				if err != nil && !fault.Is(err, fault.Forbidden) {
					t.Error(err)
				}
			}
			if hidden["KL-2026-9999"] || hidden["reminders"] {
				t.Error("what is no case is hidden")
			}
		}
		return nil
	})
	if asked != 5*12*6 {
		t.Errorf("asked %d times", asked)
	}
}

// An officer is who may handle cases; a role that is gone takes them away at once.
func TestAnOfficerIsWhoMayHandleCases(t *testing.T) {
	for _, c := range []struct {
		roles []access.Role
		stage access.Stage
		want  casework.Officer
	}{
		{[]access.Role{access.Officer}, access.StageFull, casework.Officer{User: 7}},
		{[]access.Role{access.Administrator}, access.StageFull, casework.Officer{User: 7, Confidential: true}},
		{[]access.Role{access.Viewer, access.Auditor}, access.StageFull, casework.Officer{}},
		{[]access.Role{access.Administrator}, access.StageCode, casework.Officer{}},
	} {
		got := casework.OfficerOf(access.Principal{User: 7, Roles: c.roles, Stage: c.stage})
		if got != c.want {
			t.Errorf("%v at stage %v: %+v, want %+v", c.roles, c.stage, got, c.want)
		}
	}
}
