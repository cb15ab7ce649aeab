package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/audit"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/embedded"
	"charterhouse/internal/provision"
	"charterhouse/locales"
	"charterhouse/migrations"
	"charterhouse/tenants"
)

// The databases.
const (
	few   = "four"
	many  = "many"
	plain = "plain"
)

// samples are the towns that come with the service.
func samples() []string { return []string{"klaipeda", "varena", "chuprene", "peshtera"} }

// place is where everything happens: a directory that goes away at the end, with
// a server like that of `charter demo` in it.
type place struct {
	dir    string
	server *embedded.Server
	super  *sql.DB // for what a superuser alone sees
	packs  provision.Packs
	say    provision.Words
}

func open(ctx context.Context, o options) (*place, error) {
	if _, err := os.Stat(o.program); err != nil {
		return nil, fmt.Errorf("%w: `make build` makes it", err)
	}
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, err
	}
	p := &place{say: func(key string, args map[string]any) string { return catalog.Say("en", i18n.Key(key), args) }}
	if p.packs, err = provision.LoadPacks(tenants.Files, p.say); err != nil {
		return nil, err
	}
	if p.dir, err = os.MkdirTemp("", "charterhouse-bench-"); err != nil {
		return nil, err
	}
	// The user that the server runs as must reach it.
	if err := os.Chmod(p.dir, 0o755); err != nil {
		return nil, errors.Join(err, p.close())
	}
	if err := p.fill(ctx, o); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// fill starts the server and prepares its databases; all three have the tables
// that towns share, and the first two the towns of the demonstration.
func (p *place) fill(ctx context.Context, o options) (err error) {
	p.server, err = embedded.Start(ctx, embedded.Options{Dir: filepath.Join(p.dir, "server"), Clone: o.clone})
	if err != nil {
		return err
	}
	if p.super, err = sql.Open("postgres", p.server.SuperURL("postgres")); err != nil {
		return err
	}
	for _, name := range []string{few, many, plain} {
		if _, err := p.super.ExecContext(ctx, "CREATE DATABASE "+name+" OWNER "+embedded.Owner); err != nil {
			return err
		}
		s, err := p.settings(name)
		if err != nil {
			return err
		}
		// The superuser sets up, because only it can take set_config from everybody.
		s.AdminDatabaseURL = config.Secret(p.server.SuperURL(name))
		if err := app.Setup(ctx, s, io.Discard); err != nil {
			return err
		}
		if name == plain {
			continue
		}
		var dirs []string
		for _, slug := range samples() {
			dirs = append(dirs, filepath.Join(o.clone, "tenants", slug))
		}
		s.AdminDatabaseURL = config.Secret(p.server.OwnerURL(name))
		if _, err := app.TenantApply(ctx, s, dirs, "en", false, io.Discard); err != nil {
			return err
		}
	}
	return nil
}

// settings are the defaults, with the addresses of a database.
func (p *place) settings(database string) (*config.Settings, error) {
	loaded, err := config.Load(config.Source{Forced: map[string]any{
		"environment":  config.Development,
		"database_url": p.server.ServiceURL(database), "admin_database_url": p.server.OwnerURL(database),
	}})
	if err != nil {
		return nil, err
	}
	return &loaded.Settings, nil
}

// operator opens a database as the commands of an operator do.
func (p *place) operator(ctx context.Context, database string) (*pg.Admin, *pg.Migrator, error) {
	admin, err := pg.OpenAdmin(ctx, pg.Options{URL: p.server.OwnerURL(database), Pool: 6, Clock: time.Now, Seal: audit.Append})
	if err != nil {
		return nil, nil, err
	}
	m, err := admin.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return nil, nil, errors.Join(err, admin.Close())
	}
	return admin, m, nil
}

func (p *place) close() error {
	var errs []error
	if p.super != nil {
		errs = append(errs, p.super.Close())
	}
	if p.server != nil {
		errs = append(errs, p.server.Crash()) // its data go away anyway
	}
	return errors.Join(append(errs, os.RemoveAll(p.dir))...)
}

// machine says what the figures were measured on.
func (p *place) machine(ctx context.Context) string {
	version := "PostgreSQL of unknown version"
	if err := p.super.QueryRowContext(ctx, "SHOW server_version").Scan(&version); err == nil {
		version = "PostgreSQL " + version
	}
	processor := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
				processor = strings.TrimSpace(value)
				break
			}
		}
	}
	load := ""
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load = ", load " + strings.Join(strings.Fields(string(text))[:3], " ")
	}
	return fmt.Sprintf("%d cores (%s), %s %s, %s%s.", runtime.NumCPU(), processor, runtime.GOOS, runtime.Version(), version, load)
}
