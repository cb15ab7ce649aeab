package app

import (
	"io"
	"testing"

	"charterhouse/internal/audit"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// TestALetterheadFollowsTheTown: what is kept of a letterhead ends with the
// revision of the town, and no town has that of another.
func TestALetterheadFollowsTheTown(t *testing.T) {
	settings := testSettings(preparedTowns(t))
	settings.DataDir = t.TempDir()
	v, err := Open(t.Context(), settings, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	refresh := func() {
		t.Helper()
		if err := v.Server.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	letterhead := v.house.letterhead(v.rooms)
	in := func(slug string, fn func(tx *pg.Tx) error) {
		t.Helper()
		realm, err := pg.Town(slug)
		if err == nil {
			err = v.DB.Write(t.Context(), realm, fn)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	signs := func(slug, want string) {
		t.Helper()
		for range 2 { // read, then kept
			var head notify.Head
			in(slug, func(tx *pg.Tx) (err error) {
				head, err = letterhead(t.Context(), tx)
				return err
			})
			if got := head.Organisation["lt"]; got != want {
				t.Errorf("%s signs as %q, want %q", slug, got, want)
			}
		}
	}
	organisation := func(slug string) (name string) {
		in(slug, func(tx *pg.Tx) error {
			p, err := tenant.Export(t.Context(), tx)
			name = p.Contact.Organisation["lt"]
			return err
		})
		return name
	}
	before, other := organisation("klaipeda"), organisation("varena")
	if before == other {
		t.Fatalf("both are %q", before)
	}
	signs("klaipeda", before)
	signs("varena", other)
	in("klaipeda", func(tx *pg.Tx) error {
		p, err := tenant.Export(t.Context(), tx)
		if err != nil {
			return err
		}
		standing, err := tenant.Standings(t.Context(), tx)
		if err != nil {
			return err
		}
		p.Contact.Organisation["lt"] = "Kita administracija"
		return tenant.Amend(t.Context(), tx, audit.Actor{ID: "somebody"}, "contact", standing["contact"].Version, p.Contact)
	})
	refresh()
	signs("klaipeda", "Kita administracija")
	signs("varena", other)
}
