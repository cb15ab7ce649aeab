package browser

import (
	"net/http"
	"strings"
	"testing"
)

// searchACharter finds a word in another form than it stands in: Lithuanian by
// its stems, Bulgarian by a dictionary or by similar words.
func (s *service) searchACharter(t *testing.T) {
	for slug, c := range map[string]struct{ lang, typed, stem, other string }{
		"klaipeda": {"lt", "įstaigomis", "įstaig", "įstaigomis"},
		"peshtera": {"bg", "жалбите", "жалб", "жалбите"},
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			s.both(t, func(t *testing.T, b *tab) {
				b.visit(s.address(slug, "/"+c.lang+"/search"))
				b.fill("#q", c.typed)
				if status := b.follow(`main form button`); status != http.StatusOK {
					t.Fatalf("search answers %d", status)
				}
				hits := strings.ToLower(b.text(".hits"))
				if !strings.Contains(hits, c.stem) || strings.Contains(hits, c.other) {
					t.Errorf("the results do not have another form of %s: %q", c.typed, hits)
				}
				if typed := eval[string](b, `document.querySelector("#q").value`); typed != c.typed {
					t.Errorf("the field says %q", typed)
				}
				title := b.text(".hits h2")
				if status := b.follow(`.hits h2 a`); status != http.StatusOK || !strings.Contains(b.text("main"), title) {
					t.Errorf("the result %q leads to %s with %d", title, b.path(), status)
				}
			})
		})
	}
}

// searchFindsNothing says so and what to do.
func (s *service) searchFindsNothing(t *testing.T) {
	b := s.newTab(t)
	b.visit(s.address("peshtera", "/bg/search"))
	b.fill("#q", "хипопотам")
	if status := b.follow(`main form button`); status != http.StatusOK {
		t.Errorf("search answers %d", status)
	}
	b.wants(`main [role="status"]`, "Няма резултати за „хипопотам“")
}

// findATown finds a municipality typed without its diacritics and goes there.
func (s *service) findATown(t *testing.T) {
	for typed, c := range map[string]struct{ name, host string }{
		"klaipeda": {"Klaipėd", "klaipeda.localhost:"},
		"varenos":  {"Varėn", "varena.localhost:"},
		"Atlantis": {"", ""},
		"пещера":   {"Peshtera", "peshtera.localhost:"},
	} {
		t.Run(typed, func(t *testing.T) {
			s.both(t, func(t *testing.T, b *tab) {
				b.visit(s.address("", "/en/"))
				b.fill("#q", typed)
				if status := b.follow(`main form button`); status != http.StatusOK {
					t.Fatalf("the portal answers %d", status)
				}
				n := eval[int](b, `document.querySelectorAll(".regions li a").length`)
				if c.host == "" {
					if n != 0 {
						t.Errorf("%q finds %d", typed, n)
					}
					b.wants(".nothing", typed)
					return
				}
				if n != 1 {
					t.Fatalf("%q finds %d municipalities", typed, n)
				}
				if status := b.follow(`.regions li a`); status != http.StatusOK {
					t.Errorf("the town answers %d", status)
				}
				if host := eval[string](b, `location.host`); !strings.HasPrefix(host, c.host) {
					t.Errorf("it leads to %s", host)
				}
				b.wants(".brand__town", c.name)
			})
		})
	}
}
