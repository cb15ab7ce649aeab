package app

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"charterhouse/config"
	"charterhouse/internal/pg/pgtest"
)

// figuredTowns are the four towns with made-up cases, counted: many, many, few,
// and none.
func figuredTowns(t *testing.T) *street {
	t.Helper()
	db := pgtest.Prepared(t, "four-towns-with-figures", func(db *pgtest.Database) error {
		ctx, s := context.Background(), testSettings(db)
		if err := Prepare(ctx, s, config.Secret(db.SuperURL), io.Discard); err != nil {
			return err
		}
		for _, o := range []SampleMany{
			{Countries: []string{"lt"}, Cases: 900, Seed: 1, Only: []string{"klaipeda"}},
			{Countries: []string{"bg"}, Cases: 700, Seed: 1, Only: []string{"peshtera"}},
			{Countries: []string{"bg"}, Cases: 30, Seed: 1, Only: []string{"chuprene"}},
		} {
			if err := SampleMunicipalities(ctx, s, o, io.Discard); err != nil {
				return err
			}
		}
		_, err := ResultsRecompute(ctx, s, Recomputing{}, io.Discard)
		return err
	})
	s := testSettings(db)
	s.DataDir = t.TempDir()
	return openStreetOn(t, db, s)
}

// behind looks at the database past the door.
func behind(t *testing.T, db *pgtest.Database) *sql.DB {
	t.Helper()
	raw, err := sql.Open("postgres", db.SuperURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

// words are what a reader sees of a page.
func (p shown) words() string {
	return strings.Join(strings.Fields(strings.ReplaceAll(p.doc.Find("main").Text(), "\u00a0", " ")), " ")
}

func TestATownShowsItsResults(t *testing.T) {
	s := figuredTowns(t)
	for slug, want := range map[string][]string{
		"klaipeda": {"nesilaikoma", "Terminas pagal chartiją", "Terminas pagal įstatymą", "Terminų pratęsimai", "Atsisakyta nagrinėti", "vidutinis įvertinimas iš 5", "pavyzdys", "laikotarpis dar nesibaigė"},
		"peshtera": {"Срок по хартата", "Срок по закон", "Удължаване на срока", "Оставени без разглеждане", "средна оценка от 5", "пример"},
		"chuprene": {"под 5", "под 5 или скрити", "няма преписки"},
		"varena":   {"Per laikotarpį kreipimųsi negauta.", "Per laikotarpį atsakymų niekas neįvertino.", "kreipimųsi nėra"},
	} {
		lang := map[string]string{"klaipeda": "lt", "varena": "lt"}[slug]
		if lang == "" {
			lang = "bg"
		}
		page := s.get(slug, "/"+lang+"/results")
		if page.status != http.StatusOK {
			t.Fatalf("%s: %d", slug, page.status)
		}
		text := page.words()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%s", slug, w, text)
			}
		}
		small(t, slug, page.doc)
	}
	if text := s.get("varena", "/lt/results").words(); strings.Contains(text, " 0 %") || strings.Contains(text, "0 iš") {
		t.Errorf("a town without cases shows a zero:\n%s", text)
	}
}

// small fails on any figure of a table that counts one to four cases.
func small(t *testing.T, slug string, doc *goquery.Document) {
	t.Helper()
	doc.Find("tr:has(.parts__bar) td.r, .by-month td:nth-child(2), .by-month td:nth-child(3)").Each(func(_ int, cell *goquery.Selection) {
		if n, err := strconv.Atoi(strings.TrimSpace(cell.Text())); err == nil && n > 0 && n < 5 {
			t.Errorf("%s shows a count of %d", slug, n)
		}
	})
}

func TestTheDrawingAndItsTableSayTheSame(t *testing.T) {
	page := figuredTowns(t).get("klaipeda", "/lt/results")
	rows := page.doc.Find("table.by-month tbody tr")
	bars := page.doc.Find("svg.chart--wide rect.bar")
	if rows.Length() != 12 || bars.Length() == 0 || bars.Length() > 12 {
		t.Fatalf("%d rows, %d bars", rows.Length(), bars.Length())
	}
	// The highest bar is that of the month with the most cases.
	most, highest, at := 0, 0.0, -1
	rows.Each(func(i int, row *goquery.Selection) {
		if n, err := strconv.Atoi(strings.TrimSpace(row.Find("td").First().Text())); err == nil && n > most {
			most, at = n, rows.Length()-1-i // the newest row comes first, the newest bar last
		}
	})
	tall := -1
	bars.Each(func(i int, bar *goquery.Selection) {
		if h, err := strconv.ParseFloat(bar.AttrOr("height", ""), 64); err == nil && h > highest {
			highest, tall = h, i
		}
	})
	if bars.Length() == 12 && tall != at {
		t.Errorf("bar %d is the highest, month %d has the most cases", tall, at)
	}
	if page.doc.Find("svg[role=img]").Length() == 0 || page.doc.Find("svg.chart[role=img] > title").Length() != 2 {
		t.Error("a drawing has no name")
	}
}

func TestAPeriodIsChosenByItsAddress(t *testing.T) {
	s := figuredTowns(t)
	for _, period := range []string{"2026-10", "2026-11", "2026-Q3", "2026", "2025", "12-2026-10", "12-2026-11", ""} {
		page := s.get("klaipeda", "/lt/results?period="+period)
		chosen, _ := page.doc.Find("#period option[selected]").Attr("value")
		if page.status != http.StatusOK || period != "" && chosen != period {
			t.Errorf("%s: %d, chosen is %q", period, page.status, chosen)
		}
	}
	for _, period := range []string{"2026-12", "2027", "2026-Q5", "2026-Q0", "2026-13", "x", "12-", "2026-1", "2026-10-01", "1999", "13-2026-10", "-Q1"} {
		for _, path := range []string{"/lt/results?period=", "/lt/results/download?period="} {
			if page := s.get("klaipeda", path+url.QueryEscape(period)); page.status != http.StatusNotFound {
				t.Errorf("%s%s: %d", path, period, page.status)
			}
		}
	}
}

func TestTheFiguresAreTakenAway(t *testing.T) {
	s := figuredTowns(t)
	links := 0
	s.get("klaipeda", "/lt/results").doc.Find("#data").Closest("section").Find("a[download]").Each(func(_ int, a *goquery.Selection) {
		links++
		file := s.get("klaipeda", a.AttrOr("href", ""))
		if file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d", a.AttrOr("href", ""), file.status)
		}
	})
	if links != 17 {
		t.Errorf("%d links to data", links)
	}
	months := s.get("klaipeda", "/lt/results/download?format=csv&sheet=months&period=2026-Q3")
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(months.body, "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 4 || lines[0][0] != "month" || lines[1][0] != "2026-09-01" {
		t.Errorf("CSV: %v, %q", err, lines)
	}
	var all map[string][]map[string]any
	if err := json.Unmarshal([]byte(s.get("klaipeda", "/lt/results/download?format=json").body), &all); err != nil || len(all) != 5 || len(all["months"]) != 12 {
		t.Errorf("JSON: %v, %d sheets", err, len(all))
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(s.get("klaipeda", "/lt/results/download?format=xlsx").body)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if names := book.GetSheetList(); len(names) != 5 {
		t.Errorf("XLSX has %v", names)
	}
	for _, wrong := range []string{"?format=pdf", "?sheet=cases", "?format=csv&sheet=x"} {
		if file := s.get("klaipeda", "/lt/results/download"+wrong); file.status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, file.status)
		}
	}
}

// A promise that begins like a formula is handed out as a text.
func TestNoFormulaIsHandedOut(t *testing.T) {
	s := figuredTowns(t)
	raw := behind(t, s.db)
	if _, err := raw.Exec(`UPDATE t_klaipeda.charter_versions SET document = replace(document, 'Vertiname jūsų nuomonę', '=HYPERLINK(1)')`); err != nil {
		t.Fatal(err)
	}
	sheet := s.get("klaipeda", "/lt/results/download?format=csv&sheet=promises").body
	if !strings.Contains(sheet, "'=HYPERLINK(1)") || strings.Contains(sheet, ",=HYPERLINK") || strings.Contains(sheet, `"=HYPERLINK`) {
		t.Errorf("the CSV has a formula:\n%s", sheet)
	}
	book, err := excelize.OpenReader(strings.NewReader(s.get("klaipeda", "/lt/results/download?format=xlsx&sheet=promises").body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("promises")
	if err != nil || !strings.Contains(strings.Join(rows[4], "|"), "'=HYPERLINK") {
		t.Errorf("XLSX: %v, %q", err, rows[4])
	}
}

// A promise's page tells the figure with its parts, the bounds by which it is
// judged, what was left out, and what was published; a correction stays to be seen.
func TestAPromiseTellsItsFigures(t *testing.T) {
	s := figuredTowns(t)
	const path = "/lt/commitments/answer-questions"
	page := s.get("klaipeda", path)
	text := page.words()
	for _, w := range []string{
		"Laikomasi – bent 90 %. Kyla rizika – bent 85 %", "Kas neįskaičiuota", "Gauta būdu, kuriam pažadas netaikomas", "Kaip sekėsi", "Tikslas – bent 90 %",
	} {
		if !strings.Contains(text, w) {
			t.Errorf("the page does not say %q:\n%s", w, text)
		}
	}
	if page.doc.Find(".fraction b").Length() != 3 || page.doc.Find("svg.chart--wide .pt, svg.chart--wide .pt-miss").Length() < 2 {
		t.Errorf("%d numbers in the fraction, %d points", page.doc.Find(".fraction b").Length(), page.doc.Find("svg.chart--wide .pt, svg.chart--wide .pt-miss").Length())
	}
	for _, by := range []string{"month", "quarter", "year", "rolling"} {
		if p := s.get("klaipeda", path+"?by="+by); p.status != http.StatusOK || p.doc.Find(".views [aria-current]").Length() != 1 {
			t.Errorf("by %s: %d", by, p.status)
		}
	}
	if p := s.get("klaipeda", path+"?by=week"); p.status != http.StatusNotFound {
		t.Errorf("by week: %d", p.status)
	}
	if _, err := behind(t, s.db).Exec(`INSERT INTO t_klaipeda.verdicts (commitment, period, starts, revision, charter_version, indicator, kind, target, state, num, den, sample, published_at)
		SELECT commitment, period, starts, revision + 1, charter_version, indicator, kind, target, 'kept', den, den, sample, published_at
		FROM t_klaipeda.verdicts WHERE commitment = 'answer-questions' AND period = 'quarter' AND starts = '2026-07-01'`); err != nil {
		t.Fatal(err)
	}
	corrected := s.get("klaipeda", path+"?by=quarter").doc.Find("tr.corrected")
	if corrected.Length() != 1 || !strings.Contains(corrected.Text(), "Pataisyta") || corrected.Find("s").Length() != 1 {
		t.Errorf("a correction is not to be seen: %q", corrected.Text())
	}
}
