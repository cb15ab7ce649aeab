package app

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/tenants"
)

// setUp is a database without a town.
func setUp(t *testing.T) *config.Settings {
	t.Helper()
	db := pgtest.Prepared(t, "no-town", func(db *pgtest.Database) error {
		s := testSettings(db)
		s.AdminDatabaseURL = config.Secret(db.SuperURL)
		return Setup(context.Background(), s, io.Discard)
	})
	s := testSettings(db)
	s.DataDir = t.TempDir()
	return s
}

// Every municipality of the two countries can be made: its package is without
// fault, and its address is its own.
func TestEveryMunicipalityHasAPackage(t *testing.T) {
	s := setUp(t)
	h, err := newHouse(s)
	well(t, err)
	seen := map[string]bool{}
	for country, want := range map[string]int{"lt": 60, "bg": 265} {
		list, err := provision.Municipalities(tenants.Files, country)
		well(t, err)
		if len(list) != want {
			t.Errorf("%s has %d municipalities", country, len(list))
		}
		for _, m := range list {
			if seen[m.Slug] {
				t.Errorf("two municipalities are %s", m.Slug)
			}
			seen[m.Slug] = true
			if p := provision.Check(m.Town(h.packs[country]), h.packs, h.words("en")); len(p) > 0 || m.Population.Value < 500 {
				t.Errorf("%s (%d people): %v", m.Slug, m.Population.Value, p)
			}
		}
	}
	for _, slug := range []string{"kauno-miesto", "neringos", "plovdiv", "byala-var05"} {
		if !seen[slug] {
			t.Errorf("there is no %s", slug)
		}
	}
}

// Towns are made and filled once, however often the command runs; the same seed
// gives the same cases in the same town of another database; a town with cases of
// its own is left alone; removal leaves the towns and takes every case.
func TestMunicipalitiesAreMadeAndFilled(t *testing.T) {
	order := SampleMany{Countries: []string{"lt", "bg"}, Cases: 1200, Seed: 3, Only: []string{"neringos", "klaipeda", "chavdar"}}
	s, other := setUp(t), setUp(t)
	var out strings.Builder
	well(t, SampleMunicipalities(t.Context(), s, order, &out))
	for _, want := range []string{"neringos: created, 1200 cases", "klaipeda: created, 1200 cases", "3 of 3 towns, 3600 cases"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it did not say %q:\n%s", want, out.String())
		}
	}
	out.Reset()
	well(t, SampleMunicipalities(t.Context(), s, order, &out))
	if !strings.Contains(out.String(), "3 of 3 towns, 0 cases") {
		t.Errorf("a second run said\n%s", out.String())
	}
	order.Only = []string{"neringos"}
	well(t, SampleMunicipalities(t.Context(), other, order, io.Discard))
	if a, b := fingerprint(t, s, "neringos"), fingerprint(t, other, "neringos"); a != b || len(a) < 100 {
		t.Errorf("the same seed gave\n%.300s\nand\n%.300s", a, b)
	}
	fileOne(t, s, "chavdar")
	well(t, SampleRemove(t.Context(), s, "", io.Discard))
	out.Reset()
	order.Only = []string{"chavdar", "neringos"}
	well(t, SampleMunicipalities(t.Context(), s, order, &out))
	if !strings.Contains(out.String(), "chavdar: stands, has cases of its own") || !strings.Contains(out.String(), "neringos: stands, 1200 cases") {
		t.Errorf("beside a town with cases of its own it said\n%s", out.String())
	}
	order.Only = []string{"atlantis"}
	if err := SampleMunicipalities(t.Context(), s, order, io.Discard); err == nil {
		t.Error("a municipality that does not exist was filled")
	}
}

// stopping ends the command with its first line.
type stopping struct {
	strings.Builder
	stop func()
}

func (s *stopping) Write(b []byte) (int, error) {
	s.stop()
	return s.Builder.Write(b)
}

// Stopped in the middle, it says so, and goes on where it was.
func TestFillingGoesOnWhereItStopped(t *testing.T) {
	s := setUp(t)
	s.MigrateWorkers = 1
	order := SampleMany{Countries: []string{"lt"}, Cases: 1100, Seed: 3, Only: []string{"neringos", "birstono", "pagegiu"}}
	ctx, stop := context.WithCancel(t.Context())
	first := &stopping{stop: stop}
	if err := SampleMunicipalities(ctx, s, order, first); !errors.Is(err, context.Canceled) {
		t.Fatalf("it was stopped and says %v:\n%s", err, first.String())
	}
	var out strings.Builder
	well(t, SampleMunicipalities(t.Context(), s, order, &out))
	if text := out.String(); !strings.Contains(text, ": stands, 0 cases") || !strings.Contains(text, "3 of 3 towns") || strings.Contains(text, "3300 cases") {
		t.Errorf("after the stop it said\n%s\nbefore it\n%s", text, first.String())
	}
	for _, slug := range order.Only {
		if n := strings.Count(fingerprint(t, s, slug), "\n") + 1; n != order.Cases {
			t.Errorf("%s has %d cases", slug, n)
		}
	}
}

// fingerprint is what can be seen of a town's cases: the figures by kind, state and
// day, past the verbs.
func fingerprint(t *testing.T, s *config.Settings, slug string) (text string) {
	t.Helper()
	realm, err := pg.Town(slug)
	well(t, err)
	well(t, withAdmin(t.Context(), s, func(_ *house, admin *pg.Admin) error {
		return admin.Read(t.Context(), realm, func(tx *pg.Tx) error {
			towns, err := tenant.Slugs(t.Context(), tx)
			well(t, err)
			for _, town := range towns {
				if !town.Sample {
					t.Errorf("%s is not marked as a sample", town.Slug)
				}
			}
			return tx.Get(t.Context(), &text, `SELECT string_agg(concat_ws(' ', number, kind, state, channel, received_on, own_due, law_due,
				answered_on, done_on, ground, score), E'\n' ORDER BY id) FROM cases WHERE sample = $1`, true)
		})
	}))
	return text
}

// fileOne gives a town a case of its own.
func fileOne(t *testing.T, s *config.Settings, slug string) {
	t.Helper()
	realm, err := pg.Town(slug)
	well(t, err)
	well(t, withAdmin(t.Context(), s, func(h *house, admin *pg.Admin) error {
		r, err := h.rooms()
		well(t, err)
		return admin.Write(t.Context(), realm, func(tx *pg.Tx) error {
			town, err := r.desk.Read(t.Context(), tx)
			well(t, err)
			ticket, err := town.Ticket(tx.Now)
			well(t, err)
			_, err = town.Register(t.Context(), tx, casework.Officer{Actor: audit.Operator()}, casework.Filing{
				Ticket: ticket, Kind: casework.Praise, Lang: "bg", Title: "Похвала", Body: "Благодаря.",
				Person: casework.Person{Name: "Иван Примеров", ReplyBy: casework.ByTrack},
			}, casework.Arrival{Channel: "phone", ReceivedOn: town.Today(tx)})
			return err
		})
	}))
}
