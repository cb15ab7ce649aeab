package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/comparison"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/locales"
)

// compared is the portal over some municipalities with made-up cases.
func compared(t *testing.T) *street {
	t.Helper()
	db := pgtest.Prepared(t, "compared", func(db *pgtest.Database) error {
		s, ctx := testSettings(db), context.Background()
		s.AdminDatabaseURL = config.Secret(db.SuperURL)
		if err := Setup(ctx, s, io.Discard); err != nil {
			return err
		}
		s = testSettings(db)
		err := SampleMunicipalities(ctx, s, SampleMany{
			Countries: []string{"lt", "bg"}, Cases: 400, Seed: 5,
			Only: []string{"neringos", "birstono", "rietavo", "kauno-miesto", "klaipeda", "chavdar"},
		}, io.Discard)
		if err != nil {
			return err
		}
		_, err = ResultsRecompute(ctx, s, Recomputing{Workers: 2}, io.Discard)
		return err
	})
	s := testSettings(db)
	s.Environment = config.Demo // its accounts have no second step
	s.DataDir = t.TempDir()
	return openStreetOn(t, db, s)
}

func (s *street) portal(path string) shown {
	s.t.Helper()
	req := s.request(http.MethodGet, "x", path, nil)
	req.URL.Host, req.Host = "localhost:8080", "localhost:8080"
	return s.do(req)
}

// TestMunicipalitiesSideBySide reads the comparison as a journalist does: classes,
// filters, one indicator, one town, and the data in each form.
func TestMunicipalitiesSideBySide(t *testing.T) {
	s := compared(t)
	page := s.portal("/en/compare?country=lt")
	if page.status != http.StatusOK || page.doc.Find(".sample").Length() != 1 {
		t.Fatalf("%d, and made-up figures are not marked", page.status)
	}
	small := page.doc.Find("tbody").FilterFunction(func(_ int, b *goquery.Selection) bool { return strings.Contains(b.Find(".grp").Text(), "Under 10,000") })
	if got := small.Find("tr").Length() - 1; got != 3 {
		t.Errorf("%d small municipalities, want 3", got)
	}
	names := func(doc *goquery.Document) (all []string) {
		doc.Find("tbody th[scope=row]").Each(func(_ int, th *goquery.Selection) { all = append(all, th.Text()) })
		return all
	}
	best, worst := names(page.doc), names(s.portal("/en/compare?country=lt&size=small&sort=worst").doc)
	if tail := slices.Clone(best[len(best)-3:]); !slices.Contains(tail, worst[0]) || len(worst) != 3 {
		t.Errorf("the small ones from the best are %v, from the worst %v", tail, worst)
	}
	if got := names(s.portal("/lt/compare?region=Kauno+apskritis").doc); len(got) != 2 {
		t.Errorf("the county of Kaunas shows %v", got)
	}
	for _, path := range []string{
		"/lt/compare", "/bg/compare", "/en/compare?country=all&indicator=satisfaction", "/lt/compare/first_answer", "/bg/compare/on_time_law?country=bg",
		"/en/compare/received?period=2025", "/lt/municipalities/neringos", "/bg/municipalities/chavdar",
	} {
		if got := s.portal(path); got.status != http.StatusOK || got.doc.Find("h1").Length() != 1 {
			t.Errorf("%s answers %d", path, got.status)
		}
	}
	for _, path := range []string{
		"/en/compare?indicator=x", "/en/compare?period=1999", "/en/compare?country=xx", "/en/compare?sort=x", "/en/compare?size=x",
		"/en/compare/x", "/en/municipalities/x", "/en/compare/download?format=x",
	} {
		if got := s.portal(path); got.status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got.status)
		}
	}
	s.forms(best)
}

// forms opens the downloads in each form: the same municipalities, and nowhere a
// figure of one to four cases.
func (s *street) forms(names []string) {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s.portal("/en/compare/download?country=lt&format=csv").body)).ReadAll()
	well(s.t, err)
	cases := slices.Index(rows[0], "cases")
	for _, row := range rows[1:] {
		if n, err := strconv.Atoi(row[cases]); err == nil && n < 5 {
			s.t.Errorf("%d cases are shown: %v", n, row)
		}
	}
	if len(rows)-1 != len(names) {
		s.t.Errorf("the table has %d rows, the file %d", len(names), len(rows)-1)
	}
	var sheets map[string][]map[string]any
	well(s.t, json.Unmarshal([]byte(s.portal("/en/compare/on_time_law/download?country=lt&format=json").body), &sheets))
	if len(sheets["on_time_law"]) != len(names) || len(sheets["trend"]) != 24 {
		s.t.Errorf("JSON has %d rows and %d months", len(sheets["on_time_law"]), len(sheets["trend"]))
	}
	raw := []byte(s.portal("/en/municipalities/neringos/download?format=xlsx").body)
	if _, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err != nil {
		s.t.Errorf("XLSX does not open: %v", err)
	}
}

// TestACoordinatorTakesAwayTheirCountries: the figures of the countries that they
// answer for, no other's, and nobody's before anything was assigned.
func TestACoordinatorTakesAwayTheirCountries(t *testing.T) {
	s := compared(t)
	if got := s.portal("/en/admin/figures"); got.status != http.StatusSeeOther {
		t.Errorf("without signing in: %d", got.status)
	}
	who, cookie := s.coordinator()
	ask := func(path string) shown {
		t.Helper()
		req := s.request(http.MethodGet, "x", path, nil)
		req.URL.Host, req.Host = "localhost:8080", "localhost:8080"
		req.AddCookie(cookie)
		return s.do(req)
	}
	if got := ask("/en/admin/figures/lt"); got.status != http.StatusForbidden {
		t.Errorf("before anything was assigned: %d", got.status)
	}
	well(t, s.service.DB.Write(t.Context(), pg.Portal(), func(tx *pg.Tx) error {
		return access.SetCountries(t.Context(), tx, audit.Operator(), who.ID, who.Version, []string{"lt"})
	}))
	if got := ask("/en/admin/figures"); got.status != http.StatusOK || got.doc.Find("section h2").Length() != 1 {
		t.Errorf("their page: %d with %d countries", got.status, got.doc.Find("section h2").Length())
	}
	if got := ask("/en/admin/figures/bg"); got.status != http.StatusForbidden {
		t.Errorf("another country: %d", got.status)
	}
	got := ask("/en/admin/figures/lt?format=csv")
	rows, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	well(t, err)
	country := slices.Index(rows[0], "country")
	if len(rows) != 1+5*11 {
		t.Errorf("%d rows for five municipalities by eleven indicators", len(rows)-1)
	}
	for _, row := range rows[1:] {
		if row[country] != "lt" {
			t.Errorf("a row of another country: %v", row)
		}
	}
	// Whoever opens the file reads what each code is, in the language of the page.
	words, err := i18n.Load(locales.Files)
	well(t, err)
	for _, lang := range []string{"lt", "bg", "en"} {
		rows, err := csv.NewReader(strings.NewReader(ask("/" + lang + "/admin/figures/lt?format=csv").body)).ReadAll()
		well(t, err)
		code, name, state := slices.Index(rows[0], "indicator"), slices.Index(rows[0], "indicator_name"), slices.Index(rows[0], "state")
		if name != code+1 || state != name+1 {
			t.Fatalf("%s: the columns are %v", lang, rows[0])
		}
		for i, row := range rows[1:] {
			of := comparison.Indicators()[i/5]
			if want := words.Say(lang, of.Name, nil); row[code] != of.Code || row[name] != want {
				t.Errorf("%s: %v, want %s %q", lang, row[code:state+1], of.Code, want)
			}
		}
	}
}

// coordinator signs somebody in on the portal.
func (s *street) coordinator() (access.User, *http.Cookie) {
	s.t.Helper()
	ctx := s.t.Context()
	var who access.User
	const password = "nine blue lanterns 47"
	well(s.t, s.service.DB.Write(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		who, err = access.AddUser(ctx, tx, audit.Operator(), access.NewUser{
			Profile: access.Profile{Email: "ruta@portal.example", Name: "Rūta", Lang: "en"}, Roles: []access.Role{access.Coordinator},
		})
		if err != nil {
			return err
		}
		prepared, err := s.service.Gate.Prepare(ctx, access.HolderOfUser(who), password)
		if err != nil {
			return err
		}
		return s.service.Gate.SetLastingPassword(ctx, tx, audit.Operator(), who.ID, prepared)
	}))
	var attempt access.Attempt
	well(s.t, s.service.DB.Write(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		if who, err = access.FindUser(ctx, tx, who.Email); err != nil {
			return err
		}
		attempt, err = s.service.Gate.Begin(ctx, tx, who.Email, "x")
		return err
	}))
	proof, err := s.service.Gate.Verify(ctx, attempt, password)
	well(s.t, err)
	var out access.Outcome
	well(s.t, s.service.DB.Write(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		out, err = s.service.Gate.LogIn(ctx, tx, proof, "Firefox, Linux", "")
		return err
	}))
	return who, &http.Cookie{Name: "sid", Value: out.Token.Reveal()}
}
