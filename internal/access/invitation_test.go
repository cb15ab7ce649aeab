package access_test

import (
	"fmt"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// An invitation lives for a week, so all else that limits it counts: whatever
// decides anew who gets into the account makes it worthless, and no way of asking
// for a password gives it back (CVE-2023-48220).
func TestWhatAnInvitationDoesNotOutlive(t *testing.T) {
	h := newHouse(t)
	operator, n := audit.Operator(), 0
	give := func(p person) {
		np := h.prepare(access.HolderOfUser(p.User), access.OneTimePassword())
		h.do(func(tx *pg.Tx) error { _, err := h.gate.GivePassword(t.Context(), tx, operator, p.ID, np); return err })
	}
	for name, happens := range map[string]func(p person){
		"another invitation":          func(p person) { _, err := h.invite(p); must(t, err) },
		"a password from an operator": give,
		"having been shut out for a while": func(p person) {
			h.do(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, operator, p.ID, h.user(p.ID).Version) })
			h.do(func(tx *pg.Tx) error { return access.Enable(t.Context(), tx, operator, p.ID, h.user(p.ID).Version) })
		},
		"being forgotten": func(p person) {
			h.do(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, operator, p.ID, h.user(p.ID).Version) })
			h.do(func(tx *pg.Tx) error { return access.Forget(t.Context(), tx, operator, p.ID) })
		},
		"a week": func(person) { h.pass(7 * 24 * time.Hour) },
	} {
		n++
		p := h.add(fmt.Sprintf("ona%d@town.lt", n), access.Officer)
		m, err := h.invite(p)
		must(t, err)
		happens(p)
		np := h.prepare(access.HolderOfUser(p.User), goodPassword)
		err = h.write(func(tx *pg.Tx) error { return h.gate.Accept(t.Context(), tx, m.Token, np) })
		if !fault.Is(err, fault.Gone) {
			t.Errorf("the invitation outlives %s: %v", name, err)
		}
	}
}

// A reset neither replaces an open invitation nor brings back one that is over, and
// an administrator cannot send the account to another address meanwhile.
func TestAnInvitationStaysWithItsAddress(t *testing.T) {
	h := newHouse(t)
	ona := h.add("ona@town.lt", access.Officer)
	m, err := h.invite(ona)
	must(t, err)
	h.do(func(tx *pg.Tx) error {
		changed := ona.Profile
		changed.Email, changed.Name = "thief@town.lt", "Ona Kitokia"
		return access.Edit(t.Context(), tx, audit.Operator(), ona.ID, ona.Version, changed)
	})
	if now := h.user(ona.ID); now.Email != "ona@town.lt" || now.Name != "Ona Kitokia" {
		t.Errorf("the account has become %+v", now.Profile)
	}
	for _, email := range []string{"ona@town.lt", "thief@town.lt"} {
		if _, sent := h.ask(email); sent {
			t.Errorf("%s: a link for a new password was made for an account that was never accepted", email)
		}
	}
	h.pass(7*24*time.Hour - time.Second)
	must(t, h.accept(ona, m.Token)) // asking voids nothing either: nobody shuts another out by it
}

// All other mailed links are good for an hour at most.
func TestOtherLinksLastAnHour(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	reset, _ := h.ask(ona.Email)
	proof, err := h.prove(ona.Email, goodPassword, "client")
	must(t, err)
	who := h.principal(h.logIn(ona))
	var email access.Mail
	h.do(func(tx *pg.Tx) (err error) {
		email, err = h.gate.AskEmail(t.Context(), tx, who, proof, "nauja@town.lt")
		return err
	})
	for _, m := range []access.Mail{reset, email} {
		if life := m.ExpiresAt.Sub(h.clock.read()); m.Token == "" || life <= 0 || life > time.Hour {
			t.Errorf("a link for %s lives %s", m.Purpose, life)
		}
	}
	h.pass(time.Hour)
	wants(t, h.reset(ona, reset.Token, "kitas ilgas žodis"), fault.Gone, access.KeyLinkOver)
	wants(t, h.write(func(tx *pg.Tx) error { _, err := h.gate.ConfirmEmail(t.Context(), tx, email.Token); return err }), fault.Gone, access.KeyLinkOver)
}
