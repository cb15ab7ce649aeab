package browser

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/pg/pgtest"
)

// password is that of every account of the demonstration here.
const password = "nine blue lanterns 47"

// openStaffed starts the service with what a demonstration has: accounts, sample
// cases, and a few more municipalities with made-up ones.
func openStaffed(t *testing.T) *service {
	t.Helper()
	needChromium(t)
	return serve(t, demonstration(pgtest.Prepared(t, "four-towns-with-staff-and-cases", fillTowns), freePort(t)))
}

func demonstration(db *pgtest.Database, port string) *config.Settings {
	s := settings(db, port)
	s.Environment = config.Demo
	// What the accounts' passwords were sealed with opens them later.
	s.SecretKey = config.Secret(strings.Repeat("browser", 8))
	return s
}

// fillTowns makes the four towns with staff and sample cases, and five small
// municipalities of Lithuania and one of Bulgaria with enough to be compared by.
func fillTowns(db *pgtest.Database) error {
	ctx, s := context.Background(), demonstration(db, "8080")
	dir, err := os.MkdirTemp("", "charterhouse-browser-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.DataDir = dir
	if err := os.WriteFile(filepath.Join(dir, "demo_password"), []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	// Klaipėda gets its many cases first, then those of the demonstration: there are
	// enough questions then to see whether its promise is kept.
	s.Environment = config.Development
	if err := app.Prepare(ctx, s, config.Secret(db.SuperURL), io.Discard); err != nil {
		return err
	}
	err = app.SampleMunicipalities(ctx, s, app.SampleMany{
		Countries: []string{"lt", "bg"}, Cases: 150, Seed: 5,
		Only: []string{"neringos", "birstono", "rietavo", "pagegiu", "kauno-miesto", "klaipeda", "chavdar"},
	}, io.Discard)
	if err != nil {
		return err
	}
	s.Environment = config.Demo
	if err := app.Prepare(ctx, s, config.Secret(db.SuperURL), io.Discard); err != nil {
		return err
	}
	_, err = app.ResultsRecompute(ctx, s, app.Recomputing{Workers: 2}, io.Discard)
	return err
}

// TestCases follows cases from the citizen to the desk and back, and looks at
// every page on the way, all on one service.
func TestCases(t *testing.T) {
	s := openStaffed(t)
	for name, group := range map[string]func(*testing.T){
		"the whole story":  s.wholeStory,
		"without a name":   s.withoutAName,
		"three days":       s.threeDays,
		"three slowest":    s.threeSlowest,
		"the desk":         s.deskPages,
		"a citizen's case": s.casePages,
		"the comparison":   s.portalPages,
		"keyboard":         s.casesByKeyboard,
		"the desk's menu":  s.narrowMenu,
		"answers":          s.deskAnswers,
		"second factor":    s.secondFactor,
		"too often":        s.tooOften,
		"files refused":    s.filesRefused,
		"on paper":         s.receiptOnPaper,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			group(t)
		})
	}
}

// signIn opens a desk of a town, or of the portal, as a demonstration's account.
func (b *tab) signIn(s *service, slug, lang, role string) {
	b.t.Helper()
	realm := slug
	if slug == "" {
		realm = "portal"
	}
	b.visit(s.address(slug, "/"+lang+"/admin"))
	b.fill("#email", role+"@"+realm+".example")
	b.fill("#password", password)
	if b.follow("form.entrance button"); strings.Contains(b.path(), "/log-in") {
		b.t.Fatalf("%s cannot sign in: %s", role, b.text("main"))
	}
}
