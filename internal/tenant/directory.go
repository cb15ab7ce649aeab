package tenant

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// State of a town in the registry. A town that is not active answers 404.
type State string

// The states of a town.
const (
	Provisioning State = "provisioning"
	Active       State = "active"
	Suspended    State = "suspended"
)

// Town is one row of the registry: what must be known of a town before its own
// schema is opened.
type Town struct {
	ID         int64
	Slug       string
	State      State
	Realm      pg.Realm
	Country    string
	Code       string // national code of the municipality
	Zone       *time.Location
	Languages  []string // the first is the town's own
	Name       i18n.Text
	ShortName  i18n.Text
	Region     i18n.Text
	Population int
	Brand      string // #rrggbb
	Origin     string // scheme://host[:port], the only source of absolute links
	Domains    []string
	Sample     bool
	// Revision grows with every published change; part of every page's cache key.
	Revision int64
}

// Base is where the service is reached: towns answer at slug.Domain.
type Base struct {
	Scheme string // http, https
	Domain string // example.org
	Port   string // "" = the scheme's own
}

// Origin builds the origin of a host under this base.
func (b Base) Origin(host string) string {
	if b.Port == "" {
		return b.Scheme + "://" + host
	}
	return b.Scheme + "://" + host + ":" + b.Port
}

// owns tells whether a host is the base or lies below it, where only the towns'
// own names are.
func (b Base) owns(host string) bool {
	return host == b.Domain || strings.HasSuffix(host, "."+b.Domain)
}

// Directory is one reading of the registry, immutable: the hosts and the towns.
type Directory struct {
	towns  []Town
	byHost map[string]int
	portal int64
	faults []error
}

// ByHost finds the active town whose exact host this is (lower case, no port).
func (d *Directory) ByHost(host string) (Town, bool) {
	i, ok := d.byHost[host]
	if !ok {
		return Town{}, false
	}
	return d.towns[i], true
}

// ByRealm finds the active town of a realm.
func (d *Directory) ByRealm(r pg.Realm) (Town, bool) {
	for _, t := range d.towns {
		if t.Realm == r {
			return t, true
		}
	}
	return Town{}, false
}

// Towns lists the active towns by country and slug; treat it as read-only.
func (d *Directory) Towns() []Town { return d.towns }

// Revision is the portal's own: it is another number whenever a town comes, goes,
// or has published anything.
func (d *Directory) Revision() int64 { return d.portal }

// Faults tells of towns that were left out because their row could not be
// understood: one bad row must not take the other towns down.
func (d *Directory) Faults() []error { return d.faults }

// registryRow is platform.tenants as it is read.
type registryRow struct {
	ID         int64     `db:"id"`
	Slug       string    `db:"slug"`
	Realm      string    `db:"realm"`
	State      State     `db:"state"`
	Country    string    `db:"country"`
	Zone       string    `db:"zone"`
	Code       string    `db:"code"`
	Name       i18n.Text `db:"name"`
	ShortName  i18n.Text `db:"short_name"`
	Region     i18n.Text `db:"region"`
	Languages  string    `db:"languages"`
	Brand      string    `db:"brand"`
	Population int       `db:"population"`
	Sample     bool      `db:"sample"`
	Revision   int64     `db:"revision"`
}

// Read loads the registry in a transaction of the portal; each instance calls
// it once a second.
func Read(ctx context.Context, tx *pg.Tx, base Base) (*Directory, error) {
	var rows []registryRow
	err := tx.Select(ctx, &rows, `SELECT t.id, t.slug, t.realm, t.state, t.country, t.zone, t.code, t.name, t.short_name, t.region,
			t.languages, t.brand, t.population, t.sample, COALESCE(r.revision, 0) AS revision
		FROM platform.tenants t LEFT JOIN platform.revisions r ON r.realm = t.realm
		WHERE t.state = $1 ORDER BY t.country, t.slug`, Active)
	if err != nil {
		return nil, fmt.Errorf("tenant: read the registry: %w", err)
	}
	domains, err := readDomains(ctx, tx)
	if err != nil {
		return nil, err
	}
	d := &Directory{byHost: make(map[string]int, 2*len(rows))}
	sum := fnv.New64a()
	zones := map[string]*time.Location{}
	for _, row := range rows {
		town, err := row.town(base, domains[row.ID], zones)
		if err != nil {
			d.faults = append(d.faults, err)
			continue
		}
		i := len(d.towns)
		d.towns = append(d.towns, town)
		d.byHost[town.Slug+"."+base.Domain] = i
		for _, host := range town.Domains {
			if base.owns(host) {
				d.faults = append(d.faults, fmt.Errorf("tenant: %s: the domain %s lies below %s and is not its own", town.Slug, host, base.Domain))
				continue
			}
			d.byHost[host] = i
		}
		fmt.Fprintf(sum, "%s %d\n", town.Slug, town.Revision)
	}
	d.portal = int64(sum.Sum64() >> 1)
	return d, nil
}

func readDomains(ctx context.Context, tx *pg.Tx) (map[int64][]string, error) {
	var rows []struct {
		Host     string `db:"host"`
		TenantID int64  `db:"tenant_id"`
	}
	if err := tx.Select(ctx, &rows, `SELECT host, tenant_id FROM platform.domains ORDER BY host LIMIT $1`, 100_000); err != nil {
		return nil, fmt.Errorf("tenant: read the domains: %w", err)
	}
	byTown := make(map[int64][]string)
	for _, r := range rows {
		byTown[r.TenantID] = append(byTown[r.TenantID], r.Host)
	}
	return byTown, nil
}

func (r registryRow) town(base Base, domains []string, zones map[string]*time.Location) (Town, error) {
	realm, err := pg.Town(r.Slug)
	if err != nil {
		return Town{}, fmt.Errorf("tenant: %s: %w", r.Slug, err)
	}
	zone := zones[r.Zone]
	if zone == nil {
		if zone, err = time.LoadLocation(r.Zone); err != nil {
			return Town{}, fmt.Errorf("tenant: %s: %w", r.Slug, err)
		}
		zones[r.Zone] = zone
	}
	t := Town{
		ID: r.ID, Slug: r.Slug, State: r.State, Realm: realm, Country: r.Country, Code: r.Code, Zone: zone,
		Name: r.Name, ShortName: r.ShortName, Region: r.Region, Population: r.Population,
		Brand: r.Brand, Domains: domains, Sample: r.Sample, Revision: r.Revision,
	}
	if err := json.Unmarshal([]byte(r.Languages), &t.Languages); err != nil || len(t.Languages) == 0 {
		return Town{}, fmt.Errorf("tenant: %s: languages are not a list: %q", r.Slug, r.Languages)
	}
	t.Origin = base.Origin(r.Slug + "." + base.Domain)
	if len(domains) > 0 && !base.owns(domains[0]) {
		t.Origin = base.Origin(domains[0])
	}
	return t, nil
}
