package provision_test

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"charterhouse/internal/audit"
	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/locales"
	"charterhouse/migrations"
	"charterhouse/tenants"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// place is a set-up database with what provisioning needs.
type place struct {
	admin    *pg.Admin
	migrator *pg.Migrator
	packs    provision.Packs
	say      provision.Words
}

func open(db *pgtest.Database) (*place, error) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, err
	}
	p := &place{say: func(key string, args map[string]any) string { return catalog.Say("en", i18n.Key(key), args) }}
	if p.packs, err = provision.LoadPacks(tenants.Files, p.say); err != nil {
		return nil, err
	}
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	p.admin, err = pg.OpenAdmin(context.Background(), pg.Options{
		URL: db.AdminURL, Pool: 4, Clock: func() time.Time { return now }, Seal: audit.Append,
	})
	if err != nil {
		return nil, err
	}
	sets := pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}
	p.migrator, err = p.admin.Migrator(sets, pg.MigratorOptions{})
	return p, err
}

// empty gives a database that is set up and migrated and has no town.
func empty(t *testing.T) *place {
	t.Helper()
	db := pgtest.Prepared(t, "provision-empty", func(db *pgtest.Database) error {
		admin, err := pg.OpenAdmin(context.Background(), pg.Options{URL: db.SuperURL, Clock: time.Now})
		if err != nil {
			return err
		}
		if err := admin.Setup(context.Background(), db.ServiceURL); err != nil {
			return err
		}
		admin.Close()
		p, err := open(db)
		if err != nil {
			return err
		}
		defer p.admin.Close()
		report, err := p.migrator.Run(context.Background())
		if err != nil {
			return err
		}
		return report.Err()
	})
	p, err := open(db)
	must(t, err)
	t.Cleanup(func() { p.admin.Close() })
	return p
}

func (p *place) load(t *testing.T, dir fs.FS) provision.Town {
	t.Helper()
	town, problems := provision.Load(dir, p.packs, p.say)
	for _, x := range problems {
		t.Error(x)
	}
	if t.Failed() {
		t.FailNow()
	}
	return town
}

func (p *place) sample(t *testing.T, slug string) provision.Town {
	t.Helper()
	dir, err := fs.Sub(tenants.Files, slug)
	must(t, err)
	return p.load(t, dir)
}

func (p *place) create(t *testing.T, town provision.Town, overwrite bool) provision.Outcome {
	t.Helper()
	out, err := provision.Create(t.Context(), p.admin, p.migrator, p.packs[town.Country], town, overwrite)
	must(t, err)
	return out
}

func (p *place) in(t *testing.T, slug string, fn func(*pg.Tx) error) {
	t.Helper()
	realm, err := pg.Town(slug)
	must(t, err)
	must(t, p.admin.Write(t.Context(), realm, fn))
}

func (p *place) export(t *testing.T, slug string) provision.Town {
	t.Helper()
	var town provision.Town
	p.in(t, slug, func(tx *pg.Tx) (err error) {
		town, err = provision.Export(t.Context(), tx)
		return err
	})
	return town
}

func (p *place) directory(t *testing.T) *tenant.Directory {
	t.Helper()
	var d *tenant.Directory
	must(t, p.admin.Read(t.Context(), pg.Portal(), func(tx *pg.Tx) (err error) {
		d, err = tenant.Read(t.Context(), tx, tenant.Base{Scheme: "http", Domain: "localhost", Port: "8080"})
		return err
	}))
	return d
}

// towns are the four that come with the service.
func towns() []string { return []string{"klaipeda", "varena", "chuprene", "peshtera"} }

// What is exported, applied to an empty database and exported again is the same,
// file by file and byte by byte; and nothing of the package was lost on the way.
func TestExportAppliedElsewhereGivesTheSameExport(t *testing.T) {
	first, second := empty(t), empty(t)
	for _, slug := range towns() {
		t.Run(slug, func(t *testing.T) {
			given := first.sample(t, slug)
			first.create(t, given, false)
			exported := first.export(t, slug)
			if d := cmp.Diff(given, exported, cmpopts.EquateEmpty()); d != "" {
				t.Errorf("the export differs from the package (-package +export):\n%s", d)
			}
			dir := t.TempDir()
			must(t, exported.WriteTo(dir))
			again := second.load(t, os.DirFS(dir))
			second.create(t, again, false)
			want, err := exported.Files()
			must(t, err)
			got, err := second.export(t, slug).Files()
			must(t, err)
			if len(want) != 4 {
				t.Fatalf("the export has %d files, want 4", len(want))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("the second export differs:\n%s", d)
			}
		})
	}
}

// A second run changes nothing; what the town changed stays, is named, and goes
// only by --overwrite.
func TestApplyLeavesWhatTheTownChanged(t *testing.T) {
	p := empty(t)
	pack := p.sample(t, "varena")
	if out := p.create(t, pack, false); !out.New {
		t.Error("the first run did not make the town")
	}
	if out := p.create(t, pack, false); out.New || out.Done.Changed() || len(out.Done.Left) > 0 {
		t.Errorf("the second run did something: %+v", out)
	}
	own := tenant.Contact{Organisation: i18n.Text{"lt": "Mūsų administracija", "en": "Our administration"}}
	p.in(t, "varena", func(tx *pg.Tx) error { return tenant.Set(t.Context(), tx, audit.Actor{ID: "a1"}, "contact", own) })
	pack.Brand = "#123456"
	out := p.create(t, pack, false)
	if len(out.Done.Left) != 1 || out.Done.Left[0] != "contact" || len(out.Done.Wrote) != 1 || out.Done.Wrote[0] != "brand" {
		t.Errorf("wrote %v and left %v, want brand written and contact left", out.Done.Wrote, out.Done.Left)
	}
	if got := p.export(t, "varena"); got.Contact.Organisation["lt"] != "Mūsų administracija" || got.Brand != "#123456" {
		t.Errorf("contact %v, brand %s", got.Contact.Organisation, got.Brand)
	}
	p.create(t, pack, true)
	if d := cmp.Diff(pack.Contact, p.export(t, "varena").Contact, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("--overwrite did not restore the contact:\n%s", d)
	}
}

// A charter the town published itself is not replaced by a package.
func TestApplyLeavesTheTownsOwnCharter(t *testing.T) {
	p := empty(t)
	pack := p.sample(t, "chuprene")
	p.create(t, pack, false)
	own := pack.Charter.Document
	own.Title = i18n.Text{"bg": "Наша харта", "en": "Our charter"}
	p.in(t, "chuprene", func(tx *pg.Tx) error {
		_, err := charter.Publish(t.Context(), tx, audit.Actor{ID: "a1"}, own, tenant.FromTown)
		return err
	})
	if out := p.create(t, pack, false); strings.Join(out.Done.Left, " ") != "charter" {
		t.Errorf("left %v, want the charter", out.Done.Left)
	}
	if got := p.export(t, "chuprene").Charter.Title["bg"]; got != "Наша харта" {
		t.Errorf("the charter in force is %q", got)
	}
}

// Provisioning that stopped anywhere is finished by running it again, and until
// then nobody sees the town.
func TestProvisioningResumes(t *testing.T) {
	stops := map[string]func(*testing.T, *place, provision.Town, pg.Realm){
		"after the registry": func(*testing.T, *place, provision.Town, pg.Realm) {},
		"after the role": func(t *testing.T, p *place, _ provision.Town, r pg.Realm) {
			must(t, p.admin.CreateRealm(t.Context(), r))
		},
		"after the tables": func(t *testing.T, p *place, _ provision.Town, r pg.Realm) {
			must(t, p.admin.CreateRealm(t.Context(), r))
			must(t, p.migrator.Realm(t.Context(), r))
		},
	}
	for name, goOn := range stops {
		t.Run(name, func(t *testing.T) {
			p := empty(t)
			town := p.sample(t, "peshtera")
			must(t, p.admin.Write(t.Context(), pg.Portal(), func(tx *pg.Tx) error {
				_, err := tenant.Enter(t.Context(), tx, audit.Operator(), town.Profile, "Europe/Sofia")
				return err
			}))
			realm, err := pg.Town("peshtera")
			must(t, err)
			goOn(t, p, town, realm)
			if _, seen := p.directory(t).ByHost("peshtera.localhost"); seen {
				t.Fatal("a half-made town answers")
			}
			if out := p.create(t, town, false); !out.New {
				t.Error("the second run did not finish the town")
			}
			if _, seen := p.directory(t).ByHost("peshtera.localhost"); !seen {
				t.Error("the finished town does not answer")
			}
		})
	}
}

// A new town takes one command and no code.
func TestATownFromItsCountrysPack(t *testing.T) {
	p := empty(t)
	for _, n := range []provision.Newcomer{
		{Slug: "kaunas", Country: "lt", Code: "19", Name: i18n.Text{"lt": "Kauno miesto savivaldybė", "en": "Kaunas City Municipality"}},
		{Slug: "vidin", Country: "bg", Code: "VID09", Name: i18n.Text{"bg": "община Видин"}},
	} {
		town := provision.FromPack(p.packs[n.Country], n)
		if problems := provision.Check(town, p.packs, p.say); len(problems) > 0 {
			t.Fatalf("%s: %v", n.Slug, problems)
		}
		p.create(t, town, false)
		got, ok := p.directory(t).ByHost(n.Slug + ".localhost")
		if !ok || got.Name[n.Country] != n.Name[n.Country] || got.Origin != "http://"+n.Slug+".localhost:8080" {
			t.Errorf("%s answers as %+v", n.Slug, got)
		}
		exported := p.export(t, n.Slug)
		if len(exported.Charter.Places()) == 0 || !exported.Charter.Sample {
			t.Errorf("%s has %d model promises, sample %v", n.Slug, len(exported.Charter.Places()), exported.Charter.Sample)
		}
		files, err := exported.Files()
		must(t, err)
		if strings.Contains(string(files["charter.yaml"]), "{name}") {
			t.Errorf("%s: a placeholder was left in the charter", n.Slug)
		}
	}
}

// Each change of a town stands in its chain, and the chain holds.
func TestProvisioningIsInTheChain(t *testing.T) {
	p := empty(t)
	p.create(t, p.sample(t, "klaipeda"), false)
	p.in(t, "klaipeda", func(tx *pg.Tx) error {
		rep, err := audit.Verify(t.Context(), tx)
		if err != nil {
			return err
		}
		if rep.Entries < 4 || rep.Broken != 0 {
			t.Errorf("the chain has %d entries and is broken at %d", rep.Entries, rep.Broken)
		}
		return nil
	})
}
