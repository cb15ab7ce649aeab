package casework_test

import (
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// What a submitter sends twice by one form is done once, for each action apart.
func TestAFormOfASubmitterActsOnce(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	r := w.filed(casework.Complaint)
	const nonce = "AAAAAAAAAAAAAAAAAAAAAA"
	done := func(pass casework.Pass, do casework.Action) (known bool) {
		w.ok(func(town *casework.Town, tx *pg.Tx) (err error) {
			known, err = town.Acted(t.Context(), tx, pass, do)
			return err
		})
		return known
	}
	var pass casework.Pass
	must(t, w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		pass = p.Once(nonce)
		return town.Add(t.Context(), tx, pass, casework.Message{Text: "Dar vienas žibintas"})
	}))
	if !done(pass, casework.ToAdd) {
		t.Error("the form is not known")
	}
	if done(pass, casework.ToWithdraw) || done(pass.Once("BBBBBBBBBBBBBBBBBBBBBB"), casework.ToAdd) || done(casework.Pass{}.Once(nonce), casework.ToAdd) {
		t.Error("another form, another action or no pass counts as done")
	}
	// Whoever does not ask first is stopped by the database.
	err := w.write(func(town *casework.Town, tx *pg.Tx) error {
		return town.Add(t.Context(), tx, pass, casework.Message{Text: "Dar vienas žibintas"})
	})
	if err == nil {
		t.Error("the same form has added twice")
	}
	must(t, w.pass(r, func(town *casework.Town, tx *pg.Tx, p casework.Pass) error {
		return town.Withdraw(t.Context(), tx, p.Once(nonce), "")
	}))
}

// What the page could not read is refused with all the rest at once.
func TestUnreadFieldsAreRefusedWithTheRest(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	f := w.filing(casework.Complaint)
	f.Title = ""
	f.Unread = []fault.Field{{Name: "happened_on", Key: string(casework.KeyDateAhead)}}
	_, err := w.submit(f)
	refused(t, err, fault.Invalid, "happened_on", casework.KeyDateAhead)
	refused(t, err, fault.Invalid, "title", casework.KeyNeedTitle)
	if len(f.Unread) != 1 || f.HappenedOn != deadline.Date(0) {
		t.Error("the form was changed")
	}
}
