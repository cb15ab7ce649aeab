package access_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/address"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

func TestAddUserRefuses(t *testing.T) {
	h := newHouse(t)
	h.add("ona@town.lt", access.Officer)
	good := access.NewUser{
		Profile: access.Profile{Email: "jonas@town.lt", Name: "Jonas", Department: "", Lang: "lt"}, Roles: []access.Role{access.Viewer},
	}
	for name, c := range map[string]struct {
		change func(*access.NewUser)
		field  string
		kind   fault.Kind
		key    i18n.Key
	}{
		"no address":         {func(u *access.NewUser) { u.Email = "" }, "email", fault.Invalid, access.KeyEmail},
		"no domain":          {func(u *access.NewUser) { u.Email = "jonas@town" }, "email", fault.Invalid, access.KeyEmail},
		"two addresses":      {func(u *access.NewUser) { u.Email = "a@b.lt, c@d.lt" }, "email", fault.Invalid, access.KeyEmail},
		"a name before it":   {func(u *access.NewUser) { u.Email = "Jonas <jonas@town.lt>" }, "email", fault.Invalid, access.KeyEmail},
		"a line in it":       {func(u *access.NewUser) { u.Email = "jonas@town.lt\nBcc: x@y.lt" }, "email", fault.Invalid, access.KeyEmail},
		"too long":           {func(u *access.NewUser) { u.Email = strings.Repeat("a", 250) + "@town.lt" }, "email", fault.Invalid, access.KeyEmail},
		"taken":              {func(u *access.NewUser) { u.Email = "ONA@Town.lt" }, "email", fault.Conflict, access.KeyEmailTaken},
		"no name":            {func(u *access.NewUser) { u.Name = " " }, "name", fault.Invalid, access.KeyName},
		"a long name":        {func(u *access.NewUser) { u.Name = strings.Repeat("ą", 121) }, "name", fault.Invalid, access.KeyName},
		"a NUL in it":        {func(u *access.NewUser) { u.Name = "Jo\x00nas" }, "name", fault.Invalid, access.KeyName},
		"a long department":  {func(u *access.NewUser) { u.Department = strings.Repeat("ą", 161) }, "department", fault.Invalid, access.KeyDepartment},
		"no language":        {func(u *access.NewUser) { u.Lang = "" }, "lang", fault.Invalid, access.KeyLanguage},
		"no role":            {func(u *access.NewUser) { u.Roles = nil }, "roles", fault.Invalid, access.KeyRoles},
		"an unknown role":    {func(u *access.NewUser) { u.Roles = []access.Role{access.Viewer, "mayor"} }, "roles", fault.Invalid, access.KeyRoles},
		"a role of portal's": {func(u *access.NewUser) { u.Roles = []access.Role{access.Operator} }, "roles", fault.Invalid, access.KeyRoles},
	} {
		u := good
		c.change(&u)
		err := h.write(func(tx *pg.Tx) error { _, err := access.AddUser(t.Context(), tx, audit.Operator(), u); return err })
		e, ok := fault.Of(err)
		if !ok || e.Kind != c.kind || e.Key != string(c.key) || len(e.Fields) != 1 || e.Fields[0].Name != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	portal := h.in(pg.Portal())
	portal.add("ona@town.lt", access.Coordinator) // the same person in another realm
	u := good
	if err := portal.write(func(tx *pg.Tx) error { _, err := access.AddUser(t.Context(), tx, audit.Operator(), u); return err }); !fault.Is(err, fault.Invalid) {
		t.Errorf("a viewer of the portal: %v", err)
	}
	got := h.add("  Penka.Peneva@Община.бг ", access.Auditor, access.Officer, access.Officer)
	if got.Email != "Penka.Peneva@Община.бг" || fmt.Sprint(got.Roles) != "[officer auditor]" || got.Version != 1 {
		t.Errorf("added %+v", got.User)
	}
}

// Two of the same address at once give one account.
func TestOneAccountForAnAddress(t *testing.T) {
	h := newHouse(t)
	var made, refused atomic.Int64
	together(4, func(i int) {
		err := h.write(func(tx *pg.Tx) error {
			_, err := access.AddUser(t.Context(), tx, audit.Operator(), access.NewUser{
				Profile: access.Profile{Email: []string{"ona@town.lt", "ONA@town.lt"}[i%2], Name: "Ona", Lang: "lt"}, Roles: []access.Role{access.Officer},
			})
			return err
		})
		switch {
		case err == nil:
			made.Add(1)
		case fault.Is(err, fault.Conflict):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	if made.Load() != 1 || refused.Load() != 3 {
		t.Errorf("made %d, refused %d", made.Load(), refused.Load())
	}
}

func TestChangesOfPower(t *testing.T) {
	h := newHouse(t)
	boss := h.add("boss@town.lt", access.Administrator)
	ona := h.add("ona@town.lt", access.Officer)
	roles := func(actor audit.Actor, user, version int64, roles ...access.Role) error {
		return h.write(func(tx *pg.Tx) error { return access.SetRoles(t.Context(), tx, actor, user, version, roles) })
	}
	disable := func(actor audit.Actor, user, version int64) error {
		return h.write(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, actor, user, version) })
	}
	wants(t, roles(boss.Person(), boss.ID, 1, access.Viewer), fault.Forbidden, access.KeyYourself)
	wants(t, disable(boss.Person(), boss.ID, 1), fault.Forbidden, access.KeyYourself)
	wants(t, roles(audit.Operator(), boss.ID, 1, access.Officer), fault.Conflict, access.KeyLastAdministrator)
	wants(t, disable(audit.Operator(), boss.ID, 1), fault.Conflict, access.KeyLastAdministrator)
	wants(t, roles(boss.Person(), 1<<40, 1, access.Officer), fault.NotFound, access.KeyNoSuchUser)
	wants(t, roles(boss.Person(), ona.ID, 1), fault.Invalid, access.KeyRoles)
	wants(t, roles(boss.Person(), ona.ID, 1, access.Coordinator), fault.Invalid, access.KeyRoles)
	wants(t, roles(boss.Person(), ona.ID, 2, access.Viewer), fault.Conflict, access.KeyChanged)
	must(t, roles(boss.Person(), ona.ID, 1, access.Officer)) // nothing to do
	must(t, roles(boss.Person(), ona.ID, 1, access.Officer, access.Administrator))
	must(t, roles(ona.Person(), boss.ID, 1, access.Viewer))
	wants(t, disable(boss.Person(), ona.ID, 2), fault.Conflict, access.KeyLastAdministrator)
	must(t, disable(ona.Person(), boss.ID, 2))
	wants(t, disable(ona.Person(), boss.ID, 2), fault.Conflict, access.KeyChanged)
	enable := func(version int64) error {
		return h.write(func(tx *pg.Tx) error { return access.Enable(t.Context(), tx, ona.Person(), boss.ID, version) })
	}
	wants(t, enable(1), fault.Conflict, access.KeyChanged)
	must(t, enable(3))
	if u := h.user(boss.ID); u.State != access.Active || u.Version != 4 {
		t.Errorf("enabled again: %+v", u)
	}
}

// Two administrators who disable each other at the same moment do not leave the
// town without one.
func TestAdministratorsDoNotDisableEachOther(t *testing.T) {
	h := newHouse(t)
	for round := range 5 {
		both := []person{
			h.add(fmt.Sprintf("a%d@town.lt", round), access.Administrator),
			h.add(fmt.Sprintf("b%d@town.lt", round), access.Administrator),
		}
		h.behind(`UPDATE t_aa.users SET state = 'disabled' WHERE id <> $1 AND id <> $2`, both[0].ID, both[1].ID)
		together(2, func(i int) {
			err := h.write(func(tx *pg.Tx) error {
				return access.Disable(t.Context(), tx, both[i].Person(), both[1-i].ID, 1)
			})
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		})
		var left int
		h.look(&left, `SELECT count(*) FROM t_aa.users WHERE state = 'active' AND id IN ($1, $2)`, both[0].ID, both[1].ID)
		if left != 1 {
			t.Fatalf("round %d: %d administrators are left, want 1", round, left)
		}
	}
}

func TestEditAndForget(t *testing.T) {
	h := newHouse(t)
	boss := h.add("boss@town.lt", access.Administrator)
	ona := h.member("ona@town.lt", access.Officer)
	edit := func(version int64, p access.Profile) error {
		return h.write(func(tx *pg.Tx) error { return access.Edit(t.Context(), tx, ona.Person(), ona.ID, version, p) })
	}
	wants(t, edit(1, access.Profile{Name: "", Lang: "lt"}), fault.Invalid, access.KeyName)
	wants(t, edit(7, access.Profile{Name: "Ona Jonaitienė", Lang: "lt"}), fault.Conflict, access.KeyChanged)
	must(t, edit(1, access.Profile{Email: "thief@town.lt", Name: " Ona  Jonaitienė", Department: "Turto skyrius", Lang: "en"}))
	u := h.user(ona.ID)
	if u.Email != "ona@town.lt" || u.Name != "Ona Jonaitienė" || u.Department != "Turto skyrius" || u.Lang != "en" || u.Version != 2 {
		t.Errorf("edited to %+v", u)
	}
	must(t, edit(1, u.Profile)) // nothing changes, so nothing is in the way
	h.logIn(ona)

	forget := func() error {
		return h.write(func(tx *pg.Tx) error { return access.Forget(t.Context(), tx, audit.Operator(), ona.ID) })
	}
	wants(t, forget(), fault.Conflict, access.KeyStillActive)
	h.do(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, audit.Operator(), ona.ID, 2) })
	must(t, forget())
	wants(t, forget(), fault.NotFound, access.KeyNoSuchUser)
	h.behind(`DELETE FROM t_aa.user_profiles WHERE user_id = $1`, boss.ID) // whose name is Ona too
	for table, text := range h.dump(h.town) {
		for _, trace := range []string{"Ona", "ona@town.lt", "Turto skyrius", "Firefox"} {
			if strings.Contains(text, trace) {
				t.Errorf("%s still knows %q", table, trace)
			}
		}
	}
	var names map[string]string
	h.do(func(tx *pg.Tx) (err error) {
		names, err = access.Names(t.Context(), tx, []string{ona.Actor, "operator"})
		return err
	})
	if len(names) != 0 {
		t.Errorf("who was forgotten is named: %v", names)
	}
}

func TestLists(t *testing.T) {
	h := newHouse(t)
	var want []string
	for i := range 7 {
		come := h.member
		if i == 6 {
			come = h.add // an officer who has not accepted the invitation yet
		}
		u := come(fmt.Sprintf("u%d@town.lt", i), []access.Role{access.Officer, access.Viewer, access.Administrator}[i%3])
		want = append(want, u.Actor)
	}
	last := h.add("z@town.lt", access.Officer)
	h.do(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, audit.Operator(), last.ID, 1) })
	page := func(p access.Page) (rows []access.User, more bool) {
		h.do(func(tx *pg.Tx) (err error) { rows, more, err = access.ListUsers(t.Context(), tx, p); return err })
		return rows, more
	}
	var got []string
	p := access.Page{Limit: 3, State: access.Active}
	for pages := 1; ; pages++ {
		rows, more := page(p)
		for _, u := range rows {
			got = append(got, u.Actor)
			p.AfterName, p.AfterID = u.Name, u.ID
		}
		if !more {
			if pages != 3 {
				t.Errorf("%d pages of 3, want 3", pages)
			}
			break
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("listed %v\nwant %v", got, want)
	}
	if rows, more := page(access.Page{Limit: 1 << 30}); len(rows) != 8 || more {
		t.Errorf("all: %d users, more %v", len(rows), more)
	}
	h.do(func(tx *pg.Tx) error {
		handlers, err := access.Holders(t.Context(), tx, access.CaseHandle)
		if err != nil {
			return err
		}
		if len(handlers) != 4 {
			t.Errorf("%d active users may handle cases, want 4", len(handlers))
		}
		if none, err := access.Holders(t.Context(), tx, "nothing"); err != nil || len(none) != 0 {
			t.Errorf("an unknown permission is held by %d, %v", len(none), err)
		}
		names, err := access.Names(t.Context(), tx, append(want, "operator", "'; DROP TABLE users"))
		if len(names) != 7 || names[want[0]] != "Ona Onaitė" {
			t.Errorf("names %v", names)
		}
		return err
	})
	h.do(func(tx *pg.Tx) error {
		// Of nobody: a list where nothing was changed by anybody yet.
		names, err := access.Names(t.Context(), tx, nil)
		if names == nil || len(names) != 0 {
			t.Errorf("the names of nobody: %v", names)
		}
		return err
	})
	h.do(func(tx *pg.Tx) error {
		u, err := access.FindUser(t.Context(), tx, "U3@TOWN.lt")
		if u.Actor != want[3] {
			t.Errorf("found %+v", u)
		}
		return err
	})
}

// An address that no letter can go to is refused where it is typed: an account with
// one would never hear of its cases.
func TestAddressesThatLettersCannotGoTo(t *testing.T) {
	h := newHouse(t)
	for typed, taken := range map[string]bool{
		"žydrūnė@town.lt": false, "x@my_host.lt": false, "ona@localhost": false, "ona@-town.lt": false, strings.Repeat("a", 65) + "@town.lt": false,
		"Ona <ona@town.lt>": false, "ona@[10.0.0.1]": false, "ona.o'neil+desk@town.lt": true, "ona@žydrūnė.lt": true, "ONA@TOWN.LT": true,
	} {
		err := h.write(func(tx *pg.Tx) error {
			_, err := access.AddUser(t.Context(), tx, audit.Operator(), access.NewUser{
				Profile: access.Profile{Email: typed, Name: "Ona", Lang: "lt"}, Roles: []access.Role{access.Officer},
			})
			return err
		})
		if f, refused := fault.Of(err); refused == taken || refused && f.Key != string(access.KeyEmail) {
			t.Errorf("%q: %v", typed, err)
		}
		if _, ok := address.Mail(typed); taken && !ok {
			t.Errorf("%q is taken and cannot be written to", typed)
		}
	}
}
