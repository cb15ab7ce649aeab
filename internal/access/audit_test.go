package access_test

import (
	"encoding/base64"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// story goes through every deed of the package once and gives what must stand in
// no table in the clear.
func story(t *testing.T, h *house) (secrets []string) {
	t.Helper()
	ctx := t.Context()
	keep := func(tokens ...access.Token) {
		for _, token := range tokens {
			secrets = append(secrets, token.Reveal())
		}
	}
	boss, bossToken := h.enrol(h.member("boss@canary.lt", access.Administrator))
	ona, onaToken := h.enrol(h.member("ona@canary.lt", access.Officer))
	keep(boss.recovery...)
	keep(ona.recovery...)
	secrets = append(secrets, goodPassword, boss.secret, ona.secret)
	h.pass(time.Minute)
	for range 6 {
		must(t, h.knock("nobody@canary.lt", "203.0.113.77"))
	}
	out, err := h.tryLogIn(ona.Email, "canary-wrong-password", "203.0.113.77")
	must(t, err)
	half := h.logIn(ona)
	out, err = h.show(half, "000000")
	must(t, err)
	out, err = h.show(half, h.code(ona))
	must(t, err)
	keep(half, out.Token)
	out, err = h.show(h.logIn(ona), ona.recovery[0].Reveal())
	must(t, err)
	keep(out.Token)
	onaToken = out.Token
	proof, err := h.prove(ona.Email, goodPassword, "203.0.113.77")
	must(t, err)
	who := func() access.Principal { return h.principal(onaToken) }
	h.do(func(tx *pg.Tx) error {
		codes, err := h.gate.RenewRecoveryCodes(ctx, tx, who(), proof)
		keep(codes...)
		return err
	})
	h.do(func(tx *pg.Tx) error {
		m, err := h.gate.AskEmail(ctx, tx, who(), proof, "ona2@canary.lt")
		keep(m.Token)
		if err == nil {
			_, err = h.gate.ConfirmEmail(ctx, tx, m.Token)
		}
		return err
	})
	ona.Email = "ona2@canary.lt"
	h.do(func(tx *pg.Tx) (err error) {
		secrets = append(secrets, "canary gieda rytais")
		out, err = h.gate.ChangePassword(ctx, tx, who(), proof, h.prepare(access.HolderOfUser(ona.User), "canary gieda rytais"))
		return err
	})
	onaToken, ona.password = out.Token, "canary gieda rytais"
	proof, err = h.prove(ona.Email, ona.password, "203.0.113.77")
	must(t, err)
	h.do(func(tx *pg.Tx) (err error) {
		out, err = h.gate.DropSecondFactor(ctx, tx, who(), proof)
		return err
	})
	onaToken = out.Token
	h.do(func(tx *pg.Tx) error { _, err := access.EndOtherSessions(ctx, tx, who()); return err })
	m, _ := h.ask(ona.Email)
	keep(m.Token)
	must(t, h.reset(ona, m.Token, "canary tyli vakarais"))
	pending := h.add("jonas@canary.lt", access.Viewer)
	m, err = h.invite(pending)
	must(t, err)
	unused, _ := h.ask(ona.Email)
	keep(m.Token, unused.Token, bossToken)
	once := access.OneTimePassword()
	secrets = append(secrets, "canary tyli vakarais", once)
	actor := h.principal(bossToken).Actor
	h.do(func(tx *pg.Tx) error {
		_, err := h.gate.GivePassword(ctx, tx, actor, ona.ID, h.prepare(access.HolderOfUser(ona.User), once))
		return err
	})
	version := func() int64 { return h.user(ona.ID).Version }
	for _, deed := range []func(*pg.Tx) error{
		func(tx *pg.Tx) error {
			return access.Edit(ctx, tx, actor, ona.ID, version(), access.Profile{Name: "Ona Canary", Lang: "lt"})
		},
		func(tx *pg.Tx) error {
			return access.SetRoles(ctx, tx, actor, ona.ID, version(), []access.Role{access.Auditor})
		},
		func(tx *pg.Tx) error {
			return access.SetCountries(ctx, tx, actor, ona.ID, version(), []string{"lt", "bg"})
		},
		func(tx *pg.Tx) error { return access.Disable(ctx, tx, actor, ona.ID, version()) },
		func(tx *pg.Tx) error { return access.Enable(ctx, tx, actor, ona.ID, version()) },
		func(tx *pg.Tx) error { return access.Disable(ctx, tx, actor, pending.ID, 1) },
		func(tx *pg.Tx) error { return access.Forget(ctx, tx, actor, pending.ID) },
		func(tx *pg.Tx) error { return access.EndSessionsOf(ctx, tx, actor, ona.ID) },
	} {
		h.do(deed)
	}
	waiting := h.add("petras@canary.lt", access.Viewer)
	m, err = h.invite(waiting)
	must(t, err)
	keep(m.Token)
	last := h.principal(bossToken)
	h.do(func(tx *pg.Tx) error { return access.LogOut(ctx, tx, last) })
	return secrets
}

// Every deed leaves its entry, the chain holds, and neither the chain nor its
// details know who anybody is.
func TestEveryDeedIsInTheChain(t *testing.T) {
	h := newHouse(t)
	story(t, h)
	found := h.entries()
	for _, action := range actions(t) {
		if found[action] == 0 {
			t.Errorf("nothing in the chain says %s", action)
		}
		delete(found, action)
	}
	if len(found) > 0 {
		t.Errorf("the chain has unknown actions: %v", found)
	}
	h.do(func(tx *pg.Tx) error {
		rep, err := audit.Verify(t.Context(), tx)
		if rep.Broken != 0 || rep.Entries < 30 {
			t.Errorf("%d entries, broken at %d", rep.Entries, rep.Broken)
		}
		return err
	})
	tables := h.dump(h.town)
	for _, table := range []string{"audit_entries", "audit_details"} {
		for _, who := range []string{"canary", "Canary", "Ona", "Firefox", "203.0.113"} {
			if strings.Contains(tables[table], who) {
				t.Errorf("%s knows %q", table, who)
			}
		}
	}
}

// No table holds a secret in the clear, nor where anybody came from.
func TestNoSecretIsStored(t *testing.T) {
	h := newHouse(t)
	secrets := append(story(t, h), "203.0.113.77", "canary-wrong-password")
	tables := h.dump(h.town)
	if !strings.Contains(tables["user_profiles"], "ona2@canary.lt") || len(tables["user_tokens"]) == 0 || len(tables["log_in_attempts"]) == 0 {
		t.Fatal("the tables are empty: nothing was looked at")
	}
	looked := 0
	for table, text := range tables {
		for _, secret := range secrets {
			for _, form := range forms(secret) {
				looked++
				if strings.Contains(strings.ToLower(text), strings.ToLower(form)) {
					t.Errorf("%s holds %.6s…", table, secret)
				}
			}
		}
	}
	t.Logf("%d secrets, %d looks into %d tables", len(secrets), looked, len(tables))
}

// forms are the ways in which a secret could stand in a table: as it is, and as
// PostgreSQL prints its bytes.
func forms(secret string) []string {
	hex := func(b []byte) string {
		var s strings.Builder
		for _, c := range b {
			s.WriteString(strconv.FormatInt(int64(c)+0x100, 16)[1:])
		}
		return s.String()
	}
	all := []string{secret, hex([]byte(secret)), strings.ReplaceAll(secret, "-", "")}
	if raw, err := base64.RawURLEncoding.DecodeString(secret); err == nil && len(raw) == 32 {
		all = append(all, hex(raw))
	}
	return all
}

// actions reads the constants of record.go.
func actions(t *testing.T) (all []string) {
	t.Helper()
	all = append(all, constantsOf(t, "record.go", "Action")...)
	if len(all) < 20 {
		t.Fatalf("only %d actions", len(all))
	}
	return all
}

// constantsOf lists the constants of a type in a file of this package.
func constantsOf(t *testing.T, file, kind string) (all []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	must(t, err)
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); ok && id.Name == kind {
			for _, v := range spec.Values {
				text, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				must(t, err)
				all = append(all, text)
			}
		}
		return true
	})
	return all
}
