package access_test

import (
	"testing"

	"charterhouse/internal/access"
)

func TestLogIn(t *testing.T) {
	h := newHouse(t)
	ona := h.member("Ona.Onaite@Town.LT", access.Officer)
	p := h.principal(h.logIn(ona))
	if p.User != ona.ID || p.Stage != access.StageFull || !p.Can(access.CaseHandle) || p.Can(access.UsersManage) {
		t.Errorf("signed in as %+v", p)
	}
}
