package app

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/tenant"
)

// demoTowns are the four towns as a demonstration makes them.
func demoTowns(t *testing.T) *config.Settings {
	t.Helper()
	settings := func(db *pgtest.Database) *config.Settings {
		s := testSettings(db)
		s.Environment = config.Demo
		return s
	}
	db := pgtest.Prepared(t, "four-towns-with-samples", func(db *pgtest.Database) error {
		s := settings(db)
		s.DataDir = t.TempDir() // the password of the accounts
		return Prepare(context.Background(), s, config.Secret(db.SuperURL), io.Discard)
	})
	s := settings(db)
	s.DataDir = t.TempDir()
	return s
}

func TestADemonstrationHasSamplesOnce(t *testing.T) {
	s := demoTowns(t)
	shown, err := shownSamples(t.Context(), s)
	if err != nil || len(shown) != 4 {
		t.Fatalf("%d samples can be followed: %v", len(shown), err)
	}
	for _, one := range shown {
		if len(one.code) < 20 || !strings.Contains(one.number, "-2026-") {
			t.Errorf("%+v", one)
		}
	}
	var out strings.Builder
	if err := SampleLoad(t.Context(), s, "", &out); err != nil || out.Len() > 0 {
		t.Errorf("a second loading said %q: %v", out.String(), err)
	}
	if err := SampleLoad(t.Context(), s, "kaunas", &out); err == nil {
		t.Error("samples were loaded for a town that has none")
	}
}

// A town whose citizens have filed cases gets no made-up ones: they would use up
// numbers of its register. The others get theirs, and a demonstration in which
// visitors have filed starts again.
func TestSamplesAreRefusedBesideOwnCases(t *testing.T) {
	s := demoTowns(t)
	var out strings.Builder
	well(t, SampleRemove(t.Context(), s, "", io.Discard))
	fileOne(t, s, "chuprene")
	for _, slug := range []string{"chuprene", ""} {
		err := SampleLoad(t.Context(), s, slug, &out)
		if err == nil || !strings.Contains(err.Error(), "chuprene") || strings.Contains(err.Error(), "varena") || !strings.Contains(err.Error(), "--tenant") {
			t.Errorf("loading samples of %q beside a town's own cases: %v", slug, err)
		}
	}
	if text := out.String(); strings.Contains(text, "chuprene") || !strings.Contains(text, "varena: ") || !strings.Contains(text, "sample cases loaded") {
		t.Errorf("it said %s", text)
	}
	well(t, withAdmin(t.Context(), s, func(h *house, admin *pg.Admin) error {
		own, err := h.loadSamples(t.Context(), admin, samples(), io.Discard)
		if len(own) != 1 {
			t.Errorf("a second run left out %v", own)
		}
		return err
	}))
	realm, err := pg.Town("chuprene")
	well(t, err)
	var cases int
	well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
		return admin.Read(t.Context(), realm, func(tx *pg.Tx) error {
			return tx.Get(t.Context(), &cases, `SELECT count(*) FROM cases WHERE number IS NOT NULL`)
		})
	}))
	if cases != 1 {
		t.Errorf("the town has %d cases, its own among them", cases)
	}
}

// What visitors have attached to a sample goes with it: the rows, and the contents
// on the disk.
func TestSamplesGoWithTheirFiles(t *testing.T) {
	s := demoTowns(t)
	h, err := newHouse(s)
	well(t, err)
	r, err := h.rooms()
	well(t, err)
	well(t, h.openFiles(r))
	t.Cleanup(func() { r.files.Close() })
	db, err := pg.Open(t.Context(), h.options(s.DatabaseURL, 4))
	well(t, err)
	t.Cleanup(func() { db.Close() })
	realm, err := pg.Town("klaipeda")
	well(t, err)
	var picture bytes.Buffer
	well(t, png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 8, 8))))
	_, err = r.files.Stage(t.Context(), realm, "form", "canary.png", false, &picture)
	well(t, err)
	shown, err := shownSamples(t.Context(), s)
	well(t, err)
	var id string
	well(t, db.Write(t.Context(), realm, func(tx *pg.Tx) error {
		kept, err := r.files.Keep(t.Context(), tx, "form")
		well(t, err)
		id = kept[0].ID
		town, err := r.desk.Read(t.Context(), tx)
		well(t, err)
		return town.Note(t.Context(), tx, casework.Officer{Actor: audit.Operator()}, casework.Ref{Number: shown[0].number},
			casework.Message{Text: "photo", Files: []string{id}})
	}))
	content, err := r.files.Read(realm, id)
	well(t, err)
	content.Close()
	var out strings.Builder
	well(t, SampleRemove(t.Context(), s, "klaipeda", &out))
	if !strings.Contains(out.String(), "klaipeda: 17 sample cases removed") {
		t.Errorf("it said %q", out.String())
	}
	if _, err := r.files.Read(realm, id); !fault.Is(err, fault.Gone) {
		t.Errorf("the content is still there: %v", err)
	}
	well(t, db.Read(t.Context(), realm, func(tx *pg.Tx) error {
		if _, err := files.Get(t.Context(), tx, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("the file is still known: %v", err)
		}
		return nil
	}))
	if shown, err = shownSamples(t.Context(), s); err != nil || len(shown) != 3 {
		t.Errorf("%d samples can be followed after one town's were removed: %v", len(shown), err)
	}
}

// Most samples have no file, while the town may keep files of its own: none of
// them goes, and taking samples away where none are left says so.
func TestSamplesWithoutFilesGoAndLeaveTheFilesOfOthers(t *testing.T) {
	s := demoTowns(t)
	h, err := newHouse(s)
	well(t, err)
	r, err := h.rooms()
	well(t, err)
	well(t, h.openFiles(r))
	t.Cleanup(func() { r.files.Close() })
	realm, err := pg.Town("varena")
	well(t, err)
	var picture bytes.Buffer
	well(t, png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 8, 8))))
	_, err = r.files.Stage(t.Context(), realm, "form", "own.png", false, &picture)
	well(t, err)
	var own string
	well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
		return admin.Write(t.Context(), realm, func(tx *pg.Tx) error {
			kept, err := r.files.Keep(t.Context(), tx, "form")
			if err == nil {
				own = kept[0].ID
			}
			return err
		})
	}))
	var first, second strings.Builder
	well(t, SampleRemove(t.Context(), s, "", &first))
	well(t, SampleRemove(t.Context(), s, "", &second))
	for _, slug := range samples() {
		if strings.Contains(first.String(), slug+": 0 sample cases removed") || !strings.Contains(second.String(), slug+": 0 sample cases removed") {
			t.Errorf("%s: it said %q, then %q", slug, first.String(), second.String())
		}
		town, err := pg.Town(slug)
		well(t, err)
		well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
			return admin.Read(t.Context(), town, func(tx *pg.Tx) error {
				var left int
				err := tx.Get(t.Context(), &left, `SELECT (SELECT count(*) FROM cases) + (SELECT count(*) FROM case_events) + (SELECT count(*) FROM case_texts)`)
				if left != 0 {
					t.Errorf("%s: %d rows of the samples are left", slug, left)
				}
				return err
			})
		}))
	}
	content, err := r.files.Read(realm, own)
	if err != nil {
		t.Fatalf("a file that belongs to no sample is gone: %v", err)
	}
	content.Close()
}

func well(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A town is marked for as long as it holds sample cases; the note of a
// demonstration marks it by itself.
func TestTheRegistryTellsOfSamples(t *testing.T) {
	s := demoTowns(t)
	marked := func(slug string) (yes bool) {
		well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
			return admin.Read(t.Context(), pg.Portal(), func(tx *pg.Tx) error {
				towns, err := tenant.Slugs(t.Context(), tx)
				for _, town := range towns {
					yes = yes || town.Slug == slug && town.Sample
				}
				return err
			})
		}))
		return yes
	}
	realm, err := pg.Town("varena")
	well(t, err)
	well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
		return admin.Write(t.Context(), realm, func(tx *pg.Tx) error {
			return tenant.Set(t.Context(), tx, audit.Operator(), "note", nil)
		})
	}))
	if !marked("varena") {
		t.Error("a town that holds sample cases is not marked")
	}
	well(t, SampleRemove(t.Context(), s, "", io.Discard))
	if marked("varena") || !marked("klaipeda") {
		t.Errorf("without samples: varena %v, klaipeda, which has the note, %v", marked("varena"), marked("klaipeda"))
	}
	well(t, SampleLoad(t.Context(), s, "varena", io.Discard))
	if !marked("varena") {
		t.Error("samples were loaded and the town is not marked")
	}
}
