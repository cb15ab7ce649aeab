package app

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// The accounts of a demonstration: four in each town, one password for all, made
// at the first run and kept beside the secret key.
func TestADemonstrationHasAccounts(t *testing.T) {
	db := pgtest.Prepared(t, "four-towns", func(db *pgtest.Database) error {
		return Prepare(context.Background(), testSettings(db), config.Secret(db.SuperURL), io.Discard)
	})
	s := testSettings(db)
	s.Environment, s.DataDir = config.Demo, t.TempDir()
	h, err := newHouse(s)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := h.admin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	if err := h.demoStaff(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	password, fresh, err := demoPassword(s)
	if err != nil || fresh || len(password) < 16 {
		t.Fatalf("password of %d characters, fresh %t, %v", len(password), fresh, err)
	}
	if info, err := os.Stat(filepath.Join(s.DataDir, demoPasswordFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of the password: %v, %v", info, err)
	}
	gate, err := h.gate()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range demoRealms() {
		realm := pg.Portal()
		if r.slug != "" {
			if realm, err = pg.Town(r.slug); err != nil {
				t.Fatal(err)
			}
		}
		for _, a := range r.accounts {
			if !letsIn(t, admin, gate, realm, a.Email, password) {
				t.Errorf("%s is not let into %s", a.Email, realm)
			}
		}
	}
	// A second run leaves what somebody has changed.
	if err := h.demoStaff(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := inviteStaff(&out, s, &net.TCPAddr{Port: 8080}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, password) || strings.Count(text, "@") != 4*4+2 { // four towns, the portal
		t.Errorf("printed:\n%s", text)
	}
}

// letsIn signs in as a browser would.
func letsIn(t *testing.T, admin *pg.Admin, gate *access.Gate, realm pg.Realm, email, password string) bool {
	t.Helper()
	var out access.Outcome
	err := admin.Write(t.Context(), realm, func(tx *pg.Tx) error {
		attempt, err := gate.Begin(t.Context(), tx, email, "test")
		if err != nil {
			return err
		}
		proof, err := gate.Verify(t.Context(), attempt, password)
		if err != nil {
			return err
		}
		out, err = gate.LogIn(t.Context(), tx, proof, "test", "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Refusal == nil && out.Stage == access.StageFull
}

// Nobody gets an account with a known password outside a demonstration.
func TestThereAreNoDemonstrationAccountsElsewhere(t *testing.T) {
	s := testSettings(&pgtest.Database{})
	s.DataDir = t.TempDir()
	h, err := newHouse(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, s.Environment = range []string{config.Development, config.Production} {
		// Before anything is touched: there is no database to touch.
		if err := h.demoStaff(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "outside one") {
			t.Errorf("accounts in the environment %s: %v", s.Environment, err)
		}
		var out bytes.Buffer
		if err := inviteStaff(&out, s, &net.TCPAddr{}); err != nil || out.Len() > 0 {
			t.Errorf("printed in the environment %s: %q, %v", s.Environment, out.String(), err)
		}
	}
	if list, err := os.ReadDir(s.DataDir); err != nil || len(list) > 0 {
		t.Errorf("a password was made: %v %v", list, err)
	}
}

// Where a demonstration's database is served as anything else, its known password
// alone opens nothing to an administrator.
func TestADemonstrationsAdministratorsAreStoppedElsewhere(t *testing.T) {
	db := pgtest.Prepared(t, "four-towns", func(db *pgtest.Database) error {
		return Prepare(context.Background(), testSettings(db), config.Secret(db.SuperURL), io.Discard)
	})
	s := testSettings(db)
	s.Environment, s.DataDir = config.Demo, t.TempDir()
	h, err := newHouse(s)
	well(t, err)
	admin, err := h.admin(t.Context())
	well(t, err)
	t.Cleanup(func() { admin.Close() })
	well(t, h.demoStaff(t.Context(), admin))
	password, _, err := demoPassword(s)
	well(t, err)
	realm, err := pg.Town("peshtera")
	well(t, err)
	for _, s.Environment = range []string{config.Demo, config.Development, config.Production} {
		gate, err := h.gate()
		well(t, err)
		if in := letsIn(t, admin, gate, realm, "administrator@peshtera.example", password); in != (s.Environment == config.Demo) {
			t.Errorf("in the environment %s: lets the administrator in: %v", s.Environment, in)
		}
	}
}
