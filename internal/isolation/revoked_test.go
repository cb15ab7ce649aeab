package isolation

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// TestWhatIsTakenAwayIsGoneAtOnce takes rights away behind a session that was let
// in a moment ago: the next request is refused.
func TestWhatIsTakenAwayIsGoneAtOnce(t *testing.T) {
	w := open(t)
	officer := w.a().Users[string(Officer)]
	auditor := w.a().Users[string(Auditor)]
	write := func(fn func(ctx context.Context, tx *pg.Tx, u access.User) error, who person) {
		t.Helper()
		must(t, w.DB.Write(t.Context(), realm(slugA), func(tx *pg.Tx) error {
			u, err := access.GetUser(t.Context(), tx, who.ID)
			if err != nil {
				return err
			}
			return fn(t.Context(), tx, u)
		}))
	}
	secret, err := w.Gate.Prepare(t.Context(), access.HolderOfUser(access.User{ID: officer.ID}), newPassword)
	must(t, err)
	tried := 0
	for _, c := range []struct {
		name, path string
		who        person
		take       func()
		want       verdict
	}{
		{"a role", "/lt/admin/cases/" + w.a().Cases[opened].Number + "/note", officer, func() {
			write(func(ctx context.Context, tx *pg.Tx, u access.User) error {
				return access.SetRoles(ctx, tx, audit.Operator(), u.ID, u.Version, []access.Role{access.Viewer})
			}, officer)
		}, shut},
		{"the account", "/lt/admin/cases", officer, func() {
			write(func(ctx context.Context, tx *pg.Tx, u access.User) error {
				return access.Disable(ctx, tx, audit.Operator(), u.ID, u.Version)
			}, officer)
		}, asked_},
		{"the password", "/lt/admin/cases", officer, func() {
			write(func(ctx context.Context, tx *pg.Tx, u access.User) error {
				_, err := w.Gate.GivePassword(ctx, tx, audit.Operator(), u.ID, secret)
				return err
			}, officer)
		}, asked_},
		{"all sessions", "/lt/admin/cases", officer, func() {
			write(func(ctx context.Context, tx *pg.Tx, u access.User) error {
				return access.EndSessionsOf(ctx, tx, audit.Operator(), u.ID)
			}, officer)
		}, asked_},
		{"the second factor", "/lt/admin/audit", auditor, func() {
			write(func(ctx context.Context, tx *pg.Tx, u access.User) error {
				return access.ResetSecondFactor(ctx, tx, audit.Operator(), u.ID)
			}, auditor)
		}, asked_},
		{"a role that needs a second factor given", "/lt/admin/cases", officer, func() {
			write(func(ctx context.Context, tx *pg.Tx, u access.User) error {
				return access.SetRoles(ctx, tx, audit.Operator(), u.ID, u.Version, []access.Role{access.Administrator})
			}, officer)
		}, asked_},
		{"the case's openness", "/lt/admin/cases/" + w.a().Cases[waiting].Number, w.a().Users[string(Viewer)], func() {
			_, err := w.raw.Exec(`UPDATE t_`+slugA+`.cases SET confidential = true WHERE id = $1`, w.a().Cases[waiting].ID)
			must(t, err)
		}, shut},
		{"the town", "/lt/admin/cases", officer, func() {
			_, err := w.raw.Exec(`UPDATE platform.tenants SET state = 'suspended' WHERE slug = $1`, slugA)
			must(t, err)
			must(t, w.Server.Refresh(t.Context()))
		}, nothing},
	} {
		tried++
		q := question{Slug: slugA, Path: c.path, Token: c.who.Token}
		staff := route{}
		staff.Staff = true
		if before := w.ask(q); before.Status != http.StatusOK {
			t.Errorf("%s: answered %d before it was taken away", c.name, before.Status)
		}
		c.take()
		if got := w.ask(q); judge(staff, got) != c.want || got.Status == http.StatusOK || strings.Contains(got.Body, w.a().Canary+" body") {
			t.Errorf("%s was taken away: %d %s, want: %s", c.name, got.Status, got.Header.Get("Location"), c.want)
		}
		w.restore(t, "t_"+slugA)
	}
	t.Logf("revocation: %d things taken away, each gone with the next request", tried)
}
