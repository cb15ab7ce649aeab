package access_test

import (
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

func (h *house) invite(p person) (m access.Mail, err error) {
	err = h.write(func(tx *pg.Tx) (err error) {
		m, err = h.gate.Invite(h.t.Context(), tx, audit.Operator(), p.ID)
		return err
	})
	return m, err
}

func (h *house) accept(p person, t access.Token) error {
	np := h.prepare(access.HolderOfUser(p.User), goodPassword)
	return h.write(func(tx *pg.Tx) error { return h.gate.Accept(h.t.Context(), tx, t, np) })
}

// ask goes both steps of a forgotten password: the page's and the job's.
func (h *house) ask(email string) (m access.Mail, sent bool) {
	h.t.Helper()
	var r access.Request
	h.do(func(tx *pg.Tx) (err error) { r, err = h.gate.AskReset(h.t.Context(), tx, email, "client"); return err })
	if r.ID == 0 {
		h.t.Errorf("%s: no request to make a job of", email)
	}
	h.do(func(tx *pg.Tx) (err error) { m, sent, err = h.gate.WriteReset(h.t.Context(), tx, r); return err })
	return m, sent
}

func (h *house) reset(p person, t access.Token, password string) error {
	np := h.prepare(access.HolderOfUser(p.User), password)
	return h.write(func(tx *pg.Tx) error { return h.gate.Reset(h.t.Context(), tx, t, np) })
}

func TestInvitation(t *testing.T) {
	h := newHouse(t)
	ona := h.add("ona@town.lt", access.Officer)
	first, err := h.invite(ona)
	must(t, err)
	if first.To != ona.Email || first.Lang != "lt" || first.Name != ona.Name || first.Purpose != access.ForInvite || first.ExpiresAt.Sub(h.clock.read()) != 7*24*time.Hour {
		t.Errorf("the mail %+v", first)
	}
	second, err := h.invite(ona)
	must(t, err)
	look := func(token access.Token, purpose access.Purpose) error {
		return h.write(func(tx *pg.Tx) error { _, err := h.gate.LookHolder(t.Context(), tx, token, purpose); return err })
	}
	wants(t, look(first.Token, access.ForInvite), fault.Gone, access.KeyLinkOver)
	must(t, look(second.Token, access.ForInvite))
	wants(t, look(second.Token, access.ForReset), fault.Gone, access.KeyLinkOver)
	wants(t, h.reset(ona, second.Token, goodPassword), fault.Gone, access.KeyLinkOver)
	wants(t, h.accept(ona, "nonsense"), fault.Gone, access.KeyLinkOver)
	if err := h.accept(h.add("jonas@town.lt", access.Officer), second.Token); err == nil || fault.Is(err, fault.Gone) {
		t.Errorf("a password prepared for somebody else: %v", err)
	}
	other := h.in(town("bb"))
	wants(t, other.accept(ona, second.Token), fault.Gone, access.KeyLinkOver)
	h.pass(7*24*time.Hour - time.Second)
	must(t, h.accept(ona, second.Token))
	wants(t, h.accept(ona, second.Token), fault.Gone, access.KeyLinkOver)
	_, err = h.invite(ona)
	wants(t, err, fault.Conflict, access.KeyAccepted)
	ona.password = goodPassword
	h.logIn(ona)
}

// An invitation that ran out, and an account that is disabled, are not revived by
// asking for a new password; nobody is told so.
func TestResetRevivesNothing(t *testing.T) {
	h := newHouse(t)
	ona := h.add("ona@town.lt", access.Officer)
	m, err := h.invite(ona)
	must(t, err)
	h.pass(7 * 24 * time.Hour)
	wants(t, h.accept(ona, m.Token), fault.Gone, access.KeyLinkOver)
	jonas := h.member("jonas@town.lt", access.Officer)
	h.do(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, audit.Operator(), jonas.ID, 1) })
	for _, email := range []string{ona.Email, jonas.Email, "nobody@town.lt", "", "\xff"} {
		if _, sent := h.ask(email); sent {
			t.Errorf("%q: a link for a new password was made", email)
		}
	}
	_, err = h.invite(jonas)
	wants(t, err, fault.Conflict, access.KeyDisabled)
}

// A new password by mail: the link works once and for an hour, every session
// ends, other links are void, and the second factor stays.
func TestReset(t *testing.T) {
	h := newHouse(t)
	ona, token := h.enrol(h.member("ona@town.lt", access.Officer))
	for range 6 {
		must(t, h.knock(ona.Email, "guesser"))
	}
	if _, err := h.prove(ona.Email, goodPassword, "client"); !fault.Is(err, fault.TooMany) {
		t.Fatalf("the door is open: %v", err)
	}
	late, sent := h.ask("ONA@town.lt")
	if !sent || late.To != ona.Email || late.ExpiresAt.Sub(h.clock.read()) != time.Hour {
		t.Fatalf("the mail %+v", late)
	}
	m, _ := h.ask(ona.Email)
	wants(t, h.reset(ona, late.Token, "kitas ilgas žodis"), fault.Gone, access.KeyLinkOver)
	must(t, h.reset(ona, m.Token, "kitas ilgas žodis"))
	wants(t, h.reset(ona, m.Token, "kitas ilgas žodis"), fault.Gone, access.KeyLinkOver)
	h.signedOut(token, "the password was set anew")
	ona.password = "kitas ilgas žodis"
	if p := h.principal(h.logIn(ona)); p.Stage != access.StageCode {
		t.Errorf("after a reset the second factor is not asked for: stage %s", p.Stage)
	}
	h.pass(25 * time.Hour)
	late, _ = h.ask(ona.Email)
	h.pass(time.Hour)
	wants(t, h.reset(ona, late.Token, goodPassword), fault.Gone, access.KeyLinkOver)
}

// The same link followed by several at once works for one.
func TestLinksAreUsedOnceInParallel(t *testing.T) {
	h := newHouse(t)
	ona := h.add("ona@town.lt", access.Officer)
	m, err := h.invite(ona)
	must(t, err)
	np := h.prepare(access.HolderOfUser(ona.User), goodPassword)
	var went atomic.Int64
	together(6, func(int) {
		err := h.write(func(tx *pg.Tx) error { return h.gate.Accept(t.Context(), tx, m.Token, np) })
		switch {
		case err == nil:
			went.Add(1)
		case !fault.Is(err, fault.Gone):
			t.Error(err)
		}
	})
	if went.Load() != 1 {
		t.Errorf("one link worked %d times", went.Load())
	}
}

// A job that runs twice, or too late, mails once, or nothing.
func TestRequestsAreTakenUpOnce(t *testing.T) {
	h := newHouse(t)
	h.member("ona@town.lt", access.Officer)
	ask := func() (r access.Request) {
		h.do(func(tx *pg.Tx) (err error) {
			r, err = h.gate.AskReset(t.Context(), tx, "ona@town.lt", "client")
			return err
		})
		return r
	}
	write := func(r access.Request) (sent bool) {
		h.do(func(tx *pg.Tx) (err error) { _, sent, err = h.gate.WriteReset(t.Context(), tx, r); return err })
		return sent
	}
	r := ask()
	if !write(r) || write(r) {
		t.Error("one request is one mail")
	}
	if write(access.Request{ID: r.ID + 1}) {
		t.Error("a request that there is not was mailed") // the link itself has that number
	}
	r = ask()
	h.pass(time.Hour)
	if write(r) {
		t.Error("a request of an hour ago was mailed")
	}
}

// Nobody's mailbox is filled, and nobody learns by the time who has one.
func TestAskingIsPacedAndTellsNothing(t *testing.T) {
	h := newHouse(t)
	emails := []string{h.member("ona@town.lt", access.Officer).Email, "nobody@town.lt"}
	ask := func(email, client string) error {
		return h.write(func(tx *pg.Tx) error { _, err := h.gate.AskReset(t.Context(), tx, email, client); return err })
	}
	for _, email := range emails {
		for range 3 {
			must(t, ask(email, "client of "+email))
		}
		wants(t, ask(email, "another"), fault.TooMany, access.KeyTryLater)
	}
	for i := range 10 {
		must(t, ask(string(rune('a'+i))+"@town.lt", "many"))
	}
	wants(t, ask("z@town.lt", "many"), fault.TooMany, access.KeyTryLater)
	sameTime(t, "asking for a new password", 80, emails, 0.4, func(email string) time.Duration {
		h.pass(25 * time.Hour)
		began := time.Now()
		must(t, ask(email, "client"))
		return time.Since(began)
	})
}

func TestEmailChange(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	h.member("jonas@town.lt", access.Officer)
	who := h.principal(h.logIn(ona))
	proof, err := h.prove(ona.Email, goodPassword, "client")
	must(t, err)
	ask := func(email string, proof access.Proof) (m access.Mail, err error) {
		err = h.write(func(tx *pg.Tx) (err error) { m, err = h.gate.AskEmail(t.Context(), tx, who, proof, email); return err })
		return m, err
	}
	confirm := func(token access.Token) (before access.Profile, err error) {
		err = h.write(func(tx *pg.Tx) (err error) { before, err = h.gate.ConfirmEmail(t.Context(), tx, token); return err })
		return before, err
	}
	if _, err = ask("new@town.lt", access.Proof{}); err == nil {
		t.Error("asked without the password")
	}
	_, err = ask("not an address", proof)
	wants(t, err, fault.Invalid, access.KeyEmail)
	taken, err := ask("JONAS@town.lt", proof)
	must(t, err)
	if taken.To != "JONAS@town.lt" || taken.Purpose != access.ForEmail {
		t.Errorf("the mail %+v", taken)
	}
	_, err = confirm(taken.Token)
	wants(t, err, fault.Gone, access.KeyLinkOver)
	if now := h.user(ona.ID).Email; now != "ona@town.lt" {
		t.Errorf("the address is %s before it was confirmed", now)
	}
	m, err := ask("ona.onaite@town.lt", proof)
	must(t, err)
	if sent, _ := h.ask(ona.Email); sent.Token != "" {
		wants(t, h.accept(ona, sent.Token), fault.Gone, access.KeyLinkOver)
	}
	before, err := confirm(m.Token)
	if err != nil || before.Email != "ona@town.lt" {
		t.Errorf("confirmed from %s: %v", before.Email, err)
	}
	_, err = confirm(m.Token)
	wants(t, err, fault.Gone, access.KeyLinkOver)
	ona.Email = "ona.onaite@town.lt"
	h.logIn(ona)
	if out, err := h.tryLogIn("ona@town.lt", goodPassword, "client"); err != nil || out.Refusal == nil {
		t.Errorf("the old address still lets in: %v", err)
	}
}

// A password given by the operator lets in as far as the page for a new one.
func TestOneTimePassword(t *testing.T) {
	h := newHouse(t)
	ona := h.add("ona@town.lt", access.Officer)
	ona.password = access.OneTimePassword()
	h.do(func(tx *pg.Tx) error {
		_, err := h.gate.GivePassword(t.Context(), tx, audit.Operator(), ona.ID, h.prepare(access.HolderOfUser(ona.User), ona.password))
		return err
	})
	p := h.principal(h.logIn(ona))
	if p.Stage != access.StagePassword || p.Can(access.CaseRead) {
		t.Fatalf("with a one-time password: stage %s", p.Stage)
	}
	change := func(old, password string) (out access.Outcome, err error) {
		proof, err := h.prove(ona.Email, old, "client")
		must(t, err)
		np := h.prepare(access.HolderOf(p), password)
		err = h.write(func(tx *pg.Tx) (err error) {
			out, err = h.gate.ChangePassword(t.Context(), tx, p, proof, np)
			return err
		})
		return out, err
	}
	_, err := change("ne tas slaptažodis", goodPassword)
	wants(t, err, fault.Invalid, access.KeyWrong)
	_, err = change(ona.password, ona.password)
	wants(t, err, fault.Invalid, access.KeyPasswordSame)
	out, err := change(ona.password, goodPassword)
	must(t, err)
	if now := h.principal(out.Token); out.Stage != access.StageFull || !now.Can(access.CaseRead) {
		t.Errorf("after the change: stage %s", out.Stage)
	}
	if out, err := h.tryLogIn(ona.Email, ona.password, "client"); err != nil || out.Refusal == nil {
		t.Errorf("the one-time password worked again: %v", err)
	}
	if err := h.write(func(tx *pg.Tx) error {
		return h.gate.SetLastingPassword(t.Context(), tx, audit.Operator(), ona.ID, h.prepare(access.HolderOfUser(ona.User), goodPassword))
	}); err == nil {
		t.Error("outside a demonstration a lasting password was set")
	}
}
