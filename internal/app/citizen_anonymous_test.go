package app

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// The canaries that an anonymous submitter brings along without knowing.
const (
	canaryAgent   = "CNRY-agent-8f31"
	canaryAddress = "203.0.113.77"
	canaryPage    = "CNRY-referer-8f31"
	canaryPlace   = "CNRY-gps-8f31"
	canaryAuthor  = "CNRY-author-8f31"
	canaryCookie  = "CNRY-cookie-8f31"
)

// photograph is a JPEG that says where it was taken.
func photograph(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 16, 16)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x00" + canaryPlace
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(head, b.Bytes()[2:]...)
}

// TestAnAnonymousCaseLeavesNoTrace is N1: filed with odd headers, a photograph that
// names a place and a document that names its author; then every table, every file
// and the log are searched for them, and for the hour.
func TestAnAnonymousCaseLeavesNoTrace(t *testing.T) {
	first := openStreet(t)
	s := first.later("2026-11-20T11:37:41Z")
	form := anonymous(s.filled("chuprene", "signal"))
	document := zipped(t, map[string]string{
		"[Content_Types].xml": "<Types/>", "word/document.xml": "<w>text</w>", "docProps/core.xml": "<a>" + canaryAuthor + "</a>", "docProps/app.xml": canaryAuthor,
	})
	send := func(path string, form url.Values, files ...attached) shown {
		return s.oddly("chuprene", path, form, files...)
	}
	receipt := send("/bg/submit/signal", form, attached{"snimka.jpg", photograph(t)}, attached{"doklad.docx", document})
	w := slipOf("chuprene", receipt)
	for _, again := range []shown{receipt, send("/bg/submit/signal", form)} {
		if said := again.doc.Find("main").Text(); !strings.Contains(said, "snimka.jpg") || !strings.Contains(said, "doklad.docx") {
			t.Errorf("the receipt does not name the files:\n%s", said)
		}
	}
	page := s.opened(w)
	if n := page.doc.Find("button[name=file]").Length(); n != 2 {
		t.Fatalf("the case has %d files", n)
	}
	if got := send("/bg/track/add", w.on(page, "text", "Още нещо"), attached{"vtora.jpg", photograph(t)}); got.status != 200 {
		t.Fatalf("added: %d", got.status)
	}

	canaries := append(carried(), w.code, strings.ReplaceAll(w.code, "-", ""), form.Get("nonce"))
	kept := 0
	places := searched(t, s, s.log.String(), canaries, func(place, text string) {
		if strings.HasPrefix(place, "t_chuprene.") && strings.Contains(text, ":37:41") {
			t.Errorf("%s keeps the hour:\n%s", place, text)
		}
		if strings.Contains(place, "/kept/") {
			info, err := os.Stat(place)
			if kept++; err != nil || info.ModTime().UTC().Format("15:04:05") != "22:00:00" {
				t.Errorf("%s tells the hour: %v %v", place, info.ModTime(), err)
			}
		}
	})
	if kept != 3 {
		t.Errorf("%d files are kept, want 3", kept)
	}
	if s.log.String() == "" || places < 40 {
		t.Errorf("looked at %d places only", places)
	}
	t.Logf("%d places searched for %d texts", places, len(canaries))
	n := s.count("chuprene", func(ctx context.Context, tx *pg.Tx, n *int) error {
		return tx.Get(ctx, n, `SELECT (SELECT count(*) FROM case_people) + (SELECT count(*) FROM mails WHERE about = $1)`, "case/"+w.number)
	})
	if n != 0 {
		t.Errorf("%d rows about a person", n)
	}
	// What an officer sees is the day, too.
	s.desk(w, func(ctx context.Context, _ *casework.Town, tx *pg.Tx, _ casework.Officer, _ casework.Ref) error {
		c, err := casework.Find(ctx, tx, w.number)
		if err == nil && c.FiledAt.UTC().Format("15:04") != "22:00" {
			t.Errorf("filed at %v", c.FiledAt)
		}
		return err
	})
}

// carried lists what comes along with a form unasked.
func carried() []string {
	return []string{canaryAgent, canaryAddress, canaryPage, canaryPlace, canaryAuthor, canaryCookie}
}

// searched looks for texts in every row of the database, every file and a log, and
// shows each place to look. It gives how many places there were.
func searched(t testing.TB, s *street, log string, canaries []string, look func(place, text string)) (places int) {
	t.Helper()
	at := func(place, text string) {
		places++
		for _, c := range canaries {
			if strings.Contains(text, c) || strings.Contains(text, hex.EncodeToString([]byte(c))) || strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(c))) {
				t.Errorf("%s holds %s", place, c)
			}
		}
		look(place, text)
	}
	for table, text := range everyRow(t, s.db.SuperURL) {
		at(table, text)
	}
	err := filepath.WalkDir(s.settings.Files(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		at(path, path+string(raw)+unpacked(raw))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	at("the log", log)
	return places
}

// unpacked is what a ZIP holds; empty for anything else.
func unpacked(raw []byte) string {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		_, _ = io.Copy(&b, r) // what cannot be read holds nothing either
		r.Close()
	}
	return b.String()
}

// everyRow reads every table of the database as text.
func everyRow(t testing.TB, superURL string) map[string]string {
	t.Helper()
	db, err := sql.Open("postgres", superURL)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		var text sql.NullString
		if err := db.QueryRow(fmt.Sprintf(`SELECT string_agg(x::text, E'\n') FROM %s x`, name)).Scan(&text); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = text.String
	}
	return all
}
