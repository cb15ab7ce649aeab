package app

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"charterhouse/config"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
	"charterhouse/locales"
	"charterhouse/tenants"
)

// house is what every command that touches towns needs.
type house struct {
	settings *config.Settings
	catalog  *i18n.Catalog
	packs    provision.Packs
	clock    func() time.Time
}

// newHouse reads the words and the country packs that are built into the program.
func newHouse(s *config.Settings) (*house, error) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, fmt.Errorf("read the interface languages: %w", err)
	}
	h := &house{settings: s, catalog: catalog, clock: Clock(s)}
	h.packs, err = provision.LoadPacks(tenants.Files, h.words("en"))
	return h, err
}

// words says messages in one language: what a check found, to an operator.
func (h *house) words(lang string) provision.Words {
	return func(key string, args map[string]any) string { return h.catalog.Say(lang, i18n.Key(key), args) }
}

// base is where the service is reached from outside.
func (h *house) base() tenant.Base {
	return tenant.Base{Scheme: h.settings.Scheme(), Domain: h.settings.BaseDomain, Port: h.settings.Port()}
}

func (h *house) options(url config.Secret, pool int) pg.Options {
	return pg.Options{
		URL: url.Reveal(), Pool: pool, StatementTimeout: h.settings.StatementTimeout, Clock: h.clock, Seal: audit.Append,
		Away: func(cause error) error { return fault.Wrap(fault.Unavailable, web.KeyErrorUnavailable, cause) },
	}
}

// admin opens the database with the operator's credential.
func (h *house) admin(ctx context.Context) (*pg.Admin, error) {
	if h.settings.AdminDatabaseURL == "" {
		return nil, fmt.Errorf("CHARTER_ADMIN_DATABASE_URL is not set: this command needs the credential that owns the database")
	}
	o := h.options(h.settings.AdminDatabaseURL, h.settings.MigrateWorkers+2)
	o.StatementTimeout = 5 * time.Minute // a migration may rewrite a table
	return pg.OpenAdmin(ctx, o)
}

func (h *house) migrator(admin *pg.Admin, progress func(pg.Progress)) (*pg.Migrator, error) {
	return admin.Migrator(sets(), pg.MigratorOptions{Workers: h.settings.MigrateWorkers, Progress: progress})
}

// samples are the four towns that are built into the program.
func samples() []string { return []string{"klaipeda", "varena", "chuprene", "peshtera"} }

// loadTown reads and checks a package; its problems come as one error.
func (h *house) loadTown(dir fs.FS, lang string) (provision.Town, error) {
	town, problems := provision.Load(dir, h.packs, h.words(lang))
	for i, host := range town.Domains {
		if base := h.settings.BaseDomain; host == base || strings.HasSuffix(host, "."+base) {
			problems = append(problems, provision.Problem{File: "tenant.yaml", Field: fmt.Sprintf("domains.%d", i),
				Text: host + " lies below " + base + ", where the towns have their own names already; remove it"})
		}
	}
	if len(problems) > 0 {
		return town, Problems(problems)
	}
	return town, nil
}

// Problems are the faults of a package, one a line.
type Problems []provision.Problem

func (p Problems) Error() string {
	text := "problems of the package: " + strconv.Itoa(len(p))
	for _, x := range p {
		text += "\n" + x.String()
	}
	return text
}
