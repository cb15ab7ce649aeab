package access_test

import (
	"slices"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// TestCountriesOfACoordinator: none is none; each setting replaces the one before;
// what is no code, an old version and a stranger are refused.
func TestCountriesOfACoordinator(t *testing.T) {
	h := newHouse(t)
	u := h.add("ruta@portal.lt", access.Viewer)
	set := func(version int64, user int64, countries ...string) (err error) {
		return h.write(func(tx *pg.Tx) error {
			return access.SetCountries(t.Context(), tx, audit.Operator(), user, version, countries)
		})
	}
	have := func() (all []string) {
		h.do(func(tx *pg.Tx) (err error) { all, err = access.CountriesOf(t.Context(), tx, u.ID); return err })
		return all
	}
	if got := have(); len(got) != 0 {
		t.Errorf("at first %v", got)
	}
	must(t, set(u.Version, u.ID, "lt", "bg", "lt"))
	if got := have(); !slices.Equal(got, []string{"bg", "lt"}) {
		t.Errorf("two countries became %v", got)
	}
	if err := set(u.Version, u.ID, "lt"); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	now := h.user(u.ID).Version
	for _, bad := range []string{"LT", "lit", "l", "", "l1"} {
		if err := set(now, u.ID, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := set(now, u.ID+99, "lt"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v", err)
	}
	must(t, set(now, u.ID, "bg"))
	if got := have(); !slices.Equal(got, []string{"bg"}) {
		t.Errorf("then %v", got)
	}
}
