package access_test

import (
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// A session ends half an hour after its owner was last seen, and after twelve
// hours whatever happens.
func TestSessionsEnd(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	idle := h.logIn(ona)
	h.pass(30*time.Minute - time.Second)
	h.principal(idle)
	h.pass(time.Second)
	h.signedOut(idle, "half an hour idle")

	busy := h.logIn(ona)
	for passed := time.Duration(0); passed < 12*time.Hour; passed += 20 * time.Minute {
		p := h.principal(busy)
		if !p.Touch && passed > 0 {
			t.Fatalf("after %s: not told to write that the owner was seen", passed)
		}
		h.do(func(tx *pg.Tx) error { return access.TouchSession(t.Context(), tx, p) })
		h.pass(20 * time.Minute)
	}
	h.signedOut(busy, "twelve hours after the log-in")
}

// That somebody was seen is written every five minutes and not on every page.
func TestTouchIsRare(t *testing.T) {
	h := newHouse(t)
	token := h.logIn(h.member("ona@town.lt", access.Officer))
	h.pass(5*time.Minute - time.Second)
	if h.principal(token).Touch {
		t.Error("wants to be written after less than five minutes")
	}
	h.pass(time.Second)
	p := h.principal(token)
	if !p.Touch {
		t.Error("does not want to be written after five minutes")
	}
	h.do(func(tx *pg.Tx) error { return access.TouchSession(t.Context(), tx, p) })
	if h.principal(token).Touch {
		t.Error("wants to be written again at once")
	}
}

// What was taken away is gone with the next request.
func TestRevocation(t *testing.T) {
	for name, c := range map[string]struct {
		change func(h *house, p person, who access.Principal) func(*pg.Tx) error
		stays  bool // signed in, with less
	}{
		"role removed": {func(h *house, p person, _ access.Principal) func(*pg.Tx) error {
			return func(tx *pg.Tx) error {
				return access.SetRoles(t.Context(), tx, audit.Operator(), p.ID, 1, []access.Role{access.Viewer})
			}
		}, true},
		"made an administrator without a second factor": {func(h *house, p person, _ access.Principal) func(*pg.Tx) error {
			return func(tx *pg.Tx) error {
				return access.SetRoles(t.Context(), tx, audit.Operator(), p.ID, 1, []access.Role{access.Administrator})
			}
		}, true},
		"disabled": {func(h *house, p person, _ access.Principal) func(*pg.Tx) error {
			return func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, audit.Operator(), p.ID, 1) }
		}, false},
		"sessions ended by an administrator": {func(h *house, p person, _ access.Principal) func(*pg.Tx) error {
			return func(tx *pg.Tx) error { return access.EndSessionsOf(t.Context(), tx, audit.Operator(), p.ID) }
		}, false},
		"password given": {func(h *house, p person, _ access.Principal) func(*pg.Tx) error {
			np := h.prepare(access.HolderOfUser(p.User), "kitas ilgas žodis")
			return func(tx *pg.Tx) error {
				_, err := h.gate.GivePassword(t.Context(), tx, audit.Operator(), p.ID, np)
				return err
			}
		}, false},
		"signed out": {func(h *house, _ person, who access.Principal) func(*pg.Tx) error {
			return func(tx *pg.Tx) error { return access.LogOut(t.Context(), tx, who) }
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.add("boss@town.lt", access.Administrator)
			ona := h.member("ona@town.lt", access.Officer)
			token := h.logIn(ona)
			who := h.principal(token)
			if !who.Can(access.CaseHandle) {
				t.Fatal("an officer may handle cases")
			}
			h.do(c.change(h, ona, who))
			if !c.stays {
				h.signedOut(token, name)
				return
			}
			now := h.principal(token)
			if now.Can(access.CaseHandle) {
				t.Errorf("still may handle cases, as %v in stage %s", now.Roles, now.Stage)
			}
			if err := now.Demand(access.CaseHandle); !fault.Is(err, fault.Forbidden) {
				t.Errorf("Demand says %v", err)
			}
		})
	}
}

// Changing the password and the second factor ends all other sessions; the one
// in hand goes on under a new token.
func TestChangesEndOtherSessions(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	here, there := h.logIn(ona), h.logIn(ona)
	proof, err := h.prove(ona.Email, goodPassword, "client")
	must(t, err)
	var out access.Outcome
	h.do(func(tx *pg.Tx) (err error) {
		out, err = h.gate.ChangePassword(t.Context(), tx, h.principal(here), proof, h.prepare(access.HolderOfUser(ona.User), "kitas ilgas žodis"))
		return err
	})
	ona.password = "kitas ilgas žodis"
	h.signedOut(here, "the old token, password changed")
	h.signedOut(there, "another session, password changed")
	h.principal(out.Token)

	there = h.logIn(ona)
	ona, here = h.enrol(ona)
	h.signedOut(there, "another session, second factor set up")
	h.principal(here)

	h.pass(30 * time.Second)
	there = h.logIn(ona)
	second, err := h.show(there, h.code(ona))
	must(t, err)
	proof, err = h.prove(ona.Email, ona.password, "client")
	must(t, err)
	h.do(func(tx *pg.Tx) (err error) {
		out, err = h.gate.DropSecondFactor(t.Context(), tx, h.principal(here), proof)
		return err
	})
	h.signedOut(second.Token, "another session, second factor dropped")
	h.signedOut(here, "the old token, second factor dropped")
	h.principal(out.Token)
}

func TestOwnSessions(t *testing.T) {
	h := newHouse(t)
	ona, jonas := h.member("ona@town.lt", access.Officer), h.member("jonas@town.lt", access.Officer)
	var mine []access.Principal
	for range 3 {
		mine = append(mine, h.principal(h.logIn(ona)))
		h.pass(time.Minute)
	}
	his := h.principal(h.logIn(jonas))
	list := func() (all []access.OpenSession) {
		h.do(func(tx *pg.Tx) (err error) { all, err = access.OwnSessions(t.Context(), tx, mine[0]); return err })
		return all
	}
	all := list()
	if len(all) != 3 || all[0].ID != mine[2].SessionID || all[2].ID != mine[0].SessionID || !all[2].Current || all[0].Current || all[0].Device != "Firefox, Linux" {
		t.Errorf("sessions %+v", all)
	}
	end := func(id int64) error {
		return h.write(func(tx *pg.Tx) error { return access.EndSession(t.Context(), tx, mine[0], id) })
	}
	wants(t, end(his.SessionID), fault.NotFound, access.KeyNoSuchSession)
	wants(t, end(1<<40), fault.NotFound, access.KeyNoSuchSession)
	must(t, end(mine[1].SessionID))
	wants(t, end(mine[1].SessionID), fault.NotFound, access.KeyNoSuchSession)
	if all = list(); len(all) != 2 {
		t.Errorf("%d sessions, want 2", len(all))
	}
	h.do(func(tx *pg.Tx) error {
		n, err := access.EndOtherSessions(t.Context(), tx, mine[0])
		if n != 1 {
			t.Errorf("ended %d others, want 1", n)
		}
		return err
	})
	if all = list(); len(all) != 1 || !all[0].Current {
		t.Errorf("left %+v, want the one in hand", all)
	}
}

// Nobody collects sessions without end: the twenty-first ends the first.
func TestSessionsAreBounded(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	first := h.logIn(ona)
	h.behind(`INSERT INTO t_aa.sessions (user_id, hash, second, device, started_at, seen_at, expires_at)
		SELECT user_id, decode(lpad(to_hex(n), 64, '0'), 'hex'), second, device, started_at, seen_at, expires_at
		FROM t_aa.sessions, generate_series(1, 19) n`)
	h.principal(first)
	last := h.logIn(ona)
	h.signedOut(first, "twenty others")
	h.principal(last)
}

// What was given out in one realm opens nothing in another, not even with the
// row carried over.
func TestTokensOfAnotherRealm(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	token := h.logIn(ona)
	for _, r := range []pg.Realm{town("bb"), pg.Portal()} {
		h.in(r).signedOut(token, "shown in "+r.Name())
	}
	h.behind(`INSERT INTO t_bb.users OVERRIDING SYSTEM VALUE SELECT * FROM t_aa.users`)
	h.behind(`INSERT INTO t_bb.user_profiles SELECT * FROM t_aa.user_profiles`)
	h.behind(`INSERT INTO t_bb.user_secrets SELECT * FROM t_aa.user_secrets`)
	h.behind(`INSERT INTO t_bb.sessions OVERRIDING SYSTEM VALUE SELECT * FROM t_aa.sessions`)
	h.in(town("bb")).signedOut(token, "with its row carried to another town")
	h.principal(token)
	for _, odd := range []access.Token{"", "x", token + "A", token[:42], access.Token(string(token[:42]) + "\x00")} {
		h.signedOut(odd, "a token of the wrong shape")
	}
}

// What is over is removed, and only that.
func TestSweep(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	jonas := h.add("jonas@town.lt", access.Officer)
	h.do(func(tx *pg.Tx) error {
		_, err := h.gate.Invite(t.Context(), tx, audit.Operator(), jonas.ID)
		return err
	})
	h.logIn(ona)
	_, err := h.tryLogIn("nobody@town.lt", "ne tas slaptažodis", "client")
	must(t, err)
	sweep := func() (s access.Swept) {
		h.do(func(tx *pg.Tx) (err error) { s, err = access.Sweep(t.Context(), tx); return err })
		return s
	}
	if s := sweep(); s != (access.Swept{}) {
		t.Errorf("removed %+v at once", s)
	}
	h.pass(25 * time.Hour)
	fresh := h.logIn(ona)
	if s := sweep(); s != (access.Swept{Sessions: 1, Attempts: 1}) { // the client's count was taken up again
		t.Errorf("removed %+v after a day", s)
	}
	h.principal(fresh)
	h.pass(7 * 24 * time.Hour)
	if s := sweep(); s.Links != 1 || s.Sessions != 1 {
		t.Errorf("removed %+v after a week", s)
	}
}
