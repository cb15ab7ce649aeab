package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/embedded"
	"charterhouse/internal/provision"
	"charterhouse/migrations"
)

// newcomers are n towns from the country packs in turn: lt-001, bg-002, …
func (p *place) newcomers(n int) ([]provision.Town, error) {
	towns := make([]provision.Town, n)
	for i := range towns {
		country := []string{"lt", "bg"}[i%2]
		town := provision.FromPack(p.packs[country], provision.Newcomer{
			Slug: fmt.Sprintf("%s-%03d", country, i+1), Country: country, Code: fmt.Sprintf("X%03d", i+1),
			Name: i18n.Text{
				"lt": fmt.Sprintf("%d savivaldybė", i+1), "bg": fmt.Sprintf("община %d", i+1), "en": fmt.Sprintf("Municipality %d", i+1),
			},
		})
		if problems := provision.Check(town, p.packs, p.say); len(problems) > 0 {
			return nil, fmt.Errorf("%s: %v", town.Slug, problems)
		}
		towns[i] = town
	}
	return towns, nil
}

// provisioning makes the towns of the large database, a part in each run, and
// lets psql run the same DDL for as many schemas of the plain one. Every other
// town is timed whole; of the rest only the DDL, which is made first.
func (b *bench) provisioning(ctx context.Context) error {
	towns, err := b.newcomers(b.towns - len(samples()))
	if err != nil {
		return err
	}
	admin, m, err := b.operator(ctx, many)
	if err != nil {
		return err
	}
	defer admin.Close()
	var whole, ours, theirs sample // ms a town
	var psqlFails error
	for run := range b.runs {
		part := towns[len(towns)*run/b.runs : len(towns)*(run+1)/b.runs]
		var all, ddl sample
		for i, t := range part {
			if i%2 == 1 {
				took, err := makeTables(ctx, admin, m, t.Slug)
				if err != nil {
					return err
				}
				ddl = append(ddl, took)
			}
			began := time.Now()
			if _, err := provision.Create(ctx, admin, m, b.packs[t.Country], t, false); err != nil {
				return err
			}
			if i%2 == 0 {
				all = append(all, milliseconds(time.Since(began)))
			}
		}
		took, err := b.byPsql(ctx, part)
		psqlFails = errors.Join(psqlFails, err)
		whole, ours, theirs = append(whole, all.mean()), append(ours, ddl.mean()), append(theirs, took/float64(len(part)))
	}
	b.table.add(figure{
		what: "provisioning a town: role, tables, settings, charter", runs: whole, unit: " ms", digits: 1,
		note: fmt.Sprintf("%.1f s for %d", whole.median()*float64(b.towns)/1000, b.towns),
	})
	ratio := "… its role, schema and tables against the same DDL by psql, time"
	if psqlFails != nil {
		b.table.lacking(ratio, psqlFails)
		return nil
	}
	b.table.add(figure{
		what: ratio, runs: ours.over(theirs), unit: " times", digits: 2,
		note: fmt.Sprintf("%.1f ms a town, psql %.1f ms", ours.median(), theirs.median()),
	})
	return nil
}

// makeTables does of a town what psql does, and tells the milliseconds.
func makeTables(ctx context.Context, admin *pg.Admin, m *pg.Migrator, slug string) (float64, error) {
	realm, err := pg.Town(slug)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	err = errors.Join(admin.CreateRealm(ctx, realm), m.Realm(ctx, realm))
	return milliseconds(time.Since(began)), err
}

// byPsql lets one session of psql make the towns' schemas, and tells the
// milliseconds.
func (b *bench) byPsql(ctx context.Context, towns []provision.Town) (float64, error) {
	programs, err := embedded.Find(b.clone, 0)
	if err != nil {
		return 0, err
	}
	psql := filepath.Join(programs.Bin, "psql")
	if _, err := os.Stat(psql); err != nil {
		if psql, err = exec.LookPath("psql"); err != nil {
			return 0, errors.New("psql is not installed")
		}
	}
	var script strings.Builder
	for _, t := range towns {
		if err := writeDDL(&script, "p_"+strings.ReplaceAll(t.Slug, "-", "_")); err != nil {
			return 0, err
		}
	}
	file := filepath.Join(b.dir, "towns.sql")
	if err := os.WriteFile(file, []byte(script.String()), 0o600); err != nil {
		return 0, err
	}
	u, err := url.Parse(b.server.OwnerURL(plain))
	if err != nil {
		return 0, err
	}
	password, _ := u.User.Password()
	cmd := exec.CommandContext(ctx, psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file)
	cmd.Env = append(os.Environ(), "PGHOST="+u.Hostname(), "PGPORT="+u.Port(), "PGUSER="+u.User.Username(),
		"PGPASSWORD="+password, "PGDATABASE="+plain, "PGOPTIONS=-c client_min_messages=warning")
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("psql: %w: %s", err, out)
	}
	return milliseconds(time.Since(began)), nil
}

// restricted finds the tables in which a town may not do everything; the migrator
// turns the comment into rights.
var restricted = regexp.MustCompile(`(?m)^COMMENT ON TABLE ([a-z_]+) IS 'rights: ([A-Z, ]+)'`)

// writeDDL writes what makes one town's role, schema, rights and tables: one
// transaction for what comes before the tables and one for each file, as
// provisioning has them.
func writeDDL(out *strings.Builder, name string) error {
	fmt.Fprintf(out, `BEGIN;
CREATE ROLE %[1]s NOLOGIN;
GRANT charter_tenant TO %[1]s;
GRANT %[1]s TO %[3]s;
CREATE SCHEMA %[1]s AUTHORIZATION %[2]s;
GRANT USAGE ON SCHEMA %[1]s TO %[1]s;
ALTER DEFAULT PRIVILEGES FOR ROLE %[2]s IN SCHEMA %[1]s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %[1]s;
ALTER DEFAULT PRIVILEGES FOR ROLE %[2]s IN SCHEMA %[1]s GRANT USAGE ON SEQUENCES TO %[1]s;
COMMIT;
SET search_path = %[1]s, ext, pg_temp;
`, name, embedded.Owner, embedded.Service)
	for _, set := range []fs.FS{migrations.Realm(), migrations.Tenant()} {
		files, err := fs.Glob(set, "*.sql") // in the order of their numbers
		if err != nil {
			return err
		}
		for _, f := range files {
			text, err := fs.ReadFile(set, f)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "BEGIN;\n%s\n", text)
			for _, m := range restricted.FindAllSubmatch(text, -1) {
				fmt.Fprintf(out, "REVOKE ALL ON %[1]s FROM %[3]s;\nGRANT %[2]s ON %[1]s TO %[3]s;\n", m[1], m[2], name)
			}
			fmt.Fprint(out, "COMMIT;\n")
		}
	}
	return nil
}

// nothingToMigrate is what every start of a new version does when it is the old.
func (b *bench) nothingToMigrate(ctx context.Context) error {
	var inside, command sample
	for range b.runs {
		began := time.Now()
		admin, m, err := b.operator(ctx, many)
		if err != nil {
			return err
		}
		report, err := m.Run(ctx)
		inside = append(inside, milliseconds(time.Since(began)))
		if err := errors.Join(err, report.Err(), admin.Close()); err != nil {
			return err
		}
		if report.Applied != 0 {
			return fmt.Errorf("%d files were applied: there was something to do", report.Applied)
		}
		cmd := exec.CommandContext(ctx, b.program, "migrate")
		cmd.Env = b.environment(many)
		began = time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("charter migrate: %w: %s", err, out)
		}
		command = append(command, milliseconds(time.Since(began)))
	}
	b.table.add(figure{
		what: fmt.Sprintf("migrate with nothing to do, %d towns, connecting included", b.towns), runs: inside, unit: " ms", digits: 1, aim: 20,
		note: fmt.Sprintf("%.0f ms as a command", command.median()),
	})
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }
