package access_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// An administrator gets nowhere without a second factor, but in a demonstration.
func TestAdministratorsNeedASecondFactor(t *testing.T) {
	h := newHouse(t)
	boss := h.member("boss@town.lt", access.Administrator)
	token := h.logIn(boss)
	p := h.principal(token)
	if p.Stage != access.StageEnrol || p.Can(access.UsersManage) || p.Can(access.OwnAccount) {
		t.Errorf("in stage %s without a second factor", p.Stage)
	}
	if err := p.Demand(access.OwnAccount); !access.NeedsSignIn(err) {
		t.Errorf("Demand says %v", err)
	}
	h.pass(15 * time.Minute)
	h.signedOut(token, "fifteen minutes before the second step")

	token = h.logIn(boss)
	p = h.principal(token)
	var e access.Enrolment
	h.do(func(tx *pg.Tx) (err error) {
		e, err = h.gate.BeginSecondFactor(t.Context(), tx, p, access.Proof{})
		return err
	})
	if uri := e.URI.Reveal(); !strings.HasPrefix(uri, "otpauth://totp/charterhouse.example:boss@town.lt?") || !strings.Contains(uri, e.Secret.Reveal()) {
		t.Errorf("the app is given %s", uri)
	}
	boss.secret = e.Secret.Reveal()
	var out access.Outcome
	var codes []access.Token
	h.do(func(tx *pg.Tx) (err error) {
		out, codes, err = h.gate.ConfirmSecondFactor(t.Context(), tx, p, h.code(boss))
		return err
	})
	h.signedOut(token, "the token from before the second factor")
	p = h.principal(out.Token)
	if out.Stage != access.StageFull || !p.Can(access.UsersManage) || len(codes) != 10 || p.ExpiresAt.Sub(p.StartedAt) != 12*time.Hour {
		t.Errorf("after enrolling: %+v with %d codes", p, len(codes))
	}

	demo := *h
	demo.gate = h.newGate(access.Options{Key: secretKey(), WithoutSecondFactor: true})
	other := h.member("other@town.lt", access.Administrator)
	if p := demo.principal(demo.logIn(other)); p.Stage != access.StageFull {
		t.Errorf("in a demonstration: stage %s", p.Stage)
	}
}

func TestSecondFactor(t *testing.T) {
	h := newHouse(t)
	ona, enrolled := h.enrol(h.member("ona@town.lt", access.Officer))
	half := h.logIn(ona)
	if p := h.principal(half); p.Stage != access.StageCode || p.Can(access.CaseRead) || p.Can(access.OwnAccount) {
		t.Errorf("with the password alone: stage %s", p.Stage)
	}
	refused := func(code, why string) {
		t.Helper()
		out, err := h.show(half, code)
		must(t, err)
		if out.Refusal == nil || out.Token != "" {
			t.Errorf("%s: let in", why)
			return
		}
		wants(t, out.Refusal, fault.Invalid, access.KeyWrongCode)
		if h.principal(half).Stage != access.StageCode {
			t.Errorf("%s: the stage changed", why)
		}
	}
	refused(h.code(ona), "the code that was used to enrol")
	refused("", "no code")
	refused("12345x", "letters")
	h.pass(time.Minute)
	code := h.code(ona)
	out, err := h.show(half, code[:3]+" "+code[3:])
	must(t, err)
	if out.Refusal != nil || out.Stage != access.StageFull || out.CodesLeft != -1 {
		t.Fatalf("the right code: %+v", out)
	}
	h.signedOut(half, "the token from before the second step")
	h.principal(out.Token)
	half = h.logIn(ona)
	refused(code, "the same code again")
	h.principal(enrolled)
}

// A clock that goes wrong by one step is let pass, by two it is not; and no step
// before one that was used.
func TestCodesOfOtherSteps(t *testing.T) {
	h := newHouse(t)
	ona, _ := h.enrol(h.member("ona@town.lt", access.Officer))
	h.pass(10 * time.Minute)
	at := func(off time.Duration) string {
		shifted := *h
		shifted.clock = &watch{now: h.clock.read().Add(off)}
		return shifted.code(ona)
	}
	for _, c := range []struct {
		off  time.Duration
		goes bool
	}{
		{-time.Minute, false}, {time.Minute, false}, {-30 * time.Second, true}, {-30 * time.Second, false}, {30 * time.Second, true}, {0, false},
	} {
		out, err := h.show(h.logIn(ona), at(c.off))
		must(t, err)
		if let := out.Refusal == nil; let != c.goes {
			t.Errorf("a code %s off: let in %v, want %v", c.off, let, c.goes)
		}
	}
}

// The same code or recovery code shown twice at the same moment lets one in.
func TestCodesAreUsedOnceInParallel(t *testing.T) {
	h := newHouse(t)
	ona, _ := h.enrol(h.member("ona@town.lt", access.Officer))
	h.pass(time.Minute)
	for name, make := range map[string]func() string{
		"of the app": func() string { return h.code(ona) }, "of recovery": ona.recovery[3].Reveal,
	} {
		code := make()
		halves := []access.Token{h.logIn(ona), h.logIn(ona), h.logIn(ona), h.logIn(ona)}
		var let atomic.Int64
		together(len(halves), func(i int) {
			out, err := h.show(halves[i], code)
			if err != nil {
				t.Error(err)
			} else if out.Refusal == nil {
				let.Add(1)
			}
		})
		if let.Load() != 1 {
			t.Errorf("a code %s let %d in", name, let.Load())
		}
		h.pass(25 * time.Hour) // the pace has forgotten the refusals
	}
}

func TestRecoveryCodes(t *testing.T) {
	h := newHouse(t)
	ona, enrolled := h.enrol(h.member("ona@town.lt", access.Officer))
	typed := strings.ToLower(strings.ReplaceAll(ona.recovery[0].Reveal(), "-", " "))
	out, err := h.show(h.logIn(ona), typed)
	must(t, err)
	if out.Refusal != nil || out.CodesLeft != 9 || out.Stage != access.StageFull {
		t.Fatalf("a recovery code: %+v", out)
	}
	again, err := h.show(h.logIn(ona), typed)
	must(t, err)
	if again.Refusal == nil {
		t.Error("a recovery code let in twice")
	}
	proof, err := h.prove(ona.Email, goodPassword, "client")
	must(t, err)
	var fresh []access.Token
	h.do(func(tx *pg.Tx) (err error) {
		fresh, err = h.gate.RenewRecoveryCodes(t.Context(), tx, h.principal(enrolled), proof)
		return err
	})
	if old, err := h.show(h.logIn(ona), ona.recovery[1].Reveal()); err != nil || old.Refusal == nil {
		t.Errorf("a code from before the renewal: %+v %v", old, err)
	}
	if out, err = h.show(h.logIn(ona), fresh[9].Reveal()); err != nil || out.Refusal != nil || out.CodesLeft != 9 {
		t.Errorf("a new code: %+v %v", out, err)
	}
	err = h.write(func(tx *pg.Tx) error {
		_, err := h.gate.RenewRecoveryCodes(t.Context(), tx, h.principal(enrolled), access.Proof{})
		return err
	})
	if err == nil {
		t.Error("codes were renewed without the password")
	}
}

// Six digits are few: after five wrong ones the next waits, for an hour in the
// end, whichever session asks and although the password is right.
func TestCodesArePaced(t *testing.T) {
	h := newHouse(t)
	ona, _ := h.enrol(h.member("ona@town.lt", access.Officer))
	h.pass(time.Minute)
	for i := range 5 {
		out, err := h.show(h.logIn(ona), "000000")
		if err != nil || out.Refusal == nil {
			t.Fatalf("guess %d: %+v %v", i+1, out, err)
		}
	}
	_, err := h.show(h.logIn(ona), h.code(ona))
	wants(t, err, fault.TooMany, access.KeyTryLater)
	h.pass(time.Minute)
	out, err := h.show(h.logIn(ona), h.code(ona))
	if err != nil || out.Refusal != nil {
		t.Errorf("after waiting: %+v %v", out, err)
	}
}

// The same where a second factor is set up: whoever has taken over a session does
// not guess the code of an app that waits to be confirmed.
func TestConfirmingIsPaced(t *testing.T) {
	h := newHouse(t)
	boss := h.member("boss@town.lt", access.Administrator)
	who := h.principal(h.logIn(boss))
	h.do(func(tx *pg.Tx) error {
		e, err := h.gate.BeginSecondFactor(t.Context(), tx, who, access.Proof{})
		boss.secret = e.Secret.Reveal()
		return err
	})
	confirm := func(code string) (out access.Outcome, err error) {
		err = h.write(func(tx *pg.Tx) (err error) {
			out, _, err = h.gate.ConfirmSecondFactor(t.Context(), tx, who, code)
			return err
		})
		return out, err
	}
	for i := range 5 {
		if out, err := confirm("000000"); err != nil || out.Refusal == nil {
			t.Fatalf("guess %d: %+v %v", i+1, out, err)
		}
	}
	_, err := confirm(h.code(boss))
	wants(t, err, fault.TooMany, access.KeyTryLater)
	h.pass(time.Minute)
	if out, err := confirm(h.code(boss)); err != nil || out.Refusal != nil {
		t.Errorf("after waiting: %+v %v", out, err)
	}
}

// Another server key does not know the session; the key before still opens
// second factor and recovery codes.
func TestKeyChange(t *testing.T) {
	h := newHouse(t)
	ona, token := h.enrol(h.member("ona@town.lt", access.Officer))
	h.pass(time.Minute)
	later := *h
	later.gate = h.newGate(access.Options{Key: []byte(strings.Repeat("new", 12)), KeyBefore: secretKey()})
	later.signedOut(token, "another key")
	for _, code := range []string{h.code(ona), ona.recovery[5].Reveal()} {
		if out, err := later.show(later.logIn(ona), code); err != nil || out.Refusal != nil {
			t.Errorf("a code from under the key before: %+v %v", out, err)
		}
	}
	lost := *h
	lost.gate = h.newGate(access.Options{Key: []byte(strings.Repeat("new", 12))})
	if _, err := lost.show(lost.logIn(ona), h.code(ona)); err == nil || !strings.Contains(err.Error(), "CHARTER_SECRET_KEY") {
		t.Errorf("without the key before: %v", err)
	}
	if _, err := access.New(access.Options{Key: []byte("short")}); err == nil {
		t.Error("a short key was taken")
	}
}

// Setting up, dropping and resetting: what each of them refuses.
func TestSecondFactorRefusals(t *testing.T) {
	h := newHouse(t)
	boss, bossToken := h.enrol(h.member("boss@town.lt", access.Administrator))
	ona := h.member("ona@town.lt", access.Officer)
	who := h.principal(h.logIn(ona))
	begin := func(p access.Principal, proof access.Proof) error {
		return h.write(func(tx *pg.Tx) error { _, err := h.gate.BeginSecondFactor(t.Context(), tx, p, proof); return err })
	}
	if err := begin(who, access.Proof{}); err == nil {
		t.Error("begun without the password")
	}
	err := h.write(func(tx *pg.Tx) error {
		_, _, err := h.gate.ConfirmSecondFactor(t.Context(), tx, who, "123456")
		return err
	})
	wants(t, err, fault.Conflict, access.KeySecondNotBegun)
	proof, err := h.prove(boss.Email, goodPassword, "client")
	must(t, err)
	wants(t, begin(h.principal(bossToken), proof), fault.Conflict, access.KeySecondOn)
	wants(t, begin(who, proof), fault.Invalid, access.KeyWrong) // somebody else's proof
	err = h.write(func(tx *pg.Tx) error {
		_, err := h.gate.DropSecondFactor(t.Context(), tx, h.principal(bossToken), proof)
		return err
	})
	wants(t, err, fault.Conflict, access.KeySecondNeeded)
	reset := func(actor audit.Actor, user int64) error {
		return h.write(func(tx *pg.Tx) error { return access.ResetSecondFactor(t.Context(), tx, actor, user) })
	}
	wants(t, reset(audit.Operator(), ona.ID), fault.Conflict, access.KeySecondOff)
	wants(t, reset(audit.Operator(), 1<<40), fault.NotFound, access.KeyNoSuchUser)
	wants(t, reset(boss.Person(), boss.ID), fault.Forbidden, access.KeyYourself)
	must(t, reset(audit.Operator(), boss.ID))
	h.signedOut(bossToken, "second factor taken off by the operator")
	if p := h.principal(h.logIn(boss)); p.Stage != access.StageEnrol {
		t.Errorf("an administrator whose factor was taken off: stage %s", p.Stage)
	}
	if n := len(h.dump(h.town)["recovery_codes"]); n != 0 {
		t.Error("recovery codes outlived the factor")
	}
}

// A secret that was carried to another account or town cannot be read there.
func TestSecretsAreBoundToTheirOwner(t *testing.T) {
	h := newHouse(t)
	ona, _ := h.enrol(h.member("ona@town.lt", access.Officer))
	jonas := h.member("jonas@town.lt", access.Officer)
	h.behind(`UPDATE t_aa.user_secrets j SET totp = o.totp, totp_confirmed_at = o.totp_confirmed_at
		FROM t_aa.user_secrets o WHERE o.user_id = $1 AND j.user_id = $2`, ona.ID, jonas.ID)
	jonas.secret = ona.secret
	h.pass(time.Minute)
	if out, err := h.show(h.logIn(jonas), h.code(jonas)); err == nil {
		t.Errorf("a secret carried to another account: %+v", out)
	}
}
