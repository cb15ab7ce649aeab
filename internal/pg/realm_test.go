package pg_test

import (
	"errors"
	"strings"
	"testing"

	"charterhouse/internal/pg"
)

func TestTownNamesItsRealm(t *testing.T) {
	for slug, want := range map[string]string{
		"klaipeda": "t_klaipeda", "kaunas-rajonas": "t_kaunas_rajonas", "a1": "t_a1", "kaunas_rajonas": "t_kaunas_rajonas",
		strings.Repeat("a", 38): "t_" + strings.Repeat("a", 38),
	} {
		r, err := pg.Town(slug)
		if err != nil || r.Name() != want || !r.IsTown() {
			t.Errorf("Town(%q) = %q, %v; want %q", slug, r, err, want)
		}
	}
	if pg.Portal().IsTown() {
		t.Error("the portal is taken for a town")
	}
}

func TestTownRefusesWhatIsNoName(t *testing.T) {
	for _, slug := range []string{
		"", "a", "Klaipeda", "клайпеда", "klaipėda", "a b", "a;b", `a"b`, "a'b", "a.b", "-ab", "ab-", "_ab", "a--b", "a\x00b",
		"www", "admin", "api", "portal", "mta-sts", "mta_sts", strings.Repeat("a", 39),
	} {
		if r, err := pg.Town(slug); !errors.Is(err, pg.ErrSlug) || r != (pg.Realm{}) {
			t.Errorf("Town(%q) = %q, %v; want ErrSlug", slug, r, err)
		}
	}
}
