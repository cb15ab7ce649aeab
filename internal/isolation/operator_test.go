package isolation

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/app"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
	"charterhouse/tenants"
)

// rarities is what the story of a town has beside its every day: a reminder that
// is due, a search by number, a lost telephone, a forgotten password, the last
// administrator, an auditor who looks at a part of the chain.
func (g *sower) rarities(t *testing.T, w *world) {
	t.Helper()
	for _, q := range []string{"/lt/search?q=mokykla", "/en/search?q=answer", "/lt/commitments/equal-treatment"} {
		w.ask(question{Slug: slugA, Path: q})
	}
	lost := w.a().Users["halfway"]
	w.ask(question{Slug: slugA, Method: http.MethodPost, Path: "/lt/admin/code", Token: lost.Token,
		Form: url.Values{"nonce": {newNonce()}, "code": {lost.Recovery[0]}}})
	_, err := g.raw.Exec(`UPDATE t_`+slugA+`.cases SET own_due = '2026-11-10', law_due = '2026-11-12' WHERE number = $1`, g.Cases[danger].Number)
	must(t, err)
	dir := t.TempDir()
	notary, err := audit.NewNotary(bytes.Repeat([]byte("n"), 32))
	must(t, err)
	kept := audit.NewCheckpoints(dir, notary)
	must(t, g.write(func(tx *pg.Tx) error {
		town, err := g.Desk.Read(g.ctx, tx)
		if err != nil {
			return err
		}
		for _, step := range []func() error{
			func() error { _, _, err := town.Remind(g.ctx, tx); return err },
			func() error {
				_, _, err := town.Search(g.ctx, tx, officerOf(g.Users["officer"]), g.Cases[danger].Number)
				return err
			},
			func() error { _, err := casework.HasOwnCases(g.ctx, tx); return err },
			func() error { _, err := casework.FirstDay(g.ctx, tx); return err },
			func() error { return kept.Keep(g.ctx, tx) },
			func() error { _, err := kept.Check(g.ctx, tx); return err },
			func() error { _, _, err := audit.VerifyFrom(g.ctx, tx, 5, 5, nil); return err },
			func() error {
				r, err := g.Gate.AskReset(g.ctx, tx, g.Users["officer"].Email, "client")
				if err == nil {
					_, _, err = g.Gate.WriteReset(g.ctx, tx, r)
				}
				return err
			},
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	}))
	// Whether others are left is asked about an administrator; it is taken back.
	err = g.write(func(tx *pg.Tx) error {
		u, err := access.GetUser(g.ctx, tx, g.Users["administrator"].ID)
		if err != nil {
			return err
		}
		return errors.Join(access.Disable(g.ctx, tx, audit.Operator(), u.ID, u.Version), errBack)
	})
	if !errors.Is(err, errBack) {
		t.Fatal(err)
	}
}

// operated is what the operator's commands do with A and beside it, through an
// address of the owner's.
func (w *world) operated(t *testing.T, address string) {
	t.Helper()
	s := *w.settings
	s.AdminDatabaseURL = config.Secret(address)
	town, err := fs.Sub(tenants.Files, slugA)
	must(t, err)
	dir := filepath.Join(t.TempDir(), slugA)
	must(t, os.CopyFS(dir, town))
	file := filepath.Join(dir, "charter.yaml")
	text, err := os.ReadFile(file)
	must(t, err)
	said := []byte("Bendradarbiaujame, kad")
	must(t, os.WriteFile(file, bytes.ReplaceAll(text, said, append([]byte(openCanary(slugA)+" again "), said...)), 0o600))
	ctx := t.Context()
	_, err = app.TenantApply(ctx, &s, []string{dir}, "en", true, io.Discard)
	must(t, err)
	_, err = app.TenantList(ctx, &s)
	must(t, err)
	must(t, app.TenantExport(ctx, &s, slugA, filepath.Join(t.TempDir(), "out")))
	_, err = app.AuditVerify(ctx, &s, "", nil, io.Discard)
	must(t, err)
	_, err = app.ResultsRecompute(ctx, &s, app.Recomputing{Slugs: []string{slugA}, Workers: 1}, io.Discard)
	must(t, err)
	_, err = app.UserAdd(ctx, &s, slugA, access.NewUser{Profile: access.Profile{Email: "nauja@example.org", Name: "Nauja"}, Roles: []access.Role{access.Viewer}})
	must(t, err)
	_, err = app.UserList(ctx, &s, slugA)
	must(t, err)
	must(t, app.SampleLoad(ctx, &s, "varena", io.Discard))
	must(t, app.SampleRemove(ctx, &s, "varena", io.Discard))
	must(t, app.SampleMunicipalities(ctx, &s, app.SampleMany{Countries: []string{"lt"}, Cases: 20, Seed: 1, Only: []string{"neringos"}}, io.Discard))
	must(t, app.TenantSetState(ctx, &s, slugA, tenant.Suspended))
	must(t, app.TenantSetState(ctx, &s, slugA, tenant.Active))
}
