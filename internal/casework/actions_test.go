package casework_test

import (
	"context"
	"slices"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// doing does one action on a case: well, or with nothing filled in.
type doing func(w *town, r casework.Receipt, filled bool) error

// text is what was typed, or nothing.
func text(filled bool) string {
	if filled {
		return "Нещо написано"
	}
	return ""
}

func byOfficer(do func(*casework.Town, context.Context, *pg.Tx, casework.Officer, casework.Ref, string) error) doing {
	return func(w *town, r casework.Receipt, filled bool) error {
		return w.write(func(t *casework.Town, tx *pg.Tx) error {
			return do(t, w.t.Context(), tx, w.officer, ref(r), text(filled))
		})
	}
}

func bySubmitter(do func(*casework.Town, context.Context, *pg.Tx, casework.Pass, string) error) doing {
	return func(w *town, r casework.Receipt, filled bool) error {
		return w.pass(r, func(t *casework.Town, tx *pg.Tx, p casework.Pass) error {
			return do(t, w.t.Context(), tx, p, text(filled))
		})
	}
}

type (
	town_   = casework.Town
	ctx_    = context.Context
	tx_     = pg.Tx
	officer = casework.Officer
	ref_    = casework.Ref
)

// actions does everything the table knows, but begin a case.
func actions(t *testing.T) map[casework.Party]map[casework.Action]doing {
	ask := func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error { return t.Ask(ctx, tx, o, r, s) }
	return map[casework.Party]map[casework.Action]doing{
		casework.Staff: {
			casework.ToTake:   byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, _ string) error { return t.Take(ctx, tx, o, r) }),
			casework.ToAsk:    byOfficer(ask),
			casework.ToResume: byOfficer((*town_).Resume),
			casework.ToConfirmDanger: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, _ string) error {
				return t.ConfirmDanger(ctx, tx, o, r)
			}),
			casework.ToRefuseDanger: byOfficer((*town_).RefuseDanger),
			casework.ToReopen:       byOfficer((*town_).Reopen),
			casework.ToWithdraw:     byOfficer((*town_).WithdrawFor),
			casework.ToClose:        byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, _ string) error { return t.Close(ctx, tx, o, r) }),
			casework.ToProtect: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, _ string) error {
				return t.Protect(ctx, tx, o, r, false)
			}),
			casework.ToAssign: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, _ string) error {
				return t.Assign(ctx, tx, o, r, casework.Assignment{Assignee: o.User})
			}),
			casework.ToNote: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error {
				return t.Note(ctx, tx, o, r, casework.Message{Text: s})
			}),
			casework.ToAdd: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error {
				return t.AddFor(ctx, tx, o, r, casework.Message{Text: s})
			}),
			casework.ToReply: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error {
				return t.Reply(ctx, tx, o, r, casework.Message{Text: s})
			}),
			casework.ToForward: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error {
				return t.Refer(ctx, tx, o, r, casework.Referring{Institution: s})
			}),
			casework.ToDecline: byOfficer(func(t *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error {
				if s != "" {
					s = "repeated"
				}
				return t.Decline(ctx, tx, o, r, casework.Declining{Ground: s})
			}),
			casework.ToExtend: byOfficer(func(town *town_, ctx ctx_, tx *tx_, o officer, r ref_, s string) error {
				x := casework.Extending{Reasons: s}
				if s != "" {
					x.Final = day(t, "2027-01-08")
				}
				return town.Extend(ctx, tx, o, r, x)
			}),
		},
		casework.Submitter: {
			casework.ToWithdraw: bySubmitter((*town_).Withdraw),
			casework.ToRespond: bySubmitter(func(t *town_, ctx ctx_, tx *tx_, p casework.Pass, s string) error {
				return t.Respond(ctx, tx, p, casework.Message{Text: s})
			}),
			casework.ToAdd: bySubmitter(func(t *town_, ctx ctx_, tx *tx_, p casework.Pass, s string) error {
				return t.Add(ctx, tx, p, casework.Message{Text: s})
			}),
			casework.ToRate: bySubmitter(func(t *town_, ctx ctx_, tx *tx_, p casework.Pass, s string) error {
				return t.Rate(ctx, tx, p, casework.Rating{Score: min(len(s), 4)})
			}),
		},
	}
}

// caseIn makes a case that is in the state, and fit for the action otherwise.
func (w *town) caseIn(t *testing.T, s casework.State, do casework.Action, acts map[casework.Action]doing) casework.Receipt {
	t.Helper()
	f := w.filing(casework.Complaint)
	if do == casework.ToClose && s.Open() {
		f.Kind = casework.Praise
	}
	if do == casework.ToConfirmDanger || do == casework.ToRefuseDanger {
		f = anonymous(f)
		f.Danger = "Изтича газ."
	}
	r, err := w.submit(f)
	must(t, err)
	way := map[casework.State][]casework.Action{
		casework.InProgress: {casework.ToTake}, casework.Waiting: {casework.ToAsk}, casework.Answered: {casework.ToReply},
		casework.Forwarded: {casework.ToForward}, casework.Declined: {casework.ToDecline}, casework.Withdrawn: {casework.ToWithdraw},
		casework.Closed: {casework.ToForward, casework.ToClose},
	}
	for _, step := range way[s] {
		must(t, acts[step](w, r, true))
	}
	return r
}

// traces counts what an action leaves behind.
type traces struct{ Entries, Events, Marks, Version int }

func (w *town) traces(r casework.Receipt) (n traces) {
	w.t.Helper()
	must(w.t, w.db.Read(w.t.Context(), w.realm, func(tx *pg.Tx) error {
		return tx.Get(w.t.Context(), &n, `SELECT (SELECT count(*) FROM audit_entries WHERE object = $1) AS entries,
			(SELECT count(*) FROM case_events WHERE case_id = $2) AS events, (SELECT count(*) FROM marks) AS marks,
			(SELECT version FROM cases WHERE id = $2) AS version`, "case/"+r.Case.Number, r.Case.ID)
	}))
	return n
}

// Every action from every state, by everybody: where the table allows it, the
// state is the one it says and exactly one entry, one event and a mark are left;
// where it does not, it is refused and nothing is.
func TestEveryActionInEveryState(t *testing.T) {
	w := open(t).in(t, "peshtera")
	all := actions(t)
	cells, allowed, blank := 0, 0, 0
	for _, line := range casework.Lifecycle() {
		if line.From == nil {
			continue
		}
		for _, by := range line.By {
			do := all[by][line.Do]
			if do == nil {
				t.Fatalf("the test does not know how a %s does %s", by, line.Do)
			}
			for _, s := range casework.States() {
				dangerous := line.Do == casework.ToConfirmDanger || line.Do == casework.ToRefuseDanger
				if dangerous && s != casework.Received && s != casework.InProgress && s != casework.Waiting && s != casework.Forwarded {
					continue // an open claim does not get there
				}
				cells++
				r := w.caseIn(t, s, line.Do, all[casework.Staff])
				before := w.traces(r)
				if !slices.Contains(line.From, s) {
					refused(t, do(w, r, true), fault.Conflict, "", casework.KeyNotInState)
					if after := w.traces(r); after != before {
						t.Errorf("%s from %s by %s was refused and left %+v after %+v", line.Do, s, by, after, before)
					}
					continue
				}
				allowed++
				for _, need := range line.Needs {
					switch need {
					case casework.NeedText, casework.NeedReason, casework.NeedGround, casework.NeedInstitution, casework.NeedNotice, casework.NeedScore:
						blank++
						if err := do(w, r, false); !fault.Is(err, fault.Invalid) {
							t.Errorf("%s from %s by %s without its %s: %v", line.Do, s, by, need, err)
						}
					}
				}
				if err := do(w, r, true); err != nil {
					t.Errorf("%s from %s by %s: %v", line.Do, s, by, err)
					continue
				}
				want := s
				if line.To != "" {
					want = line.To
				}
				if got := w.find(r.Case.Number).State; got != want {
					t.Errorf("%s leads from %s to %s, want %s", line.Do, s, got, want)
				}
				after := w.traces(r)
				if after.Entries != before.Entries+1 || after.Events != before.Events+1 || after.Version != before.Version+1 || after.Marks == before.Marks {
					t.Errorf("%s from %s by %s left %+v after %+v", line.Do, s, by, after, before)
				}
			}
		}
	}
	t.Logf("%d cells, %d allowed, %d blank forms", cells, allowed, blank)
	if allowed < 50 {
		t.Errorf("only %d cells were allowed", allowed)
	}
}
